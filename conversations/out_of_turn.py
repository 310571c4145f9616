"""What people tell of themselves where nothing of the kind was asked: "67", "my nan", "full time at a warehouse"."""

import re
from dataclasses import replace

from conversations import menus
from conversations.answers import understand
from conversations.followups import is_only_a_person
from conversations.models import FoundKind, MessageKind, Step
from conversations.slots import Answers, Reason, Slot, Work
from conversations.turns import Turn, stay, them

MOST_WORDS = 8  # of a message that tells one thing of oneself and no more
YEARS = re.compile(r"\D*[1-9]\d\D*")  # one number that may be an age, and is no choice
OUT = {Work.WORKING, Work.STUDYING}


def names_only_a_person(turn: Turn) -> bool:
    """Whether all that is said is whom it is about: "my nan", "it's my mum and my sister"."""
    said = turn.content.vocabulary.hear(turn.message.text)
    return turn.message.kind is MessageKind.TEXT and is_only_a_person(said, turn.content.flows.followups)


def with_the_person(turn: Turn) -> Turn:
    """The turn in which the person named is known as the one it is about, unless somebody is known already."""
    told = _read(turn, Slot.WHO)
    known = {"who": told.who, "several": told.several} if not turn.answers.who else {}
    return replace(turn, answers=turn.answers.model_copy(update=known))


def ask_what_about(turn: Turn) -> Step:
    """ "What about your nan?", with the ways on. Nothing can be answered to a person alone."""
    said = turn.say(turn.content.flows.phrases.what_about_them, person=them(_read(turn, Slot.WHO)))
    return stay(turn, FoundKind.CONTROL, said, menus.menu_choices(turn, "menu"), state="menu")


def with_the_age(turn: Turn) -> Turn | None:
    """The turn in which the age is known that was told by itself; None where none was, or it was known."""
    alone = turn.message.kind is MessageKind.TEXT and len(turn.message.text.split()) <= MOST_WORDS
    age = _read(turn, Slot.AGE).age if alone and YEARS.fullmatch(turn.message.text) else None
    return _knowing(turn, "age", age) if age is not None and turn.answers.age is None else None


def with_the_job(turn: Turn) -> Turn | None:
    """The same for a job or a course."""
    alone = turn.message.kind is MessageKind.TEXT and len(turn.message.text.split()) <= MOST_WORDS
    work = _read(turn, Slot.WORK).work if alone else None
    return _knowing(turn, "work", work) if work in OUT and turn.answers.work is None else None


def _knowing(turn: Turn, field: str, value: object) -> Turn:
    return replace(turn, answers=turn.answers.model_copy(update={field: value}))


def tells_who_or_why(turn: Turn) -> bool:
    """Whether a message says whom it is about or what they have, known already or not: "my wife", "sore legs"."""
    why = _read(turn, Slot.WHY).why
    return bool(_read(turn, Slot.WHO).who or (why and Reason.NONE not in why))


def _read(turn: Turn, slot: Slot) -> Answers:
    """What the message alone says, were this asked."""
    content, year = turn.content, turn.message.received_at.year
    return understand(turn.message.text, slot, Answers(), content.vocabulary, content.places, year=year).answers
