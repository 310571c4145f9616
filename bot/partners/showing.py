"""One month's published tables as blocks of the page, also those that were held back or came out later with others."""

from dataclasses import dataclass

from bot.partners.blocks import NOT_PUBLISHED, Bar, Block, Grid, bar_of, block
from bot.partners.finding import find, held, total
from bot.partners.labels import Labels, period_words, periods_words, short_period
from bot.partners.models import FEWER, PublishedTable, Release, Row
from bot.partners.periods import Period, kind_of
from bot.partners.tables import NOT_TOLD
from conversations.sources import DIRECT, OTHER

COLUMNS = 13  # of a chart over time: a year and the same month of the year before, or a quarter's weeks
UNNAMED = frozenset({NOT_TOLD, DIRECT, OTHER})


@dataclass(frozen=True)
class View:
    """A month and what had been issued by its end."""

    releases: tuple[Release, ...]
    every: tuple[Release, ...]  # later ones as well: a table that waited may have come out since
    month: str
    labels: Labels

    def table(self, name: str) -> PublishedTable | None:
        return find(self.every, name, self.month)

    def total(self, event: str) -> Row | None:
        return total(self.table(f"{event}-month"))


def breakdown(view: View, name: str, counted: str, *, largest_first: bool = False) -> Block:
    """A one-way table as bars and grid."""
    dimension = name.partition("-by-")[2]
    words = view.labels.dimension(dimension)
    published = view.table(name)
    if published is None:
        return _missing(view, name, f"{counted}, by {words.lower()}")
    title = f"{counted}, by {words.lower()}, {periods_words(published.periods)}"
    bars = [Bar(view.labels.value(dimension, r.values[0]), r.count) for r in published.rows]
    if largest_first:
        bars.sort(key=lambda bar: (-(bar.count or 0), bar.label))
    return block(title, words, tuple(bars), table=name)


def quarterly(view: View, *names: str) -> tuple[Block, ...]:
    """Two-way tables of the newest quarter that had ended."""
    quarter = max((r.period for r in view.releases if kind_of(r.period) is Period.QUARTER), default=None)
    return tuple(_crossed(view, name, quarter) for name in names) if quarter else ()


def _crossed(view: View, name: str, quarter: str) -> Block:
    """A two-way table as a grid: the first dimension down, the second across."""
    down, across = name.split("-by-")[1:]
    title = f"Carers found, by {view.labels.dimension(down).lower()} and {view.labels.dimension(across).lower()}"
    published = find(view.every, name, quarter)
    if published is None:
        return _missing(view, name, title, quarter)
    title = f"{title}, {periods_words(published.periods)}"
    cells = {row.values: row.printed for row in published.rows}
    first = tuple(dict.fromkeys(row.values[0] for row in published.rows))
    second = tuple(dict.fromkeys(row.values[1] for row in published.rows))
    head = (view.labels.dimension(down), *(view.labels.value(across, value) for value in second))
    rows = tuple(
        (view.labels.value(down, one), *(cells.get((one, two), NOT_PUBLISHED) for two in second)) for one in first
    )
    return Block(title, Grid(title, head, rows), table=name)


def _missing(view: View, name: str, title: str, period: str | None = None) -> Block:
    period = period or view.month
    why = held(view.every, name, period)
    note = (
        f"This table is held back for {period_words(period)}: {why.reason}"
        if why
        else f"This table is not published for {period_words(period)}."
    )
    return Block(f"{title}, {period_words(period)}", note=note)


def over_time(view: View, name: str, kind: Period) -> tuple[Bar, ...]:
    periods = [release.period for release in view.releases if kind_of(release.period) is kind][-COLUMNS:]
    return tuple(bar_of(short_period(p), total(find(view.releases, name, p))) for p in periods)


def most(view: View, name: str) -> tuple[str, str]:
    """The largest of a table's named groups, and its count; two of them where they are equal."""
    published = view.table(name)
    if published is None:
        return NOT_PUBLISHED.capitalize(), "held back, or not issued"
    named = [row for row in published.rows if row.values[0] not in UNNAMED]
    most = max((row.count or 0 for row in named), default=0)
    if not most:
        return "Too few to say", f"{FEWER} of each"
    dimension = name.partition("-by-")[2]
    names = [view.labels.value(dimension, row.values[0]) for row in named if row.count == most]
    return " and ".join(names[:2]), f"largest group: {most:,}" if len(names) == 1 else f"largest groups: {most:,} each"
