"""For exchange in open standards: export of services and of releases; import of services, which only proposes."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bot.commands import open_store, plainly, writing
from bot.commands.fetching import LONGEST_LINE, NOTHING_CHANGED, read_feed
from bot.others_words import one_line
from bot.partners.archive import load_releases
from bot.partners.exporting import as_csv
from bot.settings import load_settings
from knowledge.loader import load_knowledge
from knowledge.open_referral.exporting import export_services
from knowledge.open_referral.proposing import Proposal, propose

WHAT_NOW = f"{NOTHING_CHANGED} Check what is right, then write it into knowledge/services yourself."


@click.group()
def export() -> None:
    """Hand over what is published, in an open standard."""


@click.group("import")
def import_() -> None:
    """See what others' data would change. Nothing is ever changed by it."""


@export.command("services")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write. Default: print.")
@plainly
def export_services_command(output: Path | None) -> None:
    """Write the published services as one page in Open Referral UK 3.0 JSON."""
    page = export_services(load_knowledge())
    text = json.dumps(page, indent=1, ensure_ascii=False)
    if output is None:
        click.echo(text)
        return
    with writing(f"--output: {output}"):
        output.write_text(f"{text}\n", encoding="utf-8")
    click.echo(f"{page['size']} services written to {output}.")


@export.command("releases")
@click.option(
    "--csv", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
@plainly
def export_releases_command(folder: Path) -> None:
    """Write every release to partners as CSV, one tidy file a table, and a file of what is not published."""
    files = as_csv(load_releases(asyncio.run(_stored_releases())))
    with writing(f"--csv: {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(files)} files written to {folder}.")


async def _stored_releases() -> Mapping[str, str | None]:
    async with open_store(load_settings().database_path) as store:
        return await store.releases()


@import_.command("services")
@click.argument("source", metavar="FILE_OR_URL")
@plainly
def import_services_command(source: str) -> None:
    """Propose changes from one page of services in Open Referral UK 3.0 JSON. Ends with an error if it has faults."""
    proposal = propose(load_knowledge(), read_feed(source))
    click.echo(as_text(proposal))
    if proposal.faults:
        sys.exit(1)


def as_text(proposal: Proposal) -> str:
    """The proposal as a diff to review: - is ours, + is theirs."""
    blocks = [f"new: {len(proposal.new)}"]
    for row in proposal.new:
        blocks.append(f"  {_theirs(row.name)} ({_theirs(row.organisation)}) at {row.place}")
        blocks += [f"    may be ours: {', '.join(row.may_be)}"] if row.may_be else []
        blocks += [f"    + {line}: {_theirs(value)}" for line, value in row.lines]
    blocks.append(f"changed: {len(proposal.changed)}")
    for change in proposal.changed:
        blocks.append(f"  {change.service}: {change.field} at {change.place}")
        blocks += [f"    - {_theirs(change.ours)}"] if change.ours else []
        blocks += [f"    + {_theirs(change.theirs)}"] if change.theirs else []
    blocks.append(
        f"gone: {f'not known, since {proposal.gone_unknown}' if proposal.gone_unknown else len(proposal.gone)}"
    )
    blocks += [f"  {row.service}: {row.name} ({row.organisation})" for row in proposal.gone]
    blocks.append(f"faults: {len(proposal.faults)}")
    for fault in proposal.faults:
        place = _theirs(fault.field) or "the whole feed"
        blocks.append(f"  {place}: {_theirs(fault.problem)} {fault.remedy}")
    return "\n".join((*blocks, WHAT_NOW))


def _theirs(text: str) -> str:
    return one_line(text, LONGEST_LINE)
