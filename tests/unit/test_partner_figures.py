"""What the partners' page says of releases, and that it says no more than was issued."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.partners.blocks import NOT_PUBLISHED, Bar, Block, Chart, Section, Tile
from bot.partners.charts import drawings, in_words
from bot.partners.context import load_context
from bot.partners.dashboard import in_words as certificate_in_words
from bot.partners.disclosure.telling import rounded
from bot.partners.figures import sections
from bot.partners.finding import Issued, months
from bot.partners.labels import load_labels, period_words, periods_words, short_period
from bot.partners.models import Certificate, HeldBack, PublishedTable, Release, Row
from bot.partners.periods import last_day
from bot.partners.tables import PLAN
from conversations.events import Helpful
from conversations.identification import AGE_KINDS, Kind, ReasonNot, Stage
from conversations.models import Channel
from conversations.safety.models import Risk
from conversations.slots import HoursBand, Place
from tests.releases import CERTIFICATE, releases

LABELS = load_labels({"dementia": "Caring for someone with dementia"})


def month(period: str, *tables: PublishedTable, held_back: tuple[HeldBack, ...] = ()) -> Release:
    return Release(period, last_day(period), tables, held_back, CERTIFICATE)


def total(period: str, count: int | None) -> Release:
    return month(period, PublishedTable("identified-month", (period,), (Row((), count),)))


def section(name: str, *issued: Release) -> Section:
    """A section of the newest month's page."""
    made = Issued(issued)
    return next(s for s in sections(made, months(made)[0], LABELS) if s.id == name)


def block(found: Section, title: str) -> Block:
    return next(b for b in found.blocks if b.title.startswith(title))


def months_of(*counts: int | str | None) -> tuple[Release, ...]:
    """A first month that may be a part of one, and whole months from February 2026 with these counts.

    A word in place of a count: a month without the table.
    """
    of_each = ((f"2026-{n:02}", count) for n, count in enumerate((10, *counts), 1))
    return tuple(month(name) if isinstance(count, str) else total(name, count) for name, count in of_each)


CANNOT = "Cannot be told from rounded numbers"


@pytest.mark.parametrize(
    ("counts", "short"),
    [
        ([], "Too early"),
        ([50], "Too early"),
        ([50, 50], CANNOT),
        ([50, 60], "No clear change"),  # 45 to 54, and 55 to 64: more, but by less than chance makes
        ([50, 70], "No clear change"),
        ([50, 80], "Yes, up"),
        ([None, 10], "No clear change"),
        ([None, None], CANNOT),
        ([100, 50], "Down"),
        ([470, 480], "No clear change"),
        ([470, 540], "Yes, up"),
        ([50, 50, 50, 50], CANNOT),
        ([50, 50, 50, 60, 60, 60], "No clear change"),
        ([50, 50, 50, 80, 70, 70], "Yes, up"),
        ([90, 90, 100, None, None, None], "Down"),
    ],
)
def test_whether_it_grows(counts: list[int | None], short: str) -> None:
    assert section("growing", *months_of(*counts)).short == short


def test_the_first_month_may_be_a_part_of_one_and_is_not_compared() -> None:
    """The service began on the 25th: ten carers in that month, and 40 in the next, are no growth."""
    found = section("growing", total("2026-01", 10), total("2026-02", 40))
    assert (found.short, found.detail) == ("Too early", "the first whole months")
    assert "the first may be a part of one" in found.says
    damaged = Issued((total("2026-02", 40), total("2026-03", 80)), ("2026-01",))
    growing = next(s for s in sections(damaged, "2026-03", LABELS) if s.id == "growing")
    assert growing.short == "Yes, up"


def test_what_is_compared_is_named() -> None:
    found = section("growing", *months_of(50, 50, 50, 80, 70, None))
    assert found.detail == "80, 70 and fewer than 10, after 50, 50 and 50"
    assert found.says == (
        "Carers found in May 2026, June 2026 and July 2026: 80, 70 and fewer than 10. "
        "In February 2026, March 2026 and April 2026: 50, 50 and 50. "
        "Each count is rounded, so it cannot be told whether that is more or fewer."
    )


