"""Reading age of a text: the Flesch-Kincaid grade (Kincaid and others, 1975), a US school grade, plus five years."""

import re
import tomllib
from functools import cache
from pathlib import Path

import readability

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
    """Names that are not measured, the longest first."""
    found: list[str] = tomllib.loads(NAMES.read_text(encoding="utf-8"))["names"]
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in longest_first)})\b", re.IGNORECASE)
