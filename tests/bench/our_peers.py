"""The sentence model by itself, nearest and with a linear classifier; and the matcher, without it and with it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge.matcher import Matcher
from knowledge.matching.semantic import SentenceModel
from knowledge.models import KnowledgeBase
from tests.bench.lexical_peers import Asks, best_three
from tests.bench.measuring import Peer, Ranking

STRENGTH = 30.0
"""scikit-learn's C, the same as the matcher's own head has."""


def sentence_peers(model: SentenceModel, asks: Asks) -> tuple[Peer, ...]:
    rows = model.embed_all([text for _, text in asks])
    labels = [topic for topic, _ in asks]
    head = LogisticRegression(C=STRENGTH, max_iter=1000).fit(rows, labels)
    classes = [str(topic) for topic in head.classes_]
    weights, bias = head.coef_.T.astype(np.float32), head.intercept_.astype(np.float32)

    def nearest(text: str) -> Ranking:
        return best_three(list(zip(labels, (rows @ model.embed(text)).tolist(), strict=True)))

    def linear(text: str) -> Ranking:
        scores = model.embed(text) @ weights + bias
        chances = np.exp(scores - scores.max())
        return best_three(list(zip(classes, (chances / chances.sum()).tolist(), strict=True)))

    return (Peer("MiniLM, nearest ask", nearest, nearest), Peer("MiniLM, linear", linear, linear))


def our_peers(knowledge: KnowledgeBase, keep_in: Path, model: SentenceModel | None) -> Sequence[Peer]:
    """The matcher by words alone, and with the second opinion where the sentence model is installed."""
    alone = Matcher.build(knowledge, keep_in=keep_in, second_opinion=False)
    peers = [_ours("**ours, words alone**", alone)]
    if model:
        peers.append(_ours("**ours, with the second opinion**", Matcher.build(knowledge, keep_in=keep_in)))
    return peers


def _ours(name: str, matcher: Matcher) -> Peer:
    def rank(text: str) -> Ranking:
        why = matcher.explain(text)
        return Ranking(tuple(topic.topic for topic in why.topics), why.confidence)

    return Peer(name, rank, matcher.search)
