"""What partners read for the ids of tables, dimensions, values and periods."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WORDS = Path(__file__).parent / "labels.toml"
EVERY = {"week": "each week", "month": "each month", "quarter": "each quarter"}


@dataclass(frozen=True)
class Labels:
    """Words by kind and id. An id without words is shown as it is, with spaces for hyphens."""

    words: Mapping[str, Mapping[str, str]]

    def value(self, dimension: str, value: str) -> str:
        found = self.words.get(dimension, {}).get(value)
        return found or value.replace("-", " ").replace("_", " ")

    def dimension(self, dimension: str) -> str:
        return self.value("dimensions", dimension)

    def table(self, name: str) -> str:
        """ "identified-month-by-area": "People the bot helped ..., each month, by council area"."""
        whole, *dimensions = name.split("-by-")
        event, _, period = whole.rpartition("-")
        by = " and ".join(_small(self.dimension(dimension)) for dimension in dimensions)
        title = f"{self.value('events', event)}, {EVERY.get(period, period)}"
        return f"{title}, by {by}" if by else title

    def definition(self, column: str) -> str:
        return self.words["definitions"].get(column, "")


def load_labels(topics: Mapping[str, str], sources: Mapping[str, str] | None = None) -> Labels:
    """The words of labels.toml, with the titles of topics, and of posters where there are any."""
    words: dict[str, dict[str, str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return Labels({**words, "topic": topics, "source": {**words["source"], **(sources or {})}})


def period_words(period: str) -> str:
    """ "2026-W47": "week of 16 November 2026"; "2026-11": "November 2026"; "2026-Q4": "October to December 2026"."""
    first, last = days_of(period)
    if "W" in period:
        return f"week of {first.day} {first:%B %Y}"
    if "Q" in period:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y}"


def periods_words(periods: tuple[str, ...]) -> str:
    """Several periods added up, in words."""
    names = [period_words(period) for period in periods]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"


def short_period(period: str) -> str:
    """For under a column: "16 Nov", "Nov 26", "Oct-Dec 26"."""
    first, last = days_of(period)
    if "W" in period:
        return f"{first.day} {first:%b}"
    return f"{first:%b}-{last:%b %y}" if "Q" in period else f"{first:%b %y}"


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of a week, month or quarter. Raises ValueError for anything else."""
    year, _, rest = period.partition("-")
    if rest.startswith("W"):
        monday = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return monday, monday + timedelta(days=6)
    months = 3 if rest.startswith("Q") else 1
    start = date(int(year), int(rest[1:]) * 3 - 2 if months == 3 else int(rest), 1)
    after = date(start.year + (start.month + months - 1) // 12, (start.month + months - 1) % 12 + 1, 1)
    return start, after - timedelta(days=1)


def date_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
