"""Strengths → numbers: rare features weigh more, each block of features has length one times its share."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Strengths = Mapping[str, Mapping[str, float]]

SHARES = {"words": 1.0, "letters": 0.7, "marks": 0.3}


@dataclass(frozen=True)
class Vector:
    """A text as a sparse row: which features, and how strong."""

    index: NDArray[np.int64]
    value: Floats


@dataclass(frozen=True)
class Features:
    """The features that the content has, by block, and how rare each is."""

    number: Mapping[str, Mapping[str, int]]
    rarity: Floats
    names: tuple[str, ...]

    @staticmethod
    def fit(texts: Sequence[Strengths]) -> "Features":
        """Every feature of the texts; of letters only those seen twice."""
        number: dict[str, dict[str, int]] = {}
        names: list[str] = []
        rarity: list[float] = []
        for block in SHARES:
            seen = Counter(name for text in texts for name in text[block])
            number[block] = {}
            for name in sorted(seen):
                if block != "letters" or seen[name] > 1:
                    number[block][name] = len(names)
                    names.append(name)
                    rarity.append(math.log((1 + len(texts)) / (1 + seen[name])) + 1)
        return Features(number, np.array(rarity, dtype=np.float32), tuple(names))

    def is_readable(self, feature: int) -> bool:
        """Whether it is a word, pair, family or fact, and no piece of a word."""
        name = self.names[feature]
        return self.number["letters"].get(name) != feature

    def vector(self, text: Strengths) -> Vector:
        """The text's row. Features unknown to the content are left out."""
        index: list[NDArray[np.int64]] = []
        value: list[Floats] = []
        for block, share in SHARES.items():
            known = self.number[block]
            rows = [(known[name], strength) for name, strength in text[block].items() if name in known]
            if not rows:
                continue
            numbers, strengths = np.array(rows, dtype=np.float64).T
            numbers = numbers.astype(np.int64)
            # A feature met several times counts for more, but not for as many times more.
            sizes = np.where(strengths > 1, 1 + np.log(np.maximum(strengths, 1)), strengths) * self.rarity[numbers]
            index.append(numbers)
            value.append(np.asarray(share * sizes / (np.linalg.norm(sizes) or 1), dtype=np.float32))
        if not index:
            return Vector(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        return Vector(np.concatenate(index), np.concatenate(value))

    def matrix(self, vectors: Sequence[Vector]) -> csr_matrix:
        """The vectors as rows of one sparse matrix."""
        starts = np.concatenate([[0], np.cumsum([len(vector.index) for vector in vectors])])
        shape = (len(vectors), len(self.names))
        values = np.concatenate([vector.value for vector in vectors])
        return csr_matrix((values, np.concatenate([vector.index for vector in vectors]), starts), shape=shape)
