"""Was the outcome of a conversation right, and if not, where was an answer misread?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.evaluation.files import Persona
from bot.evaluation.personas import Conversation, Exchange
from bot.evaluation.wording import adult_wording
from conversations.identification import AGE_KINDS, Kind, Outcome, identify
from conversations.slots import AgeBand, Answers, Slot
from conversations.turns import Content

FIELDS = ("carer", "kinds", "area", "hours", "reason_not")
CHILD = 18  # years
NEVER_ASKED = "(never asked)"


@dataclass(frozen=True)
class Wrong:
    """One thing that came out wrong: the state in which it went wrong, and what the person had written there."""

    field: str
    expected: str
    got: str
    state: str
    said: str


@dataclass(frozen=True)
class Judged:
    """A conversation against what its persona expects."""

    conversation: Conversation
    right: frozenset[str]  # of FIELDS; none where no outcome was reached
    wrong: tuple[Wrong, ...]
    under_18: bool
    as_adult: tuple[str, ...]  # how somebody under 18 was treated as an adult

    @property
    def reached(self) -> bool:
        return self.conversation.outcome is not None

    @property
    def exactly_right(self) -> bool:
        return len(self.right) == len(FIELDS)


@dataclass(frozen=True)
class Item:
    """Something that an outcome says, the part of the answers that it rests on, and the slots that ask for it."""

    field: str
    expected: str
    got: str
    rests_on: Callable[[Answers], object]
    slots: tuple[Slot, ...]


def judge(content: Content, conversation: Conversation) -> Judged:
    persona, outcome = conversation.persona, conversation.outcome
    under_18 = is_under_18(persona)
    return Judged(
        conversation=conversation,
        right=frozenset(field for field in FIELDS if outcome and getattr(outcome, field) == expected(persona, field)),
        wrong=tuple(_wrong(conversation, outcome)) if outcome else (),
        under_18=under_18,
        as_adult=tuple(dict.fromkeys(_as_adult(content, conversation))) if under_18 else (),
    )


def expected(persona: Persona, field: str) -> Any:
    return getattr(persona.expected, field)


def is_under_18(persona: Persona) -> bool:
    """By their kind; of those who are no carers by the first number that they give as their age."""
    years = re.search(r"\d+", persona.answers.get(Slot.AGE.value, ("",))[0])
    return Kind.YOUNG in persona.expected.kinds or (years is not None and int(years[0]) < CHILD)


def _wrong(conversation: Conversation, outcome: Outcome) -> Iterator[Wrong]:
    for item in _items(conversation.persona, outcome):
        if item.expected != item.got:
            exchange = _misread(conversation, item)
            state, said = (exchange.state, exchange.message.text) if exchange else (NEVER_ASKED, "")
            yield Wrong(item.field, item.expected, item.got, state, said)


def _items(persona: Persona, outcome: Outcome) -> Iterator[Item]:
    """What can be wrong. Where it is wrong who is a carer, the rest follows from that and is not blamed on anything."""
    wanted = persona.expected
    if wanted.carer != outcome.carer or wanted.reason_not != outcome.reason_not:
        who = _who(wanted.carer, wanted.reason_not), _who(outcome.carer, outcome.reason_not)
        yield Item("carer", *who, _why, WHETHER_A_CARER)
        return
    yield Item("area", wanted.area, outcome.area, lambda a: (a.place, a.place_between), (Slot.PLACE,))
    yield Item("hours", wanted.hours, outcome.hours, lambda a: a.hours, (Slot.HOURS,))
    yield Item("age", _ages(wanted.kinds), _ages(outcome.kinds), lambda a: a.age, (Slot.AGE,))
    for kind, rests_on, slots in KINDS:
        yield Item(kind, _yes(kind in wanted.kinds), _yes(kind in outcome.kinds), rests_on, slots)


KINDS: tuple[tuple[Kind, Callable[[Answers], object], tuple[Slot, ...]], ...] = (
    (Kind.PARENT, lambda a: (a.who, a.child_under_18), (Slot.WHO, Slot.WHY)),
    (Kind.WORKING, lambda a: a.work, (Slot.WORK,)),
    (Kind.MULTIPLE, lambda a: (a.several, a.caring_now), (Slot.WHO,)),
    (Kind.FORMER, lambda a: (a.former, a.caring_now), (Slot.HELPS_SOMEONE, Slot.WHO, Slot.TASKS)),
)


WHETHER_A_CARER = (Slot.HELPS_SOMEONE, Slot.TASKS, Slot.COULD_COPE_WITHOUT, Slot.WHY, Slot.PAID)


def _why(answers: Answers) -> object:
    return identify(answers).reason_not


def _who(carer: bool, reason: str | None) -> str:
    return "carer" if carer else str(reason)


def _ages(kinds: frozenset[Kind]) -> str:
    return "+".join(sorted(kinds & AGE_KINDS)) or "none"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _misread(conversation: Conversation, item: Item) -> Exchange | None:
    """The last exchange that changed what the item rests on; or else the last that asked for it, in vain."""
    before: object = item.rests_on(Answers())
    found: Exchange | None = None
    for exchange in conversation.exchanges:
        now = item.rests_on(exchange.answers)
        found, before = (exchange if now != before else found), now
    asked = [exchange for exchange in conversation.exchanges if exchange.slot in item.slots and not exchange.vague]
    return found or (asked[-1] if asked else None)


def _as_adult(content: Content, conversation: Conversation) -> Iterator[str]:
    """Every way in which somebody under 18 was taken for an adult."""
    outcome = conversation.outcome
    if outcome is not None and outcome.carer and (outcome.kinds & AGE_KINDS) != {Kind.YOUNG}:
        yield f"the outcome is {_ages(outcome.kinds)}"
    known = False
    for exchange in conversation.exchanges:
        known = known or exchange.answers.age is AgeBand.YOUNG or (exchange.slot is Slot.AGE and not exchange.vague)
        if known and (words := adult_wording(content, exchange)) is not None:
            yield f"{exchange.done.session.state if exchange.done.session else '-'}: {words}"
