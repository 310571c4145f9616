"""The table plan: every table that is counted, its period and its dimensions. The store keeps these cells alone.

What is never kept cannot leak. Weeks, months and quarters are those of Europe/London and never overlap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import product

from bot.cells import Cell
from conversations.events import Event, EventName
from conversations.identification import Kind
from conversations.turns import local_day

AGE_KINDS = frozenset({Kind.YOUNG, Kind.YOUNG_ADULT, Kind.ADULT, Kind.OLDER})
NOT_TOLD = "unknown"
DIRECT = "none"  # came without a poster's or a link's code


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class Table:
    """A table counts one event by some dimensions in every `period`. No dimensions: a total."""

    name: str
    event: EventName
    period: Period
    dimensions: tuple[str, ...] = ()


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
    *_tables(EventName.STOPPED, Period.MONTH, ()),
)


def cells_for(event: Event, at: datetime) -> tuple[Cell, ...]:
    """The cells to which this event adds one."""
    return tuple(
        Cell(table.name, period_of(local_day(at), table.period), values)
        for table in PLAN
        if table.event is event.name
        for values in product(*(_values(event, dimension) for dimension in table.dimensions))
    )


def period_of(day: date, period: Period) -> str:
    """The period that a day lies in: "2026-W47" (ISO 8601), "2026-11", "2026-Q4"."""
    if period is Period.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if period is Period.MONTH:
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _values(event: Event, dimension: str) -> tuple[str, ...]:
    """The event's value of a dimension. A person may be in several situations, or in none."""
    if dimension == "age":
        return tuple(kind.value for kind in event.kinds if kind in AGE_KINDS) or (NOT_TOLD,)
    if dimension == "situation":
        return tuple(kind.value for kind in event.kinds if kind not in AGE_KINDS)
    value = event.dimensions().get(dimension, DIRECT if dimension == "source" else NOT_TOLD)
    return (str(value),)
