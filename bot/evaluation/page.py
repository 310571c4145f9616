"""A report as a web page that stands alone: no script, nothing fetched, readable in print and on a narrow screen."""

from html import escape

from bot.evaluation.bars import as_svg
from bot.evaluation.report import Report, Row, Section
from bot.evaluation.table import is_number_column

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #14222b; background: #fff; margin: 0 auto; padding: 1rem;
  max-width: 64rem }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem } p { margin: .3rem 0 }
nav ul { padding-left: 1.2rem } a { color: #0b4f71 }
.chart { display: block; width: 100%; max-width: 30rem; height: auto; margin: .5rem 0 1rem; break-inside: avoid }
.chart text { font: 12px system-ui, sans-serif; fill: #14222b }
.chart .whole { fill: #dfe6ea } .chart .part { fill: #0b6b8a }
.wide { overflow-x: auto } .wide:focus-visible { outline: 3px solid #b35900; outline-offset: 2px }
table { border-collapse: collapse; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #b8c4ca;
  overflow-wrap: break-word }
thead th { border-bottom: 2px solid #14222b; vertical-align: bottom }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td:not(.number) { max-width: 36rem } td.long { min-width: 18rem }
@media print {
  body { font-size: 10pt; padding: 0; max-width: none } .wide { overflow: visible } nav { display: none }
  h2 { break-after: avoid } tr { break-inside: avoid } thead { display: table-header-group }
  .chart { max-width: 12cm } .chart rect { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
"""
LONG = 40  # characters from which a cell needs room to be read


def as_page(report: Report) -> str:
    """The whole page."""
    title = escape(report.title)
    about = "".join(f"<p>{escape(line)}</p>" for line in report.about)
    links = "".join(
        f'<li><a href="#s{number}">{escape(section.title)}</a></li>' for number, section in enumerate(report.sections)
    )
    sections = "\n".join(_section(number, section) for number, section in enumerate(report.sections))
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>{about}\n"
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>\n{sections}\n</main></body></html>'
    )


def _section(number: int, section: Section) -> str:
    note = f"<p>{escape(section.note)}</p>" if section.note else ""
    chart = as_svg(section.title, section.bars) if section.bars else ""
    table = _table(section) if section.rows else f"<p>{escape(section.none)}</p>"
    return f'<section id="s{number}"><h2>{escape(section.title)}</h2>{note}{chart}{table}</section>'


def _table(section: Section) -> str:
    numbers = [is_number_column(section.rows, at) for at in range(len(section.columns))]
    head = "".join(
        f'<th scope="col"{_class(number=number, text="")}>{escape(name)}</th>'
        for name, number in zip(section.columns, numbers, strict=True)
    )
    rows = "".join(f"<tr>{_cells(row, numbers)}</tr>" for row in section.rows)
    label = escape(section.title)
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Row, numbers: list[bool]) -> str:
    pairs = zip(row, numbers, strict=True)
    return "".join(f"<td{_class(number=number, text=cell)}>{escape(cell)}</td>" for cell, number in pairs)


def _class(*, number: bool, text: str) -> str:
    if number:
        return ' class="number"'
    return ' class="long"' if len(text) > LONG else ""
