"""Who counts as a carer, of which kind, or why not."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.identification import Kind, Outcome, ReasonNot, Stage, identify
from conversations.next_steps import STEPS, next_topic
from conversations.slots import (
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

HER_MUM = Answers(helps_someone=YesNo.YES, who=(Relation.MUM,), why=(Reason.DEMENTIA,), age=AgeBand.ADULT)
TWO_NOES = Answers(helps_someone=YesNo.NO, tasks=(Task.NONE,), could_cope_without=YesNo.NO)
HIS_SON = HER_MUM.model_copy(update={"who": (Relation.SON,), "why": (Reason.LEARNING_OR_AUTISM,)})


def with_(answers: Answers, **values: object) -> Answers:
    return answers.model_copy(update=values)


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        (HER_MUM, {Kind.ADULT}),
        (with_(HER_MUM, age=AgeBand.YOUNG), {Kind.YOUNG}),
        (with_(HER_MUM, age=AgeBand.YOUNG_ADULT), {Kind.YOUNG_ADULT}),
        (with_(HER_MUM, age=AgeBand.OLDER), {Kind.OLDER}),
        (with_(HER_MUM, age=None), set()),
        (with_(HER_MUM, work=Work.WORKING), {Kind.ADULT, Kind.WORKING}),
        (with_(HER_MUM, work=Work.STUDYING), {Kind.ADULT}),
        (
            with_(HER_MUM, who=(Relation.MUM, Relation.SON), several=True, child_under_18=False),
            {Kind.ADULT, Kind.MULTIPLE},
        ),
        (with_(HER_MUM, paid=Paid.BOTH, work=Work.WORKING), {Kind.ADULT, Kind.WORKING}),
        (with_(HER_MUM, stance=Stance.CARED_FOR), {Kind.ADULT}),  # disabled, and looks after her mum
        (with_(HER_MUM, why=()), {Kind.ADULT}),
        (HIS_SON, {Kind.ADULT, Kind.PARENT}),
        (with_(HIS_SON, child_under_18=True), {Kind.ADULT, Kind.PARENT}),
        (with_(HIS_SON, child_under_18=False), {Kind.ADULT}),
        (with_(HIS_SON, age=AgeBand.OLDER), {Kind.OLDER}),
        (with_(HIS_SON, age=AgeBand.OLDER, child_under_18=True), {Kind.OLDER, Kind.PARENT}),
        (with_(HER_MUM, former=True), {Kind.ADULT, Kind.FORMER}),
        (with_(HER_MUM, former=True, several=True), {Kind.ADULT, Kind.FORMER}),
        (with_(HER_MUM, former=True, several=True, caring_now=True), {Kind.ADULT, Kind.FORMER, Kind.MULTIPLE}),
        (Answers(former=True), {Kind.FORMER}),
        (Answers(tasks=(Task.HOUSEHOLD,), helps_someone=YesNo.NO), set()),
        (Answers(could_cope_without=YesNo.NO, helps_someone=YesNo.UNSURE), set()),
        (Answers(why=(Reason.ILLNESS,)), set()),
        (TWO_NOES, set()),  # so far: who it is will be asked
        (with_(TWO_NOES, who=(Relation.NEIGHBOUR,)), set()),
    ],
)
def test_carers(answers: Answers, kinds: set[Kind]) -> None:
    outcome = identify(answers)
    assert outcome.carer
    assert outcome.kinds == kinds
    assert outcome.reason_not is None


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (with_(HER_MUM, paid=Paid.PAID), ReasonNot.PAID_WORKER),
        (Answers(stance=Stance.PROFESSIONAL), ReasonNot.PROFESSIONAL),
        (Answers(stance=Stance.PROFESSIONAL, paid=Paid.PAID), ReasonNot.PROFESSIONAL),
        (Answers(stance=Stance.CARED_FOR), ReasonNot.CARED_FOR),
        (Answers(stance=Stance.CARED_FOR, helps_someone=YesNo.NO, why=(Reason.ILLNESS,)), ReasonNot.CARED_FOR),
        (with_(HIS_SON, why=(Reason.NONE,)), ReasonNot.ORDINARY_PARENTING),
        (with_(HIS_SON, why=()), ReasonNot.ORDINARY_PARENTING),
        (with_(HER_MUM, why=(Reason.NONE,)), ReasonNot.NOT_LOOKING_AFTER),
        (Answers(helps_someone=YesNo.NO), ReasonNot.NOT_LOOKING_AFTER),
        (Answers(helps_someone=YesNo.NO, tasks=(Task.NONE,)), ReasonNot.NOT_LOOKING_AFTER),
        (Answers(helps_someone=YesNo.UNSURE, could_cope_without=YesNo.YES), ReasonNot.NOT_LOOKING_AFTER),
        (Answers(stance=Stance.WORRIED), ReasonNot.NOT_LOOKING_AFTER),
        (with_(TWO_NOES, skipped=frozenset((Slot.WHO,))), ReasonNot.NOT_LOOKING_AFTER),
        (with_(TWO_NOES, who=(Relation.MUM,), why=(Reason.NONE,)), ReasonNot.NOT_LOOKING_AFTER),
        (with_(TWO_NOES, could_cope_without=YesNo.UNSURE), ReasonNot.NOT_LOOKING_AFTER),
        (Answers(), ReasonNot.NOT_LOOKING_AFTER),
    ],
)
def test_not_carers(answers: Answers, reason: ReasonNot) -> None:
    outcome = identify(answers)
    assert not outcome.carer
    assert outcome.kinds == frozenset()
    assert outcome.reason_not is reason
    assert outcome.hours is HoursBand.UNKNOWN
    assert outcome.stage is None


@pytest.mark.parametrize(
    ("values", "area"),
    [
        ({"place": Place.RUTLAND}, Place.RUTLAND),
        ({"place_between": (Place.LEICESTER, Place.LEICESTERSHIRE)}, Place.LEICESTER),
        ({}, Place.UNKNOWN),
    ],
)
def test_area(values: dict[str, object], area: Place) -> None:
    assert identify(with_(HER_MUM, **values)).area is area
    assert identify(with_(Answers(), **values)).area is area


@pytest.mark.parametrize(
    ("values", "hours"),
    [
        ({"hours": HoursBand.FROM_35}, HoursBand.FROM_35),
        ({}, HoursBand.UNKNOWN),
        ({"hours": HoursBand.FROM_50, "former": True}, HoursBand.UNKNOWN),
        ({"hours": HoursBand.FROM_20, "former": True, "caring_now": True}, HoursBand.FROM_20),
    ],
)
def test_hours(values: dict[str, object], hours: HoursBand) -> None:
    assert identify(with_(HER_MUM, **values)).hours is hours


def test_every_next_step_is_somebodys() -> None:
    kinds = [frozenset(some) for most in range(3) for some in combinations(Kind, most)]
    told = [Answers(work=work, breaking_down=much) for work in Work for much in (False, True)]
    outcomes = [Outcome(carer=True, kinds=some, hours=hours) for some in kinds for hours in HoursBand]
    assert {next_topic(outcome, answers) for outcome in outcomes for answers in told} == set(STEPS)


def test_the_stage_of_recognition() -> None:
    assert identify(HER_MUM).stage is Stage.STEM
    assert identify(with_(HER_MUM, helps_someone=YesNo.NO, tasks=(Task.HOUSEHOLD,))).stage is Stage.TASKS


def _any_answers() -> st.SearchStrategy[Answers]:
    return st.builds(Answers)


@settings(max_examples=400, deadline=None)
@given(_any_answers())
def test_every_outcome_is_whole_and_can_be_kept(answers: Answers) -> None:
    outcome = identify(answers)
    assert Outcome.model_validate_json(outcome.model_dump_json()) == outcome
    assert outcome.carer is (outcome.reason_not is None)
    assert not (outcome.kinds and not outcome.carer)
    ages = outcome.kinds & {Kind.YOUNG, Kind.YOUNG_ADULT, Kind.ADULT, Kind.OLDER}
    assert ages == ({Kind(answers.age.value)} if outcome.carer and answers.age else frozenset())
    if answers.age is AgeBand.YOUNG:
        assert Kind.PARENT not in outcome.kinds


@settings(deadline=None)
@given(_any_answers())
def test_whoever_helps_somebody_who_has_a_reason_is_a_carer(answers: Answers) -> None:
    helps = with_(answers, helps_someone=YesNo.YES, why=(Reason.ILLNESS,), paid=Paid.UNPAID, stance=Stance.CARES)
    assert identify(helps).carer
