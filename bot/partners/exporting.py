"""Releases as tidy CSV, one file a table, and back again. The count stands last in each row."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.partners.bundle import DICTIONARY, MARK
from bot.partners.disclosure.telling import Shape, Told, interval
from bot.partners.models import FEWER, Release
from bot.partners.periods import Period, first_day, kind_of
from bot.partners.tables import OVERLAPPING
from bot.partners.tidy import JOIN, tables_in, tidy_csv


class FileError(Exception):
    """A release file that cannot be read: names the file, the line and what to mend."""


def as_csv(releases: Iterable[Release]) -> Mapping[str, str]:
    """The text of each file by its name: columns period, the dimensions, count."""
    kept = tuple(releases)
    return {f"{name}.csv": tidy_csv(kept, name) for name in tables_in(kept)}


def read_files(paths: Iterable[Path]) -> tuple[list[Shape], list[Told]]:
    """The tables in these CSV files and folders: those of `as_csv`, or of a bundle that was unpacked.

    Raises FileError for anything that is in no such form.
    """
    named = (file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path]))
    files = [file for file in named if file.name != DICTIONARY]
    if not files:
        raise FileError("there is no CSV file in what was named")
    shapes, told = list[Shape](), list[Told]()
    for file in files:
        shape, own = _read(file)
        if any(shape.name == other.name for other in shapes):
            raise FileError(f"{file}: there are two files of this name; put one table into one file")
        shapes.append(shape)
        told += own
    return shapes, told


def _read(file: Path) -> tuple[Shape, list[Told]]:
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    except (OSError, ValueError, csv.Error) as error:
        raise FileError(f"{file}: cannot be read as CSV in UTF-8: {error}") from None
    if not rows or len(rows[0]) < 2 or rows[0][0] != "period" or rows[0][-1] != "count":
        raise FileError(f"{file}: the first line must name the columns: period, the dimensions, count")
    dimensions = tuple(rows[0][1:-1])
    counts: dict[tuple[str, ...], dict[tuple[str, ...], int | None]] = {}
    for number, row in enumerate(rows[1:], start=2):
        try:
            if len(row) != len(rows[0]):
                raise ValueError(f"has {len(row)} columns in place of {len(rows[0])}")  # noqa: TRY301
            periods = tuple(row[0].split(JOIN))
            kinds = {_kind(period) for period in periods}
            own = counts.setdefault(periods, {})
            if len(kinds) > 1 or tuple(row[1:-1]) in own:
                raise ValueError("repeats a cell, or adds up periods of different lengths")  # noqa: TRY301
            own[tuple(row[1:-1])] = _count(row[-1])
        except ValueError as error:
            raise FileError(f"{file}, line {number}: {error}") from None
    return _tables(file, dimensions, counts)


def _kind(period: str) -> Period:
    first_day(period)  # which also finds the thirteenth month
    return kind_of(period)


def _count(text: str) -> int | None:
    if text == FEWER:
        return None
    if not text.isdecimal():
        raise ValueError(f'the count must be a whole number or "{FEWER}", and is {text!r}')
    interval(int(text))
    return int(text)


def _tables(
    file: Path, dimensions: tuple[str, ...], counts: Mapping[tuple[str, ...], Mapping[tuple[str, ...], int | None]]
) -> tuple[Shape, list[Told]]:
    if not counts:
        raise FileError(f"{file}: there is no count in it")
    kinds = {kind_of(period) for periods in counts for period in periods}
    if len(kinds) > 1:
        raise FileError(f"{file}: weeks, months and quarters must stand in files of their own")
    kind = kinds.pop()
    values = tuple(tuple(dict.fromkeys(v[n] for own in counts.values() for v in own)) for n in range(len(dimensions)))
    name = file.stem.removeprefix(MARK)
    measure = name.split(f"-{kind}")[0]
    shape = Shape(name, measure, kind, dimensions, values, bool(OVERLAPPING & {*dimensions}))
    for periods, own in counts.items():
        listed = tuple(tuple(dict.fromkeys(v[n] for v in own)) for n in range(len(dimensions)))
        complete = Shape(shape.name, measure, kind, dimensions, listed).rows()
        missing = next((row for row in complete if row not in own), None)
        if missing is not None:
            raise FileError(f"{file}: the row {', '.join((JOIN.join(periods), *missing))} is missing; list every cell")
    return shape, [Told(shape, periods, own) for periods, own in counts.items()]
