"""The texts that speak for each topic: asks fully, titles and the entries' own sentences as weaker evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.matching.lexicon import Lexicon
from knowledge.models import KnowledgeBase

NOT_COVERED = "not-covered"
TITLE, SENTENCE = 0.5, 0.2
SHORTEST_SENTENCE = 4  # words
PLACEHOLDER = re.compile(r"\{[^}]*\}|\[\[|\]\]|\|")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Evidence:
    """A text, the topic it speaks for, how much it counts (an ask is 1), whether it is an ask or a sentence."""

    text: str
    topic: str
    counts: float
    is_ask: bool
    is_sentence: bool = False


def evidence(knowledge: KnowledgeBase, lexicon: Lexicon) -> tuple[Evidence, ...]:
    """All of it, in the order of the files. Lines of not_covered.toml speak for `NOT_COVERED`."""
    return tuple(_evidence(knowledge, lexicon))


def _evidence(knowledge: KnowledgeBase, lexicon: Lexicon) -> Iterator[Evidence]:
    for entry in knowledge.entries.values():
        for ask in entry.asks:
            yield Evidence(ask, entry.topic, 1.0, is_ask=True)
        yield Evidence(entry.title, entry.topic, TITLE, is_ask=False)
        for sentence in SENTENCE_END.split(PLACEHOLDER.sub(" ", entry.body)):
            if len(sentence.split()) >= SHORTEST_SENTENCE:
                yield Evidence(sentence.strip("- "), entry.topic, SENTENCE, is_ask=False, is_sentence=True)
    for topic in knowledge.topics.values():
        yield Evidence(topic.title, topic.id, TITLE, is_ask=False)
        for part in topic.covers.split(";"):
            yield Evidence(part.strip(), topic.id, SENTENCE, is_ask=False)
    for _, ask in lexicon.not_covered:
        yield Evidence(ask, NOT_COVERED, 1.0, is_ask=True)
