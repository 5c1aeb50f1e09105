"""How far a cue reaches: to the next terminator, clause border, closing bracket or other negation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ketakb.hints import Final
from ketakb.language.brackets import insides
from ketakb.language.clauses import Border, clause_borders, clause_words, finite_verbs
from ketakb.language.cue_rows import Cue
from ketakb.language.cues import FoundCue
from ketakb.language.tokens import Token

_Doubts = tuple[str, ...] | None
# May stand between a thing and the verb that says that it is missing.
_VERBAL: Final = frozenset(("to", "not", "be", "been", "being", "have", "having", "has", "also", "now"))
_ASIDE: Final = 6
_LABEL: Final = 6
# How far behind ", and" a second negation shows that a clause of its own began there.
_COORDINATE: Final = 8
_SUBJECTS: Final = frozenset(("it", "they", "we", "he", "she"))
_BEGINNING: Final = frozenset(
    ("by", "in", "for", "with", "through", "at", "on", "from", "among", "after", "under", "of")
)
# "Had no effect, and X ...": no list of what is missing goes on behind these.
_OUTCOMES: Final = frozenset(("effect", "impact", "influenc", "bear"))
_HAVING: Final = frozenset(("hav", "caus", "carry", "leav", "produc", "show", "bring", "pos"))
_NAMED_AGAIN: Final = frozenset(("a", "an", "one"))
_PARTING: Final = frozenset((";", ":"))
_COORDINATORS: Final = frozenset((",", "and", "or", "nor", "but", "/", "&"))
# Which borders end a scope: none of the clause; the certain ones; all but doubtful participles; all.
_DOUBTS: Final[tuple[_Doubts, ...]] = (None, ("",), ("", "subject"), ("", "subject", "participle"))


class Limits:
    """Where scopes of each category have to end, in one sentence."""

    def __init__(self, tokens: Sequence[Token], cues: Sequence[FoundCue]) -> None:
        self._tokens = tokens
        self._brackets = insides(tokens)
        verbs = finite_verbs(tokens)
        clauses = clause_borders(tokens, verbs)
        self._verb_from = [len(tokens)] * (len(tokens) + 1)
        for at in range(len(tokens) - 1, -1, -1):
            self._verb_from[at] = at if verbs[at] else self._verb_from[at + 1]
        self._verb_before = [-1, *accumulate((at if verb else -1 for at, verb in enumerate(verbs)), max)]
        self._cues, self._clauses = cues, clauses
        self._stops: dict[tuple[str, _Doubts], dict[int, tuple[list[int], list[int]]]] = {}

    def _by_bracket(self, borders: Sequence[Border]) -> dict[int, tuple[list[int], list[int]]]:
        """Firsts and lasts in order, by bracket: a border inside a bracket ends nothing outside it."""
        found: dict[int, tuple[list[int], list[int]]] = {}
        for border in borders:
            firsts, lasts = found.setdefault(self._brackets[border.first][0], ([], []))
            firsts.append(border.first)
            lasts.append(border.last)
        for firsts, lasts in found.values():
            firsts.sort()
            lasts.sort()
        return found

    def reach(self, found: FoundCue, category: str) -> tuple[int, int]:
        """Return the first and last token (half-open) that a cue reaches; empty where there is none."""
        cue = found.cue
        if found.fixed is not None and category == "negation":
            return found.last, found.fixed
        if cue.reach == 0:
            return self._joined(found)
        open_at, close_at = self._brackets[found.first]
        begin, end = found.first if cue.itself else found.last, found.first
        if cue.direction != "backward":
            end = min(self._end(found, category), close_at)
            if cue.reach is not None:
                end = min(end, found.last + cue.reach)
            if category == "negation" and cue.kind in ("verbal", "adverbial"):
                end = self._past_label(end)
            while end > found.last and self._tokens[end - 1].key in (".", ",", "!", "?", "…"):
                end -= 1
        if cue.direction == "forward":
            return begin, end
        begin = max(self._begin(found, category) if found.since is None else found.since, open_at)
        if cue.reach is not None:
            begin = max(begin, found.first - cue.reach)
        return begin, found.first if cue.direction == "backward" else max(end, found.last)

    def _stops_for(self, found: FoundCue, category: str, doubts: _Doubts) -> tuple[list[int], list[int]]:
        stops = self._stops.get((category, doubts))
        if stops is None:
            own = [Border(cue.first, cue.last) for cue in self._cues if category in cue.cue.terminates]
            if category == "negation":
                own += _parallel(self._tokens, self._cues)
            every = own + [border for border in self._clauses if doubts is not None and border.doubt in doubts]
            stops = self._stops[category, doubts] = self._by_bracket(every)
        return stops.get(self._brackets[found.first][0], ([], []))

    def _end(self, found: FoundCue, category: str) -> int:
        end = _next(self._stops_for(found, category, _doubts(found.cue))[0], found.last, len(self._tokens))
        if found.cue.kind == "determiner" and found.cue.sealed:
            # Once its own clause has had its verb, another noun with a verb is another clause.
            outcome = found.last < len(self._tokens) and self._tokens[found.last].key in _OUTCOMES
            after_verb = found.last if outcome else self._verb_from[found.last] + 1
            end = _next(self._stops_for(found, category, _DOUBTS[3])[0], after_verb, end)
        if found.cue.kind == "determiner" and found.first and self._verb_before[found.first] == found.first - 1:
            end = min(end, self._next_predicate(found.last, end))
        if found.cue.kind == "adverbial" and category == "negation" and self._is_aside(found.first):
            end = min(end, self._aside_end(found.last, end))
        if found.cue.kind == "verbal" and category == "negation" and self._in_fronted(found.first):
            end = min(end, self._fronted_end(found.last, end))
        if category == "negation" and [t.lower for t in self._tokens[found.last : found.last + 2]] == ["so", "much"]:
            end = next((at for at in range(found.last + 2, end) if self._tokens[at].lower == "as"), end)
        if found.cue.kind == "preposition" and category == "negation":
            end = min(end, self._next_subject(found.last, end))
        if found.cue.kind in ("verbal", "adverbial") and category == "negation":
            end = min(end, self._apposition(found.last, end))
        if found.cue.fronted and self._at_head(found.first):
            end = min(end, self._fronted_end(found.last, end))
        return self._before_mark(found.last, end) if category == "denial" else end

    def _begin(self, found: FoundCue, category: str) -> int:
        begin = _previous(self._stops_for(found, category, _doubts(found.cue))[1], found.first, 0)
        if found.cue.sealed and found.cue.direction == "backward":
            doubtful = _previous(self._stops_for(found, category, _DOUBTS[3])[1], found.first, 0)
            if self._verb_from[begin] < doubtful:
                begin = max(begin, doubtful)
            # What is missing follows the verb of another clause; "appears to have" belongs to "resolved".
            at = found.first
            while at > begin and (self._verb_before[at] == at - 1 or self._tokens[at - 1].lower in _VERBAL):
                at -= 1
            begin = max(begin, self._verb_before[at] + 1)
        return begin

    def _joined(self, found: FoundCue) -> tuple[int, int]:
        """The rest of a hyphenated word."""
        tokens, first, last = self._tokens, found.first, found.last
        if found.cue.direction == "backward":
            while first and tokens[first - 1].end == tokens[first].start and tokens[first - 1].kind != "mark":
                first -= 1
            return first, found.first
        while last < len(tokens) and tokens[last].start == tokens[last - 1].end and _in_word(tokens[last]):
            last += 1
        return found.last, last

    def _is_aside(self, at: int) -> bool:
        """Whether a "not" stands right behind a comma: "X, not Y, acts on Z", "X, but not Y, acts on Z"."""
        tokens = self._tokens
        if tokens[at].lower not in ("not", "never") or not at:
            return False
        return tokens[at - 1].key == "," or (at > 1 and tokens[at - 1].key == "but" and tokens[at - 2].key == ",")

    def _aside_end(self, begin: int, end: int) -> int:
        """The comma that closes a short aside without a verb."""
        for at in range(begin, min(begin + _ASIDE, end)):
            if self._verb_from[at] == at:
                break
            listed = self._tokens[at].key != "," or self._list_comma(at, min(end, at + 3)) or self._or_ahead(at, end)
            if not listed:
                return at
        return end

    def _at_head(self, at: int) -> bool:
        return (
            at == 0
            or self._tokens[at - 1].kind == "mark"
            or self._tokens[at - 1].lower in ("and", "but", "so")
        )

    def _apposition(self, begin: int, end: int) -> int:
        """The comma before what is only named again ("does not pay for X, a use that is off-label"), or a new verb.

        The verb is one of having: "is unable to move, have fits or fall asleep" tells of fits.
        """
        tokens = self._tokens
        for at in range(begin + 1, end - 2):
            if tokens[at].key != ",":
                continue
            if tokens[at + 1].lower in _NAMED_AGAIN and not self._list_comma(at, end) and not self._or_ahead(at, end):
                return at
            if tokens[at + 1].lower == "have" and tokens[begin - 1].lower == "to":
                return at
        return end

    def _past_label(self, end: int) -> int:
        """The end of a sentence whose label is negative and whose rest only names: "What it is not: a cure"."""
        tokens = self._tokens
        if not 0 < end <= _LABEL or end >= len(tokens) or tokens[end].key != ":":
            return end
        if tokens[0].lower not in ("what", "not"):
            return end
        return end if self._verb_from[end] < len(tokens) else len(tokens)

    def _in_fronted(self, at: int) -> bool:
        """Whether a cue stands in a relative clause of what is fronted: "By a route that is not known, X"."""
        tokens = self._tokens
        if not at or tokens[at - 1].lower not in ("that", "which", "who") or tokens[0].lower not in _BEGINNING:
            return False
        return not any(token.key == "," for token in tokens[:at])

    def _before_mark(self, begin: int, end: int) -> int:
        """The mark behind a statement that is denied: "it is wrong to say that X does: Y does"."""
        verb = self._verb_from[begin]
        return next((at for at in range(verb + 1, end) if self._tokens[at].key in _PARTING), end)

    def _next_predicate(self, begin: int, end: int) -> int:
        """The verb behind what a verb denies ("that it has no X is wrong"): it says something of the whole."""
        words = clause_words()
        for at in range(begin + 1, end):
            lower = self._tokens[at].lower
            if lower in words.relatives or lower == "that" or lower in words.conjunctions:
                return end
            if lower in words.auxiliaries:
                return at
        return end

    def _next_subject(self, begin: int, end: int) -> int:
        """The pronoun, with its verb, that begins what a fronted phrase is said of: "without X it was"."""
        for at in range(begin + 1, end - 1):
            if self._tokens[at].lower in _SUBJECTS and self._verb_from[at + 1] == at + 1:
                return at
            after = [token.lower for token in self._tokens[at : at + 3]]
            if after[:1] == [","] and after[1:2] in (["and"], ["but"]) and after[2].endswith("ly"):
                return at  # "without X, and mostly given to Y"
        return end

    def _fronted_end(self, begin: int, end: int) -> int:
        """The first comma after begin that is not the comma of a list."""
        at, commas = begin, 0
        while at < end and commas < 12:
            if self._tokens[at].key == ",":
                commas += 1
                if not self._list_comma(at, end):
                    return at
            at += 1
        return end

    def _or_ahead(self, at: int, end: int) -> bool:
        """Whether a comma is one of "A, B or C", with no verb before the "or"."""
        for place in range(at + 1, min(at + _COORDINATE, end)):
            if self._tokens[place].lower in ("or", "nor"):
                return True
            token = self._tokens[place]
            if self._verb_from[place] == place or (token.kind == "mark" and token.text != ","):
                return False
        return False

    def _list_comma(self, at: int, end: int) -> bool:
        words = clause_words()
        for i in range(at + 1, min(at + 6, end)):
            lower = self._tokens[i].lower
            if lower in ("and", "or", "nor"):
                return True
            if lower in words.subjects or lower in words.determiners or lower in words.auxiliaries:
                return False
        return False


def _next(stops: Sequence[int], least: int, default: int) -> int:
    at = bisect_left(stops, least)
    return min(stops[at], default) if at < len(stops) else default


def _previous(stops: Sequence[int], most: int, default: int) -> int:
    at = bisect_right(stops, most)
    return stops[at - 1] if at else default


def _doubts(cue: Cue) -> _Doubts:
    if not cue.sealed:
        return _DOUBTS[0]
    if cue.kind == "determiner" or cue.direction == "backward":
        return _DOUBTS[1]
    return _DOUBTS[2] if cue.kind in ("noun", "preposition") else _DOUBTS[3]


def _in_word(token: Token) -> bool:
    return token.kind != "mark" or token.key == "-"


def _parallel(tokens: Sequence[Token], cues: Sequence[FoundCue]) -> list[Border]:
    """Borders before negations side by side with the one before: "no pain, no fever, nor chills"."""
    found = []
    for cue in cues:
        if "negation" not in cue.cue.categories or cue.cue.direction != "forward" or cue.cue.kind == "prefix":
            continue
        first = cue.first
        if first > 1 and tokens[first - 1].key in _HAVING and tokens[first - 2].key in _COORDINATORS:
            first -= 1  # "are not X and have no Y"
        while first and tokens[first - 1].key in _COORDINATORS:
            first -= 1
        if first < cue.first or tokens[cue.first].lower == "nor":
            found.append(Border(first, cue.first))
        elif cue.cue.kind in ("adverbial", "verbal"):
            for at in range(cue.first - 1, max(0, cue.first - _COORDINATE), -1):
                if tokens[at].lower in ("and", "but") and tokens[at - 1].key == ",":
                    found.append(Border(at - 1, at + 1))
                    break
    return found
