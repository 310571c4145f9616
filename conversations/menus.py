"""The ways on where no question waits: the welcome, the menu, numbered choices, small talk, and where each leads."""

import re
from collections.abc import Callable
from dataclasses import replace

from conversations import answering, checking
from conversations.events import EventName, Helpful
from conversations.interrupts import Aside
from conversations.models import NEW, Choice, Found, FoundKind, MessageKind, Step
from conversations.next_steps import ending_choices, next_topic, worth_a_look
from conversations.sharing import share
from conversations.slots import AgeBand, Answers, Place
from conversations.turns import AREA_NAMES, Turn, numbered, stay

Ways = dict[str, Callable[[], Step]]


def small_talk(turn: Turn, aside: Aside) -> Step:
    phrases, state = turn.content.flows.phrases, turn.session.state
    if state == NEW and aside in {Aside.HELLO, Aside.WHO}:
        return welcome(turn)
    if state == "menu" and aside is Aside.HELLO:
        return checking.begin_check(turn)
    said = {
        Aside.HELLO: phrases.smalltalk_hello,
        Aside.THANKS: phrases.smalltalk_thanks,
        Aside.BYE: phrases.smalltalk_bye,
        Aside.WHO: phrases.smalltalk_who,
        Aside.PRIVATE: phrases.smalltalk_private,
        Aside.FREE: phrases.smalltalk_free,
        Aside.WHY: phrases.smalltalk_why,
        Aside.RUDE: phrases.smalltalk_rude,
        Aside.HUMAN: phrases.smalltalk_human,
    }[aside]
    if turn.answers.bereaved and aside in {Aside.THANKS, Aside.BYE}:
        return stay(turn, FoundKind.SMALLTALK, turn.say(phrases.goodbye_bereaved))
    return stay(turn, FoundKind.SMALLTALK, turn.say(said), menu_choices(turn, "menu"), state="menu")


def said_to(turn: Turn, aside: Aside | None) -> str:
    """What is said to "why do you ask?", "is this private?" or plain anger, before the matter is gone on with."""
    phrases = turn.content.flows.phrases
    said = {
        Aside.WHO: phrases.aside_who,
        Aside.PRIVATE: phrases.aside_private,
        Aside.FREE: phrases.aside_free,
        Aside.WHY: phrases.aside_why,
        Aside.RUDE: phrases.aside_rude,
        Aside.HUMAN: phrases.aside_human,
    }
    return turn.say(said[aside]) if aside in said else ""


def chosen(turn: Turn) -> Step | None:
    """The choice of the waiting state that was pressed, or named by its number or words."""
    choices = choices_here(turn)
    key = chosen_key(turn, choices)
    if key is None:
        digits = re.fullmatch(r"\s*\d\s*", turn.message.text)
        if digits and choices and turn.message.kind is MessageKind.TEXT:
            said = turn.say(turn.content.flows.phrases.out_of_range)
            return stay(turn, FoundKind.CONTROL, said, choices)
        return None
    return go(turn, key)


def chosen_key(turn: Turn, choices: tuple[Choice, ...]) -> str | None:
    """Which of these choices the message presses or names: the key after its state."""
    text = turn.message.text.strip().rstrip(".)!").lower()
    for choice in choices:
        if turn.message.kind is MessageKind.BUTTON:
            if turn.message.button == choice.button:
                return choice.button.partition(":")[2]
        elif text in {choice.key, choice.label.lower()}:
            return choice.button.partition(":")[2]
    return None


def choices_here(turn: Turn) -> tuple[Choice, ...]:
    """What the waiting state offered, made again from the session."""
    session = turn.session
    if session.state in {NEW, "menu"}:
        return menu_choices(turn, session.state)
    if session.state == "welcome_back":
        words = turn.content.flows.phrases.menu_choices
        return numbered({"resume": words.resume, "start_again": words.start_again}, "welcome_back")
    if session.state == "choosing":
        return numbered({**{topic: topic for topic in session.offered}, "other": "other"}, "choosing")
    if session.state == "answered":
        return numbered(answering.ways_on(turn, session.topic, session.resume), "answered")
    if session.state == "ended" and session.outcome is not None:
        return ending_choices(turn, session.outcome)
    if session.state == "area":
        return numbered({area.value: AREA_NAMES[area] for area in AREA_NAMES}, "area")
    return ()


