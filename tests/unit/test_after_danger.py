"""What the messages after an urgent reply come to: told again, numbers, help has come, something else, a question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.after_danger import REMEMBERED, STATES
from conversations.engine import step
from conversations.events import EventName
from conversations.models import Channel, Found, FoundKind, InboundMessage, Session, Step
from conversations.safety import Risk
from conversations.turns import Content
from tests.conftest import TODAY

TOLD = {
    Risk.SUICIDE_SELF_HARM: "i want to kill myself",
    Risk.MEDICAL_EMERGENCY: "my mum has collapsed",
    Risk.MISSING_PERSON: "my dad has wandered off and i cant find him",
    Risk.ADULT_ABUSE: "my husband hits me",
    Risk.BREAKING_POINT: "i cant do this any more, i have got nothing left",
}


def after(content: Content, risk: Risk, *said: str) -> Step:
    """The last turn of a talk in which this danger was told of first."""
    session = Session()
    for line in (TOLD[risk], *said):
        done = step(content, session, InboundMessage(line, Channel.SMS, TODAY))
        session = done.session or Session()
    return done


def words(content: Content, name: str) -> str:
    """What replies.toml has under this name for an adult whose area is not known, up to its first number."""
    return content.safety.replies.texts(young=False, area=None)[name].split("{")[0]


@pytest.mark.parametrize("risk", TOLD)
@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "Yeah he is",
        "someone is in danger",
        "i mean me",
        "what do i do",
        "im scared",
        "im really frightened",
        "help",
        "help me please",
        "are you sending someone",
        "not sure",
        "nobody came",
        "i dont know what to do",
    ],
)
def test_the_same_is_said_again_and_not_counted_again(content: Content, risk: Risk, said: str) -> None:
    done = after(content, risk, "hm", said)
    assert done.found == Found(FoundKind.URGENT, risk=risk.value)
    assert done.replies[0].text.startswith(words(content, risk.value))
    assert done.events == ()


@pytest.mark.parametrize("risk", TOLD)
@pytest.mark.parametrize("said", ["whats the number again", "number?", "who do i ring", "who can i talk to"])
def test_numbers_are_said_again(content: Content, risk: Risk, said: str) -> None:
    assert after(content, risk, said).replies[0].text.startswith(words(content, f"{risk}.numbers"))


@pytest.mark.parametrize(
    "said",
    [
        "ok ambulance came",
        "hes in the ambulance now",
        "hes in hospital now",
        "police are here",
        "the paramedics have arrived",
        "ive rung 999",
        "shes ok now",
        "im safe now thanks",
        "they took him to hospital",
        "false alarm",
        "no one is in danger",
    ],
)
def test_news_of_help_is_met_kindly(content: Content, said: str) -> None:
    done = after(content, Risk.MEDICAL_EMERGENCY, said)
    assert done.replies[0].text.startswith(words(content, "help_has_come"))
    assert done.events == ()


@pytest.mark.parametrize(
    "said",
    [
        "ambulance hasnt come",
        "the ambulance isnt here",
        "when is the ambulance coming",
        "should i go to hospital",
        "the ambulance came but shes stopped breathing",
        "im not ok",
        "im not safe",
        "he was in hospital last week",
        "police came and hes back and hes going to kill me",
        "they wont come",
        "no ambulance coming",
        "shes back home",
    ],
)
def test_what_is_no_news_of_help_is_not_taken_for_it(content: Content, said: str) -> None:
    done = after(content, Risk.MEDICAL_EMERGENCY, said)
    assert done.found.kind is FoundKind.URGENT
    assert not done.replies[0].text.startswith(words(content, "help_has_come"))


@pytest.mark.parametrize("said", ["found him", "hes back", "shes come home", "we found him thank god"])
def test_whoever_was_missing_may_be_found(content: Content, said: str) -> None:
    assert after(content, Risk.MISSING_PERSON, said).replies[0].text.startswith(words(content, "help_has_come"))
    assert not after(content, Risk.ADULT_ABUSE, said).replies[0].text.startswith(words(content, "help_has_come"))


@pytest.mark.parametrize("said", ["something else", "can we talk about something else", "no thanks", "menu"])
def test_something_else_leads_on_and_the_danger_is_forgotten(content: Content, said: str) -> None:
    done = after(content, Risk.SUICIDE_SELF_HARM, said)
    assert done.session is not None
    assert (done.session.state, done.session.risk) == ("menu", None)


def test_a_no_answers_only_what_was_asked(content: Content) -> None:
    states = [after(content, Risk.ADULT_ABUSE, *said).session for said in (["no"], ["no", "no"])]
    assert [session.state for session in states if session] == ["urgent_asked", "menu"]


@pytest.mark.parametrize(
    ("said", "number"),
    [("Oakham", "01572 722577"), ("Blaby", "0116 305 0004"), ("we live in evington", "0116 454 1004")],
)
def test_a_place_gets_its_councils_number(content: Content, said: str, number: str) -> None:
    done = after(content, Risk.ADULT_ABUSE, said)
    assert number in done.replies[0].text
    assert "999" in done.replies[0].text


def test_the_same_danger_told_again_counts_once_and_another_counts_too(content: Content) -> None:
    session, counted = Session(), []
    for line in ("my husband hits me", "he hit me again today", "i want to kill myself", "menu", "my husband hits me"):
        done = step(content, session, InboundMessage(line, Channel.SMS, TODAY))
        session = done.session or Session()
        counted += [event.risk for event in done.events if event.name is EventName.URGENT_SHOWN]
    assert counted == ["adult-abuse", "suicide-self-harm", "adult-abuse"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["yes", "no", "1", "2", "oakham", "menu", "skip", "back", "braunstone", "she died", "im 9"])
        | st.sampled_from(["how do i get a break", "leicester", "ok", "start again", "more", "what is this", "12"])
        | st.text(max_size=30),
        max_size=5,
    )
)
def test_the_check_is_never_gone_on_with_by_itself(content: Content, said: list[str]) -> None:
    session = after(content, Risk.ADULT_ABUSE).session or Session()
    for line in said:
        about_danger = session.state in STATES
        done = step(content, session, InboundMessage(line, Channel.SMS, TODAY))
        session = done.session or Session()
        assert not (about_danger and session.state in content.flows.states) or line == "start again"
        assert session.risk is None or session.state in REMEMBERED
