"""What readers are told: printed counts, the interval that each leaves, and the shape of the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.partners.periods import Period, months_of

UNTOLD = 10  # below this a count prints as "fewer than 10"
ENOUGH = 7  # possible values that a true 0 to 9 must keep
Values = tuple[str, ...]


def rounded(count: int) -> int | None:
    """The count as it is published: None for "fewer than 10", else the nearest ten, halves upwards."""
    return None if count < UNTOLD else (count + 5) // 10 * 10


def interval(printed: int | None) -> tuple[int, int]:
    """The least and the greatest true count that print so. Raises ValueError for what this method never prints."""
    if printed is None:
        return 0, UNTOLD - 1
    if printed < UNTOLD or printed % 10:
        raise ValueError(
            f"{printed} is never printed: counts are rounded to tens, and below 10 they read fewer than 10"
        )
    return max(printed - 5, UNTOLD), printed + 4


@dataclass(frozen=True)
class Shape:
    """A table as readers know it beforehand: what it counts, how often, by which dimensions with which values.

    An `overlapping` table counts one person in several of its cells, or in none, so that it does not add up.
    """

    name: str
    measure: str
    period: Period
    dimensions: Values = ()
    values: tuple[Values, ...] = ()
    overlapping: bool = False

    def rows(self) -> Iterator[Values]:
        return product(*self.values)


@dataclass(frozen=True)
class Told:
    """A table as it is printed, for one period or for several that are added up."""

    shape: Shape
    periods: Values
    counts: Mapping[Values, int | None]

    @property
    def months(self) -> Values:
        return tuple(month for period in self.periods for month in months_of(period))


@dataclass(frozen=True)
class Own:
    """The true counts of a month's sources, none of them printed: each partner knows its own, and nobody the rest."""

    shape: Shape
    month: str
    counts: Mapping[Values, int]


@dataclass(frozen=True)
class Link:
    """A sum of one month's cells that is never below zero: (dimension, value, coefficient); no dimension: the total."""

    measure: str
    terms: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class CellName:
    """One cell of one table, for people to find it."""

    table: str
    periods: Values
    values: Values

    def __str__(self) -> str:
        return ", ".join((self.table, "+".join(self.periods), *self.values))
