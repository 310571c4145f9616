"""Releases to look at: made-up months, with weeks and quarters, in the shape of the table plan."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bot.partners.models import Certificate, HeldBack, PublishedTable, Release, Row
from bot.partners.periods import Period, first_day, kind_of, last_day, period_of
from bot.partners.tables import PLAN, Lists, Table

TOPICS = ("carers-allowance", "breaks-and-respite", "dementia", "young-carers-support", "carers-assessment", "hospital",
          "equipment-adaptations", "emergency-plan", "mental-health", "support-groups", "council-tax", "end-of-life",
          "parent-carers", "own-health", "telecare")  # fmt: skip
LISTS = Lists(("gp-oadby", "library-melton", "school-wigston"), TOPICS)
CERTIFICATE = Certificate(("an outside reader", "somebody who knows one contributor"), 84, 8)


def releases(last: date = date(2026, 10, 31), months: int = 14, *, simulated: bool = False) -> tuple[Release, ...]:
    """Every week, month and quarter that ended in the `months` months up to `last`."""
    chance = random.Random(7)  # noqa: S311 - the same releases each time
    first = date(last.year, last.month, 1)
    for _ in range(months - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    periods = {p for day in _days(first, last) for p in (period_of(day, kind) for kind in Period)}
    closed = (p for p in periods if first <= first_day(p) and last_day(p) <= last)
    return tuple(_release(p, chance, first, simulated=simulated) for p in sorted(closed, key=last_day))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _release(period: str, chance: random.Random, first: date, *, simulated: bool) -> Release:
    kind, begins, ends = kind_of(period), first_day(period), last_day(period)
    size = {Period.WEEK: 8, Period.MONTH: 40, Period.QUARTER: 120}[kind] * (1 + (begins - first).days / 200)
    tables = tuple(_table(table, period, size, chance) for table in PLAN if table.period is kind)
    back = () if kind is not Period.QUARTER else (HeldBack("identified-quarter-by-age-by-channel", period),)
    kept = tuple(table for table in tables if table.table not in {held.table for held in back})
    return Release(period, ends + timedelta(days=2), kept, back, CERTIFICATE, simulated)


def _table(table: Table, period: str, size: float, chance: random.Random) -> PublishedTable:
    cells = LISTS.rows(table)
    larger = {"conversation_started": 4.0, "check_started": 2.0, "answered": 3.0}.get(table.event.value, 1.0)
    whole = (
        larger * size
        if table.event.value in {"identified", *("conversation_started", "check_started", "answered")}
        else size / 4
    )
    shares = [chance.expovariate(1) for _ in cells]
    rows = (Row(cell, _rounded(whole * share / sum(shares))) for cell, share in zip(cells, shares, strict=True))
    return PublishedTable(table.name, (period,), tuple(rows) if table.dimensions else (Row((), _rounded(whole)),))


def _rounded(count: float) -> int | None:
    return None if count < 10 else round(count / 10) * 10
