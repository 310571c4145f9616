"""Personas played through a small check of their own: a whole report, a whole transcript, and talks without end."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.dialogue_report import dialogue_report
from bot.evaluation.dialogues import Judged, judge
from bot.evaluation.files import Expected, Persona
from bot.evaluation.personas import MOST_TURNS, converse
from bot.evaluation.table import as_text
from bot.evaluation.transcripts import as_transcript
from bot.evaluation.wording import adult_wording
from conversations.flow_files import FLOWS, load_flows
from conversations.identification import Kind
from conversations.models import Channel
from conversations.slots import HoursBand, Place
from conversations.turns import Content
from tests.conftest import TODAY

REPORTS = Path(__file__).parent / "reports"
CHECK = """
first = "helps_someone"

[helps_someone]
asks = "helps_someone"
adult = "Do you help someone who is ill?"
young = "Do you help someone at home?"
again = "Sorry."
explains = { adult = "I mean just that." }
choices = [{ label = "Yes", means = "yes", leads = "age" }, { label = "No", means = "no", leads = "age" }]
leads = "age"

[age]
asks = "age"
adult = "How old are you?"
again = "Sorry."
explains = { adult = "I mean just that." }
numbered = false
choices = [{ label = "Under 18", means = "young", leads = "place" }]
leads = "place"

[place]
asks = "place"
adult = "Where do they live, dear reader?"
young = "Where do they live?"
again = "Sorry."
explains = { adult = "I mean just that." }
choices = [{ label = "Rutland", means = "rutland", leads = "ending" }]
leads = "ending"
"""
ANSWERS = {
    "opening": ("menu",),
    "helps_someone": ("yes my mum",),
    "age": ("14",),
    "place": ("Wigston", "Oakham"),
    "vague": ("purple elephants",),
}
YOUNG = Expected(
    carer=True,
    kinds=frozenset({Kind.YOUNG}),
    area=Place.LEICESTERSHIRE,
    hours=HoursBand.UNKNOWN,
    reason_not=None,
)


@pytest.fixture
def small(content: Content, tmp_path: Path) -> Content:
    """The real content with a check of three questions."""
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    (folder / "check.toml").write_text(CHECK, encoding="utf-8")
    return replace(content, flows=load_flows(content.knowledge, folder))


def persona(name: str, expected: Expected = YOUNG, **answers: tuple[str, ...]) -> Persona:
    return Persona(
        id=name,
        persona=f"Somebody called {name}",
        channel=Channel.SMS,
        answers={**ANSWERS, **answers},
        expected=expected,
    )


def played(content: Content, who: Persona, draw: int = 0) -> Judged:
    return judge(content, converse(content, who, draw, 1, TODAY))


PERSONAS = (
    persona("plain"),
    persona("elsewhere", place=("Oakham",)),
    persona("loops", helps_someone=("menu",), vague=("menu",)),
    persona("grown-up", YOUNG.model_copy(update={"kinds": frozenset({Kind.ADULT})}), age=("40",)),
    persona("misread", age=("40",)),
)


def test_the_whole_report(small: Content) -> None:
    report = dialogue_report([played(small, who) for who in PERSONAS], ("5 personas.",), most=10)
    assert as_text(report) + "\n" == (REPORTS / "dialogues.txt").read_text(encoding="utf-8")


def test_a_talk_without_end_is_cut_and_reported(small: Content) -> None:
    judged = played(small, PERSONAS[2])
    assert len(judged.conversation.exchanges) == MOST_TURNS
    assert not judged.reached
    assert judged.right == frozenset()
    report = dialogue_report([judged], (), most=10)
    dead_ends = next(section for section in report.sections if section.title == "Dead ends")
    assert dead_ends.rows == (("loops", "0", "Somebody called loops", "helps_someone", "menu"),)
    assert report.data["conversations"][0]["outcome"] is None


def test_whoever_stops_the_bot_is_a_dead_end(small: Content) -> None:
    judged = played(small, persona("stops", opening=("stop",)))
    assert not judged.reached
    assert judged.conversation.bot_messages == 0


def test_what_is_said_follows_what_is_asked(small: Content) -> None:
    conversation = played(small, PERSONAS[0]).conversation
    said = [exchange.message.text for exchange in conversation.exchanges]
    assert [text for text in said if text != "purple elephants"] == ["menu", "1", "yes my mum", "14", "Wigston"]
    assert said.count("purple elephants") == 1
    assert conversation.bot_messages == 6
    assert conversation.plain_messages == 5
    assert conversation.re_asks == 0
    assert [exchange.message.received_at.minute for exchange in conversation.exchanges] == [0, 1, 2, 3, 4, 5]


def test_the_next_variant_is_given_when_asked_again(small: Content) -> None:
    conversation = played(small, persona("asks-again", place=("mumble", "Oakham"))).conversation
    said = [exchange.message.text for exchange in conversation.exchanges]
    assert [text for text in said if text in {"mumble", "Oakham"}] == ["mumble", "Oakham"]
    assert conversation.re_asks == 1


def test_draws_are_the_same_every_time(small: Content) -> None:
    for draw in range(4):
        first, again = (converse(small, PERSONAS[0], draw, 7, TODAY) for _ in range(2))
        assert [exchange.message for exchange in first.exchanges] == [exchange.message for exchange in again.exchanges]


def test_where_an_answer_was_misread(small: Content) -> None:
    (wrong,) = played(small, PERSONAS[1]).wrong
    assert (wrong.field, wrong.expected, wrong.got, wrong.state, wrong.said) == (
        "area",
        "leicestershire",
        "rutland",
        "place",
        "Oakham",
    )


def test_somebody_under_18_spoken_to_as_an_adult(small: Content) -> None:
    judged = played(small, PERSONAS[4])
    assert judged.as_adult == ("the outcome is adult", "place: Where do they live, dear reader?")
    assert played(small, PERSONAS[0]).as_adult == ()
    assert played(small, PERSONAS[3]).as_adult == ()


def test_adult_words_are_found_by_the_young_ones_that_are_missing(small: Content) -> None:
    conversation = played(small, PERSONAS[3]).conversation
    found = [adult_wording(small, exchange) for exchange in conversation.exchanges]
    assert "Where do they live, dear reader?" in found
    assert found[0] is None  # the menu has one wording for everybody


def test_the_whole_transcript(small: Content) -> None:
    judged = played(small, persona("silent", opening=("stop",), vague=("stop",)))
    cut = replace(judged, conversation=replace(judged.conversation, exchanges=judged.conversation.exchanges[:2]))
    assert as_transcript(cut) == (
        "Somebody called silent\nsms\n\n> stop\n< (nothing)\n* conversation_started channel=sms\n"
        "* stopped channel=sms\n\n> 1\n< (nothing)\n\n! no outcome\n"
    )


def test_a_transcript_says_what_went_wrong(small: Content) -> None:
    lines = as_transcript(played(small, PERSONAS[1])).splitlines()
    assert lines[:2] == ["Somebody called elsewhere", "sms"]
    assert "= carer=yes kinds=young area=rutland hours=unknown" in lines
    assert "< Where do they live?" in lines
    assert lines[-1] == '! area is rutland, should be leicestershire; in place: "Oakham"'
