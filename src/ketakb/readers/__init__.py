"""Readers: each turns a file's text into a Document of the same length, markup blanked, with its blocks."""
