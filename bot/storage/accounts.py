"""Partners' accounts in the SQLite file: who may sign in, who is signed in, and what was tried.

Tokens are kept as hashes alone, passwords as whoever calls has hashed them. Times are compared as text, in UTC.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from bot.storage import StoreError

BUSY_SECONDS = 10
SCHEMA = """
create table if not exists partners (
    id text primary key, name text not null, password text, link text unique, link_until text, made text not null
) without rowid;
create table if not exists partner_sessions (token text primary key, partner text not null, until text not null)
    without rowid;
create table if not exists partner_tries (account text not null, at text not null);
"""
Result = TypeVar("Result")


class SqliteAccounts:
    """Few people, few writes: each call opens the file, does one transaction and closes it."""

    def __init__(self, path: Path) -> None:
        """Make the tables in the file at `path`. Raises StoreError when that cannot be done."""
        self._path = path
        try:
            database = self._open()
            database.conn.executescript(SCHEMA)
            database.close()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"DATABASE_URL: {path} cannot be used: {error}") from None

    async def invite(self, partner: str, name: str, link: str, until: datetime, at: datetime) -> None:
        """Add a partner, or give one that is there a new link. The old password holds until a new one is set."""

        def change(database: Database) -> None:
            database.execute(
                "insert into partners (id, name, link, link_until, made) values (?, ?, ?, ?, ?) "
                "on conflict (id) do update set link = excluded.link, link_until = excluded.link_until",
                [partner, name, link, _text(until), _text(at)],
            )

        await self._do(change)

    async def invited(self, link: str, at: datetime) -> str | None:
        """The name of the partner whose link this is, while it holds."""
        found = "select name from partners where link = ? and link_until > ?"
        return await self._do(lambda database: _first(database, found, link, _text(at)))

    async def set_password(self, link: str, password: str, at: datetime) -> str | None:
        """Use up a link: set the password and end what sessions there were. The partner's id, or None."""

        def change(database: Database) -> str | None:
            used = (
                "update partners set password = ?, link = null, link_until = null "
                "where link = ? and link_until > ? returning id"
            )
            partner = _first(database, used, password, link, _text(at))
            if partner is not None:
                database.execute("delete from partner_sessions where partner = ?", [partner])
            return partner

        return await self._do(change)

    async def password(self, partner: str) -> str | None:
        """The hash of the partner's password, where one is set."""
        return await self._do(lambda database: _first(database, "select password from partners where id = ?", partner))

    async def open_session(self, token: str, partner: str, password: str, until: datetime, at: datetime) -> bool:
        """Sign a partner in. False, and nothing is done, unless it is there still, with this hash as its password."""

        def change(database: Database) -> bool:
            database.execute("delete from partner_sessions where until <= ?", [_text(at)])
            unchanged = "insert into partner_sessions select ?, id, ? from partners where id = ? and password = ?"
            return bool(database.execute(unchanged, [token, _text(until), partner, password]).rowcount)

        return await self._do(change)

    async def signed_in(self, token: str, at: datetime) -> str | None:
        """The name of the partner whose session this is, while it lasts."""
        found = (
            "select name from partner_sessions join partners on partners.id = partner_sessions.partner "
            "where token = ? and until > ?"
        )
        return await self._do(lambda database: _first(database, found, token, _text(at)))

    async def end_session(self, token: str) -> None:
        await self._do(lambda database: database.execute("delete from partner_sessions where token = ?", [token]))

    async def may_try(self, account: str, at: datetime, since: datetime, most: int, most_in_all: int | None) -> bool:
        """Note that somebody tries to sign in, unless there were too many tries since `since`.

        `most` of this account; `most_in_all` of every account together, None where those of others do not matter.
        """

        def change(database: Database) -> bool:
            database.execute("delete from partner_tries where at < ?", [_text(since)])
            one, every = database.execute(
                "select coalesce(sum(account = ?), 0), count(*) from partner_tries", [account]
            ).fetchone()
            if one >= most or (most_in_all is not None and every >= most_in_all):
                return False
            database.execute("insert into partner_tries values (?, ?)", [account, _text(at)])
            return True

        return await self._do(change)

    async def forgive(self, account: str) -> None:
        """Forget what was tried on an account: its holder has signed in."""
        await self._do(lambda database: database.execute("delete from partner_tries where account = ?", [account]))

    async def partners(self) -> tuple[tuple[str, bool], ...]:
        """Every partner's name, and whether a password is set."""
        all_of_them = "select name, password is not null from partners order by id"
        rows = await self._do(lambda database: database.execute(all_of_them).fetchall())
        return tuple((str(name), bool(ready)) for name, ready in rows)

    async def revoke(self, partner: str) -> bool:
        """Forget a partner; what sessions there were end at once. False if there is none of that id."""

        def change(database: Database) -> bool:
            database.execute("delete from partner_sessions where partner = ?", [partner])
            return bool(database.execute("delete from partners where id = ?", [partner]).rowcount)

        return await self._do(change)

    async def _do(self, change: Callable[[Database], Result]) -> Result:
        return await asyncio.to_thread(self._transaction, change)

    def _transaction(self, change: Callable[[Database], Result]) -> Result:
        try:
            database = self._open()
            try:
                with database.atomic():
                    return change(database)
            finally:
                database.close()
        except sqlite3.Error as error:
            raise StoreError(type(error).__name__) from None

    def _open(self) -> Database:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        database = Database(connection)
        database.enable_wal()
        connection.execute("pragma secure_delete = on")  # a revoked partner leaves no bytes behind
        return database


def _first(database: Database, query: str, *values: str) -> str | None:
    row = database.execute(query, list(values)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
