"""What people pass on: a way in, and nothing of their own."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.engine import step
from conversations.identification import Kind, Outcome, ReasonNot
from conversations.models import Channel, InboundMessage, MessageKind, Session
from conversations.slots import AgeBand, Answers, Place, Reason, Relation
from conversations.sms import cost
from conversations.sources import WaysIn
from conversations.turns import Content
from tests.conftest import TODAY

PRESSED = InboundMessage("", Channel.SMS, TODAY, MessageKind.BUTTON, "ended:share")
ENDED = st.builds(Outcome, carer=st.just(True), kinds=st.frozensets(st.sampled_from(Kind), min_size=1)) | st.builds(
    Outcome, carer=st.just(False), reason_not=st.sampled_from(ReasonNot)
)
TOLD = st.builds(
    Answers,
    age=st.sampled_from([None, *AgeBand]),
    place=st.sampled_from([None, *Place]),
    who=st.lists(st.sampled_from(Relation), max_size=2).map(tuple),
    why=st.lists(st.sampled_from(Reason), max_size=2).map(tuple),
)
WORDS = {
    False: "Please pass this on. Do you look after, or help, someone who's ill, disabled or getting older? That "
    "counts, and there may be help for you. It's free and private. ",
    True: "Please pass this on. Do you help look after someone at home who's ill or disabled? That counts, and there's "
    "help just for you. It's free and private. ",
}
NUMBER, LINK = "Text CARE FRIEND to 07700 900123.", "On Telegram: https://t.me/LLRCarersBot?start=friend"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=TOLD, outcome=ENDED, channel=st.sampled_from(Channel), source=st.sampled_from(["", "gp-practices"]))
def test_nothing_of_the_persons_is_in_it(
    content: Content, answers: Answers, outcome: Outcome, channel: Channel, source: str
) -> None:
    session = Session(state="ended", answers=answers, outcome=outcome, source=source)
    done = step(content, session, replace(PRESSED, channel=channel))
    young = answers.age is AgeBand.YOUNG
    assert [(reply.text, reply.choices) for reply in done.replies] == [(f"{WORDS[young]}{NUMBER} {LINK}", ())]
    assert cost(done.replies[0].text).segments == 2
    assert done.session is not None
    assert (done.session.state, done.session.outcome, done.session.source) == ("ended", outcome, source)


@pytest.mark.parametrize(
    ("ways", "ending"),
    [
        (WaysIn("07700 900123"), NUMBER),
        (WaysIn(bot="LLRCarersBot"), LINK),
        (WaysIn(), "Carers UK can help: 0808 808 7777."),
    ],
)
def test_it_names_the_ways_in_that_there_are(content: Content, ways: WaysIn, ending: str) -> None:
    session = Session(state="ended", outcome=Outcome(carer=True, kinds=frozenset({Kind.ADULT})))
    done = step(replace(content, ways_in=ways), session, PRESSED)
    assert [reply.text for reply in done.replies] == [WORDS[False] + ending]
