"""The urgent replies, with placeholders for phone numbers. They are read at the start: giving one needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conversations.safety.models import Risk
from knowledge.models import Area, Content, Source, Text


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
