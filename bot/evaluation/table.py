"""A report for a terminal: plain columns."""

import re

from bot.evaluation.report import Report, Row, Section
from bot.others_words import one_line

LONGEST_CELL = 160  # characters; JSON and HTML hold the whole
NUMBER = re.compile(r"[-+]?[\d,.]*%?")


def as_text(report: Report) -> str:
    """Every section as a table, long cells cut."""
    blocks = ["\n".join((report.title, "=" * len(report.title), *report.about))]
    blocks += [_section(section) for section in report.sections]
    return "\n\n".join(blocks)


def _section(section: Section) -> str:
    head = [section.title, "-" * len(section.title), *([section.note] if section.note else [])]
    return "\n".join([*head, *(_table(section.columns, section.rows) if section.rows else [section.none])])


def _table(columns: Row, rows: tuple[Row, ...]) -> list[str]:
    cells = [[one_line(cell, LONGEST_CELL) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    numbers = [is_number_column(rows, at) for at in range(len(columns))]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ).rstrip()
        for row in cells
    ]


def is_number_column(rows: tuple[Row, ...], at: int) -> bool:
    return all(NUMBER.fullmatch(row[at]) for row in rows)
