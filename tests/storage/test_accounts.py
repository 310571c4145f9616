"""Partners' accounts in a real file."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher

from bot.partners.sign_in import Refused, SignIn, invite
from bot.storage import StoreError
from bot.storage.accounts import SqliteAccounts

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOON = AT + timedelta(hours=1)


@pytest.fixture
def accounts(tmp_path: Path) -> SqliteAccounts:
    return SqliteAccounts(tmp_path / "accounts.sqlite3")


async def test_partners_are_listed_with_whether_they_can_sign_in(accounts: SqliteAccounts) -> None:
    await accounts.invite("b", "B", "link-b", SOON, AT)
    await accounts.invite("a", "A", "link-a", SOON, AT)
    assert await accounts.set_password("link-a", "hash", AT) == "a"
    assert await accounts.partners() == (("A", True), ("B", False))


async def test_a_partner_that_is_invited_again_keeps_its_password_until_it_has_a_new_one(
    accounts: SqliteAccounts,
) -> None:
    await accounts.invite("a", "A", "first", SOON, AT)
    await accounts.set_password("first", "old", AT)
    await accounts.invite("a", "A", "second", SOON, AT)
    assert await accounts.password("a") == "old"
    assert await accounts.set_password("first", "stolen", AT) is None
    assert await accounts.set_password("second", "new", AT) == "a"
    assert await accounts.password("a") == "new"


async def test_a_revoked_partner_leaves_nothing_behind(accounts: SqliteAccounts, tmp_path: Path) -> None:
    await accounts.invite("a partner to forget", "A Partner To Forget", "link-to-forget", SOON, AT)
    await accounts.set_password("link-to-forget", "hash-to-forget", AT)
    assert await accounts.open_session("token-to-forget", "a partner to forget", "hash-to-forget", SOON, AT)
    assert await accounts.revoke("a partner to forget")
    assert not await accounts.revoke("a partner to forget")
    assert await accounts.signed_in("token-to-forget", AT) is None
    accounts = SqliteAccounts(tmp_path / "accounts.sqlite3")
    assert b"to-forget" not in (tmp_path / "accounts.sqlite3").read_bytes()


async def test_sessions_that_are_over_are_cleared_away(accounts: SqliteAccounts) -> None:
    await accounts.invite("a", "A", "link", SOON, AT)
    await accounts.set_password("link", "hash", AT)
    assert await accounts.open_session("an-old-session", "a", "hash", SOON, AT)
    assert await accounts.open_session("a-new-session", "a", "hash", SOON + timedelta(hours=2), SOON)
    assert await accounts.signed_in("an-old-session", AT) is None
    assert await accounts.signed_in("a-new-session", SOON) == "A"


class Meanwhile(PasswordHasher):
    """Something happens to the account while its password is being hashed, which takes a while."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.happens = happens

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's name
        fits = super().verify(hash, password)
        self.happens()
        return fits


@pytest.mark.parametrize("happens", ["reset", "revoked", "revoked and added again"])
async def test_an_old_password_opens_nothing_that_was_changed_meanwhile(accounts: SqliteAccounts, happens: str) -> None:
    async def change() -> None:
        if happens == "reset":
            assert await accounts.set_password("new link", "a new hash", AT) == "leaver"
        else:
            assert await accounts.revoke("leaver")
        if happens == "revoked and added again":
            await accounts.invite("leaver", "Leaver", "another link", SOON, AT)

    sign_in = SignIn(accounts, "secret", Meanwhile(lambda: asyncio.run(change())))
    link = await invite(accounts, "Leaver", AT)
    assert await sign_in.choose_password(link, "an old phrase of words", AT)
    await accounts.invite("leaver", "Leaver", "new link", SOON, AT)
    assert await sign_in.sign_in("Leaver", "an old phrase of words", AT) is Refused.WRONG


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines\x00"])
async def test_a_name_that_is_none_is_refused_in_words(accounts: SqliteAccounts, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 80"):
        await invite(accounts, name, AT)


def test_a_file_that_cannot_be_used_is_told_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        SqliteAccounts(tmp_path / "no" / "such" / "folder.sqlite3")


def test_a_file_that_breaks_later_is_told_without_what_was_in_it(accounts: SqliteAccounts, tmp_path: Path) -> None:
    for path in tmp_path.iterdir():
        path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=r"^\w+$"):
        asyncio.run(accounts.password("a"))
