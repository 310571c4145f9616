"""Why a message got the match it got, for an editor to read."""

from dataclasses import dataclass

import numpy as np

from knowledge.matching.building import Model
from knowledge.matching.features import Vector
from knowledge.matching.model import Opinion, nearest_by_words
from knowledge.matching.reading import Read
from knowledge.models import Match

WORDS_SHOWN = 6


@dataclass(frozen=True)
class WordRead:
    """A word in plain English, the known stems it was read as, and how sure that reading is (0 to 1)."""

    word: str
    read_as: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Sign:
    """One of the numbers that confidence is reckoned from."""

    name: str
    value: float


@dataclass(frozen=True)
class TopicWeighed:
    """What spoke for a topic. Chances are 0 to 1; `because` holds features and how much each spoke for or against."""

    topic: str
    chance: float
    by_words: float
    by_meaning: float | None
    because: tuple[tuple[str, float], ...]
    nearest_ask: str
    likeness: float


@dataclass(frozen=True)
class Explanation:
    """Everything that led to `match`. Confidence and the two marks are 0 to 1."""

    text: str
    match: Match
    reason: str
    confidence: float
    answers_from: float
    offers_from: float
    words: tuple[WordRead, ...]
    families: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    signs: tuple[Sign, ...]
    topics: tuple[TopicWeighed, ...]


def explain_reading(message: Read) -> tuple[WordRead, ...]:
    """Each word and what it was read as."""
    return tuple(
        WordRead(word.word, tuple((reading.stem, round(reading.weight, 2)) for reading in word.readings))
        for word in message.words
    )


def weighed(model: Model, vector: Vector, view: Opinion, count: int) -> tuple[TopicWeighed, ...]:
    """The `count` likeliest topics, best first, and what spoke for each."""
    ranked = np.argsort(-view.chances[:-1], kind="stable")[:count]
    rows = model.heads.words[vector.index]
    centred = rows - rows.mean(axis=1, keepdims=True)
    return tuple(_topic(model, vector, view, int(number), centred[:, int(number)]) for number in ranked)


def _topic(
    model: Model, vector: Vector, view: Opinion, number: int, weights: np.typing.NDArray[np.float32]
) -> TopicWeighed:
    pulls = vector.value * weights
    words = [
        (model.features.names[feature], float(pull))
        for feature, pull in zip(vector.index, pulls, strict=True)
        if model.features.is_readable(int(feature))
    ]
    likeness, row = nearest_by_words(model.nearest, vector, number)
    return TopicWeighed(
        topic=model.topics[number],
        chance=float(view.chances[number]),
        by_words=float(view.by_words[number]),
        by_meaning=None if view.by_meaning is None else float(view.by_meaning[number]),
        because=tuple(
            (name, round(pull, 2)) for name, pull in sorted(words, key=lambda item: -abs(item[1]))[:WORDS_SHOWN]
        ),
        nearest_ask=model.nearest.texts[row] if row >= 0 else "",
        likeness=likeness,
    )
