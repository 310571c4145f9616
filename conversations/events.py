"""The closed list of what may be counted. An event has no room for a person, a time or a word of anybody's."""

from dataclasses import dataclass
from enum import StrEnum

from conversations.identification import Kind, ReasonNot, Stage
from conversations.slots import HoursBand, Place


class EventName(StrEnum):
    CONVERSATION_STARTED = "conversation_started"
    CHECK_STARTED = "check_started"
    IDENTIFIED = "identified"
    NOT_IDENTIFIED = "not_identified"
    ANSWERED = "answered"
    OFFERED = "offered"
    UNANSWERED = "unanswered"
    URGENT_SHOWN = "urgent_shown"
    HELPFUL = "helpful"
    STOPPED = "stopped"


class Helpful(StrEnum):
    """What a person says of an answer."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Event:
    """One thing that happened. Which dimensions are set depends on `name`; each is a closed list.

    An urgent reply is counted by its risk alone: never by area, age or channel.
    """

    name: EventName
    channel: str = ""
    source: str = ""
    area: Place | None = None
    kinds: tuple[Kind, ...] = ()
    hours: HoursBand | None = None
    stage: Stage | None = None
    reason_not: ReasonNot | None = None
    topic: str = ""
    risk: str = ""
    helpful: Helpful | None = None

    def dimensions(self) -> dict[str, str | list[str]]:
        """The dimensions that are set, in plain JSON values."""
        found: dict[str, str | list[str]] = {}
        for field in ("channel", "source", "area", "hours", "stage", "reason_not", "topic", "risk", "helpful"):
            value = getattr(self, field)
            if value:
                found[field] = str(value)
        if self.kinds:
            found["kinds"] = [kind.value for kind in self.kinds]
        return found
