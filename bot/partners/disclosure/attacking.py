"""The readers who attack, and the verdict on everything that they were told."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.partners.disclosure.counting import FREE, SOURCE, Counting
from bot.partners.disclosure.hanging import Ends, Hanging, too_narrow
from bot.partners.disclosure.reading import Proofs, Reading
from bot.partners.disclosure.solving import Ints
from bot.partners.disclosure.summing import count
from bot.partners.disclosure.telling import ENOUGH, UNTOLD, CellName, Link, Own, Shape, Told, Values
from conversations.sources import DIRECT, OTHER

OUTSIDER = "an outside reader"
CONTRIBUTOR = "a reader who knows one contributor"
PARTNER = "a partner who knows its own source exactly"
READERS = (OUTSIDER, CONTRIBUTOR, PARTNER)
NO_ROWS = np.array([], dtype=np.int64)
NOBODYS = frozenset({DIRECT, OTHER})  # values of the source that belong to no partner


@dataclass(frozen=True)
class Finding:
    """A cell that a reader can deduce too well: to lie between `low` and `high`."""

    reader: str
    cell: CellName
    low: int
    high: int

    @property
    def contradicts(self) -> bool:
        """Whether no numbers of people agree with what is printed, so that there is nothing to deduce."""
        return self.reader == OUTSIDER and self.low > self.high

    def __str__(self) -> str:
        if self.contradicts:
            return f"{self.cell}: what is printed contradicts itself"
        if self.low > self.high:
            return f"{self.cell}: {self.reader} can tell that what is printed leaves no room"
        between = f"exactly {self.low}" if self.low == self.high else f"{self.low} to {self.high}"
        return f"{self.cell}: {self.reader} can tell that it is {between}"


@dataclass(frozen=True)
class Verdict:
    """What was found, how many cells were attacked, and the fewest possible values proved for any (None: no cell)."""

    findings: tuple[Finding, ...] = ()
    cells: int = 0
    narrowest: int | None = None

    def __add__(self, other: "Verdict") -> "Verdict":
        widths = [width for width in (self.narrowest, other.narrowest) if width is not None]
        return Verdict(self.findings + other.findings, self.cells + other.cells, min(widths, default=None))


@dataclass
class Gate:
    """Attacks tables. Keeps what it proved, so that only what has changed is attacked again.

    The verdict follows from what is printed, never from true counts: so it tells a reader nothing further. The one
    exception is `owned`, see `_crowded`.
    """

    links: Sequence[Link] = ()
    from_start: bool = False  # nobody was counted before the first periods, and readers know it
    proofs: Proofs = field(default_factory=Proofs)

    def attack(
        self,
        shapes: Sequence[Shape],
        told: Sequence[Told],
        closed: Collection[str],
        owned: Sequence[Own] = (),
        *,
        thorough: bool = False,
    ) -> Verdict:
        """The verdict on one measure's tables. Raises TooMuchError where they are too large to attack.

        `owned` is what partners know of closed months whose table by source is not printed.
        `thorough` takes its time over cells that seem narrow, and so finds their true intervals; without it a cell
        may seem narrower than it is, never wider.
        """
        measure = shapes[0].measure
        links = [link for link in self.links if link.measure == measure]
        counting = count(shapes, told, closed, links, owned, from_start=self.from_start)
        if not counting.sums:
            return Verdict()
        return _Attack(counting, self.proofs, measure, thorough).verdict()

    def agrees(self, shapes: Sequence[Shape], told: Sequence[Told], closed: Collection[str]) -> bool:
        """Whether there are numbers of people that agree with all of one measure's tables."""
        measure = shapes[0].measure
        links = [link for link in self.links if link.measure == measure]
        counting = count(shapes, told, closed, links, from_start=self.from_start)
        reading = Reading(counting, counting.low, counting.high(roomy=False), Proofs(), measure)
        return not counting.sums or reading.start()


