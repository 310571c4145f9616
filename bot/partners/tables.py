"""The table plan: every table that is counted, its period and its dimensions. The store keeps these cells alone.

What is never kept cannot leak. Weeks, months and quarters are those of Europe/London and never overlap.

weekly     identified: all of LLR, and by area
monthly    every measure, and by one dimension
quarterly  identified by two dimensions, among them young carers by area

An urgent reply is counted by its kind of danger and month alone: never by area, age or channel.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from bot.cells import Cell
from bot.partners.disclosure.telling import Link
from bot.partners.periods import Period, period_of
from conversations.events import Event, EventName, Helpful
from conversations.identification import AGE_KINDS, Kind, ReasonNot, Stage
from conversations.models import Channel
from conversations.safety.models import Risk
from conversations.slots import HoursBand, Place
from conversations.sources import DIRECT, OTHER
from conversations.turns import local_day

NOT_TOLD = "unknown"
OVERLAPPING = frozenset({"situation"})  # one person may be counted in several of its values, or in none


@dataclass(frozen=True)
class Table:
    """A table counts one event by some dimensions in every `period`. No dimensions: a total."""

    name: str
    event: EventName
    period: Period
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lists:
    """The lists of values that stand in content files: codes of posters and links, and ids of topics."""

    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def values(self, dimension: str) -> tuple[str, ...]:
        """Every value that a dimension can have."""
        if dimension == "source":
            return tuple(dict.fromkeys((*self.sources, DIRECT, OTHER)))
        if dimension == "topic":
            return tuple(dict.fromkeys((*self.topics, OTHER)))  # one that is not in the list any more
        return FIXED[dimension]

    def rows(self, table: Table) -> tuple[tuple[str, ...], ...]:
        """Every possible cell of a table, the empty ones too."""
        return tuple(product(*(self.values(dimension) for dimension in table.dimensions)))


def _all(values: Iterable[str], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(str(value) for value in values), *more)))


FIXED: dict[str, tuple[str, ...]] = {
    "area": _all(Place),
    "age": _all((kind for kind in Kind if kind in AGE_KINDS), NOT_TOLD),
    "situation": _all(kind for kind in Kind if kind not in AGE_KINDS),
    "channel": _all(Channel),
    "stage": _all(Stage),
    "hours": _all(HoursBand),
    "reason_not": _all(ReasonNot),
    "risk": _all(Risk),
    "helpful": _all(Helpful),
}


def _tables(event: EventName, period: Period, *dimensions: tuple[str, ...]) -> Iterator[Table]:
    for names in dimensions:
        yield Table("-by-".join((f"{event.value}-{period.value}", *names)), event, period, names)


PLAN: tuple[Table, ...] = (
    *_tables(EventName.IDENTIFIED, Period.WEEK, (), ("area",)),
    *_tables(
        EventName.IDENTIFIED,
        Period.MONTH,
        (),
        ("area",),
        ("age",),
        ("situation",),
        ("channel",),
        ("source",),
        ("stage",),
        ("hours",),
    ),
    *_tables(EventName.IDENTIFIED, Period.QUARTER, ("area", "age"), ("area", "channel"), ("age", "channel")),
    *_tables(EventName.CONVERSATION_STARTED, Period.MONTH, (), ("channel",), ("source",)),
    *_tables(EventName.CHECK_STARTED, Period.MONTH, (), ("channel",)),
    *_tables(EventName.NOT_IDENTIFIED, Period.MONTH, (), ("reason_not",)),
    *_tables(EventName.ANSWERED, Period.MONTH, (), ("topic",), ("area",)),
    *_tables(EventName.OFFERED, Period.MONTH, ()),
    *_tables(EventName.UNANSWERED, Period.MONTH, ()),
    *_tables(EventName.URGENT_SHOWN, Period.MONTH, ("risk",)),
    *_tables(EventName.HELPFUL, Period.MONTH, (), ("helpful",)),
    *_tables(EventName.STOPPED, Period.MONTH, ()),
)
# What is true of every identified carer by the rules of conversations/identification.py, and so known to readers: no
# parent carer is under 18; everybody whose caring has ended was recognised by the first question.
LINKS = (
    Link("identified", (("", "", 1), ("age", "young", -1), ("situation", "parent", -1))),
    Link("identified", (("stage", "stem", 1), ("situation", "former", -1))),
)
BY_NAME = {table.name: table for table in PLAN}


def cells_for(event: Event, at: datetime) -> tuple[Cell, ...]:
    """The cells to which this event adds one."""
    return tuple(
        Cell(table.name, period_of(local_day(at), table.period), values)
        for table in PLAN
        if table.event is event.name
        for values in product(*(_values(event, dimension) for dimension in table.dimensions))
    )


def _values(event: Event, dimension: str) -> tuple[str, ...]:
    """The event's value of a dimension. A person may be in several situations, or in none."""
    if dimension == "age":
        return tuple(kind.value for kind in event.kinds if kind in AGE_KINDS) or (NOT_TOLD,)
    if dimension == "situation":
        return tuple(kind.value for kind in event.kinds if kind not in AGE_KINDS)
    value = event.dimensions().get(dimension, DIRECT if dimension == "source" else NOT_TOLD)
    return (str(value),)
