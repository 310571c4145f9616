"""Figures of others, beside ours: each with its source and date, and never one that is hardly sure."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "context.toml"
SHOWN = frozenset({"high", "medium"})


@dataclass(frozen=True)
class Figure:
    """`beside` names the section that it stands in; `of` tells its date."""

    id: str
    beside: str
    text: str
    source: str
    of: str
    confidence: str


def load_context(path: Path = FILE) -> tuple[Figure, ...]:
    """The figures that may be shown. Raises TypeError for one that lacks its source or date."""
    figures = (Figure(**given) for given in tomllib.loads(path.read_text(encoding="utf-8"))["figures"])
    return tuple(figure for figure in figures if figure.confidence in SHOWN)
