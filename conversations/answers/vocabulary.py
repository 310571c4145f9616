"""The words of words.toml, read at the start, as phrasebooks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from conversations.answers.phrases import Hit, Phrasebook, literal_words
from conversations.answers.text import Heard, Listener, Speller
from conversations.slots import HoursBand, Reason, Relation, Task, Work
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.models import Content, Text

WORDS_FILE = Path(__file__).with_name("words.toml")
SHOWN_AS = "answers/words.toml"

_MOST_WORDS = 12

Phrases = tuple[Text, ...]


class Spelling(Content):
    leave_alone: Phrases
    also: Phrases


class WordsFile(Content):
    """What may stand in the file: lists for its own use, and phrases under the headings that readers look for."""

    sets: dict[str, Phrases]
    text_speak: dict[str, str] = Field(alias="text-speak")
    spelling: Spelling
    yes_no: dict[Literal["yes", "no", "hedged", "unsure", "ignore"], Phrases] = Field(alias="yes-no")
    could_cope: dict[Literal["yes", "no", "unsure"], Phrases] = Field(alias="could-cope")
    skip: dict[Literal["skip", "no_thanks", "nobody"], Phrases]
    correction: dict[Literal["correction"], Phrases]
    who: dict[Relation, Phrases]
    who_am_i: dict[
        Literal[
            "husband", "wife", "partner", "parent", "child", "sibling", "grandchild", "relative", "friend", "neighbour"
        ],
        Phrases,
    ] = Field(alias="who-am-i")  # fmt: skip
    care: dict[Literal["cares_for", "i_care", "not_them", "gone", "needs"], Phrases]
    who_else: dict[
        Literal["several", "not_several", "young_child", "grown_child", "younger_sibling"], Phrases
    ] = Field(alias="who-else")  # fmt: skip
    why: dict[Reason, Phrases]
    why_asked: dict[Reason, Phrases] = Field(alias="why-asked")
    recovered: dict[Literal["recovered", "not_recovered"], Phrases]
    animals: dict[Literal["animal"], Phrases]
    tasks: dict[Task | Literal["everything"], Phrases]
    paid: dict[Literal["unpaid", "paid", "benefit", "care_worker"], Phrases]
    work: dict[
        Work | Literal["still_working", "only_caring", "said_working", "said_not_working", "said_studying"], Phrases
    ]
    school: dict[Literal["at_school"], Phrases]
    stance: dict[
        Literal["cared-for", "not_cared_for", "professional", "professions", "clients", "worried"], Phrases
    ]  # fmt: skip
    former: dict[
        Literal["past_care", "was_somebody", "nothing_now", "not_now", "died", "moved", "not_ended", "still_caring"],
        Phrases,
    ]
    signs: dict[Literal["breaking_down", "claims", "claims_not"], Phrases]
    hours: dict[HoursBand, Phrases]
    after_danger: dict[
        Literal[
            "come", "over", "found", "not_come", "asking", "something_else", "refuge", "numbers", "still",
            "still_by_itself",
        ],
        Phrases,
    ] = Field(alias="after-danger")  # fmt: skip

    def sections(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Phrases by section and heading, both as they are written in the file."""
        data: dict[str, dict[str, list[str]]] = self.model_dump(
            mode="json", by_alias=True, exclude={"sets", "text_speak", "spelling"}
        )
        return data


@dataclass(frozen=True)
class Vocabulary:
    """How messages are listened to, and a phrasebook for each section of the file."""

    listener: Listener
    books: Mapping[str, Phrasebook]

    def hear(self, text: str) -> Heard:
        """The words of a message."""
        return Heard(self.listener.words(text), self.books, self.listener.speller.known)


def load_vocabulary(path: Path = WORDS_FILE) -> Vocabulary:
    """Read the words, or raise `ContentError` with all that is wrong with them."""
    faults = list[Fault]()
    data = read_toml(path, SHOWN_AS, faults)
    if not faults:
        try:
            file = WordsFile.model_validate(data)
        except ValidationError as error:
            faults.extend(model_faults(error, SHOWN_AS))
        else:
            faults.extend(_faults(file))
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return _vocabulary(file)


def _vocabulary(file: WordsFile) -> Vocabulary:
    text_speak = {short: tuple(said.split()) for short, said in file.text_speak.items()}
    sections = file.sections()
    books = {name: Phrasebook(_plainly(section, text_speak), file.sets) for name, section in sections.items()}
    known = set(_words_in(sections.values()))
    known.update(word for said in text_speak.values() for word in said)
    known.update(word for words in file.sets.values() for word in words)
    # only the words of who and why are guessed at: a wrong guess at an everyday word does more harm than good
    targets = {*_words_in((sections["who"], sections["why"])), *file.spelling.also}
    speller = Speller(targets, known.union(file.spelling.leave_alone))
    return Vocabulary(Listener(text_speak, speller), books)


def _words_in(sections: Iterable[Mapping[str, Sequence[str]]]) -> Iterator[str]:
    """Every plain word of these sections' phrases."""
    return (
        word for section in sections for texts in section.values() for text in texts for word in literal_words(text)
    )


def _plainly(section: Mapping[str, Sequence[str]], text_speak: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Phrases with their short forms spelt out, as messages will be by then."""
    return {
        heading: [" ".join(" ".join(text_speak.get(word, (word,))) for word in text.split()) for text in texts]
        for heading, texts in section.items()
    }


def _faults(file: WordsFile) -> Iterator[Fault]:
    """What is wrong with single phrases."""
    for section, headings_of in file.sections().items():
        for heading, texts in headings_of.items():
            for text in texts:
                for problem, remedy in phrase_faults(text, file.sets):
                    yield Fault(SHOWN_AS, f"{section}.{heading}", problem, remedy)


def phrase_faults(phrase: str, sets: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """(problem, remedy) for everything by which a phrase could never be found, or would be found in too much."""
    words = phrase.split()
    firm = [word for word in words if not word.startswith("?")]
    if not firm or ".." in (firm[0], firm[-1]) or len(words) > _MOST_WORDS:
        yield f'"{phrase}" is too open or too long.', "Begin and end it with a word, twelve at most."
    for name in (part[1:] for word in words for part in word.lstrip("?").split("/") if part.startswith("@")):
        if name not in sets:
            yield f'"{phrase}" uses @{name}, which is not under [sets].', "Add the list, or correct it."
    if any(sign in phrase for sign in "'’") or phrase != phrase.lower():
        yield f'"{phrase}" has an apostrophe or a capital letter.', "Leave them out."


def phrases(said: Heard, book: str) -> list[Hit]:
    """The phrases of one section that stand in the message."""
    if book not in said.found:
        said.found[book] = said.books[book].find(said.words)
    return said.found[book]


def headings(said: Heard, book: str) -> tuple[str, ...]:
    """The headings under which phrases stand in the message, each once, in the order in which they came."""
    return tuple(dict.fromkeys(hit.value for hit in phrases(said, book)))


def has(said: Heard, book: str, heading: str = "") -> bool:
    """Whether anything of a section, or of one heading of it, stands in the message."""
    return any(not heading or hit.value == heading for hit in phrases(said, book))
