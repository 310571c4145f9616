"""The partners' pages on a real port, with a clock that tests can move and releases that they can issue."""

import asyncio
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.partners.finding import Issued
from bot.partners.labels import load_labels
from bot.partners.pages import PartnerPages
from bot.partners.sign_in import SignIn, invite
from bot.storage.accounts import SqliteAccounts
from tests.servers import running

Result = TypeVar("Result")
NAME, PASSWORD = "Example Carers", "five calm otters swim"
CHECK = re.compile(r'name="check" value="([0-9a-f]{64})"')
TITLES = {"carers-allowance": "Carer's Allowance", "dementia": "Caring for someone with dementia"}


@dataclass
class Site:
    """What a test may change while the server runs."""

    accounts: SqliteAccounts
    issued: Issued
    at: datetime = field(default=datetime(2026, 11, 21, 12, tzinfo=UTC))
    address: str = ""

    async def releases(self) -> Issued:
        return self.issued

    def clock(self) -> datetime:
        return self.at

    def later(self, time: timedelta) -> None:
        self.at += time

    def link(self, name: str = NAME) -> str:
        """A new set-up link's path."""
        return f"/partners/set-up/{now(invite(self.accounts, name, self.at))}"

    def visitor(self) -> httpx.Client:
        return httpx.Client(base_url=self.address)

    @contextmanager
    def signed_in(self, name: str = NAME) -> Iterator[httpx.Client]:
        """Somebody who has just chosen a password by a set-up link."""
        with self.visitor() as client:
            link = self.link(name)
            done = send(client, link, link, password=PASSWORD, again=PASSWORD)
            assert (done.status_code, done.headers["location"]) == (303, "/partners")
            yield client


def now(work: Coroutine[None, None, Result]) -> Result:
    """Run it to its end, also where a browser has an event loop in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@contextmanager
def serving(path: Path, issued: Issued, *, public: bool = False, secure: bool = False) -> Iterator[Site]:
    accounts = SqliteAccounts(path)
    site = Site(accounts, issued)
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    sign_in = None if public else SignIn(accounts, "a secret of the tests", quick)
    labels = load_labels(TITLES)
    pages = PartnerPages(site.releases, sign_in, labels, "LLR Carers Line", site.clock, secure=secure)
    with running(Starlette(routes=pages.routes())) as site.address:
        yield site


def send(client: httpx.Client, form: str, to: str, /, **fields: str) -> httpx.Response:
    """Open a page with a form, fill it in and send it, as a browser does."""
    found = CHECK.search(client.get(form).text)
    assert found
    return client.post(to, data={"check": found[1], **fields})


def sign_in(client: httpx.Client, name: str = NAME, password: str = PASSWORD) -> httpx.Response:
    return send(client, "/partners/sign-in", "/partners/sign-in", name=name, password=password)
