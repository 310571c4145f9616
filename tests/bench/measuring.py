"""What every peer is measured by: right first, right in three, told apart from what is not covered, time a message."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.shares import Share, percentile, share

STYLES = ("teen", "esl", "plain")
WARM_UP = 20
THREE = 3


@dataclass(frozen=True)
class Labelled:
    """A message and every topic that answers it; no topic: not covered."""

    text: str
    topics: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True)
class Ranking:
    """Up to three topics, best first, and how sure the peer is of the first; None where it has no such number."""

    topics: tuple[str, ...]
    score: float | None


@dataclass(frozen=True)
class Peer:
    """`rank` is what is judged. `timed` does the same work, and is what is timed."""

    name: str
    rank: Callable[[str], Ranking]
    timed: Callable[[str], object]


@dataclass(frozen=True)
class Measured:
    """One row of the table. `told_apart` is the area under the curve of scores, covered against not covered."""

    name: str
    first: Share
    three: Share
    by_style: tuple[Share, ...]
    told_apart: float | None
    median: float
    far_end: float


def measure(peer: Peer, lines: Sequence[Labelled]) -> Measured:
    """Every line played once for what comes of it, and once more, one by one, for the time it takes."""
    covered = [line for line in lines if line.topics]
    rankings = {line.text: peer.rank(line.text) for line in lines}
    times = milliseconds(peer.timed, [line.text for line in lines])

    def right(line: Labelled, within: int) -> bool:
        return bool(set(rankings[line.text].topics[:within]) & set(line.topics))

    styled = [[line for line in covered if line.style == style] for style in STYLES]
    return Measured(
        name=peer.name,
        first=share(covered, lambda line: right(line, 1)),
        three=share(covered, lambda line: right(line, THREE)),
        by_style=tuple(share(group, lambda line: right(line, 1)) for group in styled),
        told_apart=area_under_curve(
            [rankings[line.text].score for line in covered],
            [rankings[line.text].score for line in lines if not line.topics],
        ),
        median=percentile(times, 0.5) or 0.0,
        far_end=percentile(times, 0.99) or 0.0,
    )


def milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """How long each text takes, after a few to warm up."""
    for text in texts[:WARM_UP]:
        work(text)
    times = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        times.append(1000 * (time.perf_counter() - start))
    return times


def area_under_curve(ours: Sequence[float | None], others: Sequence[float | None]) -> float | None:
    """How often one of ours scores above one of the others; a tie counts half. None without scores on both sides."""
    highs = [score for score in ours if score is not None]
    lows = [score for score in others if score is not None]
    if not highs or not lows:
        return None
    won = sum((high > low) + 0.5 * (high == low) for high in highs for low in lows)
    return won / (len(highs) * len(lows))


def as_table(rows: Sequence[Measured], fastest: float) -> str:
    """A Markdown table. `fastest`: the milliseconds that the ratio of times is to."""
    names = (
        "",
        "first",
        "in three",
        *(f"{style}, first" for style in STYLES),
        "told apart",
        "median ms",
        "p99 ms",
        "×",
    )
    body = [
        (
            row.name,
            str(row.first),
            str(row.three),
            *(str(style) for style in row.by_style),
            "-" if row.told_apart is None else f"{row.told_apart:.3f}",
            f"{row.median:.1f}",
            f"{row.far_end:.1f}",
            f"{row.median / fastest:.1f}",
        )
        for row in rows
    ]
    return markdown(names, body)


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table; every column but the first is of numbers."""
    rule = ["---", *["---:"] * (len(columns) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rule, *rows))


def put_into(page: Path, place: str, tables: str) -> None:
    """Write the tables between the page's marks of this name. Raises ValueError if it has none."""
    marked = re.compile(rf"(<!-- {place} -->\n).*(<!-- end of {place} -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not marked.search(text):
        raise ValueError(f"{page} has no place marked for {place}")
    page.write_text(marked.sub(lambda marks: f"{marks[1]}\n{tables}\n\n{marks[2]}", text), encoding="utf-8")
