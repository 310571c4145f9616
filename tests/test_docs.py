"""The documents are true of the program: every command and setting is named, and every file that they link is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def commands(group: click.Group, before: str = "carers-bot") -> Iterator[str]:
    """Every command as it is typed, those of groups as well."""
    for name, command in group.commands.items():
        typed = f"{before} {name}"
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield typed
        if isinstance(command, click.Group):
            yield from commands(command, typed)


@pytest.mark.parametrize("command", sorted(commands(main)))
def test_every_command_is_told_of(command: str) -> None:
    told = [path.name for path in DOCUMENTS if re.search(rf"{command}\b", path.read_text(encoding="utf-8"))]
    assert told, f"{command} is in none of the documents"


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_told_of(name: str) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert re.search(rf"^#?{name}=", example, re.MULTILINE)
    assert f"`{name}`" in guide


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    missing = []
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        file, _, heading = target.partition("#")
        if file.startswith(("http://", "https://", "mailto:")):
            continue
        path = (document.parent / file) if file else document
        if not path.exists() or (heading and heading not in anchors(path)):
            missing.append(target)
    assert missing == []


def anchors(document: Path) -> set[str]:
    """The names by which headings are linked: small letters, with hyphens for spaces."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
