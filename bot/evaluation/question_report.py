"""Played questions → the report: overall, by style, by topic, what was taken for what, and the worst."""

from collections.abc import Sequence
from typing import Any

from bot.evaluation.figures import TITLES, Figures, confusions, figures, figures_by, worst
from bot.evaluation.questions import Played
from bot.evaluation.report import Bar, Report, Row, Section
from bot.evaluation.shares import counted

KIND = "questions"
IN_SCOPE = (
    "right_first", "right_in_three", "answered", "right_among_answered", "answered_right_or_offered", "told_nothing",
)  # fmt: skip
OUT_OF_SCOPE = ("not_covered_answered", "not_covered_offered", "not_covered_told_nothing", "smalltalk_recognised")


def question_report(played: Sequence[Played], about: tuple[str, ...], most: int) -> Report:
    """The report, with the first `most` of the worst lines and of the pairs of topics."""
    overall, alone = figures(played), figures([one.by_matcher_alone() for one in played])
    styles = figures_by(played, lambda one: one.line.style)
    topics = figures_by([one for one in played if one.line.covered], lambda one: one.line.topics[0])
    sections = (
        _overall(overall, alone),
        _covered("By style", "style", styles),
        _not_covered(styles),
        _covered("By topic, worst first", "topic", _worst_first(topics)),
        _confusions(played, most),
        _worst(played, most),
        _urgent(played),
    )
    data = {
        "kind": KIND,
        "about": list(about),
        "figures": {
            "overall": _figures_data(overall),
            "matcher alone": _figures_data(alone),
            "by style": {style: _figures_data(found) for style, found in styles.items()},
            "by topic": {topic: _figures_data(found) for topic, found in topics.items()},
        },
        "confusions": [vars(pair) for pair in confusions(played)],
        "lines": [line_data(one) for one in played],
    }
    return Report("What people get for their questions", about, sections, data)


def line_data(one: Played) -> dict[str, Any]:
    """A line as it stands in the JSON report."""
    return {
        "text": one.line.text,
        "topics": list(one.line.topics),
        "style": one.line.style,
        "got": one.got.value,
        "found": list(one.topics),
        "confidence": None if one.confidence is None else round(one.confidence, 3),
        "urgent": one.urgent or None,
        "verdict": one.verdict.value,
    }


def _figures_data(found: Figures) -> dict[str, dict[str, int]]:
    return {name: part.as_data() for name, part in found.items()}


def _overall(overall: Figures, alone: Figures) -> Section:
    rows = tuple(
        (TITLES[name], str(part), f"{part.count} of {part.of}", "" if name in ENGINE_ONLY else str(alone[name]))
        for name, part in overall.items()
    )
    return Section(
        "Overall",
        ("figure", "share", "lines", "matcher alone"),
        rows,
        note="A line that danger spoke first to is judged by what the matcher would have said.",
        bars=tuple(Bar(TITLES[name], part) for name, part in overall.items()),
    )


ENGINE_ONLY = {"asked_the_check", "urgent", "not_covered_other", "smalltalk_recognised"}


def _covered(title: str, name: str, groups: dict[str, Figures]) -> Section:
    groups = {group: found for group, found in groups.items() if found["right_first"].of}
    rows = tuple(
        (group, str(found["right_first"].of), *(str(found[figure]) for figure in IN_SCOPE))
        for group, found in groups.items()
    )
    return Section(
        title,
        (name, "lines", *(TITLES[figure] for figure in IN_SCOPE)),
        rows,
        note="Lines that have a topic. The chart shows right first.",
        bars=tuple(Bar(group, found["right_first"]) for group, found in groups.items()),
    )


def _not_covered(styles: dict[str, Figures]) -> Section:
    rows = tuple(
        (style, *(_of(found, name) for name in OUT_OF_SCOPE))
        for style, found in styles.items()
        if any(found[name].of for name in OUT_OF_SCOPE)
    )
    return Section("Not covered, and small talk, by style", ("style", *(TITLES[name] for name in OUT_OF_SCOPE)), rows)


def _of(found: Figures, name: str) -> str:
    return f"{found[name].count} of {found[name].of}"


def _worst_first(groups: dict[str, Figures]) -> dict[str, Figures]:
    return dict(sorted(groups.items(), key=lambda item: (item[1]["right_first"].value or 0, item[0])))


def _confusions(played: Sequence[Played], most: int) -> Section:
    pairs = confusions(played)
    rows = tuple((c.asked, c.came_first, str(c.answered), str(c.offered)) for c in pairs[:most])
    note = f"{counted(len(pairs), 'pair')} in all. Answered: outright. Offered: as the first choice."
    return Section("Asked → came first", ("asked", "came first", "answered", "offered"), rows, note)


def _worst(played: Sequence[Played], most: int) -> Section:
    failed = worst(played)
    note = f"{counted(len(failed), 'line')} failed. The most confident mistakes come first."
    columns = ("what went wrong", "confidence", "asked", "found", "style", "text")
    return Section("The worst", columns, tuple(_worst_row(kind, one) for kind, one in failed[:most]), note)


def _worst_row(kind: str, one: Played) -> Row:
    sure = f"{one.confidence:.2f}" if one.confidence is not None and "answered" in kind else "-"
    return kind, sure, ", ".join(one.line.topics) or "-", ", ".join(one.topics) or "-", one.line.style, one.line.text


def _urgent(played: Sequence[Played]) -> Section:
    rows = tuple(
        (one.urgent, ", ".join(one.line.topics) or "-", one.verdict.value, one.line.text)
        for one in played
        if one.urgent
    )
    return Section(
        "Danger spoke first",
        ("urgent reply", "asked", "matcher alone", "text"),
        rows,
        note="These people got an urgent reply. Whether that was right is for `--safety` to say.",
    )
