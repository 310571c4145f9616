"""The report as a web page: it stands alone, and everything drawn is also written."""

import re
from html.parser import HTMLParser

from bot.evaluation.bars import as_svg
from bot.evaluation.page import as_page
from bot.evaluation.report import Bar, Report, Section
from bot.evaluation.shares import Share, counted, percentile, share, whole
from bot.evaluation.table import LONGEST_CELL, as_text
from bot.others_words import one_line

REPORT = Report(
    title="Right & wrong",
    about=("2 lines of <lines>.",),
    sections=(
        Section(
            "By style",
            ("style", "right"),
            (("plain", "50.0%"), ("<b>teen</b>", "-")),
            note="So & so.",
            bars=(Bar("plain", Share(1, 2)), Bar("<b>teen</b>", Share(0, 0))),
        ),
        Section("The worst", ("text",), ()),
    ),
    data={},
)


class Tags(HTMLParser):
    """Which tags open, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone() -> None:
    page = as_page(REPORT)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert re.findall(r"(?:src|href)=\"([^\"]+)\"", page) == ["#s0", "#s1"]
    assert "url(" not in page
    assert "@media print" in page


def test_beneath_each_chart_stands_its_table() -> None:
    page = as_page(REPORT)
    assert page.count("<svg") == 1
    assert page.index("</svg>") < page.index("<table>")
    assert "<p>None.</p>" in page


def test_others_words_are_escaped() -> None:
    page = as_page(REPORT)
    assert "<b>" not in page
    assert "<lines>" not in page
    assert "&lt;b&gt;teen&lt;/b&gt;" in page
    assert "<h1>Right &amp; wrong</h1>" in page


def test_the_whole_chart() -> None:
    assert as_svg("By style", (Bar("plain", Share(1, 2)),)) == (
        '<svg class="chart" role="img" viewBox="0 0 320 38" xmlns="http://www.w3.org/2000/svg">'
        "<title>By style: the table below has the same figures</title>"
        '<text x="0" y="12">plain</text><text x="320" y="12" text-anchor="end">50.0%</text>'
        '<rect class="whole" x="0" y="16" width="320" height="12"/>'
        '<rect class="part" x="0" y="16" width="160.0" height="12"/></svg>'
    )


def test_the_whole_table() -> None:
    assert as_text(REPORT) == (
        "Right & wrong\n=============\n2 lines of <lines>.\n\n"
        "By style\n--------\nSo & so.\nstyle        right\nplain        50.0%\n<b>teen</b>      -\n\n"
        "The worst\n---------\nNone."
    )


def test_a_cell_is_one_line_and_gives_no_commands() -> None:
    assert one_line("a\n b\x1b[31m\u202e c", LONGEST_CELL) == "a b [31m c"
    assert one_line("x" * 1000, 5) == "xxxx…"


def test_shares_and_percentiles() -> None:
    assert (str(Share(1, 3)), Share(1, 3).in_full(), str(Share(0, 0)), Share(0, 0).value) == (
        "33.3%", "33.3% (1 of 3)", "-", None,
    )  # fmt: skip
    assert share([1, 2, 3], lambda number: number > 1) == Share(2, 3)
    assert [percentile([4, 1, 3, 2], part) for part in (0, 0.5, 0.9, 1)] == [1, 2, 4, 4]
    assert percentile([], 0.5) is None
    assert (whole(None), whole(7), whole(0.25)) == ("-", "7", "0.25")
    assert (counted(1, "line"), counted(2, "line")) == ("1 line", "2 lines")
