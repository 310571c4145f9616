"""Peers that compare letters and words: rapidfuzz over the asks, BM25, TF-IDF with a linear classifier."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

from knowledge.language import stem
from tests.bench.measuring import THREE, Peer, Ranking

Asks = Sequence[tuple[str, str]]
"""(topic, ask) of every entry."""
WORD = re.compile(r"[a-z0-9']+")


def lexical_peers(asks: Asks) -> tuple[Peer, ...]:
    return (
        _fuzzy("rapidfuzz WRatio", fuzz.WRatio, asks),
        _fuzzy("rapidfuzz token_set_ratio", fuzz.token_set_ratio, asks),
        _bm25(asks),
        _classifier(asks),
    )


def best_three(scored: Sequence[tuple[str, float]]) -> Ranking:
    """The three topics whose best ask scores highest. Of equals, the earlier ask's."""
    best: dict[str, float] = {}
    for topic, score in sorted(scored, key=lambda pair: -pair[1]):
        best.setdefault(topic, score)
    topics = tuple(best)[:THREE]
    return Ranking(topics, best[topics[0]] if topics else None)


def _fuzzy(name: str, scorer: Callable[..., float], asks: Asks) -> Peer:
    texts = [default_process(text) for _, text in asks]

    def rank(text: str) -> Ranking:
        found = process.extract(default_process(text), texts, scorer=scorer, limit=None)
        return best_three([(asks[number][0], score) for _, score, number in found])

    return Peer(name, rank, rank)


def _bm25(asks: Asks) -> Peer:
    """Each topic's asks make one document, which serves BM25 better than an ask a document."""
    documents: dict[str, list[str]] = defaultdict(list)
    for topic, text in asks:
        documents[topic].extend(_stems(text))
    index = bm25s.BM25()
    index.index(list(documents.values()), show_progress=False)
    topics = tuple(documents)
    known = {word for document in documents.values() for word in document}

    def rank(text: str) -> Ranking:
        words = [word for word in _stems(text) if word in known]
        scores = index.get_scores(words) if words else np.zeros(len(topics))
        return best_three([(topic, float(score)) for topic, score in zip(topics, scores, strict=True)])

    return Peer("BM25 (bm25s), stems", rank, rank)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text.lower())]


def _classifier(asks: Asks) -> Peer:
    features = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)),
        ]
    )
    model = make_pipeline(features, LinearSVC())
    model.fit([text for _, text in asks], [topic for topic, _ in asks])

    def rank(text: str) -> Ranking:
        scores = model.decision_function([text])[0]
        return best_three([(str(topic), float(score)) for topic, score in zip(model.classes_, scores, strict=True)])

    return Peer("TF-IDF, words and letters, linear", rank, rank)
