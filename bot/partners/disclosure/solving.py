"""How low and how high each cell can be, proved by whole numbers of people that readers cannot rule out.

A linear program finds the unknowns at which some cells are at their lowest or highest. Where these are whole numbers
and every sum is checked in exact arithmetic, they are a witness: a world that readers must reckon with. One witness
tells a possible value of every cell at once, so a few dozen of them settle most cells. Where the linear program's
answer is not whole, the integer program is solved; where it is infeasible, there is nothing to find.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
WHOLE = 1e-6
IDLE = 3  # rounds without anything new, after which each sum is tried on its own
SECONDS = 20.0  # for one integer program; without an answer by then, a cell counts as not proved safe


@dataclass
class Problem:
    """Sums over unknowns between two ends. `seen_low` and `seen_high` are the least and greatest that was witnessed."""

    matrix: csr_array
    low: Ints
    high: Ints
    seen_low: Ints = field(init=False)
    seen_high: Ints = field(init=False)
    witnesses: list[Ints] = field(default_factory=list)  # those that showed something new

    def __post_init__(self) -> None:
        self.seen_low = np.full(len(self.low), np.iinfo(np.int64).max)
        self.seen_high = np.full(len(self.low), -1)

    def best(self, weights: NDArray[np.float64], *, exactly: bool = True) -> Ints | None:
        """Whole unknowns at which the weighted sums are greatest; None where there are none, or none in time.

        Not `exactly`: near to the greatest will do, and None may mean that none was found at once.
        """
        objective = -(self.matrix.T @ weights)
        found = self._solve(objective)
        if found is None:
            return None
        witness = self._checked(found)
        if witness is None:
            # nearly always there are whole numbers right beside the linear answer, and they are found much sooner
            witness = self._checked(self._solve(objective, np.floor(found + WHOLE), np.ceil(found - WHOLE)))
        if exactly and (witness is None or objective @ witness > np.ceil(objective @ found - WHOLE) + WHOLE):
            witness = self._checked(self._solve(objective, np.zeros_like(found), np.full_like(found, np.inf)))
        return witness

    def _solve(
        self,
        objective: NDArray[np.float64],
        least: NDArray[np.float64] | None = None,
        most: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64] | None:
        """The linear program; with ends for the unknowns, the integer program between them."""
        found = milp(
            objective,
            integrality=np.full(len(objective), least is not None),
            bounds=Bounds(0, np.inf) if least is None else Bounds(least, most),
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            options={"time_limit": SECONDS},
        )
        solution: NDArray[np.float64] | None = found.x
        return solution

    def _checked(self, found: NDArray[np.float64] | None) -> Ints | None:
        """The answer as a witness, if it is whole and every sum holds in exact arithmetic."""
        if found is None or np.abs(found - np.rint(found)).max(initial=0) > WHOLE:
            return None
        unknowns = np.rint(found).astype(np.int64)
        if not self.allows(unknowns):
            return None
        self.witness(unknowns)
        return unknowns

    def allows(self, unknowns: Ints) -> bool:
        sums = self.sums(unknowns)
        return bool((unknowns >= 0).all() and (sums >= self.low).all() and (sums <= self.high).all())

    def sums(self, unknowns: Ints) -> Ints:
        found: Ints = np.rint(self.matrix @ unknowns).astype(np.int64)
        return found

    def witness(self, unknowns: Ints) -> None:
        sums = self.sums(unknowns)
        if (sums < self.seen_low).any() or (sums > self.seen_high).any():
            self.witnesses.append(unknowns)
        np.minimum(self.seen_low, sums, out=self.seen_low)
        np.maximum(self.seen_high, sums, out=self.seen_high)

    def lowest(self, row: int) -> int | None:
        return self._end(row, -1.0)

    def highest(self, row: int) -> int | None:
        return self._end(row, 1.0)

    def _end(self, row: int, sign: float) -> int | None:
        weights = np.zeros(len(self.low))
        weights[row] = sign
        found = self.best(weights)
        return None if found is None else int(self.sums(found)[row])

    def width(self, rows: Ints) -> Ints:
        """How many values each of these sums was witnessed to span; 0 where nothing was witnessed."""
        spans: Ints = np.maximum(self.seen_high[rows] - self.seen_low[rows] + 1, 0)
        return spans


def explore(problem: Problem, rows: Ints, enough: int) -> Ints:
    """Which of the `rows` could not be witnessed to span `enough` values, each tried on its own at the end.

    Each round pushes all that still wait at once, some up and some down, for as long as that finds something new.
    """
    chance = np.random.default_rng(0)  # the same every time: a verdict must not change when it is looked at again
    waiting, idle = rows[problem.width(rows) < enough], 0
    while len(waiting) > 1 and idle < IDLE:
        weights = np.zeros(len(problem.low))
        weights[waiting] = _directions(problem, waiting, chance) * chance.integers(1, 9, len(waiting))
        problem.best(weights, exactly=False)
        left = waiting[problem.width(waiting) < enough]
        waiting, idle = left, 0 if len(left) < len(waiting) else idle + 1
    for row in waiting:
        if problem.width(np.array([row]))[0] < enough:
            problem.highest(int(row))
        if problem.width(np.array([row]))[0] < enough:
            problem.lowest(int(row))
    return rows[problem.width(rows) < enough]


def _directions(problem: Problem, rows: Ints, chance: np.random.Generator) -> NDArray[np.float64]:
    """Up for sums that were seen at their lowest, down for those seen at their highest, else as it falls."""
    drawn = chance.choice([1.0, -1.0], len(rows))
    at_top, at_bottom = problem.seen_high[rows] >= problem.high[rows], problem.seen_low[rows] <= problem.low[rows]
    return np.where(at_bottom, 1.0, np.where(at_top, -1.0, drawn))
