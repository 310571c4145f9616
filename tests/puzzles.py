"""Numbers that are not known, rows that bind them, and what follows: shared with nothing in the gate."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

MANY = 10_000.0
Row = tuple[dict[object, float], float, float]


@dataclass
class Puzzle:
    """Variables by name, rows over them, and the bounds that are known of each variable."""

    index: dict[object, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    known: dict[object, tuple[float, float]] = field(default_factory=dict)

    def equal(self, name: object, parts: Iterable[object]) -> None:
        """One variable is the sum of others."""
        self.between({name: 1.0, **dict.fromkeys(parts, -1.0)}, 0, 0)

    def between(self, weights: dict[object, float], low: float, high: float) -> None:
        for name in weights:
            self.index.setdefault(name, len(self.index))
        self.rows.append((weights, low, high))

    def know(self, name: object, low: float, high: float) -> None:
        before = self.known.get(name, (0.0, MANY))
        self.known[name] = (max(before[0], low), min(before[1], high))
        self.index.setdefault(name, len(self.index))


@dataclass
class Solved:
    """A puzzle as arrays, with bounds passed along the rows until nothing changes."""

    puzzle: Puzzle

    def __post_init__(self) -> None:
        rows, index = self.puzzle.rows, self.puzzle.index
        self.row = np.array([r for r, (weights, _, _) in enumerate(rows) for _ in weights])
        self.column = np.array([index[name] for weights, _, _ in rows for name in weights])
        self.weight = np.array([weight for weights, _, _ in rows for weight in weights.values()])
        self.row_low = np.array([low for _, low, _ in rows], dtype=float)
        self.row_high = np.array([high for _, _, high in rows], dtype=float)
        self.low = np.zeros(len(index))
        self.high = np.full(len(index), MANY)
        for name, (low, high) in self.puzzle.known.items():
            self.low[index[name]], self.high[index[name]] = low, high
        for _ in range(60):
            before = (self.low.copy(), self.high.copy())
            self._pass()
            if (before[0] == self.low).all() and (before[1] == self.high).all():
                break

    def _pass(self) -> None:
        up = self.weight > 0
        least = self.weight * np.where(up, self.low[self.column], self.high[self.column])
        most = self.weight * np.where(up, self.high[self.column], self.low[self.column])
        least_of, most_of = (np.bincount(self.row, part, len(self.row_low)) for part in (least, most))
        top = self.row_high[self.row] - (least_of[self.row] - least)
        bottom = self.row_low[self.row] - (most_of[self.row] - most)
        np.minimum.at(self.high, self.column, np.where(up, top, -bottom))
        np.maximum.at(self.low, self.column, np.where(up, bottom, -top))

    def width(self, name: object) -> float:
        place = self.puzzle.index[name]
        return float(self.high[place] - self.low[place] + 1)

    def interval(self, name: object, *, whole: bool) -> tuple[int, int]:
        """The least and the greatest value. Raises AssertionError where there is none: then what is known is wrong."""
        matrix = coo_array((self.weight, (self.row, self.column)), shape=(len(self.row_low), len(self.low))).tocsr()
        ends = []
        for sign in (1.0, -1.0):
            objective = np.zeros(len(self.low))
            objective[self.puzzle.index[name]] = sign
            found = milp(
                objective,
                integrality=np.full(len(self.low), whole),
                bounds=Bounds(self.low, self.high),
                constraints=LinearConstraint(matrix, self.row_low, self.row_high),
            )
            assert found.x is not None, f"no world agrees with the releases: {found.message}"
            ends.append(sign * found.fun)
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))
