"""The made-up people as editors keep them in people.toml: what kinds there are, what they write, and when they come."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bot.evaluation.files import VAGUE
from conversations.flows import Flows
from conversations.slots import Place, Slot
from conversations.sources import DIRECT, Sources
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.models import Content, Text

FILE = Path(__file__).parent / "people.toml"

Percent = Annotated[int, Field(ge=0, le=100)]
Share = Annotated[int, Field(ge=1)]
Said = Annotated[tuple[Text, ...], Field(min_length=1)]
DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Habits(Content):
    """What people do, in so many of a hundred; and the words for it."""

    telegram: Percent
    leaves: Percent
    skips: Percent
    asks: Annotated[Percent, Field(lt=100)]
    more: Percent
    returns: Percent
    tells: Percent
    helped: Percent
    danger: Percent
    stops: Percent
    skip: Said
    stop: Said
    questions: Said
    beyond: Said
    danger_said: Said


class Growth(Content):
    """How busy a day is, by its month and weekday. Hours are those of Leicester."""

    a_month: float = Field(gt=0, le=10)
    weekdays: tuple[float, float, float, float, float, float, float]
    first_hour: int = Field(ge=0, le=22)
    last_hour: int = Field(ge=0, le=22)


class Season(Content):
    """Days of every year, "12-22" to "01-02", that are so many `times` as busy. What is above 1 comes by its source."""

    name: Text
    from_: DayOfYear = Field(alias="from")
    to: DayOfYear
    times: float = Field(gt=0)
    source: str = ""
    people: str = ""


class Town(Content):
    """How people of one area say where they are."""

    area: Place
    share: Share
    said: Said


class Group(Content):
    """One kind of people: how many, and what each of them may write."""

    name: Text
    share: Share
    carer: bool = False
    telegram: Percent | None = None
    leaves: Percent | None = None
    sources: Mapping[str, Share] | None = None
    opening: Said
    helps_someone: Said
    tasks: Said
    could_cope_without: Said
    age: Said
    who: Said
    why: Said
    paid: Said
    hours: Said
    work: Said
    questions: Said

    def answers(self, place: Town) -> dict[str, tuple[str, ...]]:
        """What they may write, by slot, as a labelled persona's answers are kept."""
        own = {slot.value: getattr(self, slot.value) for slot in Slot if slot is not Slot.PLACE}
        return {**own, Slot.PLACE.value: place.said, VAGUE: self.questions}


class Cast(Content):
    """Everybody who may come."""

    habits: Habits
    growth: Growth
    seasons: tuple[Season, ...] = ()
    places: tuple[Town, ...] = Field(min_length=1)
    sources: Mapping[str, Share]
    people: tuple[Group, ...]


def load_cast(flows: Flows, path: Path = FILE) -> Cast:
    """Read the people. Raises ContentError with every fault, a source that is not in sources.toml among them."""
    name = f"bot/simulation/{path.name}"
    faults: list[Fault] = []
    data = read_toml(path, name, faults)
    try:
        cast = Cast.model_validate(data)
    except ValidationError as error:
        raise ContentError((*faults, *model_faults(error, name))) from None
    faults += _faults(cast, flows.sources, name)
    if faults:
        raise ContentError(tuple(faults))
    return cast


def _faults(cast: Cast, sources: Sources, file: str) -> Iterator[Fault]:
    groups = {group.name for group in cast.people if group.carer}
    if not groups:
        yield Fault(file, "people", "There is no carer among them.", "Write carer = true in one of them.")
    named = [*cast.sources, *(source for group in cast.people for source in group.sources or ())]
    for source in dict.fromkeys((*named, *(season.source for season in cast.seasons if season.source))):
        if source != DIRECT and source not in sources.sources:
            yield Fault(file, "sources", f"There is no source {source!r}.", "Use a name from flows/sources.toml.")
    for season in cast.seasons:
        if season.people and season.people not in groups:
            yield Fault(
                file, "seasons", f"There are no carers called {season.people!r}.", "Use a name from [[people]]."
            )
