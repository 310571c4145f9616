"""What the web process does once a day: when, what it forgets, and issuing in a process of its own."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import create_app
from bot.partners.daily import publish_apart, until_next, working_daily
from bot.settings import Settings
from bot.storage import Played
from bot.storage.sqlite import SESSION_DAYS, SqliteStore
from conversations.turns import Content
from tests.servers import running
from tests.storage.test_releases import fill


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(2026, 11, 21, 3, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 21, 4, 30, tzinfo=UTC), 24),
        (datetime(2026, 7, 1, 3, 30, tzinfo=UTC), 24),  # half past four in summer time
        (datetime(2026, 3, 28, 4, 30, tzinfo=UTC), 23),  # the clocks go forward in between
        (datetime(2026, 10, 24, 3, 30, tzinfo=UTC), 25),  # and back
    ],
)
def test_it_is_half_past_four_in_leicester(moment: datetime, hours: int) -> None:
    assert until_next(moment) == timedelta(hours=hours)


async def test_it_publishes_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "carers-bot.sqlite3"
    store = SqliteStore(path)
    await fill(store)
    assert await publish_apart(f"sqlite:///{path}") == 0
    issued = await store.releases()
    assert await publish_apart(f"sqlite:///{path}") == 0
    assert await store.releases() == issued
    await store.close()


async def test_a_fault_is_told_and_harms_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert await publish_apart(f"sqlite:///{tmp_path}/nowhere/x.sqlite3") == 1
    assert "run carers-bot publish to see why" in caplog.text


async def test_each_day_it_forgets_and_then_publishes(tmp_path: Path) -> None:
    path = tmp_path / "carers-bot.sqlite3"
    store = SqliteStore(path)
    await fill(store)
    seen = datetime(2026, 11, 21, 12, tzinfo=UTC)
    await store.turn("ann", "m1", seen, lambda _: Played("{}", "", ()))
    soon = datetime(2026, 11, 22, 4, 29, 59, 900_000, tzinfo=UTC)
    asked, done = [soon, soon + timedelta(days=SESSION_DAYS)], asyncio.Event()

    def clock() -> datetime:
        """Soon half past four; when asked again, the day's work is done."""
        if len(asked) == 1:
            done.set()
        return asked.pop(0)

    async def forget() -> None:
        await store.purge(asked[-1] if len(asked) == 1 else seen)

    async with working_daily(f"sqlite:///{path}", clock, forget):
        await done.wait()
    assert (people(path), bool(await store.releases())) == ([], True)
    await store.close()


async def test_it_ends_with_the_application(tmp_path: Path) -> None:
    path = tmp_path / "never-opened.sqlite3"

    async def nothing() -> None: ...

    async with working_daily(f"sqlite:///{path}", lambda: datetime(2026, 11, 21, tzinfo=UTC), nothing):
        await asyncio.sleep(0)
    assert rest(tmp_path) == []


def test_a_quiet_service_forgets_when_it_starts(content: Content, tmp_path: Path) -> None:
    path = tmp_path / "quiet.sqlite3"
    seen = datetime(2026, 11, 21, 12, tzinfo=UTC)
    asyncio.run(_turn(path, seen))
    settings = Settings(database_url=f"sqlite:///{path}")
    for days, there in ((SESSION_DAYS - 1, ["ann"]), (SESSION_DAYS, [])):
        app = create_app(settings, content, lambda days=days: seen + timedelta(days=days))  # type: ignore[misc]
        with running(app) as address:
            httpx.get(f"{address}/health")
        assert people(path) == there


def rest(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def _turn(path: Path, at: datetime) -> None:
    store = SqliteStore(path)
    await store.turn("ann", "m1", at, lambda _: Played("{}", "", ()))
    await store.close()


def people(path: Path) -> list[str]:
    """Whose session is kept."""
    with closing(sqlite3.connect(path)) as connection:
        return [person for (person,) in connection.execute("select person from sessions")]
