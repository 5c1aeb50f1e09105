"""``ketakb cache``: what is kept of stores that were read before."""

from __future__ import annotations

from enum import StrEnum

from ketakb.cli.declared import Argument
from ketakb.cli.options import PlainFormat, PlainFormatOption
from ketakb.hints import Annotated


class CacheAction(StrEnum):
    """What to do with the cache."""

    INFO = "info"
    CLEAR = "clear"


def cache(
    action: Annotated[CacheAction, Argument(metavar="info|clear", help="Show what is kept, or delete it.")],
    format: PlainFormatOption = PlainFormat.TEXT,
) -> None:
    """Show or delete what is kept of stores that were read before, so that commands start at once.

    It is kept in the user's cache folder, or in KETAKB_CACHE_DIR, holds nothing of any draft, and may be deleted
    at any time: a store whose files have changed is read anew by itself. --no-cache does without it.

    \b
    Examples:
      ketakb cache info
      ketakb cache clear

    Exit status: 0 shown or deleted, 2 a file could not be deleted.
    """
    from ketakb import cache as caches
    from ketakb.cli.output import emit
    from ketakb.reports.cache_text import write, write_json
    from ketakb.room import cache_folder

    folder = cache_folder()
    files = caches.files()
    if action is CacheAction.CLEAR:
        caches.clear(files)
    cleared = action is CacheAction.CLEAR
    if format is PlainFormat.JSON:
        emit(lambda stream: write_json(folder, files, cleared, stream))
    else:
        emit(lambda stream: write(folder, files, cleared, stream))
