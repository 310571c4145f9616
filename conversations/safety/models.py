"""What danger is called here, and what a rule is once it has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Risk(StrEnum):
    """Seven kinds of danger, in order of precedence: where two are heard, the earlier one is answered."""

    SUICIDE_SELF_HARM = "suicide-self-harm"
    MEDICAL_EMERGENCY = "medical-emergency"
    MISSING_PERSON = "missing-person"
    CHILD_AT_RISK = "child-at-risk"
    ADULT_ABUSE = "adult-abuse"
    HARM_TO_OTHER = "harm-to-other"
    BREAKING_POINT = "breaking-point"


@dataclass(frozen=True)
class Alarm:
    """What was heard. `words` is for `--explain` on a developer's screen alone: it is never stored and never logged."""

    risk: Risk
    pattern: str
    words: str


@dataclass(frozen=True)
class Stretch:
    """One stretch of a wording: a set of words, and how far it may stand from the stretch before.

    `gap` is the number of words that may come between; `small_only` allows only the listed small words there.
    """

    words: int
    gap: int = 0
    small_only: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Part:
    """Stretches in their order. `first` and `last` pin it to the beginning or the end of a sentence."""

    stretches: tuple[Stretch, ...]
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Wording:
    """One line of `say`: all parts, in any order. `needs` has a bit for every set that they cannot do without."""

    parts: tuple[Part, ...]
    needs: int


@dataclass(frozen=True)
class Guard:
    """Words that take the danger out of what stands near them: "years ago", "not", "in the film".

    `but_not` calls the guard off: "last year" is no comfort where "again" stands.
    """

    id: str
    wordings: tuple[Wording, ...]
    but_not: tuple[Wording, ...]
    before: int
    after: int
    whole_message: bool
    inside: bool


@dataclass(frozen=True)
class Pattern:
    """One meaning, with all its wordings."""

    id: str
    risk: Risk
    rank: float
    at_most_words: int
    wordings: tuple[Wording, ...]
    guards: tuple[Guard, ...]
    fires_on: tuple[str, ...]
    not_on: tuple[str, ...]


@dataclass(frozen=True)
class Idiom:
    """A saying that is not meant as it stands. Its words are taken out; the rest of the message still counts."""

    id: str
    wordings: tuple[Wording, ...]
    guards: tuple[Guard, ...]
    taken_out_of: tuple[str, ...]
    not_on: tuple[str, ...]


@dataclass(frozen=True)
class Gaps:
    """Small words, over which `~` steps, and words that no gap steps over."""

    small: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True)
class Spelling:
    """How words are brought to one form before anything is looked for."""

    whole: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]
    near: Mapping[str, str]
    known: frozenset[str]
    counted: frozenset[str]
    counting: frozenset[str]
    openers: frozenset[str]
    closers: frozenset[str]
