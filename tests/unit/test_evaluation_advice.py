"""Why an answer, in words; and what would help: asks, topics and words."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from click.testing import CliRunner

from bot.commands.evaluating import ask
from bot.evaluation.explaining import explain_match, explain_turn, fact_in_words
from bot.evaluation.files import QuestionLine
from bot.evaluation.suggesting import Confusable, Thin, Twin, Word, confusable, thin, twins, unknown_words
from bot.evaluation.suggestion_report import suggestion_report
from bot.evaluation.table import as_text
from conversations.engine import step
from conversations.interrupts import bare
from conversations.models import Channel, InboundMessage, Session
from conversations.slots import AgeBand, Answers, Place
from conversations.turns import Content
from knowledge.matching.explanation import Explanation, Sign, TopicWeighed, WordRead
from knowledge.models import Answer, Area, Audience, Choices, Entry, KnowledgeBase, Match, Nothing, Source, Topic
from tests.conftest import TODAY

DAY = date(2026, 11, 21)
WEIGHED = TopicWeighed(
    topic="continence",
    chance=0.52,
    by_words=0.5,
    by_meaning=None,
    because=(("~wet", 2.6), ("bed", 0.5), ("#they-pension-age", 0.25), ("i", -0.3)),
    nearest_ask="wet bed every night",
    likeness=0.35,
)
EXPLANATION = Explanation(
    text="she's 79 n keeps weting bed",
    match=Choices(("continence", "dementia")),
    reason="Confidence is enough to offer, not to answer.",
    confidence=0.66,
    answers_from=0.84,
    offers_from=0.4,
    words=(WordRead("she", (("she", 1.0),)), WordRead("weting", (("wet", 0.8), ("wait", 0.2))), WordRead("zzq", ())),
    families=(("continence", "wet"),),
    facts=("#they-pension-age",),
    signs=(
        Sign("how likely the best topic is", 0.0),
        Sign("its lead over the second", 0.4),
        Sign("likeness in meaning", 0),
    ),
    topics=(WEIGHED,),
)


def test_the_whole_explanation() -> None:
    assert explain_match(EXPLANATION) == [
        "How the matcher read it",
        "  in plain words: she weting zzq",
        '  "weting" was taken for "wet" (80%), or "wait" (20%)',
        '  "zzq" is not known',
        '  "wet" belongs to the family of meaning "continence"',
        "  heard that somebody they speak of is 66 or over",
        "What it decided",
        "  Offer: continence, dementia.",
        "  Confidence is enough to offer, not to answer.",
        "  Confidence 66%. It answers from 84%, and offers from 40%.",
        "  Confidence rests on words alone:",
        "  - the best topic is right: 50%",
        "  - its lead over the second: 0.40",
        "What spoke for the topics",
        "  continence: 52% (by words 50%)",
        '    for: family of meaning "wet" (+2.60)',
        '    for: "bed" (+0.50)',
        "    for: somebody they speak of is 66 or over (+0.25)",
        '    against: "i" (-0.30)',
        '    nearest ask: "wet bed every night" (alike 35%)',
    ]


def test_a_second_opinion_is_told() -> None:
    told = explain_match(replace(EXPLANATION, topics=(replace(WEIGHED, by_meaning=0.7),), match=Nothing()))
    assert "  continence: 52% (by words 50%, by meaning 70%)" in told
    assert "  - likeness in meaning: 0.00" in told
    assert "  Nothing." in told


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("#me-child", "the person writing is under 16"),
        ("#they-16-17", "somebody they speak of is 16 or 17"),
        ("#me-at-school", "the person writing is at school"),
        ("#something-new", "#something-new"),
    ],
)
def test_facts_in_words(fact: str, words: str) -> None:
    assert fact_in_words(fact) == words


def explained(content: Content, text: str, answers: Answers | None = None) -> list[str]:
    session, message = Session(answers=answers or Answers()), InboundMessage(text, Channel.SMS, TODAY)
    return explain_turn(content, session, message, step(content, session, message))


def test_what_was_heard_before_the_matcher(content: Content) -> None:
    assert explained(content, "hi there") == [
        "Which reading spoke",
        "  It is a greeting or the like.",
        "Danger",
        "  None heard.",
        "Control words and small talk",
        "  Small talk: hello.",
        "What was understood of the person",
        "  Nothing.",
    ]
    nothing = replace(content, matcher=SharedWords(()))
    told = explained(nothing, "im 14 and i look after my mum in oakham", Answers(place=None))
    assert told[1] == "  It tells of looking after somebody, so the questions begin."
    assert {"  who: mum", "  age: young", "  place: rutland"} <= set(told)
    assert "  Control word: menu." in explained(content, "menu", Answers(age=AgeBand.YOUNG, place=Place.RUTLAND))


def test_danger_is_named_with_its_pattern(content: Content) -> None:
    told = explained(content, "I want to kill myself")
    assert told[1] == "  Danger was heard, so nothing else counts."
    assert told[3].startswith('  Heard "')
    assert told[3].endswith("risk suicide-self-harm.")


def test_the_command_says_what_the_bot_would_say() -> None:
    result = CliRunner().invoke(ask, ["how do i get a break", "--area", "rutland", "--explain"])
    assert result.exit_code == 0
    assert "01572" in result.output
    for heading in ("Which reading spoke", "How the matcher read it", "What it decided", "What spoke for the topics"):
        assert heading in result.output


def entry(topic: str, *asks: str) -> Entry:
    return Entry(
        file=f"entries/{topic}.md", topic=topic, audience=Audience.EVERYONE, title="A title", asks=asks, short="Short.",
        checked=DAY, review_by=DAY, sources=(Source(name="A source"),), body="Body.",
    )  # fmt: skip


def knowledge(**asks: tuple[str, ...]) -> KnowledgeBase:
    topics = {name: Topic(id=name, group="all", title=name, covers=name) for name in asks}
    entries = {(name, Audience.EVERYONE): entry(name, *texts) for name, texts in asks.items()}
    return KnowledgeBase(topics, {}, {}, {}, entries)


SMALL = knowledge(
    falls=("he keeps falling", "fell down the stairs", "picking him up", "blue badge"),
    transport=("a lift to hospital", "getting a blue badge", "Blue badge.", "bus pass"),
    pip=("pip",),
)


@dataclass(frozen=True)
class SharedWords:
    """Answers with the topic of the ask that shares most words; offers where only one is shared."""

    asks: tuple[tuple[str, str], ...]

    def search(self, text: str, area: Area | None, audience: Audience) -> Match:  # noqa: ARG002
        words = set(bare(text).split())
        shared = [(len(words & set(bare(other).split())), other_topic) for other_topic, other in self.asks]
        most, topic = max(shared, default=(0, ""))
        if most == 0:
            return Nothing()
        return Answer(topic, 0.9) if most > 1 else Choices((topic,))


def build(base: KnowledgeBase) -> SharedWords:
    return SharedWords(tuple((one.topic, text) for one in base.entries.values() for text in one.asks))


def test_twins_stand_under_two_topics() -> None:
    assert twins(SMALL) == (Twin("falls", "blue badge", "transport", "Blue badge.", 100),)


def test_asks_that_another_topic_gets_when_they_are_taken_out() -> None:
    found = confusable(SMALL, build)
    assert Confusable("falls", "blue badge", "transport", "getting a blue badge", True, 0.9) in found
    assert all(one.topic != one.other for one in found)
    assert [one.answered for one in found] == sorted((one.answered for one in found), reverse=True)


def test_thin_topics() -> None:
    assert thin(SMALL) == (Thin("pip", 1, 1),)


def test_words_that_nothing_knows(content: Content) -> None:
    read: dict[str, tuple[WordRead, ...]] = {
        "how do i get a zimmerframe 4 dadi?": (
            WordRead("get", (("get", 1.0),)),
            WordRead("zimmerframe", ()),
            WordRead("dadi", (("daddi", 0.7),)),
            WordRead("4", ()),
        ),
        "is a zimmerframe free?": (WordRead("zimmerframe", ()),),
    }

    def explain(text: str) -> Explanation:
        return replace(EXPLANATION, words=read[text])

    lines = [
        QuestionLine(text="how do i get a zimmerframe 4 dadi?", topics=("equipment-adaptations",), style="teen"),
        QuestionLine(text="is a zimmerframe free?", topics=("equipment-adaptations",), style="plain"),
        QuestionLine(text="who won the cup?", topics=(), style="plain"),
    ]
    nothing = replace(content, matcher=SharedWords(()))
    assert unknown_words(nothing, lines, explain, TODAY) == (
        Word("zimmerframe", 2, "", ("equipment-adaptations",), "how do i get a zimmerframe 4 dadi?"),
        Word("dadi", 1, "daddi", ("equipment-adaptations",), "how do i get a zimmerframe 4 dadi?"),
    )


def test_the_whole_report() -> None:
    found = (
        Confusable("falls", "blue badge", "transport", "getting a blue badge", True, 0.9),
        Confusable("falls", "a lift up", "transport", "a lift to hospital", False, 0.0),
    )
    words = (Word("zimmerframe", 2, "", ("falls", "pip"), "is a zimmerframe free?"),)
    report = suggestion_report(twins(SMALL), found, thin(SMALL), words, most=10)
    assert as_text(report) == (
        """\
