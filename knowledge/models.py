"""What the knowledge base is made of. Everything is frozen: a change is a new load.

Terms follow docs/editing.md: an entry answers one topic; an ask is one way of putting the question; a service is an
organisation's help, with its phone in one place; a role is "whoever does this here"; a rate is a figure with dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Area(StrEnum):
    """The three councils whose people the service is for."""

    LEICESTER = "leicester"
    LEICESTERSHIRE = "leicestershire"
    RUTLAND = "rutland"


class Audience(StrEnum):
    EVERYONE = "everyone"
    YOUNG = "young"  # under 18, in wording of their own
    BEREAVED = "bereaved"  # whose person has died, where the topic's answer for everyone would also speak of the living


class Confidence(StrEnum):
    """How sure the sources are. Low is never shown to a carer."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$")]
WebAddressOrNothing = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/]+\.[^\s]+)?$")]


class Content(BaseModel):
    """A piece of a content file: no unknown fields, no change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Content):
    """Where a statement comes from. `says` and `seen` tell a reviewer what stood there, and how old it was."""

    url: WebAddressOrNothing = ""
    name: str = ""
    areas: tuple[Area, ...] = ()  # shown only to people there; empty means everyone
    says: str = ""
    seen: str = ""
    kind: str = ""


class Topic(Content):
    id: Text
    group: Text
    title: Text
    covers: Text


class Service(Content):
    """One organisation's help. A number, e-mail or web address stands here and nowhere else."""

    id: Text
    file: str = ""  # in which it stands
    organisation: Text
    name: Text
    does: Text
    for_whom: str = ""
    areas: tuple[Area | Literal["national"], ...] = Field(min_length=1)
    topics: tuple[str, ...] = ()
    phone: str = ""
    phone_of: str = ""
    text: str = ""
    email: str = ""
    web: WebAddressOrNothing = ""
    address: str = ""
    hours: str = ""
    cost: str = ""
    how: str = ""
    confidence: Confidence
    checked: date
    checked_by: str = ""
    review_by: date
    sources: tuple[Source, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether a carer may be shown it (design: low confidence never is)."""
        return self.confidence is not Confidence.LOW


class Role(Content):
    """Who does a thing in each area, best first. The first publishable one is shown."""

    id: Text
    title: Text
    leicester: tuple[str, ...] = Field(min_length=1)
    leicestershire: tuple[str, ...] = Field(min_length=1)
    rutland: tuple[str, ...] = Field(min_length=1)
    elsewhere: tuple[str, ...] = Field(min_length=1)

    def candidates(self, area: Area | None) -> tuple[str, ...]:
        """Service ids for this area, or for someone whose area is not known."""
        ids: tuple[str, ...] = getattr(self, area.value if area else "elsewhere")
        return ids


class Closed(Content):
    """A service that has ended, moved or changed its name, so that nobody brings it back."""

    id: Text
    name: Text
    replaced_by: Text
    source: WebAddress


class RateValue(Content):
    value: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    valid_from: date
    valid_to: date
    confidence: Confidence
    checked: date
    sources: tuple[Source, ...] = Field(min_length=1)


class Rate(Content):
    """A figure that changes by year."""

    id: Text
    title: Text
    unit: Literal["pounds a week", "pounds a month", "pounds an hour", "pounds an item", "pounds", "years"]
    topics: tuple[str, ...] = ()
    values: tuple[RateValue, ...] = Field(min_length=1)


class ByArea(Content):
    """A piece of a text that differs by area. `elsewhere` is for someone whose area is not known."""

    leicester: Text
    leicestershire: Text
    rutland: Text
    elsewhere: Text

    def for_area(self, area: Area | None) -> str:
        piece: str = getattr(self, area.value if area else "elsewhere")
        return piece


class Shorts(Content):
    """Short answers of their own for some areas."""

    leicester: str = ""
    leicestershire: str = ""
    rutland: str = ""
    elsewhere: str = ""


class Entry(Content):
    """One topic's answer, for everyone or in young people's own wording. `body` is the text below the front matter."""

    file: Text
    topic: Text
    audience: Audience
    title: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    asks: tuple[Text, ...] = Field(min_length=1)
    short: Text
    checked: date
    review_by: date
    sources: tuple[Source, ...] = Field(min_length=1)
    here: ByArea | None = None
    shorts: Shorts = Shorts()
    body: Text

    def short_for(self, area: Area | None) -> str:
        own: str = getattr(self.shorts, area.value if area else "elsewhere")
        return own or self.short


@dataclass(frozen=True)
class KnowledgeBase:
    """All that is known, by id. Entries by topic and audience."""

    topics: Mapping[str, Topic]
    services: Mapping[str, Service]
    roles: Mapping[str, Role]
    rates: Mapping[str, Rate]
    entries: Mapping[tuple[str, Audience], Entry]
    closed: Mapping[str, Closed] = field(default_factory=dict)

    def entry(self, topic: str, audience: Audience = Audience.EVERYONE) -> Entry | None:
        """The topic's entry in this audience's wording, or else everyone's."""
        return self.entries.get((topic, audience)) or self.entries.get((topic, Audience.EVERYONE))


@dataclass(frozen=True)
class Answer:
    """The matcher is sure: one topic. `confidence` is between 0 and 1."""

    topic: str
    confidence: float


@dataclass(frozen=True)
class Choices:
    """The matcher is not sure: up to three topics to choose from, best first."""

    topics: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """Honestly nothing. `far_off`: it is most likely about something that we do not cover at all."""

    far_off: bool = False


Match = Answer | Choices | Nothing
