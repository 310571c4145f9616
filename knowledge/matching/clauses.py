"""A long message → its parts, so that a question buried in a story is heard."""

import re

LONG = 18
"""Messages of more words than this are also read in parts."""
PART, STEP = 20, 10
SHORTEST = 5
MOST_QUESTIONS = 3
ENDS = re.compile(r"[.?!;,\n]+")

SECOND_QUESTION = re.compile(r"\?+|\b(?:and also|also|another thing|plus)\b", re.IGNORECASE)
LIST = re.compile(r"\band\b|[,&+\n]", re.IGNORECASE)
SHORT_LIST = 8
"""In a message of at most so many words, "and" stands between two things asked for ("pads and a blue badge")."""


def questions(text: str) -> tuple[str, ...]:
    """The pieces of a message that may each be a question of its own; nothing if there is but one."""
    cut = LIST if len(text.split()) <= SHORT_LIST else SECOND_QUESTION
    pieces = tuple(piece.strip() for piece in cut.split(text) if piece.strip())
    return pieces if 1 < len(pieces) <= MOST_QUESTIONS else ()


def parts(text: str) -> tuple[str, ...]:
    """The parts of a long text in order, or nothing for a short one.

    Cut at punctuation, a scrap joined to what follows; what still is long, as dictation without punctuation is, in
    windows of twenty words that overlap by half.
    """
    if len(text.split()) <= LONG:
        return ()
    pieces: list[str] = []
    scrap = ""
    for piece in ENDS.split(text):
        scrap = f"{scrap} {piece}".strip()
        if len(scrap.split()) >= SHORTEST:
            pieces.append(scrap)
            scrap = ""
    if scrap and pieces:
        pieces[-1] = f"{pieces[-1]} {scrap}"
    elif scrap:
        pieces.append(scrap)
    return tuple(window for piece in pieces for window in _windows(piece.split()))


def _windows(words: list[str]) -> list[str]:
    if len(words) <= PART + 4:
        return [" ".join(words)]
    starts = range(0, len(words) - STEP, STEP)
    return [" ".join(words[start : start + PART]) for start in starts]
