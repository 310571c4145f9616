"""What is still open in the self-check: which answers are known, which questions are left out, and which comes next."""

from conversations.flows import ENDING, ChoiceLine, Condition, State
from conversations.identification import ReasonNot, identify
from conversations.slots import (
    CHILDREN,
    FAMILY,
    AgeBand,
    Answers,
    HoursBand,
    Paid,
    Place,
    Reason,
    Relation,
    Slot,
    Task,
    Work,
    YesNo,
)
from conversations.turns import Turn

MEANINGS = {
    Slot.HELPS_SOMEONE: ("helps_someone", YesNo),
    Slot.COULD_COPE_WITHOUT: ("could_cope_without", YesNo),
    Slot.AGE: ("age", AgeBand),
    Slot.PAID: ("paid", Paid),
    Slot.PLACE: ("place", Place),
    Slot.HOURS: ("hours", HoursBand),
    Slot.WORK: ("work", Work),
    Slot.WHO: ("who", Relation),
    Slot.WHY: ("why", Reason),
    Slot.TASKS: ("tasks", Task),
}
SEVERAL_ALLOWED = {Slot.WHO, Slot.WHY, Slot.TASKS}


def is_known(answers: Answers, slot: Slot) -> bool:
    """Whether this has been told, or the person would rather not say."""
    if slot in answers.skipped:
        return True
    field = MEANINGS[slot][0] if slot in MEANINGS else ""
    return bool(field and getattr(answers, field))


def forget_answer(answers: Answers, slot: Slot) -> Answers:
    """The same answers without this one."""
    field = MEANINGS[slot][0]
    empty: object = () if slot in SEVERAL_ALLOWED else None
    changes = {field: empty, "skipped": answers.skipped - {slot}}
    if slot is Slot.WHO:
        changes["several"] = False
    return answers.model_copy(update=changes)


def first_open(turn: Turn, state_id: str) -> str:
    """The first question from `state_id` on whose answer is not known, or ENDING."""
    states, seen = turn.content.flows.states, set[str]()
    while state_id != ENDING and state_id not in seen:
        seen.add(state_id)
        state = states[state_id]
        if not (any(holds(condition, turn.answers) for condition in state.skip_when)):
            if not is_known(turn.answers, state.asks):
                return state_id
            matching = matching_choice(turn, state)
            state_id = matching.leads if matching else state.leads
        else:
            state_id = state.leads
    return ENDING


def holds(condition: Condition, answers: Answers) -> bool:
    """The conditions that a flow file may name."""
    reason = identify(answers).reason_not
    if condition == "family":
        return bool(answers.who) and set(answers.who) <= FAMILY
    if condition == "of-pension-age":
        return answers.age is AgeBand.OLDER
    if condition == "day-and-night":
        # Hardly anybody has a job besides; whoever has one can still say so.
        return answers.hours is HoursBand.FROM_50 and answers.age is not AgeBand.YOUNG
    if condition == "stem-says-why":
        return (
            answers.helps_someone is YesNo.YES
            and bool(answers.who)
            and not set(answers.who) & _may_need_no_more(answers)
        )
    if condition == "caring-has-ended":
        return answers.caring_has_ended
    if condition == "bereaved":
        return answers.bereaved
    if condition == "asks-for-another":
        return reason in {ReasonNot.PROFESSIONAL, ReasonNot.CARED_FOR, ReasonNot.PAID_WORKER}
    not_a_carer = reason is not None and reason is not ReasonNot.ORDINARY_PARENTING
    return not_a_carer if condition == "not-a-carer" else not not_a_carer


def _may_need_no_more(answers: Answers) -> set[Relation]:
    """Of whom "yes" to the first question does not tell enough: children, and a young person's brothers and sisters."""
    outsiders = set(Relation) - FAMILY
    siblings = {Relation.BROTHER, Relation.SISTER, Relation.SIBLING}
    return outsiders | CHILDREN | (siblings if answers.age in {None, AgeBand.YOUNG} else set())


def matching_choice(turn: Turn, state: State) -> ChoiceLine | None:
    """The choice that what is known stands for, if the question has one for it."""
    value = getattr(turn.answers, MEANINGS[state.asks][0])
    values = {item.value for item in value} if isinstance(value, tuple) else {value.value if value else ""}
    for choice in state.choices:
        if {choice.means, choice.young_means or choice.means} & values:
            return choice
    return None
