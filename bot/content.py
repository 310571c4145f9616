"""Everything that is read from files at the start, checked as a whole before the first message."""

import gc
from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.partners.tables import Lists
from bot.settings import Settings
from conversations.answers.vocabulary import load_vocabulary
from conversations.flow_files import load_flows
from conversations.safety import SafetyRules, example_messages, load_safety
from conversations.smalltalk import learn_smalltalk, smalltalk_examples
from conversations.sources import WaysIn
from conversations.turns import Content
from knowledge.errors import ContentError, Fault
from knowledge.loader import KNOWLEDGE, load_knowledge
from knowledge.matcher import Matcher
from knowledge.matching.lexicon import load_lexicon
from knowledge.models import KnowledgeBase
from knowledge.places_file import load_places
from knowledge.rendering import AREAS_AND_ELSEWHERE, text_faults

NOT_TOLD = WaysIn()
Loaded = TypeVar("Loaded")


def load_content(
    service_name: str = str(Settings.model_fields["service_name"].default), ways_in: WaysIn = NOT_TOLD
) -> Content:
    """Load the knowledge base, flows, safety rules, words and places. `ways_in` is what people pass on to others.

    Raises ContentError with the faults of all of them.
    """
    faults: list[Fault] = []
    knowledge = _or_faults(load_knowledge, faults)
    flows = _or_faults(lambda: load_flows(knowledge), faults) if knowledge else None
    safety = _or_faults(lambda: load_safety(asks=harmless(knowledge)), faults)
    smalltalk = _or_faults(lambda: learn_smalltalk(flows.smalltalk, no_smalltalk(knowledge)), faults) if flows else None
    vocabulary = _or_faults(load_vocabulary, faults)
    places = _or_faults(lambda: load_places(KNOWLEDGE / "places.toml"), faults)
    if knowledge is not None and safety is not None:
        faults.extend(_urgent_faults(knowledge, safety))
    if faults or not (knowledge and flows and safety and smalltalk and vocabulary and places):
        raise ContentError(tuple(faults))
    content = Content(
        flows, knowledge, Matcher.build(knowledge), safety, smalltalk, vocabulary, places, service_name, ways_in
    )
    gc.freeze()  # it stays for good: to look through all of it for litter again and again would hold messages up
    return content


def harmless(knowledge: KnowledgeBase | None) -> tuple[str, ...]:
    """Messages in which nobody is in danger: every ask but those on safeguarding, and small talk."""
    entries = knowledge.entries.values() if knowledge else ()
    asks = (ask for entry in entries if entry.topic != "safeguarding" for ask in entry.asks)
    return (*asks, *smalltalk_examples())


def no_smalltalk(knowledge: KnowledgeBase | None) -> tuple[str, ...]:
    """Messages that are no small talk: every ask, what we do not cover, and the examples of danger and of none."""
    asks = (ask for entry in knowledge.entries.values() for ask in entry.asks) if knowledge else ()
    return (*asks, *(ask for _, ask in load_lexicon().not_covered), *example_messages())


def partners_lists() -> Lists:
    """What may stand in partners' tables that is written in content files. Raises ContentError."""
    knowledge = load_knowledge()
    return Lists(tuple(load_flows(knowledge).sources.sources), tuple(knowledge.topics))


def _urgent_faults(knowledge: KnowledgeBase, safety: SafetyRules) -> Iterator[Fault]:
    """Every placeholder of the urgent replies that cannot be filled for somebody."""
    for young in (False, True):
        for area in AREAS_AND_ELSEWHERE:
            for name, text in safety.replies.texts(young=young, area=area).items():
                for problem, remedy in text_faults(knowledge, text, (area,)):
                    yield Fault("safety/replies.toml", name, problem, remedy)


def _or_faults(load: Callable[[], Loaded], faults: list[Fault]) -> Loaded | None:
    try:
        return load()
    except ContentError as error:
        faults.extend(error.faults)
        return None
