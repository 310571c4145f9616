"""What is issued to partners: a release of one closed period, immutable, and the certificate that it was attacked."""

from dataclasses import dataclass
from datetime import date

FEWER = "fewer than 10"


@dataclass(frozen=True)
class Row:
    """One published cell. `count` None reads "fewer than 10"; any other is a multiple of ten, 10 at the least."""

    values: tuple[str, ...]
    count: int | None

    @property
    def printed(self) -> str:
        return FEWER if self.count is None else str(self.count)


@dataclass(frozen=True)
class PublishedTable:
    """A planned table as it was issued: every possible cell of its closed dimensions, the empty ones too.

    `periods` are the periods that it adds up, one as a rule; more when tables that waited were joined.
    """

    table: str
    periods: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class HeldBack:
    """A table that was not let pass for a period, or for several that were added up ("2026-10+2026-11").

    Whether it would have told too much or was drawn by lot is kept nowhere. What became of it: see waiting.py.
    """

    table: str
    period: str


@dataclass(frozen=True)
class Certificate:
    """What the release was attacked with before it was issued, and how narrow the best deduction came out.

    `narrowest` counts the possible values, from 0 to 9, left to a reader for the small cell known best.
    """

    readers: tuple[str, ...]
    cells: int
    narrowest: int | None


@dataclass(frozen=True)
class Release:
    """Everything issued for one closed period: "2026-W47", "2026-11" or "2026-Q4"."""

    period: str
    issued: date
    tables: tuple[PublishedTable, ...]
    held_back: tuple[HeldBack, ...]
    certificate: Certificate
    simulated: bool = False
