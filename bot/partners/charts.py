"""Charts as SVG, drawn on the server by Vega-Lite. No meaning by colour alone, and no height for a small count.

A count under ten is hidden in the words "fewer than 10", so it must not be read off a picture either: it is a hatched
square of one size, with the words beside it.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import vl_convert

from bot.partners.blocks import Bar, Chart

INK, BAR = "#212b32", "#005eb8"
WIDTH, WIDE = 400, 760  # units of the drawing; the page scales them
ROW = 52
COLUMN_HEIGHT = 220
THICKEST = 44  # column, when there are few
NARROW_COLUMNS = 6  # along time on a narrow screen
KEPT = 4096  # drawings kept: those of three years, several times over
SIZE = re.compile(r'viewBox="0 0 (\S+) (\S+)"')
ROLES = re.compile(r' (?:role|aria-[a-z]+|class)="[^"]*"')

Spec = dict[str, Any]


def drawings(chart: Chart) -> tuple[str, ...]:
    """The SVGs of a chart: one, or over time two, the wide and the narrow one, of which the page shows one."""
    if not chart.over_time:
        return (_drawn(chart.title, chart.bars, 0),)
    return _drawn(chart.title, chart.bars, WIDE), _drawn(chart.title, chart.bars[-NARROW_COLUMNS:], WIDTH)


def in_words(title: str, bars: Sequence[Bar]) -> str:
    """The text alternative: every bar, as it is printed."""
    return f"{title}. " + "; ".join(f"{bar.label}: {bar.printed}" for bar in bars) + "."


@lru_cache(maxsize=KEPT)
def _drawn(title: str, bars: tuple[Bar, ...], width: int) -> str:
    """`width` 0 draws lying bars, any other standing columns. Drawn once: what is issued never changes."""
    spec = _columns(bars, width) if width else _lying(bars)
    svg = vl_convert.vegalite_to_svg({**spec, "config": _config()})
    size = "wide" if width == WIDE else "narrow" if width else "any"
    return _as_picture(svg, in_words(title, bars), size)


def _lying(bars: tuple[Bar, ...]) -> Spec:
    at = {"field": "at", "type": "ordinal", "axis": None}
    size = {"field": "count", "type": "quantitative", "axis": None, "scale": {"domain": [0, _top(bars)]}}
    start = {"value": 0}
    return {
        "width": WIDTH - 70,
        "height": {"step": ROW},
        "data": {"values": _rows(bars)},
        "encoding": {"y": at},
        "layer": [
            {"mark": _text("left", dy=-15), "encoding": {"x": start, "text": {"field": "label"}}},
            {**_only("datum.known"), "mark": {"type": "bar", "height": 20, "yOffset": 9}, "encoding": {"x": size}},
            {**_only("datum.known"), "mark": _text("left", dx=7, dy=10, bold=True),
             "encoding": {"x": size, "text": {"field": "printed"}}},
            {**_only("datum.small"), "mark": _mark(dx=10, dy=9), "encoding": {"x": start}},
            {**_only("!datum.known"), "mark": _text("left", dx=27, dy=10),
             "encoding": {"x": start, "text": {"field": "printed"}}},
        ],
    }  # fmt: skip


def _columns(bars: tuple[Bar, ...], width: int) -> Spec:
    axis = {"labelAngle": 0, "title": None, "ticks": False, "domainColor": INK, "labelPadding": 8,
            "labelExpr": f"{[bar.label.split(' ') for bar in bars]!r}[datum.value]"}  # fmt: skip
    at = {"field": "at", "type": "ordinal", "axis": axis, "scale": {"paddingInner": 0.35, "paddingOuter": 0.2}}
    size = {"field": "count", "type": "quantitative", "axis": None, "scale": {"domain": [0, _top(bars)]}}
    ground = {"value": COLUMN_HEIGHT}
    return {
        "width": width - 20,
        "height": COLUMN_HEIGHT,
        "data": {"values": _rows(bars)},
        "encoding": {"x": at},
        "layer": [
            {**_only("datum.known"), "mark": {"type": "bar", "width": min(THICKEST, round(0.65 * width / len(bars)))},
             "encoding": {"y": size}},
            {**_only("datum.known"), "mark": _text("center", dy=-10, bold=True),
             "encoding": {"y": size, "text": {"field": "printed"}}},
            {**_only("datum.small"), "mark": _mark(dy=-10), "encoding": {"y": ground}},
            {**_only("!datum.known"), "mark": {**_text("left", dx=26), "angle": 270},
             "encoding": {"y": ground, "text": {"field": "printed"}}},
        ],
    }  # fmt: skip


def _rows(bars: tuple[Bar, ...]) -> list[dict[str, object]]:
    return [
        {
            "at": at,
            "label": bar.label,
            "count": bar.count or 0,
            "printed": bar.printed,
            "known": not bar.missing and bar.count is not None,
            "small": not bar.missing and bar.count is None,
        }
        for at, bar in enumerate(bars)
    ]


def _top(bars: tuple[Bar, ...]) -> int:
    """The end of the scale. 10 at the least, so that one small column is not as high as the drawing."""
    return max((bar.count or 0 for bar in bars), default=0) or 10


def _only(condition: str) -> Spec:
    return {"transform": [{"filter": condition}]}


def _text(align: str, dx: int = 0, dy: int = 0, *, bold: bool = False) -> Spec:
    return {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "dx": dx,
        "dy": dy,
        "fontWeight": 700 if bold else 400,
    }


def _mark(dx: int = 0, dy: int = 0) -> Spec:
    """The hatched square of a small count: of one size, whatever the count is."""
    return {"type": "point", "shape": "square", "filled": True, "size": 400, "opacity": 1, "xOffset": dx, "yOffset": dy,
            "fill": "url(#small)", "stroke": INK, "strokeWidth": 1}  # fmt: skip


def _config() -> Spec:
    return {
        "font": "inherit",
        "background": None,
        "view": {"stroke": None},
        "bar": {"fill": BAR},
        "text": {"fontSize": 16, "fill": INK},
        "axis": {"labelFontSize": 14, "labelColor": INK, "labelLimit": 400},
        "padding": {"left": 0, "right": 6, "top": 6, "bottom": 6},
    }


def _as_picture(svg: str, words: str, size: str) -> str:
    """One picture with one text alternative, and a pattern of its own."""
    name = f"small-{hashlib.sha256(f'{words}{size}'.encode()).hexdigest()[:12]}"
    pattern = (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="#fff"/><rect width="2.5" height="6" fill="{INK}"/></pattern></defs>'
    )
    head, _, body = ROLES.sub("", svg).partition(">")
    across, down = (round(float(side)) for side in SIZE.findall(head)[0])
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {size}" viewBox="0 0 {max(across, WIDTH)} {down}" '
        f'role="img" aria-label="{escape(words)}">'
    )
    return opening + pattern + body.replace("url(#small)", f"url(#{name})")
