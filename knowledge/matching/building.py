"""Content → a model: texts read and weighed, heads trained, confidence fitted on asks kept back. No clock or chance."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language import clean
from knowledge.matching import confidence, head
from knowledge.matching.alignment import Vocabulary
from knowledge.matching.clauses import parts
from knowledge.matching.confidence import COVERED, NOT_OURS, UNKNOWN_TOPIC, Confidence
from knowledge.matching.evidence import NOT_COVERED, Evidence, evidence
from knowledge.matching.features import Features
from knowledge.matching.lexicon import Lexicon
from knowledge.matching.model import Heads, Nearest, Weighed, by_words, signs, weigh, with_meaning
from knowledge.matching.reading import read, strengths
from knowledge.models import KnowledgeBase

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

STRENGTH, MEANING_STRENGTH = 30.0, 30.0
ROUNDS, MEANING_ROUNDS = 15, 40
MOST_TRAINED = 12_000
"""More texts than this are not trained on but averaged: training time grows with their cube."""
FOLDS = 4
HIDDEN_TOPICS = 8
"""One topic in so many is hidden from each fold: its asks then stand for what nobody has written an entry about."""


@dataclass(frozen=True)
class Model:
    """All that a search needs. `topics` are in the heads' order; "not covered" comes last and is not among them."""

    topics: tuple[str, ...]
    frequency: dict[str, int]
    features: Features
    heads: Heads
    nearest: Nearest
    by_words: Confidence
    confidence: Confidence
    """`by_words` judges an opinion by words alone; `confidence` one with meaning, where that is to be had."""


@dataclass(frozen=True)
class _Table:
    """The evidence in numbers: rows of features, their products, meanings, labels, counts."""

    texts: Sequence[Weighed]
    kernel: Floats | None
    meanings: Floats | None
    label: NDArray[np.int64]
    counts: Floats
    is_ask: NDArray[np.bool_]
    is_meant: NDArray[np.bool_]


def build(knowledge: KnowledgeBase, lexicon: Lexicon, embed: Embed | None) -> Model:
    """Make the model. `embed` gives a row of meaning for each text, or is None where there is no second opinion."""
    texts = evidence(knowledge, lexicon)
    topics = tuple(sorted(knowledge.topics))
    number = {topic: place for place, topic in enumerate((*topics, NOT_COVERED))}
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(lexicon.words_of(clean(text.text)))
    vocabulary = Vocabulary(frequency, lexicon.protected)
    messages = [read(text.text, lexicon, vocabulary) for text in texts]
    features = Features.fit([strengths(message) for message in messages])
    weighed = [
        weigh(message, [read(part, lexicon, vocabulary) for part in parts(text.text)], features)
        for text, message in zip(texts, messages, strict=True)
    ]
    matrix = features.matrix([text.vector for text in weighed])
    table = _Table(
        texts=weighed,
        kernel=(matrix @ matrix.T).toarray().astype(np.float32) if len(texts) <= MOST_TRAINED else None,
        meanings=_meanings(texts, [message.english for message in messages], embed) if embed else None,
        label=np.array([number[text.topic] for text in texts], dtype=np.int64),
        counts=np.array([text.counts for text in texts], dtype=np.float32),
        is_ask=np.array([text.is_ask for text in texts]),
        is_meant=np.array([not text.is_sentence for text in texts]),
    )
    tried = _tried(texts, table, features, len(number))
    words_alone = confidence.fit(tried.by_words, tried.right_by_words, tried.kind)
    asks = np.flatnonzero(table.is_ask)
    return Model(
        topics=topics,
        frequency=dict(frequency),
        features=features,
        heads=_heads(table, features, np.arange(len(texts)), len(number)),
        nearest=_nearest(table, features, asks, texts),
        by_words=words_alone,
        confidence=confidence.fit(tried.joint, tried.right_joint, tried.kind) if embed else words_alone,
    )


