"""Reading age of a text: the Flesch-Kincaid grade (Kincaid and others, 1975), a US school grade, plus five years."""

import re
from functools import cache
from pathlib import Path

import readability

from knowledge.errors import ContentError, Fault
from knowledge.loader import read_toml

GRADE_TO_AGE = 5
NAMES = Path(__file__).parent / "names.toml"
NUMBER = re.compile(r"\d[\d ]*")
SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+|\n")


def reading_age(text: str) -> float:
    """The age in years at which most readers follow `text`; 0.0 for a text without words.

    Names of benefits and services, and numbers, are not measured: see names.toml.
    """
    plain = _names().sub("it", NUMBER.sub(" ", text))
    sentences = (re.findall(r"[A-Za-z']+", part) for part in SENTENCE_END.split(plain))
    tokens = "\n".join(" ".join(words) for words in sentences if words)
    return _measured(tokens) if tokens else 0.0


@cache
def _measured(tokens: str) -> float:
    grade: float = readability.getmeasures(tokens, lang="en")["readability grades"]["Kincaid"]
    return max(0.0, grade + GRADE_TO_AGE)


@cache
def _names() -> re.Pattern[str]:
    """Names that are not measured, the longest first. Raises ContentError if the file does not list any."""
    faults: list[Fault] = []
    found = read_toml(NAMES, NAMES.name, faults).get("names")
    if not faults and not (isinstance(found, list) and found and all(isinstance(name, str) for name in found)):
        faults.append(Fault(NAMES.name, "names", "This is not a list of names.", 'Write names = ["...", "..."].'))
    if faults or not found:
        raise ContentError(tuple(faults))
    longest_first: list[str] = sorted(found, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in longest_first)})\b", re.IGNORECASE)
