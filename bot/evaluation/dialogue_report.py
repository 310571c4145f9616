"""Judged conversations → the report: what came out right, how long it took, where answers were misread."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from bot.evaluation.dialogues import FIELDS, Judged, expected
from bot.evaluation.report import Bar, Report, Section
from bot.evaluation.shares import Share, counted, percentile, share, whole
from bot.evaluation.transcripts import in_words
from conversations.identification import AGE_KINDS

TITLES = {
    "reached": "outcome reached",
    "carer": "carer or not",
    "kinds": "kinds, as a set",
    "area": "area",
    "hours": "hours",
    "reason_not": "reason not (of those who are no carers)",
    "exactly_right": "all of it exactly right",
    "under_18_as_adult": "under 18, treated as an adult",
    "dead_ends": "dead ends",
}
LENGTHS = {
    "median": "bot messages to the outcome, median",
    "90th percentile": "bot messages to the outcome, 90th percentile",
    "longest": "bot messages to the outcome, most",
    "median, nothing vague": "the same without the vague answer, median",
    "90th percentile, nothing vague": "the same without the vague answer, 90th percentile",
    "re-asks": "re-asks a conversation",
}
Group = dict[str, list[Judged]]


def dialogue_report(judged: Sequence[Judged], about: tuple[str, ...], most: int) -> Report:
    """The report, with the first `most` of the worst conversations."""
    draws = _by_draw(judged)
    who = _grouped(judged, _age_or_reason)
    sections = (
        _figures_section("Overall", draws),
        _lengths_section(draws),
        _figures_section("By who they are", who),
        _states(judged),
        _worst(judged, most),
        _dead_ends(judged),
        _as_adults(judged),
    )
    data = {
        "kind": "dialogues",
        "about": list(about),
        "figures": {name: _figures_data(group) for name, group in {**draws, **who}.items()},
        "lengths": {name: _lengths(group) for name, group in draws.items()},
        "conversations": [_data(one) for one in judged],
    }
    return Report("Whether the self-check recognises people", about, sections, data)


def _by_draw(judged: Sequence[Judged]) -> Group:
    first = [one for one in judged if one.conversation.draw == 0]
    others = [one for one in judged if one.conversation.draw != 0]
    groups = {"all": list(judged), "first variants": first, "random variants": others}
    channels = _grouped(judged, lambda one: one.conversation.persona.channel.value)
    return {name: group for name, group in {**groups, **channels}.items() if group}


def _grouped(judged: Sequence[Judged], name_of: Callable[[Judged], str]) -> Group:
    groups: Group = defaultdict(list)
    for one in judged:
        groups[name_of(one)].append(one)
    return {name: groups[name] for name in sorted(groups)}


def _age_or_reason(one: Judged) -> str:
    wanted = one.conversation.persona.expected
    return (
        wanted.reason_not.value if wanted.reason_not else "+".join(sorted(wanted.kinds & AGE_KINDS)) or "age not told"
    )


def figures(judged: Sequence[Judged]) -> dict[str, Share]:
    """Every figure of TITLES. A field is right only where an outcome was reached."""
    not_carers = [one for one in judged if not one.conversation.persona.expected.carer]
    return {
        "reached": share(judged, lambda one: one.reached),
        **{field: _right(not_carers if field == "reason_not" else judged, field) for field in FIELDS},
        "exactly_right": share(judged, lambda one: one.exactly_right),
        "under_18_as_adult": share([one for one in judged if one.under_18], lambda one: bool(one.as_adult)),
        "dead_ends": share(judged, lambda one: not one.reached),
    }


def _right(judged: Sequence[Judged], field: str) -> Share:
    return share(judged, lambda one: field in one.right)


def _figures_data(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    return {name: part.as_data() for name, part in figures(judged).items()}


def _lengths(judged: Sequence[Judged]) -> dict[str, float | None]:
    reached = [one.conversation.bot_messages for one in judged if one.reached]
    plainly = [one.conversation.plain_messages for one in judged if one.conversation.plain_messages is not None]
    re_asks = sum(one.conversation.re_asks for one in judged)
    return {
        "median": percentile(reached, 0.5),
        "90th percentile": percentile(reached, 0.9),
        "longest": max(reached, default=None),
        "median, nothing vague": percentile(plainly, 0.5),
        "90th percentile, nothing vague": percentile(plainly, 0.9),
        "re-asks": round(re_asks / len(judged), 2) if judged else None,
    }


def _figures_section(title: str, groups: Group) -> Section:
    found = {name: figures(group) for name, group in groups.items()}
    counts = ("conversations", *(str(len(group)) for group in groups.values()))
    shares = (
        (label, *(part[name].in_full() if part[name].of else "-" for part in found.values()))
        for name, label in TITLES.items()
    )
    first = next(iter(found.values()), {})
    bars = tuple(Bar(TITLES[name], part) for name, part in first.items()) if title == "Overall" else ()
    return Section(title, ("figure", *groups), (counts, *shares), bars=bars)


def _lengths_section(groups: Group) -> Section:
    found = {name: _lengths(group) for name, group in groups.items()}
    rows = tuple((label, *(whole(part[name]) for part in found.values())) for name, label in LENGTHS.items())
    return Section("How long it takes", ("figure", *groups), rows)


def _states(judged: Sequence[Judged]) -> Section:
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for one in judged:
        for wrong in one.wrong:
            key = wrong.state, wrong.field
            counts[key] += 1
            said = f'"{wrong.said}" gave {wrong.got}, should be {wrong.expected}'
            examples.setdefault(key, f"{one.conversation.persona.id}: {said}")
    rows = tuple((state, field, str(count), examples[state, field]) for (state, field), count in counts.most_common())
    note = "The state whose answer was misread, for everything that came out wrong."
    return Section("Where it went wrong", ("state", "wrong", "times", "for example"), rows, note)


def _worst(judged: Sequence[Judged], most: int) -> Section:
    failed = sorted((one for one in judged if one.wrong or one.as_adult), key=_badness)
    rows = tuple((*_name(one), "; ".join(_complaints(one))) for one in failed[:most])
    note = f"Not exactly right: {counted(len(failed), 'conversation')}." if failed else ""
    return Section("The worst conversations", ("id", "draw", "who", "what is wrong"), rows, note)


def _badness(one: Judged) -> tuple[bool, bool, int, str, int]:
    persona = one.conversation.persona
    wrong_who = expected(persona, "carer") != (one.conversation.outcome is not None and one.conversation.outcome.carer)
    return not one.as_adult, not wrong_who, -len(one.wrong), persona.id, one.conversation.draw


def _complaints(one: Judged) -> list[str]:
    return [*(f"under 18, treated as an adult: {how}" for how in one.as_adult), *(in_words(w) for w in one.wrong)]


def _dead_ends(judged: Sequence[Judged]) -> Section:
    rows = []
    for one in judged:
        if not one.reached:
            last = one.conversation.exchanges[-1]
            rows.append((*_name(one), last.state, last.message.text))
    columns = ("id", "draw", "who", "last state", "last message")
    return Section("Dead ends", columns, tuple(rows), "No outcome, however long they went on." if rows else "")


def _as_adults(judged: Sequence[Judged]) -> Section:
    rows = tuple((*_name(one), how) for one in judged for how in one.as_adult)
    return Section("Under 18, treated as an adult", ("id", "draw", "who", "how"), rows)


def _name(one: Judged) -> tuple[str, str, str]:
    return one.conversation.persona.id, str(one.conversation.draw), one.conversation.persona.persona


def _data(one: Judged) -> dict[str, Any]:
    outcome = one.conversation.outcome
    return {
        "id": one.conversation.persona.id,
        "draw": one.conversation.draw,
        "outcome": outcome.as_data() if outcome else None,
        "wrong": [vars(wrong) for wrong in one.wrong],
        "under_18_as_adult": list(one.as_adult),
        "bot_messages": one.conversation.bot_messages,
        "re_asks": one.conversation.re_asks,
    }
