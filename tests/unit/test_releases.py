"""Releases: what is due when, what is printed, what waits, and what is forgotten."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cells import Cell
from bot.partners.disclosure.attacking import OUTSIDER, Finding, Gate, Verdict
from bot.partners.disclosure.telling import CellName, Told
from bot.partners.models import HeldBack, Release
from bot.partners.periods import (
    Period,
    closed_since,
    closing_with,
    first_day,
    following,
    kind_of,
    last_day,
    months_of,
    period_of,
    quarter_of,
)
from bot.partners.releases import Candidate, Publisher, published, spent
from bot.partners.tables import BY_NAME, PLAN, Lists, cells_for
from conversations.events import Event, EventName, Helpful
from conversations.identification import Stage
from conversations.slots import HoursBand, Place
from tests.attackers import attack
from tests.histories import KINDS, LISTS, Never, history

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


class Always(Random):
    """Everything is drawn by lot."""

    def random(self) -> float:
        return 0.0


def cells(*events: tuple[Event, date]) -> Counter[Cell]:
    return Counter(
        c for event, day in events for c in cells_for(event, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    )


def every_day(start: date, days: int, area: Place = Place.LEICESTER) -> list[tuple[Event, date]]:
    event = Event(EventName.IDENTIFIED, channel="sms", area=area, stage=Stage.STEM, hours=HoursBand.UNKNOWN)
    return [(event, start + timedelta(days=n)) for n in range(days)]


def publish(true: Counter[Cell], now: datetime = NOW, chance: Random | None = None) -> list[Release]:
    publisher, issued = Publisher(LISTS, chance or Never()), list[Release]()
    while release := publisher.next_release(true, issued, now):
        issued.append(release)
    return issued


def counts(releases: Iterable[Release], table: str, period: str) -> dict[tuple[str, ...], str]:
    return {
        row.values: row.printed
        for release in releases
        for own in release.tables
        if (own.table, own.periods) == (table, (period,))
        for row in own.rows
    }


def test_every_closed_period_is_issued_once_in_the_order_of_closing() -> None:
    true = cells(*every_day(date(2026, 11, 21), 40))
    assert [release.period for release in publish(true)] == [
        *(f"2026-W{week}" for week in (47, 48)),
        "2026-11",
        *(f"2026-W{week}" for week in (49, 50, 51, 52)),
        "2026-12",
        "2026-Q4",
        "2026-W53",
    ]


def test_what_is_printed() -> None:
    true = cells(*every_day(date(2026, 11, 1), 24), *every_day(date(2026, 11, 1), 3, Place.RUTLAND))
    releases = publish(true)
    assert counts(releases, "identified-month", "2026-11") == {(): "30"}
    assert counts(releases, "identified-month-by-area", "2026-11") == {
        ("leicester",): "20",
        ("leicestershire",): "fewer than 10",
        ("rutland",): "fewer than 10",
        ("outside",): "fewer than 10",
        ("unknown",): "fewer than 10",
    }
    empty = counts(releases, "helpful-month-by-helpful", "2026-11")
    assert empty == {("yes",): "fewer than 10", ("no",): "fewer than 10"}


@pytest.mark.parametrize("table", PLAN, ids=lambda table: table.name)
def test_every_possible_cell_is_listed(table: object) -> None:
    planned = next(own for own in PLAN if own is table)
    issued = published(Candidate(planned, ("2026-11",)), {}, LISTS)
    assert [row.values for row in issued.rows] == list(LISTS.rows(planned))
    assert {row.printed for row in issued.rows} == {"fewer than 10"}


def test_a_source_that_is_not_listed_is_counted_as_other() -> None:
    gone = Cell("identified-month-by-source", "2026-11", ("old-poster",))
    issued = published(Candidate(BY_NAME[gone.table], ("2026-11",)), {gone: 12}, Lists(("friend",)))
    assert {row.values: row.printed for row in issued.rows} == {
        ("friend",): "fewer than 10",
        ("none",): "fewer than 10",
        ("other",): "10",
    }


def test_helpful_is_counted() -> None:
    said = Event(EventName.HELPFUL, channel="sms", helpful=Helpful.NO)
    assert set(cells((said, date(2026, 11, 3)))) == {
        Cell("helpful-month", "2026-11", ()),
        Cell("helpful-month-by-helpful", "2026-11", ("no",)),
    }
    assert said.dimensions() == {"channel": "sms", "helpful": "no"}


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        (datetime(2026, 3, 30, 1, 59, tzinfo=UTC), False),  # summer time since Sunday, 1 a.m.: 2:59 in Leicester
        (datetime(2026, 3, 30, 2, 1, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 2, 59, tzinfo=UTC), False),  # winter time since Sunday: 2:59 in Leicester
        (datetime(2026, 10, 26, 3, 1, tzinfo=UTC), True),
    ],
)
def test_a_week_closes_when_its_sunday_is_over_in_leicester(moment: datetime, closed: bool) -> None:
    """And three hours later, so that a turn under way at midnight is counted."""
    week = "2026-W13" if moment.month == 3 else "2026-W43"
    assert (week in list(closed_since(first_day(week), moment))) is closed


def test_the_hours_around_the_changes_of_the_clocks_are_counted_once() -> None:
    event = Event(EventName.IDENTIFIED, channel="sms", area=Place.RUTLAND)
    for sunday in (date(2026, 3, 29), date(2026, 10, 25)):
        start = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(hours=12)
        found = Counter(c for hour in range(48) for c in cells_for(event, start + timedelta(hours=hour)))
        assert sum(n for cell, n in found.items() if cell.table == "identified-week") == 48


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(Period))
def test_periods_lie_side_by_side(day: date, kind: Period) -> None:
    period = period_of(day, kind)
    assert first_day(period) <= day <= last_day(period)
    assert kind_of(period) is kind
    assert first_day(following(period)) == last_day(period) + timedelta(days=1)
    assert set(months_of(period)) >= {period_of(day, Period.MONTH)}
    assert quarter_of(period_of(day, Period.MONTH)) == period_of(day, Period.QUARTER)


@pytest.mark.parametrize("word", ["", "2026", "2026-W54", "2026-13", "2026-Q5", "W47", "2026-W1"])
def test_what_is_no_period(word: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_day(word)


def test_a_table_that_would_tell_too_much_waits_and_says_no_more() -> None:
    """Ten in Leicester of twelve in all: the other areas' few would be known."""
    true = cells(*every_day(date(2026, 11, 1), 10), *every_day(date(2026, 11, 1), 2, Place.RUTLAND))
    month = next(release for release in publish(true) if release.period == "2026-11")
    assert HeldBack("identified-month-by-area", "2026-11") in month.held_back
    assert counts([month], "identified-month-by-area", "2026-11") == {}
    assert counts([month], "identified-month", "2026-11") == {(): "10"}
    drawn = publish(cells(*every_day(date(2026, 11, 1), 30)), chance=Always())
    assert not any(release.tables for release in drawn)
    drawn_too = next(release for release in drawn if release.period == "2026-11")
    assert HeldBack("identified-month-by-area", "2026-11") in drawn_too.held_back  # and nothing tells the two apart


