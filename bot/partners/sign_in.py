"""Signing in as a partner organisation: set-up links, passwords, sessions, and not too many guesses.

Sessions and links are random tokens (256 bits), kept as hashes: whoever reads the database can use neither. A session
can be ended at once, since it is a row and not a promise in a cookie. Guesses are counted by account, under a keyed
hash, as people type passwords into the wrong box; nobody's address is needed or kept. Only its own count refuses a
partner. For names that no partner has, the guesses in all count too, so that nobody can keep the machine busy hashing.
Once they are used up, the answer tells whether a name is a partner's: who works with the service is no secret, while a
limit for all would let anybody lock every partner out.
"""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LINK_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(hours=8)
SHORTEST_PASSWORD = 12  # characters, with no rules on what they are: NIST SP 800-63B asks for length, not for signs
LONGEST_PASSWORD = 256
LONGEST_NAME = 80
GUESSES_WITHIN = timedelta(minutes=15)
GUESSES_EACH = 5
GUESSES_AT_NOBODY = 50  # in all, after which names that no partner has are refused
AT_ONCE = 2  # passwords hashed at the same time: each takes 64 MiB


class Accounts(Protocol):
    """What sign-in asks of the store. Ids, tokens and passwords are hashes or keys by the time they come here."""

    async def invite(self, partner: str, name: str, link: str, until: datetime, at: datetime) -> None: ...
    async def invited(self, link: str, at: datetime) -> str | None: ...
    async def set_password(self, link: str, password: str, at: datetime) -> str | None: ...
    async def password(self, partner: str) -> str | None: ...
    async def open_session(self, token: str, partner: str, password: str, until: datetime, at: datetime) -> bool: ...
    async def signed_in(self, token: str, at: datetime) -> str | None: ...
    async def end_session(self, token: str) -> None: ...
    async def may_try(
        self, account: str, at: datetime, since: datetime, most: int, most_in_all: int | None
    ) -> bool: ...
    async def forgive(self, account: str) -> None: ...


class Refused(Enum):
    WRONG = "wrong"
    TOO_MANY = "too many"


@dataclass(frozen=True)
class SignIn:
    """The rules of signing in. `secret` keys the count of guesses; without it guesses cannot be told apart."""

    accounts: Accounts
    secret: str
    hasher: PasswordHasher = field(default_factory=PasswordHasher)  # argon2id, RFC 9106's second recommendation
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def choose_password(self, link: str, password: str, at: datetime) -> str | None:
        """Use up a set-up link. A new session's token; None if the link is used, too old or was never given."""
        if await self.accounts.invited(hashed(link), at) is None:
            return None
        async with self._turns:
            kept = await asyncio.to_thread(self.hasher.hash, password)
        partner = await self.accounts.set_password(hashed(link), kept, at)
        return None if partner is None else await self._open(partner, kept, at)

    async def sign_in(self, name: str, password: str, at: datetime) -> str | Refused:
        """A new session's token, never one that a visitor brought along. Unknown names take as long as known ones."""
        partner = partner_id(name)
        account = hmac.new(self.secret.encode(), f"partner sign-in\x1f{partner}".encode(), hashlib.sha256).hexdigest()
        kept = await self.accounts.password(partner)
        in_all = GUESSES_AT_NOBODY if kept is None else None
        if not await self.accounts.may_try(account, at, at - GUESSES_WITHIN, GUESSES_EACH, in_all):
            return Refused.TOO_MANY
        fits = await self._fits(kept, password)
        # hashing takes a while, in which the password may have been changed, or the partner revoked
        token = await self._open(partner, kept, at) if fits and kept is not None else None
        if token is None:
            return Refused.WRONG
        await self.accounts.forgive(account)
        return token

    async def _open(self, partner: str, kept: str, at: datetime) -> str | None:
        """A new session's token, while the password is still the one `kept`."""
        token = secrets.token_urlsafe(32)
        return token if await self.accounts.open_session(hashed(token), partner, kept, at + SESSION_LASTS, at) else None

    async def _fits(self, kept: str | None, password: str) -> bool:
        async with self._turns:
            return await asyncio.to_thread(self._verify, kept, password[: LONGEST_PASSWORD + 1])

    def _verify(self, kept: str | None, password: str) -> bool:
        if kept is None:
            self.hasher.hash(password)  # as much work as for an account that is there
            return False
        try:
            return self.hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


async def invite(accounts: Accounts, name: str, at: datetime) -> str:
    """Add a partner, or begin again for one that has forgotten its password. The link's token; only its hash is kept.

    Raises ValueError with words for whoever typed the name.
    """
    shown = " ".join(name.split())
    if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
        raise ValueError(f"a partner's name has 1 to {LONGEST_NAME} letters, digits, spaces or signs")
    link = secrets.token_urlsafe(32)
    await accounts.invite(partner_id(shown), shown, hashed(link), at + LINK_LASTS, at)
    return link


def partner_id(name: str) -> str:
    """The same for "Age UK" and " age  uk"."""
    return " ".join(name.split()).casefold()


def password_fault(password: str, name: str) -> str | None:
    """What is wrong with a new password, in words; None if nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return (
            f"Choose a password of at least {SHORTEST_PASSWORD} characters. "
            "Three or four words that only you would put together do well."
        )
    if len(password) > LONGEST_PASSWORD:
        return f"Choose a password of at most {LONGEST_PASSWORD} characters."
    if partner_id(name) in partner_id(password) or len(set(password)) < 5:
        return "That password is easy to guess. Choose one without your organisation's name and with more variety."
    return None


def hashed(token: str) -> str:
    """Random tokens need no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
