"""Everything an editor can get wrong in the knowledge base, one folder each, and what `carers-bot check` says of it.

A folder in broken/ holds what is wrong: its files take the place of those in small/, or are added to them, and
`gone.txt` names files that are taken away. `expected.txt` is the whole output; `--write-transcripts` writes what is
said today, for a reader to judge.
"""

import ast
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.editing import as_text
from conversations.checks import check_entries
from knowledge import reading_age
from knowledge.checks import Finding, Level, check_knowledge
from knowledge.errors import ContentError
from knowledge.loader import load_knowledge

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TODAY = date(2026, 11, 21)
CASES = sorted((HERE / "broken").iterdir())
NOT_CONTENT = {"expected.txt", "gone.txt"}
CHECKED = (
    "knowledge/loader.py",
    "knowledge/checks.py",
    "knowledge/rendering.py",
    "conversations/flow_files.py",
    "conversations/checks.py",
)


def broken(case: Path, folder: Path) -> Path:
    """The small knowledge base with this case's files in it."""
    if not folder.exists():
        shutil.copytree(HERE / "small", folder)
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_CONTENT))
    if (case / "gone.txt").exists():
        for name in (case / "gone.txt").read_text(encoding="utf-8").split():
            (folder / name).unlink()
    return folder


def said_by_check(folder: Path) -> str:
    """What `carers-bot check` prints of a knowledge base."""
    try:
        knowledge = load_knowledge(folder)
    except ContentError as error:
        return as_text(tuple(Finding(Level.ERROR, fault) for fault in error.faults), None) + "\n"
    found = {*check_knowledge(knowledge, TODAY), *check_entries(knowledge, TODAY)}
    return as_text(tuple(sorted(found)), None) + "\n"


def test_the_small_knowledge_base_has_no_fault() -> None:
    assert said_by_check(HERE / "small") == "0 errors\n0 warnings\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_wrong_is_told(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    said = said_by_check(broken(case, tmp_path / "knowledge"))
    if request.config.getoption("--write-transcripts"):
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_never_passed_over(case: Path) -> None:
    said = (case / "expected.txt").read_text(encoding="utf-8")
    assert not said.startswith("0 errors\n0 warnings")


def test_nothing_half_loads_and_every_fault_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    loaded = None
    for name in ("not-toml", "unknown-field", "entry-not-toml"):
        broken(HERE / "broken" / name, folder)
    with pytest.raises(ContentError) as caught:
        loaded = load_knowledge(folder)
    assert loaded is None
    assert {fault.file for fault in caught.value.faults} >= {
        "rates.toml",
        "services/local.toml",
        "entries/a-break.young.md",
    }


def test_the_service_is_not_made_ready_with_content_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = broken(HERE / "broken" / "not-toml", tmp_path / "knowledge")
    monkeypatch.setattr("bot.content.load_knowledge", lambda: load_knowledge(folder))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["prepare"])
    assert result.exit_code == 1
    assert "rates.toml: file: This is not TOML" in result.output
    assert not list(tmp_path.glob("*.sqlite3"))


def test_machines_are_told_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = broken(HERE / "broken" / "missing-field", tmp_path / "knowledge")
    monkeypatch.setattr("bot.content.load_knowledge", lambda: load_knowledge(folder))
    result = CliRunner().invoke(main, ["check", "--format", "json"])
    assert result.exit_code == 1
    assert json.loads(result.output)[0] == {
        "level": "error",
        "file": "entries/a-break.young.md",
        "field": "short",
        "problem": "This line is missing.",
        "remedy": "Add it.",
    }


def test_an_editor_on_windows_is_understood(tmp_path: Path) -> None:
    folder = broken(HERE / "small", tmp_path / "knowledge")
    for path in (*folder.rglob("*.toml"), *folder.rglob("*.md")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert said_by_check(folder) == "0 errors\n0 warnings\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("names = [\"Carer's Allowance]", "This is not TOML"),
        ("names = []", "This is not a list of names."),
        ('names = "Carer\'s Allowance"', "This is not a list of names."),
    ],
)
def test_a_broken_list_of_names_is_told(
    text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(reading_age, "NAMES", path)
    reading_age._names.cache_clear()
    with pytest.raises(ContentError, match=problem):
        reading_age.reading_age("We can help you.")
    reading_age._names.cache_clear()


def messages(path: Path) -> Iterator[str]:
    """A pattern for every sentence in this file that an editor may read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in explained | inside:
            continue
        if isinstance(node, ast.JoinedStr):
            pieces = [str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pieces = [node.value]
        else:
            continue
        text = "".join(pieces)
        if re.match(r"[A-Z{\0]", text) and text.endswith((".", "?")) and " " in text:
            yield re.sub(r"\0|\\\{\w+\\\}", ".+", re.escape(text))


def test_every_message_is_given_by_some_case() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("broken*/*/expected.txt"))
    never = {
        f"{name}: {pattern}" for name in CHECKED for pattern in messages(ROOT / name) if not re.search(pattern, said)
    }
    assert never == set()