@dataclass
class _Attack:
    counting: Counting
    proofs: Proofs
    measure: str
    thorough: bool

    def verdict(self) -> Verdict:
        roomy = self._read(room=1)
        if roomy is not None:
            narrow = self._narrow(roomy, 1)
            if not narrow:
                return Verdict(tuple(self._by_partners(roomy)), self._cells(), self._narrowest(roomy))
        outsider = self._read(room=0)
        if outsider is None:
            return Verdict(tuple(self._impossible(OUTSIDER)), self._cells(), 0)
        found = {name: Finding(OUTSIDER, name, *ends) for name, ends in self._narrow(outsider, 0)}
        if roomy is not None:
            for name, ends in narrow:
                found.setdefault(name, Finding(CONTRIBUTOR, name, *ends))
        elif not found:
            found = {f.cell: f for f in self._impossible(CONTRIBUTOR)}
        return Verdict(tuple(found.values()), self._cells(), self._narrowest(outsider))

    def _read(self, room: int, known: dict[int, Ends] | None = None) -> Reading | None:
        """What can be deduced by a reader; None where nothing agrees with what is known."""
        counting = self.counting
        low, high = counting.low.copy(), counting.high(roomy=bool(room))
        for row, (least, most) in (known or {}).items():
            low[row], high[row] = max(low[row], least), min(high[row], most)
        reading = Reading(counting, low, high, self.proofs, self.measure)
        if not reading.start():
            return None
        targets = np.array([row for row, s in enumerate(counting.sums) if s.cell], dtype=np.int64)
        reading.look(targets, NO_ROWS)
        self._look_closer(reading, targets, lambda: self._narrow_totals(reading, room))
        return reading

    def _look_closer(self, reading: Reading, targets: Ints, tight: Callable[[], Ints]) -> None:
        """Once more, with more quarters moving, at the cells and the totals that seem narrow."""
        for around in (0, 1, len(set(reading.quarters))) if self.thorough else (0, 1):
            narrow = targets[reading.narrow(targets)]
            narrow = narrow[reading.lowest[narrow] < UNTOLD]
            totals = tight()
            if not len(narrow) and not len(totals):
                return
            reading.look(narrow if around else NO_ROWS, totals, around)

    def _narrow_totals(self, reading: Reading, room: int) -> Ints:
        """The totals under which a hanging table's cell seems narrow."""
        found = {
            row
            for hanging, row in self._hanging(reading, room)
            if any(too_narrow(hanging.deduced(values), ENOUGH) for values in hanging.small())
        }
        return np.array(sorted(found), dtype=np.int64)

    def _hanging(self, reading: Reading, room: int) -> Iterator[tuple[Hanging, int]]:
        for told, row in self.counting.hanging:
            total = (int(reading.lowest[row]), int(reading.highest[row]))
            yield Hanging(told, total, self.counting.printed_ends(row), room), row

    def _ends(self, reading: Reading, room: int) -> Iterator[tuple[CellName, Ends]]:
        for row, known in enumerate(self.counting.sums):
            if known.cell:
                yield known.cell, (int(reading.lowest[row]), int(reading.highest[row]))
        for hanging, _ in self._hanging(reading, room):
            for values in hanging.small():
                yield _name(hanging, values), hanging.deduced(values)

    def _narrow(self, reading: Reading, room: int) -> list[tuple[CellName, Ends]]:
        return [(name, ends) for name, ends in self._ends(reading, room) if too_narrow(ends, ENOUGH)]

    def _narrowest(self, reading: Reading) -> int | None:
        widths = [high - low + 1 for _, (low, high) in self._ends(reading, 0) if low < UNTOLD]
        return min((min(width, UNTOLD) for width in widths), default=None)

    def _cells(self) -> int:
        return sum(s.cell is not None for s in self.counting.sums) + sum(
            printed is None for told, _ in self.counting.hanging for printed in told.counts.values()
        )

    def _impossible(self, reader: str) -> Iterable[Finding]:
        """Nothing agrees with all that this reader knows: counts were changed, or leave no room at all."""
        names = [s.cell for s in self.counting.sums if s.cell and s.printed]
        names += [_name(Hanging(told, (0, 0), (0, 0)), v) for told, _ in self.counting.hanging for v in told.counts]
        return (Finding(reader, name, 1, 0) for name in names[:1])

    def _by_partners(self, roomy: Reading) -> Iterator[Finding]:
        """A partner knows its own counts. Where the table by source is printed, the worst is assumed."""
        printed = any(told.shape.dimensions == (SOURCE,) for told, _ in self.counting.hanging)
        if not printed and not self.counting.owned:
            return
        reading = Reading(self.counting, self.counting.low, self.counting.high(roomy=False), self.proofs, self.measure)
        reading.follow(roomy)
        self._look_closer(reading, NO_ROWS, lambda: self._telling_totals(reading))
        for hanging, _ in self._sources(reading):
            yield from _others(hanging)
        for own, row in self.counting.owned:
            yield from _crowded(own, int(reading.highest[row]))
        # Knowing its own count, a partner may know the totals better, and by them every other table.
        for place in (0, -1):
            known = dict(self._totals_known(reading, place))
            if known:
                told_more = self._read(room=0, known=known)
                if told_more is None:
                    yield from self._impossible(PARTNER)
                    return
                yield from (Finding(PARTNER, name, *ends) for name, ends in self._narrow(told_more, 0))

    def _totals_known(self, reading: Reading, place: int) -> Iterator[tuple[int, Ends]]:
        """Totals that lie closer for some partner that counted the least (place 0) or the most (-1) it can have."""
        for hanging, row in self._sources(reading):
            low, high = hanging.printed
            for own, counts in _partners(hanging):
                least, most = hanging.total_known_with(own, counts[place])
                low, high = (max(low, least), high) if place else (low, min(high, most))
            if (low, high) != hanging.printed:
                yield row, (low, high)
        for owned, row in self.counting.owned:
            least = max(_partners_of(owned).values(), default=0)
            if least > self.counting.printed_ends(row)[0]:
                yield row, (least, FREE)

    def _sources(self, reading: Reading) -> Iterator[tuple[Hanging, int]]:
        return ((h, row) for h, row in self._hanging(reading, 0) if h.told.shape.dimensions == (SOURCE,))

    def _telling_totals(self, reading: Reading) -> Ints:
        """The totals under which a partner seems to know too much of another source."""
        found = {row for hanging, row in self._sources(reading) if any(_others(hanging))}
        found |= {row for own, row in self.counting.owned if any(_crowded(own, int(reading.highest[row])))}
        return np.array(sorted(found), dtype=np.int64)


