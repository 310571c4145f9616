"""Telegram over real HTTP, both ways: updates to our webhook, our calls to a stand-in for the Bot API."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from bot.app import create_app
from bot.settings import Settings
from conversations.turns import Content
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.conftest import SECRET
from tests.http.test_sms import counted, sources
from tests.servers import running

HUSH = "the-secret-of-the-webhook"
UPDATES = itertools.count(1000)
NOBODY: dict[str, Any] = {"id": 700900123, "is_bot": False, "first_name": "Nobody"}
PRIVATE: dict[str, Any] = {"id": 700900123, "type": "private", "first_name": "Nobody"}
GROUP: dict[str, Any] = {"id": -100500, "type": "group", "title": "A group"}


def message(text: str | None = None, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    body = {"message_id": 1, "date": 1, "chat": chat, "from": NOBODY, **more}
    return {"update_id": next(UPDATES), "message": body if text is None else {**body, "text": text}}


def press(data: str) -> dict[str, Any]:
    query = {"id": "77", "from": NOBODY, "chat_instance": "1", "data": data}
    shown = {"message_id": 1, "date": 1, "chat": PRIVATE, "text": "?"}
    return {"update_id": next(UPDATES), "callback_query": {**query, "message": shown}}


def deliver(url: str, update: dict[str, Any], secret: str = HUSH) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    return httpx.post(f"{url}/telegram", json=update, headers=headers, timeout=30).status_code


@pytest.fixture
def api() -> Iterator[BotApi]:
    with bot_api() as stand_in:
        yield stand_in


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "telegram.sqlite3"


@pytest.fixture
def url(content: Content, database: Path, api: BotApi) -> Iterator[str]:
    settings = Settings(
        database_url=f"sqlite:///{database}",
        public_url="https://bot.example.org",
        telegram_token=TOKEN,
        telegram_secret=HUSH,
        telegram_api_base_url=api.url,
        person_key_secret=SECRET,
    )
    with running(create_app(settings, content)) as address:
        yield address


def test_the_webhook_is_set_with_its_secret(url: str, api: BotApi) -> None:
    assert url
    method, given = next(call for call in api.calls if call[0] == "setWebhook")
    assert (method, given["url"], given["secret_token"]) == ("setWebhook", "https://bot.example.org/telegram", HUSH)


async def test_a_15_year_old_in_wigston_comes_through_by_words_numbers_and_buttons(
    url: str, api: BotApi, database: Path
) -> None:
    for text in ("hello", "yeh", "15", "my mum", "wigston", "about 3 hours a night"):
        assert deliver(url, message(text)) == 200
    assert deliver(url, press("work:1")) == 200
    ending = api.sent()[-1]
    assert "young carer" in ending["text"]
    assert [row[0]["text"] for row in ending["reply_markup"]["inline_keyboard"]] == [
        "More about this",
        "What else could help",
        "Share with someone",
        "Ask something",
    ]
    assert await counted(database, "identified-quarter-by-area-by-age") == 1


async def test_a_link_on_a_poster_is_counted_by_its_source(url: str, api: BotApi, database: Path) -> None:
    for text in ("/start oadby-posters", "yeh", "15", "my mum", "wigston", "3 hours a day", "school"):
        assert deliver(url, message(text)) == 200
    assert "nobody reads" in api.sent()[0]["text"]
    assert await sources(database) == {
        ("conversation_started-month-by-source", "oadby-posters"): 1,
        ("identified-month-by-source", "oadby-posters"): 1,
    }
    assert deliver(url, press("ended:share")) == 200
    assert api.sent()[-1]["text"].endswith("https://t.me/LLRCarersBot?start=friend")


def test_every_press_is_answered(url: str, api: BotApi) -> None:
    deliver(url, message("hello"))
    deliver(url, press("menu:check"))
    assert ("answerCallbackQuery", {"callback_query_id": "77"}) in api.calls


def test_a_stale_button_is_met_politely(url: str, api: BotApi) -> None:
    deliver(url, message("hello"))
    deliver(url, press("menu:check"))
    deliver(url, press("some-state-of-last-year:4"))
    assert "from earlier" in api.sent()[-1]["text"]


async def test_the_same_update_twice_and_at_once(url: str, api: BotApi, database: Path) -> None:
    update = message("hello")
    with ThreadPoolExecutor(10) as pool:
        statuses = set(pool.map(lambda _: deliver(url, update), range(10)))
    assert statuses == {200}
    assert deliver(url, update) == 200
    assert len({sent["text"] for sent in api.sent()}) == 1
    assert await counted(database, "conversation_started-month") == 1


@pytest.mark.parametrize("secret", ["", "wrong", HUSH + "x"])
async def test_a_wrong_secret_is_refused(url: str, api: BotApi, database: Path, secret: str) -> None:
    assert deliver(url, message("hello"), secret) == 403
    assert api.sent() == []
    assert await counted(database, "conversation_started-month") == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"update_id": "x"}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_update_is_refused(url: str, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": HUSH}
    assert httpx.post(f"{url}/telegram", content=body, headers=headers).status_code == 400


def test_a_body_that_is_too_long_is_refused(url: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": HUSH}
    assert httpx.post(f"{url}/telegram", content=b" " * 2_000_000, headers=headers).status_code == 413


def test_a_group_is_told_to_write_alone(url: str, api: BotApi) -> None:
    assert deliver(url, message("hello", GROUP)) == 200
    assert ["one to one" in sent["text"] for sent in api.sent()] == [True]


@pytest.mark.parametrize("what", ["photo", "sticker", "voice"])
def test_what_is_no_text_gets_a_kind_reply(url: str, api: BotApi, what: str) -> None:
    thing = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    more = {"is_animated": False, "is_video": False, "type": "regular"} if what == "sticker" else {}
    sent: dict[str, Any] = {what: [thing] if what == "photo" else {**thing, **more}}
    assert deliver(url, message(None, **sent)) == 200
    assert "only read words" in api.sent()[-1]["text"]


def test_an_edited_message_is_asked_for_again_but_danger_in_it_is_heard(url: str, api: BotApi) -> None:
    deliver(url, message("hello"))
    for text in ("hello again", "i want to kill myself"):
        edited = message(text)
        edited["edited_message"] = edited.pop("message")
        assert deliver(url, edited) == 200
    assert "new message" in api.sent()[-2]["text"]
    assert "999" in api.sent()[-1]["text"]


def test_other_updates_are_taken_and_left(url: str, api: BotApi) -> None:
    assert deliver(url, {"update_id": next(UPDATES), "something_new": {"id": "1"}}) == 200
    assert deliver(url, {"update_id": next(UPDATES)}) == 200
    assert api.sent() == []


def test_told_to_wait_it_waits_and_delivers(url: str, api: BotApi) -> None:
    api.refusals.append((429, {"description": "Too Many Requests", "parameters": {"retry_after": 1}}))
    assert deliver(url, message("hello")) == 200
    assert len(api.sent()) == 1


async def test_what_could_not_be_delivered_is_asked_for_again(url: str, api: BotApi, database: Path) -> None:
    update = message("hello")
    api.refusals.append((500, {"description": "Internal Server Error"}))
    assert deliver(url, update) == 503
    assert deliver(url, update) == 200
    assert len(api.sent()) == 1
    assert await counted(database, "conversation_started-month") == 1


def test_who_blocked_the_bot_has_opted_out(url: str, api: BotApi) -> None:
    deliver(url, message("hello"))
    api.refusals.append((403, {"description": "Forbidden: bot was blocked by the user"}))
    assert deliver(url, message("how do i get a break")) == 200
    before = len(api.sent())
    deliver(url, message("hello"))
    assert len(api.sent()) == before
    deliver(url, message("/start"))
    assert len(api.sent()) == before + 1


def test_leaving_is_an_opt_out_too(url: str, api: BotApi) -> None:
    deliver(url, message("hello"))
    left = {"user": {**NOBODY, "id": 123456, "is_bot": True}, "status": "kicked", "until_date": 0}
    stayed = {"user": left["user"], "status": "member"}
    change = {"chat": PRIVATE, "from": NOBODY, "date": 1, "old_chat_member": stayed, "new_chat_member": left}
    assert deliver(url, {"update_id": next(UPDATES), "my_chat_member": change}) == 200
    before = len(api.sent())
    deliver(url, message("hello"))
    assert len(api.sent()) == before


REFUSALS = {
    "no such chat": (400, {"description": "Bad Request: chat not found"}),
    "left": (403, {"description": "Forbidden: bot was kicked from the group chat"}),
    "moved": (400, {"description": "Bad Request: group migrated", "parameters": {"migrate_to_chat_id": -100777}}),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
@pytest.mark.parametrize("chat", [PRIVATE, GROUP], ids=["alone", "group"])
def test_what_can_never_be_delivered_is_not_asked_for_again(
    url: str, api: BotApi, caplog: pytest.LogCaptureFixture, chat: dict[str, Any], refusal: tuple[int, dict[str, Any]]
) -> None:
    api.closed[chat["id"]] = refusal
    assert deliver(url, message("hello", chat)) == 200
    assert api.sent() == []
    assert str(abs(chat["id"])) not in caplog.text


@pytest.fixture
def fetching(content: Content, api: BotApi, tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """Starts the application as a machine without a public address has it."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'poll.sqlite3'}",
        telegram_token=TOKEN,
        telegram_api_base_url=api.url,
        person_key_secret=SECRET,
    )
    return lambda: running(create_app(settings, content))


