"""A second opinion on danger, by what words mean: "he clouted me" lies near "he hit me", though no example says it.

A message is the middle of what its word pieces mean, rarer ones weighing more, as a sentence model's table of words has
them; the layers of the model, which take far longer, are not run. Random Fourier features (Rahimi and Recht, "Random
features for large-scale kernel machines", 2007) let the head draw curved borders. Optional, as the model is: without it
danger is heard by patterns and words alone.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from conversations.likeness import Example
from knowledge import cache
from knowledge.matching import head, semantic
from knowledge.matching.semantic import SentenceModel

Floats = NDArray[np.float32]

NOT_READ = re.compile(r"[^\w'?,.]+")
WAVES, SHARPNESS, SEED = 1000, 0.9, 0
"""Random features; the sharper, the more closely the examples are followed."""
SCALE = 3.0  # how freely weights are learned, beside the start
STRENGTH, ROUNDS = 1.0, 100
BATCH = 1000  # examples, so that little memory is taken while they are made into features


@dataclass(frozen=True)
class Meaning:
    """What was learned: how rare each piece of a word is, and how much each feature of a message says for each kind."""

    model: SentenceModel
    kinds: tuple[str, ...]
    rarity: Floats  # by piece
    middle: Floats  # of all pieces that the examples hold
    spread: Floats  # each wave's direction, a column each, and how tight it is
    phases: Floats  # where each wave begins
    weights: Floats  # feature by kind; the last feature is there in every message

    def chances(self, text: str) -> Mapping[str, float]:
        """How likely each kind is, together 1. Never raises."""
        scores = self.features([_pieces(self.model, text)])[0] @ self.weights
        return dict(zip(self.kinds, head.softmax(scores).tolist(), strict=True))

    def features(self, messages: Sequence[Sequence[int]]) -> Floats:
        """A row of features for each message, told by its pieces."""
        places = np.stack([self._place(pieces) for pieces in messages])
        waves = math.sqrt(2 / WAVES) * np.cos(places @ self.spread + self.phases)
        return np.hstack([SCALE * places, SCALE * waves, np.ones((len(messages), 1), np.float32)])

    def _place(self, pieces: Sequence[int]) -> Floats:
        """Where a message lies: a vector of length one, or nothing if there is nothing in it."""
        found = self.rarity[pieces] @ (self.model.words[pieces] - self.middle)
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), dtype=np.float32)


def learn_meaning(examples: Sequence[Example], model: SentenceModel | None) -> Meaning | None:
    """What these examples teach, from a kept build where there is one of exactly these; None without a model."""
    if model is None:
        return None
    folder = cache.cache_folder()
    path = folder / f"danger-meaning-{_digest(examples)}.npz"
    learned = cache.read(path, lambda kept: _unpacked(model, kept))
    if learned is None:
        learned = _trained(model, [(_pieces(model, text), kind) for text, kind in examples])
        kinds = np.array(learned.kinds)
        cache.keep(path, kinds=kinds, rarity=learned.rarity, middle=learned.middle, weights=learned.weights)
        cache.keep_newest(folder, "danger-meaning-*.npz")
    return learned


def _pieces(model: SentenceModel, text: str) -> list[int]:
    """Without shouting: "help!!!" says no more than "help" does. A question mark does say something."""
    return model.pieces(NOT_READ.sub(" ", text))


def _trained(model: SentenceModel, examples: Sequence[tuple[Sequence[int], str]]) -> Meaning:
    messages, kinds = [pieces for pieces, _ in examples], tuple(sorted({kind for _, kind in examples}))
    seen = Counter(piece for pieces in messages for piece in set(pieces))
    rarity = np.array([math.log(1 + len(messages) / (1 + seen[piece])) for piece in range(len(model.words))])
    middle = model.words[sorted(seen)].mean(axis=0)
    untaught = Meaning(model, kinds, rarity.astype(np.float32), middle, *_waves(), np.zeros((0, 0), np.float32))
    labels, counts = np.array([kinds.index(kind) for _, kind in examples]), np.ones(len(messages), np.float32)
    rows = np.empty((len(messages), semantic.WIDTH + WAVES + 1), np.float32)
    for start in range(0, len(messages), BATCH):
        rows[start : start + BATCH] = untaught.features(messages[start : start + BATCH])
    weights = head.train(rows, labels, len(kinds), counts, STRENGTH, ROUNDS)
    return replace(untaught, weights=weights)


def _unpacked(model: SentenceModel, kept: cache.Arrays) -> Meaning:
    kinds = tuple(kept["kinds"].tolist())
    return Meaning(model, kinds, kept["rarity"], kept["middle"], *_waves(), kept["weights"])


def _waves() -> tuple[Floats, Floats]:
    """The same at every start."""
    chance = np.random.default_rng(SEED)
    spread = SHARPNESS * chance.normal(size=(semantic.WIDTH, WAVES))
    return spread.astype(np.float32), chance.uniform(0, 2 * math.pi, WAVES).astype(np.float32)


def _digest(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256(f"numpy {np.__version__} {semantic.SHA256}".encode())
    for module in (__file__, head.__file__, semantic.__file__):
        digest.update(Path(module).read_bytes())
    digest.update(json.dumps(examples).encode())
    return digest.hexdigest()[:24]
