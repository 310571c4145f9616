"""An attack on releases about identified carers, written apart from the gate: it shares no code and no model with it.

Every number that is not known is a variable: people of each area, age band and channel in each month; people of each
area in the days that a week and a month share; and each cell of the other monthly tables. Every printed count, and
everything that must add up, is a row. Bounds are passed along the rows until nothing changes; the cells that come out
narrowest are then solved as integer programs. The attackers know more than readers do: what was truly counted is theirs
to look up where they are said to know it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from bot.cells import Cell
from bot.partners.models import Release
from bot.partners.tables import PLAN
from conversations.events import EventName
from conversations.identification import AGE_KINDS
from tests.histories import LISTS, History, Person
from tests.puzzles import MANY, Puzzle, Solved

AREA, AGE, CHANNEL = (LISTS.values(name) for name in ("area", "age", "channel"))
OTHERS = ("situation", "source", "stage", "hours")


def days_of(period: str) -> tuple[date, date]:
    """First and last day."""
    year = int(period[:4])
    if "W" in period:
        monday = date.fromisocalendar(year, int(period[-2:]), 1)
        return monday, monday + timedelta(days=6)
    months = range(int(period[-1]) * 3 - 2, int(period[-1]) * 3 + 1) if "Q" in period else [int(period[-2:])]
    end = date(year + months[-1] // 12, months[-1] % 12 + 1, 1)
    return date(year, months[0], 1), end - timedelta(days=1)


def touched_months(period: str) -> list[str]:
    first, last = days_of(period)
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return sorted({f"{day:%Y-%m}" for day in days})


def puzzle_of(releases: Sequence[Release]) -> tuple[Puzzle, list[Cell]]:
    """Everything that a reader knows, and every planned cell of the periods that were issued."""
    puzzle = Puzzle()
    issued = [release.period for release in releases]
    weeks = [period for period in issued if "W" in period]
    months = sorted({month for period in issued for month in touched_months(period)})
    for month in months:
        _month(puzzle, month, _weeks_touching(month))
    _nobody_before_the_start(puzzle, issued)
    targets = [
        Cell(table.name, period, values)
        for table in PLAN
        for period in issued
        for values in LISTS.rows(table)
        if table.event is EventName.IDENTIFIED and _kind(period) == table.period.value
    ]
    for cell in targets:
        _cell(puzzle, cell)
    for release in releases:
        for table in release.tables:
            if table.table.startswith("identified"):
                for row in table.rows:
                    low, high = (0, 9) if row.count is None else (max(10, row.count - 5), row.count + 4)
                    if len(table.periods) == 1:
                        puzzle.know(Cell(table.table, table.periods[0], row.values), low, high)
                    else:
                        puzzle.between({Cell(table.table, p, row.values): 1.0 for p in table.periods}, low, high)
    assert weeks or months
    return puzzle, targets


def _nobody_before_the_start(puzzle: Puzzle, issued: list[str]) -> None:
    """The day on which the service began is public, and lies in the first periods that were issued."""
    first_week = min((days_of(period)[0] for period in issued if "W" in period), default=date.min)
    first_month = min((period for period in issued if _kind(period) == "month"), default="")
    for name in puzzle.index:
        if isinstance(name, tuple) and name[0] == "part" and days_of(name[1])[0] < first_week:
            puzzle.know(name, 0, 0)
        if isinstance(name, tuple) and name[0] == "all" and name[1] < first_month:
            puzzle.know(name, 0, 0)


def _kind(period: str) -> str:
    return "week" if "W" in period else "quarter" if "Q" in period else "month"


def _weeks_touching(month: str) -> list[str]:
    first, last = days_of(month)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted({f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02}" for day in days})


def _month(puzzle: Puzzle, month: str, weeks: list[str]) -> None:
    everybody = [("people", month, *who) for who in product(AREA, AGE, CHANNEL)]
    puzzle.equal(("all", month), everybody)
    for area in AREA:
        here = [name for name in everybody if name[2] == area]
        puzzle.equal(("area", month, area), here)
        puzzle.equal(("area", month, area), [("part", week, month, area) for week in weeks])
    for age in AGE:
        puzzle.equal(("age", month, age), [name for name in everybody if name[3] == age])
    for channel in CHANNEL:
        puzzle.equal(("channel", month, channel), [name for name in everybody if name[4] == channel])
    for name in OTHERS:
        cells = [(name, month, value) for value in LISTS.values(name)]
        if name == "situation":
            for cell in cells:
                puzzle.between({("all", month): 1.0, cell: -1.0}, 0, MANY)
        else:
            puzzle.equal(("all", month), cells)
    young, parent = ("age", month, "young"), ("situation", month, "parent")
    puzzle.between({("all", month): 1.0, young: -1.0, parent: -1.0}, 0, MANY)
    puzzle.between({("stage", month, "stem"): 1.0, ("situation", month, "former"): -1.0}, 0, MANY)


def _cell(puzzle: Puzzle, cell: Cell) -> None:
    by = cell.table.split("-by-")[1:]
    months = touched_months(cell.period)
    if "W" in cell.period:
        areas = cell.values or AREA
        puzzle.equal(cell, [("part", cell.period, month, area) for month in months for area in areas])
    elif "Q" in cell.period:
        wanted = dict(zip(by, cell.values, strict=True))
        choices = [
            (wanted[n],) if n in wanted else all_of
            for n, all_of in (("area", AREA), ("age", AGE), ("channel", CHANNEL))
        ]
        puzzle.equal(cell, [("people", month, *who) for month in months for who in product(*choices)])
    else:
        puzzle.equal(cell, [(by[0], cell.period, cell.values[0]) if by else ("all", cell.period)])


@dataclass(frozen=True)
class Leak:
    """A small true cell that an attacker knows too well."""

    attacker: str
    cell: Cell
    low: int
    high: int


def know_person(puzzle: Puzzle, person: Person) -> None:
    """The attacker knows that this person was counted, when, and as what."""
    event, month = person.event, f"{person.day:%Y-%m}"
    year, week, _ = person.day.isocalendar()
    area = str(event.area)
    age = next((kind.value for kind in event.kinds if kind in AGE_KINDS), "unknown")
    source = event.source if event.source in LISTS.sources else "other" if event.source else "none"
    puzzle.know(("people", month, area, age, event.channel), 1, MANY)
    puzzle.know(("part", f"{year}-W{week:02}", month, area), 1, MANY)
    for name in (("source", month, source), ("stage", month, str(event.stage)), ("hours", month, str(event.hours))):
        puzzle.know(name, 1, MANY)
    for kind in event.kinds:
        if kind not in AGE_KINDS:
            puzzle.know(("situation", month, kind.value), 1, MANY)


def know_source(puzzle: Puzzle, source: str, months: Iterable[str], cells: Mapping[Cell, int]) -> None:
    """The attacker knows exactly how many came by its own source in each month."""
    for month in months:
        own = cells[Cell("identified-month-by-source", month, (source,))]
        puzzle.know(("source", month, source), own, own)


def attack(history: History, closely: int = 6, wholly: int = 2) -> tuple[int, list[Leak]]:
    """The fewest possible values that any attacker was left with for a small cell, and every leak of the rule."""
    leaks, worst, true = list[Leak](), 10, folded(history.cells)
    for attacker, puzzle, targets in _attackers(history):
        solved = Solved(puzzle)
        small = sorted((c for c in targets if true[c] < 10), key=solved.width)
        for place, cell in enumerate(small):
            place_of = puzzle.index[cell]
            low, high = int(solved.low[place_of]), int(solved.high[place_of])
            if place < closely and high - low + 1 <= 10 + (place < 2):
                low, high = solved.interval(cell, whole=place < wholly)
            worst = min(worst, high - low + 1)
            if high - low + 1 < 7 or (low >= 1 and high <= 4):
                leaks.append(Leak(attacker, cell, low, high))
    return worst, leaks


def _attackers(history: History) -> Iterator[tuple[str, Puzzle, list[Cell]]]:
    true = folded(history.cells)
    puzzle, targets = puzzle_of(history.releases)
    yield "an outside reader", puzzle, targets
    rare = Counter((p.event.area, p.event.kinds[:1]) for p in history.people)
    loneliest = min(history.people, key=lambda p: rare[p.event.area, p.event.kinds[:1]])
    months = sorted({month for release in history.releases for month in touched_months(release.period)})
    if f"{loneliest.day:%Y-%m}" in months:
        puzzle, targets = puzzle_of(history.releases)
        know_person(puzzle, loneliest)
        yield "a reader who knows the loneliest contributor", puzzle, targets
    known = Counter(p.event.source for p in history.people if p.event.source in LISTS.sources)
    for source, _ in known.most_common(1):
        puzzle, targets = puzzle_of(history.releases)
        know_source(puzzle, source, months, true)
        mine = {c for c in targets if c.table.endswith("by-source") and c.values == (source,)}
        yield f"the partner {source}", puzzle, [c for c in targets if c not in mine]


def folded(cells: Mapping[Cell, int]) -> Counter[Cell]:
    """The true cells with the sources that are no longer listed counted as "other", as they are published."""
    found = Counter[Cell]()
    for cell, count in cells.items():
        gone = cell.table.endswith("by-source") and cell.values[0] not in LISTS.values("source")
        found[cell._replace(values=("other",)) if gone else cell] += count
    return found
