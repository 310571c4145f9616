"""SMS over real HTTP: signed as Twilio signs, answered in TwiML; forged, broken and repeated deliveries."""

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from twilio.request_validator import RequestValidator

from bot.app import create_app
from bot.settings import Settings
from bot.storage.sqlite import SqliteStore
from conversations.sms import cost
from conversations.turns import Content
from tests.conftest import SECRET
from tests.servers import running
from tests.storage.test_sqlite import rows

PUBLIC = "https://bot.example.org"
TOKEN, NEXT_TOKEN = "token-of-today", "token-of-tomorrow"
NOBODY = "+447700900123"  # from Ofcom's range for drama


class Phone:
    """One phone that texts the service through Twilio."""

    def __init__(self, url: str, number: str = NOBODY, token: str = TOKEN) -> None:
        self.url, self.number, self.token, self.sent = url, number, token, 0

    def form(self, text: str, **more: str) -> dict[str, str]:
        self.sent += 1
        sid = f"SM{self.number[-6:]}{self.sent:026}"
        blank = {"NumMedia": "0", "FromCity": "", "SmsStatus": "received"}
        return {"MessageSid": sid, "From": self.number, "To": "+447700900999", "Body": text, **blank, **more}

    def post(self, form: dict[str, str], **headers: str) -> httpx.Response:
        signature = RequestValidator(self.token).compute_signature(f"{PUBLIC}/sms", form)
        signed = {"X-Twilio-Signature": signature, **headers}
        return httpx.post(f"{self.url}/sms", data=form, headers=signed, timeout=15)  # as Twilio waits

    def text(self, text: str, **more: str) -> str:
        return words(self.post(self.form(text, **more)))


