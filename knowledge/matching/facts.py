"""Facts read from a message that decide between topics: whose age, and whether a school child is speaking.

Each fact becomes a mark such as "#they-pension-age", which the head weighs like a word. Ages are in years.
"""

import re
from collections.abc import Iterator

PENSION_AGE = 66
ADULT = 18
PIP_FROM = 16
OLDEST = 110

UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = {word: number for number, word in enumerate(re.findall(r"\w+", UNIT_WORDS))}
VALUES |= {word: 10 * number for number, word in enumerate(re.findall(r"\w+", TEN_WORDS), 2)}

_WORD = "|".join(VALUES)
NUMBER = rf"(\d{{1,3}}|(?:{_WORD})(?:[ -](?:{_WORD}))?)\b"
NO_AGE = r"(?! (?:hour|hr|week|wk|day|mile|month|minute|min|stone|pound|quid|time|step|kid|child|people|of|or|bed))"
HEDGE = r"(?: only| just| nearly| now| about| over| almost| is| are| turning)*"
KIN = "mum|dad|nan|gran|grandad|mother|father|wife|husband|son|daughter|brother|sister|boy|girl|lad|dadi|nani|ba|child"

ME = re.compile(rf"\b(?:i|i am|im|me|i was|i turned|i have just turned){HEDGE} {NUMBER}{NO_AGE}")
THEY = (
    re.compile(rf"\b(?:he|she|hes|shes|they|they are|theyre|was|turned|aged?|turning){HEDGE} {NUMBER}{NO_AGE}"),
    re.compile(rf"\b{NUMBER}[ -]?(?:years?|yrs?|yo)(?:[ -]olds?)?\b(?! (?:ago|now|at|in|we|i|since|as|later|and i))"),
    re.compile(rf"\b(?:{KIN})s?{HEDGE} {NUMBER}{NO_AGE}"),
)
DECADES = {
    "twenties": 25,
    "thirties": 35,
    "forties": 45,
    "fifties": 55,
    "sixties": 66,
    "seventies": 75,
    "eighties": 85,
    "nineties": 95,
}
DECADE = re.compile(rf"\bin (?:his|her|their|my) (?:late |early |mid )?({'|'.join(DECADES)})\b")
SCHOOL = re.compile(
    r"\b(?:my (?:class|teacher|form tutor|head of year|school|exams|gcses|homework|mocks)|im in (?:year|yr) \w+)\b"
)

AGE_BENEFITS = {
    "#they-child": "dla-children",
    "#they-16-17": "pip",
    "#they-adult": "pip",
    "#they-pension-age": "attendance-allowance",
}
"""Which of the three disability benefits an age points to. The other two are then unlikely."""


def unlikely_benefits(found: tuple[str, ...]) -> frozenset[str]:
    """Topics that the one age told of the person looked after rules out, or nearly so."""
    ages = [AGE_BENEFITS[mark] for mark in found if mark in AGE_BENEFITS]
    return frozenset(AGE_BENEFITS.values()) - {ages[0]} if len(ages) == 1 else frozenset()


def number_of(text: str) -> int | None:
    """Years in digits or words ("eighty six", "14"), or None."""
    if text.isdigit():
        return int(text)
    parts = re.split(r"[ -]", text)
    return sum(VALUES[part] for part in parts) if all(part in VALUES for part in parts) else None


def band(years: int) -> str | None:
    """The age group that benefits turn on, or None for what is no age."""
    if years < PIP_FROM:
        return "child"
    if years < ADULT:
        return "16-17"
    if years < PENSION_AGE:
        return "adult"
    return "pension-age" if years <= OLDEST else None


def facts(text: str) -> tuple[str, ...]:
    """Marks read from a cleaned text, each once, in a fixed order."""
    return tuple(dict.fromkeys(_facts(text)))


def _facts(text: str) -> Iterator[str]:
    mine = [number_of(match[1]) for match in ME.finditer(text)]
    rest = ME.sub(" ", text)
    theirs = [number_of(match[1]) for pattern in THEY for match in pattern.finditer(rest)]
    theirs += [DECADES[match[1]] for match in DECADE.finditer(rest)]
    for whose, ages in (("me", mine), ("they", theirs)):
        for years in ages:
            group = band(years) if years is not None else None
            if group is not None:
                yield f"#{whose}-{group}"
    if SCHOOL.search(text):
        yield "#me-at-school"
