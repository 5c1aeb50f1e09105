"""A bar for runs that take long: how many drafts were read, how fast, and how long it will take."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

_AFTER = 0.5  # seconds before the bar appears: a short run has none, and does not load what draws it


def wanted(drafts: int, streaming: bool) -> bool:
    """Whether there is to be a bar: on a terminal, for several drafts, and not between lines of results."""
    terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return terminal and drafts > 1 and not (streaming and sys.stdout.isatty())


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
