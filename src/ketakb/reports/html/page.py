"""The frame of a page: head, style, script, skip link and foot. Nothing on it is fetched from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.html.build import Child, Markup, join, tag
from ketakb.reports.options import ReportOptions
from ketakb.results import AuditReport


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write the page of an audit: of drafts, or of the store where no draft was given."""
    if report.documents:
        from ketakb.reports.html.draft import page
    else:
        from ketakb.reports.html.store import page
    text = page(report, store, options)
    if (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8":
        text = Markup(text.encode("ascii", "xmlcharrefreplace").decode("ascii"))
    stream.write(text)


def frame(title: str, header: Child, main: Child, report: AuditReport, options: ReportOptions) -> Markup:
    """Return a whole page."""
    style, script = _asset("style.css"), _asset("script.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = join(
        [
            Markup('<meta charset="utf-8">'),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="robots", content="noindex"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", title),
            tag("style", Markup(style)),
        ],
        "\n",
    )
    body = join(
        [
            tag("a", "Skip to the content", href="#main", class_="skip"),
            tag("header", header),
            tag("main", main, id="main", tabindex="-1"),
            tag("footer", _foot(report, options)),
            tag("script", Markup(script)),
        ],
        "\n",
    )
    whole = tag("html", "\n", tag("head", head), "\n", tag("body", body), "\n", lang="en")
    return Markup(f"<!DOCTYPE html>\n{whole}\n")


def _asset(name: str) -> str:
    """Return a file that goes into the page: ASCII, and unable to end its element."""
    text = files("ketakb.reports.html").joinpath(name).read_text(encoding="ascii").replace("\r\n", "\n")
    return f"\n{text}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _foot(report: AuditReport, options: ReportOptions) -> Markup:
    version = f" {options.version}" if options.version else ""
    return join(
        [
            tag(
                "p",
                f"Made by ketakb{version} with the store “{report.store_name}” as on {report.as_of}. "
                "An aid for editors: it approves nothing and gives no medical or legal advice. "
                "This page loads nothing from elsewhere and sends nothing; links to sources open when you follow them.",
            ),
            tag("p", f"Store {report.store_digest}", class_="dim digest"),
        ]
    )
