"""What one reader can deduce of every cell of a measure, quarter by quarter.

Quarters meet only in the weeks that straddle them. So one whole world that agrees with everything told is found
first; then each quarter is varied while the others stand still in that world. Whatever is witnessed so is possible
for all that readers know. A cell that seems narrow is tried again with more quarters moving, at last with all.
"""

from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from bot.partners.disclosure.counting import Counting
from bot.partners.disclosure.solving import Ints, Problem, explore
from bot.partners.disclosure.telling import ENOUGH
from bot.partners.periods import quarter_of

Proofs = dict[bytes, tuple[Ints, Ints]]
NOWHERE = np.iinfo(np.int64).max


@dataclass
class Reading:
    """The sums of `counting` between `low` and `high`, as one reader knows them.

    `lowest` and `highest` of each sum were witnessed. `proofs` are kept from one attack to the next.
    """

    counting: Counting
    low: Ints
    high: Ints
    proofs: Proofs
    world: Ints | None = field(init=False)
    lowest: Ints = field(init=False)
    highest: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.lowest = np.full(len(self.low), NOWHERE)
        self.highest = np.full(len(self.low), -1)
        self.quarters = [quarter_of(month) for month in self.counting.month_of]

    def follow(self, other: "Reading") -> None:
        """Begin with the witnesses of a reader who knows more: all that is possible for that one is possible here."""
        self.world, self.lowest, self.highest = other.world, other.lowest.copy(), other.highest.copy()

    def start(self, hint: Ints | None) -> bool:
        """Find a world, near to `hint` if there is one. False where nothing agrees with all that is told."""
        self.world = self._world(hint)
        if self.world is not None:
            sums = np.rint(self.counting.matrix @ self.world).astype(np.int64)
            self.lowest, self.highest = sums.copy(), sums.copy()
        return self.world is not None

    def _world(self, hint: Ints | None) -> Ints | None:
        if hint is not None:
            latest = sorted(set(self.quarters))[-2:]
            problem, _, columns, _ = self._window(latest, hint)
            found = problem.best(np.zeros(len(problem.low)))
            if found is not None:
                world = hint.copy()
                world[columns] = found
                if self._agrees(world):
                    return world
        problem = Problem(self.counting.matrix, self.low, self.high)
        return problem.best(np.zeros(len(self.low)))

    def _agrees(self, world: Ints) -> bool:
        sums = np.rint(self.counting.matrix @ world)
        return bool((sums >= self.low).all() and (sums <= self.high).all())

    def _window(self, quarters: list[str], world: Ints) -> tuple[Problem, Ints, Ints, Ints]:
        """The problem in which only these quarters move; its sums, its unknowns, and what stands still in each sum."""
        moving = np.isin(self.quarters, quarters)
        columns = np.flatnonzero(moving)
        part = self.counting.by_unknown[:, columns].tocsr()
        rows = np.flatnonzero(np.diff(part.indptr))
        still = np.rint(self.counting.matrix[rows] @ np.where(moving, 0, world)).astype(np.int64)
        return Problem(part[rows], self.low[rows] - still, self.high[rows] - still), rows, columns, still

    def look(self, wanted: Ints, totals: Ints, around: int = 0) -> None:
        """Witness the `wanted` sums until each spans enough, and the very ends of `totals`.

        `around`: how many quarters on either side move as well.
        """
        assert self.world is not None  # noqa: S101 - start() came first
        every = sorted(set(self.quarters))
        for place, quarter in enumerate(every):
            here = np.intersect1d(wanted[self.narrow(wanted)], self.counting.touching(quarter))
            ends = np.intersect1d(totals, self.counting.touching(quarter))
            if len(here) or len(ends):
                problem, rows, _, still = self._window(every[max(place - around, 0) : place + around + 1], self.world)
                low, high = self._proved(problem, np.searchsorted(rows, here), np.searchsorted(rows, ends))
                found = high >= 0
                self.lowest[rows[found]] = np.minimum(self.lowest[rows[found]], (low + still)[found])
                self.highest[rows[found]] = np.maximum(self.highest[rows[found]], (high + still)[found])

    def _proved(self, problem: Problem, here: Ints, ends: Ints) -> tuple[Ints, Ints]:
        matrix = problem.matrix
        parts = (matrix.data, matrix.indices, matrix.indptr, problem.low, problem.high, here, ends)
        key = sha256(b"|".join(part.tobytes() for part in parts)).digest()
        if key not in self.proofs:
            for row in ends:
                problem.lowest(int(row))
                problem.highest(int(row))
            explore(problem, here, ENOUGH)
            self.proofs[key] = (problem.seen_low, problem.seen_high)
        return self.proofs[key]

    def narrow(self, rows: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which of the sums are not yet witnessed to span enough, nor to be 10 or more whatever happens."""
        spans = self.highest[rows] - self.lowest[rows] + 1
        return spans < ENOUGH
