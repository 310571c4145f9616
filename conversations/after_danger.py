"""The messages after danger was told of: met with care until the person leads on. No question of the check is asked.

Which danger it was is known from the session (`Session.risk`) while it may still be talked about, and no longer.
"""

from dataclasses import replace

from conversations import answering, menus
from conversations.answers.phrases import BREAKS
from conversations.answers.vocabulary import phrases
from conversations.interrupts import Aside, Interrupt
from conversations.models import Choice, Found, FoundKind, MessageKind, Session, Step
from conversations.next_steps import CARING_ENDS
from conversations.parting import has_just_ended, sorry
from conversations.safety import Risk, assess
from conversations.slots import AgeBand, Place, Slot
from conversations.smalltalk import hear_smalltalk
from conversations.sms import URGENT_SEGMENTS
from conversations.turns import Turn, compose, numbered, stay
from knowledge.models import Answer

TOLD, ASKED = "urgent", "urgent_asked"
"""The states after an urgent reply: it was just given; or it was asked since whether anyone is in danger still."""
STATES = frozenset({TOLD, ASKED})
REMEMBERED = STATES | {"area", "answered", "choosing"}
BOOK = "after-danger"
MOST_BESIDE = {"not_come": 4, "refuge": 6, "numbers": 4, "still": 2, "still_by_itself": 1, "something_else": 0}
"""What may be heard, the first that fits; and how many other words may stand beside, or it is about something else."""
AFTER_AN_ANSWER = ("refuge", "still")  # what is still about the danger when something else was talked of since
MOST_BESIDE_NEWS = 6
LEADING_ON = frozenset({Interrupt.FORGET, Interrupt.MENU, Interrupt.START_AGAIN})


def forgotten(session: Session) -> Session:
    """The session, without the danger once the talk has led on."""
    return session if session.state in REMEMBERED else session.model_copy(update={"risk": None})


def news_of_help(turn: Turn) -> Step | None:
    """The reply to "the ambulance came", before danger is looked for: the news itself sounds like danger.

    Whatever stands beside the news is looked at for danger as ever.
    """
    risk = turn.session.risk
    if risk is None or not _is_talked_about(turn) or turn.message.kind is not MessageKind.TEXT:
        return None
    heard = {hit.value for hit in phrases(turn.content.vocabulary.hear(turn.message.text), BOOK)}
    news = heard & ({"come", "over", "found"} if risk is Risk.MISSING_PERSON else {"come", "over"})
    if not news or heard & {"not_come", "asking"}:
        return None
    beside = _beside(turn, news)
    if len(beside) > MOST_BESIDE_NEWS or assess(" ".join(beside), turn.content.safety) is not None:
        return None
    glad = turn.content.safety.replies.help_has_come.for_person(young=turn.young, area=turn.area)
    return _reply(turn, risk, turn.say(glad), ASKED)


def meet(turn: Turn, word: Interrupt | None, *, asks: bool) -> Step | None:
    """The reply to a message after danger was told of. None: there was none, or the talk has led on.

    `asks` tells that the message looks like a question.
    """
    risk = turn.session.risk
    if risk is None or word in LEADING_ON:
        return None
    if not _is_talked_about(turn):
        return _as_heard(turn, risk, AFTER_AN_ANSWER) if word is None else None
    pressed = turn.message.kind is MessageKind.BUTTON
    offered = choices(turn) if turn.session.state == ASKED or pressed else ()
    key = menus.chosen_key(turn, (*offered, *menus.choices_here(turn)))
    if key is not None:
        return _chosen(turn, risk, key)
    if pressed:
        return _ask(turn, risk)
    if word in {Interrupt.HELP, Interrupt.MORE}:
        return _told_again(turn, risk)
    return _as_heard(turn, risk, tuple(MOST_BESIDE)) or _as_told(turn, risk, asks=asks) or _otherwise(turn, risk)


def choices(turn: Turn) -> tuple[Choice, ...]:
    words = turn.content.flows.phrases.urgent_next_choices
    return numbered({"danger": words.danger, "else": words.other}, ASKED)


def _is_talked_about(turn: Turn) -> bool:
    """Whether a message is about the danger unless it plainly is not. Once something was answered, it is not."""
    state = turn.session.state
    return state in STATES or (state == "area" and not turn.session.topic)


def _chosen(turn: Turn, risk: Risk, key: str) -> Step:
    if key == "danger":
        return _told_again(turn, risk)
    if key == "else":
        return _lead_on(turn)
    answers = turn.answers.model_copy(update={"place": Place(key), "place_between": ()})
    return _numbers(replace(turn, answers=answers), risk)


