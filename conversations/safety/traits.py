"""What the classifier looks at in a message: its words, and which words stand near which."""

from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from conversations.safety.normalise import BLANK, STOP

NEAR = 3
"""How many words away a word still counts as near."""
END, APART = " $", " .. "

_stemmer = snowballstemmer.stemmer("english")


def traits(words: Sequence[str]) -> frozenset[str]:
    """Words, pairs ("hit me"), words near each other ("dad .. me"), and words that end a sentence ("die $").

    `words` are as `normalise` leaves them. Nothing reaches over a sentence's end, nor sees what an idiom blanked.
    """
    stems = [word if word in {STOP, BLANK} else _stem(word) for word in words]
    found: set[str] = set()
    for at, stem in enumerate(stems):
        if stem in {STOP, BLANK}:
            continue
        found.add(stem)
        for step, other in enumerate(stems[at + 1 : at + 1 + NEAR], start=1):
            if other == STOP:
                if step == 1:
                    found.add(stem + END)
                break
            if other != BLANK:
                found.add(f"{stem} {other}" if step == 1 else f"{stem}{APART}{other}")
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))
