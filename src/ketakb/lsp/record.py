"""Decisions that are recorded from an editor: written as `ketakb decide` writes them, in the name of who works there.

The protocol has no way to ask for a line of text, so the reason is written as missing, and its place returned for the
editor to show.
"""

from __future__ import annotations

import getpass
import subprocess
from pathlib import Path

from ketakb.desk.decisions import VERDICTS, decide
from ketakb.errors import UsageError
from ketakb.lsp.bench import Audited
from ketakb.text import read_text

UNSAID = "Recorded in the editor; write the reason here."


def record(audited: Audited, rule: str, fingerprint: str, verdict: str, by: str, on: str) -> tuple[Path, int]:
    """Write a decision on one finding of a draft; return the file, and the 0-based line on which to write the reason.

    `on` is an ISO date. Raises UsageError or StoreError where it cannot be written; nothing is then changed.
    """
    report = audited.report
    finding = next((one for one in report.findings if (one.rule, one.fingerprint) == (rule, fingerprint)), None)
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict} is no decision; it is one of {', '.join(VERDICTS)}")
    if finding is None:
        raise UsageError(f"{report.path}: {rule} is no longer reported there; the text has changed")
    if not Path(report.path).is_file():
        raise UsageError(f"{report.path}: save the draft first; decisions are kept beside its file")
    words = {"verdict": verdict, "by": by, "because": UNSAID}
    file, made = decide(audited.ready.store, report.path, report.text, finding, on=on, **words)
    lines = read_text(file).split("\n")
    start = next((at for at, line in enumerate(lines) if made.id in line), 0)
    return file, next((at for at in range(start, len(lines)) if "because:" in lines[at]), start)


def author(folder: Path) -> str:
    """Return who works in a folder: as git knows them, else as the machine does."""
    try:
        asked = ["git", "config", "user.name"]
        run = subprocess.run(asked, cwd=folder, capture_output=True, text=True, timeout=5, check=False)
        if run.returncode == 0 and run.stdout.strip():
            return run.stdout.strip()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
