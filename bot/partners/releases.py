"""From true cells to releases: every period that has closed is issued once, and never changed.

A table that would tell too much waits. Waiting months are added up with their quarter, waiting months and quarters with
their year; what waits on its own at the end of the year is not published. Now and then a harmless table waits too, by
lot: so that it waits proves nothing about what is in it (see docs/disclosure.md).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random, SystemRandom

from bot.cells import Cell
from bot.partners.disclosure.attacking import READERS, Gate, Verdict
from bot.partners.disclosure.counting import SOURCE
from bot.partners.disclosure.telling import Own, Shape, Told, Values, rounded
from bot.partners.models import Certificate, HeldBack, PublishedTable, Release, Row
from bot.partners.periods import Period, closed_since, closing_with, first_day, kind_of, months_of, quarter_of
from bot.partners.tables import BY_NAME, LINKS, NOT_TOLD, OVERLAPPING, PLAN, Lists, Table
from bot.partners.tidy import JOIN
from conversations.events import EventName
from conversations.sources import OTHER
from conversations.turns import local_day

LOT = 1 / 20  # of the tables that could be issued wait all the same


@dataclass(frozen=True)
class Candidate:
    """A table that could be published, for one period or for several that waited."""

    table: Table
    periods: tuple[str, ...]

    @property
    def name(self) -> str:
        return JOIN.join(self.periods)


@dataclass
class Publisher:
    """Makes releases. `gate` keeps what it proved between one release and the next.

    `chance` draws the lots; by default the system does, so that nobody can find out what was drawn.
    """

    lists: Lists
    chance: Random = field(default_factory=SystemRandom)
    simulated: bool = False
    gate: Gate = field(default_factory=lambda: Gate(LINKS, from_start=True))

    def due(self, cells: Mapping[Cell, int], issued: Sequence[Release], now: datetime) -> list[str]:
        """The periods that have closed and are not issued yet, in the order in which they closed."""
        # everything is counted by the month: so the first month is that of the first event
        periods = {*(cell.period for cell in cells), *(release.period for release in issued)}
        months = [first_day(period) for period in periods if kind_of(period) is Period.MONTH]
        weeks = [first_day(period) for period in periods if kind_of(period) is Period.WEEK]
        done = {release.period for release in issued}
        return [
            period
            for period in (closed_since(min(months), now) if months else ())
            if period not in done
            and (kind_of(period) is not Period.WEEK or first_day(period) >= min(weeks, default=date.max))
        ]

    def next_release(self, cells: Mapping[Cell, int], issued: Sequence[Release], now: datetime) -> Release | None:
        """The next release that is due, attacked together with all that came before it."""
        due = self.due(cells, issued, now)
        return self._release(cells, issued, due[0], local_day(now)) if due else None

    def _release(self, cells: Mapping[Cell, int], issued: Sequence[Release], period: str, today: date) -> Release:
        out: list[PublishedTable] = []
        held: list[HeldBack] = []
        verdict = Verdict()
        own = [Candidate(table, (period,)) for table in PLAN if table.period is kind_of(period)]
        for candidates in (own, None):  # what waits is added up when it is known what waits of this period itself
            wanted = list(_joined(issued, held, period)) if candidates is None else candidates
            for event in dict.fromkeys(candidate.table.event for candidate in wanted):
                passed, verdict_of_event = self._pass(
                    cells, issued, period, out, [c for c in wanted if c.table.event is event]
                )
                out += passed
                held += [
                    HeldBack(c.table.name, c.name)
                    for c in wanted
                    if c.table.event is event and not any(_is(c, table) for table in passed)
                ]
                verdict += verdict_of_event
        certificate = Certificate(READERS, verdict.cells, verdict.narrowest)
        simulated = self.simulated or any(release.simulated for release in issued)  # once made up, it stays so
        return Release(period, today, tuple(out), tuple(held), certificate, simulated)

    def _pass(
        self,
        cells: Mapping[Cell, int],
        issued: Sequence[Release],
        period: str,
        before: Sequence[PublishedTable],
        wanted: Sequence[Candidate],
    ) -> tuple[list[PublishedTable], Verdict]:
        """As many of these tables of one event as the gate lets pass, the coarsest first; and the last verdict."""
        drawn = [c for c in wanted if self.chance.random() >= LOT]
        drawn.sort(key=lambda c: (len(c.table.dimensions), len(self.lists.rows(c.table))))
        tables = [published(c, cells, self.lists) for c in drawn]
        event = wanted[0].table.event
        shapes = [shape(table, self.lists) for table in PLAN if table.event is event]
        closed = {release.period for release in issued} | set(closing_with(period))
        earlier = [t for release in issued for t in release.tables] + list(before)
        known = [told(t) for t in earlier if BY_NAME[t.table].event is event]
        owned = self._owned(event, cells, closed - _settled(issued))

        def attack(some: Sequence[PublishedTable]) -> Verdict:
            printed = [*known, *(told(table) for table in some)]
            given = {(table.shape.name, table.periods) for table in printed}
            unprinted = [own for own in owned if (own.shape.name, (own.month,)) not in given]
            return self.gate.attack(shapes, printed, closed, unprinted)

        worlds = dict(self.gate.proofs.worlds)
        verdict = attack(tables)
        if not verdict.findings:
            return tables, verdict
        # What a table that waits has shown is forgotten, so that nothing published later can depend on it.
        self.gate.proofs.worlds = worlds
        verdict = attack([])
        lost = set(verdict.findings)  # known already before this release: nothing may make it worse
        passed: list[PublishedTable] = []
        for table in tables:
            worlds = dict(self.gate.proofs.worlds)
            tried = attack([*passed, table])
            if set(tried.findings) <= lost:
                passed, verdict = [*passed, table], tried
            else:
                self.gate.proofs.worlds = worlds
        return passed, verdict

    def _owned(self, event: EventName, cells: Mapping[Cell, int], closed: Collection[str]) -> list[Own]:
        """What partners know of these months by their own sources, whether the table by source is printed or not."""
        return [
            Own(shape(table, self.lists), period, counted(Candidate(table, (period,)), cells, self.lists))
            for table in PLAN
            if table.event is event and table.dimensions == (SOURCE,) and table.period is Period.MONTH
            for period in sorted(closed)
            if kind_of(period) is Period.MONTH
        ]


def _joined(issued: Sequence[Release], held: Sequence[HeldBack], period: str) -> Iterator[Candidate]:
    """What waits and may be added up now: a quarter's months; at the end of a year, its months and its quarters.

    A month or quarter that waits alone is not offered again by itself: that would tell why it waited.
    """
    if kind_of(period) is not Period.QUARTER:
        return
    span = period[:4] if period.endswith("Q4") else period
    given = {(table.table, part) for release in issued for table in release.tables for part in table.periods}
    for table in PLAN:
        waiting = [
            back.period
            for back in (*(back for release in issued for back in release.held_back), *held)
            if back.table == table.name
            and JOIN not in back.period
            and (table.name, back.period) not in given
            and span in (back.period[:4], quarter_of(months_of(back.period)[0]))
        ]
        if table.period is not Period.WEEK and len(waiting) > 1:
            yield Candidate(table, tuple(waiting))


def _is(candidate: Candidate, table: PublishedTable) -> bool:
    return (candidate.table.name, candidate.periods) == (table.table, table.periods)


def spent(cells: Iterable[Cell], issued: Sequence[Release]) -> list[Cell]:
    """The true cells that no release will need again: what is not kept cannot leak.

    Needed are the cells of periods that are open, and of tables that wait while their year is not settled.
    """
    periods, settled = {release.period for release in issued}, _settled(issued)
    waiting = {
        (back.table, back.period)
        for release in issued
        for back in release.held_back
        if kind_of(release.period) is not Period.WEEK and back.period not in settled
    }
    return [cell for cell in cells if cell.period in periods and (cell.table, cell.period) not in waiting]


def _settled(issued: Sequence[Release]) -> set[str]:
    """The periods of years that are over by a month: no release to come tells anything of them, by its weeks either."""
    periods = {release.period for release in issued}
    return {period for period in periods if f"{int(period[:4]) + 1}-01" in periods}


def published(candidate: Candidate, cells: Mapping[Cell, int], lists: Lists) -> PublishedTable:
    """The table as it is printed: each cell rounded from its true value, the empty ones too."""
    counts = counted(candidate, cells, lists)
    printed = tuple(Row(values, rounded(count)) for values, count in counts.items())
    return PublishedTable(candidate.table.name, candidate.periods, printed)


def counted(candidate: Candidate, cells: Mapping[Cell, int], lists: Lists) -> dict[Values, int]:
    """The true counts of a table, the empty cells too."""
    rows = lists.rows(candidate.table)
    counts = dict.fromkeys(rows, 0)
    for cell, count in cells.items():
        if cell.table == candidate.table.name and cell.period in candidate.periods:
            values = tuple(
                _listed(value, lists.values(dimension))
                for dimension, value in zip(candidate.table.dimensions, cell.values, strict=True)
            )
            if values in counts:
                counts[values] += count
    return counts


def _listed(value: str, values: Sequence[str]) -> str:
    """The value, or where it is no longer in its list: "other", else "unknown", if these can be counted."""
    return value if value in values else OTHER if OTHER in values else NOT_TOLD


def shape(table: Table, lists: Lists) -> Shape:
    values = tuple(lists.values(dimension) for dimension in table.dimensions)
    return Shape(
        table.name, table.event.value, table.period, table.dimensions, values, bool(OVERLAPPING & {*table.dimensions})
    )


def told(table: PublishedTable) -> Told:
    """A published table as the gate sees it."""
    planned = BY_NAME[table.table]
    columns = list(zip(*(row.values for row in table.rows), strict=True)) if planned.dimensions else []
    values = tuple(tuple(dict.fromkeys(column)) for column in columns)
    overlapping = bool(OVERLAPPING & {*planned.dimensions})
    own = Shape(table.table, planned.event.value, planned.period, planned.dimensions, values, overlapping)
    return Told(own, table.periods, {row.values: row.count for row in table.rows})
