"""How fast the partners' page answers with three years of releases: python -m tests.bench.partners_page [REQUESTS]

A real server and a partner who is signed in, over HTTP on this machine. Months are asked for at random: all of them are
asked for again and again, the newest most.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
from starlette.applications import Starlette

from bot.channels import now
from bot.partners.archive import dump_release
from bot.partners.finding import Issued, months
from bot.partners.labels import load_labels
from bot.partners.pages import PartnerPages
from bot.partners.reading import read_issued
from bot.partners.sign_in import SignIn, invite
from bot.storage.accounts import SqliteAccounts
from bot.storage.sqlite import SqliteStore
from tests.releases import releases
from tests.servers import running

REQUESTS = 2000
PASSWORD = "five calm otters swim"


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        accounts, store = SqliteAccounts(path), SqliteStore(path)
        link = asyncio.run(invite(accounts, "Bench", now()))
        asyncio.run(store.issue(0, {release.period: dump_release(release) for release in releases(months=36)}))

        async def give() -> Issued:
            return read_issued(await store.releases())

        sign_in = SignIn(accounts, "bench")
        pages = PartnerPages(give, sign_in, load_labels({}), "LLR Carers Line", now, secure=False)
        started = time.perf_counter()
        asyncio.run(pages.warm())
        known = months(asyncio.run(give()))
        click.echo(f"made beforehand: {len(known)} months in {time.perf_counter() - started:.1f} s")
        session = asyncio.run(sign_in.choose_password(link, PASSWORD, now()))
        with running(Starlette(routes=pages.routes())) as address:
            client = httpx.Client(base_url=address, cookies={"partners": str(session)})
            _told("page", list(_times(client, requests, known)))
        asyncio.run(store.close())


def _times(client: httpx.Client, requests: int, known: tuple[str, ...]) -> Iterator[float]:
    chance = random.Random(1)  # noqa: S311 - the same months each time
    for _ in range(requests):
        month = known[min(int(chance.expovariate(1) * 4), len(known) - 1)]
        started = time.perf_counter()
        client.get("/partners", params={"period": month}).raise_for_status()
        yield time.perf_counter() - started


def _told(what: str, times: list[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    shown = ", ".join(f"p{at} {cuts[at - 1] * 1000:.1f} ms" for at in (50, 95, 99))
    click.echo(f"{what}: {len(times)} requests, {shown}, slowest {max(times) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
