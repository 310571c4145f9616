"""Closed periods of Europe/London: weeks (ISO 8601), months and quarters, and how they lie over each other.

Written "2026-W47", "2026-11" and "2026-Q4". All are whole local days, so that a change of the clocks moves nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

from conversations.turns import local_day

GRACE = timedelta(hours=3)  # a turn under way at midnight is counted before its day is taken as closed
FORM = re.compile(r"(\d{4})-(?:W(\d\d)|Q([1-4])|(\d\d))", re.ASCII)


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


def period_of(day: date, period: Period) -> str:
    """The period that a day lies in: "2026-W47" (ISO 8601), "2026-11", "2026-Q4"."""
    if period is Period.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if period is Period.MONTH:
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}"


@cache
def kind_of(period: str) -> Period:
    """Which kind of period this is. Raises ValueError, in words, where it is none."""
    found = FORM.fullmatch(period)
    if found is None:
        raise ValueError(f"{period!r} is no period: it must look like 2026-W47, 2026-11 or 2026-Q4")
    return Period.WEEK if found[2] else Period.QUARTER if found[3] else Period.MONTH


def is_kind(period: str, kind: Period) -> bool:
    """Whether this is a period of that kind; False for what is no period at all."""
    try:
        return kind_of(period) is kind
    except ValueError:
        return False


def first_day(period: str) -> date:
    """The first day of a period. Raises ValueError where there is no such period."""
    kind, year = kind_of(period), int(period[:4])
    if kind is Period.WEEK:
        return date.fromisocalendar(year, int(period[6:]), 1)
    return date(year, int(period[6:]) * 3 - 2 if kind is Period.QUARTER else int(period[5:]), 1)


def last_day(period: str) -> date:
    return first_day(following(period)) - timedelta(days=1)


def following(period: str) -> str:
    """The next period of the same kind."""
    kind, start = kind_of(period), first_day(period)
    return period_of(start + timedelta(days={Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 93}[kind]), kind)


@cache
def months_of(period: str) -> tuple[str, ...]:
    """The months that a period touches: one or two of a week, three of a quarter."""
    start, end = first_day(period), last_day(period)
    months = [period_of(start, Period.MONTH)]
    while (following_month := following(months[-1])) <= period_of(end, Period.MONTH):
        months.append(following_month)
    return tuple(months)


def quarter_of(month: str) -> str:
    return period_of(first_day(month), Period.QUARTER)


def closing_with(period: str) -> tuple[str, ...]:
    """The week, the month and the quarter that end on the day on which this period does; itself among them."""
    end = last_day(period)
    return tuple(other for kind in Period if last_day(other := period_of(end, kind)) == end)


def closed_since(first: date, now: datetime) -> Iterator[str]:
    """Every period that has closed by `now`, from the one that `first` lies in, as they close: week, month, quarter."""
    today = local_day(now - GRACE)
    ends = []
    for order, kind in enumerate(Period):
        period = period_of(first, kind)
        while (end := last_day(period)) < today:
            ends.append((end, order, period))
            period = following(period)
    return (period for _, _, period in sorted(ends))
