"""The map as one drawing: the questions from top to bottom, lines where answers lead, everything else beside them."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.maps.graph import Card, Map, Part, Wording, named
from conversations.flows import ENDING

# Lengths are in pixels.
EDGE, GAP, PADDING, LINE = 40, 28, 16, 19
LANE = 18  # from one line of the ways to the next
QUESTION_WIDTH, OTHER_WIDTH, COLUMNS = 560, 400, 4
LETTER = 7.6  # the mean width of a letter at 14 pixels, with room to spare in any font
STYLE = """
text { font: 14px system-ui, "Segoe UI", Roboto, sans-serif; fill: #14222b }
.head { font-weight: 700; font-size: 16px } .part { font-weight: 700; font-size: 22px } .title { font-size: 28px }
.who { font-size: 12px; fill: #41525c } .note { font-style: italic }
.way { font-weight: 600; font-size: 13px; fill: #0b4f71 }
.card { fill: #fff; stroke: #8a9aa3; stroke-width: 1.5 } .page { fill: #f7f4ee }
.line { fill: none; stroke: #0b4f71; stroke-width: 2 } .tip { fill: #0b4f71 }
@media print { .page { fill: #fff } }
"""


@dataclass(frozen=True)
class _Row:
    """A line of text in a card, and the card it leads to, if it tells of an answer."""

    text: str
    style: str = ""
    to: str = ""


@dataclass(frozen=True)
class _Placed:
    card: str
    x: int
    y: int
    width: int
    rows: tuple[_Row, ...]

    @property
    def height(self) -> int:
        return len(self.rows) * LINE + 2 * PADDING

    def baseline(self, row: int) -> int:
        return self.y + PADDING + LINE * row + 14


def as_svg(drawn: Map) -> str:
    """The whole map."""
    top = EDGE + 80
    questions = _column(drawn.questions.cards, EDGE, top, QUESTION_WIDTH)
    lines, right = _ways(questions)
    left = right + 2 * GAP
    others, heads = _beside(drawn.others, left, top)
    height = max(each.y + each.height for each in (*questions, *others)) + EDGE
    width = left + COLUMNS * (OTHER_WIDTH + GAP) - GAP + EDGE
    title = escape(f"Everything that {drawn.service} asks and says by itself")
    body = [
        f'<rect class="page" width="{width}" height="{height}"/>',
        f'<text class="part title" x="{EDGE}" y="{EDGE + 24}">{title}</text>',
        f'<text x="{EDGE}" y="{EDGE + 54}">{escape(f"{drawn.questions.title}. {drawn.questions.about}")}</text>',
        *lines,
        *heads,
        *(_card(each) for each in (*questions, *others)),
    ]
    return _document(width, height, title, body)


def flow_svg(drawn: Map) -> str:
    """The questions alone, each with no more than its first wording, to see at a glance where answers lead."""
    brief = [replace(card, notes=(), wordings=(_question(card.wordings[0]),)) for card in drawn.questions.cards]
    questions = _column(brief, EDGE, EDGE, QUESTION_WIDTH)
    lines, right = _ways(questions)
    height = max(each.y + each.height for each in questions) + EDGE
    return _document(right + EDGE, height, "The questions, and where each answer leads", [
        *lines, *(_card(each) for each in questions)
    ])  # fmt: skip


def _question(first: Wording) -> Wording:
    return replace(first, text=first.text.partition("\n")[0])


def _document(width: int, height: int, title: str, body: Sequence[str]) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="en-GB">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def _column(cards: Sequence[Card], x: int, y: int, width: int) -> list[_Placed]:
    placed = list[_Placed]()
    for card in cards:
        placed.append(_Placed(card.id, x, y, width, tuple(_rows(card, width))))
        y += placed[-1].height + GAP
    if cards and cards[0].ways:
        placed.append(_Placed(ENDING, x, y, width, (_Row("What was told decides what is said now", "head"),)))
    return placed


def _beside(parts: Sequence[Part], left: int, top: int) -> tuple[list[_Placed], list[str]]:
    """The other parts, each under its title, their cards always in the shortest of its columns."""
    placed, heads, y = list[_Placed](), list[str](), top
    for part in parts:
        heads.append(f'<text class="part" x="{left}" y="{y}">{escape(part.title)}</text>')
        heads.append(f'<text x="{left}" y="{y + 24}">{escape(part.about)}</text>')
        ends = [y + 40] * COLUMNS
        for card in part.cards:
            at = ends.index(min(ends))
            x = left + at * (OTHER_WIDTH + GAP)
            placed.append(_Placed(card.id, x, ends[at], OTHER_WIDTH, tuple(_rows(card, OTHER_WIDTH))))
            ends[at] += placed[-1].height + GAP
        y = max(ends) + 2 * GAP
    return placed, heads


def _rows(card: Card, width: int) -> Iterator[_Row]:
    letters = int((width - 2 * PADDING) / LETTER)
    yield _Row(card.title, "head")
    yield from (_Row(line, "note") for note in card.notes for line in textwrap.wrap(note, letters))
    for each in card.wordings:
        yield _Row("")
        yield _Row(each.measures, "who")
        yield from (_Row(line) for text in each.text.split("\n") for line in textwrap.wrap(text, letters) or [""])
    if card.ways:
        yield _Row("")
    for to, answers in card.leads.items():
        first, *more = textwrap.wrap(f"{answers} → {named(to)}", letters)
        yield from (_Row(line, "way") for line in [first, *more][:-1])
        yield _Row([first, *more][-1], "way", to)


def _card(placed: _Placed) -> str:
    box = f'x="{placed.x}" y="{placed.y}" width="{placed.width}" height="{placed.height}" rx="6"'
    rows = "".join(
        f'<text class="{row.style}" x="{placed.x + PADDING}" y="{placed.baseline(number)}">{escape(row.text)}</text>'
        for number, row in enumerate(placed.rows)
        if row.text
    )
    return f'<g><rect class="card" {box}/>{rows}</g>'


def _ways(cards: Sequence[_Placed]) -> tuple[list[str], int]:
    """A line for each card that answers lead to, joined by all of them; and how far to the right they reach."""
    tops = {card.card: card.y + PADDING + LINE // 2 for card in cards}
    edge = cards[0].x + cards[0].width
    starts = dict[str, list[int]]()
    for card in cards:
        for number, row in enumerate(card.rows):
            if row.to:
                starts.setdefault(row.to, []).append(card.baseline(number) - 5)
    lanes, drawn = list[int](), list[str]()  # where each lane is free again
    for to, rows in sorted(starts.items(), key=lambda item: min(item[1])):
        first, end = min(rows), tops[to]
        lane = next((at for at, free in enumerate(lanes) if free < first), len(lanes))
        lanes[lane : lane + 1] = [end + LINE]
        x = edge + GAP + lane * LANE
        joined = "".join(f"M{edge} {row}H{x}" for row in rows)
        drawn.append(f'<path class="line" d="{joined}M{x} {first}V{end}H{edge + 8}"/>')
        drawn.append(f'<path class="tip" d="M{edge} {end}l10 -6v12z"/>')
    return drawn, edge + GAP + len(lanes) * LANE
