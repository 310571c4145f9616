"""The code with which a person comes: it goes into the session as their source, and out of the message.

The first code is kept: a conversation and what comes of it are then counted under one source, and nobody is counted for
two posters. Whoever writes without a code first may still send it later.
"""

from dataclasses import replace

from conversations.interrupts import Interrupt, read_interrupt
from conversations.models import InboundMessage, MessageKind, Session
from conversations.safety import assess
from conversations.sources import OTHER, Arrival, read_keyword, read_link
from conversations.turns import Content
from knowledge.models import Audience, Nothing


def arrive(content: Content, session: Session, message: InboundMessage) -> tuple[Session, InboundMessage]:
    """The session with its source, and the message without the code: START, if it says nothing else."""
    control = read_interrupt(message.text, content.flows.interrupts)
    if message.kind is not MessageKind.TEXT or control is not None:
        return session, message
    arrival = read_link(message.text, content.flows.sources)
    if arrival is None and not session.stopped:  # a Telegram link is a start, and brings back; a keyword does not
        arrival = read_keyword(message.text, content.flows.sources)
        arrival = arrival if arrival is not None and _is_meant(content, session, arrival) else None
    if arrival is None:
        return session, message
    arrived = session.model_copy(update={"source": session.source or arrival.source})
    if assess(message.text, content.safety) is not None:  # danger is read in the whole of what was written
        return arrived, message
    return arrived, replace(message, text=arrival.rest or Interrupt.START.value)


def _is_meant(content: Content, session: Session, arrival: Arrival) -> bool:
    """Whether this is no ordinary message: "care worker" may answer a question, "care fees" may ask one."""
    if arrival.source not in {"", OTHER}:
        return True
    if session.state in content.flows.states:
        return False
    if not arrival.unknown or content.places.find(arrival.unknown, asked=True) is not None:
        return True
    words = f"{content.flows.sources.words.opening} {arrival.unknown}".lower()
    return isinstance(content.matcher.search(words, None, Audience.EVERYONE), Nothing)
