"""YAML with positions: every problem of a file at once, and edits that keep all other bytes."""
