"""Who comes on which day and what they will write, drawn beforehand: the same seed gives the same people."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from bot.evaluation.personas import LEADS_ON
from bot.simulation.cast import Cast, Group, Growth, Season, Town
from conversations.models import Channel
from conversations.slots import Slot
from conversations.sources import DIRECT, Sources
from conversations.turns import LONDON

MOST_QUESTIONS = 4
LATEST_RETURN = 60  # days
DAYS_A_MONTH = 365.25 / 12
ENDLESS = 1_000  # messages: more than anybody writes
Drawn = TypeVar("Drawn")


@dataclass(frozen=True)
class Visit:
    """One time that a person writes. `check`: they answer the questions first, up to `patience` messages.

    `answers` holds what they write by slot, the first way first; `then` what they write of their own accord; `helped`
    whether they find that an answer helped, None if they do not say.
    """

    address: str
    number: int
    channel: Channel
    at: datetime
    check: bool
    answers: Mapping[str, tuple[str, ...]]
    then: tuple[str, ...]
    helped: bool | None
    patience: int = ENDLESS


@dataclass(frozen=True)
class Draw:
    """Everything that the drawing needs to know. `last` is the last day."""

    cast: Cast
    sources: Sources
    first: date
    last: date
    seed: int


def draw_visits(draw: Draw, carers: int) -> Iterator[Visit]:
    """The visits of so many carers, and of those who come along and are none, in no order."""
    groups = draw.cast.people
    kinds = [g for g in groups if g.carer], [g for g in groups if not g.carer]
    shares = [sum(group.share for group in kind) for kind in kinds]
    others = round(carers * shares[1] / shares[0])
    days = _days(draw)
    for number in range(carers + others):
        chance = Random(f"{draw.seed} {number}")  # noqa: S311 - nothing here is a secret
        (day,) = chance.choices([day for day, _ in days], [weight for _, weight in days])
        yield from _person(draw, chance, number, day, kinds[number >= carers])


def _days(draw: Draw) -> list[tuple[date, float]]:
    """Every day and how busy it is."""
    days = [draw.first + timedelta(days=n) for n in range((draw.last - draw.first).days + 1)]
    return [(day, busyness(draw.cast.growth, season_of(draw.cast.seasons, day), draw.first, day)) for day in days]


def busyness(growth: Growth, season: Season | None, first: date, day: date) -> float:
    """How many come on this day, beside a usual one at the beginning."""
    grown = math.pow(growth.a_month, (day - first).days / DAYS_A_MONTH)
    return grown * growth.weekdays[day.weekday()] * (season.times if season else 1)


def season_of(seasons: Sequence[Season], day: date) -> Season | None:
    """The season that a day lies in; seasons may go over New Year."""
    at = f"{day:%m-%d}"

    def lies_in(season: Season) -> bool:
        if season.from_ <= season.to:
            return season.from_ <= at <= season.to
        return at >= season.from_ or at <= season.to

    return next((season for season in seasons if lies_in(season)), None)


def _person(draw: Draw, chance: Random, number: int, day: date, groups: Sequence[Group]) -> Iterator[Visit]:
    cast, habits = draw.cast, draw.cast.habits
    season = season_of(cast.seasons, day)
    called = season is not None and bool(season.source) and chance.random() < 1 - 1 / season.times
    wanted = season.people if season and called and groups[0].carer else ""
    group = next((group for group in groups if group.name == wanted), None) or _one(chance, groups, _share)
    town = _one(chance, cast.places, _share)
    telegram = habits.telegram if group.telegram is None else group.telegram
    channel = Channel.TELEGRAM if _happens(chance, telegram) else Channel.SMS
    source = season.source if season and called else _source(draw, chance, group, town)
    patience = next(n for n in range(ENDLESS) if _happens(chance, group.leaves or habits.leaves) or n == ENDLESS - 1)
    stays = Visit(
        address=f"made up {number}",
        number=0,
        channel=channel,
        at=_moment(cast.growth, chance, day),
        check=True,
        answers=_answers(draw, chance, group, town, _code(draw.sources, channel, source)),
        then=_then(cast, chance, group),
        helped=_happens(chance, habits.helped) if _happens(chance, habits.tells) else None,
        patience=patience + 1,
    )
    yield stays
    again = day + timedelta(days=chance.randint(1, LATEST_RETURN))
    if _happens(chance, habits.returns) and again <= draw.last:
        asks = (chance.choice((*group.questions, *habits.questions)),)
        yield replace(stays, number=1, at=_moment(cast.growth, chance, again), check=False, then=asks)


def _answers(draw: Draw, chance: Random, group: Group, town: Town, code: str) -> dict[str, tuple[str, ...]]:
    """What this one person writes, each slot's ways in an order of their own."""
    habits = draw.cast.habits
    drawn = {slot: tuple(chance.sample(said, len(said))) for slot, said in group.answers(town).items()}
    for slot in Slot:
        if slot not in {Slot.OPENING, Slot.HELPS_SOMEONE} and _happens(chance, habits.skips):
            drawn[slot.value] = (chance.choice(habits.skip), *drawn[slot.value])
    return {**drawn, Slot.OPENING.value: (code, *drawn[Slot.OPENING.value])} if code else drawn


def _then(cast: Cast, chance: Random, group: Group) -> tuple[str, ...]:
    """What the person writes when the questions are over."""
    habits = cast.habits
    said = [LEADS_ON] if _happens(chance, habits.more) else []  # "More about this" is the ending's first choice
    while _happens(chance, habits.asks) and len(said) < MOST_QUESTIONS:
        said.append(chance.choice((*group.questions, *group.questions, *habits.questions, *habits.beyond)))
    if _happens(chance, habits.danger):
        said.append(chance.choice(habits.danger_said))
    if _happens(chance, habits.stops):
        said.append(chance.choice(habits.stop))
    return tuple(said)


def _source(draw: Draw, chance: Random, group: Group, town: Town) -> str:
    """By what they came: a poster of another area is not seen."""
    shares = group.sources or draw.cast.sources
    seen = {
        name: share
        for name, share in shares.items()
        if name == DIRECT or draw.sources.sources[name].area in {None, town.area.value}
    }
    (source,) = chance.choices(list(seen), list(seen.values()))
    return source


def _code(sources: Sources, channel: Channel, source: str) -> str:
    """The first message of somebody who came by this source, as posters and links make it; empty for nobody's."""
    if source == DIRECT:
        return ""
    return sources.whole_keyword(source) if channel is Channel.SMS else f"/start {source}"


def _moment(growth: Growth, chance: Random, day: date) -> datetime:
    """A time of this day in Leicester, when people are up; as long as it lasts, a talk ends on the same day."""
    at = time(chance.randint(growth.first_hour, growth.last_hour), chance.randrange(60))
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _share(one: Group | Town) -> int:
    return one.share


def _one(chance: Random, some: Sequence[Drawn], share: Callable[[Drawn], int]) -> Drawn:
    return chance.choices(some, [share(one) for one in some])[0]


def _happens(chance: Random, percent: int) -> bool:
    return chance.random() * 100 < percent
