"""Labelled files: what is read, and every fault told with its file, line and remedy."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.evaluating import evaluate
from bot.evaluation.files import SLOTS, QuestionLine, SafetyLine, read_personas, read_questions, read_safety
from conversations.safety import Risk
from knowledge.errors import ContentError, Fault

TOPICS = {"pip", "falls"}
GOOD = '{"text": "how do i get pip", "topics": ["pip"], "style": "plain"}'
PERSONA = {
    "id": "p1",
    "persona": "Girl of 14",
    "channel": "sms",
    "answers": {"opening": ["hi"], "age": ["14"]},
    "expected": {"carer": True, "kinds": ["young"], "area": "leicester", "hours": "unknown", "reason_not": None},
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "lines.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def faults(error: pytest.ExceptionInfo[ContentError]) -> list[tuple[str, str, str]]:
    return [(fault.field, fault.problem, fault.remedy) for fault in error.value.faults]


def test_lines_are_read_with_notes_blank_lines_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + GOOD, "", '{"text": "hi", "topics": ["smalltalk"], "style": "teen", "note": "x"}')
    assert read_questions([path], TOPICS) == (
        QuestionLine(text="how do i get pip", topics=("pip",), style="plain"),
        QuestionLine(text="hi", topics=("smalltalk",), style="teen"),
    )


def test_safety_files_may_stand_beside_question_files(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, '{"text": "a", "risk": "none"}', '{"text": "b", "risk": "adult-abuse"}')
    assert read_safety([path], TOPICS) == (
        QuestionLine(text="how do i get pip", topics=("pip",), style="plain"),
        SafetyLine(text="a", risk=None),
        SafetyLine(text="b", risk=Risk.ADULT_ABUSE),
    )


def test_every_fault_of_a_question_file_is_told(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        GOOD,
        "text: no json",
        '["a list"]',
        '{"text": "a", "topics": ["pipp"], "style": "plain"}',
        '{"text": "b", "topics": "pip", "style": "plain"}',
        '{"topics": [], "style": "plain"}',
        '{"text": "c", "topics": ["smalltalk", "pip"], "style": "plain"}',
        r'{"text": "\ud83d", "topics": [], "style": "plain"}',
    )
    with pytest.raises(ContentError) as error:
        read_questions([path], TOPICS)
    assert {fault.file for fault in error.value.faults} == {str(path)}
    assert faults(error) == [
        (
            "line 2",
            "This is not JSON (Expecting value: line 1 column 1 (char 0)).",
            "Write the whole object on this one line, with double quotes and no comma at the end.",
        ),
        ("line 3", "This is no object.", 'Write {"text": ...}.'),
        ("line 4, topics", "There is no topic 'pipp'.", "Use an id from topics.toml, or [] for not covered."),
        ("line 5, topics", "Input should be a valid tuple.", 'Write it as a list: ["one", "two"].'),
        ("line 6, text", "Field required.", "Add it to this line."),
        ("line 7, topics", "'smalltalk' stands beside others.", 'Write ["smalltalk"] alone, or the topics.'),
        ("line 8, text", "It holds half a character.", r"Take the \ud... out, or write the whole character."),
    ]


def test_every_fault_of_a_safety_file_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, '{"text": "a", "risk": "danger"}', '{"text": "b"}')
    with pytest.raises(ContentError) as error:
        read_safety([path], TOPICS)
    assert [(field, remedy) for field, _, remedy in faults(error)] == [
        ("line 1, risk", "Use one of these words."),
        ("line 2, risk", "Add it to this line."),
    ]


def test_every_fault_of_a_persona_file_is_told(tmp_path: Path) -> None:
    lines = [
        PERSONA,
        PERSONA,
        {**PERSONA, "id": "../p2"},
        {**PERSONA, "id": "p3", "answers": {"agee": ["14"]}},
        {**PERSONA, "id": "p4", "answers": {"opening": []}},
        {**PERSONA, "id": "p5", "expected": {**PERSONA["expected"], "carer": "yes"}},  # type: ignore[dict-item]
    ]
    path = write(tmp_path, *(json.dumps(line) for line in lines))
    with pytest.raises(ContentError) as error:
        read_personas([path])
    assert [(field, remedy) for field, _, remedy in faults(error)] == [
        ("line 2, id", "Give each persona an id of its own."),
        ("line 3, id", "Use letters, digits, - and _ only."),
        (
            "line 4, answers",
            f"Use one of {', '.join(SLOTS)}.",
        ),
        ("line 4, answers", 'Add "opening": [...], what this person writes first.'),
        ("line 5, answers.opening", "Write at least one."),
        ("line 6, expected.carer", "Write true or false, without quotes."),
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing, empty, latin = tmp_path / "none.jsonl", tmp_path / "empty.jsonl", tmp_path / "latin.jsonl"
    empty.write_text("\n\n", encoding="utf-8")
    latin.write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(ContentError) as error:
        read_questions([missing, tmp_path, empty, latin], TOPICS)
    assert error.value.faults == (
        Fault(str(missing), "file", "It cannot be read: No such file or directory.", "Check the name."),
        Fault(str(tmp_path), "file", "It cannot be read: Is a directory.", "Check the name."),
        Fault(str(empty), "file", "It has no lines.", "Write one JSON object a line."),
        Fault(str(latin), "file", "Byte 13 is not UTF-8 text.", "Save the file as UTF-8."),
    )


def test_endless_nesting_is_a_fault_like_any_other(tmp_path: Path) -> None:
    path = write(tmp_path, "[" * 100_000)
    with pytest.raises(ContentError) as error:
        read_questions([path], TOPICS)
    assert [fault.field for fault in error.value.faults] == ["line 1"]


def test_the_command_evaluates_nothing_where_a_line_is_bad(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, '{"text": "a", "topics": ["pipp"], "style": "plain"}')
    result = CliRunner().invoke(evaluate, [str(path)])
    assert result.exit_code == 1
    assert result.output == (
        "Error: these files need mending; nothing was evaluated:\n"
        f"{path}: line 2, topics: There is no topic 'pipp'. Use an id from topics.toml, or [] for not covered.\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--safety", "--dialogues"], "not both"),
        (["--safety", "--folds", "5"], "are for questions"),
        (["--dialogues", "--compare", "x.json"], "are for questions"),
        (["--draws", "2"], "go with --dialogues"),
        (["--folds", "1"], "x>=2"),
    ],
)
def test_options_that_do_not_go_together(tmp_path: Path, options: list[str], said: str) -> None:
    result = CliRunner().invoke(evaluate, [str(write(tmp_path, GOOD)), *options])
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
