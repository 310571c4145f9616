"""The map of the conversation: nothing of the flow files is left out, in any of its forms, and it can be read."""

import re
import tomllib
from collections.abc import Iterator
from html import unescape
from typing import get_args

import pytest
from playwright.sync_api import Browser, Page

from bot.maps.graph import ADULTS, LEFT_OUT, NEXT_STEPS, RECOGNISED, Map, draw_map
from bot.maps.mermaid import as_mermaid
from bot.maps.page import as_page
from bot.maps.svg import as_svg
from conversations.flow_files import FLOWS, texts_of
from conversations.flows import ENDING, Condition
from conversations.next_steps import STEPS
from conversations.turns import Content
from tests.browsers import chromium
from tests.conftest import TODAY

NOT_SAID = re.compile(r"\.(asks|leads|means|young_means|skip_when\.\d+)$|^first$")
FORMS = {"mermaid": as_mermaid, "svg": as_svg, "html": as_page}


@pytest.fixture(scope="module")
def drawn(content: Content) -> Map:
    return draw_map(content, TODAY.date())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1000, "height": 900})
    asked_for: list[str] = []
    opened.on("request", lambda request: asked_for.append(request.url))
    yield opened
    opened.close()
    assert asked_for == []


def words(text: str) -> str:
    """The words alone, however they are escaped and wrapped."""
    plain = unescape(text.replace("#quot;", '"').replace("#lt;", "<").replace("#gt;", ">").replace("#amp;", "&"))
    return " ".join(re.sub(r"</text><text[^>]*>|<br/>|\s+", " ", plain).split())


def written() -> Iterator[str]:
    """Everything that an editor wrote to be said, without what is filled in."""
    for stem in ("check", "endings", "phrases", "interrupts"):
        for field, text in texts_of(tomllib.loads((FLOWS / f"{stem}.toml").read_text(encoding="utf-8"))):
            if not NOT_SAID.search(field):
                yield from (part.strip() for part in re.split(r"\{[^}]*\}|\[\[.*?\]\]", text) if part.strip())


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_is_written_is_on_it(drawn: Map, form: str) -> None:
    told = words(FORMS[form](drawn))
    assert [text for text in written() if words(text) not in told] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_wording_has_its_reading_age_and_cost(drawn: Map, form: str) -> None:
    told = words(FORMS[form](drawn))
    for part in drawn.parts:
        for card in part.cards:
            assert card.wordings
            assert [each for each in card.wordings if words(f"{each.measures} ") not in told] == []
    census = drawn.questions.cards[0].wordings[0]
    assert census.measures == "adults, reading age 19, 2 texts"


def test_every_answer_leads_where_the_flow_file_says(drawn: Map, content: Content) -> None:
    for card in drawn.questions.cards:
        state = content.flows.states[card.id]
        assert [way.to for way in card.ways] == [*(choice.leads for choice in state.choices), state.leads]
        assert set(card.leads) == {way.to for way in card.ways}


def test_every_card_has_a_name_of_its_own(drawn: Map) -> None:
    names = [card.id for part in drawn.parts for card in part.cards]
    assert len(set(names)) == len(names)


def test_every_reason_has_its_words(content: Content) -> None:
    assert set(LEFT_OUT) == set(get_args(Condition))
    assert set(RECOGNISED) == set(type(content.flows.endings.recognised).model_fields)
    assert set(NEXT_STEPS) == set(content.flows.endings.next)
    assert list(NEXT_STEPS) == list(STEPS)


def test_the_same_files_make_the_same_map(drawn: Map, content: Content) -> None:
    again = draw_map(content, TODAY.date())
    assert [form(again) for form in FORMS.values()] == [form(drawn) for form in FORMS.values()]


def test_mermaid_names_only_cards_that_are_there(drawn: Map) -> None:
    lines = as_mermaid(drawn).splitlines()
    cards = {line.split("[")[0].strip() for line in lines if line.startswith("    c_")} | {f"c_{ENDING}"}
    assert lines[0] == "flowchart TD"
    assert len(cards) == sum(len(part.cards) for part in drawn.parts) + 1
    ways = [re.fullmatch(r'  (\w+) -->\|"[^"]*"\| (\w+)', line) for line in lines if "-->|" in line]
    assert {end for way in ways if way for end in way.groups()} <= cards
    assert len([way for way in ways if way]) == sum(len(card.leads) for card in drawn.questions.cards)


def test_the_drawing_keeps_its_words_in_their_cards_and_its_cards_apart(drawn: Map, page: Page) -> None:
    page.set_content(as_svg(drawn))
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('svg g')].map(group => {
            const box = element => { const b = element.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height] }
            return [box(group.querySelector('rect')), ...[...group.querySelectorAll('text')].map(box)]
        })"""
    )
    assert len(boxes) == sum(len(part.cards) for part in drawn.parts) + 1
    for card, *lines in boxes:
        assert all(left >= card[0] and right <= card[2] for left, _, right, _ in lines)
        assert all(top >= card[1] and foot <= card[3] for _, top, _, foot in lines)
    cards = [each[0] for each in boxes]
    assert not [
        (one, other)
        for at, one in enumerate(cards)
        for other in cards[at + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


@pytest.mark.parametrize("width", [320, 1000])
def test_the_page_is_whole_and_nothing_runs_off_its_side(drawn: Map, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(as_page(drawn))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("article").count() == sum(len(part.cards) for part in drawn.parts)
    broken = "[...document.querySelectorAll('a')].filter(a => !document.getElementById(a.hash.slice(1))).length"
    assert page.evaluate(broken) == 0


def test_the_page_tells_both_wordings_of_a_question(drawn: Map, page: Page) -> None:
    page.set_content(as_page(drawn))
    terms = page.locator("#paid dt").all_inner_texts()
    assert [term.split(",")[0] for term in terms] == [
        ADULTS,
        "under 18",
        "when they ask what is meant",
        "when people under 18 ask it",
        "when an answer was not understood",
    ]
    assert "Pocket money doesn't count." in page.locator("#paid dd").nth(1).inner_text()
