"""What a build makes of the content, and what it says about one reading of a text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.matching.features import Features, Vector
from knowledge.matching.head import softmax
from knowledge.matching.reading import Read, strengths

Floats = NDArray[np.float32]

SIGNS = (
    "how likely the best topic is",
    "its lead over the second",
    "how likely it is that we cover this at all",
    "likeness in words to the nearest ask",
    "likeness in meaning to the nearest ask",
    "the lower of the chances by words and by meaning",
    "share of the message's words that we know",
    "length",
)
"""What confidence is reckoned from, in the order of `signs`."""


TINY = 1e-9
LAST_COUNTS = 2.0
PARTS_COUNT = 1.5


@dataclass(frozen=True)
class Heads:
    """The trained weights. `meaning` is None where the second opinion is not to be had."""

    words: Floats  # feature by topic
    meaning: Floats | None  # 384 by topic


@dataclass(frozen=True)
class Nearest:
    """The asks, to find the nearest by words and by meaning. `topic` numbers each row's topic."""

    rows: csr_matrix
    meanings: Floats | None
    topic: NDArray[np.int64]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """A text in numbers: as a whole, and its parts if it is long."""

    vector: Vector
    parts: tuple[Vector, ...]
    known: float
    length: int


@dataclass(frozen=True)
class Opinion:
    """What is thought of one reading: chances by topic, the last being "not covered"."""

    chances: Floats
    by_words: Floats
    by_meaning: Floats | None


def weigh(message: Read, part_messages: Sequence[Read], features: Features) -> Weighed:
    """A text and its parts in numbers."""
    return Weighed(
        vector=features.vector(strengths(message)),
        parts=tuple(features.vector(strengths(part)) for part in part_messages),
        known=known_share(message),
        length=len(message.words),
    )


def by_words(heads: Heads, text: Weighed) -> Opinion:
    """The chances of every topic by words alone.

    The parts of a long text each have their say, together as much as the whole; the last part counts twice, for that is
    where the question mostly stands.
    """
    scores = _scores(heads, text.vector)
    if text.parts:
        says = [_scores(heads, part) for part in text.parts]
        total = sum(says, start=(LAST_COUNTS - 1) * says[-1])
        scores = scores + PARTS_COUNT * total / (len(says) - 1 + LAST_COUNTS)
    chances = softmax(scores)
    return Opinion(chances, chances, None)


def with_meaning(heads: Heads, first: Opinion, meaning: Floats) -> Opinion:
    """The opinion by words joined with the one by meaning: their geometric mean."""
    if heads.meaning is None:
        return first
    second = softmax(meaning @ heads.meaning)
    joint = softmax(0.5 * (np.log(first.by_words + TINY) + np.log(second + TINY)))
    return Opinion(joint, first.by_words, second)


def _scores(heads: Heads, vector: Vector) -> Floats:
    return np.asarray(np.log(softmax(vector.value @ heads.words[vector.index]) + TINY))


def signs(view: Opinion, text: Weighed, meaning: Floats | None, nearest: Nearest) -> Floats:
    """The numbers that confidence is reckoned from, for the best topic (see SIGNS)."""
    chances = view.chances[:-1]
    best, second = (int(number) for number in np.argsort(-chances, kind="stable")[:2])
    top = float(chances[best])
    likeness, _ = nearest_by_words(nearest, text.vector, best)
    by_meaning, agree = 0.0, 0.0
    if meaning is not None and nearest.meanings is not None and view.by_meaning is not None:
        own = nearest.meanings[nearest.topic == best]
        by_meaning = float((own @ meaning).max(initial=0.0))
        agree = float(min(view.by_meaning[best], view.by_words[best]))
    return np.array(
        [
            math.log(max(top, 1e-6) / max(1 - top, 1e-6)),
            top - float(chances[second]),
            math.log(max(1 - float(view.chances[-1]), 1e-6)),
            likeness,
            by_meaning,
            agree,
            text.known,
            math.log(1 + text.length),
        ],
        dtype=np.float32,
    )


def nearest_by_words(nearest: Nearest, vector: Vector, topic: int) -> tuple[float, int]:
    """(likeness, row) of the topic's ask whose words are most like the text's; (0, -1) if it has none."""
    own = np.flatnonzero(nearest.topic == topic)
    if not len(own):
        return 0.0, -1
    dense = np.zeros(nearest.rows.shape[1], dtype=np.float32)
    dense[vector.index] = vector.value
    likeness = nearest.rows[own] @ dense
    best = int(np.argmax(likeness))
    length = float(np.linalg.norm(vector.value)) or 1.0
    return float(likeness[best]) / length, int(own[best])


def known_share(message: Read) -> float:
    """How much of the message's words we know, by strength of reading: 0 to 1. Words of one letter do not count."""
    counted = [word for word in message.words if len(word.word) > 1]
    return sum(word.readings[0].weight if word.readings else 0.0 for word in counted) / max(len(counted), 1)
