"""What people type → plain words in one form. Of this room alone: nothing else in the bot needs it to be so forgiving.

"I'm NOT suiciddal!!" and "im not suicidal" come out alike. A sentence's end is kept as the word ".".
"""

import re
import unicodedata

from conversations.safety.models import Spelling
from conversations.traits import STOP

COMBINING = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f]")
LAUGHING = re.compile("[\U0001f602\U0001f923\U0001f606\U0001f639\U0001f480\u2620]+")
QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u0142": "l", "\u00f8": "o"}
)
SPELT_OUT = re.compile(r"\b(?:[a-z]\.){2,}")
TRAILING_OFF = re.compile(r"\.{2,}|\u2026")
INSIDE_NUMBER = re.compile(r"(?<=\d)[.,:](?=\d)")
CONTRACTED = (
    (re.compile(r"\bod'd\b"), "overdosed"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"\b(he|she|they|we|you|it|who)'d\b"), r"\1 would"),
)
SENTENCE_END = re.compile(r"[.!?;\n\r]+")
NOT_WORD = re.compile(r"[^\w\s.\u0900-\u0dff\u0600-\u06ff]+|_")
NUMBER_THEN_LETTERS = re.compile(r"^(\d+)([a-z]+)$")
LONG_RUN = re.compile(r"(.)\1{2,}")
SOUNDS = {"2": "to", "4": "for"}


def normalise(text: str, spelling: Spelling) -> list[str]:
    """The words of `text`, each in its one form."""
    return _set_apart(_without_sounds(in_one_form(text, spelling), spelling), spelling)


def in_one_form(text: str, spelling: Spelling) -> list[str]:
    """The same, but "2" and "4" stay numbers. Wordings are read with this, so that they meet messages halfway."""
    words: list[str] = []
    for raw in _plain(text).split():
        for word in _one_form(raw, spelling).split():
            _add(words, word, spelling)
    return words


def _plain(text: str) -> str:
    """Lower case, no accents, no apostrophes, sentence ends as separate dots."""
    if not text.isascii():
        text = COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(QUOTES)))
        text = LAUGHING.sub(" lol ", unicodedata.normalize("NFC", text))
    text = TRAILING_OFF.sub(" ", text.lower())
    if "." in text:
        text = SPELT_OUT.sub(lambda match: match[0].replace(".", ""), INSIDE_NUMBER.sub("", text))
    if "'" in text:
        for pattern, plain in CONTRACTED:
            text = pattern.sub(plain, text)
        text = text.replace("'", "")
    return NOT_WORD.sub(" ", SENTENCE_END.sub(" . ", text.replace("&", " and ")))


def _one_form(word: str, spelling: Spelling) -> str:
    """Text-speak, misspellings and drawn-out letters put right; a word that is known stays as it is."""
    if word in spelling.whole:
        return spelling.whole[word]
    if word in spelling.known:
        return word
    if len(word) > 2 and (short := LONG_RUN.sub(r"\1\1", word)) != word:
        single = LONG_RUN.sub(r"\1", word)
        return _one_form(short if short in spelling.known or short in spelling.whole else single, spelling)
    if word.endswith("in") and f"{word}g" in spelling.known:
        return f"{word}g"
    if match := NUMBER_THEN_LETTERS.match(word):
        return f"{match[1]} {spelling.whole.get(match[2], match[2])}"
    return spelling.near.get(word, word)


def _add(words: list[str], word: str, spelling: Spelling) -> None:
    """Append, joining pairs that make one word ("do not" → "dont")."""
    if words and (joined := spelling.pairs.get((words[-1], word))):
        words.pop()
        _add(words, joined, spelling)
    else:
        words.append(word)


def _without_sounds(words: list[str], spelling: Spelling) -> list[str]:
    """ "2" and "4" are "to" and "for" between words, unless something is being counted or somebody's age given."""
    for index, word in enumerate(words[1:-1], start=1):
        if word in SOUNDS and words[index + 1] not in spelling.counted and words[index - 1] not in spelling.counting:
            words[index] = SOUNDS[word]
    return words


def _set_apart(words: list[str], spelling: Spelling) -> list[str]:
    """A number, "back" or "ok" before the message, and a "please" after it, become sentences of their own.

    Otherwise a reply to a menu, typed first, would hide the beginning of what comes after it.
    """
    start = 0
    while start < len(words) - 1 and (words[start] in spelling.openers or _is_choice(words, start, spelling)):
        start += 1
    end = len(words)
    while end - 1 > start and words[end - 1] in spelling.closers:
        end -= 1
    return [
        *words[:start],
        *([STOP] if start else []),
        *words[start:end],
        *([STOP] if end < len(words) else []),
        *words[end:],
    ]


def _is_choice(words: list[str], at: int, spelling: Spelling) -> bool:
    """A single digit that counts nothing: the number of a choice."""
    return len(words[at]) == 1 and words[at].isdigit() and words[at + 1] not in spelling.counted