def _partners(hanging: Hanging) -> Iterator[tuple[Values, range]]:
    """Every partner's own cell, and what its true count may be."""
    return (
        (own, hanging.possible(own)) for own in hanging.told.counts if own[0] not in NOBODYS and hanging.possible(own)
    )


def _others(hanging: Hanging) -> Iterator[Finding]:
    """What partners can tell of the other sources. How much they can tell is least at one end of their own count."""
    for own, counts in _partners(hanging):
        for values in hanging.small():
            for known in {counts[0], counts[-1]} if values != own else ():
                ends = hanging.deduced(values, {own: known})
                if too_narrow(ends, ENOUGH):
                    yield Finding(PARTNER, _name(hanging, values), *ends)


def _partners_of(own: Own) -> dict[Values, int]:
    return {values: count for values, count in own.counts.items() if values[0] not in NOBODYS}


def _crowded(own: Own, total: int) -> Iterator[Finding]:
    """What a partner can tell of the other sources where none is printed: its count leaves them the rest of `total`.

    That a table was let pass tells every reader that each partner's count leaves the others enough. So it is at the
    most the total less that, and it must keep enough values itself.
    """
    partners = _partners_of(own)
    for values in own.counts if partners else ():
        rest = total - max((count for other, count in partners.items() if other != values), default=0)
        most = min(rest, total - (ENOUGH - 1))
        if most + 1 < ENOUGH:
            yield Finding(PARTNER, CellName(own.shape.name, (own.month,), values), 0, max(most, 0))


def _name(hanging: Hanging, values: Values) -> CellName:
    return CellName(hanging.told.shape.name, hanging.told.periods, values)
