"""What was typed → words and stems. Pure; the word lists come from the lexicon.

A message is cleaned (case, accents, apostrophes, repeated letters), cut into words, and read through the lexicon:
text-speak is spelt out, phrases misheard by dictation are put right, words of other languages are put into English.
"""

import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

import snowballstemmer

LONGEST_READ = 2_000
"""Characters of a message that are read. Longer ones are cut: nobody's question is beyond the third page."""

CONTRACTIONS = (
    (re.compile(r"\bcan'?t\b"), "cannot"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\b(\w+)n't\b"), r"\1 not"),
    (re.compile(r"\b(do|does|did|is|are|was|have|has|had|could|would|should)nt\b"), r"\1 not"),
    (re.compile(r"'(?:re|ve|ll|m|d|s)\b"), ""),
)
QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
WORD = re.compile(r"[a-z]+|\d+")
LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
ONE_LETTER = re.compile(r"\b([a-z])\1{2,}\b")  # "aaaa" is no "AA"
REPEATS = re.compile(r"([a-z])\1{2,}")
TEXT_SPEAK_TOKEN = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|[a-z0-9]+")

_own = threading.local()  # a stemmer holds the word that it is at: each thread has its own


def clean(text: str) -> str:
    """Lower case, no accents, straight quotes, no links, contractions spelt out, no letter more than twice in a row."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_READ]).translate(QUOTES).lower()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = LINK.sub(" ", plain)
    for pattern, instead in CONTRACTIONS:
        plain = pattern.sub(instead, plain)
    return REPEATS.sub(r"\1\1", ONE_LETTER.sub(r"\1", plain.replace("'", "")))


def tokens(cleaned: str) -> list[str]:
    """The words of a cleaned text. Letters and digits that touch stay together: "b4", "2moro", "hc2"."""
    return TEXT_SPEAK_TOKEN.findall(cleaned)


def spelt_out(words: Sequence[str], speak: Mapping[str, str], phrases: Mapping[tuple[str, ...], str]) -> list[str]:
    """Words with text-speak spelt out, then misheard and foreign phrases replaced, longest first."""
    flat = [part for word in words for part in speak.get(word, word).split()]
    if not phrases:
        return flat
    longest = max(len(phrase) for phrase in phrases)
    out: list[str] = []
    at = 0
    while at < len(flat):
        for size in range(min(longest, len(flat) - at), 0, -1):
            found = phrases.get(tuple(flat[at : at + size]))
            if found is not None:
                out.extend(found.split())
                at += size
                break
        else:
            out.append(flat[at])
            at += 1
    return out


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Snowball's English stem. Cached: the pure-Python stemmer takes some 20 µs a word."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return str(_own.stemmer.stemWord(word))


def is_written_in_another_script(text: str) -> bool:
    """Whether most letters are not Latin ones: Gujarati, Gurmukhi, Arabic … (accents do not count)."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum("LATIN" not in unicodedata.name(letter, "") for letter in letters)
    return foreign * 2 > len(letters)
