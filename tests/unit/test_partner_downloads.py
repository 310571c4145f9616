"""Downloads: tidy, complete, harmless in a spreadsheet, and never a blank or a zero."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.partners.bundle import bundle
from bot.partners.dictionary import dictionary_csv
from bot.partners.finding import Issued
from bot.partners.labels import load_labels
from bot.partners.models import HeldBack, PublishedTable, Release, Row
from bot.partners.not_published import not_published_csv
from bot.partners.tidy import DANGEROUS, tables_in, tidy_csv
from bot.partners.workbook import workbook
from tests.releases import CERTIFICATE, releases

LABELS = load_labels({"dementia": "Caring for someone with dementia"})
NASTY = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")
COUNTS = st.one_of(st.none(), st.integers(1, 500).map(lambda n: n * 10))


def release(*tables: PublishedTable, simulated: bool = False) -> Release:
    return Release("2026-10", date(2026, 11, 2), tables, (), CERTIFICATE, simulated)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_over_its_periods() -> None:
    months = (
        release(PublishedTable("identified-month-by-area", ("2026-09",), (Row(("rutland",), None),))),
        release(PublishedTable("identified-month-by-area", ("2026-10", "2026-11"), (Row(("rutland",), 20),))),
    )
    assert rows(tidy_csv(months, "identified-month-by-area")) == [
        ["period", "area", "count"],
        ["2026-09", "rutland", "fewer than 10"],
        ["2026-10+2026-11", "rutland", "20"],
    ]


def test_the_names_of_simulated_files_say_so() -> None:
    table = PublishedTable("identified-month", ("2026-10",), (Row((), 20),))
    with zipfile.ZipFile(io.BytesIO(bundle(Issued((release(table, simulated=True),)), LABELS))) as file:
        assert file.namelist() == [
            "READ-ME-FIRST.txt",
            "dictionary.csv",
            "not-published.csv",
            "SIMULATED-identified-month.csv",
        ]
        assert file.read("READ-ME-FIRST.txt").startswith(b"SIMULATED FIGURES.")


@given(st.lists(st.tuples(st.text(), COUNTS), max_size=20))
def test_whatever_a_value_is_it_is_one_harmless_cell(cells: list[tuple[str, int | None]]) -> None:
    table = PublishedTable("identified-month-by-source", ("2026-10",), tuple(Row((v,), n) for v, n in cells))
    read = rows(tidy_csv((release(table),), "identified-month-by-source"))[1:]
    assert [len(row) for row in read] == [3] * len(cells)
    assert not any(cell.startswith(DANGEROUS) for row in read for cell in row)
    assert [row[1].removeprefix("'") for row in read] == [value.removeprefix("'") for value, _ in cells]
    assert [row[2] for row in read] == ["fewer than 10" if n is None else str(n) for _, n in cells]


def test_nothing_in_the_workbook_is_a_formula_or_a_link() -> None:
    nasty = PublishedTable("identified-month-by-source", ("2026-10",), tuple(Row((v,), None) for v in NASTY))
    labels = load_labels({}, {NASTY[0]: NASTY[1]})
    with zipfile.ZipFile(io.BytesIO(workbook(Issued((release(nasty),)), labels, "=1+1"))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}
    assert [name for name, text in parts.items() if "<f>" in text or "<f " in text] == []
    assert not any("externalLink" in name for name in parts)


def test_the_workbook_holds_every_table_in_words() -> None:
    issued = releases(months=3)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(Issued(issued), LABELS, "LLR Carers Line")))
    names = tables_in(issued)
    assert book.sheet_names == ["Read me first", *(f"Table {n}" for n in range(1, len(names) + 1)), "Not published",
                                "What words mean"]  # fmt: skip
    at = names.index("identified-month-by-area") + 1
    sheet = book.get_sheet_by_name(f"Table {at}").to_python(skip_empty_area=False)
    published = [p for r in issued for p in r.tables if p.table == "identified-month-by-area"]
    assert sheet[2] == ["Period", "Council area", "How many"]
    assert sheet[3][:2] == ["August 2026", "Leicester"]
    assert [row[2] for row in sheet[3:]] == [
        r.printed if r.count is None else r.count for p in published for r in p.rows
    ]


def test_the_cover_says_what_the_figures_are() -> None:
    simulated = tuple(replace(one, simulated=True) for one in releases(months=1))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(Issued(simulated), LABELS, "LLR Carers Line")))
    cover = " ".join(str(cell) for row in book.get_sheet_by_name("Read me first").to_python() for cell in row)
    for words in ("SIMULATED", "Method", "Definitions", "Caveats", "fewer than 10", "nearest 10", "2 November 2026"):
        assert words in cover


def test_the_archive_holds_every_table_and_is_the_same_each_time() -> None:
    issued = releases(months=2)
    made = bundle(Issued(issued), LABELS)
    assert made == bundle(Issued(issued), LABELS)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        tables = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".csv")}
        assert "fewer than 10" in file.read("READ-ME-FIRST.txt").decode()
    dictionary, absent = rows(tables.pop("dictionary.csv")), rows(tables.pop("not-published.csv"))
    assert set(tables) == {f"{name}.csv" for name in tables_in(issued)}
    columns = {column for text in tables.values() for column in rows(text)[0]} | set(absent[0])
    assert columns - {row[1] for row in dictionary if row[0] == "column" and row[3]} == set()
    counts = {row[-1] for text in tables.values() for row in rows(text)[1:]}
    assert [count for count in counts if not re.fullmatch(r"fewer than 10|[1-9]\d*0", count)] == []


def test_the_dictionary_says_what_every_value_means() -> None:
    told = {tuple(row[:3]): row[3] for row in rows(dictionary_csv(("identified-month-by-age",), LABELS))[1:]}
    assert told["value", "age", "young"] == "Young carers, under 18"
    assert told["table", "identified-month-by-age", ""].endswith("each month, by age group")
    assert "0 to 9" in told["column", "count", ""]


HELD = ("2026-04", "2026-05", "2026-06", "2026-07")
WITH_GAPS = Issued(
    (
        *(replace(release(), period=p, held_back=(HeldBack("identified-month", p),)) for p in HELD),
        replace(release(PublishedTable("identified-month", ("2026-04", "2026-06"), (Row((), 20),))), period="2026-Q2"),
        replace(release(), period="2026-W01", held_back=(HeldBack("identified-week", "2026-W01"),)),
    ),
    ("2026-09", "\x00"),
)


def test_what_is_not_published_is_listed_with_what_became_of_it() -> None:
    told = rows(not_published_csv(WITH_GAPS))
    assert told == [
        ["table", "period", "status"],
        ["identified-month", "2026-04", "added up in 2026-04+2026-06"],
        ["identified-month", "2026-05", "waits"],
        ["identified-month", "2026-06", "added up in 2026-04+2026-06"],
        ["identified-month", "2026-07", "waits"],
        ["identified-week", "2026-W01", "not published"],
        ["every table", "2026-09", "cannot be read"],
        ["every table", "unknown", "cannot be read"],
    ]
    explained = {row[2] for row in rows(dictionary_csv((), LABELS)) if row[:2] == ["value", "status"]}
    assert {row[2].partition(" in ")[0] for row in told[1:]} == {words.removesuffix(" in ...") for words in explained}


def test_the_workbook_tells_of_it_in_words() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(WITH_GAPS, LABELS, "LLR Carers Line")))
    sheet = book.get_sheet_by_name("Not published").to_python()
    assert sheet[3] == [
        "People the bot helped to see that they are carers, each month",
        "April 2026",
        "It came out added up: April 2026 and June 2026 together.",
    ]
    assert sheet[8][:2] == ["every table", "September 2026"]


def test_every_download_tells_of_a_release_that_cannot_be_read() -> None:
    told = "INCOMPLETE. The figures issued for September 2026 and an unknown period cannot be read just now."
    with zipfile.ZipFile(io.BytesIO(bundle(WITH_GAPS, LABELS))) as file:
        assert told in file.read("READ-ME-FIRST.txt").decode()
        assert "INCOMPLETE-identified-month.csv" in file.namelist()
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(WITH_GAPS, LABELS, "LLR Carers Line")))
    assert told in str(book.get_sheet_by_name("Read me first").to_python())
    assert str(book.get_sheet_by_name("Table 1").to_python()[0][0]).endswith("(INCOMPLETE)")
