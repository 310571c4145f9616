"""Words that are understood anywhere, in a fixed order of precedence: a message must be one of them, no more."""

import re
from collections.abc import Mapping, Set
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


class Greeting(StrEnum):
    WHO = "who"
    PRIVATE = "private"
    FREE = "free"
    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    WHY = "why"
    RUDE = "rude"


QUESTIONS = {Greeting.WHO, Greeting.PRIVATE, Greeting.FREE}  # asked among greetings, these are what is answered


def bare(text: str) -> str:
    """The words alone: lower case, no punctuation, single spaces; "?" alone is kept."""
    if text.strip() == "?":
        return "?"
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’‘`´]", "", text.lower())))


def read_interrupt(text: str, interrupts: Interrupts) -> Interrupt | None:
    """The control word that the whole message is. A leading slash, as in Telegram's /start, is nothing."""
    words = bare(text)
    return next((word for word in Interrupt if words in getattr(interrupts, word.value)), None)


def read_smalltalk(text: str, smalltalk: Smalltalk) -> Greeting | None:
    """The kind of small talk that the whole message is; the last kind said decides ("hello ... goodbye").

    Every word must belong to a phrase of small talk or be a filler; letters said twice count once ("heyyy").
    """
    rest = squeezed(text)
    phrases = _phrases(smalltalk)
    found: Greeting | None = None
    while rest:
        phrase = _leading(rest, phrases.keys())
        if phrase is None:
            return None
        kind = phrases[phrase]
        found = found if kind is None or found in QUESTIONS else kind
        rest = rest[len(phrase) :].strip()
    return found


@lru_cache(maxsize=8)
def _phrases(smalltalk: Smalltalk) -> Mapping[str, Greeting | None]:
    """Every phrase as it is compared, with its kind; None for a filler."""
    kinds = {squeezed(phrase): kind for kind in Greeting for phrase in getattr(smalltalk, kind.value)}
    return {**dict.fromkeys(map(squeezed, smalltalk.fillers)), **kinds}


def squeezed(text: str) -> str:
    """The bare words, every run of a letter as one."""
    return re.sub(r"(\w)\1+", r"\1", bare(text))


def _leading(words: str, phrases: Set[str]) -> str | None:
    """The longest of `phrases` with which `words` begins, at a word's end."""
    return max((p for p in phrases if words == p or words.startswith(f"{p} ")), key=len, default=None)
