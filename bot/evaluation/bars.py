"""A bar chart as SVG, drawn by hand: the label above its bar, so that it is read on a narrow screen too."""

from collections.abc import Sequence
from html import escape

from bot.evaluation.report import Bar

WIDTH, ROW, BAR, GAP = 320, 34, 12, 4  # in the drawing's own units, one a pixel on the narrowest screen
LABEL_SIZE = 12
SHORTEST = 1  # a bar of nothing still shows where it begins


def as_svg(title: str, bars: Sequence[Bar]) -> str:
    """The chart. Everything in it also stands in the table beneath, so it is one image to a screen reader."""
    height = ROW * len(bars) + GAP
    rows = "".join(_row(bar, at * ROW) for at, bar in enumerate(bars))
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}: the table below has the same figures</title>{rows}</svg>"
    )


def _row(bar: Bar, top: int) -> str:
    value = bar.share.value
    length = max(round((value or 0) * WIDTH, 1), SHORTEST)
    at = top + LABEL_SIZE + GAP
    return (
        f'<text x="0" y="{top + LABEL_SIZE}">{escape(bar.label)}</text>'
        f'<text x="{WIDTH}" y="{top + LABEL_SIZE}" text-anchor="end">{bar.share}</text>'
        f'<rect class="whole" x="0" y="{at}" width="{WIDTH}" height="{BAR}"/>'
        f'<rect class="part" x="0" y="{at}" width="{length}" height="{BAR}"/>'
    )
