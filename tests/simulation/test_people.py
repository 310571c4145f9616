"""The made-up people: their words are read as meant, their mix is as asked for, and a broken file is told of."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulation.cast import FILE, Cast, Season, load_cast
from bot.simulation.drawing import Draw, Visit, draw_visits, season_of
from conversations.engine import step
from conversations.models import Channel, FoundKind, InboundMessage, Session
from conversations.safety import assess
from conversations.slots import Slot
from conversations.turns import LONDON, Content
from knowledge.errors import ContentError

FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def cast(content: Content) -> Cast:
    return load_cast(content.flows)


def drawn(content: Content, cast: Cast, carers: int, seed: int = 1) -> list[Visit]:
    return list(draw_visits(Draw(cast, content.flows.sources, FIRST, LAST, seed), carers))


def test_every_place_is_in_its_area(content: Content, cast: Cast) -> None:
    state = content.flows.states["place"]
    numbers = {str(n): choice.means for n, choice in enumerate(state.choices, start=1)}
    for town in cast.places:
        for said in town.said:
            found = content.places.find(said, asked=True)
            areas = found.authorities if found else (numbers[said],)
            assert town.area.value in areas, said


def test_danger_is_heard_and_nothing_else_is_taken_for_it(content: Content, cast: Cast) -> None:
    habits = cast.habits
    assert [said for said in habits.danger_said if assess(said, content.safety) is None] == []
    ordinary = {said for group in cast.people for slot in group.answers(cast.places[0]).values() for said in slot}
    assert [said for said in sorted(ordinary | {*habits.questions}) if assess(said, content.safety)] == []


def test_what_is_asked_has_an_answer_and_what_is_beyond_the_bot_has_none(content: Content, cast: Cast) -> None:
    def kind(text: str) -> FoundKind:
        return step(content, Session(state="ask"), InboundMessage(text, Channel.SMS, AT)).found.kind

    assert {kind(text) for text in cast.habits.questions} <= {FoundKind.ANSWER, FoundKind.CHOICES}
    assert Counter(map(kind, cast.habits.beyond))[FoundKind.NOTHING] > len(cast.habits.beyond) / 2


def test_the_same_seed_draws_the_same_people(content: Content, cast: Cast) -> None:
    assert drawn(content, cast, 30) == drawn(content, cast, 30)
    assert drawn(content, cast, 30) != drawn(content, cast, 30, seed=2)


def test_there_are_so_many_carers_and_a_share_of_others_each_with_an_address(content: Content, cast: Cast) -> None:
    first = [visit for visit in drawn(content, cast, 400) if visit.check]
    carers, others = (sum(g.share for g in cast.people if g.carer is wanted) for wanted in (True, False))
    assert len({visit.address for visit in first}) == len(first) == 400 + round(400 * others / carers)
    assert {visit.channel for visit in first} == set(Channel)


def test_a_visit_lies_within_the_days_and_within_one_of_them(content: Content, cast: Cast) -> None:
    visits = drawn(content, cast, 400)
    local = [visit.at.astimezone(LONDON) for visit in visits]
    assert all(FIRST <= at.date() <= LAST and at.hour <= cast.growth.last_hour for at in local)
    days = Counter((visit.address, at.date()) for visit, at in zip(visits, local, strict=True))
    assert set(days.values()) == {1}


def test_nobody_comes_by_a_poster_of_another_area(content: Content, cast: Cast) -> None:
    quiet = cast.model_copy(update={"seasons": ()})
    towns = {place.said: place.area for place in cast.places}
    sources = content.flows.sources
    for visit in drawn(content, quiet, 600):
        code = visit.answers[Slot.OPENING.value][0]
        named = sources.named(code.split()[-1]) if re.match(r"CARE |/start ", code) else None
        area = sources.sources[named].area if named else None
        place = {said: a for all_said, a in towns.items() for said in all_said}[visit.answers["place"][-1]]
        assert area in {None, place.value}


@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_season_over_new_year_holds_the_days_on_both_sides(day: date) -> None:
    season = Season.model_validate({"name": "Christmas", "from": "12-22", "to": "01-02", "times": 0.4})
    inside = (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day <= 2)
    assert season_of((season,), day) == (season if inside else None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gp-practices = 10", "gp-surgeries = 10", "There is no source 'gp-surgeries'"),
        ('people = "Young carer"', 'people = "Kid"', "There are no carers called 'Kid'"),
        ("carer = true", "carer = false", "There is no carer among them"),
        ("leaves = 2", "leaves = 200", "habits.leaves"),
        ("[habits]", "[habits", "TOML"),
    ],
)
def test_a_broken_file_is_told_of(content: Content, tmp_path: Path, old: str, new: str, told: str) -> None:
    broken = tmp_path / "people.toml"
    broken.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_cast(content.flows, broken)
    assert told in str(raised.value)
