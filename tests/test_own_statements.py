"""What the shipped store accepts, and the wording that it prefers, is right copy: as a draft it raises no alarm."""

from __future__ import annotations

import pytest

from ketakb.app import AuditOptions, Auditor, auditor_of, check_store
from ketakb.store.locate import default_store

_STORE = check_store(default_store(), "2026-11-21")[0]
_TOPICS = sorted({claim.assertion.topic for claim in _STORE.claims.values()})


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return auditor_of(_STORE, AuditOptions("2026-11-21"))


@pytest.mark.parametrize("topic", _TOPICS)
def test_what_is_accepted_raises_no_alarm(auditor: Auditor, topic: str) -> None:
    loud = []
    for claim in _STORE.claims.values():
        if claim.assertion.topic != topic or claim.standing != "accepted":
            continue
        for text in (claim.statement, claim.prefer):
            found = auditor.audit("draft.md", text).findings if text else ()
            if any(f.span and f.severity in ("error", "warning") for f in found):
                loud.append(text)
    assert loud == []
