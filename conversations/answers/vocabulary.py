"""The words of words.toml, read once, as phrasebooks."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from conversations.answers.phrases import Hit, Phrasebook, literal_words
from conversations.answers.text import Listener, Said, Speller
from knowledge.errors import ContentError, Fault

WORDS_FILE = Path(__file__).with_name("words.toml")

SECTIONS = (
    "yes-no", "could-cope", "skip", "correction", "who", "who-am-i", "care", "who-else", "why", "why-asked",
    "recovered", "animals", "tasks",
    "paid", "work", "school", "stance", "former", "signs", "hours",
)  # fmt: skip

_MOST_WORDS = 12


class Vocabulary:
    """How messages are listened to, and a phrasebook for each section of the file."""

    def __init__(self, data: Mapping[str, Any], file: str) -> None:
        self._file = file
        self._faults = list(_faults(data, file))
        if self._faults:
            raise ContentError(tuple(self._faults))
        text_speak = {short: tuple(said.split()) for short, said in data["text-speak"].items()}
        sets = {name: [*words] for name, words in data["sets"].items()}
        self.books = {section: Phrasebook(_plainly(data[section], text_speak), sets) for section in SECTIONS}
        known = {
            word
            for section in SECTIONS
            for phrases in data[section].values()
            for text in phrases
            for word in literal_words(text)
        }
        known.update(word for said in text_speak.values() for word in said)
        known.update(word for words in sets.values() for word in words)
        # only the words of who and why are guessed at: a wrong guess at an everyday word does more harm than good
        targets = {
            word
            for section in ("who", "why")
            for texts in data[section].values()
            for text in texts
            for word in literal_words(text)
        }
        spelling = data["spelling"]
        targets.update(spelling["also"])
        self.listener = Listener(text_speak, Speller(targets, known.union(spelling["leave_alone"])))


def _plainly(section: Mapping[str, list[str]], text_speak: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Phrases with their short forms spelt out, as messages will be by then."""
    return {
        value: [" ".join(" ".join(text_speak.get(word, (word,))) for word in text.split()) for text in texts]
        for value, texts in section.items()
    }


def _faults(data: Mapping[str, Any], file: str) -> Iterator[Fault]:
    for section in ("sets", "text-speak", "spelling", *SECTIONS):
        if not isinstance(data.get(section), dict):
            yield Fault(file, section, "is missing.", f"Add the heading [{section}].")
    for short, said in data.get("text-speak", {}).items():
        if not isinstance(said, str):
            yield Fault(file, f"text-speak, {short}", "is not in quotes.", f'Write {short} = "...".')
    sets = data.get("sets", {})
    for section in SECTIONS:
        for value, phrases in data.get(section, {}).items():
            if not isinstance(phrases, list):
                yield Fault(file, f"{section}, {value}", "is not a list.", f'Write {value} = ["...", "..."].')
                continue
            for phrase in phrases:
                yield from _phrase_faults(phrase, sets, file, f"{section}, {value}")


def _phrase_faults(phrase: object, sets: Mapping[str, Any], file: str, field: str) -> Iterator[Fault]:
    if not isinstance(phrase, str) or not phrase.strip():
        yield Fault(file, field, "has a phrase without words.", "Take it out, or write words in quotes.")
        return
    words = phrase.split()
    if words[0] == ".." or words[-1] == ".." or len(words) > _MOST_WORDS:
        yield Fault(
            file, field, f'"{phrase}" is too open or too long.', "Begin and end it with a word, twelve at most."
        )
    for name in (part[1:] for word in words for part in word.lstrip("?").split("/") if part.startswith("@")):
        if name not in sets:
            yield Fault(
                file, field, f'"{phrase}" uses @{name}, which is not under [sets].', "Add the list, or correct it."
            )
    if any(sign in phrase for sign in "'’") or phrase != phrase.lower():
        yield Fault(file, field, f'"{phrase}" has an apostrophe or a capital letter.', "Leave them out.")


def load_vocabulary(path: Path = WORDS_FILE) -> Vocabulary:
    """Read the words, or raise `ContentError` with all that is wrong with them."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        fault = Fault(
            path.name, "file", f"cannot be read: {problem}.", "Check the quotes and commas of the last change."
        )
        raise ContentError((fault,)) from None
    return Vocabulary(data, path.name)


_VOCABULARY = load_vocabulary()

hear = _VOCABULARY.listener.hear
BOOKS = _VOCABULARY.books
is_everyday = _VOCABULARY.listener.speller.knows


def phrases(said: Said, book: str) -> list[Hit]:
    """The phrases of one section that stand in the message."""
    if book not in said.found:
        said.found[book] = BOOKS[book].find(said.words)
    return said.found[book]


def headings(said: Said, book: str) -> tuple[str, ...]:
    """The headings under which phrases stand in the message, each once, in the order in which they came."""
    return tuple(dict.fromkeys(hit.value for hit in phrases(said, book)))


def has(said: Said, book: str, heading: str = "") -> bool:
    """Whether anything of a section, or of one heading of it, stands in the message."""
    return any(not heading or hit.value == heading for hit in phrases(said, book))