def sent_within_10_seconds(api: BotApi) -> list[tuple[str, bool]]:
    for _ in range(200):
        if api.sent():
            break
        Event().wait(0.05)
    return [(sent["chat_id"], "automated" in sent["text"]) for sent in api.sent()]


def test_without_a_public_address_updates_are_fetched(
    api: BotApi, fetching: Callable[[], AbstractContextManager[str]]
) -> None:
    api.updates.append(message("hello"))
    with fetching():
        assert sent_within_10_seconds(api) == [(str(PRIVATE["id"]), True)]


@pytest.mark.parametrize("refusal", [*REFUSALS.values(), (500, {"description": "x"})], ids=[*REFUSALS, "broken"])
def test_one_who_cannot_be_answered_does_not_hold_up_the_next(
    api: BotApi, fetching: Callable[[], AbstractContextManager[str]], refusal: tuple[int, dict[str, Any]]
) -> None:
    other = {**PRIVATE, "id": 700900124}
    api.closed[PRIVATE["id"]] = refusal
    api.updates += [message("hello"), message("hello", other)]
    with fetching():
        assert sent_within_10_seconds(api) == [("700900124", True)]


def test_one_that_cannot_be_read_does_not_hold_up_the_next_and_is_not_logged(
    api: BotApi, fetching: Callable[[], AbstractContextManager[str]], caplog: pytest.LogCaptureFixture
) -> None:
    api.updates += [{"update_id": next(UPDATES), "message": {"text": "the lilac teapot"}}, message("hello")]
    with fetching():
        assert sent_within_10_seconds(api) == [(str(PRIVATE["id"]), True)]
    assert "could not be read" in caplog.text
    assert "lilac" not in caplog.text


def test_what_failed_for_a_moment_is_fetched_and_tried_again(
    api: BotApi, fetching: Callable[[], AbstractContextManager[str]]
) -> None:
    api.refusals.append((500, {"description": "Internal Server Error"}))
    api.updates.append(message("hello"))
    with fetching():
        assert sent_within_10_seconds(api) == [(str(PRIVATE["id"]), True)]
