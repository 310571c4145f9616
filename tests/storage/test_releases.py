"""Releases in the store: added once, for good, and never shown when damaged."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cells import Cell
from bot.commands.publishing import issue_due
from bot.partners.archive import DamagedReleaseError, dump_release, load_releases
from bot.partners.models import Certificate, HeldBack, PublishedTable, Release, Row
from bot.partners.releases import Publisher
from bot.partners.tables import Lists, cells_for
from bot.storage import Played
from bot.storage.sqlite import SqliteStore
from conversations.events import Event, EventName
from conversations.identification import Stage
from conversations.slots import HoursBand
from tests.histories import Never
from tests.test_commands import run

LISTS = Lists(("friend",), ("getting-a-break",))
START = datetime(2026, 10, 20, 12, tzinfo=UTC)
SOON = START + timedelta(days=15)
DUE = ["2026-W43", "2026-10", "2026-W44"]
FIRST = {"2026-W01": '{"one": 1}', "2026-W02": '{"two": 2}'}


async def fill(store: SqliteStore, people: int = 20) -> None:
    answered = Event(EventName.ANSWERED, channel="sms", topic="getting-a-break")
    identified = Event(EventName.IDENTIFIED, channel="sms", stage=Stage.STEM, hours=HoursBand.UNKNOWN)
    for n in range(people):
        at = START + timedelta(hours=12 * n)
        played = Played(None, "", cells_for(answered, at) + cells_for(identified, at))
        await store.turn(f"p{n}", f"m{n}", at, lambda _, played=played: played)  # type: ignore[misc]


def change(path: Path, *statements: str) -> None:
    """What somebody with the file in their hands can do, whatever the database forbids."""
    with sqlite3.connect(path) as connection:
        for (name,) in list(connection.execute("select name from sqlite_master where type = 'trigger'")):
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def test_releases_come_back_in_their_order(store: SqliteStore) -> None:
    assert await store.issue(0, FIRST)
    assert await store.issue(2, {"2025-12": "{}"})
    assert list((await store.releases()).items()) == [*FIRST.items(), ("2025-12", "{}")]


async def test_who_comes_too_late_issues_nothing(store: SqliteStore) -> None:
    assert await store.issue(0, FIRST)
    assert not await store.issue(0, {"2026-W03": "{}"})
    assert not await store.issue(3, {"2026-W03": "{}"})
    assert await store.releases() == FIRST


async def test_cells_that_are_used_up_go_in_the_same_step(store: SqliteStore) -> None:
    await fill(store)
    cells = await store.counts()
    assert not await store.issue(7, {"2026-W03": "{}"}, list(cells))
    assert await store.counts() == cells
    gone = next(iter(cells))
    assert await store.issue(0, {"2026-W03": "{}"}, [gone])
    assert await store.counts() == {cell: n for cell, n in cells.items() if cell != gone}


@pytest.mark.parametrize("statement", ["update releases set data = '{}'", "delete from releases"])
async def test_the_database_lets_nobody_change_a_release(store: SqliteStore, tmp_path: Path, statement: str) -> None:
    await store.issue(0, FIRST)
    with sqlite3.connect(tmp_path / "test.sqlite3") as connection, pytest.raises(sqlite3.IntegrityError, match="stay"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "damaged"),
    [
        ("update releases set data = '{\"one\": 2}' where place = 1", {"2026-W01"}),
        ("update releases set period = '2026-W09' where place = 1", {"2026-W09"}),
        ("update releases set checksum = 'x' where place = 1", {"2026-W01", "2026-W02"}),
        ("delete from releases where place = 1", {"2026-W02"}),
    ],
)
async def test_a_damaged_release_is_told_and_never_shown(
    store: SqliteStore, tmp_path: Path, statement: str, damaged: set[str]
) -> None:
    await store.issue(0, FIRST)
    change(tmp_path / "test.sqlite3", statement)
    found = await store.releases()
    assert {period for period, data in found.items() if data is None} == damaged
    with pytest.raises(DamagedReleaseError, match=min(damaged)):
        load_releases(found)


async def test_nothing_is_issued_after_a_damaged_release(store: SqliteStore, tmp_path: Path) -> None:
    await fill(store)
    await store.issue(0, FIRST)
    change(tmp_path / "test.sqlite3", "update releases set data = '{}'")
    with pytest.raises(DamagedReleaseError):
        await issue_due(store, Publisher(LISTS), SOON)
    assert list(await store.releases()) == list(FIRST)


async def test_publishing_twice_changes_nothing(store: SqliteStore) -> None:
    await fill(store)
    first = await issue_due(store, Publisher(LISTS), SOON)
    assert [release.period for release in first] == DUE
    kept = await store.releases()
    assert await issue_due(store, Publisher(LISTS), SOON) == ()
    assert await store.releases() == kept
    assert load_releases(kept) == first


async def test_a_turn_that_comes_late_for_its_period_changes_no_release(store: SqliteStore) -> None:
    await fill(store)
    await issue_due(store, Publisher(LISTS, Never()), SOON)
    kept = await store.releases()
    await fill(store)  # the same ids: nothing is counted twice
    late = Cell("answered-month", "2026-10", ())
    await store.turn("late", "late", SOON, lambda _: Played(None, "", (late,)))
    assert await issue_due(store, Publisher(LISTS), SOON) == ()
    assert await store.releases() == kept
    later = await issue_due(store, Publisher(LISTS, Never()), SOON + timedelta(days=7))
    assert late not in await store.counts()
    assert [release.period for release in later] == ["2026-W45"]


async def test_two_publishers_at_once_in_one_process(store: SqliteStore) -> None:
    await fill(store)
    both = await asyncio.gather(*(issue_due(store, Publisher(LISTS), SOON) for _ in range(2)))
    periods = Counter(release.period for some in both for release in some)
    assert set(periods.values()) == {1}
    assert list(await store.releases()) == DUE


def test_two_publishers_at_once_in_processes_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "carers-bot.sqlite3"
    asyncio.run(_filled(path))
    code = (
        "import asyncio; from pathlib import Path; from datetime import *\n"
        "from tests.storage.test_releases import LISTS, SOON, Publisher, issue_due, SqliteStore\n"
        "async def main():\n"
        f"    store = SqliteStore(Path({str(path)!r}))\n"
        "    print(*(r.period for r in await issue_due(store, Publisher(LISTS), SOON)))\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    issued = Counter(period for process in both for period in process.communicate(timeout=300)[0].split())
    assert [process.returncode for process in both] == [0, 0]
    assert set(issued) == set(DUE)
    assert set(issued.values()) == {1}


async def _filled(path: Path) -> None:
    store = SqliteStore(path)
    await fill(store)
    await store.close()


def test_a_release_is_the_same_after_it_was_kept() -> None:
    tables = (
        PublishedTable("identified-week-by-area", ("2026-W47",), (Row(("rutland",), None), Row(("leicester",), 20))),
    )
    held = (HeldBack("identified-week", "2026-W47"),)
    release = Release("2026-W47", SOON.date(), tables, held, Certificate(("an outside reader",), 3, 7), simulated=True)
    assert load_releases({release.period: dump_release(release)}) == (release,)


def test_publish_export_and_audit_as_they_are_typed(tmp_path: Path) -> None:
    asyncio.run(_filled(tmp_path / "carers-bot.sqlite3"))
    first = run("publish", cwd=tmp_path)
    assert first.returncode == 0
    assert "2026-10:" in first.stdout.decode()
    assert run("publish", cwd=tmp_path).stdout == b"Nothing is due: every period that has closed is issued.\n"
    assert run("export", "releases", "--csv", "out", cwd=tmp_path).returncode == 0
    absent = (tmp_path / "out" / "not-published.csv").read_text().splitlines()
    assert absent[0] == "table,period,status"
    tables = [path for path in (tmp_path / "out").iterdir() if path.name != "not-published.csv"]
    written = [path.read_text().splitlines() for path in tables]  # which ones, the lot decides
    assert len(written) > 10
    assert all(rows[0].startswith("period,") and rows[0].endswith(",count") for rows in written)
    assert all(row.endswith(("0", ",fewer than 10")) for rows in written for row in rows[1:])
    audited = run("audit", "out", cwd=tmp_path)
    assert (audited.returncode, audited.stderr) == (0, b"")
    assert "No cell can be deduced." in audited.stdout.decode()
    change(tmp_path / "carers-bot.sqlite3", "update releases set data = '{}' where place = 2")
    for command in (["publish"], ["export", "releases", "--csv", "again"]):
        refused = run(*command, cwd=tmp_path)
        assert refused.returncode == 1
        assert "was damaged or changed" in refused.stderr.decode()
        assert "Traceback" not in refused.stderr.decode()
    assert not (tmp_path / "again").exists()


async def test_no_true_count_is_in_what_is_kept_of_a_release(store: SqliteStore) -> None:
    """Of 7,919 answers nothing but 7,920 is told; the certificate counts cells and values, not people."""
    event = Event(EventName.ANSWERED, channel="sms", topic="getting-a-break")
    cells = cells_for(event, START) * 7919
    await store.turn("p", "m", START, lambda _: Played(None, "", cells))
    await issue_due(store, Publisher(LISTS, Never()), SOON)
    kept = await store.releases()
    assert all("7919" not in json.dumps(data) for data in kept.values())
    assert any('"count":7920' in (data or "") for data in kept.values())
