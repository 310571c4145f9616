"""The partners' pages as the application serves them, from the store's own file."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.app import create_app
from bot.partners.archive import dump_release
from bot.settings import Settings
from bot.storage.sqlite import SqliteStore
from conversations.turns import Content
from tests.partner_site import CHECK, PASSWORD, now
from tests.releases import releases
from tests.servers import running
from tests.test_commands import run

ISSUED = releases(months=4)


@dataclass
class Running:
    address: str
    path: Path
    store: SqliteStore

    def page(self) -> str:
        return httpx.get(f"{self.address}/partners").text


async def issue(store: SqliteStore) -> None:
    assert await store.issue(0, {release.period: dump_release(release) for release in ISSUED})


@pytest.fixture
def service(content: Content, tmp_path: Path) -> Iterator[Running]:
    path = tmp_path / "service.sqlite3"
    store = SqliteStore(path)
    settings = Settings(database_url=f"sqlite:///{path}", stats_public=True)
    with running(create_app(settings, content)) as address:
        yield Running(address, path, store)
    now(store.close())


def test_what_is_issued_meanwhile_is_shown(service: Running) -> None:
    assert "No month has been issued yet" in service.page()
    now(issue(service.store))
    page = service.page()
    assert "Statistics for October 2026" in page
    assert "Carer's Allowance" in page.replace("&#39;", "'")  # a topic's title from the knowledge base


def test_a_damaged_row_is_told_of_kindly_and_the_rest_is_shown(service: Running) -> None:
    now(issue(service.store))
    with closing(sqlite3.connect(service.path)) as database:
        database.executescript("drop trigger releases_stay")
        changed = "update releases set data = replace(data, '\"count\":', '\"count\":1') where period = '2026-10'"
        assert database.execute(changed).rowcount == 1
        database.commit()
    page = service.page()
    assert "The figures issued for October 2026 cannot be read just now." in page
    assert "Statistics for September 2026" in page
    assert httpx.get(f"{service.address}/partners/report?period=2026-10").status_code == 503
    assert httpx.get(f"{service.address}/partners/tables.zip").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health/", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/.env", 404),
        ("POST", "/partners", 405),
        ("DELETE", "/partners/tables.zip", 405),
        ("PUT", "/health", 405),
    ],
)
def test_what_is_refused_is_private_and_leads_nowhere(service: Running, method: str, path: str, status: int) -> None:
    """Nobody is redirected to the host that they named themselves."""
    answer = httpx.request(method, f"{service.address}{path}", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, "location" in answer.headers) == (status, False)
    assert answer.headers["cache-control"] == "private, no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert ("allow" in answer.headers) is (status == 405)


def test_a_name_that_is_there_is_told_of(tmp_path: Path) -> None:
    def add(name: str) -> str:
        return run("partners", "add", name, cwd=tmp_path).stdout.decode()

    assert "added before" not in add("Example Carers")
    assert add("example  CARERS").startswith("Example Carers was added before. With this new link it chooses a new")
    assert "added before" not in add("Example Carers UK")
    assert run("partners", "list", cwd=tmp_path).stdout.decode().count("\n") == 2


def test_a_partner_comes_in_by_the_link_that_the_command_printed(content: Content, tmp_path: Path) -> None:
    printed = run("partners", "add", "Example Carers", cwd=tmp_path).stdout.decode()
    link = re.search(r"/partners/set-up/\S+", printed)
    assert link
    settings = Settings(database_url=f"sqlite:///{tmp_path}/carers-bot.sqlite3")
    with running(create_app(settings, content)) as address, httpx.Client(base_url=address) as partner:
        assert partner.get("/partners").headers["location"] == "/partners/sign-in"
        check = CHECK.search(partner.get(link[0]).text)
        assert check
        partner.post(link[0], data={"check": check[1], "password": PASSWORD, "again": PASSWORD})
        assert "Example Carers" in partner.get("/partners").text
        assert run("partners", "revoke", "Example Carers", cwd=tmp_path).returncode == 0
        assert partner.get("/partners").status_code == 303
