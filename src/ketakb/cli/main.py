"""The ``ketakb`` command: where a line is read and run, and errors become messages and exit statuses."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from ketakb.cli.declared import BadValueError
from ketakb.cli.plain import notify, plain_call
from ketakb.cli.terminal import show_nearest
from ketakb.errors import KetakbError

_YOUNG = 200_000
"""New values after which Python looks for cycles. A store is many values that stay: its 700 cost a tenth of a page."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 nothing found, 1 findings, 2 not done, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        show_nearest(stream)
    line = sys.argv[1:] if arguments is None else arguments
    try:
        status = _run(line, arguments)
    except BadValueError as error:
        return _fail(f"{error}; see `ketakb {line[0]} --help`")
    except KetakbError as error:
        return _fail(str(error))
    except BrokenPipeError:
        from ketakb.cli.output import hush

        hush()
        return 2
    except (KeyboardInterrupt, EOFError):
        _fail("interrupted")
        return 130
    except Exception as error:
        return _fail(_told(error))
    return status if isinstance(status, int) else 0


def _run(line: list[str], arguments: list[str] | None) -> object:
    call = plain_call(line)
    if call is None:
        from ketakb.cli import typed

        return typed.run(arguments)
    notify(call)
    function, given = call
    return function(**given)


def _told(error: Exception) -> str:
    """Return one message for an error that is not ours: wrong usage as typer puts it, or a defect."""
    if os.environ.get("KETAKB_TRACEBACK"):
        raise error
    message = getattr(error, "format_message", None)
    if message is None:
        kind = type(error).__name__
        return f"internal error, please report it: {kind}: {error} (KETAKB_TRACEBACK=1 shows where)"
    context = getattr(error, "ctx", None)
    told = str(message()).strip()
    if "\n" in told:  # no command was given: the message is the help
        return told
    where = context.command_path if context is not None else "ketakb"
    return f"{told.rstrip('.')}; see `{where} --help`"


def _fail(message: str) -> int:
    from ketakb.reports.paper import safe

    lines = message.split("\n")
    text = f"ketakb: {safe(message)}" if len(lines) == 1 else "\n".join(lines)
    print(text, file=sys.stderr)
    return 2


def run() -> None:
    """Entry point of the installed command."""
    gc.set_threshold(_YOUNG)
    status = main()
    if _may_leave_at_once():
        os._exit(status)
    gc.freeze()  # what is left goes with the process: to look for cycles in it would take as long as a short search
    sys.exit(status)


_HEARS_OF_THE_END = frozenset({"threading", "multiprocessing", "cProfile", "profile", "trace", "pdb", "coverage"})
"""Modules that have something to do when Python ends, or where their caller goes on."""


def _may_leave_at_once() -> bool:
    """Whether the process can end as it stands, all that was printed written out, because nothing waits for its end.

    To take apart every value and module, whose memory goes with the process, takes a fiftieth of a short audit.
    """
    if getattr(atexit, "_ncallbacks", lambda: 1)() or not _HEARS_OF_THE_END.isdisjoint(sys.modules):
        return False
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # Python tells at its end what could not be written
        return False
    return True
