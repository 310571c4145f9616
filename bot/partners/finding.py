"""Finding a published table among the releases: of one period alone, or one that waited and came out with others."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.partners.models import PublishedTable, Release, Row
from bot.partners.periods import Period, is_kind, last_day


@dataclass(frozen=True)
class Issued:
    """All that was issued and could be read, and the periods of what could not."""

    releases: tuple[Release, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def simulated(self) -> bool:
        return any(release.simulated for release in self.releases)


def months(issued: Issued) -> tuple[str, ...]:
    """The months that were issued, newest first."""
    return tuple(sorted((r.period for r in issued.releases if is_kind(r.period, Period.MONTH)), reverse=True))


def first_month(issued: Issued) -> str:
    """The first month of all, also where it cannot be read. Blank where there is none."""
    known = (*(release.period for release in issued.releases), *issued.unreadable)
    return min((period for period in known if is_kind(period, Period.MONTH)), default="")


def until(issued: Issued, month: str | None) -> tuple[Release, ...]:
    """The releases of periods that had ended when `month` ended, oldest first; all of them without a month."""
    last = last_day(month) if month else None
    kept = (r for r in issued.releases if last is None or last_day(r.period) <= last)
    return tuple(sorted(kept, key=lambda release: (last_day(release.period), len(release.period))))


def alone(releases: Iterable[Release], table: str, period: str) -> PublishedTable | None:
    """A table as published for this period alone: no other has this period's own counts."""
    return next((p for r in releases for p in r.tables if p.table == table and p.periods == (period,)), None)


def together(releases: Iterable[Release], table: str, period: str) -> PublishedTable | None:
    """A table that adds this period up with others, where it waited and came out so."""
    joined = (p for r in releases for p in r.tables if p.table == table and len(p.periods) > 1)
    return next((published for published in joined if period in published.periods), None)


def total(published: PublishedTable | None) -> Row | None:
    """The one row of a table without dimensions."""
    return published.rows[0] if published and published.rows else None


def row(published: PublishedTable | None, *values: str) -> Row | None:
    return next((r for r in published.rows if r.values == values), None) if published else None
