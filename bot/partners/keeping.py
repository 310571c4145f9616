"""What was made from issued releases is made once: they never change. When another is issued, it is made anew."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

from bot.partners.finding import Issued

Made = TypeVar("Made", str, bytes)


class Kept:
    """Pages and files of the newest releases. Nothing in it depends on who asks."""

    def __init__(self) -> None:
        self._of = Issued()
        self._made: dict[str, str | bytes] = {}

    async def made(self, issued: Issued, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes of `issued`, in a thread of its own the first time: others are answered meanwhile."""
        if issued is not self._of and issued != self._of:
            self._of, self._made = issued, {}
        keep = self._made
        if name not in keep:
            keep[name] = await asyncio.to_thread(make)  # kept with its own releases, also if more were issued meanwhile
        return cast("Made", keep[name])
