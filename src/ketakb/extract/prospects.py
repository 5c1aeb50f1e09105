"""Which of the frames that a sentence has the words for may say something of it, told before its clauses are read.

Most sentences with the words of a frame speak of nobody it is about, or hold no number that it could take.
"""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention, OwnedFrame
from ketakb.extract.measures import may_fill
from ketakb.extract.naming import BESIDE_ONE
from ketakb.extract.reference import Discourse
from ketakb.extract.sentence import Sentence


def promising(
    lexicon: Lexicon, discourse: Discourse, sentence: Sentence, frames: Sequence[OwnedFrame]
) -> tuple[list[OwnedFrame], list[OwnedFrame]]:
    """Return the frames that may say something of a sentence, and those that only settle whom its clauses are about.

    A frame of neither list says nothing and settles nothing. Where several agents are named, a frame may settle for
    those after it whom a clause is about; so there none is left out. One agent is found again wherever it is asked
    for, and only what is read later in the same sentence's place may ask what was settled.
    """
    frames = [one for one in frames if one.frame.reported is None or one.frame.reported == sentence.reported]
    mentions, acting = sentence.mentions, lexicon.of_kinds[AGENT_KINDS]
    agents = [m for m in mentions if m.concept in acting]
    if len(agents) > 1 or (agents and (discourse.memory or _is_beside(sentence, agents[0]))):
        return frames, []
    named = discourse.may_be_about(sentence)
    kept, settling, members = [], [], lexicon.members
    for owned in frames:
        frame = owned.frame
        measures = frame.value and not (frame.relation and frame.object)
        if (frame.subject and members.of(frame.subject).isdisjoint(named)) or (
            measures and frame.value and not may_fill(frame.value, sentence.quantities)
        ):
            settling.append(owned)
        else:
            kept.append(owned)
    return kept, settling if agents else []


def _is_beside(sentence: Sentence, agent: Mention) -> bool:
    """Whether an agent stands beside another, which is not found again wherever it is asked for."""
    return sentence.tokens[agent.first - 1].lower in BESIDE_ONE
