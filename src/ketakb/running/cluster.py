"""Drafts read on a Dask cluster: `ketakb[dask]`. The store goes to each worker once, drafts go in small parts."""

from __future__ import annotations

import contextlib
import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import ketakb
from ketakb.errors import KetakbError, UsageError
from ketakb.hints import TYPE_CHECKING, Any
from ketakb.running.local import processors
from ketakb.running.work import Draft, Finished, Job
from ketakb.values import replace

if TYPE_CHECKING:
    from distributed import Client

_PART = 16
"""Drafts of a part, at most: few enough to be read again where a worker is lost."""
_PART_SIZE = 4_000_000
"""Characters or bytes of a part, but for one draft that is longer."""
_AHEAD = 3
"""Parts a thread of the cluster that are given out before the first result is taken."""
_RETRIES = 3
"""How often a part that fails is read again."""
_PATIENCE = 20
"""Seconds in which a scheduler must answer."""


def read_on_cluster(
    job: Job, drafts: Iterable[Draft], workers: int | None = None, scheduler: str | None = None
) -> Generator[Finished]:
    """Yield what each draft comes to, in the order of the drafts, read on a cluster.

    `scheduler` is the address of one; without it, a cluster of so many processes is started on this machine. Files
    are read here and sent, so that workers need not see them. A part that is lost with its worker is read again by
    another. Raises UsageError where dask is not there or the scheduler cannot be reached, and KetakbError where
    workers run another version, or a part is lost again and again.
    """
    try:
        from distributed import KilledWorker

        from ketakb.running.ready import Ready, read_part
    except ImportError:
        raise UsageError("--engine dask needs dask: pip install 'ketakb[dask]'") from None

    with _client(workers, scheduler) as client:
        name = f"ketakb-{uuid.uuid4().hex}"
        client.register_plugin(Ready(name, ketakb.__version__, job))
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        waiting: deque[Any] = deque()
        try:
            for part in _parts(drafts):
                waiting.append(client.submit(read_part, name, part, pure=False, retries=_RETRIES))
                if len(waiting) >= ahead:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except KilledWorker as error:
            message = f"the cluster gave up a part of the drafts that it lost several workers over: {error}"
            raise KetakbError(message) from None
        finally:
            client.cancel(list(waiting))
            with contextlib.suppress(Exception):  # the cluster may be gone
                client.unregister_worker_plugin(name)


@contextlib.contextmanager
def _client(workers: int | None, scheduler: str | None) -> Iterator[Client]:
    import logging

    from distributed import Client, LocalCluster

    if scheduler is not None:
        try:
            client = Client(scheduler, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {scheduler}: cannot be reached: {error}") from None
        with client:
            yield client
        return
    number = workers or processors()
    # its logs are for whoever runs a cluster, not for whoever reads drafts
    cluster = LocalCluster(
        number, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    )
    with cluster, Client(cluster) as client:
        yield client


def _parts(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    part: list[Draft] = []
    size = 0
    for draft in drafts:
        part.append(_loaded(draft))
        size += len(part[-1].data or "")
        if len(part) == _PART or size >= _PART_SIZE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _loaded(draft: Draft) -> Draft:
    """Return a draft with what its file holds, which workers may not see."""
    if draft.data is not None or draft.fault is not None:
        return draft
    try:
        return replace(draft, data=Path(draft.path).read_bytes())
    except OSError as error:
        return replace(draft, fault=f"{draft.path}: cannot be read: {error.strerror or error}")
