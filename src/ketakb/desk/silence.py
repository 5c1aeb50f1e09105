"""What is found is held against what was decided: per-file-ignores, decisions and a baseline.

Each silences whole findings, keeps them with the reason, and is itself reported where it silences nothing.
Remarks in the draft were heeded before (`ketakb.desk.remarks`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ketakb.desk.config import Config
from ketakb.desk.idle import IDLE, idle
from ketakb.desk.paths import find_file, path_in
from ketakb.hints import TYPE_CHECKING
from ketakb.results import Conflict, DocumentReport, Finding, Silence, Silenced
from ketakb.text import Span
from ketakb.values import dataclass, field, replace

if TYPE_CHECKING:
    from ketakb.desk.baseline import Baseline
    from ketakb.desk.decisions import Decision
    from ketakb.model import Store

_MAGIC = frozenset("*?[")


@dataclass(slots=True)
class Desk:
    """What silences findings in one audit; files of decisions are read once each."""

    store: Store
    as_of: str
    config: Config = field(default_factory=Config)
    baseline: Baseline | None = None
    decisions: bool = True
    """Whether decisions.yaml counts."""
    _files: dict[Path, list[Decision]] = field(default_factory=dict)

    def settle(self, report: DocumentReport) -> DocumentReport:
        """Return a report with the severities of the configuration, without what is silenced."""
        work = _Work(report, [self._weighed(finding) for finding in report.findings])
        self._by_config(work)
        self._by_decisions(work)
        if self.baseline is not None:
            self._by_baseline(work, self.baseline)
        if not work.silenced and not work.idles and not self.config.severities:
            return report
        findings = (*work.findings, *(self._weighed(one) for one in work.idles))
        return replace(report, findings=findings, silenced=(*report.silenced, *work.silenced))

    def _weighed(self, finding: Finding) -> Finding:
        severity = self.config.severity(finding.rule)
        return finding if severity in (None, finding.severity) else replace(finding, severity=str(severity))

    def _by_config(self, work: _Work) -> None:
        for pattern, rules in self.config.silenced(work.report.path):
            line = self.config.lines.get(f"per-file-ignores/{pattern}", 1)
            place = f"{os.path.relpath(self.config.path or '')}:{line}"
            silence = Silence("per-file-ignores", f"{pattern}: {', '.join(rules)}", place)
            hit = work.take([f for f in work.findings if f.rule.startswith(rules)], silence)
            if not hit and not _MAGIC.intersection(pattern) and not pattern.endswith("/"):
                work.idles.append(
                    idle(f"per-file-ignores ({place}) silences nothing here; remove `{pattern}`.")
                )

    def _by_decisions(self, work: _Work) -> None:
        file = find_file(work.report.path) if self.decisions else None
        if file is None:
            return
        from ketakb.desk.decisions import read_decisions  # only where there are some

        if file not in self._files:
            self._files[file] = read_decisions(file)
        path = path_in(file, work.report.path)
        for decision in self._files[file]:
            if decision.path == path:
                self._by_decision(work, decision, f"{os.path.relpath(file)}:{decision.line}")

    def _by_decision(self, work: _Work, decision: Decision, place: str) -> None:
        from ketakb.desk.decisions import reopened

        why = reopened(decision, self.store, self.as_of)
        meant = [f for f in work.findings if (f.rule, f.fingerprint) == (decision.rule, decision.finding)]
        if why is None and meant:
            how = (
                "decision",
                decision.because,
                place,
                decision.verdict,
                decision.by,
                decision.on,
                decision.expires,
            )
            work.take(meant, Silence(*how))
            return
        told = f"The decision of {decision.by} on {decision.on} ({place}) silences nothing"
        if why is None:
            why = f"{decision.rule} no longer reports these words"
        work.idles.append(idle(f"{told}: {why}. {'Decide again, or remove it' if meant else 'Remove it'}."))

    def _by_baseline(self, work: _Work, baseline: Baseline) -> None:
        left = baseline.of(work.report.path)
        silence = Silence("baseline", "stood when the baseline was written", str(baseline.file))
        hit = []
        for finding in work.findings:
            if left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
                hit.append(finding)
        work.take(hit, silence)
        if gone := sum((+left).values()):
            are = "finding of the baseline is" if gone == 1 else "findings of the baseline are"
            message = f"{gone} {are} gone from this text; write {baseline.file} anew."
            work.idles.append(idle(message, severity="note"))  # a fault that was mended must not fail a build


@dataclass(slots=True)
class _Work:
    """One report on its way over the desk."""

    report: DocumentReport
    findings: list[Finding]
    silenced: list[Silenced] = field(default_factory=list)
    idles: list[Finding] = field(default_factory=list)

    def take(self, hit: Sequence[Finding], silence: Silence) -> Sequence[Finding]:
        """Silence findings; those that report idle silences cannot be."""
        taken = Counter(id(finding) for finding in hit if finding.rule != IDLE)
        self.findings = [finding for finding in self.findings if id(finding) not in taken]
        self.silenced += [Silenced(finding, silence) for finding in hit if id(finding) in taken]
        return hit


def quiet_places(document: DocumentReport) -> dict[tuple[str, Span | None], str]:
    """Return the places (path and span) of a draft where a contradiction was silenced, and why."""
    return {
        (document.path, one.finding.span): one.silence.because
        for one in document.silenced
        if one.finding.verdict == "contradicted"
    }


def settle_conflicts(
    conflicts: Sequence[Conflict], quiet: Mapping[tuple[str, Span | None], str]
) -> tuple[Conflict, ...]:
    """Return contradictions of drafts, those settled of which a side was silenced; `quiet` is as in quiet_places."""
    settled = []
    for conflict in conflicts:
        because = next(
            (why for side in conflict.sides if (why := quiet.get((side.path or "", side.span)))), None
        )
        settled.append(conflict if because is None else replace(conflict, status="settled", because=because))
    return tuple(settled)
