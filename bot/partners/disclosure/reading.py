"""What one reader can deduce of every cell of a measure, quarter by quarter.

Quarters meet only in the weeks that straddle them. So one whole world that agrees with everything told is found
first; then each quarter is varied while the others stand still in that world. Whatever is witnessed so is possible
for all that readers know. A cell that seems narrow is tried again with more quarters moving, at last with all.
"""

from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from bot.partners.disclosure.counting import Counting, Unknown
from bot.partners.disclosure.solving import Ints, Problem, explore
from bot.partners.disclosure.telling import ENOUGH
from bot.partners.periods import quarter_of


@dataclass
class Worlds:
    """Worlds of one measure, a row each, and which unknown stands in each column."""

    index: dict[Unknown, int] = field(default_factory=dict)
    rows: list[Ints] = field(default_factory=list)

    def under(self, index: dict[Unknown, int]) -> Ints:
        """The worlds with the unknowns of another index; what is new there is nobody."""
        found = np.zeros((len(self.rows), len(index)), dtype=np.int64)
        shared = [name for name in index if name in self.index]
        if self.rows and shared:
            found[:, [index[name] for name in shared]] = np.array(self.rows)[:, [self.index[name] for name in shared]]
        return found


MOST_WORLDS = 300  # kept of a measure
NOWHERE = np.iinfo(np.int64).max


@dataclass
class Proofs:
    """What was found in earlier attacks: the ends seen in problems already solved, and worlds, most of which will still
    agree when a little more is told."""

    solved: dict[bytes, tuple[Ints, Ints]] = field(default_factory=dict)
    worlds: dict[str, Worlds] = field(default_factory=dict)  # by measure


@dataclass
class Reading:
    """The sums of `counting` between `low` and `high`, as one reader knows them.

    `lowest` and `highest` of each sum were witnessed. `proofs` are kept from one attack to the next.
    """

    counting: Counting
    low: Ints
    high: Ints
    proofs: Proofs
    measure: str
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

    def start(self) -> bool:
        """Find worlds to begin with. False where nothing agrees with all that is told."""
        earlier = self.proofs.worlds.get(self.measure, Worlds()).under(self.counting.index)
        sums = np.rint(self.counting.matrix @ earlier.T).astype(np.int64).T
        agree = ((sums >= self.low) & (sums <= self.high)).all(axis=1)
        self.world = earlier[agree][0] if agree.any() else self._world(earlier[0] if len(earlier) else None)
        if self.world is None:
            return False
        sums = np.vstack([sums[agree], np.rint(self.counting.matrix @ self.world).astype(np.int64)])
        self.lowest, self.highest = sums.min(axis=0), sums.max(axis=0)
        self._keep([*earlier[agree], self.world])
        return True

    def _keep(self, worlds: list[Ints]) -> None:
        """The first of the worlds kept is the one that the others were varied from."""
        kept = list({world.tobytes(): world for world in worlds}.values())
        self.proofs.worlds[self.measure] = Worlds(self.counting.index, kept[:1] + kept[1:][-MOST_WORLDS:])

    def _world(self, hint: Ints | None) -> Ints | None:
        """One world: where it can be, one in which only the latest two quarters differ from the hint."""
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
                problem, rows, columns, still = self._window(
                    every[max(place - around, 0) : place + around + 1], self.world
                )
                low, high = self._proved(problem, columns, np.searchsorted(rows, here), np.searchsorted(rows, ends))
                found = high >= 0
                self.lowest[rows[found]] = np.minimum(self.lowest[rows[found]], (low + still)[found])
                self.highest[rows[found]] = np.maximum(self.highest[rows[found]], (high + still)[found])

    def _proved(self, problem: Problem, columns: Ints, here: Ints, ends: Ints) -> tuple[Ints, Ints]:
        matrix = problem.matrix
        parts = (matrix.data, matrix.indices, matrix.indptr, problem.low, problem.high, here, ends)
        key = sha256(b"|".join(part.tobytes() for part in parts)).digest()
        if key not in self.proofs.solved:
            for row in ends:
                problem.lowest(int(row))
                problem.highest(int(row))
            explore(problem, here, ENOUGH)
            self.proofs.solved[key] = (problem.seen_low, problem.seen_high)
            self._keep([*self.proofs.worlds[self.measure].rows, *self._whole(problem.witnesses, columns)])
        return self.proofs.solved[key]

    def _whole(self, witnesses: list[Ints], columns: Ints) -> list[Ints]:
        """Witnesses of some quarters, with the others as they stood still."""
        assert self.world is not None  # noqa: S101 - start() came first
        worlds = [self.world.copy() for _ in witnesses]
        for world, witness in zip(worlds, witnesses, strict=True):
            world[columns] = witness
        return worlds

    def narrow(self, rows: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which of the sums are not yet witnessed to span enough values."""
        spans = self.highest[rows] - self.lowest[rows] + 1
        return spans < ENOUGH
