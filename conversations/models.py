"""What goes into a turn and what comes out of it. All frozen; a session is plain JSON between turns."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from conversations.events import Event, EventName
from conversations.identification import Outcome
from conversations.slots import Answers, Slot

NEW = "new"  # the state of somebody who has not written before


class Channel(StrEnum):
    SMS = "sms"
    TELEGRAM = "telegram"


class MessageKind(StrEnum):
    TEXT = "text"
    BUTTON = "button"
    MEDIA = "media"  # a photo, voice message, sticker: nothing that we can read
    EDITED = "edited"  # an earlier message, changed: read for danger alone


@dataclass(frozen=True)
class InboundMessage:
    """One message from a person. `text` is read and forgotten; `button` is the data of a pressed button.

    `handled_by_provider` is set when the SMS provider has answered the message itself (its OptOutType): to what it took
    the message for, "STOP", "START" or "HELP".
    """

    text: str
    channel: Channel
    received_at: datetime
    kind: MessageKind = MessageKind.TEXT
    button: str = ""
    handled_by_provider: str = ""


@dataclass(frozen=True)
class Choice:
    """One way on: the number that chooses it, its words, and what a button of it sends back."""

    key: str
    label: str
    button: str = ""


@dataclass(frozen=True)
class Reply:
    """One message to a person, complete: `text` already holds the numbered choices."""

    text: str
    choices: tuple[Choice, ...] = ()


class FoundKind(StrEnum):
    ANSWER = "answer"
    CHOICES = "choices"
    NOTHING = "nothing"
    SMALLTALK = "smalltalk"
    URGENT = "urgent"
    CONTROL = "control"
    CHECK = "check"


@dataclass(frozen=True)
class Found:
    """What kind of reply a message got. `topics` is best first, of an answer or of choices."""

    kind: FoundKind
    topics: tuple[str, ...] = ()
    risk: str = ""


class Session(BaseModel):
    """All that is kept of a conversation: where it stands, and values of closed lists. No words of the person's.

    A session survives a change of flow files: an unknown `state` begins again, politely.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    state: str = NEW
    trail: tuple[str, ...] = ()  # the states before this one, for "back"
    tries: int = 0
    unsure: bool = False  # has said "I don't know" in this check
    answers: Answers = Answers()
    outcome: Outcome | None = None
    topic: str = ""  # what was answered last, for "more"
    page: int = 0
    offered: tuple[str, ...] = ()  # topics behind the numbers of the last reply
    resume: str = ""  # the question to go back to after an answer in between
    counted: frozenset[EventName] = frozenset()
    stopped: bool = False
    source: str = ""
    last_seen: date | None = None


@dataclass(frozen=True)
class Step:
    """The outcome of one turn. `session` None means: forget this person. No replies means: stay silent."""

    session: Session | None
    replies: tuple[Reply, ...]
    events: tuple[Event, ...]
    found: Found
    asks: Slot | None = None
    outcome: Outcome | None = None  # only on the turn that reaches it
