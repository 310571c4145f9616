"""What must hold for any message in any state; and the few rules of precedence that no transcript shows alone."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.service import dump_session, load_session
from conversations.engine import STATES, step
from conversations.interrupts import Aside, read_smalltalk
from conversations.models import Channel, FoundKind, InboundMessage, MessageKind, Session
from conversations.slots import AgeBand, Answers, Place, Relation
from conversations.sms import Encoding, cost
from conversations.turns import Content
from knowledge.language import is_written_in_another_script
from tests.conftest import TODAY

SAID = [
    *(
        "hi",
        "1",
        "3",
        "9",
        "14",
        "yes",
        "no",
        "idk",
        "skip",
        "back",
        "menu",
        "more",
        "start again",
        "forget me",
        "help",
    ),
    *(
        "stop",
        "start",
        "my mum",
        "LE7",
        "Braunstone",
        "oakham",
        "3 hrs a night",
        "she has dementia",
        "thanks",
        "?",
        "...",
    ),
    *(
        "😀",
        "how do i get a break",
        "carers allowance",
        "what is the capital of spain",
        "i want to kill myself",
        "મમ્મી",
    ),
    *("", "my nan died", "45", "it's my job", "both", "tell me about dementia and money", "a" * 3000),
]
PRESSED = ["0", "1", "4", "9", "²", "①", "١", "-1", "00", "", ":", "9" * 5000, *(
    "check", "young", "ask", "resume", "start_again", "again", "area", "more", "else", "share", "helped", "not_helped",
    "menu", "danger", "other", "dementia", "leicester", "outside")]  # fmt: skip
ANYONE = st.builds(
    Answers,
    age=st.sampled_from([None, *AgeBand]),
    place=st.sampled_from([None, *Place]),
    who=st.sampled_from([(), (Relation.HUSBAND,), (Relation.MUM, Relation.DAD), (Relation.SON,)]),
    former=st.sampled_from([None, True]),
)


def text(said: str, channel: Channel = Channel.SMS) -> InboundMessage:
    return InboundMessage(said, channel, TODAY)


def talk(
    content: Content, said: Sequence[str], channel: Channel = Channel.SMS, session: Session | None = None
) -> Session:
    now = session or Session()
    for line in said:
        now = step(content, now, text(line, channel)).session or Session()
    return now


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(sorted(STATES)) | st.text(max_size=8),
    answers=ANYONE,
    said=st.lists(st.sampled_from(SAID) | st.text(max_size=60), min_size=1, max_size=4),
    channel=st.sampled_from(Channel),
)
def test_any_talk_from_any_state_is_answered_in_its_budget(
    content: Content, state: str, answers: Answers, said: list[str], channel: Channel
) -> None:
    session = Session(state=state, answers=answers, topic="dementia", offered=("dementia", "pip"))
    for line in said:
        session = answered_well(content, session, text(line, channel))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(min_value=0),
    answers=ANYONE,
    keys=st.lists(st.sampled_from(PRESSED) | st.text(max_size=8), min_size=1, max_size=3),
)
def test_any_press_of_any_state_is_answered(content: Content, at: int, answers: Answers, keys: list[str]) -> None:
    """Buttons of the state itself: those that it shows, and those that somebody has made up."""
    states = [*content.flows.states, *sorted(STATES)]
    session = Session(state=states[at % len(states)], answers=answers, topic="dementia", offered=("dementia", "pip"))
    for key in keys:
        pressed = InboundMessage("", Channel.TELEGRAM, TODAY, MessageKind.BUTTON, f"{session.state}:{key}")
        session = answered_well(content, session, pressed)


def answered_well(content: Content, session: Session, message: InboundMessage) -> Session:
    """Play a turn, see that its replies are fit to send, and return the session as it was kept."""
    done = step(content, session, message)
    for reply in done.replies:
        assert reply.text.strip()
        assert len(reply.text) <= 4096
        assert all(len(choice.button.encode()) <= 64 for choice in reply.choices)
        if message.channel is Channel.SMS:
            assert cost(reply.text).encoding is Encoding.GSM_7 or is_written_in_another_script(message.text)
            assert cost(reply.text).segments <= (3 if done.found.kind is FoundKind.URGENT else 2)
    return load_session(dump_session(done.session)) if done.session else Session()


@pytest.mark.parametrize("channel", Channel)
def test_every_question_can_be_reached_skipped_and_fits(content: Content, channel: Channel) -> None:
    for state in content.flows.states:
        for age in (AgeBand.YOUNG, AgeBand.OLDER):
            session = Session(state=state, answers=Answers(age=age))
            done = step(content, session, text("skip", channel))
            assert done.session is not None
            assert done.session.state != state
            assert all(cost(reply.text).segments <= 2 for reply in done.replies if channel is Channel.SMS)


def test_a_state_that_is_no_more_begins_again_politely(content: Content) -> None:
    done = step(content, Session(state="a-question-of-last-year"), text("hello"))
    assert "lost our place" in done.replies[0].text
    assert done.session is not None
    assert done.session.state == "menu"


def test_a_session_that_cannot_be_read_begins_again() -> None:
    assert load_session('{"state": 7, "answers": {"age": "forty"}}') == Session()


@pytest.mark.parametrize(
    ("said", "aside"),
    [
        ("Heyyy there!", Aside.HELLO),
        ("ok thanks a lot, bye for now", Aside.BYE),
        ("good evening", Aside.HELLO),  # and not "good", which is thanks
        ("hi is it free please", Aside.FREE),
        ("my the and", None),  # nothing but fillers
        ("hello carers allowance", None),
        ("", None),
        ("hi " * 150, Aside.HELLO),
        ("hi " * 1365, None),  # longer than anybody greets; it took most of a second to read
    ],
)
def test_small_talk_is_read_whole_and_the_longest_phrase_first(
    content: Content, said: str, aside: Aside | None
) -> None:
    assert read_smalltalk(said, content.flows.smalltalk) is aside


def test_danger_comes_before_every_control_word_but_stop(content: Content) -> None:
    for said in ("back, i want to kill myself", "2 i want to kill myself", "menu i want to kill myself"):
        assert step(content, Session(state="who"), text(said)).found.kind is FoundKind.URGENT
    assert step(content, Session(), text("stop")).found.kind is FoundKind.CONTROL


def test_identified_is_counted_once_however_often_the_check_is_done(content: Content) -> None:
    once = ("1", "yes my mum", "45", "dementia", "oakham", "20", "no")
    session = talk(content, ("hi", *once))
    counted = [event.name for line in ("start again", *once[1:]) for event in step(content, session, text(line)).events]
    assert "identified" not in counted


def test_an_unfit_button_is_met_politely_in_every_state(content: Content) -> None:
    for state in (*content.flows.states, *sorted(STATES)):
        for button in ("somewhere:else", f"{state}:²", f"{state}:{'9' * 5000}"):
            pressed = InboundMessage("", Channel.TELEGRAM, TODAY, MessageKind.BUTTON, button)
            assert step(content, Session(state=state), pressed).replies


def test_what_was_said_is_never_asked_again(content: Content) -> None:
    session, asked = Session(), []
    for line in ("im 14 n look after me mum in wigston shes got MS", "3 hrs a day", "school"):
        done = step(content, session, text(line))
        asked.append(done.asks.value if done.asks else None)
        session = done.session or Session()
    assert asked == ["hours", "work", None]


@pytest.mark.parametrize(
    "said", ["I'm not a carer, I'm his wife", "im not a carer im just his wife", "No, I'm not a carer, she's my mum"]
)
def test_whoever_denies_the_word_is_recognised_all_the_same(content: Content, said: str) -> None:
    assert talk(content, ("hi", "1", said)).state == "age"


@pytest.mark.parametrize(
    ("said", "script"),
    [
        ("મારી માતા બીમાર છે", "gujarati"),
        ("ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ", "gurmukhi"),
        ("میری ماں بیمار ہے", "arabic"),
        ("मेरी माँ बीमार है", "devanagari"),
    ],
)
def test_other_scripts_get_a_line_in_their_own(content: Content, said: str, script: str) -> None:
    for channel in Channel:
        done = step(content, Session(), text(said, channel))
        own = getattr(content.flows.phrases.other_scripts, script)
        assert [reply.text for reply in done.replies] == [own.replace("{carers-uk.phone}", "0808 808 7777")]
        assert cost(done.replies[0].text).segments <= 2
        assert done.found.kind is FoundKind.NOTHING
