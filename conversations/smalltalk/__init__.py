"""Asides, thanks, goodbyes, and questions about the bot itself, in whatever words: by the lists, or by likeness."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from conversations import interrupts
from conversations.flows import Smalltalk
from conversations.interrupts import Aside, read_smalltalk, squeezed
from conversations.likeness import NONE, Likeness, learn
from knowledge.errors import ContentError, Fault

SMALLTALK = Path(__file__).parent
SURE = 0.6
"""From this chance of small talk on a message is taken for it. At 0.6 none of 1,200 questions was (2026-11)."""


def learn_smalltalk(lists: Smalltalk, others: Iterable[str], folder: Path = SMALLTALK) -> Likeness:
    """What small talk is like, from the lists and the examples in KIND.txt; `others` are messages that are none.

    Raises ContentError if a file of examples is missing or is not text.
    """
    faults: list[Fault] = []
    examples = [
        *((text, kind.value) for kind in Aside for text in getattr(lists, kind.value)),
        *_examples(folder, faults),
        *((text, NONE) for text in others),
    ]
    if faults:
        raise ContentError(tuple(faults))
    return learn("smalltalk", examples, _words, [Path(interrupts.__file__)])


def hear_smalltalk(text: str, lists: Smalltalk, likeness: Likeness) -> Aside | None:
    """The kind of small talk that the whole message is."""
    return read_smalltalk(text, lists) or like_smalltalk(text, likeness)


def like_smalltalk(text: str, likeness: Likeness) -> Aside | None:
    """The kind of small talk that the whole message is, by the examples alone."""
    chances = likeness.chances(_words(text))
    likeliest = max(Aside, key=lambda kind: chances[kind.value])
    return likeliest if 1 - chances[NONE] >= SURE else None


def smalltalk_examples(folder: Path = SMALLTALK) -> tuple[str, ...]:
    """Every message of the lists, of whatever kind. A file that cannot be read is passed over here."""
    return tuple(text for text, _ in _examples(folder, []))


def _examples(folder: Path, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for kind in Aside:
        name = f"{kind.value}.txt"
        try:
            lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            problem = "The file is not there, or is not UTF-8 text."
            faults.append(Fault(f"smalltalk/{name}", "file", problem, "Put it back."))
            continue
        yield from ((line, kind.value) for line in lines if line.strip() and not line.startswith("#"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(squeezed(text).split())
