"""Releases as tidy CSV, one file a table, and back again. The count stands last in each row."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.partners.bundle import DICTIONARY, unmarked
from bot.partners.disclosure.telling import Shape, Told, Values
from bot.partners.file_forms import (
    FileError,
    Named,
    columns_fit,
    count_in,
    named,
    nothing_missing,
    periods_in,
    spelt_alike,
    values_in,
)
from bot.partners.finding import Issued
from bot.partners.models import Release
from bot.partners.not_published import NAME, not_published_csv
from bot.partners.tables import OVERLAPPING
from bot.partners.tidy import tables_in, tidy_csv

BESIDE = frozenset({DICTIONARY, f"{NAME}.csv"})  # files that stand beside the tables, and hold no counts


def as_csv(releases: Iterable[Release]) -> Mapping[str, str]:
    """The text of each file by its name: columns period, the dimensions, count; and what is not published."""
    kept = tuple(releases)
    tables = {f"{name}.csv": tidy_csv(kept, name) for name in tables_in(kept)}
    return {**tables, f"{NAME}.csv": not_published_csv(Issued(kept))}


def read_files(paths: Iterable[Path]) -> tuple[list[Shape], list[Told]]:
    """The tables in these CSV files and folders: those of `as_csv`, or of a bundle that was unpacked.

    Raises FileError for anything that is in no such form.
    """
    every = (file for path in paths for file in (_csv_files(path) if path.is_dir() else [path]))
    files = [file for file in every if unmarked(file.name) not in BESIDE]
    if not files:
        raise FileError("there is no CSV file in what was named")
    shapes, told = list[tuple[Path, Shape]](), list[Told]()
    for file in files:
        shape, own = _read(file)
        if any(shape.name == other.name for _, other in shapes):
            raise FileError(f"{file}: there are two files of this name; put one table into one file")
        shapes.append((file, shape))
        told += own
    spelt_alike(shapes)
    return [shape for _, shape in shapes], told


def _csv_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv")


def _read(file: Path) -> tuple[Shape, list[Told]]:
    name, rows = named(file), _rows(file)
    columns = rows[0][1] if rows else []
    columns_fit(file, name, columns)
    counts: dict[Values, dict[Values, int | None]] = {}
    for line, row in rows[1:]:
        try:
            periods, values, count = _cell(row, columns, name)
            own = counts.setdefault(periods, {})
            if values in own:
                raise ValueError("this cell stands in the table twice")  # noqa: TRY301
            own[values] = count
        except ValueError as error:
            raise FileError(f"{file}, line {line}: {error}") from None
    if not counts:
        raise FileError(f"{file}: there is no count in it")
    listed = tuple(
        tuple(dict.fromkeys(row[n] for own in counts.values() for row in own)) for n in range(len(name.dimensions))
    )
    overlapping = bool(OVERLAPPING & {*name.dimensions})
    shape = Shape(name.table, name.measure, name.kind, name.dimensions, listed, overlapping)
    nothing_missing(file, shape, counts)
    return shape, [Told(shape, periods, own) for periods, own in counts.items()]


def _rows(file: Path) -> list[tuple[int, list[str]]]:
    """The rows with their lines."""
    try:
        reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), strict=True)
        return [(reader.line_num, row) for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        raise FileError(f"{file}: cannot be read as CSV in UTF-8: {error}") from None


def _cell(row: list[str], columns: list[str], name: Named) -> tuple[Values, Values, int | None]:
    if not any(row):
        raise ValueError("the line is blank; take it out")
    if len(row) != len(columns):
        raise ValueError(f"has {len(row)} columns in place of {len(columns)}")
    return periods_in(row[0], name), values_in(row[1:-1], name), count_in(row[-1])
