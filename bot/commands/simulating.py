"""For whoever wants to see the statistics before anybody has written: simulate."""

import asyncio
import secrets
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import click

from bot.channels import now
from bot.commands import open_store, plainly
from bot.commands.publishing import issue_due
from bot.content import load_content, partners_lists
from bot.partners.daily import due
from bot.partners.models import Release
from bot.partners.periods import Period, first_day, following, period_of
from bot.partners.releases import Publisher
from bot.service import Service
from bot.settings import load_settings
from bot.simulation.cast import load_cast
from bot.simulation.drawing import Draw, Visit, draw_visits
from bot.simulation.playing import play_days
from bot.storage import StoreError
from conversations.turns import Content, local_day

MOST_MONTHS, MOST_CARERS = 60, 105_000  # as many as there are


@dataclass(frozen=True)
class Played:
    """What was done."""

    visits: int
    messages: int
    releases: tuple[Release, ...]


@click.command()
@click.option("--months", type=click.IntRange(1, MOST_MONTHS), default=12, show_default=True)
@click.option("--carers", type=click.IntRange(1, MOST_CARERS), default=5000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same number gives the same people and lots.")
@click.option("--last", type=click.DateTime(["%Y-%m"]), help="The last month to play. Default: the one before this.")
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("simulated.sqlite3"),
    show_default=True,
    help="A file that is new or unused.",
)
@plainly
def simulate(months: int, carers: int, seed: int, last: datetime | None, database: Path) -> None:
    """Play made-up people through the service, and issue their statistics month by month: a dashboard to look at."""
    started = time.monotonic()
    settings = load_settings()
    content = load_content(settings.service_name, settings.ways_in)
    until = last.date() if last else local_day(now()).replace(day=1) - timedelta(days=1)
    draw = Draw(load_cast(content.flows), content.flows.sources, *span(until, months), seed)
    done = asyncio.run(play_into(database, content, draw, tuple(draw_visits(draw, carers))))
    tables = sum(len(release.tables) for release in done.releases)
    held = sum(len(release.held_back) for release in done.releases)
    click.echo(
        f"Played {carers:,} carers and others, {done.visits:,} visits and {done.messages:,} messages, "
        f"{draw.first:%B %Y} to {draw.last:%B %Y}, in {time.monotonic() - started:.0f} seconds.\n"
        f"Issued {len(done.releases)} releases with {tables:,} tables; {held:,} were held back.\n\n"
        "To look at it, start this and open /partners on the address that it names:\n\n"
        f"  DATABASE_URL=sqlite:///{database} STATS_PUBLIC=1 carers-bot serve"
    )


def span(until: date, months: int) -> tuple[date, date]:
    """The first and the last day of so many months, of which the last holds `until`."""
    end = first_day(following(period_of(until, Period.MONTH)))
    month = end.year * 12 + end.month - 1 - months
    return date(month // 12, month % 12 + 1, 1), end - timedelta(days=1)


async def play_into(database: Path, content: Content, draw: Draw, visits: tuple[Visit, ...]) -> Played:
    """Play the visits into a store and issue what closes. Raises StoreError where the store was used before."""
    async with open_store(database) as store:
        if not await store.is_unused():
            raise StoreError(
                f"{database} was used before, and made-up people must not be counted with others. Name another."
            )
        service = Service(content, store, secrets.token_hex(32))
        publisher = Publisher(partners_lists(), Random(f"lots {draw.seed}"), simulated=True)  # noqa: S311 - no secret
        releases: list[Release] = []

        async def close(day: date) -> None:
            releases.extend(await issue_due(store, publisher, due(day)))

        with click.progressbar(length=len(visits), label="Simulating", file=sys.stderr) as bar:

            def tell(day: date, played: int) -> None:
                bar.label = f"Simulating {day:%B %Y}"
                bar.update(played)

            messages = await play_days(service, visits, draw.first, draw.last, close, tell)
        return Played(len(visits), messages, tuple(releases))
