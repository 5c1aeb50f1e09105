"""Search results for machines: schema ketakb.search/1."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.citation import citation
from ketakb.reports.jsonio import dump, passage
from ketakb.reports.options import ReportOptions
from ketakb.results import Hit

SCHEMA = "ketakb.search/1"


def write(query: str, hits: Sequence[Hit], store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write results, the best first."""
    sources = store.sources
    dump(
        {
            "schema": SCHEMA,
            "query": query,
            "results": [
                {
                    "claim": hit.claim.id,
                    "topic": hit.claim.assertion.topic,
                    "score": hit.score,
                    "statement": hit.claim.statement,
                    "standing": hit.claim.standing,
                    "because": hit.claim.because,
                    "prefer": hit.claim.prefer,
                    "passages": [
                        {
                            **passage(item, sources[item.source].kind if item.source in sources else None),
                            "citation": citation(sources[item.source]) if item.source in sources else None,
                        }
                        for item in hit.claim.passages
                    ],
                    "matched": list(hit.matched),
                }
                for hit in hits
            ],
        },
        stream,
    )
