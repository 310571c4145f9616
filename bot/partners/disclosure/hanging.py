"""One-way tables that hang on one total alone, such as a month's identified people by source.

Such a table meets all others in a single number, the total of its periods. Between what its total can be and what its
cells print, the interval of each cell follows by adding up; every whole number in it is possible.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.partners.disclosure.telling import UNTOLD, Told, Values, interval

Ends = tuple[int, int]


@dataclass(frozen=True)
class Hanging:
    """The table, the total that it hangs on, and for how many people there is room left in every count (0 or 1).

    `total` is what the total was witnessed to be, `printed` what it can be at the most.
    """

    told: Told
    total: Ends
    printed: Ends
    room: int = 0

    def ends(self, values: Values) -> Ends:
        low, high = interval(self.told.counts[values])
        return low, high - self.room

    def small(self) -> Iterator[Values]:
        return (values for values, printed in self.told.counts.items() if printed is None)

    def deduced(self, values: Values, known: dict[Values, int] | None = None) -> Ends:
        """What the cell can be, for a reader who knows some other cells. Lower end above upper: nothing is possible."""
        low, high = self.ends(values)
        if self.told.shape.overlapping:
            return low, min(high, self.total[1])
        others_low = others_high = 0
        for other in self.told.counts:
            if other != values:
                least, most = (known[other],) * 2 if known and other in known else self.ends(other)
                others_low, others_high = others_low + least, others_high + most
        return max(low, self.total[0] - others_high), min(high, self.total[1] - others_low)

    def _others(self, values: Values) -> Ends:
        others = [self.ends(other) for other in self.told.counts if other != values]
        return sum(low for low, _ in others), sum(high for _, high in others)

    def possible(self, values: Values) -> range:
        """What a partner may truly have counted in its own cell."""
        (low, high), (least, most) = self.ends(values), self._others(values)
        return range(max(low, self.printed[0] - most), min(high, self.printed[1] - least) + 1)

    def total_known_with(self, values: Values, own: int) -> Ends:
        """The ends of the total for a partner who knows that its own cell is `own`."""
        least, most = self._others(values)
        return max(self.printed[0], own + least), min(self.printed[1], own + most)


def too_narrow(ends: Ends, enough: int) -> bool:
    """Whether a cell with these ends is known too well; one that is known to be 10 or more is no small cell."""
    low, high = ends
    return low < UNTOLD and high - low + 1 < enough
