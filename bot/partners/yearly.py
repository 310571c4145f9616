"""How many in a year: the sum of what was published of its months, with no more precision than that has."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.partners.disclosure.telling import interval
from bot.partners.finding import alone, first_month, together, total
from bot.partners.labels import period_words
from bot.partners.models import FEWER
from bot.partners.periods import following
from bot.partners.showing import View

MONTHS = 12


@dataclass(frozen=True)
class Year:
    """The months until one, at most twelve, and what was printed of them: alone, or of several together."""

    months: tuple[str, ...]
    printed: tuple[int | None, ...]
    missing: tuple[str, ...]

    @property
    def number(self) -> int:
        return sum(count or 0 for count in self.printed)

    @property
    def few(self) -> int:
        return sum(count is None for count in self.printed)

    @property
    def between(self) -> tuple[int, int]:
        """The least and the most that the printed counts may stand for together."""
        ends = [interval(count) for count in self.printed]
        return sum(low for low, _ in ends), sum(high for _, high in ends)


def year(view: View, table: str) -> Year:
    """A total over the last twelve months, or over those that there are. A sum that reaches beyond them is left out."""
    months = tuple(_months(view))[-MONTHS:]
    printed, missing = list[int | None](), list[str]()
    done = set[tuple[str, ...]]()
    for month in months:
        found = alone(view.releases, table, month) or together(view.issued.releases, table, month)
        row = total(found)
        if found is None or row is None or not set(found.periods) <= set(months):
            missing.append(month)
        elif found.periods not in done:
            done.add(found.periods)
            printed.append(row.count)
    return Year(months, tuple(printed), tuple(missing))


def _months(view: View) -> Sequence[str]:
    months = [first_month(view.issued)]
    while months[-1] < view.month:
        months.append(following(months[-1]))
    return months


def in_short(one: Year) -> tuple[str, str]:
    """In a few words, and of what it is the sum."""
    if len(one.months) == 1:
        return "Too early", "this is the first month"
    if not one.number:
        return "Too few to add up", f"no month of 10 or more, {_span(one)}"
    left_out = (f"{one.few} of {FEWER}" if one.few else "", f"{len(one.missing)} missing" if one.missing else "")
    without = " and ".join(filter(None, left_out))
    of = f"{_span(one)}, as the sum of rounded months"
    return f"About {one.number:,}", f"{of}, without {without}" if without else of


def in_words(one: Year) -> str:
    """What may be said of it in a sentence; nothing where there is nothing to add up."""
    if len(one.months) == 1 or not one.number:
        return ""
    low, high = one.between
    parts = "those that are published" if one.missing else "these months"
    return (
        f"From {_span(one)} the rounded months add up to {one.number:,} carers; "
        f"in truth {parts} come to between {low:,} and {high:,}."
    )


def _span(one: Year) -> str:
    return f"{period_words(one.months[0])} to {period_words(one.months[-1])}"
