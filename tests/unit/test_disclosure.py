"""The gate against every world there is: small tables whose every possible truth can be written down."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.partners.disclosure.attacking import CONTRIBUTOR, OUTSIDER, PARTNER, Finding, Gate
from bot.partners.disclosure.counting import TooMuchError
from bot.partners.disclosure.telling import CellName, Link, Own, Shape, Told, interval, rounded
from bot.partners.periods import Period
from bot.partners.tables import LINKS
from conversations.identification import Kind, Stage, identify
from conversations.slots import AgeBand, Answers, Relation, Work, YesNo

MONTH = "2026-10"
MOST = 25  # more than any count of these tables can be
BY_A = Shape("seen-month-by-a", "seen", Period.MONTH, ("a",), (("x", "y"),))
BY_B = Shape("seen-month-by-b", "seen", Period.MONTH, ("b",), (("p", "q"),))
BY_BOTH = Shape("seen-month-by-a-by-b", "seen", Period.MONTH, ("a", "b"), (("x", "y"), ("p", "q")))
TOTAL = Shape("seen-month", "seen", Period.MONTH)
BY_SOURCE = Shape("seen-month-by-source", "seen", Period.MONTH, ("source",), (("school", "gp", "none"),))


@dataclass(frozen=True)
class Worlds:
    """Every world that agrees with what is told: a row for each world, a column for each cell."""

    cells: dict[CellName, NDArray[np.int64]]

    def only(self, keep: NDArray[np.bool_]) -> "Worlds":
        return Worlds({name: values[keep] for name, values in self.cells.items()})

    def narrow(self, known: frozenset[CellName] = frozenset()) -> Iterator[tuple[CellName, int, int]]:
        """The cells that have fewer than 7 possible values and may be below 10."""
        for name, values in self.cells.items():
            if name not in known and len(values) and values.min() < 10 and len(np.unique(values)) < 7:
                yield name, int(values.min()), int(values.max())


def worlds(unknowns: NDArray[np.int64], cells: dict[CellName, NDArray[np.int64]], told: list[Told]) -> Worlds:
    keep = np.ones(len(unknowns), dtype=bool)
    for table in told:
        for values, printed in table.counts.items():
            low, high = interval(printed)
            of = cells[CellName(table.shape.name, (MONTH,), values)]
            keep &= (of >= low) & (of <= high)
    return Worlds(cells).only(keep)


def tell(shape: Shape, true: dict[tuple[str, ...], int]) -> Told:
    return Told(shape, (MONTH,), {values: rounded(count) for values, count in true.items()})


def name(shape: Shape, *values: str) -> CellName:
    return CellName(shape.name, (MONTH,), values)


EVERY = np.stack(np.meshgrid(*[np.arange(MOST)] * 4, indexing="ij"), axis=-1).reshape(-1, 4)
GRID = EVERY[EVERY.sum(axis=1) < MOST]
XP, XQ, YP, YQ = GRID.T
CROSSED = {
    name(TOTAL): XP + XQ + YP + YQ,
    name(BY_A, "x"): XP + XQ,
    name(BY_A, "y"): YP + YQ,
    name(BY_B, "p"): XP + YP,
    name(BY_B, "q"): XQ + YQ,
    **{name(BY_BOTH, a, b): own for a, b, own in (("x", "p", XP), ("x", "q", XQ), ("y", "p", YP), ("y", "q", YQ))},
}
COUNTS = st.tuples(*[st.one_of(st.integers(0, 5), st.integers(0, 14))] * 4).filter(lambda c: sum(c) <= 24)


@given(COUNTS, st.sets(st.sampled_from([BY_A, BY_B, BY_BOTH])))
@settings(max_examples=150, deadline=None)
def test_crossed_tables_are_judged_as_if_every_world_were_tried(
    counts: tuple[int, int, int, int], printed: set[Shape]
) -> None:
    xp, xq, yp, yq = counts
    true: dict[Shape, dict[tuple[str, ...], int]] = {
        TOTAL: {(): sum(counts)},
        BY_A: {("x",): xp + xq, ("y",): yp + yq},
        BY_B: {("p",): xp + yp, ("q",): xq + yq},
        BY_BOTH: {("x", "p"): xp, ("x", "q"): xq, ("y", "p"): yp, ("y", "q"): yq},
    }
    told = [tell(shape, true[shape]) for shape in true if shape is TOTAL or shape in printed]
    found = Gate().attack(list(true), told, {MONTH}, thorough=True).findings
    possible = worlds(GRID, CROSSED, told)
    outside = {(f.cell, f.low, f.high) for f in found if f.reader == OUTSIDER}
    assert outside == set(possible.narrow())
    if not found:
        for person in (XP, XQ, YP, YQ):
            knowing = possible.only(worlds_of(possible, person) > 0)
            assert list(knowing.narrow()) == []


def worlds_of(possible: Worlds, unknown: NDArray[np.int64]) -> NDArray[np.int64]:
    """One unknown in the worlds that are left."""
    return next(possible.cells[cell] for cell, values in CROSSED.items() if values is unknown)


HANGING = EVERY[(EVERY[:, :3].sum(axis=1) < MOST) & (EVERY[:, 3] <= EVERY[:, :3].sum(axis=1))]
SCHOOL, GP, NONE, P = HANGING.T
HUNG = {
    name(TOTAL): SCHOOL + GP + NONE,
    name(BY_SOURCE, "school"): SCHOOL,
    name(BY_SOURCE, "gp"): GP,
    name(BY_SOURCE, "none"): NONE,
    name(BY_B, "p"): P,
    name(BY_B, "q"): SCHOOL + GP + NONE - P,
}


@given(st.tuples(*[st.integers(0, 12)] * 3).filter(lambda c: sum(c) <= 20), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_partners_are_judged_as_if_every_world_were_tried(counts: tuple[int, int, int], share: float) -> None:
    school, gp, none = counts
    p = round(sum(counts) * share)
    true: dict[Shape, dict[tuple[str, ...], int]] = {
        TOTAL: {(): sum(counts)},
        BY_SOURCE: {("school",): school, ("gp",): gp, ("none",): none},
        BY_B: {("p",): p, ("q",): sum(counts) - p},
    }
    told = [tell(shape, cells) for shape, cells in true.items()]
    found = Gate().attack(list(true), told, {MONTH}, thorough=True).findings
    possible = worlds(HANGING, HUNG, told)
    assert {(f.cell, f.low, f.high) for f in found if f.reader == OUTSIDER} == set(possible.narrow())
    if not found:
        for own in ("school", "gp"):
            counted = possible.cells[name(BY_SOURCE, own)]
            for known in np.unique(counted):
                assert list(possible.only(counted == known).narrow(frozenset({name(BY_SOURCE, own)}))) == []


@given(st.tuples(*[st.integers(0, 12)] * 3).filter(lambda c: sum(c) <= 20), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_partners_are_thought_of_where_the_table_by_source_waits(counts: tuple[int, int, int], share: float) -> None:
    school, gp, none = counts
    p = round(sum(counts) * share)
    told = [tell(TOTAL, {(): sum(counts)}), tell(BY_B, {("p",): p, ("q",): sum(counts) - p})]
    found = Gate().attack([TOTAL, BY_SOURCE, BY_B], told, {MONTH}, [own(school, gp, none)], thorough=True).findings
    if not found:
        possible = worlds(HANGING, HUNG, told)
        for cell, counted in ((name(BY_SOURCE, "school"), school), (name(BY_SOURCE, "gp"), gp)):
            assert list(possible.only(possible.cells[cell] == counted).narrow(frozenset({cell}))) == []


@pytest.mark.parametrize("printed", [10, 20])
def test_that_a_total_was_let_pass_tells_too_little_of_the_sources(printed: int) -> None:
    """The verdict depends on what partners truly counted. So readers who see it ask which counts would have passed."""
    told, (low, high) = [Told(TOTAL, (MONTH,), {(): printed})], interval(printed)
    passed = [
        (school, gp)
        for school in range(high + 1)
        for gp in range(high + 1 - school)
        if not Gate().attack([TOTAL, BY_SOURCE], told, {MONTH}, [own(school, gp, max(0, low - school - gp))]).findings
    ]
    assert {school for school, _ in passed} >= set(range(7))
    assert all({other for own, other in passed if own == known} >= set(range(7)) for known, _ in passed)


def test_a_total_below_ten_waits_where_partners_know_their_part_of_it() -> None:
    """That it was let pass would tell that no partner counted more than three of at most nine."""
    told = [Told(TOTAL, (MONTH,), {(): None})]
    assert Gate().attack([TOTAL, BY_SOURCE], told, {MONTH}, [own(0, 1, 4)]).findings == (
        Finding(PARTNER, name(BY_SOURCE, "school"), 0, 3),
        Finding(PARTNER, name(BY_SOURCE, "gp"), 0, 3),
        Finding(PARTNER, name(BY_SOURCE, "none"), 0, 3),
    )


def own(school: int, gp: int, none: int) -> Own:
    return Own(BY_SOURCE, MONTH, {("school",): school, ("gp",): gp, ("none",): none})


def test_a_total_beside_its_parts_gives_the_rest_away() -> None:
    told = [tell(TOTAL, {(): 12}), tell(BY_A, {("x",): 10, ("y",): 2})]
    found = Gate().attack([TOTAL, BY_A], told, {MONTH}).findings
    assert found == (Finding(OUTSIDER, name(BY_A, "y"), 0, 4),)
    assert str(found[0]) == "seen-month-by-a, 2026-10, y: an outside reader can tell that it is 0 to 4"


def test_months_given_with_their_quarter_give_a_month_away() -> None:
    """Each month alone is harmless; the quarter, added, tells what was left out."""
    quarter = Shape("seen-quarter", "seen", Period.QUARTER)
    months = ("2026-10", "2026-11", "2026-12")
    told = [Told(TOTAL, (month,), {(): printed}) for month, printed in zip(months, (10, 10, None), strict=True)]
    gate = Gate()
    assert gate.attack([TOTAL, quarter], told, set(months)).findings == ()
    told.append(Told(quarter, ("2026-Q4",), {(): 20}))
    found = gate.attack([TOTAL, quarter], told, {*months, "2026-Q4"}, thorough=True).findings
    assert [(f.reader, f.cell.periods, f.low, f.high) for f in found] == [(OUTSIDER, ("2026-12",), 0, 4)]


def test_a_week_over_the_end_of_a_month_binds_both_months() -> None:
    """November begins on a Sunday: the week before it is nearly all October's, and all of both are known."""
    week = Shape("seen-week", "seen", Period.WEEK)
    weeks = ("2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44")
    told = [Told(week, (w,), {(): printed}) for w, printed in zip(weeks, (None, 10, 10, 10, 10), strict=True)]
    told.append(Told(TOTAL, (MONTH,), {(): 30}))
    gate = Gate()
    assert gate.attack([TOTAL, week], told, {MONTH, *weeks}, thorough=True).findings == ()
    told[-1] = Told(TOTAL, (MONTH,), {(): 70})
    found = gate.attack([TOTAL, week], told, {MONTH, *weeks}, thorough=True).findings
    assert found == (Finding(OUTSIDER, CellName("seen-week", ("2026-W40",), ()), 9, 9),)
    assert str(found[0]).endswith("an outside reader can tell that it is exactly 9")