def test_months_that_wait_are_added_up_with_their_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three months wait: the quarter's release tells their sum, and leaves the third month to itself."""
    true = cells(*every_day(date(2026, 10, 1), 92))
    waits = {"2026-10", "2026-12"}

    def attack(_gate: Gate, _shapes: object, told: Iterable[Told], *_: object) -> Verdict:

        hours = [
            t
            for t in told
            if t.shape.name == "identified-month-by-hours" and set(t.periods) & waits and len(t.periods) == 1
        ]
        return Verdict(tuple(Finding(OUTSIDER, CellName(t.shape.name, t.periods, ()), 1, 2) for t in hours))

    monkeypatch.setattr(Gate, "attack", attack)
    releases = publish(true)
    quarter = next(release for release in releases if release.period == "2026-Q4")
    joined = [table for table in quarter.tables if table.table == "identified-month-by-hours"]
    assert [table.periods for table in joined] == [("2026-10", "2026-12")]
    assert {row.values: row.printed for row in joined[0].rows}[("unknown",)] == "60"


def test_the_true_cells_are_forgotten_when_no_release_needs_them() -> None:
    true = cells(*every_day(date(2026, 11, 1), 40))
    releases = publish(true, datetime(2026, 12, 15, 12, tzinfo=UTC))
    left = Counter({cell: n for cell, n in true.items() if cell not in set(spent(true, releases))})
    held = {(back.table, back.period) for release in releases for back in release.held_back}
    closed = {release.period for release in releases}
    assert {cell for cell in left if cell.period in closed} == {
        cell for cell in true if (cell.table, cell.period) in held and "week" not in cell.table
    }
    assert {cell for cell in true if cell.period not in closed} <= set(left)
    assert publish(left, NOW)[-1].period  # what is left is enough to go on with
    settled = publish(true, datetime(2027, 2, 10, 12, tzinfo=UTC))  # January has closed: nothing more tells of 2026
    assert spent(true, settled) == [cell for cell in true if cell.period != "2027-Q1"]


