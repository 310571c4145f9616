"""What most tests share: the real content, loaded once, and a store in a file of its own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content import load_content
from bot.service import Service
from bot.storage.sqlite import SqliteStore
from conversations.sources import WaysIn
from conversations.turns import Content

SECRET = "a secret of the tests, of more than thirty-two characters"
TODAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content("LLR Carers Line", WaysIn("07700 900123", "LLRCarersBot"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "test.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture
def service(content: Content, store: SqliteStore) -> Service:
    return Service(content, store, SECRET)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write the golden transcripts as they are today")
