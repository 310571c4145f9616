"""The unknown numbers behind one measure's tables. What readers know of their sums is added by summing.py.

The unknowns are counts of people, whole and never negative:

- of each stretch of days that is one week's and one month's, by what weekly tables tell (area);
- of each month whose quarter has closed, by everything that two-way tables cross (area, age, channel);
- of each month, by the values of a one-way table that must be solved together with others (see `strands`).

Any such numbers that agree in what they share can be people: whoever is counted in a stretch of days and an area can
be given any age that the month's area still has to give. So nothing is lost by keeping them apart.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from bot.partners.disclosure.telling import CellName, Link, Own, Shape, Told, Values
from bot.partners.periods import Period, first_day, following, kind_of, last_day, months_of, period_of, quarter_of

Unknown = tuple[str, str, str, Values]  # what it is, its month, its week or dimension, its values
FREE = 10**8  # more people than there are, or than a file may print (file_forms.py)
SOURCE = "source"


class TooMuchError(Exception):
    """Tables with so many dimensions together that they cannot be attacked."""


@dataclass(frozen=True)
class Sum:
    """A sum of unknowns and where it lies. `roomy` is its upper end with room left for one more person everywhere."""

    unknowns: tuple[tuple[int, int], ...]
    low: int
    high: int
    roomy: int
    cell: CellName | None = None  # to be attacked
    printed: bool = True


@dataclass
class Counting:
    """The unknowns of one measure and the sums over them. Built by `count` in summing.py."""

    shapes: Sequence[Shape]
    told: Sequence[Told]
    closed: Collection[str]
    index: dict[Unknown, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    hanging: list[tuple[Told, int]] = field(default_factory=list)  # and the row of the total it hangs on
    owned: list[tuple[Own, int]] = field(default_factory=list)  # and the row of the month's total
    links: Sequence[Link] = ()
    from_start: bool = False  # readers know that nobody was counted before the first week and the first month
    _touching: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    @cached_property
    def weekly(self) -> Values:
        """What weekly tables tell, in an order of its own."""
        return _dimensions(shape for shape in self.shapes if shape.period is Period.WEEK)

    @cached_property
    def has_weeks(self) -> bool:
        return any(shape.period is Period.WEEK for shape in self.shapes)

    @cached_property
    def first_month(self) -> str:
        return min((p for p in self.closed if kind_of(p) is Period.MONTH), default="")

    @cached_property
    def first_week(self) -> date:
        return min((first_day(p) for p in self.closed if kind_of(p) is Period.WEEK), default=date.min)

    @cached_property
    def months(self) -> Values:
        return tuple(sorted({month for period in self.closed for month in months_of(period)}))

    @cached_property
    def crossed(self) -> dict[str, Values]:
        """Of each month, the dimensions that are solved together: those of two-way tables that have closed."""
        found = {}
        for month in self.months:
            deep = _dimensions(
                shape
                for shape in self.shapes
                if len(shape.dimensions) > 1
                and any(kind_of(p) is shape.period and month in months_of(p) for p in self.closed)
            )
            found[month] = tuple(dict.fromkeys((*self.weekly, *deep)))
        return found

    @cached_property
    def of(self) -> dict[str, Values]:
        """The possible values of each dimension."""
        return {name: vs for shape in self.shapes for name, vs in zip(shape.dimensions, shape.values, strict=True)}

    def unknown(self, *key: str, values: Values = ()) -> int:
        name: Unknown = (key[0], key[1], key[2] if len(key) > 2 else "", values)
        return self.index.setdefault(name, len(self.index))

    def cell(self, shape: Shape, periods: Iterable[str], values: Values) -> list[int] | None:
        """The unknowns that add up to a cell; None where its table hangs on a total alone."""
        wanted = dict(zip(shape.dimensions, values, strict=True))
        if shape.period is Period.WEEK:
            return [u for week in periods for month in months_of(week) for u in self.stretch(week, month, wanted)]
        found: list[int] = []
        for month in (month for period in periods for month in months_of(period)):
            some = self.in_month(month, wanted, overlapping=shape.overlapping)
            if some is None:
                return None
            found += some
        return found

    def in_month(self, month: str, wanted: dict[str, str], *, overlapping: bool = False) -> list[int] | None:
        if self.from_start and month < self.first_month:
            return []
        crossed = self.crossed[month]
        if set(wanted) <= set(crossed) and not overlapping:
            if self.has_weeks and crossed == self.weekly:
                return [u for week in weeks_of(month) for u in self.stretch(week, month, wanted)]
            return [self.unknown("month", month, values=values) for values in self._matching(crossed, wanted)]
        dimension, *more = wanted
        if not more and (dimension, month) in self.strands:
            return [self.unknown("strand", month, dimension, values=(wanted[dimension],))]
        return None

    def stretch(self, week: str, month: str, wanted: dict[str, str]) -> list[int]:
        if self.from_start and (month < self.first_month or first_day(week) < self.first_week):
            return []
        return [self.unknown("stretch", month, week, values=values) for values in self._matching(self.weekly, wanted)]

    def _matching(self, dimensions: Values, wanted: dict[str, str]) -> Iterable[Values]:
        return product(*((wanted[d],) if d in wanted else self.of[d] for d in dimensions))

    @cached_property
    def strands(self) -> frozenset[tuple[str, str]]:
        """Dimensions of one-way tables, and months, where more is known than that the table adds up to one total:
        they are linked to another table, their printed periods overlap, or several months were added up."""
        found = {(name, month) for link in self.links for name, _, _ in link.terms if name for month in self.months}
        one_way = [
            told for told in self.told if len(told.shape.dimensions) == 1 and told.shape.period is not Period.WEEK
        ]
        for told in one_way:
            others = {
                month
                for o in one_way
                if o is not told and o.shape.dimensions == told.shape.dimensions
                for month in o.months
            }
            if len(told.months) > 1 or others & set(told.months):
                found |= {(told.shape.dimensions[0], month) for month in told.months}
        return frozenset(pair for pair in found if pair[0] in self.of)

    def add(
        self,
        unknowns: Iterable[int],
        low: int,
        high: int,
        roomy: int | None = None,
        *,
        cell: CellName | None = None,
        printed: bool = True,
    ) -> int:
        """A sum more, and its number."""
        weights: dict[int, int] = {}
        for unknown in unknowns:
            weights[unknown] = weights.get(unknown, 0) + 1
        roomy = high if roomy is None else roomy
        self.sums.append(Sum(tuple(weights.items()), low, high, roomy, cell, printed))
        return len(self.sums) - 1

    @cached_property
    def matrix(self) -> csr_array:
        rows = np.repeat(np.arange(len(self.sums)), [len(s.unknowns) for s in self.sums])
        pairs = [pair for s in self.sums for pair in s.unknowns]
        columns, data = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return csr_array((data.astype(float), (rows, columns)), shape=(len(self.sums), len(self.index)))

    @cached_property
    def by_unknown(self) -> csc_array:
        return self.matrix.tocsc()

    def touching(self, quarter: str) -> NDArray[np.int64]:
        """The sums in which a quarter's unknowns stand."""
        if quarter not in self._touching:
            columns = np.flatnonzero(np.array([quarter_of(month) == quarter for month in self.month_of]))
            self._touching[quarter] = np.unique(self.by_unknown[:, columns].indices).astype(np.int64)
        return self._touching[quarter]

    def printed_ends(self, row: int) -> tuple[int, int]:
        """The ends of a sum by all that is printed of this very sum."""
        return self._printed_ends[frozenset(self.sums[row].unknowns)]

    @cached_property
    def _printed_ends(self) -> dict[frozenset[tuple[int, int]], tuple[int, int]]:
        found: dict[frozenset[tuple[int, int]], tuple[int, int]] = {}
        for known in self.sums:
            low, high = found.get(frozenset(known.unknowns), (0, FREE))
            found[frozenset(known.unknowns)] = (max(low, known.low), min(high, known.high))
        return found

    @cached_property
    def low(self) -> NDArray[np.int64]:
        return np.array([s.low for s in self.sums])

    def high(self, *, roomy: bool) -> NDArray[np.int64]:
        return np.array([s.roomy if roomy else s.high for s in self.sums])

    @cached_property
    def month_of(self) -> list[str]:
        return [month for _, month, _, _ in self.index]


def _dimensions(shapes: Iterable[Shape]) -> Values:
    return tuple(sorted({name for shape in shapes for name in shape.dimensions if not shape.overlapping}))


def weeks_of(month: str) -> list[str]:
    weeks = [period_of(first_day(month), Period.WEEK)]
    while weeks[-1] != period_of(last_day(month), Period.WEEK):
        weeks.append(following(weeks[-1]))
    return weeks
