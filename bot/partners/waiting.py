"""What became of tables that were held back, told from what is issued alone.

So it is the same whether a table would have told too much or was drawn by lot: nobody is told which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.partners.finding import Issued, alone, together
from bot.partners.labels import any_period_words, listed, periods_words
from bot.partners.models import Release
from bot.partners.periods import Period, is_kind, kind_of, last_day
from bot.partners.tidy import JOIN

WHY = "Such a table would have told too much, or it was drawn by lot; which of the two is kept nowhere."
EVERY_TABLE = "every table"


class Fate(StrEnum):
    """What became of a table of one period. The words stand in downloads."""

    ADDED_UP = "added up"
    WAITS = "waits"
    NEVER = "not published"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Absent:
    """A table that is not published for `period` by itself. `within` are the periods with which it was added up."""

    table: str
    period: str
    fate: Fate
    within: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """For downloads: the fate, with the periods where there are such."""
        return f"{self.fate} in {JOIN.join(self.within)}" if self.within else self.fate.value


def absent(issued: Issued, table: str, period: str) -> Absent | None:
    """What became of this table; None where it is published for this period, or was never held back."""
    if alone(issued.releases, table, period) or not _was_held_back(issued.releases, table, period):
        return None
    joined = together(issued.releases, table, period)
    if joined:
        return Absent(table, period, Fate.ADDED_UP, joined.periods)
    return Absent(table, period, _fate(issued, period))


def every_absent(issued: Issued) -> Iterator[Absent]:
    """All that was held back, in the order of the releases; then what cannot be read."""
    for release in issued.releases:
        for held in release.held_back:
            found = absent(issued, held.table, held.period) if JOIN not in held.period else None
            if found:
                yield found
    for period in issued.unreadable:
        named = any(is_kind(period, kind) for kind in Period)
        yield Absent(EVERY_TABLE, period if named else "unknown", Fate.UNREADABLE)


def in_words(one: Absent) -> str:
    """What became of it, in a sentence."""
    if one.within:
        return f"It came out added up: {periods_words(one.within)}."
    if one.fate is Fate.WAITS:
        year = one.period[:4]
        return f"It waits, until the end of {year} at the latest, and may come out added up with others that wait."
    if one.fate is Fate.UNREADABLE:
        return "What became of it cannot be read just now."
    if kind_of(one.period) is Period.WEEK:
        return "It is not published. Weeks are not added up: months have tables of their own."
    return "It is not published, and will not be."


def damage_in_words(issued: Issued) -> str:
    """What to tell of releases that cannot be read; blank where all can."""
    if not issued.unreadable:
        return ""
    periods = listed([any_period_words(period) for period in issued.unreadable])
    return (
        f"The figures issued for {periods} cannot be read just now. All the others are here. "
        "Nothing that was published has changed; please tell whoever runs the service."
    )


def _was_held_back(releases: tuple[Release, ...], table: str, period: str) -> bool:
    return any(held.table == table and held.period == period for release in releases for held in release.held_back)


def _fate(issued: Issued, period: str) -> Fate:
    """Of a table that did not come out so far: what waits is added up with its quarter, at last with its year."""
    if kind_of(period) is Period.WEEK:
        return Fate.NEVER
    quarters = (other for other in issued.unreadable if is_kind(other, Period.QUARTER) and other[:4] == period[:4])
    if any(last_day(quarter) >= last_day(period) for quarter in quarters):
        return Fate.UNREADABLE  # it may have come out there
    return Fate.NEVER if any(r.period == f"{period[:4]}-Q4" for r in issued.releases) else Fate.WAITS
