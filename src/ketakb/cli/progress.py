"""Bars for what takes long: drafts that are read, and a large store that is read for the first time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ketakb.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

_AFTER = 0.5  # seconds before the bar appears: a short run has none, and does not load what draws it


_quiet = False


def hush() -> None:
    """Have this process show no bar for its store."""
    global _quiet
    _quiet = True


def _on_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def wanted(drafts: int, streaming: bool) -> bool:
    """Whether there is to be a bar: on a terminal, for several drafts, and not between lines of results."""
    return _on_terminal() and drafts > 1 and not (streaming and sys.stdout.isatty())


@contextmanager
def telling() -> Iterator[Callable[[str, float], None] | None]:
    """Give what is told what is being done and how much of it, from 0 to 1; None where nobody would see it.

    It shows a bar on standard error once that has taken half a second, and takes it away at the end.
    """
    if _quiet or not _on_terminal():
        yield None
        return
    begin, bars = time.monotonic(), list["Progress"]()

    def told(what: str, share: float) -> None:
        if not bars and time.monotonic() - begin > _AFTER:
            bars.append(_plain_bar())
        if bars:
            bars[0].update(bars[0].task_ids[0], description=what, completed=share)

    try:
        yield told
    finally:
        for bar in bars:
            bar.stop()


def _plain_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=None), TaskProgressColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False)
    bar.add_task("", total=1.0)
    bar.start()
    return bar


class Bar:
    """A bar on standard error, gone when it is closed."""

    def __init__(self, total: int, shown: bool, no_color: bool) -> None:
        """Take how many drafts there are and whether there is to be a bar at all."""
        self._total, self._shown, self._no_color = total, shown, no_color
        self._begin = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._done = 0

    def __enter__(self) -> Bar:
        """Return the bar, which is not there yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self) -> None:
        """Count one more draft."""
        self._done += 1
        if self._bar is None and self._shown and time.monotonic() - self._begin > _AFTER:
            self._open()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
        from rich.text import Text

        class Rate(TextColumn):
            """Drafts a second since the beginning."""

            def render(self, task: Task) -> Text:
                """Return the rate as text."""
                return Text(f"{task.completed / max(task.elapsed or 0, 1e-9):.1f}/s")

        columns = (
            TextColumn("read"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            Rate(""),
            TimeRemainingColumn(),
            TextColumn("left"),
        )
        console = Console(stderr=True, no_color=self._no_color or None)
        self._bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
        self._task = self._bar.add_task("read", total=self._total, completed=0)
        self._bar.start()
