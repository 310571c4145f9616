"""A word nobody wrote in the asks → the known words it most likely stands for, with weights.

rapidfuzz compares it with the whole vocabulary at once: transpositions and slips by optimal string alignment,
beginnings by Jaro-Winkler, sound by a consonant skeleton ("fizio" and "physio"). Words that two known words make when
glued ("bluebadge") are taken apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from knowledge.language import stem

SHORTEST = 3  # a word of one or two letters is never corrected: too many things it could be
ACCEPT, ACCEPT_SHORT, SHORT = 0.68, 0.76, 5
SURE = 0.86
CANDIDATES = 3
SHARPNESS = 12
COMPARED = 400
GLUED_WEIGHT = 0.95

SOUNDS = (("ph", "f"), ("ck", "k"), ("gh", "g"), ("wh", "w"), ("qu", "kw"), ("x", "ks"), ("c", "k"), ("z", "s"))


@dataclass(frozen=True)
class Reading:
    """One way to read a word. `weight` is 1 for a word that was known as written, else below 1."""

    stem: str
    weight: float


class Vocabulary:
    """The words that the content uses, and the nearest of them to any other word."""

    def __init__(self, frequency: Mapping[str, int], protected: frozenset[str]) -> None:
        self._stems = {stem(word) for word in frequency} | {stem(word) for word in protected}
        self._protected = protected
        self._words = sorted(word for word in frequency if len(word) >= SHORTEST and not word.isdigit())
        self._skeletons = [skeleton(word) for word in self._words]
        counts = np.array([frequency[word] for word in self._words], dtype=np.float32)
        self._commonness = 0.96 + 0.04 * np.log1p(counts) / max(float(np.log1p(counts).max(initial=1)), 1.0)
        self._lookup = frozenset(self._words)
        holders: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for piece in _pieces(word, self._skeletons[number]):
                holders.setdefault(piece, []).append(number)
        self._holders = {piece: np.array(numbers) for piece, numbers in holders.items()}
        self._cached = lru_cache(maxsize=20_000)(self._align)

    def knows(self, word: str) -> bool:
        return stem(word) in self._stems

    def read(self, word: str) -> tuple[Reading, ...]:
        """The stems that `word` stands for, best first; empty if nothing known is near."""
        if self.knows(word):
            return (Reading(stem(word), 1.0),)
        if len(word) < SHORTEST or any(letter.isdigit() for letter in word) or len(word) > 30:
            return ()
        return self._cached(word)

    def _align(self, word: str) -> tuple[Reading, ...]:
        near = self._alike(word)
        if not len(near):
            return ()
        words = [self._words[number] for number in near]
        skeletons = [self._skeletons[number] for number in near]
        slips = process.cdist([word], words, scorer=OSA.normalized_similarity, score_cutoff=0.4)[0]
        start = process.cdist([word], words, scorer=JaroWinkler.normalized_similarity, score_cutoff=0.6)[0]
        sound = process.cdist([skeleton(word)], skeletons, scorer=OSA.normalized_similarity, score_cutoff=0.5)[0]
        score = np.maximum(0.6 * slips + 0.4 * start, 0.55 * sound + 0.35 * start + 0.1 * slips)
        score = score * self._commonness[near]
        found: dict[str, float] = {}
        for number in np.argsort(-score, kind="stable")[: CANDIDATES * 4]:
            value = float(score[number])
            if value < (ACCEPT if len(word) >= SHORT else ACCEPT_SHORT):
                break
            found.setdefault(stem(words[number]), value)
        best = max(found.values(), default=0.0)
        if best < SURE and len(word) >= SHORT:
            parts = self._taken_apart(word)
            if parts:
                return tuple(Reading(stem(part), GLUED_WEIGHT) for part in parts)
        ranked = sorted(found.items(), key=lambda item: -item[1])[:CANDIDATES]
        return tuple(Reading(name, best * (value / best) ** SHARPNESS) for name, value in ranked)

    def _alike(self, word: str) -> NDArray[np.int64]:
        """Numbers of the words that share most pairs of letters, written or heard. Keeps a large vocabulary quick."""
        held = [self._holders[piece] for piece in _pieces(word, skeleton(word)) if piece in self._holders]
        if not held:
            return np.empty(0, dtype=np.int64)
        shared = np.bincount(np.concatenate(held), minlength=len(self._words))
        if len(shared) <= COMPARED:
            return np.flatnonzero(shared)
        return np.sort(np.argpartition(-shared, COMPARED)[:COMPARED])

    def _taken_apart(self, word: str) -> Sequence[str]:
        halves = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        known = [pair for pair in halves if pair[0] in self._lookup and pair[1] in self._lookup]
        return max(known, key=lambda pair: min(len(pair[0]), len(pair[1])), default=())


def _pieces(word: str, heard: str) -> set[str]:
    """Pairs of letters as written, and as heard (marked with a star), ends included."""
    written, sound = f" {word} ", f" {heard} "
    pairs = {written[at : at + 2] for at in range(len(written) - 1)}
    return pairs | {f"*{sound[at : at + 2]}" for at in range(len(sound) - 1)}


def skeleton(word: str) -> str:
    """How a word sounds, roughly: first letter and consonants, doubled ones once."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    kept = word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiouyhw")
    return "".join(letter for number, letter in enumerate(kept) if letter != kept[number - 1 : number])
