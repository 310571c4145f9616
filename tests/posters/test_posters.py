"""The posters as they are printed: nothing runs out of its place, and a telephone can read the code."""

import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser

from bot.commands.printing import SIZES
from bot.posters.layout import ADULT, LOGO, PAGE, YOUNG, Block, Box, Names, Palette, Poster, PosterError, lay_out
from bot.posters.lettering import outline
from bot.posters.pdf import as_pdf
from bot.posters.svg import as_svg
from bot.posters.wording import Wording, load_wordings
from conversations.sources import Sources, WaysIn
from conversations.turns import Content
from tests.browsers import chromium

NUMBER, BOT = "07700 900123", "LLRCarersBot"
WAYS = [
    WaysIn(NUMBER, BOT),
    WaysIn(NUMBER),
    WaysIn(bot=BOT),
    WaysIn("+44 7700 900 123", "LeicestershireAndRutlandCarerBot"),
]
WORDINGS = load_wordings()
KINDS = [(WORDINGS.adult, ADULT), (WORDINGS.young, YOUNG)]
NAMES = Names("CARE OADBY", "oadby-posters", "LLR Carers Line")
LINK = f"https://t.me/{BOT}?start=oadby-posters"
HAIR = 0.3  # millimetres that round letters may stand over their line


@pytest.fixture(scope="module")
def sources(content: Content) -> Sources:
    return content.flows.sources


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


def inked(block: Block) -> Box:
    """The smallest box around everything that is drawn of a block."""
    drawn = [part for line in block.lines for part in outline(line.text, block.weight, line.size, line.x, line.y)]
    across = [number for _, numbers in drawn for number in numbers[::2]]
    down = [number for _, numbers in drawn for number in numbers[1::2]]
    return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))


def inside(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - HAIR
        and inner.y >= outer.y - HAIR
        and inner.x + inner.width <= outer.x + outer.width + HAIR
        and inner.y + inner.height <= outer.y + outer.height + HAIR
    )


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@pytest.mark.parametrize(("wording", "palette"), KINDS, ids=["adult", "young"])
@pytest.mark.parametrize("ways", WAYS, ids=["both", "number", "bot", "longest"])
def test_nothing_runs_over_or_out_of_the_page(
    wording: Wording, palette: Palette, ways: WaysIn, sources: Sources
) -> None:
    for name in sources.sources:
        poster = lay_out(wording, palette, ways, Names(sources.whole_keyword(name), name, "A service of 24 letters."))
        boxes = [inked(block) for block in poster.blocks] + ([poster.code.box] if poster.code else [])
        assert all(inside(inked(block), block.box) for block in poster.blocks)
        assert all(inside(box, Box(10, 8, PAGE[0] - 20, PAGE[1] - 16)) for box in boxes)
        assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))
        assert all(apart(box, LOGO) for box in boxes)


def test_words_that_cannot_fit_are_told() -> None:
    long = WORDINGS.adult.model_copy(update={"counts": "All of this and a good deal more of it counts."})
    with pytest.raises(PosterError, match=r"All of this .* does not fit"):
        lay_out(long, ADULT, WAYS[0], NAMES)


@pytest.fixture(params=KINDS, ids=["adult", "young"])
def poster(request: pytest.FixtureRequest) -> Poster:
    wording, palette = request.param
    return lay_out(wording, palette, WAYS[0], NAMES)


@pytest.mark.parametrize("size", SIZES)
def test_the_pdf_is_one_page_of_its_size_that_a_telephone_and_a_screen_reader_can_read(
    poster: Poster, size: str
) -> None:
    width, height = SIZES[size]
    pdf = pypdfium2.PdfDocument(as_pdf(poster, width, height))
    assert len(pdf) == 1
    assert [round(side * 25.4 / 72) for side in pdf[0].get_size()] == [width, height]
    assert decoded(pdf) == [LINK]
    assert decoded(pdf, grayscale=True) == [LINK]
    assert pdf[0].get_textpage().get_text_range().split() == " ".join(block.text for block in poster.blocks).split()
    assert (pdf.get_metadata_value("Title"), pdf.is_tagged()) == (poster.title, True)


@pytest.mark.parametrize("size", SIZES)
def test_the_svg_shows_the_same(poster: Poster, size: str, browser: Browser) -> None:
    width, height = SIZES[size]
    page = browser.new_page()
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{as_svg(poster, width, height)}")
    words = page.evaluate("document.querySelector('desc').textContent")
    printed = pypdfium2.PdfDocument(page.pdf(width=f"{width}mm", height=f"{height}mm", print_background=True))
    page.close()
    assert decoded(printed) == [LINK]
    assert words.split("\n") == [*(block.text for block in poster.blocks), f"QR code: {LINK}"]
    ours = greys(pypdfium2.PdfDocument(as_pdf(poster, width, height)))
    assert abs(ours - greys(printed)).max() < 32


@pytest.mark.parametrize("palette", [ADULT, YOUNG], ids=["adult", "young"])
def test_letters_stand_out_in_colour_and_in_grey(palette: Palette) -> None:
    pairs = [
        (palette.paper, palette.deep),
        (palette.bright, palette.deep),
        (palette.ink, palette.bright),
        (palette.ink, palette.paper),
    ]
    assert all(contrast(one, other) >= 7 for one, other in pairs)


def decoded(pdf: Any, *, grayscale: bool = False) -> list[str]:
    """What a program reads from the first page, drawn at 150 dots an inch."""
    drawn = pdf[0].render(scale=150 / 72, grayscale=grayscale).to_numpy()
    return [found.text for found in zxingcpp.read_barcodes(drawn)]


def greys(pdf: Any) -> Any:
    """How grey the first page is in each of 60 by 40 fields, from 0 to 255: letters' edges make no difference."""
    drawn = pdf[0].render(scale=2, grayscale=True).to_numpy()
    high, wide = drawn.shape[0] // 60, drawn.shape[1] // 40
    return drawn[: high * 60, : wide * 40].reshape(60, high, 40, wide).mean(axis=(1, 3))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, from 1 to 21. It goes by lightness, so it holds in grey too."""
    lighter, darker = sorted((lightness(one), lightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
