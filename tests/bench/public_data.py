"""Public data that whoever runs the bench supplies: CLINC150 and BANKING77, as knowledge and labelled lines.

No line of them is kept here. The training lines serve as the asks, the test lines are played. See docs/matching.md for
where the files come from.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.models import Audience, Entry, KnowledgeBase, Source, Topic
from tests.bench.measuring import Labelled

OUT_OF_SCOPE = "oos"
TITLE = 40  # characters that an entry's title may have


@dataclass(frozen=True)
class PublicSet:
    """A data set: what is known, and what is asked."""

    name: str
    knowledge: KnowledgeBase
    lines: tuple[Labelled, ...]


def read_clinc(file: Path) -> PublicSet:
    """CLINC150's data_full.json: lists of [text, intent] under train, test and oos_test."""
    data = json.loads(file.read_text(encoding="utf-8"))
    lines = [Labelled(text, (topic,)) for text, topic in data["test"]]
    lines += [Labelled(text, ()) for text, _ in data[f"{OUT_OF_SCOPE}_test"]]
    return PublicSet("CLINC150", knowledge_of((topic, text) for text, topic in data["train"]), tuple(lines))


def read_banking(folder: Path) -> PublicSet:
    """BANKING77's train.csv and test.csv, with the columns text and category. Nothing in it is out of scope."""
    lines = tuple(Labelled(text, (topic,)) for topic, text in _rows(folder / "test.csv"))
    return PublicSet("BANKING77", knowledge_of(_rows(folder / "train.csv")), lines)


def _rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["category"], row["text"]) for row in csv.DictReader(lines)]


def knowledge_of(asks: Iterable[tuple[str, str]]) -> KnowledgeBase:
    """Knowledge that holds these (topic, ask) pairs and nothing else: each topic's name is its title and its entry."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for topic, ask in asks:
        if ask.strip():
            by_topic[topic].append(ask.strip())
    topics, entries = {}, {}
    for topic, texts in by_topic.items():
        title = topic.replace("_", " ")
        topics[topic] = Topic(id=topic, group="public", title=title, covers=title)
        entries[topic, Audience.EVERYONE] = Entry(
            file=topic,
            topic=topic,
            audience=Audience.EVERYONE,
            title=title[:TITLE].strip(),
            asks=tuple(dict.fromkeys(texts)),
            short=title,
            checked=date.min,
            review_by=date.max,
            sources=(Source.model_construct(),),
            body=title,
        )
    return KnowledgeBase(topics=topics, services={}, roles={}, rates={}, entries=entries)
