"""Everything an editor can get wrong in the flows, one folder each, and what `carers-bot check` says of it.

A file in broken_flows/ holds only what is wrong: what stands in it takes the place of the same lines in the real file,
and an empty table takes them away. A file that cannot be read stands for the whole; `gone.txt` names files that are
missing.
"""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bot.commands.editing import as_text
from conversations.checks import check_flows
from conversations.flow_files import FLOWS
from knowledge.checks import Finding, Level
from knowledge.errors import ContentError
from knowledge.loader import load_knowledge
from knowledge.models import KnowledgeBase
from tests.content.loading import load_without_matcher
from tests.content.test_broken import HERE, TODAY

CASES = sorted((HERE / "broken_flows").iterdir())


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_knowledge()


def broken(case: Path, folder: Path) -> Path:
    """The real flows with this case's lines in them."""
    shutil.copytree(FLOWS, folder)
    for path in case.glob("*.toml"):
        try:
            changed = changed_by(tomllib.loads(path.read_text(encoding="utf-8")), folder / path.name)
        except ValueError:
            shutil.copy(path, folder)
        else:
            (folder / path.name).write_text(changed, encoding="utf-8")
    if (case / "gone.txt").exists():
        for name in (case / "gone.txt").read_text(encoding="utf-8").split():
            (folder / name).unlink()
    return folder


def changed_by(changes: dict[str, Any], path: Path) -> str:
    real = tomllib.loads(path.read_text(encoding="utf-8"))
    put_in(changes, real)
    return tomlkit.dumps(real)


def put_in(changes: dict[str, Any], table: dict[str, Any]) -> None:
    for key, value in changes.items():
        if value == {}:
            del table[key]
        elif isinstance(value, dict) and isinstance(table.get(key), dict):
            put_in(value, table[key])
        else:
            table[key] = value


def said_by_check(folder: Path, knowledge: KnowledgeBase) -> str:
    """What `carers-bot check` prints of the flows in a folder."""
    try:
        found = check_flows(load_without_matcher(knowledge, folder), TODAY)
    except ContentError as error:
        found = tuple(Finding(Level.ERROR, fault) for fault in error.faults)
    return as_text(found, None) + "\n"


def test_the_real_flows_have_no_fault(knowledge: KnowledgeBase) -> None:
    assert said_by_check(FLOWS, knowledge) == "0 errors\n0 warnings\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_wrong_is_told(
    case: Path, knowledge: KnowledgeBase, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    said = said_by_check(broken(case, tmp_path / "flows"), knowledge)
    if request.config.getoption("--write-transcripts"):
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")
    assert not said.startswith("0 errors\n0 warnings")
