"""The terminal: one person's talk, line by line; or one JSON object a line, for editors' own test files."""

import json
import sys
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from bot.channels import Take, now
from conversations.models import Channel, InboundMessage, MessageKind, Reply, Step
from conversations.slots import Place
from conversations.sms import cost

RULE = "-" * 48


class TerminalChannel:
    """Reads lines and writes replies, through the same service as any other way in."""

    def __init__(self, take: Take, channel: Channel) -> None:
        self._take = take
        self._channel = channel
        self._person = uuid.uuid4().hex

    def new_person(self) -> None:
        """From now on somebody else is writing."""
        self._person = uuid.uuid4().hex

    async def say(self, text: str) -> tuple[Reply, ...]:
        message = InboundMessage(text, self._channel, now(), MessageKind.TEXT)
        return await self._take(f"terminal:{self._person}", uuid.uuid4().hex, message)


def lines(stream: BinaryIO, *, prompt: bool) -> Iterator[str]:
    """The lines of a stream of bytes; what is not UTF-8 comes as the replacement character."""
    while True:
        if prompt:
            sys.stdout.write("you> ")
            sys.stdout.flush()
        line = stream.readline()
        if not line:
            return
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def as_text(replies: Iterable[Reply], channel: Channel) -> str:
    """Replies as a person at a terminal reads them: with buttons or what the text cost."""
    blocks = []
    for reply in replies:
        price = cost(reply.text)
        buttons = "  ".join(f"[{choice.label}]" for choice in reply.choices)
        paid = f"({price.segments} segments, {price.units} units, {price.encoding})"
        foot = paid if channel is Channel.SMS else buttons
        blocks.append("\n".join(line for line in (reply.text, foot, RULE) if line))
    return "\n".join(blocks) or f"(no reply)\n{RULE}"


def as_json(replies: Iterable[Reply], step: Step) -> str:
    """One turn as one line of JSON."""
    return json.dumps(
        {
            "replies": [_reply(reply) for reply in replies],
            "asks": step.asks.value if step.asks else None,
            "found": {
                "kind": step.found.kind.value,
                "topics": list(step.found.topics),
                "risk": step.found.risk or None,
                "area": _area(step),
            },
            "outcome": step.outcome.as_data() if step.outcome else None,
            "events": [{"name": event.name.value, **event.dimensions()} for event in step.events],
        },
        ensure_ascii=False,
    )


def _reply(reply: Reply) -> dict[str, Any]:
    price = cost(reply.text)
    return {
        "text": reply.text,
        "choices": [{"key": choice.key, "label": choice.label} for choice in reply.choices],
        "segments": price.segments,
        "encoding": price.encoding.value,
    }


def _area(step: Step) -> str | None:
    place = step.session.answers.place if step.session else None
    return place.value if place and place is not Place.UNKNOWN else None
