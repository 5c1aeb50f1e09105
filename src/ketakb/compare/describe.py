"""Assertions in plain words, for messages."""

from __future__ import annotations

from ketakb.assertion import Assertion
from ketakb.compare.amounts import describe_phases, describe_value, plain
from ketakb.model import Store

__all__ = ["describe", "describe_value", "join", "label", "negate"]

_NO_LABEL = "it"
_PREPOSITIONS = frozenset({"for", "with", "in", "on", "by", "to", "at", "from", "within"})
_ADVERBS = {"most": "usually", "some": "sometimes"}
_AUXILIARIES = {"is": "are", "was": "were", "has": "have"}
_MOVING = frozenset({"last-year", "this-year", "recent", "newest"})
_LASTING = frozenset({"lasts", "peaks", "fades", "wears off"})
"""Verbs that are said of an effect, not of what brings it about."""
_MODALS = frozenset({"is", "was", "are", "were", "can", "must", "may"})


def describe(store: Store, assertion: Assertion) -> str:
    """Return an assertion as one plain clause: "ketamine activates NMDA receptors"."""
    subject = label(store, assertion.subject) if assertion.subject else _NO_LABEL
    relation = store.relations.get(assertion.relation or "")
    verb = relation.label if relation else (assertion.relation or "is")
    rest = _rest(store, assertion)
    if assertion.value and assertion.value.unit == "date" and verb.endswith(" in") and assertion.objects:
        verb, rest[0], rest[-1] = verb[:-3], f"for {rest[0]}", f"in {rest[-1]}"
    if assertion.value and verb.endswith(" within") and assertion.objects and len(rest) > 1:
        rest[0], rest[-1] = rest[-1], f"for {rest[0]}"
    if assertion.value and verb in _LASTING:
        subject = f"{rest.pop(0)} from {subject}" if assertion.objects and len(rest) > 1 else f"the effect of {subject}"
    if not rest and verb.endswith((" in", " for")):
        verb = verb.rpartition(" ")[0]
    if rest and rest[0].startswith("at once"):
        verb = verb.removesuffix(" within")
    if assertion.quantifier in _ADVERBS and not assertion.value and not assertion.phases:
        verb = _with_adverb(verb, _ADVERBS[assertion.quantifier])
    if plural(subject):
        verb = _plural_verb(verb)
    if assertion.negated:
        verb = negate(verb)
    if assertion.only == "object" and rest:
        verb, rest[0] = _only(verb, rest[0])
    if assertion.only == "subject":
        subject = f"only {subject}"
    return " ".join(word for word in (subject, verb, *rest, *_limits(store, assertion)) if word)


def label(store: Store, entity: str | None) -> str:
    """Return how messages call an entity."""
    found = store.entities.get(entity or "")
    return found.label if found else (entity or "")


def plural(subject: str) -> bool:
    """Whether a subject takes a verb in the plural: "SSRIs", not "psychosis"."""
    return subject.endswith("s") and not subject.endswith(("ss", "is", "us"))


def negate(verb: str) -> str:
    """Return a verb phrase of the third person with "not"; an adverb before the verb stays there."""
    head, _, rest = verb.partition(" ")
    if head in _ADVERBS.values():
        return f"{head} {negate(rest)}"
    if rest.startswith("not "):
        return f"{head} {rest.removeprefix('not ')}"
    if head in _MODALS:
        return f"{head} not {rest}".strip()
    if head in ("have", "has"):
        return f"{'do' if head == 'have' else 'does'} not have {rest}".strip()
    stem = _stem(head)
    return f"{'do' if stem == head else 'does'} not {stem} {rest}".strip()


def join(words: list[str], last: str = "and") -> str:
    """Return words joined by commas, and a word before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _rest(store: Store, assertion: Assertion) -> list[str]:
    """Return what stands after the verb, a phrase each."""
    denied = assertion.negated or assertion.quantifier == "none"
    told = [o for o in assertion.objects if not any(p != o and store.is_a(p, o) for p in assertion.objects)]
    objects = join([label(store, o) for o in told], "or" if denied else "and")
    if assertion.quantifier == "none" and objects and not assertion.negated:
        objects = f"no {objects}"
    phrases = [objects] if objects else []
    if assertion.than:
        phrases.append(label(store, assertion.than))
    if assertion.value:
        within = (assertion.relation or "") in store.relations and store.relations[
            assertion.relation or ""
        ].label.endswith("within")
        phrases.append(describe_value(assertion.value, label(store, assertion.value.of), within))
    if assertion.phases:
        phrases.append(describe_phases(assertion.phases))
    if assertion.quantifier == "all" and not objects:
        relation = store.relations.get(assertion.relation or "")
        preposition = relation is not None and relation.label.rpartition(" ")[2] in _PREPOSITIONS
        phrases.append("everyone" if preposition else "without exception")
    return phrases


def _limits(store: Store, assertion: Assertion) -> list[str]:
    """Return the qualifiers that a reader needs to see what is said, a phrase each."""
    phrases = []
    company = [w for w in assertion.qualifier("with") if w in store.entities]
    alone = "alone" in assertion.qualifier("with")
    if company or alone:
        together = f"together with {join([label(store, w) for w in company])}" if company else ""
        words = "alone or " + together if alone and company else together or "alone"
        phrases.append(f"only {words}" if assertion.only == "with" else words)
    indications = [
        i for i in assertion.qualifier("indication") if i in store.entities and i not in assertion.objects
    ]
    if indications:
        phrases.append(f"for {join([label(store, i) for i in indications])}")
    if "animal" in assertion.qualifier("species"):
        phrases.append("in animals")
    if assertion.time and assertion.time.relative in _MOVING:
        phrases.append(f"(“{assertion.time.relative.replace('-', ' ')}”)")
    places = [place for place in assertion.qualifier("jurisdiction") if place != store.jurisdiction]
    if places:
        phrases.append(f"in {join([plain(place) for place in places])}")
    return phrases


def _with_adverb(verb: str, adverb: str) -> str:
    head, _, rest = verb.partition(" ")
    return f"{head} {adverb} {rest}".strip() if head in _MODALS else f"{adverb} {verb}"


def _only(verb: str, phrase: str) -> tuple[str, str]:
    """Place "only" before the preposition that a verb ends with, else before its object."""
    head, _, last = verb.rpartition(" ")
    return (f"{head} only {last}", phrase) if head and last in _PREPOSITIONS else (verb, f"only {phrase}")


def _plural_verb(verb: str) -> str:
    head, _, rest = verb.partition(" ")
    if head in _ADVERBS.values():
        return f"{head} {_plural_verb(rest)}"
    return f"{_AUXILIARIES.get(head) or _stem(head)} {rest}".strip()


def _stem(verb: str) -> str:
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "oes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") else verb
