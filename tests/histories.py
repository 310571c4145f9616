"""Simulated people and the releases that would have been made of them: sparse, busy, spiky, one child in Rutland."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from bot.cells import Cell
from bot.partners.models import Release
from bot.partners.releases import Publisher
from bot.partners.tables import Lists, cells_for
from conversations.events import Event, EventName
from conversations.identification import Kind, Stage
from conversations.models import Channel
from conversations.slots import HoursBand, Place

LISTS = Lists(("friend", "gp-practices", "pharmacies", "schools", "libraries"), ("getting-a-break",))
AREAS = dict(zip(Place, (35, 40, 3, 5, 17), strict=True))
AGES = {Kind.YOUNG: 7, Kind.YOUNG_ADULT: 8, Kind.ADULT: 50, Kind.OLDER: 25, None: 10}
SOURCES = dict(zip((*LISTS.sources, "", "long-gone"), (6, 12, 6, 4, 2, 65, 5), strict=True))
FIRST = date(2025, 1, 1)


@dataclass(frozen=True)
class Person:
    """Somebody whom the service identified."""

    day: date
    event: Event

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(12), UTC)


@dataclass(frozen=True)
class History:
    """What truly happened, and what was issued of it."""

    kind: str
    people: tuple[Person, ...]
    cells: Counter[Cell]
    releases: tuple[Release, ...]


def person(chance: Random, day: date, **given: Any) -> Person:
    """Somebody by the rules of the self-check: no parent carer is under 18; former carers were told by the stem."""
    age = _one(chance, AGES)
    stage = chance.choice((Stage.STEM, Stage.STEM, Stage.TASKS))
    kinds = [
        *([age] if age else []),
        *([Kind.PARENT] if age is not Kind.YOUNG and chance.random() < 0.15 else []),
        *([Kind.FORMER] if stage is Stage.STEM and chance.random() < 0.1 else []),
        *(kind for kind in (Kind.WORKING, Kind.MULTIPLE) if chance.random() < 0.3),
    ]
    values: dict[str, Any] = {
        "channel": chance.choice(list(Channel)).value,
        "source": _one(chance, SOURCES),
        "area": _one(chance, AREAS),
        "kinds": tuple(kinds),
        "hours": chance.choice(list(HoursBand)),
        "stage": stage,
    }
    return Person(day, Event(EventName.IDENTIFIED, **{**values, **given}))


def _one(chance: Random, weights: Mapping[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]


def sparse(chance: Random, day: date) -> list[Person]:
    return [person(chance, day) for _ in range(chance.random() < 0.4)]


def busy(chance: Random, day: date) -> list[Person]:
    return [person(chance, day) for _ in range(chance.randint(1, 9))]


def spiky(chance: Random, day: date) -> list[Person]:
    """A poster in one council's area, now and then, and hardly anybody in between."""
    week = Random(day.isocalendar()[1])  # noqa: S311 - not for secrets
    area = week.choice(list(Place))
    crowd = chance.randint(2, 12) if week.random() < 0.25 else 0
    return sparse(chance, day) + [person(chance, day, area=area, source="schools") for _ in range(crowd)]


def lone_child(chance: Random, day: date) -> list[Person]:
    """One child in Rutland, on a day in the middle of each quarter, among grown-ups from elsewhere."""
    people = [
        person(chance, day, area=chance.choice((Place.LEICESTER, Place.LEICESTERSHIRE)))
        for _ in range(chance.randint(0, 4))
    ]
    grown = [p for p in people if Kind.YOUNG not in p.event.kinds]
    child = person(chance, day, area=Place.RUTLAND, kinds=(Kind.YOUNG,), source="schools")
    return [*grown, child] if (day.month % 3, day.day) == (2, 11) else grown


KINDS: dict[str, Callable[[Random, date], list[Person]]] = {
    "sparse": sparse, "busy": busy, "spiky": spiky, "lone child": lone_child,
}  # fmt: skip


def history(number: int, days: int | None = None) -> History:
    """The simulated history of this number, always the same: a kind, a first day and a length drawn from the number."""
    chance = Random(number)  # noqa: S311 - the same every time
    kind = list(KINDS)[number % len(KINDS)]
    first = FIRST + timedelta(days=chance.randrange(730))
    length = days or chance.choice((30, 40, 55, 75, 125))
    people = tuple(p for n in range(length) for p in KINDS[kind](chance, first + timedelta(days=n)))
    cells = Counter(cell for p in people for cell in cells_for(p.event, p.at))
    now = datetime.combine(first + timedelta(days=length), time(12), UTC)
    return History(kind, people, cells, releases_of(cells, now, chance))


def releases_of(cells: Counter[Cell], now: datetime, chance: Random, lists: Lists = LISTS) -> tuple[Release, ...]:
    """Every release that is due by `now`, made as the service makes them."""
    publisher = Publisher(lists, chance)
    issued: list[Release] = []
    while release := publisher.next_release(cells, issued, now):
        issued.append(release)
    return tuple(issued)


class Never(Random):
    """Nothing is drawn by lot."""

    def random(self) -> float:
        return 1.0
