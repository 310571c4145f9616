"""After the check: what is recognised in the person, the one next step that fits them most, and what else may help."""

from collections.abc import Callable, Mapping

from conversations.identification import Kind, Outcome, ReasonNot
from conversations.models import Choice
from conversations.slots import Answers, HoursBand, Parting, Reason, Work
from conversations.turns import Turn, numbered

MANY_HOURS = {HoursBand.FROM_35, HoursBand.FROM_50}  # Carer's Allowance asks for 35 hours a week
REASON_TOPICS = {
    Reason.DEMENTIA: "dementia",
    Reason.MENTAL_HEALTH: "mental-health",
    Reason.DRINK_OR_DRUGS: "substance-misuse",
    Reason.LEARNING_OR_AUTISM: "learning-disability-autism",
    Reason.END_OF_LIFE: "end-of-life",
}
CARING_ENDS = "caring-ends"
NOT_NOW_TOPICS = {
    ReasonNot.PAID_WORKER: "what-is-a-carer",
    ReasonNot.PROFESSIONAL: "local-carers-service",
    ReasonNot.CARED_FOR: "help-at-home",
    ReasonNot.ORDINARY_PARENTING: "benefits-advice",
    ReasonNot.NOT_LOOKING_AFTER: "what-is-a-carer",
}


def _caring_has_ended(outcome: Outcome) -> bool:
    return Kind.FORMER in outcome.kinds and outcome.hours is HoursBand.UNKNOWN


def _may_claim(outcome: Outcome, answers: Answers) -> bool:
    return outcome.hours in MANY_HOURS and not answers.claims_allowance and Kind.OLDER not in outcome.kinds


# The topic of the one next step, and for which carers. The first that fits: the order is that of need, not of the
# questions.
STEPS: Mapping[str, Callable[[Outcome, Answers], bool]] = {
    CARING_ENDS: lambda outcome, _: _caring_has_ended(outcome),
    "young-carers-support": lambda outcome, _: Kind.YOUNG in outcome.kinds,
    "breaks-and-respite": lambda _, answers: answers.breaking_down,
    "parent-carers": lambda outcome, _: Kind.PARENT in outcome.kinds,
    "carers-allowance": _may_claim,
    "working-carers": lambda _, answers: answers.work is Work.WORKING,
    "local-carers-service": lambda _outcome, _answers: True,
}


def next_topic(outcome: Outcome, answers: Answers) -> str:
    """The topic of the one next step."""
    if outcome.reason_not is not None:
        return NOT_NOW_TOPICS[outcome.reason_not]
    return next(topic for topic, fits in STEPS.items() if fits(outcome, answers))


def worth_a_look(outcome: Outcome, answers: Answers) -> tuple[str, ...]:
    """Up to four further topics, in order of their worth to this person."""
    kinds = outcome.kinds
    if Kind.YOUNG in kinds:
        wanted = ["time-off-young-carers", "young-carers-school", "young-carers-assessment", "emotional-support"]
    elif Kind.FORMER in kinds:
        wanted = ["emotional-support", "benefits-advice", "back-to-work", "own-health"]
    elif Kind.OLDER in kinds:
        wanted = ["carers-assessment", "attendance-allowance", "pension-credit", "emergency-plan"]
    else:
        wanted = ["carers-assessment", "benefits-advice", "breaks-and-respite", "emotional-support"]
    if outcome.carer and Kind.FORMER not in kinds:
        wanted[1:1] = [REASON_TOPICS[reason] for reason in answers.why if reason in REASON_TOPICS][:1]
    if outcome.carer and Kind.PARENT in kinds:
        wanted[:0] = ["dla-children", "short-breaks-children"]
    return tuple(dict.fromkeys(topic for topic in wanted if topic != next_topic(outcome, answers)))[:4]


def ending_text(turn: Turn, outcome: Outcome) -> str:
    """Recognition and the next step, in this person's wording."""
    endings = turn.content.flows.endings
    if outcome.reason_not is not None:
        return turn.say(endings.not_now[outcome.reason_not.value])
    recognised = endings.recognised
    if _caring_has_ended(outcome):
        words = recognised.former
    elif Kind.YOUNG in outcome.kinds:
        words = recognised.young
    else:
        words = recognised.parent if Kind.PARENT in outcome.kinds else recognised.carer
    topic = next_topic(outcome, turn.answers)
    alive = topic == CARING_ENDS and turn.answers.parting is not Parting.DEATH
    return f"{turn.say(words)} {turn.say(endings.next_not_bereaved if alive else endings.next[topic])}"


def ending_choices(turn: Turn, outcome: Outcome) -> tuple[Choice, ...]:
    words = turn.content.flows.endings.choices
    if outcome.carer:
        return numbered({"more": words.more, "else": words.else_, "share": words.share, "ask": words.ask}, "ended")
    return numbered({"more": words.more, "share": words.share, "ask": words.ask, "again": words.again}, "ended")
