"""``ketakb review``: look at a claim, record that you did, take claims over."""

from __future__ import annotations

from pathlib import Path

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import (
    AsOfOption,
    NoCacheOption,
    NoColorOption,
    QuietOption,
    Standing,
    StoreOption,
    as_of_date,
    day_after,
    report_options,
)
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.model import Store
    from ketakb.reports.options import ReportOptions
    from ketakb.store.upkeep import Decision


def review(
    claims: Annotated[
        list[str] | None,
        Argument(autocompletion="claims", metavar="[CLAIM]...", help="Ids of claims; one without --adopt."),
    ] = None,
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    by: Annotated[str | None, Option("--by", metavar="NAME", help="Who reviewed; records the review.")] = None,
    until: Annotated[
        str | None,
        Option("--until", metavar="DATE", help="When to look again; default: in a year."),
    ] = None,
    standing: Annotated[Standing | None, Option("--standing", help="What the house holds of it from now on.")] = None,
    because: Annotated[str | None, Option("--because", metavar="TEXT", help="Why; kept in the claim.")] = None,
    adopt: Annotated[bool, Option("--adopt", help="Take claims over under your name, without reading each.")] = False,
    topic: Annotated[
        str | None,
        Option(
            "--topic",
            autocompletion="topics",
            metavar="T",
            help="With --adopt: claims of topics that begin so.",
        ),
    ] = None,
    everything: Annotated[bool, Option("--all", help="With --adopt: all claims of the store.")] = False,
    as_of: AsOfOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Look at one claim, and record that you looked at it.

    Without --by, the claim is shown as its reviewer needs it: the passages among the words around them,
    what contradicts it, and why it must be looked at again. With --by, the review is written into the store
    with the day and a fingerprint (a checksum) of all that was looked at; nothing else in the file is touched. When the
    claim, a quote or the text of a source changes later, the claim is suspect and what it settled is open
    again.

    --adopt records a review of many claims at once. Of a topic or of all, claims that need a look of their
    own are left out and listed. A claim of a store beneath is reviewed in reviews.yaml of your layer.
    --as-of sets the day of the review.

    \b
    Examples:
      ketakb review nmda-antagonist-label
      ketakb review nmda-antagonist-label --store ours --by Ann --until 2027-06-30
      ketakb review our-claim --by Ann --standing rejected --because "Retracted."
      ketakb review --adopt --by "Dr A. Example" --topic safety --store ours

    Exit status: 0 done, 2 it could not be done.
    """
    from ketakb.cli import backend
    from ketakb.errors import UsageError

    day = as_of_date(as_of)
    options = report_options(no_color=no_color, quiet=quiet)
    if by is None:
        if adopt or any((until, standing, because, topic, everything)):
            raise UsageError("--by NAME is missing: say who reviewed")
        _show(backend.open_store(store), claims, day, options)
        return
    if not by.strip():
        raise UsageError("--by: write the name of the reviewer")
    backend.find_own_store(store)
    due = None if until is None else day_after(until, day, "--until")
    decision = _decision(by, day, due, standing, because)
    _record(store, claims or [], adopt, (topic, everything), decision, options)


def _decision(by: str, day: str, due: str | None, standing: Standing | None, because: str | None) -> Decision:
    from ketakb.store.upkeep import Decision

    return Decision(by.strip(), day, due, standing and str(standing), because and because.strip())


def _show(store: Store, claims: list[str] | None, day: str, options: ReportOptions) -> None:
    from ketakb import keeping
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.review_text import write

    if not claims or len(claims) > 1:
        raise UsageError("name one claim to review; `ketakb check` lists those that are due")
    page = keeping.review_page(store, keeping.claim_of(store, claims[0]), day)
    emit(lambda stream: write(page, store, stream, options))


def _record(
    option: Path | None,
    claims: list[str],
    adopt: bool,
    which: tuple[str | None, bool],
    decision: Decision,
    options: ReportOptions,
) -> None:
    from ketakb import keeping
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.review_text import write_recorded
    from ketakb.store.upkeep import year_after
    from ketakb.values import replace

    opened = backend.open_store(option)
    topic, everything = which
    if adopt:
        if decision.standing or decision.because:
            raise UsageError("--standing and --because go with one claim, not with --adopt")
        done = keeping.adopt(opened, claims, topic, everything, decision)
    else:
        if len(claims) != 1 or topic or everything:
            raise UsageError("name one claim to review; --adopt takes several, --topic T or --all")
        decision = replace(decision, review_by=decision.review_by or year_after(decision.on))
        done = keeping.record_review(opened, [keeping.claim_of(opened, claims[0])], decision)
    emit(lambda stream: write_recorded(done, stream, options))
