"""How like a message is to examples of each kind: what is learned from lists of examples that people wrote.

Multinomial logistic regression over the traits of a message. Trained at start, or read from a kept build of exactly
the same examples; then pure.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from conversations import traits
from knowledge import cache, language
from knowledge.matching import head

Floats = NDArray[np.float32]
Example = tuple[str, str]
"""A message, and its kind. The kind "" is "none of these"."""
Read = Callable[[str], Sequence[str]]
"""A message → its words."""
NONE = ""

SHOWN = 3  # traits that an explanation names
FEWEST_EXAMPLES = 2  # a trait of one teaches nothing about others, and there are very many
STRENGTH, ROUNDS = 32.0, 150
START = 3.0  # how freely the start is learned, beside traits of length one together


@dataclass(frozen=True)
class Likeness:
    """What was learned: the number of each trait, how rare it is, and what it says for each kind."""

    kinds: tuple[str, ...]
    number: Mapping[str, int]
    rarity: Floats
    weights: Floats  # trait by kind
    start: Floats  # what is thought before anything is read, by kind

    def chances(self, words: Sequence[str]) -> dict[str, float]:
        """How likely each kind is, NONE among them; together 1. Never raises."""
        _, says = self._says(words)
        return dict(zip(self.kinds, head.softmax(self.start + says.sum(axis=0)).tolist(), strict=True))

    def because(self, words: Sequence[str], kind: str) -> tuple[str, ...]:
        """The traits that spoke most for this kind and against none of them."""
        names, says = self._says(words)
        weighed = says[:, self.kinds.index(kind)] - says[:, self.kinds.index(NONE)]
        return tuple(names[at] for at in np.argsort(-weighed, kind="stable")[:SHOWN] if weighed[at] > 0)

    def _says(self, words: Sequence[str]) -> tuple[list[str], Floats]:
        """The known traits of the words, and what each says for each kind."""
        names = sorted(trait for trait in traits.traits(words) if trait in self.number)
        known = [self.number[name] for name in names]
        sizes = self.rarity[known]
        return names, (sizes / max(float(np.linalg.norm(sizes)), 1e-9))[:, None] * self.weights[known]


def learn(name: str, examples: Sequence[Example], read: Read, made_of: Iterable[Path]) -> Likeness:
    """What these examples teach, from a kept build where there is one of exactly these; its file is named by `name`.

    `made_of` are the files on which it depends how `read` reads.
    """
    folder = cache.cache_folder()
    path = folder / f"{name}-{_digest(examples, made_of)}.npz"
    kept = cache.read(path, _unpacked)
    if kept is None:
        kept = _trained([(words, kind) for text, kind in examples if (words := read(text))])
        about = np.frombuffer(json.dumps([kept.kinds, list(kept.number)]).encode(), dtype=np.uint8)
        cache.keep(path, about=about, rarity=kept.rarity, weights=kept.weights, start=kept.start)
        cache.keep_newest(folder, f"{name}-*.npz")
    return kept


def _trained(examples: Sequence[tuple[Sequence[str], str]]) -> Likeness:
    found = [traits.traits(words) for words, _ in examples]
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
    kinds = tuple(sorted({kind for _, kind in examples}))
    labels = np.array([kinds.index(kind) for _, kind in examples])
    counts = np.ones(len(examples), dtype=np.float32)
    weights = head.train(hstack([matrix, always], format="csr"), labels, len(kinds), counts, STRENGTH, ROUNDS)
    return Likeness(kinds, number, rarity, weights[:-1], START * weights[-1])


def _digest(examples: Sequence[Example], made_of: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    code = (__file__, traits.__file__, head.__file__, language.__file__)
    for file in (*map(Path, code), *sorted(made_of)):
        digest.update(file.read_bytes())
    for example in examples:
        digest.update(repr(example).encode())
    return digest.hexdigest()[:24]


def _unpacked(kept: cache.Arrays) -> Likeness:
    kinds, names = json.loads(bytes(kept["about"]).decode())
    number = {str(name): at for at, name in enumerate(names)}
    return Likeness(tuple(kinds), number, kept["rarity"], kept["weights"], kept["start"])
