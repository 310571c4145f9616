"""Know nobody: a name, a number and a sentence go in by every way, and come to rest nowhere."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.app import create_app
from bot.logs import PlacesOnly, set_up_logs
from bot.service import Service
from bot.settings import Settings
from bot.storage.sqlite import SqliteStore
from conversations.models import Channel, InboundMessage
from conversations.turns import Content
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.conftest import SECRET, TODAY
from tests.http.test_sms import PUBLIC, Phone
from tests.http.test_sms import TOKEN as SMS_TOKEN
from tests.http.test_telegram import HUSH, deliver, message
from tests.servers import running

NAME, NUMBER, SENTENCE = "Zebedee Quillfeather", "+447700900777", "the lilac teapot sings on thursdays"
CHAT = {"id": 770090077712345, "type": "private", "first_name": NAME}
CANARIES = (NAME, "Zebedee", "Quillfeather", NUMBER, NUMBER[1:], SENTENCE, "lilac", "770090077712345")
LINES = (
    f"hi im {NAME} and {SENTENCE}",
    "1",
    f"yes my mum {NAME}",
    "15",
    f"{SENTENCE}",
    f"shes got MS, ring me on {NUMBER}",
    "wigston",
    f"how do i get a break, {SENTENCE}",
    f"i want to kill myself {NAME}",
    f"{NAME}",
    "MORE",
    f"{SENTENCE} {NUMBER}",
)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, as it is written."""
    set_up_logs()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlacesOnly("%(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with bot_api() as stand_in:
        yield stand_in


def test_nothing_of_it_is_in_any_database_byte_or_log_line(
    content: Content, api: BotApi, tmp_path: Path, logged: io.StringIO
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    settings = Settings(
        database_url=f"sqlite:///{folder / 'canary.sqlite3'}",
        public_url=PUBLIC,
        twilio_auth_token=(SMS_TOKEN,),
        telegram_token=TOKEN,
        telegram_secret=HUSH,
        telegram_api_base_url=api.url,
        person_key_secret=SECRET,
    )
    with running(create_app(settings, content)) as url:
        phone = Phone(url, NUMBER)
        for line in LINES:
            phone.text(line, FromCity=NAME)
            deliver(url, message(line, CHAT))
        phone.post({"Body": SENTENCE})
        httpx.post(f"{url}/sms", data=phone.form(SENTENCE))
        httpx.post(f"{url}/telegram", content=SENTENCE.encode(), headers={"X-Telegram-Bot-Api-Secret-Token": HUSH})
        while_running = everything(folder)
    for where, data in (*while_running.items(), *everything(folder).items(), ("log", logged.getvalue().encode())):
        found = [word for word in CANARIES if word.lower().encode() in data.lower()]
        assert (where, found) == (where, [])
    assert len(api.sent()) == len(LINES)
    assert not any(word in sent["text"] for sent in api.sent() for word in (NAME, NUMBER, SENTENCE))


async def test_nor_when_a_turn_breaks(content: Content, tmp_path: Path, logged: io.StringIO) -> None:
    store = SqliteStore(tmp_path / "broken.sqlite3")
    service = Service(content, store, SECRET, observe=lambda _: 1 / 0)
    broken = InboundMessage(f"{NAME} {SENTENCE}", Channel.SMS, TODAY)
    assert "went wrong" in (await service.take(NUMBER, "m1", broken))[0].text
    danger = InboundMessage(f"{NAME} here, i want to kill myself", Channel.SMS, TODAY)
    assert "999" in (await service.take(NUMBER, "m2", danger))[0].text
    await store.close()
    assert "turn lost" in logged.getvalue()
    assert not any(word in logged.getvalue() for word in CANARIES)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
