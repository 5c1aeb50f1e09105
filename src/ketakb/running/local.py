"""Drafts read on this machine: one after another, or by several processes with the results in the same order."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable

from ketakb.running.reader import Reader
from ketakb.running.work import Draft, Finished, Job

_A_JOB = 8
"""Drafts that make a further process worth its start."""


def jobs_for(drafts: int) -> int:
    """Return how many processes to read so many drafts with on this machine."""
    return max(1, min(processors(), drafts // _A_JOB))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_here(job: Job, drafts: Iterable[Draft]) -> Generator[Finished]:
    """Yield what each draft comes to, one after another."""
    yield from map(Reader(job).read, drafts)


def read_in_processes(job: Job, drafts: Iterable[Draft], jobs: int) -> Generator[Finished]:
    """Yield what each draft comes to, in the order of the drafts, read by so many processes.

    The store is sent once to each process: by inheritance where processes are forked. A draft whose process is
    killed comes to a message. Closing the generator ends the processes.
    """
    from ketakb.running.crew import Crew

    crew = Crew(job, jobs)
    try:
        yield from crew.read(drafts)
    finally:
        crew.end()
