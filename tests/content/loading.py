"""The content as it is loaded for the service, but for the matcher: nothing is looked up in these tests."""

from functools import cache
from pathlib import Path

from bot.content import harmless, no_smalltalk
from conversations.answers.vocabulary import Vocabulary, load_vocabulary
from conversations.flow_files import FLOWS, load_flows
from conversations.likeness import Likeness
from conversations.safety import SafetyRules, load_safety
from conversations.smalltalk import learn_smalltalk
from conversations.sources import WaysIn
from conversations.turns import Content
from knowledge.loader import KNOWLEDGE, load_knowledge
from knowledge.models import Area, Audience, KnowledgeBase, Match, Nothing
from knowledge.places import Places
from knowledge.places_file import load_places

SERVICE_NAME = "LLR Carers Line"
WAYS_IN = WaysIn("07700 900123", "LLRCarersBot")


class NoMatcher:
    def search(self, text: str, area: Area | None, audience: Audience) -> Match:  # noqa: ARG002
        return Nothing()


def load_without_matcher(knowledge: KnowledgeBase, flows: Path = FLOWS) -> Content:
    """Raises ContentError with every fault of the flows in this folder."""
    unchanging = _unchanging()
    return Content(load_flows(knowledge, flows), knowledge, NoMatcher(), *unchanging, SERVICE_NAME, WAYS_IN)


@cache
def _unchanging() -> tuple[SafetyRules, Likeness, Vocabulary, Places]:
    knowledge = load_knowledge()
    smalltalk = learn_smalltalk(load_flows(knowledge).smalltalk, no_smalltalk(knowledge))
    safety, places = load_safety(asks=harmless(knowledge)), load_places(KNOWLEDGE / "places.toml")
    return safety, smalltalk, load_vocabulary(), places
