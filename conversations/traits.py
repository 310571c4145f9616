"""What likeness is told by: the words of a message, and which words stand near which."""

from collections.abc import Sequence

from knowledge import language

STOP, BLANK = ".", "_"
"""A sentence's end, and a word that is not to be seen, among the words of a message."""
NEAR = 3
"""How many words away a word still counts as near."""
END, APART = " $", " .. "


def traits(words: Sequence[str]) -> frozenset[str]:
    """Words, pairs ("hit me"), words near each other ("dad .. me"), and words that end a sentence ("die $").

    Nothing reaches over a sentence's end.
    """
    stems = [word if word in {STOP, BLANK} else language.stem(word) for word in words]
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