def words(answer: httpx.Response) -> str:
    """The one message of a TwiML answer, or an empty string."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    messages = [message.text or "" for message in ElementTree.fromstring(answer.text)]  # noqa: S314 - our own answer
    assert len(messages) <= 1
    return "".join(messages)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "sms.sqlite3"


@pytest.fixture
def url(content: Content, database: Path) -> Iterator[str]:
    settings = Settings(
        database_url=f"sqlite:///{database}",
        public_url=PUBLIC,
        twilio_auth_token=(TOKEN, NEXT_TOKEN),
        person_key_secret=SECRET,
    )
    with running(create_app(settings, content)) as address:
        yield address


async def counted(database: Path, table: str) -> int:
    store = SqliteStore(database)
    counts = await store.counts()
    await store.close()
    return sum(count for cell, count in counts.items() if cell.table == table)


async def test_a_67_year_old_in_oakham_comes_through(url: str, database: Path) -> None:
    phone = Phone(url)
    said = [phone.text(t) for t in ("Hello", "Yes, my husband", "67", "Oakham", "40")]
    assert all(cost(reply).segments <= 2 for reply in said)
    assert "unpaid carer" in said[-1]
    answer = phone.text("how do i get a break")
    assert "01572 758341" in answer
    assert await counted(database, "identified-week-by-area") == 1


async def sources(database: Path) -> dict[tuple[str, ...], int]:
    """What is counted by where people came from."""
    store = SqliteStore(database)
    counts = await store.counts()
    await store.close()
    return {(cell.table, *cell.values): count for cell, count in counts.items() if cell.table.endswith("-by-source")}


async def test_the_keyword_of_a_poster_is_counted_and_no_other_word_is(url: str, database: Path) -> None:
    by_poster, by_itself, misspelt = Phone(url), Phone(url, "+447700900124"), Phone(url, "+447700900125")
    for text in ("Care Oadby please", "Yes, my husband", "67", "Oakham", "40"):
        by_poster.text(text)
    assert "council works out what they pay" in by_itself.text("care home costs")
    assert "nobody reads" in misspelt.text("CARE OADBEY")
    assert await sources(database) == {
        ("conversation_started-month-by-source", "oadby-posters"): 1,
        ("identified-month-by-source", "oadby-posters"): 1,
        ("conversation_started-month-by-source", "none"): 1,
        ("conversation_started-month-by-source", "other"): 1,
    }
    assert by_poster.text("3").startswith("Please pass this on.")


@pytest.mark.parametrize("token", [TOKEN, NEXT_TOKEN])
def test_two_tokens_are_taken_while_they_change(url: str, token: str) -> None:
    assert "automated" in Phone(url, token=token).text("hi")


@pytest.mark.parametrize("signature", ["", "not-a-signature", "bm90IGEgc2lnbmF0dXJl", "é"])
def test_a_forged_signature_is_refused(url: str, database: Path, signature: str) -> None:
    headers = {b"X-Twilio-Signature": signature.encode()}
    answer = httpx.post(f"{url}/sms", data=Phone(url).form("hi"), headers=headers)
    assert answer.status_code == 403
    assert asyncio.run(counted(database, "conversation_started-month")) == 0


def test_a_missing_signature_is_refused(url: str) -> None:
    assert httpx.post(f"{url}/sms", data=Phone(url).form("hi")).status_code == 403


def test_a_changed_field_is_refused(url: str) -> None:
    phone = Phone(url)
    form = phone.form("hi")
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms", form)
    changed = httpx.post(f"{url}/sms", data={**form, "Body": "ho"}, headers={"X-Twilio-Signature": signature})
    assert changed.status_code == 403


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"Body": "hi"}', {"Content-Type": "application/json"}, 415),
        (b"", {}, 415),
        (b"no form at all", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        ("Body=é".encode(), {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        (b"Body=%ff%fe&From=x&MessageSid=y", {"Content-Type": "application/x-www-form-urlencoded"}, 403),
        (b"Body=" + b"a" * 300_000, {"Content-Type": "application/x-www-form-urlencoded"}, 413),
        (b"&".join(b"f%d=x" % n for n in range(300)), {"Content-Type": "application/x-www-form-urlencoded"}, 400),
    ],
)
def test_what_is_no_form_is_refused(url: str, body: bytes, headers: dict[str, str], status: int) -> None:
    assert httpx.post(f"{url}/sms", content=body, headers=headers).status_code == status


def test_a_form_without_sender_or_id_is_refused(url: str) -> None:
    assert Phone(url).post({"Body": "hi"}).status_code == 400


def test_get_is_no_way_in(url: str) -> None:
    assert httpx.get(f"{url}/sms").status_code == 405


def test_the_local_page_is_closed(url: str) -> None:
    assert [httpx.get(f"{url}{path}").status_code for path in ("/", "/page/page.js", "/try")] == [404, 404, 404]


async def test_twice_in_sequence_is_answered_alike_and_counted_once(url: str, database: Path) -> None:
    phone = Phone(url)
    form = phone.form("hi")
    assert words(phone.post(form)) == words(phone.post(form)) != ""
    assert await counted(database, "conversation_started-month") == 1


async def test_twenty_copies_at_once_are_answered_alike_and_counted_once(url: str, database: Path) -> None:
    phone = Phone(url)
    form = phone.form("how do i get a carers assessment in oakham")
    with ThreadPoolExecutor(20) as pool:
        answers = {words(answer) for answer in pool.map(lambda _: phone.post(form), range(20))}
    assert len(answers) == 1
    assert await counted(database, "answered-month-by-topic") == 1


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "?!…", "a" * 10_000, "\u0000\ufffd", "ગુજરાતી"])
def test_odd_texts_get_a_kind_short_reply(url: str, text: str) -> None:
    reply = Phone(url).text(text)
    assert reply
    assert cost(reply).segments <= 2


def test_a_picture_gets_a_kind_reply(url: str) -> None:
    assert "only read words" in Phone(url).text("", NumMedia="1", MediaUrl0="https://x.example/1")


def test_unknown_fields_change_nothing(url: str) -> None:
    assert "automated" in Phone(url).text("hi", SomethingNew="x", ApiVersion="2031-01-01")


def test_stop_is_silent_and_only_start_comes_back(url: str) -> None:
    phone = Phone(url)
    assert [bool(phone.text(t)) for t in ("hi", "STOP", "hello?", "1", "how do i get a break", "START")] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]


def test_forget_me_is_done_after_a_stop_too_and_in_silence(url: str, database: Path) -> None:
    phone = Phone(url)
    assert phone.text("hi")
    assert [phone.text("STOP"), len(rows(database, "sessions"))] == ["", 1]
    assert [phone.text("FORGET ME"), rows(database, "sessions")] == ["", []]


def test_danger_is_answered_even_after_a_stop(url: str) -> None:
    phone = Phone(url)
    assert not phone.text("stop")
    assert "999" in phone.text("i want to kill myself")


def test_what_the_provider_answered_itself_gets_no_second_answer(url: str) -> None:
    phone = Phone(url)
    assert phone.text("hi")
    assert phone.text("HELP", OptOutType="HELP") == ""
    assert "How old are you?" in phone.text("yes my mum")  # the question still waits


@pytest.mark.parametrize("word", ["START", "YES", "unstop"])
def test_start_comes_back_in_silence_where_the_provider_has_answered(url: str, word: str) -> None:
    phone = Phone(url)
    assert [bool(phone.text("hi")), phone.text("STOP", OptOutType="STOP"), phone.text("hello")] == [True, "", ""]
    assert phone.text(word, OptOutType="START") == ""
    assert "nobody reads" in phone.text("hello")


def test_a_yes_to_our_question_is_heard_though_the_provider_takes_it_for_start(url: str) -> None:
    phone = Phone(url)
    assert "Do you look after" in phone.text("hi")
    assert "How old are you?" in phone.text("YES", OptOutType="START")
    assert Phone(url, "+447700900124").text("YES", OptOutType="START") == ""  # the first word of all answers nothing


def test_what_the_provider_takes_for_stop_is_one_in_whatever_word(url: str) -> None:
    phone = Phone(url)
    assert [bool(phone.text("hi")), phone.text("basta", OptOutType="STOP"), phone.text("hello")] == [True, "", ""]


def test_with_the_store_failing_danger_is_answered_and_all_else_gets_an_apology(url: str, database: Path) -> None:
    phone = Phone(url)
    question, danger = phone.form("how do i get a break"), phone.form("i want to kill myself")
    with closing(sqlite3.connect(database, isolation_level=None)) as somebody, ThreadPoolExecutor(2) as pool:
        somebody.execute("begin immediate")  # and does not end
        said = [words(answer) for answer in pool.map(phone.post, (question, danger))]
        assert ["went wrong" in said[0], "try again" in said[0], "999" in said[0]] == [True, True, True]
        assert "Samaritans" in said[1]
    assert "You can get a break" in words(
        phone.post(question)
    )  # nothing was kept of it: who sends it again is answered
