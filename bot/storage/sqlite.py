"""The default store: one SQLite file, one writer thread, several turns committed together when it is busy."""

import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.cells import Cell
from bot.storage import Play, StoreError
from bot.storage.release_rows import add_releases, read_releases

SESSION_DAYS = 28  # of silence, after which a session is forgotten
CLAIM_DAYS = 3  # a provider does not deliver a message again after so long
BATCH = 64  # turns in one transaction at the most
BUSY_SECONDS = 5  # to wait for other writers; twice that is within the 15 seconds in which Twilio wants its answer

SCHEMA = """
create table if not exists sessions (person text primary key, data text not null, seen text not null) without rowid;
create table if not exists claims (claim text primary key, replies text not null, made text not null) without rowid;
create table if not exists cells (
    "table" text not null, period text not null, "values" text not null, count integer not null,
    primary key ("table", period, "values")
) without rowid;
create table if not exists releases (
    place integer primary key, period text not null unique, data text not null, checksum text not null
);
create trigger if not exists releases_stay before update on releases begin select raise(abort, 'releases stay'); end;
create trigger if not exists releases_last before delete on releases begin select raise(abort, 'releases stay'); end;
create index if not exists sessions_by_day on sessions (seen);
create index if not exists claims_by_day on claims (made);
"""


@dataclass(frozen=True)
class _Waiting:
    person: str
    claim: str
    at: datetime
    play: Play
    done: "Future[str]"


