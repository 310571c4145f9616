"""Follow-ups: what leans on the last answer is read as such, and met from that answer's own words."""

import re
from itertools import product

import pytest

from conversations.engine import step
from conversations.followups import Followup, pointed_at, read_followup
from conversations.models import Channel, FoundKind, InboundMessage, Session
from conversations.slots import AgeBand, Answers, Place
from conversations.sms import budget, septets
from conversations.turns import Content
from knowledge.models import Area, Audience
from knowledge.passages import part_with, sentences
from knowledge.rendering import phone_of, render, services_in
from tests.conftest import TODAY

ASKED = {
    "so how much is it worth then": Followup.AMOUNT,
    "hw much do u get for it": Followup.AMOUNT,
    "and when is it paid": Followup.WHEN,
    "how long does it take to come through": Followup.HOW_LONG,
    "what's the phone number please?": Followup.NUMBER,
    "who do i need to ring about that": Followup.NUMBER,
    "wheres that": Followup.WHERE,
    "wot do i say to them": Followup.SAY,
    "how do i apply for it": Followup.APPLY,
    "do i qualify": Followup.WHO_CAN,
    "what about for my dad": Followup.PERSON,
    "i tried that": Followup.TRIED,
    "i rang and nobody answered": Followup.NO_ANSWER,
    "ok i tried that but it was engaged all morning": Followup.NO_ANSWER,
    "they told me no": Followup.SAID_NO,
    "I can't afford that": Followup.CANNOT_PAY,
    "what time do they open": Followup.HOURS,
}
PHONE = re.compile(r"\b0\d{2,4} [\d ]{4,}\d")
STANDS_ALONE = [
    "how much is the bus pass",
    "how do i apply for attendance allowance",
    "what about",
    "thanks",
    "no",
    "my dad",
    "who do i ring about a wheelchair",
    "",
]


@pytest.mark.parametrize(("text", "kind"), ASKED.items())
def test_what_leans_on_an_answer_is_read(content: Content, text: str, kind: Followup) -> None:
    assert read_followup(content.vocabulary.hear(text), content.flows.followups) is kind


@pytest.mark.parametrize("text", STANDS_ALONE)
def test_what_names_its_own_subject_stands_alone(content: Content, text: str) -> None:
    assert read_followup(content.vocabulary.hear(text), content.flows.followups) is None


def test_every_phrase_of_the_lists_is_read(content: Content) -> None:
    """A phrase that nobody's message can be is a mistake of the editor's: spelt in a way that is spelt out first."""
    followups = content.flows.followups
    plain = [
        phrase
        for kind in set(Followup) - {Followup.PERSON}
        for phrase in getattr(followups, kind.value).phrases
        if ".." not in phrase and "*" not in phrase
    ]
    spelt = {phrase: " ".join(part.lstrip("?").split("/")[0] for part in phrase.split()) for phrase in plain}
    assert [
        phrase for phrase, said in spelt.items() if read_followup(content.vocabulary.hear(said), followups) is None
    ] == []


def test_a_short_message_points_back(content: Content) -> None:
    followups, hear = content.flows.followups, content.vocabulary.hear
    assert pointed_at(hear("will it affect my pension"), followups) == ("pension", "affect")
    assert pointed_at(hear("will a holiday affect my pension"), followups) == ()
    assert pointed_at(hear("it " + "and then my neighbour went to the shop again " * 3), followups) == ()


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("age", [None, AgeBand.YOUNG])
@pytest.mark.parametrize("place", [None, Place.RUTLAND])
def test_every_follow_up_on_every_answer_is_met_from_it(
    content: Content, channel: Channel, age: AgeBand | None, place: Place | None
) -> None:
    """In two texts at most, and with no number that does not stand in the services."""
    known = " | ".join(service.phone for service in content.knowledge.services.values())
    for topic, text in product(content.knowledge.topics, {kind: text for text, kind in ASKED.items()}.values()):
        session = Session(state="answered", topic=topic, answers=Answers(age=age, place=place))
        done = step(content, session, InboundMessage(text, channel, TODAY))
        (reply,) = done.replies
        assert reply.text.strip(), (topic, text)
        assert done.found.kind in {FoundKind.ANSWER, FoundKind.CHOICES, FoundKind.NOTHING}, (topic, text)
        assert done.found.topics, (topic, text)
        assert channel is Channel.TELEGRAM or septets(reply.text) <= budget(2), (topic, text)
        assert [number for number in PHONE.findall(reply.text) if number not in known] == [], (topic, text)


def test_what_was_tried_in_vain_is_not_sent_to_again(content: Content) -> None:
    """After "it was engaged" the number that the answer gave is not given once more as another to try."""
    for topic, area in product(content.knowledge.topics, [None, *Area]):
        answer = render(content.knowledge, topic, area, Audience.EVERYONE, TODAY.date())
        entry = content.knowledge.entry(topic)
        assert answer is not None
        assert entry is not None
        place = Place(area.value) if area else None
        session = Session(state="answered", topic=topic, answers=Answers(place=place))
        done = step(content, session, InboundMessage("i tried that", Channel.TELEGRAM, TODAY))
        said = done.replies[0].text.split("\n\n")[0]
        had = {phone_of(content.knowledge, s) for s in services_in(content.knowledge, entry, area)}
        assert not [number for number in had if number and number in answer.short and number in said], (topic, area)


@pytest.mark.parametrize(
    "text", ["they told me no", "i cant get through", "i have already tried that", "i was told no"]
)
def test_a_plain_follow_up_is_no_danger_by_likeness(content: Content, text: str) -> None:
    """Its few words tell as little as an answer does; wordings of danger are heard in it all the same."""
    session = Session(state="answered", topic="carers-assessment")
    assert step(content, session, InboundMessage(text, Channel.SMS, TODAY)).found.kind is FoundKind.ANSWER
    both = InboundMessage(f"{text}. i want to kill myself", Channel.SMS, TODAY)
    assert step(content, session, both).found.kind is FoundKind.URGENT


def test_a_part_reaches_back_to_what_it_leans_on() -> None:
    text = 'It helps. Rails make a home safer. They cost little. It\'s free.\n\nWhat to do:\n- Ring.\n- Say: "Hi. Me."'
    assert part_with(text, ["it's free"]) == "Rails make a home safer. They cost little. It's free."
    assert part_with(text, ["what to do"]) == 'What to do:\n- Ring.\n- Say: "Hi. Me."'
    assert part_with(text, ['say: "']) == 'Say: "Hi. Me."'
    assert part_with(text, ["£", "cost"]) == "Rails make a home safer. They cost little."
    assert part_with(text, ["nothing of it"]) == ""
    assert sentences('Say: "One. Two." Then go.') == ('Say: "One. Two."', "Then go.")
