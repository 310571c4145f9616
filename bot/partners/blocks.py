"""What a section of the partners' page is made of: sentences, charts, and the table beneath each."""

from dataclasses import dataclass

from bot.partners.models import FEWER, Row

NOT_PUBLISHED = "not published"
UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Bar:
    """One bar. `count` None is "fewer than 10", and is drawn as a mark that has no height.

    `missing` says in words why there is no count at all.
    """

    label: str
    count: int | None
    missing: str = ""

    @property
    def printed(self) -> str:
        return self.missing or (FEWER if self.count is None else f"{self.count:,}")


@dataclass(frozen=True)
class Chart:
    """Bars lie beside words; columns stand along time."""

    title: str
    bars: tuple[Bar, ...]
    over_time: bool = False


@dataclass(frozen=True)
class Grid:
    """A table for the eye and the screen reader: the first cell of each row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A chart with its table beneath, or a table alone, or words about why there is none."""

    title: str
    grid: Grid | None = None
    chart: Chart | None = None
    note: str = ""
    beneath: tuple[str, ...] = ()  # sentences beneath the chart, of what it does not draw
    table: str = ""  # the planned table that it shows, where it shows one


@dataclass(frozen=True)
class Tile:
    """A question and its answer at a glance."""

    question: str
    short: str  # a number or a few words
    detail: str  # what stands small beneath it


@dataclass(frozen=True)
class Section:
    """A question, its answer at a glance and in sentences, and what belongs to it.

    `further` blocks are closed until somebody opens them. `also` are other questions that it answers.
    """

    id: str
    question: str
    short: str
    detail: str
    says: str
    blocks: tuple[Block, ...]
    further: tuple[Block, ...] = ()
    also: tuple[Tile, ...] = ()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return (Tile(self.question, self.short, self.detail), *self.also)


def block(
    title: str,
    first: str,
    bars: tuple[Bar, ...],
    *,
    drawn: tuple[Bar, ...] | None = None,
    over_time: bool = False,
    table: str = "",
    beneath: tuple[str, ...] = (),
) -> Block:
    """A chart with its table. `drawn` are those of the bars that the chart shows; without it, all."""
    if not bars:
        return Block(title, note="Nothing has been published yet.")
    grid = _along(title, first, bars) if over_time else _down(title, first, bars)
    drawn = bars if drawn is None else drawn
    return Block(title, grid, Chart(title, drawn, over_time) if drawn else None, table=table, beneath=beneath)


def _down(title: str, first: str, bars: tuple[Bar, ...]) -> Grid:
    return Grid(title, (first, "How many"), tuple((bar.label, bar.printed) for bar in bars))


def _along(title: str, first: str, bars: tuple[Bar, ...]) -> Grid:
    """A table that reads as its chart does, from left to right."""
    return Grid(title, (first, *(bar.label for bar in bars)), (("Carers found", *(bar.printed for bar in bars)),))


def bar_of(label: str, row: Row | None) -> Bar:
    return Bar(label, None, NOT_PUBLISHED) if row is None else Bar(label, row.count)
