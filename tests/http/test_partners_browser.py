"""A new partner in a real browser: link, password, page, spreadsheet, report; by keyboard, on a phone, in print."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.partners.finding import Issued
from tests.partner_site import NAME, PASSWORD, Site, serving
from tests.releases import releases

WIDTHS = [1280, 360, 320]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    issued = Issued(releases(months=14, simulated=True), ("2026-W40",))
    with serving(tmp_path_factory.mktemp("partners") / "partners.sqlite3", issued) as served:
        yield served


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    opened = browser.new_page(base_url=site.address, viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield opened
    opened.close()
    assert [error for error in errors if "422" not in error] == []


def enter(page: Page, site: Site) -> None:
    """As a new partner does, from the link to the statistics."""
    page.goto(site.link())
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Save and see the statistics").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistics for October 2026")


def faults(page: Page) -> list[str]:
    """What axe-core finds, each with the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html']}" for v in found]


def no_wider_than_the_screen(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_link_to_the_committee_paper_without_javascript(
    browser: Browser, site: Site, width: int, tmp_path: Path
) -> None:
    context = browser.new_context(
        base_url=site.address, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    enter(page, site)
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    page.get_by_label("Month", exact=True).select_option("August 2026")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistics for August 2026")
    with page.expect_download() as download:
        page.get_by_role("link", name="all tables (CSV in a zip file)").click()
    assert download.value.suggested_filename == "SIMULATED-INCOMPLETE-carers-statistics.zip"
    with zipfile.ZipFile(download.value.path()) as file:
        rows = list(csv.reader(io.StringIO(file.read("SIMULATED-INCOMPLETE-identified-month-by-area.csv").decode())))
    assert rows[0] == ["period", "area", "count"]
    assert {row[-1] for row in rows[1:]} <= {"fewer than 10", *(str(n) for n in range(10, 1000, 10))}
    page.get_by_role("link", name="one-page report to print").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Finding unpaid carers: August 2026")
    page.get_by_role("link", name="Back to the statistics").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Organisation").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(NAME)).to_be_visible()
    context.close()


def test_axe_finds_no_fault_on_any_page(page: Page, site: Site) -> None:
    page.goto(site.link())
    assert faults(page) == []
    page.get_by_label("New password").fill("too short")
    page.get_by_label("The same password again").fill("too short")
    page.locator("form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 12 characters")
    assert faults(page) == []
    enter(page, site)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("/partners", "/partners?period=2025-09", "/partners/report"):
            page.goto(path)
            assert faults(page) == []
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    assert faults(page) == []
    page.get_by_label("Organisation").fill("Somebody else")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_no_fault_where_there_is_nothing_to_see(browser: Browser, tmp_path: Path) -> None:
    weeks = tuple(release for release in releases(months=2) if "W" in release.period)
    for name, issued in (("nothing", Issued()), ("weeks", Issued(weeks))):
        with serving(tmp_path / f"{name}.sqlite3", issued, public=True) as site:
            page = browser.new_page(base_url=site.address)
            page.goto("/partners")
            expect(page.get_by_role("heading", level=1)).to_have_text("No month has been issued yet")
            assert faults(page) == []
            page.goto("/partners/nowhere")
            assert faults(page) == []
            page.close()


def test_nothing_runs_off_the_side(page: Page, site: Site) -> None:
    for path in (site.link(), "/partners/sign-in"):
        page.goto(path)
        assert [width for width in WIDTHS if not no_wider_than_the_screen(page, width)] == []
    enter(page, site)
    for path in ("/partners", "/partners/report"):
        page.goto(path)
        assert [width for width in WIDTHS if not no_wider_than_the_screen(page, width)] == []


def test_with_text_twice_as_large_nothing_runs_off_the_side(page: Page, site: Site) -> None:
    enter(page, site)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert no_wider_than_the_screen(page, 640)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, site: Site) -> None:
    enter(page, site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Month", exact=True)).to_be_focused()
    reached = set()
    for _ in range(200):
        at = page.evaluate("[document.activeElement.outerHTML, getComputedStyle(document.activeElement).outlineStyle]")
        if at[0] in reached:
            break
        assert at[1] == "solid" or at[0].startswith("<body"), at[0]
        reached.add(at[0])
        page.keyboard.press("Tab")
    links = page.locator("main a:visible, main button:visible, main summary:visible").count()
    assert len(reached) >= links


def test_what_is_closed_opens_by_keyboard(page: Page, site: Site) -> None:
    enter(page, site)
    weeks = page.get_by_role("heading", name="Carers found each week")
    table = page.get_by_role("region", name="Carers found each week")
    expect(table).to_be_hidden()
    weeks.locator("..").press("Enter")
    expect(table).to_be_visible()


def test_every_chart_has_words_and_a_table_beside_it(page: Page, site: Site) -> None:
    enter(page, site)
    for block in page.locator(".block:has(.drawing), .further:has(.drawing)").all():
        words = block.locator("svg").first.get_attribute("aria-label") or ""
        cells = [cell.text_content() for cell in block.locator("tbody td").all()]
        assert cells
        assert len([cell for cell in cells if cell and cell in words]) >= words.count(":")
        expect(block.locator("caption")).to_have_count(1)
    assert page.locator("table th:not([scope])").count() == 0


@pytest.mark.parametrize("month", ["2026-10", "2025-09"])
def test_the_report_is_one_sheet_of_a4(page: Page, site: Site, month: str) -> None:
    enter(page, site)
    page.goto(f"/partners/report?period={month}")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    size = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert size
    assert [round(float(side)) for side in size.groups()] == [595, 842]


def test_simulated_figures_say_so_on_every_page(page: Page, site: Site) -> None:
    enter(page, site)
    for path in ("/partners", "/partners/report"):
        page.goto(path)
        expect(page.get_by_label("Simulated figures")).to_contain_text("made-up people")
