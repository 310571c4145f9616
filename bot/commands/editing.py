"""For editors: check what was changed."""

import json
import sys

import click

from bot.channels import now
from bot.commands import plainly
from bot.content import load_content
from bot.posters.wording import load_wordings
from conversations.checks import check_words
from conversations.turns import Content, local_day
from knowledge.checks import Finding, Level, check_knowledge, gaps
from knowledge.errors import ContentError


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@plainly
def check(form: str) -> None:
    """Find everything an editor can get wrong. Ends with an error if there is any; warnings are listed apart."""
    today = local_day(now())
    content: Content | None = None
    try:
        content = load_content()
        found = tuple(sorted((*check_knowledge(content.knowledge, today), *check_words(content, today))))
    except ContentError as error:
        found = tuple(Finding(Level.ERROR, fault) for fault in error.faults)
    found = (*found, *_poster_faults())
    click.echo(as_json(found) if form == "json" else as_text(found, content))
    if any(finding.level is Level.ERROR for finding in found):
        sys.exit(1)


def _poster_faults() -> tuple[Finding, ...]:
    try:
        load_wordings()
    except ContentError as error:
        return tuple(Finding(Level.ERROR, fault) for fault in error.faults)
    return ()


def as_json(found: tuple[Finding, ...]) -> str:
    rows = [
        {
            "level": finding.level.value,
            "file": finding.fault.file,
            "field": finding.fault.field,
            "problem": finding.fault.problem,
            "remedy": finding.fault.remedy,
        }
        for finding in found
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def as_text(found: tuple[Finding, ...], content: Content | None) -> str:
    lines = []
    for level in Level:
        faults = [finding.fault for finding in found if finding.level is level]
        lines.append(f"{len(faults)} {level.value}{'' if len(faults) == 1 else 's'}")
        lines += [f"  {fault}" for fault in faults]
    if content is not None:
        knowledge = content.knowledge
        lines.append(
            f"{len(knowledge.topics)} topics, {len(knowledge.entries)} entries, {len(knowledge.services)} services, "
            f"{len(knowledge.rates)} rates, {len(list(gaps(knowledge)))} gaps where another service stands in"
        )
    return "\n".join(lines)
