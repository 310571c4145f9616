"""Hears danger that no pattern names, by its likeness to the example messages. Trained on them at start; then pure.

Multinomial logistic regression over the traits of a message. A message's chances are those of each risk, and of none.
"""

import hashlib
import io
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from conversations.safety.models import Risk
from conversations.safety.traits import traits
from knowledge import cache
from knowledge.matching.head import softmax, train

Floats = NDArray[np.float32]
Example = tuple[tuple[str, ...], Risk | None]
"""A message's words and its risk. None: no danger."""

LABELS = (*Risk, None)
SHOWN = 3  # traits that an explanation names
FEWEST_EXAMPLES = 3  # a trait of fewer teaches nothing about others, and there are very many
STRENGTH, ROUNDS = 16.0, 150
START = 3.0  # how freely the start is learned, beside traits of length one together
PREFIX = "danger-"


@dataclass(frozen=True)
class Chances:
    """How likely each risk is. `danger` is their sum."""

    danger: float
    by_risk: Mapping[Risk, float]
    best: Risk


@dataclass(frozen=True)
class Classifier:
    """What was learned: the number of each trait, how rare it is, and what it says for each label."""

    number: Mapping[str, int]
    rarity: Floats
    weights: Floats  # trait by label, in the order of LABELS
    start: Floats  # what is thought before anything is read, by label

    def hear(self, words: Sequence[str]) -> Chances:
        """The chances of a message's words, as `normalise` leaves them and without idioms. Never raises."""
        _, says = self._says(words)
        chances = softmax(self.start + says.sum(axis=0)).tolist()
        by_risk = dict(zip(LABELS[:-1], chances[:-1], strict=True))
        return Chances(1 - chances[-1], by_risk, max(by_risk, key=lambda risk: by_risk[risk]))

    def because(self, words: Sequence[str], risk: Risk) -> tuple[str, ...]:
        """The traits that spoke most for this risk and against there being none."""
        names, says = self._says(words)
        weighed = says[:, LABELS.index(risk)] - says[:, -1]
        return tuple(names[at] for at in np.argsort(-weighed, kind="stable")[:SHOWN] if weighed[at] > 0)

    def _says(self, words: Sequence[str]) -> tuple[list[str], Floats]:
        """The known traits of the words, and what each says for each label."""
        names = sorted(trait for trait in traits(words) if trait in self.number)
        known = [self.number[name] for name in names]
        sizes = self.rarity[known]
        return names, (sizes / max(float(np.linalg.norm(sizes)), 1e-9))[:, None] * self.weights[known]


NOTHING_LEARNED = Classifier(
    {}, np.empty(0, np.float32), np.empty((0, len(LABELS)), np.float32), np.zeros(len(LABELS), np.float32)
)


def learn(examples: Sequence[Example], keep_in: Path | None = None) -> Classifier:
    """The classifier of these examples, from a kept build where there is one of exactly these."""
    folder = keep_in or cache.cache_folder()
    path = folder / f"{PREFIX}{_name(examples)}.npz"
    kept = _read(path)
    if kept is None:
        kept = _trained(examples)
        cache.keep(path, _packed(kept))
        cache.keep_newest(folder, f"{PREFIX}*.npz")
    return kept


def _trained(examples: Sequence[Example]) -> Classifier:
    found = [traits(words) for words, _ in examples]
    seen = Counter(trait for each in found for trait in each)
    number = {trait: at for at, trait in enumerate(sorted(trait for trait in seen if seen[trait] >= FEWEST_EXAMPLES))}
    rarity = np.array([math.log(1 + len(found) / seen[trait]) for trait in number], dtype=np.float32)
    rows = [sorted(number[trait] for trait in each if trait in number) for each in found]
    starts = np.cumsum([0, *map(len, rows)])
    sizes = [rarity[row] / max(float(np.linalg.norm(rarity[row])), 1e-9) for row in rows]
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    # In double precision, for the search stops early where the loss cannot be told finely enough.
    matrix = csr_matrix((np.concatenate(sizes), columns, starts), shape=(len(rows), len(number)), dtype=np.float64)
    always = csr_matrix(np.full((len(rows), 1), START))
    labels = np.array([LABELS.index(risk) for _, risk in examples])
    counts = np.ones(len(examples), dtype=np.float32)
    weights = train(hstack([matrix, always], format="csr"), labels, len(LABELS), counts, STRENGTH, ROUNDS)
    return Classifier(number, rarity, weights[:-1], START * weights[-1])


def _name(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    for code in (Path(__file__), Path(__file__).with_name("traits.py")):
        digest.update(code.read_bytes())
    for example in examples:
        digest.update(repr(example).encode())
    return digest.hexdigest()[:24]


def _packed(learned: Classifier) -> bytes:
    buffer = io.BytesIO()
    names = np.frombuffer(json.dumps(list(learned.number)).encode(), dtype=np.uint8)
    np.savez(buffer, names=names, rarity=learned.rarity, weights=learned.weights, start=learned.start)
    return buffer.getvalue()


def _read(path: Path) -> Classifier | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            names = json.loads(bytes(kept["names"]).decode())
            number = {str(name): at for at, name in enumerate(names)}
            return Classifier(number, kept["rarity"], kept["weights"], kept["start"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
        return None
