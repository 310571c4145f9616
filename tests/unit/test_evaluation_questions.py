"""Played questions: a whole report of a few lines, with a matcher that knows them by heart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.evaluation.comparing import compared, read_baseline
from bot.evaluation.files import QuestionLine
from bot.evaluation.folds import asks_among, fold_numbers, play_folds, with_asks, without_asks
from bot.evaluation.question_report import question_report
from bot.evaluation.questions import Got, Played, play_all
from bot.evaluation.report import Report, as_json
from bot.evaluation.table import as_text
from conversations.turns import Content
from knowledge.errors import ContentError
from knowledge.models import Answer, Area, Audience, Choices, KnowledgeBase, Match, Nothing
from tests.conftest import TODAY

KNOWN: Mapping[str, Match] = {
    "How do I get a break?": Answer("breaks-and-respite", 0.95),
    "can u get pip 4 him?": Answer("attendance-allowance", 0.91),
    "where can I ask about falls?": Choices(("medicines", "falls", "hospital")),
    "what is a dosette box?": Choices(("falls", "hospital")),
    "Whom may one consult?": Nothing(),
    "when is the next bus?": Answer("transport", 0.9),
    "do you sell cars?": Choices(("transport", "leisure")),
    "what won the cup?": Nothing(),
    "I want to kill myself": Answer("mental-health", 0.97),
}


@dataclass(frozen=True)
class ByHeart:
    known: Mapping[str, Match]

    def search(self, text: str, area: Area | None, audience: Audience) -> Match:  # noqa: ARG002
        return self.known.get(text, Nothing())


LINES = (
    QuestionLine(text="How do I get a break?", topics=("breaks-and-respite",), style="plain"),
    QuestionLine(text="can u get pip 4 him?", topics=("pip", "benefits-advice"), style="teen"),
    QuestionLine(text="where can I ask about falls?", topics=("falls",), style="plain"),
    QuestionLine(text="what is a dosette box?", topics=("medicines",), style="plain"),
    QuestionLine(text="Whom may one consult?", topics=("carers-assessment",), style="formal"),
    QuestionLine(text="when is the next bus?", topics=(), style="plain"),
    QuestionLine(text="do you sell cars?", topics=(), style="teen"),
    QuestionLine(text="what won the cup?", topics=(), style="plain"),
    QuestionLine(text="hiya", topics=("smalltalk",), style="teen"),
    QuestionLine(text="I want to kill myself", topics=("mental-health",), style="plain"),
)

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture
def by_heart(content: Content) -> Content:
    return replace(content, matcher=ByHeart(KNOWN))


@pytest.fixture
def played(by_heart: Content) -> tuple[Played, ...]:
    return play_all(by_heart, LINES, TODAY)


def report(played: tuple[Played, ...]) -> Report:
    return question_report(played, (f"{len(played)} lines.",), most=10)


def test_the_whole_report(played: tuple[Played, ...]) -> None:
    assert as_text(report(played)) + "\n" == (REPORTS / "questions.txt").read_text(encoding="utf-8")


def test_the_report_as_json(played: tuple[Played, ...]) -> None:
    data = json.loads(as_json(report(played)))
    assert data["kind"] == "questions"
    assert data["figures"]["overall"]["right_first"] == {"count": 2, "of": 6}
    assert data["figures"]["by style"]["teen"]["smalltalk_recognised"] == {"count": 1, "of": 1}
    assert data["lines"][1] == {
        "text": "can u get pip 4 him?",
        "topics": ["pip", "benefits-advice"],
        "style": "teen",
        "got": "answered",
        "found": ["attendance-allowance"],
        "confidence": 0.91,
        "urgent": None,
        "verdict": "wrong",
    }
    assert [line["verdict"] for line in data["lines"]] == [
        "right", "wrong", "partly", "wrong", "wrong", "wrong", "partly", "right", "right", "right",
    ]  # fmt: skip


def test_somebody_told_to_answer_questions_is_not_answered(by_heart: Content) -> None:
    line = QuestionLine(text="my mum has dementia and i look after her", topics=("dementia",), style="plain")
    (one,) = play_all(by_heart, (line,), TODAY)
    assert one.got is Got.CHECK
    assert one.matched is Got.NOTHING
    assert not one.first_right


def test_what_an_edit_did(by_heart: Content, played: tuple[Played, ...], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(as_json(report(played)), encoding="utf-8")
    edited: dict[str, Match] = {
        **KNOWN,
        "can u get pip 4 him?": Choices(("pip", "attendance-allowance")),
        "where can I ask about falls?": Answer("medicines", 0.9),
    }
    lines = (*LINES[:-1], QuestionLine(text="what is new?", topics=(), style="plain"))
    now = play_all(replace(by_heart, matcher=ByHeart(edited)), lines, TODAY)
    whole = compared(report(now), now, read_baseline(path))
    changes = replace(whole, sections=whole.sections[:3])
    assert as_text(changes) + "\n" == (REPORTS / "comparison.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ["not json", "{}", '{"kind": "safety"}', '{"kind": "questions", "lines": []}'])
def test_a_baseline_that_is_none(tmp_path: Path, written: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ContentError, match=r"This is no report on questions.*Use a file written by"):
        read_baseline(path)


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="It cannot be read"):
        read_baseline(tmp_path / "none.json")


def test_folds_are_even_in_every_group_and_the_same_each_time() -> None:
    items = [(group, f"{group} {number}") for group in ("a", "b", "c") for number in range(10)]
    numbers = fold_numbers(items, 5, seed=1)
    for group in ("a", "b", "c"):
        folds = [fold for fold, item in zip(numbers, items, strict=True) if item[0] == group]
        assert sorted(folds) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert fold_numbers(items, 5, seed=1) == numbers
    assert fold_numbers(items, 5, seed=2) != numbers
    assert dict(zip(items[::-1], fold_numbers(items[::-1], 5, seed=1), strict=True)) == dict(
        zip(items, numbers, strict=True)
    )


def test_a_line_never_serves_as_an_ask_for_itself(content: Content) -> None:
    texts = [f"what about number {number}?" for number in range(6)]
    lines = [QuestionLine(text=text, topics=("pip",), style="plain") for text in texts]
    known = replace(content, knowledge=with_asks(content.knowledge, [("pip", "What about number 3")]))
    seen: list[set[str]] = []

    def build(knowledge: KnowledgeBase) -> ByHeart:
        asks = {ask for entry in knowledge.entries.values() for ask in entry.asks if ask.startswith("what about n")}
        seen.append(asks)
        assert asks_among(knowledge, [text for text in texts if text not in asks]) == 0
        return ByHeart({ask: Answer("pip", 1.0) for ask in asks})

    played = play_folds(known, lines, 3, 1, build, TODAY)
    assert [len(asks) for asks in seen] == [4, 4, 4]
    assert set.union(*seen) == set(texts)
    assert [one.line.text for one in played] == texts
    assert {one.got for one in played} == {Got.NOTHING}


def test_asks_are_put_in_and_taken_out(content: Content) -> None:
    more = with_asks(content.knowledge, [("falls", "quite a new ask")])
    assert asks_among(more, ["Quite a new ask!", "another"]) == 1
    assert asks_among(without_asks(more, ["quite a NEW ask"]), ["quite a new ask"]) == 0
