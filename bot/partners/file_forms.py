"""The form of release files, and what is wrong with one that is not in it: in words that name what to mend."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.partners.bundle import unmarked
from bot.partners.disclosure.telling import Shape, Values, interval
from bot.partners.models import FEWER
from bot.partners.periods import Period, first_day, kind_of
from bot.partners.tidy import JOIN

NAME = re.compile(r"(?P<measure>[a-z0-9_-]+?)-(?P<kind>week|month|quarter)(?:-by-(?P<by>[a-z0-9_-]+))?")
YEARS = range(1900, 2200)
LARGEST = 10_000_000
TOTALS = frozenset({"total", "totals", "grand total", "sum", "all", "overall"})  # no value of a dimension
LISTS_CHANGE = frozenset({"source", "topic"})  # posters and topics come and go: a later period may list others

Counts = Mapping[Values, int | None]  # of one period, or of several that are added up


class FileError(Exception):
    """A release file that cannot be read: names the file, the line and what to mend."""


@dataclass(frozen=True)
class Named:
    """What a file's name says of its table."""

    table: str
    measure: str
    kind: Period
    dimensions: Values


def named(file: Path) -> Named:
    """What the name says. Raises FileError where it is not in the form: such a table would be attacked by itself."""
    table = unmarked(file.stem)
    found = NAME.fullmatch(table)
    if found is None:
        raise FileError(
            f"{file}: the name must be MEASURE-PERIOD.csv or MEASURE-PERIOD-by-DIMENSION.csv in small letters, with "
            "week, month or quarter as the period, as in seen-month-by-area.csv: tables are attacked together by it"
        )
    by = tuple(found["by"].split("-by-")) if found["by"] else ()
    return Named(table, found["measure"], Period(found["kind"]), by)


def columns_fit(file: Path, name: Named, columns: list[str]) -> None:
    """Raises FileError unless the first line has the columns that the name tells of."""
    if len(columns) < 2 or columns[0] != "period" or columns[-1] != "count":
        raise FileError(f"{file}: the first line must name the columns: period, the dimensions, count")
    if tuple(columns[1:-1]) != name.dimensions or len(set(columns)) < len(columns):
        wanted = ", ".join(("period", *dict.fromkeys(name.dimensions), "count"))
        raise FileError(f"{file}: the columns are {', '.join(columns)}, and by the name they are {wanted}")


def periods_in(text: str, name: Named) -> Values:
    """The period that a row counts, or those that it adds up, the earliest first. Raises ValueError, in words."""
    periods = sorted(text.split(JOIN))
    for period in periods:
        if kind_of(period) is not name.kind:
            raise ValueError(f"{period} is a {kind_of(period)}, and by the file's name the table is by {name.kind}")
        if int(period[:4]) not in YEARS:
            raise ValueError(f"the year of {period} is not from {YEARS[0]} to {YEARS[-1]}")
        try:
            first_day(period)  # which finds the thirteenth month
        except ValueError:
            raise ValueError(f"there is no {name.kind} {period}") from None
        if periods.count(period) > 1:
            raise ValueError(f"{text} adds up {period} twice")
    return tuple(periods)


def values_in(values: Iterable[str], name: Named) -> Values:
    """A row's value of each dimension. Raises ValueError, in words."""
    for dimension, value in zip(name.dimensions, kept := tuple(values), strict=True):
        if not value.strip():
            raise ValueError(f"the {dimension} is blank; write unknown where it is not known")
        if value.strip().casefold() in TOTALS:
            raise ValueError(
                f"{value!r} is no {dimension}: take such rows out. Totals belong into a file of their own, "
                f"{name.measure}-{name.kind}.csv"
            )
    return kept


def count_in(text: str) -> int | None:
    """A printed count, None for "fewer than 10". Raises ValueError, in words, for any that is never printed."""
    if text == FEWER:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(f'the count must be a whole number or "{FEWER}", and is {text[:40]!r}')
    if len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise ValueError(f"the count is larger than {LARGEST:,}; is a column out of place?")
    interval(int(text))
    return int(text)


def nothing_missing(file: Path, shape: Shape, counts: Mapping[Values, Counts]) -> None:
    """Raises FileError unless every period lists every value that any period of the table lists."""
    for periods, own in counts.items():
        listed = tuple(
            tuple(dict.fromkeys(row[n] for row in own)) if dimension in LISTS_CHANGE else shape.values[n]
            for n, dimension in enumerate(shape.dimensions)
        )
        rows = Shape(shape.name, shape.measure, shape.period, shape.dimensions, listed).rows()
        missing = next((row for row in rows if row not in own), None)
        if missing is not None:
            raise FileError(
                f"{file}: the row {', '.join((JOIN.join(periods), *missing))} is missing; list every cell in every "
                f'period, with the words "{FEWER}" where it is'
            )


def spelt_alike(shapes: Collection[tuple[Path, Shape]]) -> None:
    """Raises FileError where two values differ in capitals or spaces only: they would be attacked as two."""
    seen: dict[tuple[str, str], tuple[str, Path]] = {}
    for file, shape in shapes:
        for dimension, values in zip(shape.dimensions, shape.values, strict=True):
            for value in values:
                key = (dimension, " ".join(value.casefold().split()))
                other, where = seen.setdefault(key, (value, file))
                if other != value:
                    place = "too" if where == file else f"in {where}"
                    raise FileError(f"{file}: {dimension} has {value!r}, and {other!r} {place}; spell it in one way")
