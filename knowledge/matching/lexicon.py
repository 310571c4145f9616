"""The editors' word lists (words.toml) and what we do not cover (not_covered.toml), checked when read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import ContentError, Fault
from knowledge.language import clean, spelt_out, stem, tokens
from knowledge.loader import KNOWLEDGE, read_toml

WORDS = "words.toml"
NOT_COVERED = "not_covered.toml"
SECTIONS = ("text-speak", "mishearings", "languages", "ambiguous", "families", "protected")

Phrases = Mapping[tuple[str, ...], str]


@dataclass(frozen=True)
class Language:
    """Words of another language in Latin letters. `doubtful` ones count only beside one that is not."""

    name: str
    phrases: Phrases
    doubtful: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything words.toml says, ready for use. `families` is keyed by the stems of each phrase."""

    speak: Mapping[str, str]
    mishearings: Phrases
    languages: tuple[Language, ...]
    families: Mapping[tuple[str, ...], tuple[str, ...]]
    protected: frozenset[str]
    not_covered: tuple[tuple[str, str], ...]
    """(kind, ask) for each line of not_covered.toml."""

    def words_of(self, cleaned: str) -> list[str]:
        """A cleaned text in plain English words: text-speak, mishearings and other languages put right."""
        written = tokens(cleaned)
        present = set(written)
        phrases: dict[tuple[str, ...], str] = {}
        for language in self.languages:
            sure = any((word,) in language.phrases and word not in language.doubtful for word in written)
            phrases |= {
                phrase: english
                for phrase, english in language.phrases.items()
                if phrase[0] in present and (sure or len(phrase) > 1 or phrase[0] not in language.doubtful)
            }
        foreign = spelt_out(written, {}, phrases) if phrases else written
        return spelt_out(foreign, self.speak, self.mishearings)

    def families_in(self, stems: list[str]) -> dict[str, str]:
        """Family → the first words of it that the stems hold."""
        found: dict[str, str] = {}
        for at in range(len(stems)):
            for size in (1, 2, 3, 4):
                phrase = tuple(stems[at : at + size])
                for family in self.families.get(phrase, ()):
                    found.setdefault(family, " ".join(phrase))
        return found


def load_lexicon(folder: Path = KNOWLEDGE) -> Lexicon:
    """Read words.toml and not_covered.toml in `folder`. Raises ContentError with every fault found."""
    faults: list[Fault] = []
    words = read_toml(folder / WORDS, WORDS, faults)
    covers = read_toml(folder / NOT_COVERED, NOT_COVERED, faults)
    faults.extend(
        Fault(WORDS, name, "There is no section of this name.", f"Use one of: {', '.join(SECTIONS)}.")
        for name in words
        if name not in SECTIONS
    )
    speak = _pairs(words.get("text-speak", {}), "text-speak", faults)
    mishearings = _pairs(words.get("mishearings", {}), "mishearings", faults)
    doubtful = frozenset(_list(words.get("ambiguous", {}).get("words", []), WORDS, "ambiguous.words", faults))
    languages = []
    for name, pairs in words.get("languages", {}).items():
        phrases = _phrases(_pairs(pairs, f"languages.{name}", faults))
        languages.append(Language(name, phrases, doubtful & {phrase[0] for phrase in phrases}))
    families: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, members in words.get("families", {}).items():
        for member in _list(members, WORDS, f"families.{name}", faults):
            parts = spelt_out(tokens(clean(member)), speak, {})
            key = tuple(stem(part) for part in parts)
            if key:
                families[key] = tuple(dict.fromkeys((*families.get(key, ()), name)))
    protected = frozenset(_list(words.get("protected", {}).get("words", []), WORDS, "protected.words", faults))
    not_covered = tuple(_not_covered(covers, faults))
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return Lexicon(speak, _phrases(mishearings), tuple(languages), families, protected, not_covered)


def _phrases(pairs: Mapping[str, str]) -> Phrases:
    return {tuple(tokens(clean(written))): meant for written, meant in pairs.items()}


def _pairs(section: Any, field: str, faults: list[Fault]) -> dict[str, str]:
    if not isinstance(section, dict):
        faults.append(
            Fault(WORDS, field, "This must be a table of words.", f"Write a heading [{field}] and lines below.")
        )
        return {}
    found: dict[str, str] = {}
    for written, meant in section.items():
        if isinstance(meant, str):
            found[written] = meant
        else:
            faults.append(Fault(WORDS, f"{field}.{written}", "The meaning is not a text.", "Put it between quotes."))
    return found


def _list(items: Any, file: str, field: str, faults: list[Fault]) -> tuple[str, ...]:
    if isinstance(items, list) and all(isinstance(item, str) and item.strip() for item in items):
        return tuple(items)
    faults.append(Fault(file, field, "This is not a list of texts.", 'Write it as ["one", "two"].'))
    return ()


def _not_covered(kinds: Mapping[str, Any], faults: list[Fault]) -> Iterable[tuple[str, str]]:
    seen: dict[str, str] = {}
    for kind, table in kinds.items():
        asks = table.get("asks") if isinstance(table, dict) else None
        for ask in _list(asks, NOT_COVERED, f"{kind}.asks", faults):
            if ask.lower() in seen:
                faults.append(Fault(NOT_COVERED, kind, f"{ask!r} stands here twice.", "Take one of the two out."))
            seen[ask.lower()] = kind
            yield kind, ask