def _as_heard(turn: Turn, risk: Risk, kinds: tuple[str, ...]) -> Step | None:
    """What the words themselves say, by the lists that editors keep."""
    heard = next((kind for kind in kinds if _is_heard(turn, kind)), None)
    if heard is None:
        return None
    if heard == "something_else":
        bare_no = len(turn.message.text.split()) == 1  # which answers nothing until it was asked
        return _ask(turn, risk) if bare_no and turn.session.state == TOLD else _lead_on(turn)
    if heard == "refuge":
        return _numbers(turn, Risk.ADULT_ABUSE)
    return _numbers(turn, risk) if heard == "numbers" else _told_again(turn, risk)


def _is_heard(turn: Turn, kind: str) -> bool:
    heard = any(hit.value == kind for hit in phrases(turn.content.vocabulary.hear(turn.message.text), BOOK))
    return heard and len(_beside(turn, {kind})) <= MOST_BESIDE[kind]


def _beside(turn: Turn, kinds: set[str]) -> list[str]:
    """The words that are not part of any phrase of these kinds."""
    said = turn.content.vocabulary.hear(turn.message.text)
    taken = {at for hit in phrases(said, BOOK) if hit.value in kinds for at in range(hit.start, hit.end)}
    return [word for at, word in enumerate(said.words) if at not in taken and word not in BREAKS]


def _as_told(turn: Turn, risk: Risk, *, asks: bool) -> Step | None:
    """What the message tells: a death, an age, a question of another kind, or a place."""
    if turn.answers.bereaved and has_just_ended(turn):
        return _reply(turn, risk, f"{sorry(turn)} {turn.say(turn.content.flows.endings.next[CARING_ENDS])}", ASKED)
    if turn.young and turn.session.answers.age is not AgeBand.YOUNG:
        return _told_again(turn, risk)
    match = answering.find(turn) if asks else None
    if isinstance(match, Answer):
        return answering.reply_with(turn, match)
    if Slot.PLACE in turn.heard:
        return answering.ask_area(turn) if turn.answers.place is None else _numbers(turn, risk)
    return None


def _otherwise(turn: Turn, risk: Risk) -> Step:
    """Small talk, and what was not followed: always with whom to ring, but for a goodbye."""
    said = turn.content.flows.phrases
    aside = hear_smalltalk(turn.message.text, turn.content.flows.smalltalk, turn.content.smalltalk)
    if aside in {Aside.THANKS, Aside.BYE} and turn.session.state == ASKED:
        return stay(turn, FoundKind.SMALLTALK, turn.say(said.smalltalk_bye))
    if turn.session.state == TOLD or aside is not None or turn.heard:
        return _ask(turn, risk, menus.said_to(turn, aside))
    return _numbers(turn, risk, turn.say(said.danger_not_followed), choices(turn))


def _ask(turn: Turn, risk: Risk, said: str = "") -> Step:
    """Whether anybody is in danger still, or something else is wanted."""
    asked = turn.content.safety.replies.next_message.for_person(young=turn.young, area=turn.area)
    return _reply(turn, risk, f"{said} {turn.say(asked)}".strip(), ASKED, choices(turn))


def _told_again(turn: Turn, risk: Risk) -> Step:
    """The same urgent reply, as it is for this person by now. Not counted again: nothing new was told."""
    reply = turn.content.safety.replies.urgent[risk]
    return _reply(turn, risk, turn.say(reply.for_person(young=turn.young, area=turn.area)), TOLD)


def _numbers(turn: Turn, risk: Risk, said: str = "", offered: tuple[Choice, ...] = ()) -> Step:
    """Whom to ring, in short; where the area is known by now, whom to ring there."""
    reply = turn.content.safety.replies.urgent[risk]
    told = turn.say(reply.numbers_for(young=turn.young, area=turn.area))
    return _reply(turn, risk, f"{said} {told}".strip(), ASKED, offered)


def _lead_on(turn: Turn) -> Step:
    """Something else is wanted, or nobody is in danger: an open door, and no question."""
    said = turn.say(turn.content.flows.phrases.something_else)
    return stay(turn, FoundKind.CONTROL, said, menus.menu_choices(turn, "menu"), state="menu")


def _reply(turn: Turn, risk: Risk, text: str, state: str, offered: tuple[Choice, ...] = ()) -> Step:
    session = turn.session.model_copy(update={"state": state, "risk": risk, "answers": turn.answers})
    reply = compose(turn, text, offered, segments=URGENT_SEGMENTS)
    return Step(session, (reply,), (), Found(FoundKind.URGENT, risk=risk.value))
