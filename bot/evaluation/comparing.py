"""What an edit did: the same lines before and after, figure by figure and line by line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.evaluation.figures import TITLES, figures, figures_by
from bot.evaluation.questions import Played, Verdict
from bot.evaluation.report import Report, Row, Section
from bot.evaluation.shares import Share, counted
from knowledge.errors import ContentError, Fault

LEVELS = (Verdict.WRONG, Verdict.PARTLY, Verdict.RIGHT)
Count = Annotated[int, Field(ge=0)]


class ShareBefore(BaseModel):
    model_config = ConfigDict(frozen=True)

    count: Count
    of: Count

    def share(self) -> Share:
        return Share(self.count, self.of)


class FiguresBefore(BaseModel):
    model_config = ConfigDict(frozen=True)

    overall: Mapping[str, ShareBefore]
    by_style: Mapping[str, Mapping[str, ShareBefore]] = Field(alias="by style")


class LineBefore(BaseModel):
    model_config = ConfigDict(frozen=True)

    text: str
    got: str
    found: tuple[str, ...]
    verdict: Verdict


class Baseline(BaseModel):
    """An earlier report on questions, as `--format json` wrote it."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["questions"]
    figures: FiguresBefore
    lines: tuple[LineBefore, ...]


def read_baseline(path: Path) -> Baseline:
    """Raises ContentError if the file is no such report."""
    remedy = "Use a file written by `carers-bot evaluate FILE --format json --output BASELINE.json`."
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ContentError((Fault(str(path), "file", f"It cannot be read: {error.strerror}.", remedy),)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "file"
        problem = f"This is no report on questions: {first['msg']}."
        raise ContentError((Fault(str(path), field, problem, remedy),)) from None


def compared(report: Report, played: Sequence[Played], before: Baseline) -> Report:
    """The report with what has changed since `before` at its head."""
    old = {line.text: line for line in before.lines}
    both = [(old[one.line.text], one) for one in played if one.line.text in old]
    gone = len(old.keys() - {one.line.text for one in played})
    better = tuple(_changed_row(was, one) for was, one in both if _level(one.verdict) > _level(was.verdict))
    worse = tuple(_changed_row(was, one) for was, one in both if _level(one.verdict) < _level(was.verdict))
    columns = ("before", "now", "asked", "found before", "found now", "text")
    sections = (
        _side_by_side(played, before),
        Section("Became wrong, or less right", columns, worse, f"{counted(len(worse), 'line')}."),
        Section("Became right, or more so", columns, better, f"{counted(len(better), 'line')}."),
    )
    about = f"Compared line by line: {len(both)}. Only now: {len(played) - len(both)}. Only before: {gone}."
    changes = {
        "better": [dict(zip(columns, row, strict=True)) for row in better],
        "worse": [dict(zip(columns, row, strict=True)) for row in worse],
    }
    return Report(
        report.title, (*report.about, about), (*sections, *report.sections), {**report.data, "changes": changes}
    )


def _level(verdict: Verdict) -> int:
    return LEVELS.index(verdict)


def _side_by_side(played: Sequence[Played], before: Baseline) -> Section:
    now = figures(played)
    rows = [
        _row(TITLES[name], before.figures.overall[name].share(), now[name])
        for name in now
        if name in before.figures.overall
    ]
    for style, found in figures_by(played, lambda one: one.line.style).items():
        was = before.figures.by_style.get(style, {}).get("right_first")
        if was is not None:
            rows.append(_row(f"right first, {style}", was.share(), found["right_first"]))
    return Section("Before and now", ("figure", "before", "now", "points"), tuple(rows))


def _row(title: str, was: Share, now: Share) -> Row:
    if was.value is None or now.value is None:
        return title, str(was), str(now), "-"
    return title, str(was), str(now), f"{100 * (now.value - was.value):+.1f}"


def _changed_row(was: LineBefore, one: Played) -> Row:
    return (
        f"{was.verdict.value} ({was.got})",
        f"{one.verdict.value} ({one.got.value})",
        ", ".join(one.line.topics) or "-",
        ", ".join(was.found) or "-",
        ", ".join(one.topics) or "-",
        one.line.text,
    )
