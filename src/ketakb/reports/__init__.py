"""One module a format: each writes a finished value to a stream and knows nothing of how it was found."""
