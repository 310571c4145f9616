"""What is said of tables that were held back: what became of them, never why."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from bot.cells import Cell
from bot.partners.dashboard import dashboard, held_back, report
from bot.partners.disclosure.attacking import Gate, Verdict
from bot.partners.finding import Issued, months
from bot.partners.labels import load_labels
from bot.partners.models import HeldBack, PublishedTable, Release, Row
from bot.partners.periods import last_day
from bot.partners.releases import LOT, Publisher
from bot.partners.waiting import Absent, Fate, absent, every_absent, in_words
from tests.histories import LISTS
from tests.releases import CERTIFICATE, releases

LABELS = load_labels({})
TABLE = "identified-month-by-age"
HELD = (HeldBack(TABLE, "2026-04"),)
SUM = PublishedTable(TABLE, ("2026-04", "2026-06"), (Row(("young",), 20),))


def issued(period: str, *tables: PublishedTable, held: tuple[HeldBack, ...] = ()) -> Release:
    return Release(period, last_day(period), tables, held, CERTIFICATE)


@pytest.mark.parametrize(
    ("later", "unreadable", "fate", "words"),
    [
        ((), (), Fate.WAITS, "It waits, until the end of 2026 at the latest, and may come out added up with others"),
        ((issued("2026-Q2"),), (), Fate.WAITS, "It waits, until the end of 2026 at the latest"),
        ((issued("2026-Q2", SUM),), (), Fate.ADDED_UP, "It came out added up: April 2026 and June 2026 together."),
        ((issued("2026-Q2"), issued("2026-Q4", SUM)), (), Fate.ADDED_UP, "It came out added up: April 2026 and"),
        ((issued("2026-Q2"), issued("2026-Q4")), (), Fate.NEVER, "It is not published, and will not be."),
        ((issued("2026-Q4"),), ("2026-Q2",), Fate.UNREADABLE, "What became of it cannot be read just now."),
        ((), ("2026-Q1", "2025-Q4", "\x00"), Fate.WAITS, "It waits"),
    ],
)
def test_what_became_of_it(later: tuple[Release, ...], unreadable: tuple[str, ...], fate: Fate, words: str) -> None:
    found = absent(Issued((issued("2026-04", held=HELD), *later), unreadable), TABLE, "2026-04")
    assert found
    assert found.fate is fate
    assert in_words(found).startswith(words)


def test_a_quarter_held_back_at_the_end_of_the_year_waits_no_more() -> None:
    held = (HeldBack("identified-quarter-by-area-by-age", "2026-Q4"),)
    found = absent(Issued((issued("2026-Q4", held=held),)), held[0].table, "2026-Q4")
    assert found == Absent(held[0].table, "2026-Q4", Fate.NEVER)


def test_a_week_is_never_added_up() -> None:
    held = (HeldBack("identified-week", "2026-W20"),)
    found = absent(Issued((issued("2026-W20", held=held),)), "identified-week", "2026-W20")
    assert found == Absent("identified-week", "2026-W20", Fate.NEVER)
    assert in_words(found) == "It is not published. Weeks are not added up: months have tables of their own."


def test_what_is_published_is_not_absent() -> None:
    alone = PublishedTable(TABLE, ("2026-04",), (Row(("young",), 20),))
    assert absent(Issued((issued("2026-04", alone),)), TABLE, "2026-04") is None


class Often(Random):
    """Draws every third table, so that much waits."""

    def random(self) -> float:
        return LOT * 3 * super().random()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_said_stays_true(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is said to be published or not, at any time, holds ever after; in the end nothing waits."""
    monkeypatch.setattr(Gate, "attack", lambda *_, **__: Verdict())  # only the lot holds anything back, and quickly
    publisher, all_of_them = Publisher(LISTS, Often(seed)), list[Release]()
    first = {Cell("conversation_started-month", "2025-03", ()): 1, Cell("identified-week", "2025-W10", ()): 1}
    while release := publisher.next_release(first, all_of_them, datetime(2026, 7, 10, tzinfo=UTC)):
        all_of_them.append(release)
    at_last = {(one.table, one.period): one for one in every_absent(Issued(tuple(all_of_them)))}
    assert {one.fate for one in at_last.values()} == {Fate.ADDED_UP, Fate.WAITS, Fate.NEVER}
    over = {release.period[:4] for release in all_of_them if release.period.endswith("Q4")}
    for count in range(1, len(all_of_them)):
        for one in every_absent(Issued(tuple(all_of_them[:count]))):
            in_the_end = at_last[one.table, one.period]
            assert one.fate is Fate.WAITS or one == in_the_end
            assert in_the_end.fate is not Fate.WAITS or one.period[:4] not in over


def test_the_page_says_of_each_table_what_became_of_it() -> None:
    held = (*HELD, HeldBack("identified-month-by-area", "2026-04"))
    april, june = issued("2026-04", held=held), issued("2026-06")
    found = held_back(Issued((april, june, issued("2026-Q2", SUM))), "2026-04", LABELS)
    assert found == {
        "It came out added up: April 2026 and June 2026 together.": [(LABELS.table(TABLE), "April 2026")],
        "It waits, until the end of 2026 at the latest, and may come out added up with others that wait.": [
            (LABELS.table("identified-month-by-area"), "April 2026")
        ],
    }


def test_neither_page_nor_report_says_why() -> None:
    """Held back by the gate and by lot look the same: the page may not tell which, and the report names the table."""
    every = tuple(replace(r, tables=(), held_back=tuple(HeldBack(t.table, r.period) for t in r.tables)) for r in
                  releases(months=2))  # fmt: skip
    made = Issued(every)
    month = months(made)[0]
    page, paper = dashboard(made, month, LABELS, ()), report(made, month, LABELS, (), "LLR Carers Line")
    assert "which of the two is kept nowhere" in page
    assert "This table was held back for October 2026." in page
    assert "<strong>Carers found, by council area, October 2026.</strong> This table was held back" in paper
