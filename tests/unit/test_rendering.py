"""Entries as people read them: their area, their audience, and figures that end with their year."""

import re
from datetime import date

import pytest

from conversations.turns import Content
from knowledge.models import Area, Audience, Confidence, KnowledgeBase
from knowledge.rates import in_words, value_on
from knowledge.rendering import AREAS_AND_ELSEWHERE, fill, render, service_for

LAST_DAY, NEXT_DAY = date(2027, 4, 5), date(2027, 4, 6)


@pytest.fixture
def knowledge(content: Content) -> KnowledgeBase:
    return content.knowledge


def test_a_figure_is_shown_to_its_last_day_and_not_one_day_longer(knowledge: KnowledgeBase) -> None:
    text = "[[It is {rate.ca-weekly} a week (from {rate.ca-weekly.since}).|The amount changes each April.]]"
    assert fill(knowledge, text, None, None, LAST_DAY) == "It is £86.45 a week (from April 2026)."
    assert fill(knowledge, text, None, None, NEXT_DAY) == "The amount changes each April."
    assert fill(knowledge, text, None, None, date(2026, 4, 5)) == "It is £83.30 a week (from April 2025)."


def test_every_answer_can_be_given_to_everybody_on_either_side_of_a_new_year(knowledge: KnowledgeBase) -> None:
    for topic, audience in knowledge.entries:
        for area in AREAS_AND_ELSEWHERE:
            for day in (LAST_DAY, NEXT_DAY, date(2035, 1, 1)):
                answer = render(knowledge, topic, area, audience, day)
                assert answer is not None
                assert not set("{}[]|") & set(answer.short + answer.body)


def test_no_figure_of_last_year_is_told_after_its_year(knowledge: KnowledgeBase) -> None:
    this_year = {in_words(rate, value) for rate in knowledge.rates.values() if (value := value_on(rate, LAST_DAY))}
    for topic, audience in knowledge.entries:
        for area in AREAS_AND_ELSEWHERE:
            answer = render(knowledge, topic, area, audience, NEXT_DAY)
            assert answer is not None
            assert not this_year & set(re.findall(r"£[\d.,]*\d", answer.short + answer.body))


def test_the_area_decides_who_to_ring(knowledge: KnowledgeBase) -> None:
    rung = {area: service_for(knowledge, "council", area) for area in AREAS_AND_ELSEWHERE}
    assert {area: service.id if service else None for area, service in rung.items()} == {
        Area.LEICESTER: "leicester-adult-social-care",
        Area.LEICESTERSHIRE: "leics-adult-social-care",
        Area.RUTLAND: "rutland-adult-social-care",
        None: "carers-uk",
    }


def test_nothing_of_low_confidence_is_ever_shown(knowledge: KnowledgeBase) -> None:
    low = {s.phone for s in knowledge.services.values() if s.confidence is Confidence.LOW and s.phone}
    shown = {s.phone for s in knowledge.services.values() if s.confidence is not Confidence.LOW}
    secret = low - shown
    assert secret
    for topic, audience in knowledge.entries:
        for area in AREAS_AND_ELSEWHERE:
            answer = render(knowledge, topic, area, audience, date(2026, 11, 21))
            assert answer is not None
            assert not any(number in answer.short + answer.body for number in secret)


def test_children_are_spoken_to_in_their_own_words(knowledge: KnowledgeBase) -> None:
    adult = render(knowledge, "young-carers-support", Area.RUTLAND, Audience.EVERYONE, LAST_DAY)
    child = render(knowledge, "young-carers-support", Area.RUTLAND, Audience.YOUNG, LAST_DAY)
    assert adult
    assert child
    assert adult.body != child.body
    assert "0800 1111" in child.short


def test_past_its_review_day_an_answer_says_so(knowledge: KnowledgeBase) -> None:
    before = render(knowledge, "carers-assessment", Area.RUTLAND, Audience.EVERYONE, date(2026, 12, 1))
    after = render(knowledge, "carers-assessment", Area.RUTLAND, Audience.EVERYONE, date(2027, 12, 1))
    assert before
    assert after
    assert (before.overdue, after.overdue) == (False, True)
