"""Every released table as an Excel workbook for people: a cover sheet, then a sheet a table, in words."""

import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.partners.bundle import SIMULATED
from bot.partners.dictionary import HEAD, dictionary
from bot.partners.finding import Issued
from bot.partners.labels import Labels, any_period_words, date_words, periods_words
from bot.partners.tidy import dimensions_of, tables_in
from bot.partners.waiting import EVERY_TABLE, damage_in_words, every_absent, in_words

# Whatever a value says, it is text: no formula, no link.
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COVER = Path(__file__).parent / "cover.toml"
NOT_PUBLISHED = "Not published"


@dataclass(frozen=True)
class _Look:
    title: Format
    bold: Format
    wrap: Format


def workbook(issued: Issued, labels: Labels, service: str) -> bytes:
    """The workbook's bytes."""
    names = tables_in(issued.releases)
    content = io.BytesIO()
    with Workbook(content, AS_TEXT) as book:
        look = _Look(
            book.add_format({"bold": True, "font_size": 16}),
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        cover = book.add_worksheet("Read me first")
        _contents(cover, _cover(cover, issued, service, look), names, labels, look)
        for number, name in enumerate(names, 1):
            _table(book.add_worksheet(f"Table {number}"), issued, name, labels, look)
        _not_published(book.add_worksheet(NOT_PUBLISHED), issued, labels, look)
        _dictionary(book.add_worksheet("What words mean"), names, labels, look)
    return content.getvalue()


def _cover(sheet: Worksheet, issued: Issued, service: str, look: _Look) -> int:
    """Title, method, definitions and caveats; the first free line."""
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, f"{service}: statistics for partners", look.title)
    days = [release.issued for release in issued.releases]
    sheet.write_string(1, 0, f"Issued until {date_words(max(days))}." if days else "Nothing has been issued.")
    if issued.simulated:
        sheet.write_string(2, 0, SIMULATED, look.bold)
    if issued.unreadable:
        sheet.write_string(3, 0, f"INCOMPLETE. {damage_in_words(issued)}", look.bold)
    line = 5
    for part in tomllib.loads(COVER.read_text(encoding="utf-8"))["parts"]:
        sheet.write_string(line, 0, part["heading"], look.bold)
        for name, words in part["lines"]:
            line += 1
            sheet.write_string(line, 0, name, look.wrap)
            sheet.write_string(line, 1, words, look.wrap)
        line += 2
    return line


def _contents(sheet: Worksheet, line: int, names: tuple[str, ...], labels: Labels, look: _Look) -> None:
    sheet.write_string(line, 0, "Tables", look.bold)
    for number, table in enumerate(names, 1):
        sheet.write_url(line + number, 0, f"internal:'Table {number}'!A1", string=f"Table {number}")
        sheet.write_string(line + number, 1, labels.table(table), look.wrap)
    line += len(names) + 1
    sheet.write_url(line, 0, f"internal:'{NOT_PUBLISHED}'!A1", string=NOT_PUBLISHED)
    sheet.write_string(line, 1, "Which periods of which tables are not published, and what became of them", look.wrap)


def _table(sheet: Worksheet, issued: Issued, table: str, labels: Labels, look: _Look) -> None:
    dimensions = dimensions_of(table)
    marks = f"{' (SIMULATED)' if issued.simulated else ''}{' (INCOMPLETE)' if issued.unreadable else ''}"
    sheet.write_string(0, 0, labels.table(table) + marks, look.bold)
    head = ("Period", *(labels.dimension(dimension) for dimension in dimensions), "How many")
    for column, words in enumerate(head):
        sheet.write_string(2, column, words, look.bold)
    line = 3
    for published in (p for release in issued.releases for p in release.tables if p.table == table):
        for row in published.rows:
            sheet.write_string(line, 0, periods_words(published.periods))
            for column, (dimension, value) in enumerate(zip(dimensions, row.values, strict=True), 1):
                sheet.write_string(line, column, labels.value(dimension, value))
            if row.count is None:
                sheet.write_string(line, len(dimensions) + 1, row.printed)
            else:
                sheet.write_number(line, len(dimensions) + 1, row.count)
            line += 1
    sheet.set_column(0, len(dimensions), 32)
    sheet.set_column(len(dimensions) + 1, len(dimensions) + 1, 14)
    sheet.freeze_panes(3, 0)


def _not_published(sheet: Worksheet, issued: Issued, labels: Labels, look: _Look) -> None:
    """In words what not-published.csv tells."""
    sheet.write_string(0, 0, NOT_PUBLISHED, look.bold)
    for column, words in enumerate(("Table", "Period", "What became of it")):
        sheet.write_string(2, column, words, look.bold)
    for line, one in enumerate(every_absent(issued), 3):
        table = one.table if one.table == EVERY_TABLE else labels.table(one.table)
        sheet.write_string(line, 0, table, look.wrap)
        sheet.write_string(line, 1, any_period_words(one.period), look.wrap)
        sheet.write_string(line, 2, in_words(one), look.wrap)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 60)
    sheet.freeze_panes(3, 0)


def _dictionary(sheet: Worksheet, names: tuple[str, ...], labels: Labels, look: _Look) -> None:
    for column, words in enumerate(HEAD):
        sheet.write_string(0, column, words.capitalize(), look.bold)
    for line, row in enumerate(dictionary(names, labels), 1):
        for column, words in enumerate(row):
            sheet.write_string(line, column, words, look.wrap)
    sheet.set_column(0, 2, 30)
    sheet.set_column(3, 3, 90)
