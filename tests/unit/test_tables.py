"""Events to cells: the planned tables, in the periods of Europe/London."""

from datetime import UTC, date, datetime

import pytest

from bot.cells import Cell
from bot.partners.periods import Period, period_of
from bot.partners.tables import PLAN, cells_for
from conversations.events import Event, EventName
from conversations.identification import Kind, Stage
from conversations.slots import HoursBand, Place

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "week", "month", "quarter"),
    [
        (date(2026, 11, 21), "2026-W47", "2026-11", "2026-Q4"),
        (date(2027, 1, 1), "2026-W53", "2027-01", "2027-Q1"),
        (date(2027, 1, 4), "2027-W01", "2027-01", "2027-Q1"),
        (date(2026, 3, 31), "2026-W14", "2026-03", "2026-Q1"),
    ],
)
def test_periods(day: date, week: str, month: str, quarter: str) -> None:
    assert [period_of(day, period) for period in Period] == [week, month, quarter]


def test_a_young_carer_adds_one_to_each_planned_table() -> None:
    event = Event(
        EventName.IDENTIFIED,
        channel="sms",
        area=Place.RUTLAND,
        kinds=(Kind.MULTIPLE, Kind.WORKING, Kind.YOUNG),
        hours=HoursBand.UNKNOWN,
        stage=Stage.TASKS,
    )
    week, month, quarter = "2026-W47", "2026-11", "2026-Q4"
    assert set(cells_for(event, AT)) == {
        Cell("identified-week", week, ()),
        Cell("identified-week-by-area", week, ("rutland",)),
        Cell("identified-month", month, ()),
        Cell("identified-month-by-area", month, ("rutland",)),
        Cell("identified-month-by-age", month, ("young",)),
        Cell("identified-month-by-situation", month, ("multiple",)),
        Cell("identified-month-by-situation", month, ("working",)),
        Cell("identified-month-by-channel", month, ("sms",)),
        Cell("identified-month-by-source", month, ("none",)),
        Cell("identified-month-by-stage", month, ("tasks",)),
        Cell("identified-month-by-hours", month, ("unknown",)),
        Cell("identified-quarter-by-area-by-age", quarter, ("rutland", "young")),
        Cell("identified-quarter-by-area-by-channel", quarter, ("rutland", "sms")),
        Cell("identified-quarter-by-age-by-channel", quarter, ("young", "sms")),
    }


def test_danger_is_counted_by_kind_and_month_alone() -> None:
    tables = [table for table in PLAN if table.event is EventName.URGENT_SHOWN]
    assert [(table.period, table.dimensions) for table in tables] == [(Period.MONTH, ("risk",))]


def test_a_late_sunday_in_summer_is_monday_in_leicester() -> None:
    late = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert cells_for(Event(EventName.STOPPED), late) == (Cell("stopped-month", "2026-07", ()),)
    weekly = [cell.period for cell in cells_for(Event(EventName.IDENTIFIED), late) if cell.table == "identified-week"]
    assert weekly == ["2026-W28"]


def test_table_names_are_unique() -> None:
    assert len({table.name for table in PLAN}) == len(PLAN)
