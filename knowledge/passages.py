"""The part of an answer that holds what is asked: whole sentences and list items, straight from its text."""

import re
from collections.abc import Iterable, Iterator

SENTENCE_END = re.compile(r"(?<=[.?!])[\"']?\s+")
LEANS_BACK = re.compile(r"(?:it|that|they|this|these|those|each|both|say)\b", re.IGNORECASE)
LIST_FOLLOWS, ITEM = ":", "- "


def part_with(text: str, signs: Iterable[str]) -> str:
    """The part that holds the first of `signs` that stands anywhere in the text; "" where none does.

    It reaches from the first sentence with any of the signs to the last one in the same line, and further back where
    that one leans on the sentence before ("It's free.", "Say: ..."). A line that announces a list comes with its
    list. Signs are compared without regard to capitals, and begin at a word's beginning.
    """
    lines, wanted = text.split("\n"), [re.compile(rf"(?<!\w){re.escape(sign)}", re.IGNORECASE) for sign in signs]
    for holds in wanted:
        for at, line in enumerate(lines):
            if holds.search(line):
                return "\n".join([_sentences_with(line, wanted), *_list_after(lines, at)])
    return ""


def sentences(line: str) -> tuple[str, ...]:
    """The sentences of a line. Words in quotation marks are never parted from what introduces them."""
    found: list[str] = []
    for piece in _split(line):
        if found and (found[-1].count('"') % 2 or found[-1].endswith(LIST_FOLLOWS)):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return tuple(found)


def _split(line: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(line):
        yield line[start : end.end()].strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def _sentences_with(line: str, wanted: list[re.Pattern[str]]) -> str:
    marker = ITEM if line.startswith(ITEM) else ""
    found = sentences(line.removeprefix(marker))
    at = [number for number, sentence in enumerate(found) if any(holds.search(sentence) for holds in wanted)]
    first = at[0] if at else 0
    while first and LEANS_BACK.match(found[first]):
        first -= 1
    return " ".join(found[first : at[-1] + 1]) if at else line.removeprefix(marker)


def _list_after(lines: list[str], at: int) -> Iterator[str]:
    if not lines[at].rstrip().endswith(LIST_FOLLOWS):
        return
    for line in lines[at + 1 :]:
        if not line.startswith(ITEM):
            return
        yield line
