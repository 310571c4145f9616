"""The partners' page and the report as HTML, from issued releases. Nothing here knows who looks at it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.partners.answers import rendered
from bot.partners.charts import drawings
from bot.partners.context import Figure
from bot.partners.figures import Block, Chart, sections, weekly
from bot.partners.finding import Issued, months, until
from bot.partners.labels import Labels, date_words, period_words, periods_words
from bot.partners.models import Certificate, Release
from bot.partners.periods import Period, kind_of
from bot.partners.tidy import JOIN

REPORT_TABLES = ("where", "who", "missed")  # the sections whose first table a committee sees


def dashboard(issued: Issued, month: str | None, labels: Labels, context: Sequence[Figure]) -> str:
    """The content of the page for one month; without any month, what there is of weeks."""
    unreadable = [_named(period) for period in issued.unreadable]
    if month is None:
        return rendered("nothing_yet.html", {"blocks": weekly(issued, labels), "unreadable": unreadable, "draw": draw})
    values = {
        "month": month,
        "month_words": period_words(month),
        "choices": [(value, period_words(value)) for value in months(issued)],
        "sections": sections(issued, month, labels),
        "held_back": held_back(issued, month, labels),
        "certificate": certificates(issued, month),
        "unreadable": unreadable,
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
    return Markup("").join(Markup(drawing) for drawing in drawings(chart))  # noqa: S704


def held_back(issued: Issued, month: str, labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """What was held back of this month, and of the quarter shown with it: tables and their periods by the reason."""
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for held in (held for release in _shown(issued, month) for held in release.held_back):
        when = periods_words(tuple(held.period.split(JOIN)))
        by_reason.setdefault(held.reason, []).append((labels.table(held.table), when))
    return by_reason


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


def _named(period: str) -> str:
    """The words for a period, also one that is damaged itself."""
    try:
        return period_words(period)
    except ValueError:
        return "an unknown period"


def _first(blocks: Sequence[Block]) -> Block:
    return blocks[0]
