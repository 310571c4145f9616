"""Where a turn is kept: sessions, claims and counters, in one transaction."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.cells import Cell


@dataclass(frozen=True)
class Played:
    """What a turn leaves behind. `session` None forgets the person; `replies` is kept for a second delivery."""

    session: str | None
    replies: str
    cells: tuple[Cell, ...]


Play = Callable[[str | None], Played]


class Store(Protocol):
    """A store plays turns. It knows nothing of conversations: sessions and replies are opaque JSON to it."""

    async def turn(self, person: str, claim: str, at: datetime, play: Play) -> str:
        """Play one person's turn in one transaction, and return its replies.

        If `claim` was played already, its stored replies are returned and nothing changes, also when two deliveries
        come at once. If `play` or the store fails, nothing is kept.
        """
        ...

    async def counts(self) -> Mapping[Cell, int]:
        """The true value of every cell."""
        ...

    async def releases(self) -> Mapping[str, str | None]:
        """Every release that was issued, by its period, in that order; None where its row is damaged."""
        ...

    async def issue(self, after: int, releases: Mapping[str, str], spent: Collection[Cell] = ()) -> bool:
        """Add these releases for good, and forget the cells that they have used up.

        False, and nothing is done, unless exactly `after` releases are there: somebody else has issued meanwhile.
        """
        ...

    async def purge(self, at: datetime) -> None:
        """Forget every session and claim whose time is over at this moment. Turns do it too, but who knows when."""
        ...

    async def close(self) -> None: ...


class StoreError(Exception):
    """The store could not take the turn. Carries no data of the turn."""
