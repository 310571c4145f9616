"""Labelled personas, each talking with the bot until the self-check comes to an outcome, or for too long."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.evaluation.files import VAGUE, Persona
from conversations.engine import step
from conversations.identification import Outcome
from conversations.models import FoundKind, InboundMessage, Session, Step
from conversations.slots import Answers, Slot
from conversations.turns import Content

MOST_TURNS = 25
TURN = timedelta(minutes=1)
LEADS_ON = "1"  # the menu's first choice starts the check, and in other states too 1 leads on
AFTER_DANGER = "something else"  # whoever was misread as in danger goes on with what they came for


@dataclass(frozen=True)
class Exchange:
    """One message and its reply. `slot` is what the bot had asked for, `state` where the session stood before."""

    message: InboundMessage
    slot: Slot | None
    vague: bool
    state: str
    done: Step

    @property
    def answers(self) -> Answers:
        """What the bot knows after it."""
        return self.done.session.answers if self.done.session else Answers()


@dataclass(frozen=True)
class Conversation:
    """One persona's talk. Draw 0 gives the first variant everywhere, other draws give them in an order of their own.

    `plain_messages` is how many bot messages the outcome takes without the vague answer; None if it is not reached.
    """

    persona: Persona
    draw: int
    exchanges: tuple[Exchange, ...]
    plain_messages: int | None

    @property
    def outcome(self) -> Outcome | None:
        return self.exchanges[-1].done.outcome

    @property
    def bot_messages(self) -> int:
        return _messages(self.exchanges)

    @property
    def re_asks(self) -> int:
        """How often a slot was asked for again that the person had answered, and not vaguely."""
        answered: set[Slot] = set()
        count = 0
        for exchange in self.exchanges:
            if exchange.slot is not None and not exchange.vague:
                answered.add(exchange.slot)
            count += exchange.done.asks in answered and exchange.done.asks is not Slot.OPENING
        return count


def converse(content: Content, persona: Persona, draw: int, seed: int, at: datetime) -> Conversation:
    """Play one draw. Once, in place of a slot that they are asked for, they say nothing to the point, if they can."""
    chance = random.Random(f"{seed} {persona.id} {draw}")  # noqa: S311 - the same conversation each time
    words = {slot: _in_order(variants, draw, chance) for slot, variants in sorted(persona.answers.items())}
    plainly = tuple(_exchanges(content, persona, words, None, at))
    plain_messages = _messages(plainly) if plainly[-1].done.outcome else None
    asked = sorted({exchange.slot for exchange in plainly if exchange.slot is not None} - {Slot.OPENING})
    if VAGUE not in words or not asked:
        return Conversation(persona, draw, plainly, plain_messages)
    exchanges = tuple(_exchanges(content, persona, words, chance.choice(asked), at))
    return Conversation(persona, draw, exchanges, plain_messages)


def _messages(exchanges: tuple[Exchange, ...]) -> int:
    return sum(len(exchange.done.replies) for exchange in exchanges)


def _in_order(variants: tuple[str, ...], draw: int, chance: random.Random) -> tuple[str, ...]:
    return variants if draw == 0 else tuple(chance.sample(variants, len(variants)))


def _exchanges(
    content: Content, persona: Persona, words: Mapping[str, tuple[str, ...]], vague_at: Slot | None, at: datetime
) -> Iterator[Exchange]:
    session, slot = Session(), Slot.OPENING
    said: dict[Slot, int] = {}
    asked: Slot | None = slot
    done: Step | None = None
    for turn in range(MOST_TURNS):
        is_vague = asked is not None and asked is vague_at
        if is_vague:
            text, vague_at = words[VAGUE][0], None
        else:
            text = next_words(words, asked, said, done)
        message = InboundMessage(text, persona.channel, at + turn * TURN)
        done = step(content, session, message)
        yield Exchange(message, asked, is_vague, session.state, done)
        if done.outcome is not None:
            return
        # Written to JSON and read again, as the store does between every two turns.
        session = Session() if done.session is None else Session.model_validate_json(done.session.model_dump_json())
        asked = None if done.asks is Slot.OPENING else done.asks


def next_words(
    words: Mapping[str, tuple[str, ...]], asked: Slot | None, said: dict[Slot, int], last: Step | None
) -> str:
    """The next variant for the slot, the last one again and again; what leads on where nothing is asked.

    `last` is what the bot said last, if anything.
    """
    if asked is None:
        return AFTER_DANGER if last is not None and last.found.kind is FoundKind.URGENT else LEADS_ON
    variants = words.get(asked.value) or words.get(VAGUE) or (LEADS_ON,)
    at = said.get(asked, 0)
    said[asked] = at + 1
    return variants[min(at, len(variants) - 1)]
