"""What runs on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Sequence

from distributed import WorkerPlugin

import ketakb
from ketakb.errors import KetakbError
from ketakb.hints import Any
from ketakb.running.reader import Reader
from ketakb.running.work import Draft, Finished, Job

_readers: dict[str, Reader] = {}


class Ready(WorkerPlugin):  # type: ignore[misc, unused-ignore]
    """Brings a job to each worker, once, also to those that join later, and compiles its store there."""

    def __init__(self, name: str, version: str, job: Job) -> None:
        """Take the name of the run, the version of who asks, and the job."""
        self.name, self.version, self.job = name, version, job

    def setup(self, worker: Any) -> None:
        """Make a worker ready. Raises KetakbError where it runs another version, which may find other things."""
        if ketakb.__version__ != self.version:
            raise KetakbError(f"{worker.address} runs ketakb {ketakb.__version__}, not {self.version}")
        _readers[self.name] = Reader(self.job)

    def teardown(self, worker: Any) -> None:
        """Forget the job."""
        _readers.pop(self.name, None)


def read_part(name: str, part: Sequence[Draft]) -> list[Finished]:
    """Return what the drafts of a part come to, in their order."""
    return [_readers[name].read(draft) for draft in part]
