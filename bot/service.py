"""The one path of a message, whichever way it came in: claim, load, step, save, count, reply, in one transaction."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from bot.identity import claim_key, person_key
from bot.partners.tables import cells_for
from bot.storage import Play, Played, Store, StoreError
from conversations.engine import step, urgent_reply
from conversations.models import Choice, InboundMessage, Reply, Session, Step
from conversations.sms import plain
from conversations.turns import Content, Turn

log = logging.getLogger("bot.service")


@dataclass(frozen=True)
class Service:
    """Everything a way in needs: hand it a message, send what comes back."""

    content: Content
    store: Store
    secret: str
    observe: Callable[[Step], object] | None = None  # sees every step played: for the terminal's JSON

    async def take(self, address: str, message_id: str, message: InboundMessage) -> tuple[Reply, ...]:
        """Take one person's turn. A second delivery of `message_id` gets the same replies and counts nothing.

        With the store failing, danger is still answered; anything else gets an apology that names 999 and asks to try
        again. To be silent and let the provider deliver again would help nobody: by SMS it does not.
        """
        person = person_key(self.secret, message.channel, address)
        claim = claim_key(self.secret, message.channel, message_id)
        try:
            return read_replies(await self.store.turn(person, claim, message.received_at, self.play(message)))
        except StoreError as error:
            log.exception("turn lost", exc_info=error)
            return self._without_store(message)

    def play(self, message: InboundMessage) -> Play:
        """The turn as the store plays it: JSON in, JSON and cells out."""

        def play(data: str | None) -> Played:
            done = step(self.content, load_session(data), message)
            if self.observe:
                self.observe(done)
            return played(done, message)

        return play

    def _without_store(self, message: InboundMessage) -> tuple[Reply, ...]:
        urgent = urgent_reply(self.content, Session(), message)
        if urgent is not None:
            return urgent.replies
        turn = Turn(self.content, Session(), message, Session().answers)
        text = turn.say(self.content.flows.phrases.trouble)
        return (Reply(plain(text) if turn.sms else text),)


def load_session(data: str | None) -> Session:
    """The stored session; a new one where there is none or it cannot be read any more."""
    if data is None:
        return Session()
    try:
        return Session.model_validate_json(data)
    except ValidationError:
        log.warning("a stored session could not be read; it begins again")
        return Session()


def dump_session(session: Session) -> str:
    return session.model_dump_json(exclude_defaults=True)


def write_replies(replies: tuple[Reply, ...]) -> str:
    """Replies as JSON, to be kept on the claim."""
    return json.dumps(
        [{"text": r.text, "choices": [[c.key, c.label, c.button] for c in r.choices]} for r in replies],
        ensure_ascii=False,
    )


def read_replies(data: str) -> tuple[Reply, ...]:
    return tuple(Reply(r["text"], tuple(Choice(*choice) for choice in r["choices"])) for r in json.loads(data))


def played(done: Step, message: InboundMessage) -> Played:
    """What a step leaves behind in the store."""
    session = None if done.session is None else dump_session(done.session)
    cells = tuple(cell for event in done.events for cell in cells_for(event, message.received_at))
    return Played(session, write_replies(done.replies), cells)