@pytest.mark.parametrize(
    ("counts", "short", "detail"),
    [
        ((50, 50, "-", 80, 90, 90), "Yes, up", "90 and 90 in Jun 26 and Jul 26, after 50 and 50 in Feb 26 and Mar 26"),
        ((50, "-", "-", 80, "-", 90), "Yes, up", "90 in Jul 26, after 50 in Feb 26"),
        ((50, 50, 50, 80, 90, "-"), "Yes, up", "80 and 90 in May 26 and Jun 26, after 50 and 50 in Mar 26 and Apr 26"),
        (("-", "-", "-", 80, 90, 90), "Cannot be told", "too few months are published"),
        ((50, "-"), "Cannot be told", "too few months are published"),
    ],
)
def test_where_a_month_is_missing_fewer_are_compared(counts: tuple[int | str, ...], short: str, detail: str) -> None:
    found = section("growing", *months_of(*counts))
    assert (found.short, found.detail) == (short, detail)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=8))
def test_growth_is_never_told_where_the_true_numbers_did_not_grow(true: list[int]) -> None:
    short = section("growing", *months_of(*map(rounded, true))).short
    size = min(3, len(true) // 2)
    now, before = sum(true[-size:]), sum(true[-2 * size : -size])
    assert short != "Yes, up" or now > before
    assert short != "Down" or now < before
    assert short != "About the same"


@given(st.integers(0, 1000), st.integers(1, 3))
def test_the_same_numbers_are_no_growth(each: int, size: int) -> None:
    assert section("growing", *months_of(*(rounded(each) for _ in range(2 * size)))).short == CANNOT


def test_a_month_that_was_held_back_is_neither_small_nor_nothing() -> None:
    found = section("growing", *months_of(20, "-", 40))
    grid = block(found, "Carers found each month").grid
    assert grid
    assert grid.rows == (("Carers found", "10", "20", "not published", "40"),)
    assert found.short == "Cannot be told"


def test_two_months_that_came_out_together_are_neither_month() -> None:
    """20 for August and September together: not 20 in each, in no chart of months, no tile and no step."""
    waited = PublishedTable("identified-month", ("2026-08", "2026-09"), (Row((), 20),))
    asked = PublishedTable("unanswered-month", ("2026-08", "2026-09"), (Row((), None),))
    issued = (
        total("2026-07", 10),
        month("2026-08", PublishedTable("conversation_started-month", ("2026-08",), (Row((), 40),))),
        month("2026-09"),
        replace(month("2026-Q3"), tables=(waited, asked)),
        total("2026-10", 30),
    )
    sum_of_both = "Carers found, published only as a sum: August 2026 and September 2026 together, 20."
    by_month = block(section("growing", *issued), "Carers found each month")
    assert by_month.chart
    assert [bar.printed for bar in by_month.chart.bars] == ["10", "not published", "not published", "30"]
    assert by_month.beneath == (sum_of_both,)
    made = {s.id: s for s in sections(Issued(issued), "2026-08", LABELS)}
    assert made["found"].short == "Not published"
    steps = made["found"].blocks[0]
    assert steps.grid
    assert [row[1] for row in steps.grid.rows] == ["40", "not published", "not published"]
    assert steps.beneath == (sum_of_both.replace("Carers found", "Recognised as carers"),)
    assert made["not-answered"].short == "Not published"
    assert made["not-answered"].blocks[0].beneath == (
        "Could not answer, published only as a sum: August 2026 and September 2026 together, fewer than 10.",
    )


def test_a_month_that_cannot_be_read_leaves_its_place_in_the_chart() -> None:
    issued = Issued((total("2026-01", 20), total("2026-02", 30), total("2026-04", 40)), ("2026-03",))
    growing = next(s for s in sections(issued, "2026-04", LABELS) if s.id == "growing")
    chart = block(growing, "Carers found each month").chart
    assert chart
    assert [(bar.label, bar.printed) for bar in chart.bars] == [
        ("Jan 26", "20"),
        ("Feb 26", "30"),
        ("Mar 26", "cannot be read"),
        ("Apr 26", "40"),
    ]
    assert growing.short == "Cannot be told"


def test_a_table_that_waited_is_shown_with_the_months_it_joined() -> None:
    waited = PublishedTable(
        "identified-month-by-area", ("2026-02", "2026-03"), (Row(("rutland",), None), Row(("leicester",), 40))
    )
    held = HeldBack("identified-month-by-area", "2026-02")
    quarter = replace(month("2026-Q1"), tables=(waited,))
    before = section("where", month("2026-02", held_back=(held,)))
    after = section("where", month("2026-02", held_back=(held,)), quarter)
    assert before.blocks[0].note == (
        "This table was held back for February 2026. "
        "It waits, until the end of 2026 at the latest, and may come out added up with others that wait."
    )
    assert after.blocks[0].title == "Carers found, by council area, February 2026 and March 2026 together"
    assert after.blocks[0].grid
    assert after.blocks[0].grid.rows == (("Rutland", "fewer than 10"), ("Leicester", "40"))
    assert after.blocks[0].beneath == ("It is not published for February 2026 alone.",)
    assert (after.short, after.detail) == ("Not published", "for this month alone")  # 40 is no month's count


def test_what_the_census_question_missed() -> None:
    stage = PublishedTable("identified-month-by-stage", ("2026-10",), (Row(("stem",), 80), Row(("tasks",), 40)))
    whole = PublishedTable("identified-month", ("2026-10",), (Row((), 130),))
    found = section("missed", month("2026-10", stage, whole))
    assert (found.short, found.detail) == ("40", "of about 130 carers")
    assert found.says.startswith("About 40 of the people found said no or were not sure")


def test_two_largest_are_both_named_and_those_who_did_not_tell_are_not() -> None:
    def areas(*counts: int | None) -> Section:
        names = ("leicester", "rutland", "unknown")
        rows = tuple(Row((name,), count) for name, count in zip(names, counts, strict=False))
        return section("where", month("2026-10", PublishedTable("identified-month-by-area", ("2026-10",), rows)))

    assert (areas(20, 20).short, areas(20, 20).detail) == ("Leicester and Rutland", "largest groups: 20 each")
    assert (areas(20, 30, 90).short, areas(20, 30, 90).detail) == ("Rutland", "largest group: 30")
    assert (areas(None, None).short, areas(None, None).detail) == ("None stands out", "fewer than 10 of each")


def test_three_largest_are_told_by_their_number() -> None:
    rows = tuple(Row((name,), 20) for name in ("leicester", "leicestershire", "rutland"))
    found = section("where", month("2026-10", PublishedTable("identified-month-by-area", ("2026-10",), rows)))
    assert (found.short, found.detail) == ("3 alike", "largest groups: 20 each")


def sources(*counts: int | None) -> Section:
    rows = tuple(Row((f"poster-{n:02}",), count) for n, count in enumerate(counts))
    return section("how", month("2026-10", PublishedTable("identified-month-by-source", ("2026-10",), rows)))


@pytest.mark.parametrize(
    ("counts", "drawn", "beneath"),
    [
        ((None,) * 14, [], ("None stands out: fewer than 10 each.",)),
        (
            (None, 10, None, 30),
            [("poster 03", 30), ("poster 01", 10)],
            ("Beside these, 2 have fewer than 10 each.",),
        ),
        ((20,) * 2, [("poster 00", 20), ("poster 01", 20)], ()),
        (
            (10,) * 12 + (None,) * 3,
            [(f"poster {n:02}", 10) for n in range(10)],
            ("Beside these, 2 more have 10 or above, and 3 have fewer than 10 each.",),
        ),
    ],
)
def test_a_top_list_draws_only_what_stands_out(
    counts: tuple[int | None, ...], drawn: list[tuple[str, int]], beneath: tuple[str, ...]
) -> None:
    """Where all are below 10, the first ten of the alphabet are no answer."""
    shown = block(sources(*counts), "Carers found, by poster or link")
    assert [(bar.label, bar.count) for bar in (shown.chart.bars if shown.chart else ())] == drawn
    assert shown.beneath == beneath
    assert shown.grid
    assert len(shown.grid.rows) == len(counts)


def test_the_poster_that_brought_most_and_the_young_carers_have_tiles() -> None:
    assert sources(None, 30, 10).also == (Tile("Which poster or link brought most?", "poster 01", "largest group: 30"),)
    assert sources(None, None).also[0].short == "None stands out"
    ages = PublishedTable("identified-month-by-age", ("2026-10",), (Row(("young",), None), Row(("adult",), 40)))
    whole = PublishedTable("identified-month", ("2026-10",), (Row((), 50),))
    assert section("who", month("2026-10", ages, whole)).also == (
        Tile("How many are young carers?", "Fewer than 10", "of about 50 carers"),
    )
    assert section("who", month("2026-10")).also[0].short == "Not published"


def in_a_year(*issued: Release, unreadable: tuple[str, ...] = ()) -> tuple[str, str, str]:
    made = Issued(issued, unreadable)
    found = next(s for s in sections(made, months(made)[0], LABELS) if s.id == "found")
    return found.also[0].short, found.also[0].detail, found.says


def test_a_year_is_the_sum_of_its_rounded_months_and_says_so() -> None:
    short, detail, says = in_a_year(*(total(f"{2025 + n // 12}-{n % 12 + 1:02}", 100 + n * 10) for n in range(14)))
    assert short == "About 2,100"
    assert detail == "March 2025 to February 2026, as the sum of rounded months"
    assert says.endswith(
        "From March 2025 to February 2026 the rounded months add up to 2,100 carers; "
        "in truth these months come to between 2,040 and 2,148."
    )


def test_a_year_with_gaps_says_what_is_missing() -> None:
    """Two months that came out together count once; a sum that reaches out of the year, not at all."""
    waited = PublishedTable("identified-month", ("2025-08", "2025-09"), (Row((), 50),))
    reaches_out = PublishedTable("identified-month", ("2025-01", "2025-04"), (Row((), 70),))
    whole = (f"2025-{n:02}" for n in (2, 3, 5, 6, 10, 11, 12))
    issued = (
        *(total(name, 100) for name in whole),
        *(month(f"2025-{n:02}") for n in (1, 4, 8, 9)),
        replace(month("2025-Q3"), tables=(waited,)),
        replace(month("2025-Q2"), tables=(reaches_out,)),
        total("2026-01", None),
    )
    short, detail, says = in_a_year(*issued, unreadable=("2025-07",))
    assert short == "About 750"
    assert detail == (
        "February 2025 to January 2026, as the sum of rounded months, without 1 of fewer than 10 and 2 missing"
    )
    assert says.endswith("in truth those that are published come to between 710 and 791.")


def test_a_year_that_cannot_be_added_up_is_not() -> None:
    assert in_a_year(total("2026-01", 40))[:2] == ("Too early", "this is the first month")
    assert in_a_year(total("2026-01", None), total("2026-02", None))[:2] == (
        "Too few to add up",
        "no month of 10 or more, January 2026 to February 2026",
    )


def test_no_sentence_breaks_where_a_count_is_not_published() -> None:
    made = sections(Issued((month("2026-10"),)), "2026-10", LABELS)
    assert {s.id: s.says for s in made if "not published" in s.says} == {
        "found": "How many people the bot helped in October 2026 to see that they are carers is not published. "
        "How many conversations were started is not published.",
        "asked": "How many questions the bot answered is not published. "
        "The chart shows the topics of 10 or more, the largest 10 at most; the table has every topic.",
        "not-answered": "How many questions could not be answered is not published; those people were told whom to "
        "ring. For how many questions the bot offered a choice of answers is not published. "
        "It keeps no message, so it cannot say what they were.",
        "missed": "How many of the people found said no or were not sure when asked the census question is not "
        "published. They were recognised only when asked about everyday tasks, like shopping, washing or keeping an "
        "eye on somebody.",
    }
    details = {s.id: s.detail for s in made}
    assert details["not-answered"] == "how many were answered is not published"
    assert details["missed"] == "this table was held back"
    stage = PublishedTable("identified-month-by-stage", ("2026-10",), (Row(("stem",), 80), Row(("tasks",), 40)))
    assert section("missed", month("2026-10", stage)).detail == "how many carers in all is not published"


def test_a_month_shows_nothing_of_the_months_after_it() -> None:
    all_of_them, until_august = releases(months=6), releases(last=date(2026, 8, 31), months=4)
    early = {section.id: section for section in sections(Issued(all_of_them), "2026-08", LABELS)}
    alone = {section.id: section for section in sections(Issued(until_august), "2026-08", LABELS)}
    assert [s.question for s in early.values()] == [s.question for s in alone.values()]
    grid = early["growing"].blocks[0].grid
    assert grid
    assert grid.head[-1] == "Aug 26"


@pytest.mark.parametrize(
    ("dimension", "values"),
    [
        ("area", Place),
        ("age", AGE_KINDS),
        ("situation", set(Kind) - AGE_KINDS),
        ("channel", Channel),
        ("stage", Stage),
        ("hours", HoursBand),
        ("reason_not", ReasonNot),
        ("risk", Risk),
        ("helpful", Helpful),
    ],
)
def test_every_value_has_words(dimension: str, values: Iterable[StrEnum]) -> None:
    assert {value.value for value in values} - set(LABELS.words[dimension]) == set()


def test_every_table_and_column_of_the_plan_has_words() -> None:
    dimensions = {dimension for table in PLAN for dimension in table.dimensions}
    assert dimensions - set(LABELS.words["dimensions"]) == set()
    assert dimensions - set(LABELS.words["definitions"]) == set()
    assert {table.event.value for table in PLAN} - set(LABELS.words["events"]) == set()
    assert LABELS.table("identified-quarter-by-area-by-age") == (
        "People the bot helped to see that they are carers, each quarter, by council area and age group"
    )


def test_a_value_without_words_is_shown_as_it_is() -> None:
    assert LABELS.value("source", "gp-oadby_2") == "gp oadby 2"


@pytest.mark.parametrize(
    ("period", "words", "short"),
    [
        ("2026-W53", "week of 28 December 2026", "28 Dec"),
        ("2026-11", "November 2026", "Nov 26"),
        ("2026-12", "December 2026", "Dec 26"),
        ("2026-Q4", "October to December 2026", "Oct-Dec 26"),
    ],
)
def test_periods_in_words(period: str, words: str, short: str) -> None:
    assert (period_words(period), short_period(period)) == (words, short)


def test_several_periods_in_words() -> None:
    told = periods_words(("2026-10", "2026-11", "2026-12"))
    assert told == "October 2026, November 2026 and December 2026 together"


def test_a_certificate_in_words() -> None:
    told = certificate_in_words(Certificate(("an outside reader", "a partner"), 1200, 8), "2026-Q3")
    assert told == (
        "For July to September 2026: tried as an outside reader, a partner, on 1,200 small numbers. "
        "The one that could be told best might still be any of 8 numbers from 0 to 9."
    )
    nothing = certificate_in_words(Certificate(("an outside reader",), 0, None), "2026-10")
    assert nothing.endswith("There was nothing to work out.")


def test_every_figure_of_others_has_its_source_and_date() -> None:
    assert all(figure.source and figure.of and figure.text for figure in load_context())
    assert {figure.confidence for figure in load_context()} <= {"high", "medium"}


def test_a_small_count_is_drawn_as_a_mark_of_one_size() -> None:
    few = Bar("Rutland", None)
    alone, beside = (drawings(Chart("Where", bars))[0] for bars in ((few,), (few, Bar("Leicester", 4000))))
    mark = 'd="M-10,-10h20v20h-20Z"'
    assert (alone.count(mark), beside.count(mark)) == (1, 1)
    assert alone.count("fewer than 10</text>") == 1
    assert "#005eb8" not in alone  # the colour of bars that have a height


def test_what_is_not_published_has_no_mark_at_all() -> None:
    drawing = drawings(Chart("Where", (Bar("Rutland", None, NOT_PUBLISHED),)))[0]
    assert "not published</text>" in drawing
    assert "M-10,-10" not in drawing


def test_over_time_there_is_a_wide_and_a_narrow_drawing() -> None:
    bars = tuple(Bar(f"{n} Nov", n * 10 or None) for n in range(13))
    wide, narrow = drawings(Chart("Each week", bars, over_time=True))
    assert in_words("Each week", bars) in wide
    assert in_words("Each week", bars[-6:]) in narrow


def test_words_in_a_drawing_are_words() -> None:
    nasty = '"><script>alert(1)</script>&amp;'
    drawing = drawings(Chart(nasty, (Bar(nasty, 10), Bar("'; datum", 20))))[0]
    read = ElementTree.fromstring(drawing)  # noqa: S314 - our own
    assert {element.tag.rpartition("}")[2] for element in read.iter()} <= {
        "svg",
        "defs",
        "pattern",
        "rect",
        "g",
        "path",
        "text",
    }
    assert nasty in [element.text for element in read.iter()]
    assert read.attrib["aria-label"].startswith(nasty)
