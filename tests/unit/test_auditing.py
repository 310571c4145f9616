"""`carers-bot audit`: release files in, findings out."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.partners.auditing import audit_files
from bot.partners.bundle import bundle
from bot.partners.disclosure.attacking import READERS
from bot.partners.exporting import FileError, as_csv, read_files
from bot.partners.labels import load_labels
from bot.partners.tidy import harmless
from tests.histories import history
from tests.test_commands import run

LEAKING = {
    "identified-month.csv": "period,count\n2026-10,20\n",
    "identified-month-by-area.csv": (
        "period,area,count\n2026-10,leicester,20\n2026-10,leicestershire,fewer than 10\n2026-10,rutland,fewer than 10\n"
    ),
    "identified-month-by-age.csv": "period,age,count\n2026-10,young,fewer than 10\n2026-10,adult,20\n",
    "identified-week.csv": (
        "period,count\n2026-W40,fewer than 10\n2026-W41,10\n2026-W42,10\n"
        "2026-W43,fewer than 10\n2026-W44,fewer than 10\n"
    ),
    "identified-quarter-by-area-by-age.csv": (
        "period,area,age,count\n"
        "2026-Q4,leicester,young,fewer than 10\n2026-Q4,leicester,adult,10\n"
        "2026-Q4,leicestershire,young,fewer than 10\n2026-Q4,leicestershire,adult,fewer than 10\n"
        "2026-Q4,rutland,young,fewer than 10\n2026-Q4,rutland,adult,fewer than 10\n"
    ),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_leaking_set_is_refused_and_the_cells_are_named(tmp_path: Path) -> None:
    """In two weeks at least 20 came, of at most 24 in the month: the third week is known, and its areas with it."""
    done = run("audit", str(write(tmp_path, LEAKING)), cwd=tmp_path)
    assert done.returncode == 1
    told = [line.split("  ") for line in done.stdout.decode().splitlines()]
    found = {tuple(word.strip() for word in line if word.strip()) for line in told}
    assert ("identified-week", "2026-W43", "total", "0 to 4", "an outside reader") in found
    assert "Traceback" not in done.stderr.decode()


def test_the_smallest_leak_there_is(tmp_path: Path) -> None:
    files = {
        "seen-month.csv": "period,count\n2026-10,10\n",
        "seen-month-by-area.csv": "period,area,count\n2026-10,leicester,10\n2026-10,rutland,fewer than 10\n",
    }
    assert audit_files([write(tmp_path, files)]).text().splitlines() == [
        f"2 tables, 1 cells below 10 attacked as {', '.join(READERS)}.",
        "1 can be deduced too well:",
        "table               period   cell     deduced  by",
        "seen-month-by-area  2026-10  rutland  0 to 4   an outside reader",
    ]


def test_our_own_releases_pass_and_come_back_as_they_went(tmp_path: Path) -> None:
    releases = history(1).releases
    report = audit_files([write(tmp_path, dict(as_csv(releases)))])
    assert report.findings == ()
    assert report.tables == sum(len(release.tables) for release in releases)
    shapes, told = read_files([tmp_path])
    assert {shape.name for shape in shapes} == {table.table for release in releases for table in release.tables}
    issued = {(t.table, t.periods): {r.values: r.count for r in t.rows} for release in releases for t in release.tables}
    assert {(t.shape.name, t.periods): dict(t.counts) for t in told} == issued


@pytest.mark.parametrize("simulated", [False, True])
def test_a_bundle_that_was_unpacked_is_attacked_as_the_tables_themselves(tmp_path: Path, simulated: bool) -> None:
    releases = [replace(release, simulated=simulated) for release in history(1).releases]
    (tmp_path / "exported").mkdir()
    with zipfile.ZipFile(io.BytesIO(bundle(releases, load_labels({})))) as file:
        file.extractall(tmp_path / "bundle")
    exported = read_files([write(tmp_path / "exported", dict(as_csv(releases)))])
    assert read_files([tmp_path / "bundle"]) == exported
    assert read_files(sorted((tmp_path / "bundle").glob("*.csv"))) == exported
    assert audit_files([tmp_path / "bundle"]).findings == ()


def test_a_dictionary_alone_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no CSV file"):
        read_files([write(tmp_path, {"dictionary.csv": "about,name,value,meaning\n"})])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "first line must name the columns"),
        ("period,area\n", "first line must name the columns"),
        ("period,count\n", "no count in it"),
        ("period,count\n2026-10,7\n", "line 2: 7 is never printed"),
        ("period,count\n2026-10,15\n", "line 2: 15 is never printed"),
        ("period,count\n2026-10,\n", 'must be a whole number or "fewer than 10"'),
        ("period,count\n2026-10,-10\n", "must be a whole number"),
        ("period,count\n2026-13,10\n", "line 2"),
        ("period,count\nOctober,10\n", "line 2: 'October' is no period"),
        ("period,count\n2026-10,10,10\n", "line 2: has 3 columns in place of 2"),
        ("period,count\n2026-10,10\n2026-10,10\n", "line 3: repeats a cell"),
        ("period,count\n2026-10,10\n2026-W40,10\n", "files of their own"),
        ("period,a,b,count\n2026-10,x,p,10\n2026-10,y,q,10\n", "the row 2026-10, x, q is missing"),
    ],
)
def test_files_that_are_not_in_the_form_are_told_by_name_and_line(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "seen-month.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as told:
        read_files([tmp_path])
    assert fault in str(told.value)
    assert "seen-month.csv" in str(told.value)


def test_bytes_that_are_no_text_and_folders_without_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no CSV file"):
        read_files([tmp_path])
    (tmp_path / "seen-month.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="cannot be read as CSV"):
        read_files([tmp_path])


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_value_is_run_as_a_formula(value: str) -> None:
    assert harmless(value) == f"'{value}"
    assert harmless("fewer than 10") == "fewer than 10"
