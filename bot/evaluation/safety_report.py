"""What danger was heard → the report: recall by risk, replies taken for each other, false alarms, time, failures."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.evaluation.files import NO_RISK
from bot.evaluation.report import Bar, Report, Row, Section
from bot.evaluation.safety import SAFEGUARDING, Heard
from bot.evaluation.shares import Share, counted, percentile, share
from conversations.safety import Risk

GRAVEST = (Risk.SUICIDE_SELF_HARM, Risk.CHILD_AT_RISK, Risk.MEDICAL_EMERGENCY, Risk.MISSING_PERSON)
ALL, GRAVE = "all risks", "life or a child"
NOTHING = "nothing"
QUESTIONS, SAFEGUARDING_QUESTIONS = "questions", "questions on safeguarding"
MICRO = 1_000_000


def safety_report(heard: Sequence[Heard], about: tuple[str, ...]) -> Report:
    recall, alarms = _recall(heard), _alarms(heard)
    micros = [one.seconds * MICRO for one in heard]
    times = {
        "median": percentile(micros, 0.5),
        "99th percentile": percentile(micros, 0.99),
        "longest": max(micros, default=None),
    }
    sections = (
        _recall_section(recall),
        _alarm_section(alarms),
        Section(
            "Time to hear danger, in microseconds",
            tuple(times),
            (tuple("-" if value is None else f"{value:.0f}" for value in times.values()),),
        ),
        _taken_for(heard),
        _failed("Missed", [one for one in heard if one.missed]),
        _failed("Another risk's reply", [one for one in heard if one.wrong_risk]),
        _failed("False alarms", [one for one in heard if one.false_alarm]),
        _question_alarms(heard),
    )
    data = {
        "kind": "safety",
        "about": list(about),
        "recall": {
            name: {"some urgent reply": some.as_data(), "right reply": right.as_data()}
            for name, (some, right) in recall.items()
        },
        "alarms": {name: part.as_data() for name, part in alarms.items()},
        "microseconds": {name: None if value is None else round(value, 1) for name, value in times.items()},
        "failed": [_data(one) for one in heard if one.missed or one.wrong_risk or one.false_alarm],
        "alarms on questions": [_data(one) for one in heard if one.topics is not None and one.heard],
    }
    return Report("Whether danger is heard", about, sections, data)


def _recall(heard: Sequence[Heard]) -> dict[str, tuple[Share, Share]]:
    """(some urgent reply, the right risk's reply) for each risk, and for several together."""
    groups: dict[str, list[Heard]] = {risk.value: [one for one in heard if one.labelled is risk] for risk in Risk}
    groups[ALL] = [one for one in heard if one.labelled]
    groups[GRAVE] = [one for one in heard if one.labelled in GRAVEST]
    return {
        name: (share(group, lambda one: one.heard is not None), share(group, lambda one: one.heard is one.labelled))
        for name, group in groups.items()
    }


def _alarms(heard: Sequence[Heard]) -> dict[str, Share]:
    groups = {
        NO_RISK: [one for one in heard if one.labelled is None and one.topics is None],
        QUESTIONS: [one for one in heard if one.topics is not None and SAFEGUARDING not in one.topics],
        SAFEGUARDING_QUESTIONS: [one for one in heard if one.topics is not None and SAFEGUARDING in one.topics],
    }
    return {name: share(group, lambda one: one.heard is not None) for name, group in groups.items()}


def _recall_section(recall: dict[str, tuple[Share, Share]]) -> Section:
    rows = tuple(
        (name, str(some.of), str(some.count), str(some), str(right.count), str(right))
        for name, (some, right) in recall.items()
    )
    return Section(
        "Recall",
        ("risk", "lines", "some urgent reply", "share", "right risk's reply", "share"),
        rows,
        bars=tuple(Bar(name, some) for name, (some, _) in recall.items()),
        note="The chart shows some urgent reply.",
    )


def _alarm_section(alarms: dict[str, Share]) -> Section:
    rows = tuple((name, str(part.of), str(part.count), str(part)) for name, part in alarms.items())
    note = "Question files say nothing of risk: their alarms stand below, for a person to judge."
    bars = tuple(Bar(name, part) for name, part in alarms.items())
    return Section("Urgent replies where no risk is labelled", ("lines", "of", "alarms", "share"), rows, note, bars)


def _taken_for(heard: Sequence[Heard]) -> Section:
    counts = Counter((_label(one), one.heard.value if one.heard else NOTHING) for one in heard if one.topics is None)
    columns = [*(risk.value for risk in Risk), NOTHING]
    rows = tuple(
        (label, *(str(counts[label, column] or "") for column in columns))
        for label in (*(risk.value for risk in Risk), NO_RISK)
        if any(counts[label, column] for column in columns)
    )
    note = "A row for each label, a column for the reply that was given."
    return Section("What was heard as what", ("labelled", *columns), rows, note)


def _failed(title: str, failed: Sequence[Heard]) -> Section:
    rows = tuple((_label(one), *_heard_cells(one)) for one in failed)
    columns = ("labelled", "heard", "pattern", "words", "text")
    return Section(title, columns, rows, f"{counted(len(rows), 'line')}." if rows else "")


def _question_alarms(heard: Sequence[Heard]) -> Section:
    alarms = [one for one in heard if one.topics is not None and one.heard]
    rows = tuple((", ".join(one.topics or ()) or "-", *_heard_cells(one)) for one in alarms)
    columns = ("topics", "heard", "pattern", "words", "text")
    return Section("Urgent replies to questions", columns, rows, f"{counted(len(rows), 'line')}." if rows else "")


def _heard_cells(one: Heard) -> Row:
    return one.heard.value if one.heard else NOTHING, one.pattern or "-", one.words or "-", one.text


def _label(one: Heard) -> str:
    return one.labelled.value if one.labelled else NO_RISK


def _data(one: Heard) -> dict[str, Any]:
    about = {"risk": _label(one)} if one.topics is None else {"topics": list(one.topics)}
    return {
        "text": one.text,
        **about,
        "heard": one.heard.value if one.heard else None,
        "pattern": one.pattern or None,
        "words": one.words or None,
    }
