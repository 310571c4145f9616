"""The partners' page and the report as HTML, from issued releases. Nothing here knows who looks at it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.partners.answers import rendered
from bot.partners.blocks import Block, Chart
from bot.partners.charts import drawings
from bot.partners.context import Figure
from bot.partners.figures import sections, weekly
from bot.partners.finding import Issued, months, until
from bot.partners.labels import Labels, date_words, period_words
from bot.partners.models import Certificate, Release
from bot.partners.periods import Period, kind_of
from bot.partners.tidy import JOIN
from bot.partners.waiting import WHY, absent, damage_in_words
from bot.partners.waiting import in_words as became

REPORT_TABLES = ("where", "who", "missed")  # the sections whose first table a committee sees


def dashboard(issued: Issued, month: str | None, labels: Labels, context: Sequence[Figure]) -> str:
    """The content of the page for one month; without any month, what there is of weeks."""
    damage = damage_in_words(issued)
    if month is None:
        return rendered("nothing_yet.html", {"blocks": weekly(issued, labels), "damage": damage, "draw": draw})
    values = {
        "month": month,
        "month_words": period_words(month),
        "choices": [(value, period_words(value)) for value in months(issued)],
        "sections": sections(issued, month, labels),
        "held_back": held_back(issued, month, labels),
        "why": WHY,
        "certificate": certificates(issued, month),
        "damage": damage,
        "context": context,
        "draw": draw,
    }
    return rendered("dashboard.html", values)


def report(issued: Issued, month: str, labels: Labels, context: Sequence[Figure], service: str) -> str:
    """One sheet for a committee paper."""
    found = {section.id: section for section in sections(issued, month, labels)}
    release = _release(issued, month)
    values = {
        "service": service,
        "damage": damage_in_words(issued),
        "month": month,
        "month_words": period_words(month),
        "sections": tuple(found.values()),
        "found": found["found"],
        "growing": found["growing"],
        "tables": [_first(found[name].blocks) for name in REPORT_TABLES],
        "certificate": certificates(issued, month),
        "issued": date_words(release.issued),
        "context": context,
        "draw": draw,
    }
    return rendered("report.html", values)


def draw(chart: Chart) -> Markup:
    """A chart's drawings, for a template. They hold no words that were not escaped."""
    return Markup("").join(Markup(drawing) for drawing in drawings(chart))  # noqa: S704 - made by charts.py


def held_back(issued: Issued, month: str, labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """What was held back of this month, and of the quarter shown with it: tables and periods by what became of them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for held in (held for release in _shown(issued, month) for held in release.held_back):
        one = absent(issued, held.table, held.period)
        if one and JOIN not in held.period:  # sums are of months that have their own line
            found.setdefault(became(one), []).append((labels.table(held.table), period_words(held.period)))
    return found


def certificates(issued: Issued, month: str) -> list[str]:
    return [in_words(release.certificate, release.period) for release in _shown(issued, month)]


def in_words(certificate: Certificate, period: str) -> str:
    """What the release was tried with, and how it came out, for somebody who is no statistician."""
    readers = ", ".join(certificate.readers) or "nobody"
    tried = f"For {period_words(period)}: tried as {readers}, on {certificate.cells:,} small numbers."
    if certificate.narrowest is None:
        return f"{tried} There was nothing to work out."
    return f"{tried} The one that could be told best might still be any of {certificate.narrowest} numbers from 0 to 9."


def _shown(issued: Issued, month: str) -> list[Release]:
    """The month's release, and the newest quarter's of that time."""
    quarters = [release for release in until(issued, month) if kind_of(release.period) is Period.QUARTER]
    return [_release(issued, month), *quarters[-1:]]


def _release(issued: Issued, month: str) -> Release:
    return next(release for release in issued.releases if release.period == month)


def _first(blocks: Sequence[Block]) -> Block:
    return blocks[0]
