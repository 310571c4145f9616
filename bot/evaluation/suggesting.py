"""What would help most: asks that read like another topic's, thin topics, words of carers' that nothing knows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from rapidfuzz import fuzz, process

from bot.evaluation.figures import failure
from bot.evaluation.files import QuestionLine
from bot.evaluation.folds import Build, fold_numbers, without_asks
from bot.evaluation.questions import play_all
from conversations.interrupts import bare
from conversations.turns import Content
from knowledge.language import clean, stem, tokens
from knowledge.matching.explanation import Explanation
from knowledge.models import Answer, Audience, Choices, KnowledgeBase

ALIKE = 92  # rapidfuzz's token_sort_ratio, 0 to 100, from which two asks are all but the same
READ_BADLY = 0.8  # a word read with less than this weight was guessed
FEW_SHARE = 0.25  # of all topics, the thinnest quarter is named
SHORTEST_WORD = 3  # letters
FOLDS, SEED = 4, 1

Explain = Callable[[str], Explanation]


@dataclass(frozen=True)
class Twin:
    """Two asks of different topics that are all but the same. `likeness` is 0 to 100."""

    topic: str
    ask: str
    other: str
    other_ask: str
    likeness: int


@dataclass(frozen=True)
class Confusable:
    """An ask that, taken out, is met with another topic; `answered` when outright. `other_ask` pulls it there."""

    topic: str
    ask: str
    other: str
    other_ask: str
    answered: bool
    confidence: float


@dataclass(frozen=True)
class Thin:
    """A topic with few asks, or few different words in them."""

    topic: str
    asks: int
    words: int


@dataclass(frozen=True)
class Word:
    """A word of wrong lines that is unknown, or was guessed to be `read_as`, and the topics it should speak for."""

    word: str
    times: int
    read_as: str
    topics: tuple[str, ...]
    example: str


def asks_of(knowledge: KnowledgeBase) -> tuple[tuple[str, str, Audience], ...]:
    """(topic, ask, audience) of every ask."""
    return tuple((entry.topic, ask, entry.audience) for entry in knowledge.entries.values() for ask in entry.asks)


def twins(knowledge: KnowledgeBase) -> tuple[Twin, ...]:
    """Asks of different topics that are all but the same, the most alike first."""
    asks = asks_of(knowledge)
    texts = [bare(ask) for _, ask, _ in asks]
    likeness = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.uint8)
    pairs = ((int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(likeness, 1)), strict=True))
    found = [
        Twin(asks[a][0], asks[a][1], asks[b][0], asks[b][1], int(likeness[a, b]))
        for a, b in pairs
        if asks[a][0] != asks[b][0]
    ]
    return tuple(sorted(found, key=lambda twin: (-twin.likeness, twin.topic, twin.ask)))


def confusable(knowledge: KnowledgeBase, build: Build) -> tuple[Confusable, ...]:
    """Asks that another topic gets when they are taken out, a fold of them at a time: the most confident first."""
    asks = asks_of(knowledge)
    numbers = fold_numbers([(topic, ask) for topic, ask, _ in asks], FOLDS, SEED)
    found: list[Confusable] = []
    for fold in range(FOLDS):
        tried = [row for row, at_fold in zip(asks, numbers, strict=True) if at_fold == fold]
        left = without_asks(knowledge, [ask for _, ask, _ in tried])
        matcher = build(left)
        for topic, ask, audience in tried:
            match matcher.search(ask, None, audience):
                case Answer(topic=other, confidence=confidence) if other != topic:
                    found.append(Confusable(topic, ask, other, _nearest(left, other, ask), True, confidence))
                case Choices(topics=(other, *_)) if other != topic:
                    found.append(Confusable(topic, ask, other, _nearest(left, other, ask), False, 0.0))
                case _:
                    pass
    return tuple(sorted(found, key=lambda c: (not c.answered, -c.confidence, c.topic, c.ask)))


def _nearest(knowledge: KnowledgeBase, topic: str, ask: str) -> str:
    asks = [other for other_topic, other, _ in asks_of(knowledge) if other_topic == topic]
    best = process.extractOne(bare(ask), asks, scorer=fuzz.token_set_ratio, processor=bare)
    return best[0] if best else ""


def thin(knowledge: KnowledgeBase) -> tuple[Thin, ...]:
    """The topics with the fewest asks or the fewest different words, thinnest first."""
    texts: dict[str, list[str]] = {topic: [] for topic in knowledge.topics}
    for topic, ask, _ in asks_of(knowledge):
        texts[topic].append(ask)
    topics = [
        Thin(topic, len(asks), len({stem(word) for ask in asks for word in tokens(clean(ask))}))
        for topic, asks in texts.items()
    ]
    few = max(round(FEW_SHARE * len(topics)), 1)
    by_asks = sorted(topics, key=lambda one: (one.asks, one.words, one.topic))
    by_words = sorted(topics, key=lambda one: (one.words, one.asks, one.topic))
    rank = {one: by_asks.index(one) + by_words.index(one) for one in topics}
    named = {*by_asks[:few], *by_words[:few]}
    return tuple(sorted(named, key=lambda one: (rank[one], one.topic)))


def unknown_words(content: Content, lines: Sequence[QuestionLine], explain: Explain, at: datetime) -> tuple[Word, ...]:
    """Words of lines that came out wrong which the content does not know, or only guesses: the most frequent first."""
    wrong = [one.line for one in play_all(content, lines, at) if one.line.covered and failure(one) is not None]
    seen: Counter[str] = Counter()
    topics: dict[str, Counter[str]] = defaultdict(Counter)
    read_as: dict[str, str] = {}
    example: dict[str, str] = {}
    for line in wrong:
        for word, read in dict(_badly_read(explain(line.text))).items():
            seen[word] += 1
            topics[word][line.topics[0]] += 1
            read_as.setdefault(word, read)
            example.setdefault(word, line.text)
    found = [
        Word(word, times, read_as[word], tuple(topic for topic, _ in topics[word].most_common()), example[word])
        for word, times in seen.items()
    ]
    return tuple(sorted(found, key=lambda word: (-word.times, bool(word.read_as), word.word)))


def _badly_read(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """(word, what it was taken for) of words that are unknown or were guessed."""
    for word in explanation.words:
        if len(word.word) < SHORTEST_WORD or word.word.isdigit():
            continue
        if not word.read_as:
            yield word.word, ""
        elif word.read_as[0][1] < READ_BADLY:
            yield word.word, word.read_as[0][0]