What would help the matcher
===========================

Asks that stand under two topics
--------------------------------
All but the same words under two topics: keep each where its answer helps, and take the other out.
topic  ask         other topic  its ask
falls  blue badge  transport    Blue badge.

Asks that read like another topic's
-----------------------------------
"""
        "2 asks are met with another topic when they are taken out. Confidence: of an outright answer. "
        "Give the topic more asks like it, or move the ask if it really asks for the other.\n"
        """\
topic  ask         taken for  confidence  nearest ask there
falls  blue badge  transport        0.90  getting a blue badge
falls  a lift up   transport           -  a lift to hospital

Topics that overlap
-------------------
Where a topic is often taken for one and the same other, their asks overlap.
topic  taken for  asks
falls  transport     2

Thin topics
-----------
The fewest asks, or the fewest different words in them. Thinnest first.
topic  asks  different words
pip       1                1

Words that nothing knows
------------------------
Words of lines that came out wrong. If it is a word carers use, add it to words.toml or to an ask.
word         lines  taken for  should point to  in
zimmerframe      2          -  falls, pip       is a zimmerframe free?"""
    )
    assert report.data["words"] == [
        {
            "word": "zimmerframe",
            "times": 2,
            "read_as": "",
            "topics": ["falls", "pip"],
            "example": "is a zimmerframe free?",
        }
    ]
