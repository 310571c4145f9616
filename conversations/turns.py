"""One person's turn: what is at hand while a message is read, and how words become replies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from conversations.answers.vocabulary import Vocabulary
from conversations.events import Event, EventName
from conversations.flows import Flows, Said
from conversations.likeness import Likeness
from conversations.models import Channel, Choice, Found, FoundKind, InboundMessage, Reply, Session, Step
from conversations.safety import SafetyRules
from conversations.slots import AgeBand, Answers, Relation, Slot
from conversations.sms import ORDINARY_SEGMENTS, budget, plain, septets
from conversations.sources import WaysIn
from knowledge.models import Area, Audience, KnowledgeBase, Match
from knowledge.places import Places
from knowledge.rendering import fill

LONDON = ZoneInfo("Europe/London")
AREA_NAMES = {Area.LEICESTER: "Leicester", Area.LEICESTERSHIRE: "Leicestershire", Area.RUTLAND: "Rutland"}
UNNAMED = {Relation.SOMEONE, Relation.RELATIVE, Relation.PARENT, Relation.SIBLING, Relation.GRANDPARENT}


class Search(Protocol):
    """What the engine asks of a matcher."""

    def search(self, text: str, area: Area | None, audience: Audience) -> Match: ...


@dataclass(frozen=True)
class Content:
    """Everything that is read from files at the start and never changes while the service runs."""

    flows: Flows
    knowledge: KnowledgeBase
    matcher: Search
    safety: SafetyRules
    smalltalk: Likeness
    vocabulary: Vocabulary
    places: Places
    service: str  # the service's name
    ways_in: WaysIn  # what people pass on to others


@dataclass(frozen=True)
class Turn:
    """One message being read. `answers` already holds what the message itself told, of the slots `heard`."""

    content: Content
    session: Session
    message: InboundMessage
    answers: Answers
    heard: frozenset[Slot] = frozenset()

    @property
    def young(self) -> bool:
        return self.answers.age is AgeBand.YOUNG

    @property
    def audience(self) -> Audience:
        if self.young:
            return Audience.YOUNG
        return Audience.BEREAVED if self.answers.bereaved else Audience.EVERYONE

    @property
    def area(self) -> Area | None:
        place = self.answers.place
        return Area(place.value) if place is not None and place.value in set(Area) else None

    @property
    def today(self) -> date:
        return local_day(self.message.received_at)

    @property
    def sms(self) -> bool:
        return self.message.channel is Channel.SMS

    def say(self, said: Said | str, **names: str) -> str:
        """The words for this person: their audience, area, and today's figures."""
        text = said if isinstance(said, str) else said.to(young=self.young, elsewhere=self.area is None)
        text = text.replace("{service}", self.content.service).replace("{them}", them(self.answers))
        text = text.replace("{they}", they(self.answers))
        for name, value in names.items():
            text = text.replace(f"{{{name}}}", value)
        return fill(self.content.knowledge, text, None, self.area, self.today)

    def event(self, name: EventName) -> Event:
        return Event(name, channel=self.message.channel.value, source=self.session.source)


def local_day(moment: datetime) -> date:
    """The day in Leicester at this moment."""
    return moment.astimezone(LONDON).date()


def them(answers: Answers) -> str:
    """Whom the person looks after, in their own word: "your nan", or "them"."""
    if len(answers.who) != 1 or answers.several or answers.who[0] in UNNAMED:
        return "them"
    return "your parents" if answers.who[0] is Relation.PARENTS else f"your {answers.who[0].value}"


def they(answers: Answers) -> str:
    """The same, as the one who does something: "your nan", or "they"."""
    word = them(answers)
    return "they" if word == "them" else word


def numbered(labels: Mapping[str, str], state: str) -> tuple[Choice, ...]:
    """Choices 1, 2, 3 …; a press on one of them sends back the state it belongs to and the key in `labels`."""
    return tuple(Choice(str(n), label, f"{state}:{key}") for n, (key, label) in enumerate(labels.items(), start=1))


def compose(
    turn: Turn,
    text: str,
    choices: Sequence[Choice] = (),
    extras: Iterable[str] = (),
    segments: int = ORDINARY_SEGMENTS,
) -> Reply:
    """One reply, its numbered choices written out below the words.

    By SMS it keeps to so many segments: choices, then `extras`, are added only while they fit, the first ones first.
    """
    lines, shown = text, list[Choice]()
    for choice in choices:
        longer = f"{lines}\n{choice.key} {choice.label}" if choice.key.isdigit() else lines
        if not fits(turn, longer, segments):
            break
        lines = longer
        shown.append(choice)
    for extra in extras:
        longer = _before_choices(lines, len([c for c in shown if c.key.isdigit()]), extra)
        lines = longer if fits(turn, longer, segments) else lines
    return as_sent(turn, lines, shown)


def as_sent(turn: Turn, text: str, choices: Iterable[Choice] = ()) -> Reply:
    """The words as they stand, but for signs that would make a text message dearer."""
    return Reply(plain(text) if turn.sms else text, tuple(choices))


def fits(turn: Turn, text: str, segments: int = ORDINARY_SEGMENTS) -> bool:
    return not turn.sms or septets(plain(text)) <= budget(segments)


def _before_choices(text: str, choice_lines: int, extra: str) -> str:
    lines = text.split("\n")
    at = len(lines) - choice_lines
    return "\n".join([*lines[:at], extra, *lines[at:]])


def stay(turn: Turn, kind: FoundKind, text: str, choices: Sequence[Choice] = (), **changes: object) -> Step:
    """A reply that changes nothing of the session but `changes` (fields of Session)."""
    session = turn.session.model_copy(update={"answers": turn.answers, **changes})
    return Step(session, (compose(turn, text, choices),), (), Found(kind), asks=asks(turn.content, session))


def asks(content: Content, session: Session) -> Slot | None:
    """The slot that the waiting state asks for."""
    if session.state in content.flows.states:
        return content.flows.states[session.state].asks
    return {"new": Slot.OPENING, "menu": Slot.OPENING, "area": Slot.PLACE}.get(session.state)
