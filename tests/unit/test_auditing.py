"""`carers-bot audit`: release files in, findings out."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.partners.auditing import audit_files
from bot.partners.bundle import bundle
from bot.partners.disclosure.attacking import READERS
from bot.partners.exporting import as_csv, read_files
from bot.partners.file_forms import FileError
from bot.partners.finding import Issued
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
@pytest.mark.parametrize("unreadable", [(), ("2026-09",)])
def test_a_bundle_that_was_unpacked_is_attacked_as_the_tables_themselves(
    tmp_path: Path, simulated: bool, unreadable: tuple[str, ...]
) -> None:
    releases = tuple(replace(release, simulated=simulated) for release in history(1).releases)
    (tmp_path / "exported").mkdir()
    with zipfile.ZipFile(io.BytesIO(bundle(Issued(releases, unreadable), load_labels({})))) as file:
        file.extractall(tmp_path / "bundle")
    exported = read_files([write(tmp_path / "exported", dict(as_csv(releases)))])
    assert read_files([tmp_path / "bundle"]) == exported
    assert read_files(sorted((tmp_path / "bundle").glob("*.csv"))) == exported
    assert audit_files([tmp_path / "bundle"]).findings == ()


@pytest.mark.parametrize("name", ["dictionary.csv", "not-published.csv", "SIMULATED-INCOMPLETE-dictionary.csv"])
def test_what_stands_beside_tables_is_no_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="no CSV file"):
        read_files([write(tmp_path, {name: "about,name,value,meaning\n"})])


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
        ("period,count\n2026-10,10\n2026-10,10\n", "line 3: this cell stands in the table twice"),
        ("period,count\n2026-10,10\n2026-W40,10\n", "line 3: 2026-W40 is a week, and by the file's name"),
        ("period,count\n2026-10+2026-10,10\n", "line 2: 2026-10+2026-10 adds up 2026-10 twice"),
        ("period,count\n2026-11+2026-10,10\n2026-10+2026-11,10\n", "line 3: this cell stands in the table twice"),
        ("period,count\n9999-12,10\n", "line 2: the year of 9999-12 is not from 1900 to 2199"),
        ("period,count\n0000-01,10\n", "line 2: the year of 0000-01"),
        ("period,count\n２０２６-10,10\n", "line 2: '２０２６-10' is no period"),
        ("period,count\n2026-10,１０\n", "line 2: the count must be a whole number"),
        ("period,count\n2026-10,10000010\n", "line 2: the count is larger than 10,000,000"),
        (f"period,count\n2026-10,{'9' * 5000}0\n", "line 2: the count is larger than 10,000,000"),
        ("period,count\n2026-10,10\n\n2026-11,10\n", "line 3: the line is blank; take it out"),
        ("period,count\n2026-10,10\n,\n", "line 3: the line is blank; take it out"),
        ('period,count\n2026-10,"10\n', "cannot be read as CSV"),
    ],
)
def test_files_that_are_not_in_the_form_are_told_by_name_and_line(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "seen-month.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as told:
        read_files([tmp_path])
    assert fault in str(told.value)
    assert "seen-month.csv" in str(told.value)


BY_AREA = "period,area,count\n2026-10,leicester,20\n2026-10,rutland,fewer than 10\n"


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        # silently a measure of its own, and so attacked beside no other table
        ("seen.csv", "period,count\n2026-10,20\n", "the name must be MEASURE-PERIOD"),
        ("Seen-Month.csv", "period,count\n2026-10,20\n", "the name must be MEASURE-PERIOD"),
        ("seen-month (1).csv", "period,count\n2026-10,20\n", "the name must be MEASURE-PERIOD"),
        ("seen-monthly.csv", "period,count\n2026-10,20\n", "the name must be MEASURE-PERIOD"),
        ("seen_month_by_area.csv", BY_AREA, "the name must be MEASURE-PERIOD"),
        ("seen-month-by-age.csv", BY_AREA, "the columns are period, area, count, and by the name they are period, age"),
        ("seen-month.csv", BY_AREA, "by the name they are period, count"),
        ("seen-quarter-by-area.csv", BY_AREA, "line 2: 2026-10 is a month, and by the file's name"),
        ("seen-month-by-area-by-area.csv", "period,area,area,count\n", "by the name they are period, area, count"),
        ("seen-month-by-area.csv", f"{BY_AREA}2026-11,leicester,20\n", "the row 2026-11, rutland is missing"),
        (
            "seen-month-by-a-by-b.csv",
            "period,a,b,count\n2026-10,x,p,10\n2026-10,y,q,10\n",
            "the row 2026-10, x, q is missing",
        ),
        ("seen-month-by-area.csv", f"{BY_AREA}2026-10,Total,20\n", "line 4: 'Total' is no area: take such rows out"),
        ("seen-month-by-area.csv", f"{BY_AREA}2026-10,,20\n", "line 4: the area is blank"),
        ("seen-month-by-area.csv", f"{BY_AREA}2026-10,Rutland,20\n", "'Rutland', and 'rutland' too; spell it in one"),
        ("seen-month-by-area.csv", f"{BY_AREA}2026-10,rutland ,20\n", "'rutland ', and 'rutland' too; spell it in one"),
    ],
)
def test_names_rows_and_values_that_do_not_fit_are_told(tmp_path: Path, name: str, text: str, fault: str) -> None:
    with pytest.raises(FileError) as told:
        read_files([write(tmp_path, {name: text})])
    assert fault in str(told.value)
    assert name in str(told.value)


def test_one_value_is_spelt_in_one_way_in_all_files(tmp_path: Path) -> None:
    by_week = "period,area,count\n2026-W40,Leicester,20\n2026-W40,rutland,10\n"
    with pytest.raises(FileError, match=r"area has 'Leicester', and 'leicester' in .*seen-month-by-area.csv"):
        read_files([write(tmp_path, {"seen-month-by-area.csv": BY_AREA, "seen-week-by-area.csv": by_week})])


def test_posters_may_come_and_go(tmp_path: Path) -> None:
    """A new one stands in no earlier release: our own files would be refused."""
    text = "period,source,count\n2026-10,none,20\n2026-11,none,20\n2026-11,gp-oadby,fewer than 10\n"
    assert len(read_files([write(tmp_path, {"seen-month-by-source.csv": text})])[1]) == 2


def test_a_file_whose_name_ends_in_capitals_is_read(tmp_path: Path) -> None:
    assert len(read_files([write(tmp_path, {"seen-month.CSV": "period,count\n2026-10,20\n"})])[1]) == 1


def test_tables_that_contradict_one_another_are_named(tmp_path: Path) -> None:
    """Two weeks that fit, and a month of 100 with 20 by area."""
    files = {
        "seen-week.csv": "period,count\n2026-W41,20\n2026-W42,20\n",
        "seen-month.csv": "period,count\n2026-10,100\n2026-11,20\n",
        "seen-month-by-area.csv": BY_AREA,
    }
    done = run("audit", str(write(tmp_path, files)), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[1:] == [
        "What is printed contradicts itself: no numbers of people agree with all of these.",
        "  seen-month-by-area, 2026-10",
        "  seen-month, 2026-10",
        "Look there for a count that was typed wrongly, or for tables that do not count the same people.",
    ]


def test_what_several_partners_can_tell_is_told_once(tmp_path: Path) -> None:
    by_source = "period,source,count\n2026-10,gp,20\n2026-10,library,fewer than 10\n2026-10,none,fewer than 10\n"
    files = {"seen-month.csv": "period,count\n2026-10,20\n", "seen-month-by-source.csv": by_source}
    assert audit_files([write(tmp_path, files)]).text().splitlines()[1:] == [
        "2 can be deduced too well:",
        "table                 period   cell     deduced  by",
        "seen-month-by-source  2026-10  library  0 to 0   a partner who knows its own source exactly",
        "seen-month-by-source  2026-10  none     0 to 0   a partner who knows its own source exactly",
    ]


def test_counts_of_millions_contradict_nothing(tmp_path: Path) -> None:
    files = {
        "seen-month.csv": "period,count\n2026-10,5000000\n",
        "seen-week.csv": "period,count\n2026-W41,1000000\n2026-W42,3000000\n",
        "seen-week-by-area.csv": "period,area,count\n2026-W40,leicester,20\n2026-W40,rutland,fewer than 10\n",
    }
    assert audit_files([write(tmp_path, files)]).text().splitlines()[1].startswith("No cell can be deduced.")


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
