"""Cross-validation: the file's own lines serve as asks, but never for themselves."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.evaluation.files import QuestionLine
from bot.evaluation.questions import Played, play
from conversations.interrupts import bare
from conversations.turns import Content, Search
from knowledge.models import Audience, Entry, KnowledgeBase

Build = Callable[[KnowledgeBase], Search]
Item = TypeVar("Item")


def fold_numbers(items: Sequence[tuple[str, str]], count: int, seed: int) -> tuple[int, ...]:
    """The fold (0 to count - 1) of each (group, text): every group spread evenly over all of them.

    The draw is made from the seed and the text itself, so that it is the same everywhere and in every order of lines.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for number, (group, _) in enumerate(items):
        groups[group].append(number)
    drawn = [
        number for group in sorted(groups) for number in sorted(groups[group], key=lambda n: _lot(items[n][1], n, seed))
    ]
    place = {number: at % count for at, number in enumerate(drawn)}
    return tuple(place[number] for number in range(len(items)))


def play_folds(
    content: Content, lines: Sequence[QuestionLine], count: int, seed: int, build: Build, at: datetime
) -> tuple[Played, ...]:
    """Every line played with a matcher that knows the lines of the other folds as asks, but not its own fold's.

    Wherever a line that is tried also stands among the asks, word for word, it is taken out of them.
    """
    numbers = fold_numbers([(_group(line), line.text) for line in lines], count, seed)
    played: dict[int, Played] = {}
    for fold in range(count):
        tried = [number for number, at_fold in enumerate(numbers) if at_fold == fold]
        learnt = [line for line, at_fold in zip(lines, numbers, strict=True) if at_fold != fold and line.covered]
        knowledge = with_asks(content.knowledge, [(line.topics[0], line.text) for line in learnt])
        knowledge = without_asks(knowledge, [lines[number].text for number in tried])
        part = replace(content, knowledge=knowledge, matcher=build(knowledge))
        played |= {number: play(part, lines[number], at) for number in tried}
    return tuple(played[number] for number in range(len(lines)))


def with_asks(knowledge: KnowledgeBase, asks: Iterable[tuple[str, str]]) -> KnowledgeBase:
    """The same knowledge with (topic, ask) pairs added to everyone's entries."""
    more: dict[str, list[str]] = defaultdict(list)
    for topic, ask in asks:
        more[topic].append(ask)

    def asks_of(entry: Entry) -> tuple[str, ...]:
        return (*entry.asks, *(more[entry.topic] if entry.audience is Audience.EVERYONE else ()))

    return _changed(knowledge, asks_of)


def without_asks(knowledge: KnowledgeBase, texts: Iterable[str]) -> KnowledgeBase:
    """The same knowledge without the asks that are one of these texts, capitals and punctuation aside."""
    out = {bare(text) for text in texts}
    return _changed(knowledge, lambda entry: tuple(ask for ask in entry.asks if bare(ask) not in out))


def asks_among(knowledge: KnowledgeBase, texts: Collection[str]) -> int:
    """How many of the texts stand among the asks, word for word: what they come to is no measure."""
    asks = {bare(ask) for entry in knowledge.entries.values() for ask in entry.asks}
    return sum(bare(text) in asks for text in texts)


def _changed(knowledge: KnowledgeBase, asks_of: Callable[[Entry], tuple[str, ...]]) -> KnowledgeBase:
    entries = {key: entry.model_copy(update={"asks": asks_of(entry)}) for key, entry in knowledge.entries.items()}
    return replace(knowledge, entries=entries)


def _group(line: QuestionLine) -> str:
    return line.topics[0] if line.topics else ""


def _lot(text: str, number: int, seed: int) -> tuple[str, int]:
    return hashlib.sha256(f"{seed} {text}".encode()).hexdigest(), number
