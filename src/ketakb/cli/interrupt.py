"""Ctrl-C while results are written: what is being written is finished first."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType


class Interrupt:
    """Holds KeyboardInterrupt back while something is written, and only then."""

    def __init__(self) -> None:
        self._holding = self._asked = False

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Take care of the signal while this lasts; of no other thread than the main one, which signals reach."""
        threading = sys.modules.get("threading")  # not there: there is one thread alone
        if threading is not None and threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Finish what is done here; raise KeyboardInterrupt then, where it was asked for."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._asked:
            self._asked = False
            raise KeyboardInterrupt

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if not self._holding:
            raise KeyboardInterrupt
        self._asked = True