def go(turn: Turn, key: str) -> Step:
    """Where a choice leads."""
    session, phrases = turn.session, turn.content.flows.phrases
    if session.state == "choosing":
        if key == "other":
            return stay(turn, FoundKind.CONTROL, turn.say(phrases.choices_other_reply), state="ask")
        return answering.give_answer(turn, key, session.resume)
    if session.state == "area":
        answers = turn.answers.model_copy(update={"place": Place(key), "place_between": ()})
        return with_area(replace(turn, answers=answers))
    if key == "young":
        answers = turn.answers.model_copy(update={"age": AgeBand.YOUNG})
        return checking.begin_check(replace(turn, answers=answers))
    ways: Ways = {
        "check": lambda: checking.begin_check(turn),
        "menu": lambda: menu(turn),
        "ask": lambda: stay(turn, FoundKind.CONTROL, turn.say(phrases.ask_away), state="ask"),
        "resume": lambda: resume(turn),
        "start_again": lambda: start_again(turn),
        "again": lambda: start_again(turn),
        "area": lambda: answering.ask_area(turn),
        "more": lambda: _more_about_next_step(turn),
        "else": lambda: _what_else(turn),
        "share": lambda: share(turn),
        "helped": lambda: _said_of_answer(turn, Helpful.YES),
        "not_helped": lambda: _said_of_answer(turn, Helpful.NO),
    }
    return ways[key]()


def said_helped(turn: Turn) -> Step | None:
    """ "Helped", typed after an answer: as the button of that name."""
    after_an_answer = turn.session.state == "answered" and turn.session.topic and not turn.answers.bereaved
    return _said_of_answer(turn, Helpful.YES) if after_an_answer else None


def _said_of_answer(turn: Turn, helpful: Helpful) -> Step:
    """Counted, and nothing more is asked about it."""
    phrases = turn.content.flows.phrases
    said = turn.say(phrases.helped if helpful is Helpful.YES else phrases.not_helped)
    event = replace(turn.event(EventName.HELPFUL), helpful=helpful)
    told = stay(turn, FoundKind.CONTROL, said, menu_choices(turn, "menu"), state="menu", topic="")
    return replace(told, events=(event,))


def resume(turn: Turn) -> Step:
    if turn.session.resume in turn.content.flows.states:
        session = turn.session.model_copy(update={"state": turn.session.resume})
        return checking.go_to(replace(turn, session=session), turn.session.resume)
    return checking.begin_check(turn)


def _more_about_next_step(turn: Turn) -> Step:
    if turn.session.outcome is None:
        return menu(turn)
    return answering.give_answer(turn, next_topic(turn.session.outcome, turn.answers))


def _what_else(turn: Turn) -> Step:
    if turn.session.outcome is None:
        return menu(turn)
    topics = worth_a_look(turn.session.outcome, turn.answers)
    return replace(answering.offer(turn, topics, turn.say(turn.content.flows.phrases.what_else)), events=())


def with_area(turn: Turn) -> Step:
    """The place is known now: what was said last is said again as it is there, be it choices or "I don't know"."""
    session, phrases = turn.session, turn.content.flows.phrases
    name = AREA_NAMES.get(turn.area, "") if turn.area else ""
    said = turn.say(phrases.area_set, area=name) if name else ""
    if session.state == "choosing":
        intro = f"{said} {turn.say(phrases.choices_intro)}".strip()
        return replace(answering.offer(turn, session.offered, intro, session.resume), events=())
    if session.topic:
        return replace(answering.give_answer(turn, session.topic, session.resume, said), events=())
    if session.state == "answered":  # nothing was known: who may know it there
        ways = numbered(answering.ways_on(turn, "", session.resume), "answered")
        return stay(turn, FoundKind.CONTROL, f"{said} {turn.say(phrases.nothing_here)}".strip(), ways)
    text = f"{said} {turn.say(phrases.ask_away)}".strip()
    return stay(turn, FoundKind.CONTROL, text, menu_choices(turn, "menu"), state="menu")


def welcome(turn: Turn) -> Step:
    """Who we are, and the check's first question at once: one message less for somebody with little patience."""
    begun = checking.begin_check(turn, turn.say(turn.content.flows.phrases.welcome))
    return replace(begun, found=Found(FoundKind.SMALLTALK))


def welcome_back(turn: Turn) -> Step:
    resume = turn.session.state
    session = turn.session.model_copy(update={"state": "welcome_back", "resume": resume})
    moved = replace(turn, session=session, answers=turn.session.answers)
    said = turn.say(turn.content.flows.phrases.welcome_back)
    return stay(moved, FoundKind.CONTROL, said, choices_here(moved))


def menu(turn: Turn, said: str = "") -> Step:
    text = f"{said} {turn.say(turn.content.flows.phrases.menu)}".strip()
    return stay(turn, FoundKind.CONTROL, text, menu_choices(turn, "menu"), state="menu", resume="", tries=0)


def menu_choices(turn: Turn, state: str) -> tuple[Choice, ...]:
    words = turn.content.flows.phrases.menu_choices
    if turn.session.outcome is not None:
        return numbered({"else": words.else_, "ask": words.ask, "start_again": words.start_again}, state)
    young = {} if turn.answers.age is not None else {"young": words.young}
    return numbered({"check": words.check, **young, "ask": words.ask}, state)


def start_again(turn: Turn) -> Step:
    """The questions from the beginning, everything told put aside."""
    return checking.begin_check(replace(turn, session=checking.fresh(turn.session), answers=Answers()))
