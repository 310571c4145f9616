"""A message → what the matcher weighs: stems, pairs, letters, families of meaning and facts, each with a strength."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language import clean, tokens
from knowledge.matching.alignment import Reading, Vocabulary
from knowledge.matching.facts import facts
from knowledge.matching.lexicon import Lexicon

PAIR = 0.6  # a pair of words next to each other, beside 1 for a word
LETTER_SIZES = (2, 3, 4, 5)
LONGEST_TOKEN = 24  # letters of a word that are looked at


@dataclass(frozen=True)
class ReadWord:
    """A word as put into plain English, and what it was read as. No readings: a word that means nothing to us."""

    word: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Read:
    """A message as understood. `english` is its plain words, for a second opinion."""

    cleaned: str
    english: str
    words: tuple[ReadWord, ...]
    families: dict[str, str]
    facts: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing in it is a word that we know."""
        return not any(word.readings for word in self.words)


def read(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> Read:
    """Any text, read through the lexicon and aligned with the vocabulary."""
    cleaned = clean(text)
    plain = lexicon.words_of(cleaned)
    words = tuple(ReadWord(word, vocabulary.read(word)) for word in plain)
    best = [word.readings[0].stem if word.readings else word.word for word in words]
    return Read(cleaned, " ".join(plain), words, lexicon.families_in(best), facts(cleaned))


def strengths(message: Read) -> dict[str, dict[str, float]]:
    """Block ("words", "letters", "marks") → feature → strength, before rarity is reckoned in."""
    words: dict[str, float] = {}
    previous: tuple[Reading, ...] = ()
    for word in message.words:
        for reading in word.readings:
            words[reading.stem] = words.get(reading.stem, 0.0) + reading.weight
        for left in previous[:1]:
            for right in word.readings[:1]:
                pair = f"{left.stem} {right.stem}"
                words[pair] = words.get(pair, 0.0) + PAIR * left.weight * right.weight
        previous = word.readings
    letters: Counter[str] = Counter()
    for token in tokens(message.cleaned):
        letters.update(_letters(token[:LONGEST_TOKEN]))
    marks = dict.fromkeys((*(f"~{name}" for name in message.families), *message.facts), 1.0)
    return {"words": words, "letters": dict(letters), "marks": marks}


@lru_cache(maxsize=10_000)
def _letters(token: str) -> tuple[str, ...]:
    """The pieces of a word, its ends marked by spaces."""
    padded = f" {token} "
    return tuple(padded[at : at + size] for size in LETTER_SIZES for at in range(len(padded) - size + 1))
