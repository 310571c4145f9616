"""For partners' figures: publish, and audit."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from bot.channels import now
from bot.commands import open_store, plainly
from bot.content import partners_lists
from bot.partners.archive import dump_release, load_releases
from bot.partners.auditing import audit_files
from bot.partners.models import Release
from bot.partners.releases import Publisher, spent
from bot.partners.tables import Lists
from bot.settings import load_settings
from bot.storage import Store


@click.command()
@plainly
def publish() -> None:
    """Issue every week, month and quarter that has closed, each once. Safe to run again, and by two at once."""
    releases = asyncio.run(_publish(partners_lists(), now()))
    for release in releases:
        click.echo(f"{release.period}: {len(release.tables)} tables issued, {len(release.held_back)} held back.")
    if not releases:
        click.echo("Nothing is due: every period that has closed is issued.")


async def _publish(lists: Lists, at: datetime) -> tuple[Release, ...]:
    async with open_store(load_settings().database_path) as store:
        return await issue_due(store, Publisher(lists), at)


async def issue_due(
    store: Store, publisher: Publisher, at: datetime, tell: Callable[[str], object] = lambda _: None
) -> tuple[Release, ...]:
    """Issue every period that has closed by `at`. Raises DamagedReleaseError where an earlier release is damaged.

    Each release is kept as soon as it is made. Where another process has issued meanwhile, ours are thrown away.
    """
    done: list[Release] = []
    while True:
        cells = await store.counts()
        issued = load_releases(await store.releases())
        release = await asyncio.to_thread(publisher.next_release, cells, issued, at)
        if release is None:
            return tuple(done)
        gone = spent(cells, [*issued, release])
        if await store.issue(len(issued), {release.period: dump_release(release)}, gone):
            done.append(release)
            tell(release.period)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--from-start", is_flag=True, help="Nobody was counted before the first period in these files.")
@plainly
def audit(paths: tuple[Path, ...], *, from_start: bool) -> None:
    """Attack release files (CSV, or folders of them) as readers would. Ends with an error if a cell can be deduced."""
    report = audit_files(paths, from_start=from_start)
    click.echo(report.text())
    if not report.fit_to_print:
        sys.exit(1)
