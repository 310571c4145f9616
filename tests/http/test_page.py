"""The local page in a real browser: two phones, two people, and a page that can be used by keyboard and on a phone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.app import create_app
from bot.partners.archive import dump_release
from bot.settings import Settings
from bot.storage.sqlite import SqliteStore
from conversations.turns import Content
from tests.releases import releases
from tests.servers import running


@pytest.fixture(scope="module")
def url(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("page") / "page.sqlite3"
    with running(create_app(Settings(database_url=f"sqlite:///{path}"), content)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.goto(url)
    yield opened
    opened.close()
    assert errors == []


async def issue(path: Path) -> None:
    store = SqliteStore(path)
    await store.issue(0, {release.period: dump_release(release) for release in releases(months=1)})
    await store.close()


def test_the_page_links_to_the_statistics_only_when_there_are_some(content: Content, tmp_path: Path) -> None:
    path = tmp_path / "figures.sqlite3"
    with running(create_app(Settings(database_url=f"sqlite:///{path}", stats_public=True), content)) as address:
        assert "/partners" not in httpx.get(address).text
        asyncio.run(issue(path))
        assert '<a href="/partners">Statistics for partners</a>' in httpx.get(address).text
        assert httpx.get(f"{address}/partners").status_code == 200


class Handset:
    """One of the two phones on the page."""

    def __init__(self, page: Page, channel: str) -> None:
        self.root: Locator = page.locator(f".phone[data-channel={channel}]")

    @property
    def last(self) -> Locator:
        return self.root.locator("li.bot").last

    def write(self, text: str) -> str:
        before = self.root.locator("li.bot").count()
        self.root.get_by_role("textbox").fill(text)
        self.root.get_by_role("textbox").press("Enter")
        return self._reply(before)

    def press(self, label: str) -> str:
        before = self.root.locator("li.bot").count()
        self.root.get_by_role("button", name=label, exact=True).last.click()
        return self._reply(before)

    def _reply(self, before: int) -> str:
        expect(self.root.locator("li.bot")).to_have_count(before + 1)
        return self.last.inner_text()


def test_a_15_year_old_in_wigston_on_the_sms_phone(page: Page, tmp_path: Path) -> None:
    phone = Handset(page, "sms")
    for text in ("hi", "yeh", "15", "my mum", "Wigston", "3 hrs a night"):
        assert "text" in phone.write(text)
    ending = phone.write("school")
    assert "young carer" in ending
    assert "0116 305 0005" in ending
    assert "unpaid carer" not in ending
    answer = phone.write("are there any clubs or trips for kids like me")
    assert "2 texts" in answer or "1 text" in answer
    page.screenshot(path=tmp_path / "sms.png")


def test_a_67_year_old_in_oakham_on_the_telegram_phone(page: Page) -> None:
    phone = Handset(page, "telegram")
    phone.write("Good morning")
    phone.press("Yes")
    phone.write("67")
    phone.write("my husband")
    phone.press("Rutland")
    assert "unpaid carer" in phone.press("50 or more")
    answer = phone.write("how can i get a break")
    assert "01572 758341" in answer
    assert "Checked 21 November 2026" in answer


def test_the_15_year_old_on_telegram_and_the_67_year_old_by_sms(page: Page) -> None:
    young, older = Handset(page, "telegram"), Handset(page, "sms")
    young.write("hello")
    young.press("Yes")
    young.press("Under 18")
    young.press("Mum or dad")
    young.write("wigston")
    young.press("20 to 34")
    assert "young carer" in young.press("School, college or training")
    for text in ("Hello", "Yes", "67", "My husband.", "Oakham"):
        older.write(text)
    assert "unpaid carer" in older.write("All day every day")
    assert "young" not in older.last.inner_text()


def test_a_new_person_knows_nothing_of_the_last(page: Page) -> None:
    phone = Handset(page, "sms")
    phone.write("hi")
    phone.write("im 15")
    phone.root.get_by_role("button", name="New person").click()
    assert phone.root.locator("li").count() == 0
    assert "Under 18? Say so." in phone.write("hi")


def test_it_works_by_keyboard_alone(page: Page) -> None:
    page.locator(".phone[data-channel=telegram] input").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    first = page.locator(".phone[data-channel=telegram] li.buttons button").first
    expect(first).to_be_visible()
    for _ in range(12):
        if first.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".phone[data-channel=telegram] li.bot")).to_have_count(2)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_runs_off_the_side(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    Handset(page, "sms").write("how do i get a carers assessment")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"phone": 1}', b'{"phone": "x", "channel": "pigeon"}', b"\xff"])
def test_what_the_page_would_not_send_is_refused(url: str, body: bytes) -> None:
    assert httpx.post(f"{url}/try", content=body).status_code == 400


def test_no_path_leads_out_of_the_folder(url: str) -> None:
    assert httpx.get(f"{url}/page/..%2f..%2fapp.py").status_code == 404


def test_the_webhooks_are_closed_without_tokens(url: str) -> None:
    assert [httpx.post(f"{url}/{path}").status_code for path in ("sms", "telegram")] == [404, 404]
