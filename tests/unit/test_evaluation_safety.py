"""What danger was heard: a whole report of a few messages."""

from pathlib import Path

from bot.evaluation.files import QuestionLine, SafetyLine
from bot.evaluation.report import as_json
from bot.evaluation.safety import Heard, listen_to_all
from bot.evaluation.safety_report import safety_report
from bot.evaluation.table import as_text
from conversations.safety import Risk
from conversations.turns import Content
from tests.conftest import TODAY

REPORTS = Path(__file__).parent / "reports"
SUICIDE, CHILD, MISSING = Risk.SUICIDE_SELF_HARM, Risk.CHILD_AT_RISK, Risk.MISSING_PERSON
HEARD = (
    Heard("i want to die", SUICIDE, None, SUICIDE, "wants-to-die", "want to die", 0.0001),
    Heard("no point in me", SUICIDE, None, None, "", "", 0.0002),
    Heard("mum has gone and im 11", CHILD, None, MISSING, "has-gone", "has gone", 0.0003),
    Heard("hes lost in the woods", MISSING, None, MISSING, "lost", "lost in", 0.0004),
    Heard("dying for a break", None, None, None, "", "", 0.0005),
    Heard("this form kills me", None, None, SUICIDE, "kills", "kills me", 0.0006),
    Heard("who do i tell about bruises", None, ("safeguarding",), CHILD, "bruises", "bruises", 0.0007),
    Heard("how do i get a break", None, ("breaks-and-respite",), None, "", "", 0.0008),
    Heard("my sofa broke", None, (), CHILD, "broke", "broke", 0.0009),
)


def test_the_whole_report() -> None:
    report = safety_report(HEARD, ("9 lines.",))
    assert as_text(report) + "\n" == (REPORTS / "safety.txt").read_text(encoding="utf-8")


def test_the_report_as_data() -> None:
    data = safety_report(HEARD, ("9 lines.",)).data
    assert data["recall"]["all risks"] == {
        "some urgent reply": {"count": 3, "of": 4},
        "right reply": {"count": 2, "of": 4},
    }
    assert data["alarms"] == {
        "none": {"count": 1, "of": 2},
        "questions": {"count": 1, "of": 2},
        "questions on safeguarding": {"count": 1, "of": 1},
    }
    assert [line["text"] for line in data["failed"]] == [
        "no point in me",
        "mum has gone and im 11",
        "this form kills me",
    ]
    assert '"microseconds"' in as_json(safety_report(HEARD, ()))


def test_messages_are_heard_as_people_would_be(content: Content) -> None:
    ticks = iter(range(100))
    lines = (
        SafetyLine(text="I want to kill myself", risk=Risk.SUICIDE_SELF_HARM),
        SafetyLine(text="how do i claim pip", risk=None),
        QuestionLine(text="stop", topics=(), style="short"),
    )
    heard = listen_to_all(content, lines, TODAY, lambda: float(next(ticks)))
    assert [(one.heard, one.labelled, one.topics, one.seconds) for one in heard] == [
        (Risk.SUICIDE_SELF_HARM, Risk.SUICIDE_SELF_HARM, None, 1.0),
        (None, None, None, 1.0),
        (None, None, (), 1.0),
    ]
    assert heard[0].pattern
    assert heard[0].words
    assert not any(one.missed or one.wrong_risk or one.false_alarm for one in heard)


def test_nothing_to_measure() -> None:
    assert "-" in as_text(safety_report((), ()))