def test_a_partner_is_thought_of_where_others_see_nothing() -> None:
    told = [
        Told(TOTAL, (MONTH,), {(): 20}),
        Told(BY_SOURCE, (MONTH,), {("school",): None, ("gp",): None, ("none",): 10}),
    ]
    found = Gate().attack([TOTAL, BY_SOURCE], told, {MONTH}).findings
    assert {(f.reader, f.cell.values, f.low, f.high) for f in found} == {
        (PARTNER, ("school",), 0, 5),
        (PARTNER, ("gp",), 0, 5),
    }


def test_a_reader_who_knows_one_contributor_is_thought_of() -> None:
    """Others are left with 0 to 9; whoever knows somebody in another week may be left with less."""
    three = Shape("seen-month-by-a", "seen", Period.MONTH, ("a",), (("x", "y", "z"),))
    told = [Told(TOTAL, (MONTH,), {(): 40}), Told(three, (MONTH,), {("x",): 30, ("y",): 10, ("z",): None})]
    assert Gate().attack([TOTAL, three], told, {MONTH}).findings == ()
    weeks = ("2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44")
    week = Shape("seen-week", "seen", Period.WEEK)
    told = [Told(week, (w,), {(): printed}) for w, printed in zip(weeks, (None, 10, 10, 10, 10), strict=True)]
    found = Gate().attack([TOTAL, week], [*told, Told(TOTAL, (MONTH,), {(): 60})], {MONTH, *weeks}).findings
    assert [(f.reader, f.cell.periods) for f in found] == [(CONTRIBUTOR, ("2026-W40",))]