def _heads(table: _Table, features: Features, chosen: NDArray[np.int64], size: int) -> Heads:
    """Heads trained on the chosen texts alone."""
    label, counts = table.label[chosen], table.counts[chosen]
    matrix = features.matrix([table.texts[number].vector for number in chosen])
    if table.kernel is None:
        words = head.centroids(matrix, label, size, counts)
    else:
        rows = head.factor(np.ascontiguousarray(table.kernel[np.ix_(chosen, chosen)]))
        weights = head.train(rows, label, size, counts, STRENGTH, ROUNDS)
        words = np.asarray(matrix.T @ head.shares(rows, weights), dtype=np.float32)
    if table.meanings is None:
        return Heads(words, None)
    meant = chosen[table.is_meant[chosen]]
    by_meaning = head.train(
        table.meanings[meant], table.label[meant], size, table.counts[meant], MEANING_STRENGTH, MEANING_ROUNDS
    )
    return Heads(words, by_meaning)


def _meanings(texts: Sequence[Evidence], english: Sequence[str], embed: Embed) -> Floats:
    """A row of meaning for each text; noughts for an entry's sentences, which would add time and no meaning."""
    wanted = [place for place, text in enumerate(texts) if not text.is_sentence]
    found = embed([english[place] for place in wanted])
    rows = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
    rows[wanted] = found
    return rows


def _nearest(table: _Table, features: Features, chosen: NDArray[np.int64], texts: Sequence[Evidence]) -> Nearest:
    return Nearest(
        features.matrix([table.texts[number].vector for number in chosen]),
        None if table.meanings is None else table.meanings[chosen],
        table.label[chosen],
        tuple(texts[number].text for number in chosen),
    )


@dataclass(frozen=True)
class _Tried:
    """What was thought of texts that the heads had not seen: the signs, and whether the best topic was right."""

    by_words: Floats
    joint: Floats
    right_by_words: NDArray[np.bool_]
    right_joint: NDArray[np.bool_]
    kind: NDArray[np.int64]


def _tried(texts: Sequence[Evidence], table: _Table, features: Features, size: int) -> _Tried:
    """Each fold keeps back a share of the asks, and all asks of some topics, and tries them on the rest."""
    lot = np.array([_lot(text.text) for text in texts])
    topic_lot = np.array([_lot(text.topic) if text.topic != NOT_COVERED else -1 for text in texts])
    rows: list[tuple[Floats, Floats, bool, bool, int]] = []
    for fold in range(FOLDS):
        hidden = (topic_lot >= 0) & (topic_lot % HIDDEN_TOPICS == fold)
        tried = table.is_ask & (lot % FOLDS == fold)
        chosen = np.flatnonzero(~hidden & ~tried)
        heads = _heads(table, features, chosen, size)
        nearest = _nearest(table, features, chosen[table.is_ask[chosen]], texts)
        for number in np.flatnonzero(tried).tolist():
            text, label = table.texts[number], int(table.label[number])
            meaning = None if table.meanings is None else table.meanings[number]
            first = by_words(heads, text)
            joint = first if meaning is None else with_meaning(heads, first, meaning)
            kind = UNKNOWN_TOPIC if hidden[number] else NOT_OURS if label == size - 1 else COVERED
            rows.append(
                (
                    signs(first, text, None, nearest),
                    signs(joint, text, meaning, nearest),
                    kind == COVERED and int(np.argmax(first.chances[:-1])) == label,
                    kind == COVERED and int(np.argmax(joint.chances[:-1])) == label,
                    kind,
                )
            )
    first_signs, joint_signs, right_first, right_joint, kinds = zip(*rows, strict=True)
    return _Tried(
        np.array(first_signs), np.array(joint_signs), np.array(right_first), np.array(right_joint), np.array(kinds)
    )


def _lot(text: str) -> int:
    """A number drawn from the text itself: the same on every machine and in every build."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
