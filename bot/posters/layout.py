"""Where everything stands on a poster. Pure: words in, shapes and lines of letters out.

Laid out on A4 in millimetres, y downwards. A5 is the same page at 1/√2, so that one drawing serves both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import segno

from bot.posters.lettering import Weight, width, wrap
from bot.posters.wording import Wording
from conversations.sources import WaysIn, telegram_link

PAGE = (210.0, 297.0)
MARGIN = 16.0
POINT = 25.4 / 72  # millimetres
QUIET = 4  # modules of white that a QR code needs around it (ISO/IEC 18004)
LEADING = 1.18  # from one line to the next, in letter sizes
CAPITALS = 0.668  # how high a capital is, in letter sizes
HANGING = 0.27  # how far a letter like g hangs below its line, in letter sizes
STEP = 0.5  # points by which letters are made smaller until they fit


class PosterError(Exception):
    """Words that do not fit their place on the poster."""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb. Letters differ from what is behind them by 7 to 1 or more, also when printed in grey."""

    deep: str
    bright: str
    paper: str = "#ffffff"
    ink: str = "#161616"


@dataclass(frozen=True)
class Shape:
    """A filled rectangle."""

    box: Box
    colour: str


@dataclass(frozen=True)
class Line:
    """One line of letters: `x` where it begins, `y` its baseline, `size` in millimetres."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Block:
    """Words that are read as one, in the box that they must stay in."""

    role: str  # "H1" or "P", as a screen reader tells it
    box: Box
    weight: Weight
    colour: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Style:
    """How letters look. Sizes are in points on A4."""

    weight: Weight
    colour: str
    largest: float
    smallest: float


@dataclass(frozen=True)
class Code:
    """The dark squares of a QR code, and what it says."""

    box: Box
    says: str
    squares: tuple[Box, ...]


@dataclass(frozen=True)
class Poster:
    """A whole page, in the order in which it is drawn and read aloud."""

    title: str
    shapes: tuple[Shape, ...]
    blocks: tuple[Block, ...]
    code: Code | None
    ink: str


@dataclass(frozen=True)
class Names:
    """The whole keyword that people text, the source that their link names, and what the service calls itself."""

    keyword: str
    source: str
    service: str


ADULT = Palette(deep="#10403f", bright="#fbc364")
YOUNG = Palette(deep="#33256b", bright="#ffd257")
BAND = Box(0, 204, PAGE[0], 65)
CARD = Box(PAGE[0] - MARGIN - 50, BAND.y + 4, 50, 57)  # white, with the QR code
LEFT = ((6, 12), (20, 22), (43, 17))  # from where in the band, and how high: "Text", the keyword, the number
SMALL = Box(MARGIN, 274, 104, 16)
LOGO = Box(128, 274, PAGE[0] - MARGIN - 128, 16)  # left empty for a partner's own


def lay_out(wording: Wording, palette: Palette, ways: WaysIn, names: Names) -> Poster:
    """The poster with these words and ways in, one at least. Raises PosterError if something does not fit."""
    wide, ink = PAGE[0] - 2 * MARGIN, palette.ink
    scenes = [f"“{scene}”" for scene in wording.scenes]
    counts = fit(wording.counts, Box(MARGIN + 4, 178, 92, 17), Style(Weight.BOLD, ink, 42, 24))
    marked = Box(MARGIN, 177, width(counts.text, Weight.BOLD, counts.lines[0].size) + 8, 19)
    beside = Box(marked.x + marked.width + 6, 177, PAGE[0] - MARGIN - marked.x - marked.width - 6, 19)
    panel, ways_in, code = _ways(wording, palette, ways, names)
    return Poster(
        title=wording.headline,
        shapes=(
            Shape(Box(0, 0, PAGE[0], PAGE[1] + 2), palette.paper),
            Shape(Box(0, 0, PAGE[0], 104), palette.deep),
            Shape(marked, palette.bright),
            Shape(BAND, palette.deep),
            *panel,
        ),
        blocks=(
            fit(wording.headline, Box(MARGIN, 10, wide, 86), Style(Weight.BOLD, palette.paper, 54, 30), role="H1"),
            *stack(scenes, Box(MARGIN, 111, wide, 58), Style(Weight.REGULAR, ink, 23, 15)),
            counts,
            fit(wording.after, beside, Style(Weight.REGULAR, ink, 16, 11)),
            *ways_in,
            fit(wording.small.format(service=names.service), SMALL, Style(Weight.REGULAR, ink, 11, 9.5)),
        ),
        code=code,
        ink=ink,
    )


def _ways(
    wording: Wording, palette: Palette, ways: WaysIn, names: Names
) -> tuple[list[Shape], list[Block], Code | None]:
    """The band with the number on its left and the QR code on its right; one alone has it to itself."""
    white = Style(Weight.REGULAR, palette.paper, 24, 14)
    left = [Box(MARGIN, BAND.y + y, (CARD.x if ways.bot else PAGE[0]) - MARGIN - 16, h) for y, h in LEFT]
    at = wording.at.format(bot=ways.bot)
    if ways.number:
        said = (wording.text, names.keyword, wording.to.format(number=ways.number))
    else:
        said = ("", wording.scan, at)
    styles = (white, Style(Weight.BOLD, palette.bright, 50, 20), Style(Weight.BOLD, palette.paper, 33, 16))
    blocks = [fit(text, box, style) for text, box, style in zip(said, left, styles, strict=True) if text]
    if not ways.bot:
        return [], blocks, None
    lower = 0 if ways.number else 5.5  # without words below it, in the middle of the card
    square = Box(CARD.x + 2, CARD.y + lower, CARD.width - 4, CARD.width - 4)
    code = qr_code(telegram_link(ways.bot, names.source), square)
    if ways.number:
        between = Box(CARD.x - 13, BAND.y, 11, BAND.height)
        blocks.append(fit(wording.or_, between, replace(white, largest=20)))
        under = Box(square.x + 4, square.y + square.height, square.width - 4, CARD.height - square.height - 1)
        blocks += stack([wording.scan, at], under, Style(Weight.BOLD, palette.ink, 12, 6), apart=0)
    return [Shape(CARD, palette.paper)], blocks, code


def fit(text: str, box: Box, style: Style, role: str = "P") -> Block:
    """The text in the largest letters with which it fits into the box, in its middle from top to bottom.

    Raises PosterError if even the smallest do not.
    """
    return replace(stack([text], box, style)[0], role=role)


def stack(texts: Sequence[str], box: Box, style: Style, apart: float = 0.28) -> list[Block]:
    """Several texts of one size below each other; `apart` is the room between them, in letter sizes."""
    points = style.largest
    while points >= style.smallest:
        size = points * POINT
        wrapped = [wrap(text, style.weight, size, box.width) for text in texts]
        lines = sum(len(each) for each in wrapped)
        height = size * (CAPITALS + (lines - 1) * LEADING + (len(wrapped) - 1) * apart)
        widest = max(width(line, style.weight, size) for each in wrapped for line in each)
        if widest <= box.width and height + 2 * size * HANGING <= box.height:
            y, blocks = box.y + (box.height - height) / 2 + size * CAPITALS, list[Block]()
            for each in wrapped:
                placed = tuple(Line(line, box.x, y + n * size * LEADING, size) for n, line in enumerate(each))
                blocks.append(Block("P", box, style.weight, style.colour, placed))
                y += size * (len(placed) * LEADING + apart)
            return blocks
        points -= STEP
    raise PosterError(f"{' '.join(texts)!r} does not fit its place on the poster. Say it shorter.")


def qr_code(says: str, white: Box) -> Code:
    """A QR code that fills a white square with the margin it needs. A quarter of it may be lost to folds or stains."""
    rows = [list(row) for row in segno.make(says, error="q", micro=False, boost_error=False).matrix]
    module = white.width / (len(rows) + 2 * QUIET)
    squares = list[Box]()
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            end = across
            while end < len(row) and row[end]:
                end += 1
            if end > across:
                x, y = white.x + (QUIET + across) * module, white.y + (QUIET + down) * module
                squares.append(Box(x, y, (end - across) * module, module))
            across = end + 1
    return Code(white, says, tuple(squares))
