"""Several processes that read drafts.

Processes of our own and not a pool of the standard library's: Ctrl-C ends them at once, and where one is killed it is
known which draft it was reading.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
import sys
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from ketakb.hints import Any
from ketakb.running.reader import Reader
from ketakb.running.work import Draft, Finished, Job

_AHEAD = 8
"""Drafts a process that are given out before the first result is taken; bounds what waits in memory."""


class Crew:
    """Processes that read drafts."""

    def __init__(self, job: Job, jobs: int) -> None:
        forks = sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        # forked processes inherit what was read of the store, and open its file again for the rest
        self._reader, self._jobs = Reader(job if forks else pickle.loads(pickle.dumps(job))), jobs
        self._workers: dict[Connection, BaseProcess] = {}
        self._reading: dict[Connection, tuple[int, Draft]] = {}

    def read(self, drafts: Iterable[Draft]) -> Iterator[Finished]:
        """Yield results in order. Each process has one draft at a time, so that neither side waits to write."""
        coming = enumerate(drafts)
        done: dict[int, Finished] = {}
        given = taken = 0
        more = True
        while True:
            while more and len(self._reading) < self._jobs and given - taken < self._jobs * _AHEAD:
                one = next(coming, None)
                if one is None:
                    more = False
                    break
                self._give(*one)
                given += 1
            if taken in done:  # only now: what becomes of it takes a while, in which all are reading
                yield done.pop(taken)
                taken += 1
                continue
            if not self._reading:
                return
            for pipe in wait(list(self._reading)):
                number, finished = self._take(pipe)  # type: ignore[arg-type]  # only such were given
                done[number] = finished

    def end(self) -> None:
        """End all processes, also in the middle of a draft."""
        for pipe, process in self._workers.items():
            process.terminate()
            pipe.close()
        for process in self._workers.values():
            process.join()

    def _give(self, number: int, draft: Draft) -> None:
        idle = next((pipe for pipe in self._workers if pipe not in self._reading), None)
        pipe = idle if idle is not None else self._hire()
        self._reading[pipe] = number, draft
        pipe.send(draft)

    def _hire(self) -> Connection:
        ours: Connection
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(self._reader, theirs, ours), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = process
        return ours

    def _take(self, pipe: Connection) -> tuple[int, Finished]:
        number, draft = self._reading.pop(pipe)
        try:
            result = pipe.recv()
        except (EOFError, OSError):
            self._workers.pop(pipe).join()
            pipe.close()
            fault = f"{draft.path}: the process that read it was killed from outside, perhaps for want of memory"
            return number, Finished(draft.path, fault=fault)
        if isinstance(result, Exception):
            raise result
        return number, result


def _serve(reader: Reader, pipe: Connection, other_end: Connection) -> None:
    """Read drafts until the other end is closed. Ctrl-C is for the process at that end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was inherited stays; looking for cycles in it would have its memory copied
    other_end.close()  # inherited: while it is open here, nothing tells that the other process has ended
    while True:
        try:
            draft = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result: Finished | Exception = reader.read(draft)
        except Exception as error:
            result = error
        try:
            pipe.send(result)
        except OSError:
            return
