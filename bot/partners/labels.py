"""What partners read for the ids of tables, dimensions, values and periods."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.partners.periods import Period, first_day, kind_of, last_day

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
    return Labels({**words, "topic": {**words["topic"], **topics}, "source": {**words["source"], **(sources or {})}})


def period_words(period: str) -> str:
    """ "2026-W47": "week of 16 November 2026"; "2026-11": "November 2026"; "2026-Q4": "October to December 2026"."""
    kind, first = kind_of(period), first_day(period)
    if kind is Period.WEEK:
        return f"week of {first.day} {first:%B %Y}"
    return f"{first:%B} to {last_day(period):%B %Y}" if kind is Period.QUARTER else f"{first:%B %Y}"


def any_period_words(period: str) -> str:
    """The words for a period, also where it is none: the name of a release may be what is damaged."""
    try:
        return period_words(period)
    except ValueError:
        return "an unknown period"


def periods_words(periods: tuple[str, ...]) -> str:
    """Several periods added up, in words."""
    names = listed([period_words(period) for period in periods])
    return names if len(periods) == 1 else f"{names} together"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def short_period(period: str) -> str:
    """For under a column: "16 Nov", "Nov 26", "Oct-Dec 26"."""
    kind, first = kind_of(period), first_day(period)
    if kind is Period.WEEK:
        return f"{first.day} {first:%b}"
    return f"{first:%b}-{last_day(period):%b %y}" if kind is Period.QUARTER else f"{first:%b %y}"


def date_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
