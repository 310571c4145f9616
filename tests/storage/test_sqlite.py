"""The store: claims, sessions and cells in one transaction, against a real file."""

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cells import Cell
from bot.storage import Play, Played, StoreError
from bot.storage.accounts import SqliteAccounts
from bot.storage.sqlite import CLAIM_DAYS, SESSION_DAYS, SqliteStore

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
CELL = Cell("identified-week", "2026-W47", ())


def counting(reply: str = "hello") -> Play:
    """A turn that counts how often its person was seen."""

    def play(session: str | None) -> Played:
        seen = int(session or 0) + 1
        return Played(str(seen), f"{reply} {seen}", (CELL,))

    return play


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found = list(connection.execute(f"select * from {table}"))  # noqa: S608 - a name from this file
    connection.close()
    return found


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_turn_keeps_session_count_and_replies(store: SqliteStore) -> None:
    assert await store.turn("ann", "m1", AT, counting()) == "hello 1"
    assert await store.turn("ann", "m2", AT, counting()) == "hello 2"
    assert await store.turn("bob", "m3", AT, counting()) == "hello 1"
    assert await store.counts() == {CELL: 3}


async def test_a_second_delivery_gets_the_same_and_counts_nothing(store: SqliteStore) -> None:
    first = await store.turn("ann", "m1", AT, counting())
    again = await store.turn("ann", "m1", AT, counting("another"))
    assert (first, again) == ("hello 1", "hello 1")
    assert await store.counts() == {CELL: 1}


async def test_a_hundred_copies_at_once_count_once(store: SqliteStore) -> None:
    replies = await asyncio.gather(*(store.turn("ann", "m1", AT, counting()) for _ in range(100)))
    assert set(replies) == {"hello 1"}
    assert await store.counts() == {CELL: 1}


async def test_many_people_at_once_lose_nothing(store: SqliteStore) -> None:
    await asyncio.gather(*(store.turn(f"p{n % 20}", f"m{n}", AT, counting()) for n in range(400)))
    assert await store.counts() == {CELL: 400}


async def test_writers_of_one_file_lose_each_other_nothing(store: SqliteStore, tmp_path: Path) -> None:
    """Two stores and partners' accounts, as two processes and the web's own sign-in have them."""
    path = tmp_path / "test.sqlite3"
    other, accounts = SqliteStore(path), SqliteAccounts(path)
    turns = [
        each.turn(f"p{n % 7}", f"{place}-{n}", AT, counting())
        for n in range(100)
        for place, each in enumerate((store, other))
    ]
    tries = [accounts.may_try(f"account {n}", AT, AT, 5, 1000) for n in range(100)]
    assert {type(done) for done in await asyncio.gather(*turns, *tries)} == {str, bool}
    assert await store.counts() == {CELL: 200}
    assert sum(int(str(row[1])) for row in rows(path, "sessions")) == 200
    await other.close()


async def test_a_failing_turn_keeps_nothing_and_harms_no_other(store: SqliteStore) -> None:
    def failing(_: str | None) -> Played:
        raise RuntimeError("inside a turn")

    results = await asyncio.gather(
        store.turn("ann", "m1", AT, counting()),
        store.turn("bob", "m2", AT, failing),
        store.turn("cat", "m3", AT, counting()),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [str, StoreError, str]
    assert await store.counts() == {CELL: 2}
    assert await store.turn("bob", "m2", AT, counting()) == "hello 1"


async def test_who_gives_up_waiting_harms_no_other(store: SqliteStore) -> None:
    playing, go_on = threading.Event(), threading.Event()

    def slow(session: str | None) -> Played:
        playing.set()
        go_on.wait()
        return counting()(session)

    being_played = asyncio.create_task(store.turn("ann", "m1", AT, slow))
    await asyncio.to_thread(playing.wait)
    waiting = asyncio.create_task(store.turn("bob", "m2", AT, counting()))
    await asyncio.sleep(0)
    being_played.cancel()
    waiting.cancel()
    given_up = await asyncio.gather(being_played, waiting, return_exceptions=True)
    go_on.set()
    assert await asyncio.wait_for(store.turn("cat", "m3", AT, counting()), 20) == "hello 1"
    assert [type(result) for result in given_up] == [asyncio.CancelledError] * 2
    assert await store.turn("ann", "m1", AT, counting("another")) == "hello 1"  # it was being played, and is kept
    assert await store.counts() == {CELL: 2}


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "closed.sqlite3")
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await asyncio.wait_for(store.turn("ann", "m1", AT, counting()), 20)


async def test_forgetting_removes_the_person(store: SqliteStore, tmp_path: Path) -> None:
    await store.turn("ann", "m1", AT, counting())
    await store.turn("ann", "m2", AT, lambda _: Played(None, "forgotten", ()))
    assert rows(tmp_path / "test.sqlite3", "sessions") == []
    assert await store.turn("ann", "m3", AT, counting()) == "hello 1"


async def test_old_sessions_and_claims_go(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    store = SqliteStore(path)
    await store.turn("ann", "m1", AT, counting())
    await store.turn("bob", "m2", AT + timedelta(days=CLAIM_DAYS), counting())
    assert [row[0] for row in rows(path, "claims")] == ["m2"]
    await store.turn("bob", "m3", AT + timedelta(days=SESSION_DAYS), counting())
    assert [row[0] for row in rows(path, "sessions")] == ["bob"]
    await store.close()


async def test_they_go_when_nobody_writes_too(store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    await store.turn("ann-to-forget", "m1", AT, counting())
    await store.purge(AT + timedelta(days=SESSION_DAYS - 1))
    assert [row[0] for row in rows(path, "sessions")] == ["ann-to-forget"]
    await store.purge(AT + timedelta(days=SESSION_DAYS))
    assert (rows(path, "sessions"), rows(path, "claims")) == ([], [])
    assert b"ann-to-forget" not in everything(tmp_path)


async def test_what_failed_to_go_goes_with_the_next_turn(store: SqliteStore, tmp_path: Path) -> None:
    def failing(_: str | None) -> Played:
        raise sqlite3.OperationalError("the disk is full")

    later = AT + timedelta(days=SESSION_DAYS)
    await store.turn("ann", "m1", AT, counting())
    with pytest.raises(StoreError, match="OperationalError"):
        await store.turn("bob", "m2", later, failing)
    await store.turn("bob", "m2", later, counting())
    assert [row[0] for row in rows(tmp_path / "test.sqlite3", "sessions")] == ["bob"]


async def test_what_was_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite3"
    first = SqliteStore(path)
    await first.turn("ann", "m1", AT, counting())
    await first.close()
    second = SqliteStore(path)
    assert await second.turn("ann", "m1", AT, counting()) == "hello 1"
    assert await second.turn("ann", "m2", AT, counting()) == "hello 2"
    await second.close()


def test_a_file_that_is_no_database_is_told_by_its_setting(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes and not a database at all.\n" * 50)
    with pytest.raises(StoreError, match="DATABASE_URL"):
        SqliteStore(path)


def test_a_folder_that_is_not_there_is_told_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        SqliteStore(tmp_path / "nowhere" / "x.sqlite3")
