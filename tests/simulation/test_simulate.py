"""A small quarter of made-up people through the real service into a real file: what is counted, issued and refused."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.cells import Cell
from bot.commands.simulating import play_into, span
from bot.content import partners_lists
from bot.partners.archive import load_releases
from bot.partners.models import Release
from bot.partners.periods import Period, kind_of, last_day
from bot.partners.releases import Publisher
from bot.service import Service
from bot.simulation.cast import load_cast
from bot.simulation.drawing import Draw, Visit, draw_visits
from bot.simulation.playing import play
from bot.storage import StoreError
from bot.storage.sqlite import SqliteStore
from conversations.turns import Content
from tests.test_commands import run

CARERS = 40
UNTIL = date(2026, 3, 31)


@pytest.fixture(scope="module")
def draw(content: Content) -> Draw:
    return Draw(load_cast(content.flows), content.flows.sources, *span(UNTIL, 3), seed=7)


@pytest.fixture(scope="module")
def visits(draw: Draw) -> tuple[Visit, ...]:
    return tuple(draw_visits(draw, CARERS))


@pytest.fixture(scope="module")
def played(content: Content, draw: Draw, visits: tuple[Visit, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("simulated") / "quarter.sqlite3"
    asyncio.run(play_into(path, content, draw, visits))
    return path


async def kept(path: Path) -> tuple[dict[Cell, int], tuple[Release, ...]]:
    store = SqliteStore(path)
    found = dict(await store.counts()), load_releases(await store.releases())
    await store.close()
    return found


async def test_every_week_month_and_quarter_is_issued_as_simulated_when_it_closed(played: Path) -> None:
    _, releases = await kept(played)
    periods = [release.period for release in releases]
    assert {period for period in periods if kind_of(period) is not Period.WEEK} == {
        "2026-01", "2026-02", "2026-03", "2026-Q1",
    }  # fmt: skip
    assert periods == sorted(periods, key=last_day)
    assert all(release.simulated for release in releases)
    waits = {(release.issued - last_day(release.period)).days for release in releases}
    assert min(waits) == 1
    assert max(waits) <= 8  # a first week in which nobody came is issued when somebody has
    assert all(release.certificate.readers for release in releases)


async def test_the_same_seed_gives_the_same_cells_and_releases(
    content: Content, draw: Draw, visits: tuple[Visit, ...], played: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.sqlite3"
    await play_into(again, content, draw, visits)
    assert await kept(again) == await kept(played)


async def test_most_carers_are_identified(store: SqliteStore, service: Service, visits: tuple[Visit, ...]) -> None:
    carers = [visit for visit in visits if visit.check][:CARERS]
    for visit in carers:
        assert await play(service, visit) > 0
    cells = await store.counts()
    identified = sum(count for cell, count in cells.items() if cell.table == "identified-month")
    assert CARERS * 0.7 <= identified <= CARERS
    assert {cell.values for cell in cells if cell.table == "helpful-month-by-helpful"} == {("yes",), ("no",)}


async def test_a_store_that_was_used_is_refused(
    content: Content, draw: Draw, visits: tuple[Visit, ...], played: Path
) -> None:
    before = await kept(played)
    with pytest.raises(StoreError, match=r"quarter\.sqlite3 was used before"):
        await play_into(played, content, draw, visits)
    assert await kept(played) == before


async def test_what_is_issued_later_from_a_simulated_store_says_so_too(played: Path) -> None:
    cells, releases = await kept(played)
    later = Publisher(partners_lists()).next_release(cells, releases, datetime(2026, 5, 2, 12, tzinfo=UTC))
    assert later
    assert later.simulated


def test_the_command_plays_and_says_how_to_look(tmp_path: Path) -> None:
    options = ("--months", "1", "--carers", "5", "--last", "2026-02", "--database", "made-up.sqlite3")
    done = run("simulate", *options, cwd=tmp_path)
    how = "DATABASE_URL=sqlite:///made-up.sqlite3 STATS_PUBLIC=1 carers-bot serve"
    assert (done.returncode, how in done.stdout.decode()) == (0, True)


@pytest.mark.parametrize(
    ("until", "months", "first", "last"),
    [
        (date(2026, 3, 31), 3, date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 2, 3), 12, date(2025, 3, 1), date(2026, 2, 28)),
        (date(2024, 2, 1), 1, date(2024, 2, 1), date(2024, 2, 29)),
        (date(2025, 12, 31), 24, date(2024, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_span_of_months(until: date, months: int, first: date, last: date) -> None:
    assert span(until, months) == (first, last)
