"""Released tables as tidy CSV: one row a cell, one file a table, the count last."""

import csv
import io
from collections.abc import Iterable

from bot.partners.models import Release

JOIN = "+"  # between the periods that a row adds up
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes such a beginning for a formula (OWASP)


def tidy_csv(releases: Iterable[Release], table: str) -> str:
    """One table over all releases, in their order, as CSV (RFC 4180): period, the dimensions, count.

    A table that adds up several periods names them all, with "+" between: "2026-10+2026-11". A count is a multiple of
    ten or the words "fewer than 10": never a blank, never a zero.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("period", *dimensions_of(table), "count"))
    for published in (p for release in releases for p in release.tables if p.table == table):
        period = JOIN.join(published.periods)
        writer.writerows(map(harmless, (period, *row.values, row.printed)) for row in published.rows)
    return text.getvalue()


def tables_in(releases: Iterable[Release]) -> tuple[str, ...]:
    """The names of all tables that were ever released, those that have left the plan as well."""
    return tuple(sorted({published.table for release in releases for published in release.tables}))


def dimensions_of(table: str) -> tuple[str, ...]:
    """A table's name ends with its dimensions: "identified-quarter-by-area-by-age"."""
    return tuple(table.split("-by-")[1:])


def harmless(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(DANGEROUS) else value
