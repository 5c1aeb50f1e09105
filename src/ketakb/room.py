"""The cache folder: where it is, and how much it may hold.

What was not used for the longest time goes when something new is written.
"""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path

from ketakb import later

MOST = 200_000_000
"""Bytes that all files may have together."""
_UNUSED = 30 * 86_400
"""Seconds after which a file goes that nobody read."""
_UNFINISHED = 3_600
"""Seconds after which nobody still writes a file."""
_FRESH = 86_400
"""Seconds for which a use need not be noted again."""
OURS = later.compile(r"(?:.*-[0-9a-f]{16}(\.phrases)?\.sqlite|\..*\.sqlite\.[0-9]+-[0-9a-f]{12}\.tmp)\Z", re.DOTALL)
"""Names of files that are ours, those included that a process left unfinished."""


def used(file: Path) -> None:
    """Note that a file was of use: its time is that of its last use, to a day. Nothing is done where it cannot be."""
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > _FRESH:
            os.utime(file)


def make_room(written: Path) -> None:
    """Delete what is beside a file that was just written and that was not used for long, or is too much.

    A file that another process reads stays readable for it, or stays, as the system has it; so does what may not be
    deleted.
    """
    now = time.time()
    found: list[tuple[float, int, Path]] = []
    with suppress(OSError), os.scandir(written.parent) as entries:
        for entry in entries:
            with suppress(OSError):  # another process deleted it
                if OURS.match(entry.name) and entry.name != written.name and entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    found.append((about.st_mtime, about.st_size, Path(entry.path)))
    with suppress(OSError):
        size = written.stat().st_size
        for when, bytes_of, path in sorted(found, reverse=True):
            longest = _UNFINISHED if path.name.startswith(".") else _UNUSED
            size += bytes_of
            if size > MOST or now - when > longest:
                with suppress(OSError):
                    path.unlink()


_off = False


def do_without() -> None:
    """Have this process neither read nor write kept files."""
    global _off
    _off = True


def cache_folder() -> Path | None:
    """Return the folder of kept files: KETAKB_CACHE_DIR, else `ketakb` in the user's cache folder.

    None where there is none, or the process does without.
    """
    if _off:
        return None
    try:
        return _folder()
    except RuntimeError:  # nobody knows where the home of this user is
        return None


def _folder() -> Path:
    named = os.environ.get("KETAKB_CACHE_DIR")
    if named:
        return Path(named)
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "ketakb" / "Cache"
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():  # the XDG specification has relative ones ignored
        return Path(given) / "ketakb"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ketakb"
    return Path.home() / ".cache" / "ketakb"
