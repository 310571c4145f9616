"""What the web process does once a day: forget whose time is over, and issue what is due.

Issuing is left to a process of its own: carers do not wait while it is attacked.
"""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta

from conversations.turns import LONDON

AT = time(4, 30)  # in Leicester, after the last day's turns are all counted
COMMAND = (sys.executable, "-m", "bot", "publish")
log = logging.getLogger("bot.partners")


@asynccontextmanager
async def working_daily(
    database_url: str, clock: Callable[[], datetime], forget: Callable[[], Awaitable[None]]
) -> AsyncIterator[None]:
    """Await `forget` now and every day, and then run `carers-bot publish`, for as long as this lasts.

    Several web processes may do so at once.
    """
    task = asyncio.create_task(_every_day(database_url, clock, forget))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _every_day(database_url: str, clock: Callable[[], datetime], forget: Callable[[], Awaitable[None]]) -> None:
    await forget()  # nobody may have been there to do it while the service was down
    while True:
        await asyncio.sleep(until_next(clock()).total_seconds())
        await forget()
        await publish_apart(database_url)


def until_next(moment: datetime) -> timedelta:
    """How long it is to the next time of doing so."""
    local = moment.astimezone(LONDON)
    day = local.date() if local.time() < AT else local.date() + timedelta(days=1)
    return datetime.combine(day, AT, LONDON).astimezone(UTC) - moment.astimezone(UTC)


async def publish_apart(database_url: str) -> int:
    """Run `carers-bot publish` on this database, and return its exit status."""
    environment = {**os.environ, "DATABASE_URL": database_url}
    try:
        process = await asyncio.create_subprocess_exec(*COMMAND, env=environment, stdout=asyncio.subprocess.DEVNULL)
        status = await process.wait()
    except OSError as error:
        log.warning("publishing could not be started: %s", type(error).__name__)
        return 1
    if status:
        log.warning("publishing ended with status %d; run carers-bot publish to see why", status)
    return status
