"""One month's published tables as blocks of the page, also those that were held back or came out later with others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.partners.blocks import NOT_PUBLISHED, UNREADABLE, Bar, Block, Grid, bar_of, block
from bot.partners.finding import Issued, alone, together, total
from bot.partners.labels import Labels, period_words, periods_words, short_period
from bot.partners.models import FEWER, PublishedTable, Release, Row
from bot.partners.periods import Period, first_day, following, kind_of, last_day
from bot.partners.tables import NOT_TOLD
from bot.partners.waiting import absent, in_words
from conversations.sources import DIRECT, OTHER

NOT_ISSUED = "There was no such table in that release."
LONGEST = 10  # bars of a top list; the table beneath has them all
COLUMNS = 13  # of a chart over time: a year and the same month of the year before, or a quarter's weeks
UNNAMED = frozenset({NOT_TOLD, DIRECT, OTHER})


@dataclass(frozen=True)
class View:
    """A month, and what had been issued by its end."""

    issued: Issued  # later ones as well: a table that waited may have come out since
    releases: tuple[Release, ...]
    month: str
    labels: Labels

    def table(self, name: str) -> PublishedTable | None:
        """The month's own table. One that adds it up with other months is never taken for it."""
        return alone(self.releases, name, self.month)

    def total(self, event: str) -> Row | None:
        return total(self.table(f"{event}-month"))


@dataclass(frozen=True)
class Course:
    """A total along time: a bar for every period, none left out, and in sentences what no bar can show."""

    bars: Mapping[str, Bar]
    beneath: tuple[str, ...]


def breakdown(view: View, name: str, counted: str, *, top: bool = False) -> Block:
    """A one-way table as bars and grid; where the month came out with others, theirs together, and it says so.

    A `top` list begins with the largest, and draws only those that can be told apart.
    """
    dimension = name.partition("-by-")[2]
    words = view.labels.dimension(dimension)
    published = view.table(name) or together(view.issued.releases, name, view.month)
    if published is None:
        return _missing(view, name, f"{counted}, by {words.lower()}")
    title = f"{counted}, by {words.lower()}, {periods_words(published.periods)}"
    bars = tuple(Bar(view.labels.value(dimension, r.values[0]), r.count) for r in published.rows)
    alone_or_not = _not_alone(published, view.month)
    if not top:
        return block(title, words, bars, table=name, beneath=alone_or_not)
    bars = tuple(sorted(bars, key=lambda bar: (-(bar.count or 0), bar.label)))
    drawn = tuple(bar for bar in bars if bar.count)[:LONGEST]
    return block(title, words, bars, drawn=drawn, table=name, beneath=(*_others(bars, drawn), *alone_or_not))


def _others(bars: tuple[Bar, ...], drawn: tuple[Bar, ...]) -> tuple[str, ...]:
    """What is not drawn of a top list: more of 10 and above, and those below, of which none comes before another."""
    if not drawn:
        return (f"None stands out: {FEWER} each.",)
    small = sum(bar.count is None for bar in bars)
    more = len(bars) - small - len(drawn)
    told = (f"{more} more have 10 or above" if more else "", f"{small} have {FEWER} each" if small else "")
    sentence = ", and ".join(filter(None, told))
    return (f"Beside these, {sentence}.",) if sentence else ()


def totals(view: View, title: str, first: str, steps: Mapping[str, str]) -> Block:
    """The month's totals of some events, in the words given for each."""
    bars = tuple(bar_of(words, view.total(event)) for event, words in steps.items())
    joined = ((words, together(view.issued.releases, f"{event}-month", view.month)) for event, words in steps.items())
    beneath = tuple(_added_up(words, table) for words, table in joined if table)
    return block(title, first, bars, beneath=beneath)


def _not_alone(published: PublishedTable, period: str) -> tuple[str, ...]:
    return (f"It is not published for {period_words(period)} alone.",) if len(published.periods) > 1 else ()


def _added_up(words: str, table: PublishedTable) -> str:
    """A total of several periods in a sentence, as no chart of single periods may show it."""
    return f"{words}, published only as a sum: {periods_words(table.periods)}, {table.rows[0].printed}."


def quarterly(view: View, *names: str) -> tuple[Block, ...]:
    """Two-way tables of the newest quarter that had ended."""
    quarter = max((r.period for r in view.releases if kind_of(r.period) is Period.QUARTER), default=None)
    return tuple(_crossed(view, name, quarter) for name in names) if quarter else ()


def _crossed(view: View, name: str, quarter: str) -> Block:
    """A two-way table as a grid: the first dimension down, the second across."""
    down, across = name.split("-by-")[1:]
    title = f"Carers found, by {view.labels.dimension(down).lower()} and {view.labels.dimension(across).lower()}"
    published = alone(view.releases, name, quarter) or together(view.issued.releases, name, quarter)
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
    return Block(title, Grid(title, head, rows), table=name, beneath=_not_alone(published, quarter))


def _missing(view: View, name: str, title: str, period: str | None = None) -> Block:
    period = period or view.month
    held = absent(view.issued, name, period)
    note = f"This table was held back for {period_words(period)}. {in_words(held)}" if held else NOT_ISSUED
    return Block(f"{title}, {period_words(period)}", note=note)


def over_time(view: View, name: str, words: str, kind: Period) -> Course:
    """A total without dimensions along time, the newest COLUMNS periods."""
    periods = tuple(_periods(view, kind))[-COLUMNS:]
    readable = {release.period for release in view.releases}
    bars = {
        period: bar_of(short_period(period), total(alone(view.releases, name, period)))
        if period in readable
        else Bar(short_period(period), None, UNREADABLE)
        for period in periods
    }
    joined = (together(view.issued.releases, name, period) for period in periods)
    return Course(bars, tuple(_added_up(words, table) for table in dict.fromkeys(joined) if table))


def _periods(view: View, kind: Period) -> Iterator[str]:
    """Every period from the first that was issued until the month's end, also those that cannot be read."""
    known = sorted((r.period for r in view.releases if kind_of(r.period) is kind), key=first_day)
    end = last_day(view.month or known[-1]) if known else None
    period = known[0] if known else ""
    while end and last_day(period) <= end:
        yield period
        period = following(period)


def unpublished(view: View, name: str) -> str:
    """In a few words, why the month has no such table of its own."""
    return "for this month alone" if together(view.issued.releases, name, view.month) else "this table was held back"


def most(view: View, name: str) -> tuple[str, str]:
    """The largest of a table's named groups, and its count; two of them where they are equal, more only as a number."""
    published = view.table(name)
    if published is None:
        return NOT_PUBLISHED.capitalize(), unpublished(view, name)
    named = [row for row in published.rows if row.values[0] not in UNNAMED]
    most = max((row.count or 0 for row in named), default=0)
    if not most:
        return "None stands out", f"{FEWER} of each"
    dimension = name.partition("-by-")[2]
    names = [view.labels.value(dimension, row.values[0]) for row in named if row.count == most]
    if len(names) == 1:
        return names[0], f"largest group: {most:,}"
    return " and ".join(names) if len(names) == 2 else f"{len(names)} alike", f"largest groups: {most:,} each"
