"""What all these scripts share: running whole processes side by side, and saying how they compare."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KETAKB = (sys.executable, "-m", "ketakb")


@dataclass(frozen=True)
class Cost:
    """What one process cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processors, of processes that it started too."""
    memory: int
    """Bytes, at most."""


def run(command: Sequence[str], cache: Path | None = None, statuses: Sequence[int] = (0, 1)) -> Cost:
    """Run a process to its end, its output thrown away; `cache` is where it keeps what it works out."""
    env = {**os.environ, **({"KETAKB_CACHE_DIR": str(cache)} if cache else {})}
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=told, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in statuses:
            told.seek(0)
            raise SystemExit(f"{' '.join(command)}: {process.returncode}: {told.read().decode()[-500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def side_by_side(
    commands: Mapping[str, Sequence[str]], rounds: int, cache: Path, statuses: Sequence[int] = (0, 1)
) -> dict[str, Cost]:
    """Return the cheapest of so many runs of each command, taken in turn so that all meet the same machine."""
    for command in commands.values():
        run(command, cache, statuses)  # what is kept from run to run is there, and files are in memory
    best: dict[str, Cost] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            cost = run(command, cache, statuses)
            if name not in best or cost.cpu < best[name].cpu:
                best[name] = Cost(cost.wall, cost.cpu, max(cost.memory, best[name].memory if name in best else 0))
    return best


def row(*cells: object) -> None:
    """Print a row of the table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def times(ratio: float) -> str:
    """Return a ratio as it is written in the table."""
    return f"{ratio:.2f}x" if ratio < 10 else f"{ratio:.0f}x"
