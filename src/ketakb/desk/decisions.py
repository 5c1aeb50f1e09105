"""Decisions on findings, kept in `decisions.yaml` beside the drafts or in a folder above them."""

from __future__ import annotations

import os
from pathlib import Path

from ketakb.desk.paths import FILE, find_file, path_in
from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING, Any
from ketakb.results import Finding
from ketakb.store.review import fingerprint as claim_fingerprint
from ketakb.sums import sha256
from ketakb.values import dataclass

if TYPE_CHECKING:
    from ketakb.model import Store
    from ketakb.yamlio.spec import Mapping as MappingType

VERDICTS = ("accepted", "false-alarm", "deferred")
_HEADER = """\
# What was decided on findings of ketakb, newest last; `ketakb decide` writes here, and people may.
# A decision silences the finding with its fingerprint in its draft, until the words or the claim change.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on one finding."""

    id: str
    path: str
    """Draft, from the folder of the file, with slashes."""
    rule: str
    finding: str
    """Fingerprint of the finding: its rule, its words and the claim."""
    verdict: str
    """accepted, false-alarm or deferred."""
    by: str
    on: str
    because: str
    text: str | None = None
    """The words that were decided on, for people."""
    claim: str | None = None
    """Claim that stands against the words."""
    claim_fingerprint: str | None = None
    """Digest of that claim as it was."""
    expires: str | None = None
    """ISO date up to which the decision holds, that day included."""
    line: int = 0
    """1-based line in the file."""


def read_decisions(file: Path) -> list[Decision]:
    """Return the decisions of a file. Raises UsageError, with its place, where something is wrong."""
    from ketakb.yamlio.context import Context
    from ketakb.yamlio.read import read_raw, read_yaml
    from ketakb.yamlio.spec import ListOf

    into = Context(os.path.relpath(file))
    raw = read_raw(file, into)
    items = read_yaml(raw[1], ListOf(_type()), into) if raw else None
    if into.problems:
        first = into.problems[0]
        more = f" (and {len(into.problems) - 1} more)" if len(into.problems) > 1 else ""
        raise UsageError(f"{first.path}:{first.line}:{first.column}: {first.message}{more}")
    return [_decision(item, item.line) for item in items or ()]


def _type() -> MappingType:
    from ketakb.yamlio.scalars import Choice, Date, Text
    from ketakb.yamlio.spec import Key, Mapping

    return Mapping(
        "a decision",
        Key("id", Text(), "its name in this file", required=True),
        Key("path", Text(), "the draft, from the folder of this file", required=True),
        Key("rule", Text(), "rule of the finding", required=True),
        Key("finding", Text(), "fingerprint of the finding", required=True),
        Key("text", Text(), "the words that were decided on"),
        Key("claim", Text(), "the claim that stands against them"),
        Key("claim_fingerprint", Text(), "digest of the claim as it was"),
        Key("as", Choice(*VERDICTS), "what was decided", required=True),
        Key("by", Text(), "who decided", required=True),
        Key("on", Date(day=True), "when", required=True),
        Key("because", Text(), "why", required=True),
        Key("expires", Date(day=True), "last day on which it holds"),
    )


def _decision(item: Any, line: int) -> Decision:
    fields = {key: value for key, value in item.items() if key != "as"}
    return Decision(verdict=item["as"], line=line, **fields)


def reopened(decision: Decision, store: Store, as_of: str) -> str | None:
    """Return why a decision holds no longer as of an ISO day, a clause; None where it does."""
    if decision.expires is not None and decision.expires < as_of:
        return f"it held until {decision.expires}"
    if decision.claim is None:
        return None
    claim = store.claims.get(decision.claim)
    if claim is None:
        return f"the claim {decision.claim} is no longer in the store"
    if decision.claim_fingerprint not in (None, claim_fingerprint(claim, store)):
        return f"the claim {decision.claim} was changed since"
    return None


def decide(
    store: Store, draft: str, text: str, finding: Finding, *, verdict: str, by: str, on: str, because: str,
    expires: str | None = None,
) -> tuple[Path, Decision]:  # fmt: skip
    """Write a decision on one finding of a draft; one that is there already is written over.

    Raises UsageError or StoreError where it cannot be written; the file is then as it was.
    """
    file = find_file(draft) or Path(draft).parent / FILE
    claim = next((one.claim for one in finding.evidence if one.claim in store.claims), None)
    path = path_in(file, draft)
    decision = Decision(
        id=sha256(f"{path}|{finding.fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:12],
        path=path,
        rule=finding.rule,
        finding=finding.fingerprint,
        verdict=verdict,
        by=by,
        on=on,
        because=because,
        text=_words(text, finding),
        claim=claim,
        claim_fingerprint=claim_fingerprint(store.claims[claim], store) if claim else None,
        expires=expires,
    )
    _write(file, decision)
    return file, decision


def _words(text: str, finding: Finding) -> str | None:
    if finding.span is None:
        return None
    return " ".join(text[finding.span.start : finding.span.end].split())[:300]


def _write(file: Path, decision: Decision) -> None:
    from ketakb.yamlio.edit import append_items, item_ids, rewrite, set_value, write_new

    item = _item(decision)

    def change(text: str) -> str:
        if decision.id not in item_ids(text):
            return append_items(text, [item])
        for key, value in item.items():
            text = set_value(text, decision.id, key, value)
        return set_value(text, decision.id, "expires", None) if decision.expires is None else text

    if file.exists():
        read_decisions(file)
        rewrite(file, change)
    else:
        write_new(file, append_items(_HEADER, [item]))


def _item(decision: Decision) -> dict[str, str]:
    fields = {
        "id": decision.id,
        "path": decision.path,
        "rule": decision.rule,
        "finding": decision.finding,
        "text": decision.text,
        "claim": decision.claim,
        "claim_fingerprint": decision.claim_fingerprint,
        "as": decision.verdict,
        "by": decision.by,
        "on": decision.on,
        "because": decision.because,
        "expires": decision.expires,
    }
    return {key: value for key, value in fields.items() if value is not None}
