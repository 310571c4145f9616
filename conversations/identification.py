"""Who counts as a carer, of which kind, or why not: all the rules of the outcome stand here.

A carer is whoever looks after, unpaid, a relative or friend who could not manage without them, because of illness,
disability, frailty, a mental health need, or drink or drugs. That is the definition of NHS England and of the carers'
strategy of Leicester, Leicestershire and Rutland. In law:

- Adults: Care Act 2014, section 10: an adult who provides or intends to provide care for another adult; not if it is
  done under a contract (paid work) or as voluntary work.
- Under 18: Children and Families Act 2014, section 96: a person under 18 who provides or intends to provide care for
  another person, again not under a contract or as voluntary work.
- Parents: the same Act, section 97: a person aged 18 or over who cares for a disabled child for whom they have parental
  responsibility.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from conversations.slots import (
    CHILDREN,
    AgeBand,
    Answers,
    HoursBand,
    Paid,
    Place,
    Reason,
    Relation,
    Slot,
    Stance,
    Task,
    Work,
    YesNo,
)


class Kind(StrEnum):
    """The kinds of carer; several may hold at once. One of the first four at most."""

    YOUNG = "young"
    YOUNG_ADULT = "young-adult"
    ADULT = "adult"
    OLDER = "older"
    PARENT = "parent"  # of a disabled or ill child under 18
    WORKING = "working"
    MULTIPLE = "multiple"  # looks after two or more people now
    FORMER = "former"


AGE_KINDS = frozenset({Kind.YOUNG, Kind.YOUNG_ADULT, Kind.ADULT, Kind.OLDER})


class ReasonNot(StrEnum):
    """Why somebody is not a carer. Each has a next step of its own: nobody is rejected."""

    PAID_WORKER = "paid-worker"
    PROFESSIONAL = "professional"
    CARED_FOR = "cared-for"
    ORDINARY_PARENTING = "ordinary-parenting"
    NOT_LOOKING_AFTER = "not-looking-after"


class Stage(StrEnum):
    """Where they were recognised: at the first question, or only when asked about everyday tasks."""

    STEM = "stem"
    TASKS = "tasks"


class Outcome(BaseModel):
    """What the self-check comes to."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    carer: bool
    kinds: frozenset[Kind] = frozenset()
    area: Place = Place.UNKNOWN
    hours: HoursBand = HoursBand.UNKNOWN
    reason_not: ReasonNot | None = None
    stage: Stage | None = None

    def as_data(self) -> dict[str, object]:
        """For JSON: all of it but the stage, the kinds in the order of their names."""
        return {**self.model_dump(mode="json", exclude={"stage"}), "kinds": sorted(self.kinds)}


def identify(answers: Answers) -> Outcome:
    """The outcome for what somebody has told. Anything not told counts in their favour."""
    reason = _reason_not(answers)
    if reason is not None:
        return Outcome(carer=False, area=_area(answers), reason_not=reason)
    return Outcome(
        carer=True,
        kinds=frozenset(_kinds(answers)),
        area=_area(answers),
        hours=_hours(answers),
        stage=Stage.STEM if answers.helps_someone is YesNo.YES or answers.former else Stage.TASKS,
    )


def _reason_not(answers: Answers) -> ReasonNot | None:
    # Care Act 2014 s.10(9): care under a contract does not count; the same worker's unpaid care at home does.
    if answers.stance is Stance.PROFESSIONAL and answers.paid is not Paid.BOTH:
        return ReasonNot.PROFESSIONAL
    if answers.paid is Paid.PAID:
        return ReasonNot.PAID_WORKER
    if answers.stance is Stance.CARED_FOR and answers.helps_someone is not YesNo.YES:
        return ReasonNot.CARED_FOR
    # Whose caring has ended was a carer, and there is help for that too.
    if answers.former:
        return None
    if answers.why == (Reason.NONE,):
        return _no_need(answers)
    if _helps(answers):
        # Care Act 2014 s.10(3): providing care. Whoever helps somebody who has a reason counts, whatever is skipped.
        return None if answers.why or not _only_own_children(answers) else ReasonNot.ORDINARY_PARENTING
    return _no_need(answers)


def _no_need(answers: Answers) -> ReasonNot:
    """Nobody needs their support beyond what any child or household needs (Children and Families Act 2014 s.97(2))."""
    return ReasonNot.ORDINARY_PARENTING if _only_own_children(answers) else ReasonNot.NOT_LOOKING_AFTER


def _only_own_children(answers: Answers) -> bool:
    return bool(answers.who) and set(answers.who) <= CHILDREN


def _helps(answers: Answers) -> bool:
    """Whether they help somebody who could not manage without it: as they say, or as what they do shows."""
    if answers.helps_someone is YesNo.YES:
        return True
    if answers.could_cope_without is YesNo.YES:
        return False
    if answers.helps_someone is YesNo.NO and answers.tasks == (Task.NONE,):
        # Two noes, and then that others could not manage without them: who that is decides, once it has been asked.
        return answers.could_cope_without is YesNo.NO and (bool(answers.who) or Slot.WHO not in answers.skipped)
    does_something = bool(answers.tasks) and answers.tasks != (Task.NONE,)
    return (
        does_something
        or answers.could_cope_without is YesNo.NO
        or (bool(answers.why) and answers.helps_someone is not YesNo.NO)
    )


def _kinds(answers: Answers) -> list[Kind]:
    kinds = [] if answers.age is None else [Kind(answers.age.value)]
    # s.97: a parent carer is an adult with a disabled child under 18
    if _is_parent_of_a_child(answers):
        kinds.append(Kind.PARENT)
    if answers.work is Work.WORKING:
        kinds.append(Kind.WORKING)
    if _looks_after_several(answers):
        kinds.append(Kind.MULTIPLE)
    if answers.former:
        kinds.append(Kind.FORMER)
    return kinds


def _is_parent_of_a_child(answers: Answers) -> bool:
    if not CHILDREN & set(answers.who) or answers.age is AgeBand.YOUNG or (answers.caring_has_ended):
        return False
    # people of pensionable age have grown-up children, unless they say otherwise
    return answers.child_under_18 if answers.child_under_18 is not None else answers.age is not AgeBand.OLDER


def _looks_after_several(answers: Answers) -> bool:
    if answers.age is AgeBand.YOUNG and Relation.CHILD in answers.who and len(answers.who) == 2:
        return False  # a child has no children: minding the little ones is one of the tasks
    return answers.several and (not answers.former or bool(answers.caring_now))


def _area(answers: Answers) -> Place:
    """The council of the person looked after. Between two, the likelier, since asking has not settled it."""
    if answers.place is not None:
        return answers.place
    return answers.place_between[0] if answers.place_between else Place.UNKNOWN


def _hours(answers: Answers) -> HoursBand:
    if answers.caring_has_ended:
        return HoursBand.UNKNOWN
    return answers.hours or HoursBand.UNKNOWN
