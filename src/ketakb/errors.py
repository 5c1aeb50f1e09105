"""The few exceptions: raised only where a command cannot go on. All else is a Problem, a value."""

from __future__ import annotations


class KetakbError(Exception):
    """Base of all; its message is one line for the user, and the exit status is 2."""


class UsageError(KetakbError):
    """The command was asked for something that cannot be done."""


class UnreadableInputError(KetakbError):
    """A file or stream could not be read as text."""


class StoreError(KetakbError):
    """The store cannot be loaded, or has errors that make its answers worthless."""
