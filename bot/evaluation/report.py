"""What every evaluation hands over: sections of tables, some with a chart, and the same as plain data for JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluation.shares import Share

Row = tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """One bar of a chart."""

    label: str
    share: Share


@dataclass(frozen=True)
class Section:
    """A table under a heading. Its bars, if any, are drawn above it."""

    title: str
    columns: Row
    rows: tuple[Row, ...]
    note: str = ""
    bars: tuple[Bar, ...] = ()
    none: str = "None."  # said where there are no rows


@dataclass(frozen=True)
class Report:
    """One evaluation. `about` says in a few lines what was measured; `data` is the whole of it for programs."""

    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    data: Mapping[str, Any]


def as_json(report: Report) -> str:
    return json.dumps(report.data, indent=1, ensure_ascii=False)