class SqliteStore:
    """Turns are played on the writer thread, so that no person's two turns can overlap."""

    def __init__(self, path: Path) -> None:
        """Open or make the file at `path`. Raises StoreError when that cannot be done."""
        self._path = path
        try:
            database = self._open(path)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"DATABASE_URL: {path} cannot be used: {error}") from None
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._purged: date | None = None
        self._thread = threading.Thread(target=self._write, args=(database,), name="store", daemon=True)
        self._thread.start()

    async def turn(self, person: str, claim: str, at: datetime, play: Play) -> str:
        """See Store.turn. Raises StoreError when nothing could be kept."""
        if self._closed:
            raise StoreError("the store is closed")
        done: Future[str] = Future()
        self._queue.put(_Waiting(person, claim, at, play, done))
        return await asyncio.wrap_future(done)

    async def counts(self) -> Mapping[Cell, int]:
        return await asyncio.to_thread(self._counts)

    async def releases(self) -> Mapping[str, str | None]:
        return await asyncio.to_thread(self._releases)

    async def issue(self, after: int, releases: Mapping[str, str], spent: Collection[Cell] = ()) -> bool:
        """See Store.issue. Raises StoreError when nothing could be kept."""
        try:
            return await asyncio.to_thread(self._issue, after, releases, spent)
        except sqlite3.Error as error:
            raise StoreError(f"the releases could not be kept: {type(error).__name__}") from None

    async def purge(self, at: datetime) -> None:
        """See Store.purge. Raises StoreError when it could not be done."""
        try:
            await asyncio.to_thread(self._purge_apart, at.date())
        except sqlite3.Error as error:
            raise StoreError(f"what is old could not be forgotten: {type(error).__name__}") from None

    async def is_unused(self) -> bool:
        """Whether nobody has written yet and nothing was issued."""
        return await asyncio.to_thread(self._is_unused)

    async def close(self) -> None:
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _counts(self) -> Mapping[Cell, int]:
        with closing(self._open(self._path)) as database:
            rows = database.query('select "table", period, "values", count from cells order by 1, 2, 3')
            return {Cell(r["table"], r["period"], tuple(json.loads(r["values"]))): r["count"] for r in rows}

    def _releases(self) -> Mapping[str, str | None]:
        with closing(self._open(self._path)) as database:
            return read_releases(database)[0]

    def _is_unused(self) -> bool:
        with closing(self._open(self._path)) as database:
            return not any(database.table(table).count for table in ("sessions", "claims", "cells", "releases"))

    def _issue(self, after: int, releases: Mapping[str, str], spent: Collection[Cell]) -> bool:
        with closing(self._open(self._path)) as database, _transaction(database):
            if not add_releases(database, after, releases):
                return False
            for cell in spent:
                key = [cell.table, cell.period, json.dumps(cell.values)]
                database.execute('delete from cells where "table" = ? and period = ? and "values" = ?', key)
            return True

    def _purge_apart(self, today: date) -> None:
        with closing(self._open(self._path)) as database:
            with _transaction(database):
                _purge(database, today)
            database.execute("pragma wal_checkpoint(truncate)")  # so that no bytes stay in what awaits the file either

    @staticmethod
    def _open(path: Path) -> Database:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        database = Database(connection)
        database.enable_wal()
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")  # what is forgotten leaves no bytes behind
        connection.executescript(SCHEMA)
        return database

    def _write(self, database: Database) -> None:
        running = True
        while running:
            batch, running = self._next_batch()
            # Whoever has given up waiting is left out; from here on nobody can.
            batch = [waiting for waiting in batch if waiting.done.set_running_or_notify_cancel()]
            if batch:
                self._commit(database, batch)
        with suppress(sqlite3.Error):  # somebody else may be reading: then the next to close does it
            database.execute("pragma wal_checkpoint(truncate)")
        database.close()

    def _next_batch(self) -> tuple[list[_Waiting], bool]:
        """Everything that waits, up to BATCH turns; False at the end when the store is closing."""
        batch: list[_Waiting] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == BATCH:
                return batch, True
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _commit(self, database: Database, batch: list[_Waiting]) -> None:
        """One transaction for the batch, with a savepoint for each turn, so that one failing turn harms no other."""
        results: list[tuple[_Waiting, str | StoreError]] = []
        try:
            today = batch[-1].at.date()
            with _transaction(database):
                if self._purged != today:
                    _purge(database, today)
                results.extend((waiting, self._play(database, waiting)) for waiting in batch)
            self._purged = today
        except Exception as error:  # noqa: BLE001 - this thread must live, and everybody who waits must be told
            results = [(waiting, StoreError(type(error).__name__)) for waiting in batch]
        for waiting, result in results:
            if isinstance(result, StoreError):
                waiting.done.set_exception(result)
            else:
                waiting.done.set_result(result)

    def _play(self, database: Database, waiting: _Waiting) -> str | StoreError:
        try:
            with database.atomic():
                return _played(database, waiting)
        except sqlite3.Error:
            raise
        except Exception as error:  # noqa: BLE001 - a fault in one turn must not take the others of its batch with it
            return StoreError(f"{type(error).__name__} in a turn").with_traceback(error.__traceback__)


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    """A transaction that waits for its turn to write before it reads.

    One that reads first and then writes cannot wait: it fails at once if anybody else has written in between.
    """
    database.execute("begin immediate")
    try:
        yield
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _purge(database: Database, today: date) -> None:
    """Forget sessions and claims whose last day has come."""
    for table, column, days in (("sessions", "seen", SESSION_DAYS), ("claims", "made", CLAIM_DAYS)):
        database.table(table).delete_where(f"{column} <= ?", [(today - timedelta(days=days)).isoformat()])


def _played(database: Database, waiting: _Waiting) -> str:
    """Claim, load, play, save, count, store the replies: all of one turn."""
    for row in database.query("select replies from claims where claim = ?", [waiting.claim]):
        return str(row["replies"])
    session = next(
        (str(r["data"]) for r in database.query("select data from sessions where person = ?", [waiting.person])), None
    )
    played = waiting.play(session)
    day = waiting.at.date().isoformat()
    if played.session is None:
        database.execute("delete from sessions where person = ?", [waiting.person])
    else:
        row = {"person": waiting.person, "data": played.session, "seen": day}
        database.table("sessions").insert(row, pk="person", replace=True)
    for cell in played.cells:
        database.execute(
            'insert into cells ("table", period, "values", count) values (?, ?, ?, 1) '
            'on conflict ("table", period, "values") do update set count = count + 1',
            [cell.table, cell.period, json.dumps(cell.values)],
        )
    database.table("claims").insert({"claim": waiting.claim, "replies": played.replies, "made": day})
    return played.replies
