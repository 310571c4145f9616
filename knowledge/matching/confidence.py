"""How sure the matcher is: a logistic curve over a few signs, fitted on asks that the heads had not seen."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float32]

COVERED, NOT_OURS, UNKNOWN_TOPIC = 0, 1, 2
"""Kinds of text tried: an ask of a topic, a line of not_covered.toml, an ask of a topic that was hidden."""

ANSWER_PRECISION = 0.88
"""Of asks not seen before, this share of the outright answers must be right."""
ANSWER_NOT_OURS = 0.03
"""Of lines that we do not cover and that were not seen before, at most this share may be answered outright."""
REFUSED = 0.88
"""Of those lines, this share must be refused: no offer."""
SURE_PRECISION, SURE_NOT_OURS = 0.95, 0.02
"""The same for words alone being so sure that no second opinion is asked."""
HIDDEN_COUNTS = 0.3
"""How much an ask of a hidden topic counts: life holds fewer questions that near to ours than to nothing at all."""
STIFFNESS = 1.0
LEAST_SPREAD = 0.05
"""A sign that was the same in every text tried tells nothing, and must not explode on a text where it differs."""


@dataclass(frozen=True)
class Confidence:
    """Signs → a number between 0 and 1; from `sure` no second opinion is asked, from `answer` it
    answers, from `offer` it offers."""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: float
    sure: float
    answer: float
    offer: float

    def of(self, signs: Floats) -> float:
        """How likely it is that the best topic is right, 0 to 1."""
        score = float((signs - self.mean) / self.spread @ self.weights) + self.bias
        return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def fit(signs: Floats, right: NDArray[np.bool_], kind: NDArray[np.int64]) -> Confidence:
    """Fit the curve and its three marks. `right`: whether the best topic was right; `kind`: what was tried."""
    mean, spread = signs.mean(axis=0), np.maximum(signs.std(axis=0), LEAST_SPREAD)
    weights, bias = _curve((signs - mean) / spread, right, np.where(kind == UNKNOWN_TOPIC, HIDDEN_COUNTS, 1.0))
    curve = Confidence(
        mean.astype(np.float32), spread.astype(np.float32), weights.astype(np.float32), bias, 1.0, 1.0, 1.0
    )
    confidence = np.array([curve.of(row) for row in signs.astype(np.float32)])
    ours, others = confidence[kind == COVERED], confidence[kind == NOT_OURS]
    ours_right = right[kind == COVERED]
    answer = max(_precise(ours, ours_right, ANSWER_PRECISION), _quantile(others, 1 - ANSWER_NOT_OURS))
    return replace(
        curve,
        sure=max(_precise(ours, ours_right, SURE_PRECISION), _quantile(others, 1 - SURE_NOT_OURS), answer),
        answer=answer,
        offer=min(_quantile(others, REFUSED), answer),
    )


def _curve(scaled: Floats, right: NDArray[np.bool_], counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    wanted = right.astype(np.float64)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = scaled @ point[:-1] + point[-1]
        chance = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        missed = -(counts * (wanted * np.log(chance + 1e-12) + (1 - wanted) * np.log(1 - chance + 1e-12))).sum()
        slope = counts * (chance - wanted)
        weights = point[:-1]
        return (
            float(missed + STIFFNESS * (weights @ weights)),
            np.append(scaled.T @ slope + 2 * STIFFNESS * weights, slope.sum()),
        )

    found = minimize(loss, np.zeros(scaled.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return np.asarray(found[:-1]), float(found[-1])


def _precise(confidence: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest mark from which enough are right."""
    order = np.argsort(-confidence, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return float(confidence[order[enough[-1]]]) if len(enough) else 1.0


def _quantile(values: NDArray[np.float64], share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else 0.0
