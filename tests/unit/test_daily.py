"""The web process issues what is due once a day: when, and in a process of its own."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.partners.daily import publish_apart, publishing_daily, until_next
from bot.storage.sqlite import SqliteStore
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


async def test_it_ends_with_the_application(tmp_path: Path) -> None:
    path = tmp_path / "never-opened.sqlite3"
    async with publishing_daily(f"sqlite:///{path}", lambda: datetime(2026, 11, 21, tzinfo=UTC)):
        await asyncio.sleep(0)
    assert rest(tmp_path) == []


def rest(folder: Path) -> list[Path]:
    return list(folder.iterdir())
