"""The urgent replies. Filled with phone numbers once, at start: giving one needs no file, no database and no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from conversations.safety.models import Risk
from knowledge.models import Area, Content, Source, Text

AREAS: tuple[Area | None, ...] = (*Area, None)


class Here(Content):
    """The piece of a reply that differs by area. `elsewhere` is for those whose area is not known."""

    leicester: Text
    leicestershire: Text
    rutland: Text
    elsewhere: Text

    def for_area(self, area: Area | None) -> str:
        text: str = getattr(self, area.value if area else "elsewhere")
        return text


class ReplyText(Content):
    """One reply for one audience, with placeholders; `{here}` stands for the area's piece."""

    text: Text
    here: Here | None = None

    def for_area(self, area: Area | None) -> str:
        return self.text.replace("{here}", self.here.for_area(area)) if self.here else self.text


class UrgentReply(Content):
    """What is said when one risk is heard, to adults and to under-18s."""

    adult: ReplyText
    young: ReplyText
    sources: tuple[Source, ...]
    checked: date
    review_by: date

    def for_person(self, *, young: bool, area: Area | None) -> str:
        return (self.young if young else self.adult).for_area(area)


@dataclass(frozen=True)
class Replies:
    """One reply a risk, and the caring line that meets the message after one."""

    urgent: Mapping[Risk, UrgentReply]
    next_message: UrgentReply

    def filled(self, fill: Callable[[str, Area | None], str]) -> "FilledReplies":
        """Every text with its numbers in it. `fill` puts in those of one area; what it raises is raised here."""
        people = [(young, area) for young in (False, True) for area in AREAS]
        return FilledReplies(
            urgent={
                (risk, young, area): fill(reply.for_person(young=young, area=area), area)
                for risk, reply in self.urgent.items()
                for young, area in people
            },
            next_message={
                (young, area): fill(self.next_message.for_person(young=young, area=area), area)
                for young, area in people
            },
        )


@dataclass(frozen=True)
class FilledReplies:
    """Replies as they are sent."""

    urgent: Mapping[tuple[Risk, bool, Area | None], str]
    next_message: Mapping[tuple[bool, Area | None], str]
