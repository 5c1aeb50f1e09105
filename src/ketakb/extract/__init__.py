"""From text to assertions: mentions, clauses, relations, references, and the frames of a store's topics."""
