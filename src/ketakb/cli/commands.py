"""The subcommands: where each is, and what it does in a few words. None is imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ketakb.hints import Any

COMMANDS = {
    "search": ("search", "Find claims by words or by a question."),
    "audit": ("audit", "Check drafts; without one, the store against itself."),
    "decide": ("decide", "Write down what you decided about a finding."),
    "diff": ("diff", "Compare two versions of a draft."),
    "recheck": ("recheck", "Find signed-off pages whose claims no longer stand."),
    "config": ("config", "Show which settings apply to a draft, and where from."),
    "report": ("report", "Write a page of all conflicts of the store, for the browser."),
    "check": ("check", "Check the files of the store for mistakes."),
    "show": ("lookup", "Show one claim, source or topic."),
    "topics": ("lookup", "List the topics and how their claims stand."),
    "sources": ("lookup", "List the sources, the strongest first."),
    "explain": ("explain", "Explain a rule such as KB201, or list them all."),
    "parse": ("parse", "Show how a text was read, sentence by sentence."),
    "review": ("review", "Look at a claim, and record that you did."),
    "extract": ("extract", "Propose the claims that pages make."),
    "add": ("add", "Write a new claim into a store."),
    "init": ("init", "Write a new store, or a layer over one."),
    "lsp": ("lsp", "Show findings in an editor (started by the editor)."),
    "cache": ("cache", "Show or delete what is kept of stores that were read."),
    "export": ("export", "Write the sources for a reference manager (Zotero ...)."),
}
"""Name of each command: its module of ketakb.cli, where the function has that name, and its short help."""


def function_of(name: str) -> Callable[..., int | None]:
    """Return the function of a command, which returns its exit status or None for 0. Raises KeyError for others."""
    found: Callable[..., Any] = getattr(import_module(f"ketakb.cli.{COMMANDS[name][0]}"), name)
    return found