def test_nothing_is_due_where_nothing_was_counted() -> None:
    assert publish(Counter()) == []


@pytest.mark.parametrize("number", range(24))
def test_no_attacker_finds_anybody_in_a_simulated_history(number: int) -> None:
    """The attack is written apart from the gate, and its attackers know true counts. Many more: bench/disclosure.py."""
    fewest, leaks = attack(history(number, days=36))
    assert leaks == []
    assert fewest >= 7


@pytest.mark.parametrize("number", [2010, 2050, 2082, 2110, 2190])
def test_a_partner_who_counted_nearly_everybody_finds_nobody_else(number: int) -> None:
    """Histories in which it could, while the gate thought of partners only where the table by source is printed."""
    assert attack(history(number))[1] == []


def test_a_week_that_ends_with_its_month_tells_no_partner_of_it() -> None:
    """In this history it could, while the week was attacked before its month was thought of as closed."""
    assert attack(history(5266))[1] == []


def test_what_ends_on_the_same_day() -> None:
    assert closing_with("2026-W22") == ("2026-W22", "2026-05")
    assert closing_with("2026-W21") == ("2026-W21",)
    assert closing_with("2026-06") == ("2026-06", "2026-Q2")
    assert closing_with("2024-Q1") == ("2024-W13", "2024-03", "2024-Q1")


def test_the_attackers_find_what_a_publisher_without_a_gate_gives_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gate, "attack", lambda *_, **__: Verdict())
    leaking = [number for number in range(0, 24, 2) if attack(history(number, days=60))[1]]
    assert len(leaking) >= 2


def test_the_same_history_gives_the_same_releases() -> None:
    assert history(len(KINDS) * 3).releases == history(len(KINDS) * 3).releases


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Place)), max_size=60))
@settings(max_examples=5, deadline=None)
def test_a_published_count_is_the_true_one_rounded(people: list[tuple[int, Place]]) -> None:
    true = cells(
        *(
            (Event(EventName.ANSWERED, channel="sms", topic="x", area=a), date(2026, 10, 1) + timedelta(days=n))
            for n, a in people
        )
    )
    for release in publish(true):
        for table in release.tables:
            for row in table.rows:
                own = sum(true[Cell(table.table, period, row.values)] for period in table.periods)
                if row.values[:1] != ("other",):
                    assert row.printed == ("fewer than 10" if own < 10 else str((own + 5) // 10 * 10))
