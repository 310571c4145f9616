"""The figures of played questions: each a share of the lines that it speaks of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.evaluation.questions import Got, Played
from bot.evaluation.shares import Share, share

Name = TypeVar("Name", bound=str)
Figures = Mapping[str, Share]
NOT_COVERED = "(not covered)"

TITLES = {
    "right_first": "right first",
    "right_in_three": "right in three",
    "right_among_answered": "right when answered outright",
    "answered": "answered outright",
    "answered_right_or_offered": "answered right, or right one offered",
    "told_nothing": "told nothing",
    "asked_the_check": "asked the check's questions instead",
    "urgent": "urgent reply came first",
    "not_covered_answered": "not covered: answered outright",
    "not_covered_offered": "not covered: offered choices",
    "not_covered_told_nothing": "not covered: told nothing",
    "not_covered_other": "not covered: something else",
    "smalltalk_recognised": "small talk recognised",
}
"""Every figure by its name in JSON. Those without "not covered" or "small talk" are of the lines that have a topic."""


def figures(played: Sequence[Played]) -> Figures:
    """All figures of these lines."""
    covered = [one for one in played if one.line.covered]
    others = [one for one in played if not one.line.covered and not one.line.smalltalk]
    answered = [one for one in covered if one.got is Got.ANSWER]
    return {
        "right_first": share(covered, lambda one: one.first_right),
        "right_in_three": share(covered, lambda one: one.three_right),
        "right_among_answered": share(answered, lambda one: one.first_right),
        "answered": Share(len(answered), len(covered)),
        "answered_right_or_offered": share(
            covered, lambda one: one.answered_right or (one.got is Got.CHOICES and one.three_right)
        ),
        "told_nothing": share(covered, lambda one: one.got is Got.NOTHING),
        "asked_the_check": share(covered, lambda one: one.got is Got.CHECK),
        "urgent": share(covered, lambda one: bool(one.urgent)),
        "not_covered_answered": share(others, lambda one: one.got is Got.ANSWER),
        "not_covered_offered": share(others, lambda one: one.got is Got.CHOICES),
        "not_covered_told_nothing": share(others, lambda one: one.got is Got.NOTHING),
        "not_covered_other": share(others, lambda one: one.got not in {Got.ANSWER, Got.CHOICES, Got.NOTHING}),
        "smalltalk_recognised": share(
            [one for one in played if one.line.smalltalk], lambda one: one.got is Got.SMALLTALK
        ),
    }


def figures_by(played: Iterable[Played], name_of: Callable[[Played], Name]) -> dict[Name, Figures]:
    """The figures of each group, in the order of the groups' names."""
    groups: dict[Name, list[Played]] = defaultdict(list)
    for one in played:
        groups[name_of(one)].append(one)
    return {name: figures(groups[name]) for name in sorted(groups)}


@dataclass(frozen=True)
class Confusion:
    """How often a question on `asked` was met with `came_first`: outright, or as the first choice."""

    asked: str
    came_first: str
    answered: int
    offered: int


def confusions(played: Iterable[Played]) -> tuple[Confusion, ...]:
    """Every pair of topics taken for each other, the most frequent first; outright answers weigh first."""
    counts: Counter[tuple[str, str, Got]] = Counter()
    for one in played:
        if one.topics and not one.first_right:
            asked = one.line.topics[0] if one.line.topics else NOT_COVERED
            counts[asked, one.topics[0], one.got] += 1
    pairs = {(asked, came) for asked, came, _ in counts}
    found = [
        Confusion(asked, came, counts[asked, came, Got.ANSWER], counts[asked, came, Got.CHOICES])
        for asked, came in pairs
    ]
    return tuple(sorted(found, key=lambda c: (-c.answered - c.offered, -c.answered, c.asked, c.came_first)))


FAILURES = (
    "answered wrongly",
    "not covered, but answered",
    "told nothing",
    "asked the check's questions",
    "met with something else",
    "right one not offered",
    "small talk not recognised",
    "not covered, but offered choices",
)
"""What can go wrong with a line, worst first."""


def failure(one: Played) -> str | None:
    """Which of FAILURES this is, or None where the person was served."""
    if one.line.smalltalk:
        return None if one.got is Got.SMALLTALK else FAILURES[6]
    if not one.line.covered:
        return {Got.ANSWER: FAILURES[1], Got.CHOICES: FAILURES[7]}.get(one.got)
    if one.first_right or one.three_right:
        return None
    return {
        Got.ANSWER: FAILURES[0],
        Got.CHOICES: FAILURES[5],
        Got.NOTHING: FAILURES[2],
        Got.CHECK: FAILURES[3],
    }.get(one.got, FAILURES[4])


def worst(played: Iterable[Played]) -> tuple[tuple[str, Played], ...]:
    """(failure, line) of every line that failed: outright answers by confidence, then the others, worst kind first."""
    failed = [(kind, one) for one in played if (kind := failure(one)) is not None]
    answered = {FAILURES[0], FAILURES[1]}
    return tuple(
        sorted(
            failed,
            key=lambda row: (-(row[1].confidence or 0), 0) if row[0] in answered else (1, FAILURES.index(row[0])),
        )
    )