def test_links_are_used() -> None:
    """Where all but a few are parent carers, hardly anybody can be under 18."""
    situation = Shape("seen-month-by-situation", "seen", Period.MONTH, ("situation",), (("parent",),), overlapping=True)
    age = Shape("seen-month-by-age", "seen", Period.MONTH, ("age",), (("young", "adult", "older"),))
    told = [
        Told(TOTAL, (MONTH,), {(): 10}),
        Told(situation, (MONTH,), {("parent",): 10}),
        Told(age, (MONTH,), {("young",): None, ("adult",): None, ("older",): None}),
    ]
    shapes = [TOTAL, situation, age]
    assert Gate().attack(shapes, told, {MONTH}).findings == ()
    link = Link("seen", (("", "", 1), ("age", "young", -1), ("situation", "parent", -1)))
    found = Gate((link,)).attack(shapes, told, {MONTH}, thorough=True).findings
    assert Finding(OUTSIDER, CellName(age.name, (MONTH,), ("young",)), 0, 4) in found


@given(
    st.builds(
        Answers,
        helps_someone=st.sampled_from(YesNo),
        who=st.lists(st.sampled_from(Relation), max_size=2).map(tuple),
        age=st.sampled_from(AgeBand),
        former=st.booleans(),
        caring_now=st.booleans(),
        work=st.sampled_from(Work),
        child_under_18=st.sampled_from([True, False, None]),
    )
)
def test_links_hold_for_everybody_who_is_identified(answers: Answers) -> None:
    """What the gate takes for granted is what the self-check decides."""
    outcome = identify(answers)
    if outcome.carer:
        assert not {Kind.YOUNG, Kind.PARENT} <= outcome.kinds
        assert Kind.FORMER not in outcome.kinds or outcome.stage is Stage.STEM
    assert {value for link in LINKS for _, value, _ in link.terms if value} == {"young", "parent", "stem", "former"}


def test_tables_that_are_too_large_to_attack_are_refused_in_words() -> None:
    many = tuple(str(n) for n in range(200))
    huge = Shape("seen-month-by-a-by-b", "seen", Period.MONTH, ("a", "b"), (many, many))
    with pytest.raises(TooMuchError, match="a by b has 40,000 cells"):
        Gate().attack([huge], [], {MONTH})


@pytest.mark.parametrize(
    ("count", "printed", "ends"),
    [
        (0, None, (0, 9)),
        (9, None, (0, 9)),
        (10, 10, (10, 14)),
        (14, 10, (10, 14)),
        (15, 20, (15, 24)),
        (25, 30, (25, 34)),
    ],
)
def test_rounding(count: int, printed: int | None, ends: tuple[int, int]) -> None:
    assert rounded(count) == printed
    assert interval(printed) == ends


@given(st.integers(0, 10_000))
def test_a_count_lies_in_what_its_print_allows(count: int) -> None:
    low, high = interval(rounded(count))
    assert low <= count <= high
    assert high - low + 1 in (5, 10)
