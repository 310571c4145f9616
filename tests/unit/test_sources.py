"""Where people come from: reading the code in a first message, and never in an ordinary one."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.engine import step
from conversations.models import Channel, FoundKind, InboundMessage, Session
from conversations.sources import NAME, Arrival, read_keyword, read_link, telegram_link
from conversations.turns import Content
from tests.conftest import TODAY

OADBY = Arrival("oadby-posters")


@pytest.mark.parametrize(
    "said",
    [
        *("CARE OADBY", "care oadby", "Care Oadby please", "Hi CARE OADBY", "text care oadby"),
        *("CareOadby", "care: oadby!", '"CARE OADBY"', "care\noadby", "CARE OADBY, thank you"),
        *("CARE-OADBY.", "  care   oadby  "),
    ],
)  # fmt: skip
def test_the_keyword_is_read_as_people_type_it(content: Content, said: str) -> None:
    assert read_keyword(said, content.flows.sources) == OADBY


def test_what_follows_the_keyword_is_read_as_the_message(content: Content) -> None:
    said = "CARE OADBY - im 14 and look after mum. Please help"
    assert read_keyword(said, content.flows.sources) == replace(OADBY, rest="im 14 and look after mum. Please help")


@pytest.mark.parametrize(
    ("link", "source"),
    [
        ("/start oadby-posters", "oadby-posters"),
        ("/start OADBY", "oadby-posters"),
        ("/start@SomeBot libraries", "libraries"),
        ("/start a_code_of-Last-year", "other"),
    ],
)
def test_a_telegram_link_tells_the_source(content: Content, link: str, source: str) -> None:
    done = step(content, Session(), InboundMessage(link, Channel.TELEGRAM, TODAY))
    assert done.session is not None
    assert (done.session.source, done.session.state) == (source, "helps_someone")
    told = {"channel": "telegram", "source": source}
    assert [event.dimensions() for event in done.events] == [told, told]  # the conversation, and with it the check


@pytest.mark.parametrize(
    "said",
    [
        *("care home costs", "care act", "care for my mum", "care assessment", "care fees", "care worker"),
        *("care leave", "care about me", "carer", "carers", "careless", "Care in the community", "care plan please"),
        *("care homes", "who can care oadby", "i care", "start claiming pip", "i start work at 6"),
        *("care package", "care mum"),
    ],
)  # fmt: skip
def test_an_ordinary_sentence_has_no_source(content: Content, said: str) -> None:
    done = step(content, Session(), InboundMessage(said, Channel.SMS, TODAY))
    assert done.session is not None
    assert done.session.source == ""
    assert read_link(said, content.flows.sources) is None


def test_an_answer_in_the_check_is_no_code(content: Content) -> None:
    for said in ("care", "care zebra", "care assistant"):
        done = step(content, Session(state="paid"), InboundMessage(said, Channel.SMS, TODAY))
        assert done.session is not None
        assert (done.session.source, done.found.kind) == ("", FoundKind.CHECK)


def test_the_first_code_is_kept_through_everything_but_forgetting(content: Content) -> None:
    session, sources = Session(), list[str]()
    for said in (
        "care gp",
        "1",
        "CARE OADBY",
        "start again",
        "stop",
        "start",
        "care friend",
        "forget me",
        "care friend",
    ):
        session = step(content, session, InboundMessage(said, Channel.SMS, TODAY)).session or Session()
        sources.append(session.source)
    assert sources == [*["gp-practices"] * 7, "", "friend"]


def test_every_source_can_be_reached_by_its_keyword_and_its_link(content: Content) -> None:
    for name, source in content.flows.sources.sources.items():
        assert NAME.fullmatch(name)
        assert telegram_link("ABot", name) == f"https://t.me/ABot?start={name}"
        for said in (f"CARE {source.keyword}", f"/start {name}"):
            done = step(content, Session(), InboundMessage(said, Channel.SMS, TODAY))
            assert done.session is not None
            assert done.session.source == name


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sampled_from(["care ", "CARE OADBY", "/start ", "care oadby ", ""]), said=st.text(max_size=40))
def test_only_names_of_the_list_are_ever_counted(content: Content, before: str, said: str) -> None:
    done = step(content, Session(), InboundMessage(before + said, Channel.TELEGRAM, TODAY))
    source = done.session.source if done.session else ""
    assert source in {"", "other", *content.flows.sources.sources}
