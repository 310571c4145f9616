"""Words that are understood anywhere, in a fixed order of precedence: a message must be one of them, no more."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from conversations.flows import Interrupts, Smalltalk


class Interrupt(StrEnum):
    """In order of precedence; danger stands between START and HELP, and is not a word of this list."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    FORGET = "forget"
    MENU = "menu"
    BACK = "back"
    START_AGAIN = "start_again"
    MORE = "more"
    SKIP = "skip"
    HELPED = "helped"  # after an answer alone


class Aside(StrEnum):
    """What small talk is of: it answers no question of ours, and asks none of the knowledge base."""

    WHO = "who"
    PRIVATE = "private"
    FREE = "free"
    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    WHY = "why"
    RUDE = "rude"
    HUMAN = "human"


LONGEST_SMALLTALK = 500
QUESTIONS = {Aside.WHO, Aside.PRIVATE, Aside.FREE, Aside.HUMAN}  # beside a greeting, these are what is answered


def bare(text: str) -> str:
    """The words alone: lower case, no punctuation, single spaces; "?" alone is kept."""
    if text.strip() == "?":
        return "?"
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’‘`´]", "", text.lower())))


def read_interrupt(text: str, interrupts: Interrupts) -> Interrupt | None:
    """The control word that the whole message is. A leading slash, as in Telegram's /start, is nothing."""
    words = bare(text)
    return next((word for word in Interrupt if words in getattr(interrupts, word.value)), None)


def read_smalltalk(text: str, smalltalk: Smalltalk) -> Aside | None:
    """The kind of small talk that the whole message is; the last kind said decides ("hello ... goodbye").

    Every word must belong to a phrase of small talk or be a filler, the longest phrase first; letters said twice count
    once ("heyyy"). A message of more than LONGEST_SMALLTALK characters is none.
    """
    if len(text) > LONGEST_SMALLTALK:
        return None
    words, (phrases, longest) = squeezed(text).split(), _phrases(smalltalk)
    found: Aside | None = None
    at = 0
    while at < len(words):
        sizes = range(min(longest, len(words) - at), 0, -1)
        size = next((size for size in sizes if " ".join(words[at : at + size]) in phrases), 0)
        if not size:
            return None
        kind = phrases[" ".join(words[at : at + size])]
        found = found if kind is None or found in QUESTIONS else kind
        at += size
    return found


@lru_cache(maxsize=8)
def _phrases(smalltalk: Smalltalk) -> tuple[Mapping[str, Aside | None], int]:
    """Every phrase as it is compared, with its kind, None for a filler; and the words of the longest."""
    kinds = {squeezed(phrase): kind for kind in Aside for phrase in getattr(smalltalk, kind.value)}
    phrases = {**dict.fromkeys(map(squeezed, smalltalk.fillers)), **kinds}
    return phrases, max((len(phrase.split()) for phrase in phrases), default=0)


def squeezed(text: str) -> str:
    """The bare words, every run of a letter as one."""
    return re.sub(r"(\w)\1+", r"\1", bare(text))
