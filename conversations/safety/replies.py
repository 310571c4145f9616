"""The urgent replies, read once at start: giving one needs no file and no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conversations.safety.models import Risk
from knowledge.models import Area, ByArea, Content, Source, Text


class ReplyText(Content):
    """One reply for one audience, with placeholders; `{here}` stands for the area's piece."""

    text: Text
    here: ByArea | None = None

    def for_area(self, area: Area | None) -> str:
        return self.text.replace("{here}", self.here.for_area(area)) if self.here else self.text


class Spoken(Content):
    """What is said to adults, and to under-18s."""

    adult: ReplyText
    young: ReplyText
    sources: tuple[Source, ...]
    checked: date
    review_by: date

    def for_person(self, *, young: bool, area: Area | None) -> str:
        return (self.young if young else self.adult).for_area(area)


class Numbers(Content):
    """Whom to ring, in short. `{here}` stands for the same piece as in the whole reply."""

    adult: Text
    young: Text


class UrgentReply(Spoken):
    """What is said when one risk is heard; and the numbers of it, for when they are asked for again."""

    numbers: Numbers

    def numbers_for(self, *, young: bool, area: Area | None) -> str:
        whole, text = (self.young, self.numbers.young) if young else (self.adult, self.numbers.adult)
        return ReplyText(text=text, here=whole.here).for_area(area)


@dataclass(frozen=True)
class Replies:
    """One reply a risk; the caring line that meets the message after one; and that which meets news of help."""

    urgent: Mapping[Risk, UrgentReply]
    next_message: Spoken
    help_has_come: Spoken

    def texts(self, *, young: bool, area: Area | None) -> Mapping[str, str]:
        """Everything that is said after danger was told of, by its name in replies.toml."""
        whole = {risk.value: reply.for_person(young=young, area=area) for risk, reply in self.urgent.items()}
        numbers = {f"{risk}.numbers": reply.numbers_for(young=young, area=area) for risk, reply in self.urgent.items()}
        then = {"next_message": self.next_message, "help_has_come": self.help_has_come}
        return {**whole, **numbers, **{name: said.for_person(young=young, area=area) for name, said in then.items()}}
