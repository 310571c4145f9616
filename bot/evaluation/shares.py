"""Parts of a whole, and the middle and far end of a row of numbers."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Share:
    """So many of so many. Printed as a percentage, or "-" where there is nothing to take a share of."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1, or None of nothing."""
        return self.count / self.of if self.of else None

    def __str__(self) -> str:
        return "-" if self.value is None else f"{self.value:.1%}"

    def in_full(self) -> str:
        """With the counts: "86.2% (431 of 500)"."""
        return f"{self} ({self.count} of {self.of})"

    def as_data(self) -> dict[str, int]:
        return {"count": self.count, "of": self.of}


def share(items: Iterable[Item], test: Callable[[Item], bool]) -> Share:
    """How many of the items pass the test."""
    passed = [test(item) for item in items]
    return Share(sum(passed), len(passed))


def percentile(values: Sequence[float], part: float) -> float | None:
    """The smallest value that `part` (0 to 1) of them do not exceed; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(part * len(values)) - 1, 0)]


def whole(value: float | None) -> str:
    """A number for a table, without needless decimals."""
    return "-" if value is None else f"{value:g}"


def counted(count: int, name: str) -> str:
    """With the name in its number: 1 line, 2 lines."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
