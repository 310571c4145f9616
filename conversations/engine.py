"""One turn: what the person wrote, read in a fixed order, becomes what is said next. Pure: no I/O, clock or chance.

The order is the design's: stop and start, danger, the other control words, then the waiting question, then anything
that the person may want to know.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from conversations import answering, checking
from conversations.answers import understand
from conversations.answers.vocabulary import hear
from conversations.answers.yes_no import read_yes_no
from conversations.arrivals import arrive
from conversations.events import Event, EventName
from conversations.interrupts import Greeting, Interrupt, read_interrupt, read_smalltalk
from conversations.models import (
    NEW,
    Choice,
    Found,
    FoundKind,
    InboundMessage,
    MessageKind,
    Reply,
    Session,
    Step,
)
from conversations.next_steps import ending_choices, next_topic, worth_a_look
from conversations.safety import assess
from conversations.sharing import share
from conversations.slots import AgeBand, Answers, Paid, Place, Slot, Stance, YesNo
from conversations.smalltalk import hear_smalltalk
from conversations.sms import plain
from conversations.turns import AREA_NAMES, Content, Turn, compose, local_day, numbered, stay
from knowledge.models import Answer, Choices, Match, Nothing

LONG_SILENCE = timedelta(days=7)
SHORT_ANSWER = 3  # words: "yes please", "not sure really"
LONGEST_PLACE = 4  # words of a message that only says where: "near Oakham in Rutland"
STATES = {NEW, "menu", "ask", "answered", "choosing", "ended", "area", "urgent", "urgent_asked", "welcome_back"}
QUESTION = re.compile(
    r"""\?
    | ^(?:please|pls|plz|hi|hello|so|and|but|ok|\s)*\b(?:
        how|hw|what|whats|wot|wat|wots|when|where|wheres|wer|who|whos|which|why|can|cn|could|cud|do|does|is|are|r|am|will
        |would|wud|should|shud|may|tell\ me|i\ need|need|i\ want|help\ with|looking\ for|any|kya|koi|kaise|kahan)\b
    | \b(?:
        how\ (?:do|can|to|much|long)|can\ (?:i|you|we|u|he|she|they)|is\ there|are\ there|who\ (?:do|can|should)
        |who\ (?:could|would|will|does|is|looks)|could\ (?:i|you|we|he|she|they)
        |where\ (?:do|can)|what\ (?:is|are|do|can|help)|do\ (?:i|we|you)\ (?:get|have|need)|am\ i\ (?:entitled|allowed)
        |entitled\ to|wot\ do|wat\ do|(?:can|cud|could)\ (?:some ?one|some1|sum1|any ?one|any1))\b
    | [,.]\s*(?:how|hw|what|wot|wat|who|where|which)\b[^.]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)


def step(content: Content, session: Session, message: InboundMessage) -> Step:
    """Play one turn. Never raises on any message; an unknown state begins again, politely."""
    session, message = arrive(content, session, message)
    turn = _turn(content, session, message)
    found = _read(turn)
    if found.session is None:
        return found
    started = () if EventName.CONVERSATION_STARTED in session.counted else (turn.event(EventName.CONVERSATION_STARTED),)
    kept = found.session.model_copy(
        update={
            "counted": found.session.counted | {EventName.CONVERSATION_STARTED},
            "last_seen": local_day(message.received_at),
        }
    )
    return replace(found, session=kept, events=(*started, *found.events))


def urgent_reply(content: Content, session: Session, message: InboundMessage) -> Step | None:
    """The urgent reply alone. It needs no store and no matcher, so that it is given even when those fail."""
    turn = _turn(content, session, message)
    alarm = assess(message.text, content.safety, answering=session.state in content.flows.states)
    if alarm is None:
        return None
    reply = content.safety.replies.urgent[alarm.risk].for_person(young=turn.young, area=turn.area)
    text = turn.say(reply)
    kept = session.model_copy(update={"state": "urgent", "answers": turn.answers, "offered": (), "tries": 0})
    # Danger is counted by its kind alone: never by channel, area or age.
    event = Event(EventName.URGENT_SHOWN, risk=alarm.risk.value)
    found = Found(FoundKind.URGENT, risk=alarm.risk.value)
    return Step(kept, (Reply(plain(text) if turn.sms else text),), (event,), found)


def _turn(content: Content, session: Session, message: InboundMessage) -> Turn:
    asked = content.flows.states[session.state].asks if session.state in content.flows.states else None
    asked = Slot.PLACE if session.state == "area" else asked
    if message.kind is not MessageKind.TEXT:
        return Turn(content, session, message, session.answers)
    text, year = message.text[: answering.LONGEST_READ], message.received_at.year
    known = session.answers if asked else _for_the_place_named(content, session.answers, text)
    understood = understand(text, asked, known, content.places, year=year)
    return Turn(content, session, message, understood.answers, understood.heard)


def _for_the_place_named(content: Content, answers: Answers, text: str) -> Answers:
    """What is known, without the place if a question names one: the answer should fit the place that is asked about."""
    found = content.places.find(text, asked=False) if answers.place is not None else None
    return answers.model_copy(update={"place": None, "place_between": ()}) if found is not None else answers


def _read(turn: Turn) -> Step:
    """The readings in order of precedence; the first that fits speaks."""
    message, session = turn.message, turn.session
    word = None
    if message.kind is MessageKind.TEXT:
        word = read_interrupt(message.text, turn.content.flows.interrupts)
    if word in {Interrupt.STOP, Interrupt.START}:
        return _stop(turn) if word is Interrupt.STOP else _start(turn)
    urgent = urgent_reply(turn.content, session, message)
    if urgent is not None:
        return urgent
    if session.stopped or message.handled_by_provider:
        return Step(session, (), (), Found(FoundKind.CONTROL))
    if message.kind is MessageKind.MEDIA:
        return stay(turn, FoundKind.CONTROL, turn.say(turn.content.flows.phrases.unreadable))
    if message.kind is MessageKind.EDITED:
        return stay(turn, FoundKind.CONTROL, turn.say(turn.content.flows.phrases.edited))
    if session.state == "urgent":
        return _after_urgent(turn)
    if word is not None and (control := CONTROLS.get(word)) is not None and (taken := control(turn)) is not None:
        return taken
    if session.state not in STATES and session.state not in turn.content.flows.states:
        return _menu(turn, turn.say(turn.content.flows.phrases.restarted))
    return _in_state(turn, word)


def _in_state(turn: Turn, word: Interrupt | None) -> Step:
    session = turn.session
    if session.state in turn.content.flows.states:
        return _in_check(turn, word)
    chosen = _chosen(turn)
    if chosen is not None:
        return chosen
    if turn.message.kind is MessageKind.BUTTON:
        return _menu(turn, turn.say(turn.content.flows.phrases.stale_button))
    if session.state == "area" and turn.answers.place is not None:
        return _with_area(turn)
    return _open(turn)


def _in_check(turn: Turn, word: Interrupt | None) -> Step:
    """The message as an answer; or a question in between; or else a gentle second try."""
    if _silent_for_long(turn) and turn.message.kind is MessageKind.TEXT:
        return _welcome_back(turn)
    if word is Interrupt.SKIP:
        return checking.skip_question(turn)
    if turn.message.kind is MessageKind.BUTTON and not turn.message.button.startswith(f"{turn.session.state}:"):
        return checking.repeat(turn, turn.say(turn.content.flows.phrases.stale_button))
    before = turn.session.answers
    state = turn.content.flows.states[turn.session.state]
    known_before = checking.is_known(before, state.asks)
    unsure = read_yes_no(hear(turn.message.text)) is YesNo.UNSURE
    answered = checking.answer_question(turn, before)
    if answered is not None and not known_before:
        return answered
    if read_smalltalk(turn.message.text, turn.content.flows.smalltalk) is None and QUESTION.search(turn.message.text):
        match = answering.find(turn)
        if isinstance(match, Answer | Choices):
            return answering.reply_with(turn, match, resume=turn.session.state)
    if re.fullmatch(r"\s*\d+\s*", turn.message.text):
        return checking.repeat(turn, turn.say(turn.content.flows.phrases.out_of_range))
    noted = turn.say(turn.content.flows.phrases.noted) if turn.heard else ""
    return checking.ask_again(turn, unsure=unsure, said=noted)


def _open(turn: Turn) -> Step:
    """Free text where no question waits: small talk, something told about oneself, or a question."""
    text = turn.message.text
    if not re.search(r"\w", text):
        said = turn.say(turn.content.flows.phrases.empty)
        return stay(turn, FoundKind.CONTROL, said, _menu_choices(turn, "menu"), state="menu")
    greeting = hear_smalltalk(text, turn.content.flows.smalltalk, turn.content.smalltalk)
    if greeting is not None and not turn.heard:
        return _greet(turn, greeting)
    return _yes_no_or_unsure(turn) or _beginning(turn) or _searched(turn)


def _yes_no_or_unsure(turn: Turn) -> Step | None:
    """ "Yes please" after an answer takes the first way on; "no thanks" is let go; "not sure" gets the menu."""
    answer = read_yes_no(hear(turn.message.text)) if len(turn.message.text.split()) <= SHORT_ANSWER else None
    if answer is YesNo.YES and turn.session.state == "answered" and (choices := _choices_here(turn)):
        return _go(turn, choices[0].button.partition(":")[2])
    if answer is YesNo.NO and turn.session.state != NEW:
        return _greet(turn, Greeting.BYE)
    return _menu(turn) if answer is YesNo.UNSURE and turn.session.state != NEW else None


def _beginning(turn: Turn) -> Step | None:
    """The check, for someone who tells so much of their own caring that it is no question."""
    told = turn.session.outcome is None and _discloses(turn) and not QUESTION.search(turn.message.text)
    return checking.begin_check(turn) if told else None


def _searched(turn: Turn) -> Step:
    """What the knowledge base has; or the check, where a person speaks of their caring and nothing is sure."""
    if turn.session.state != NEW and _only_a_place(turn):
        return answering.ask_area(turn) if turn.answers.place is None else _with_area(turn)
    match = answering.find(turn)
    if not isinstance(match, Answer):
        if not QUESTION.search(turn.message.text) and _may_begin(turn, match):
            return checking.begin_check(turn)
        if isinstance(match, Nothing) and turn.session.state == NEW and not QUESTION.search(turn.message.text):
            return _nothing_but_a_question(turn)
    return answering.reply_with(turn, match, resume=turn.session.resume)


def _nothing_but_a_question(turn: Turn) -> Step:
    """An honest "I don't know" to first words that ask nothing, and the check's first question as the way on."""
    nothing = answering.find_nothing(turn)
    if answering.is_other_script(turn.message.text) or len(turn.message.text) > answering.LONGEST_READ:
        return nothing
    said = turn.say(turn.content.flows.phrases.nothing_but_a_question)
    begun = checking.begin_check(turn, said)
    return replace(begun, found=nothing.found, events=(*nothing.events, *begun.events))


def _only_a_place(turn: Turn) -> bool:
    """Whether nothing but a place is left: "near Oakham", "LE7"."""
    if turn.heard != {Slot.PLACE} or len(turn.message.text.split()) > LONGEST_PLACE:
        return False
    return not re.search(r"[^\W\d]{3}", answering.without_place(turn)) or isinstance(answering.find(turn), Nothing)


def _may_begin(turn: Turn, match: Match) -> bool:
    """Whether words that are no question are best met with the check: later on, whatever tells something at all."""
    if turn.session.state == "menu":
        return True
    if turn.session.outcome is not None:
        return False
    told = Slot.WHO in turn.heard or (turn.session.state != NEW and bool(turn.heard) and isinstance(match, Nothing))
    return told or _tells_of_caring(turn)


def _discloses(turn: Turn) -> bool:
    """Whether the message tells so much of the person's own caring that it is no question but a beginning."""
    now = turn.answers
    return (
        Slot.HELPS_SOMEONE in turn.heard and now.helps_someone is YesNo.YES and bool(now.who and (now.why or now.age))
    )


def _tells_of_caring(turn: Turn) -> bool:
    """Whether the message told whom the person helps and why, or from where they speak."""
    now = turn.answers
    if now.paid is not None and now.paid is not Paid.BOTH:
        return False
    helps = now.helps_someone is YesNo.YES and bool(now.who)
    speaks = now.stance in {Stance.CARED_FOR, Stance.PROFESSIONAL} or bool(now.former)
    return speaks or (bool(turn.heard) and (helps or bool(now.who and now.why)))


def _greet(turn: Turn, greeting: Greeting) -> Step:
    phrases, state = turn.content.flows.phrases, turn.session.state
    if state == NEW and greeting in {Greeting.HELLO, Greeting.WHO}:
        return _welcome(turn)
    if state == "menu" and greeting is Greeting.HELLO:
        return checking.begin_check(turn)
    said = {
        Greeting.HELLO: phrases.smalltalk_hello,
        Greeting.THANKS: phrases.smalltalk_thanks,
        Greeting.BYE: phrases.smalltalk_bye,
        Greeting.WHO: phrases.smalltalk_who,
        Greeting.PRIVATE: phrases.smalltalk_private,
        Greeting.FREE: phrases.smalltalk_free,
    }[greeting]
    return stay(turn, FoundKind.SMALLTALK, turn.say(said), _menu_choices(turn, "menu"), state="menu")


def _chosen(turn: Turn) -> Step | None:
    """The choice of the waiting state that was pressed, or named by its number or words."""
    choices = _choices_here(turn)
    key = _chosen_key(turn, choices)
    if key is None:
        digits = re.fullmatch(r"\s*\d\s*", turn.message.text)
        if digits and choices and turn.message.kind is MessageKind.TEXT:
            said = turn.say(turn.content.flows.phrases.out_of_range)
            return stay(turn, FoundKind.CONTROL, said, choices)
        return None
    return _go(turn, key)


def _chosen_key(turn: Turn, choices: tuple[Choice, ...]) -> str | None:
    text = turn.message.text.strip().rstrip(".)!").lower()
    for choice in choices:
        if turn.message.kind is MessageKind.BUTTON:
            if turn.message.button == choice.button:
                return choice.button.partition(":")[2]
        elif text in {choice.key, choice.label.lower()}:
            return choice.button.partition(":")[2]
    return None


def _choices_here(turn: Turn) -> tuple[Choice, ...]:
    """What the waiting state offered, made again from the session."""
    session = turn.session
    if session.state in {NEW, "menu"}:
        return _menu_choices(turn, session.state)
    if session.state == "welcome_back":
        words = turn.content.flows.phrases.menu_choices
        return numbered({"resume": words.resume, "start_again": words.start_again}, "welcome_back")
    if session.state == "choosing":
        return numbered({**{topic: topic for topic in session.offered}, "other": "other"}, "choosing")
    if session.state == "answered":
        return numbered(answering.ways_on(turn, session.topic, session.resume), "answered")
    if session.state == "ended" and session.outcome is not None:
        return ending_choices(turn, session.outcome)
    if session.state == "urgent_asked":
        return _urgent_choices(turn)
    if session.state == "area":
        return numbered({area.value: AREA_NAMES[area] for area in AREA_NAMES}, "area")
    return ()


def _go(turn: Turn, key: str) -> Step:
    """Where a choice leads."""
    session, phrases = turn.session, turn.content.flows.phrases
    if session.state == "choosing":
        if key == "other":
            return stay(turn, FoundKind.CONTROL, turn.say(phrases.choices_other_reply), state="ask")
        return answering.give_answer(turn, key, session.resume)
    if session.state == "area":
        answers = turn.answers.model_copy(update={"place": Place(key), "place_between": ()})
        return _with_area(replace(turn, answers=answers))
    if key == "young":
        answers = turn.answers.model_copy(update={"age": AgeBand.YOUNG})
        return checking.begin_check(replace(turn, answers=answers))
    go: dict[str, Callable[[], Step]] = {
        "check": lambda: checking.begin_check(turn),
        "menu": lambda: _menu(turn),
        "danger": lambda: stay(turn, FoundKind.URGENT, turn.say(phrases.danger), state="urgent"),
        "ask": lambda: stay(turn, FoundKind.CONTROL, turn.say(phrases.ask_away), state="ask"),
        "resume": lambda: _resume(turn),
        "start_again": lambda: _start_again(turn),
        "again": lambda: _start_again(turn),
        "area": lambda: answering.ask_area(turn),
        "more": lambda: _more_about_next_step(turn),
        "else": lambda: _what_else(turn),
        "share": lambda: share(turn),
    }
    return go[key]()


def _resume(turn: Turn) -> Step:
    if turn.session.resume in turn.content.flows.states:
        session = turn.session.model_copy(update={"state": turn.session.resume})
        return checking.go_to(replace(turn, session=session), turn.session.resume)
    return checking.begin_check(turn)


def _more_about_next_step(turn: Turn) -> Step:
    if turn.session.outcome is None:
        return _menu(turn)
    return answering.give_answer(turn, next_topic(turn.session.outcome, turn.answers))


def _what_else(turn: Turn) -> Step:
    if turn.session.outcome is None:
        return _menu(turn)
    topics = worth_a_look(turn.session.outcome, turn.answers)
    return replace(answering.offer(turn, topics, turn.say(turn.content.flows.phrases.what_else)), events=())


def _with_area(turn: Turn) -> Step:
    """The place is known now: say the last answer again as it is there."""
    name = AREA_NAMES.get(turn.area, "") if turn.area else ""
    said = turn.say(turn.content.flows.phrases.area_set, area=name) if name else ""
    if turn.session.topic:
        return replace(answering.give_answer(turn, turn.session.topic, turn.session.resume, said), events=())
    return stay(turn, FoundKind.CONTROL, said or turn.say(turn.content.flows.phrases.ask_away), state="ask")


def _silent_for_long(turn: Turn) -> bool:
    seen = turn.session.last_seen
    return seen is not None and turn.today - seen >= LONG_SILENCE


def _welcome(turn: Turn) -> Step:
    """Who we are, and the check's first question at once: one message less for somebody with little patience."""
    begun = checking.begin_check(turn, turn.say(turn.content.flows.phrases.welcome))
    return replace(begun, found=Found(FoundKind.SMALLTALK))


def _welcome_back(turn: Turn) -> Step:
    resume = turn.session.state
    session = turn.session.model_copy(update={"state": "welcome_back", "resume": resume})
    moved = replace(turn, session=session, answers=turn.session.answers)
    said = turn.say(turn.content.flows.phrases.welcome_back)
    return stay(moved, FoundKind.CONTROL, said, _choices_here(moved))


def _menu(turn: Turn, said: str = "") -> Step:
    text = f"{said} {turn.say(turn.content.flows.phrases.menu)}".strip()
    return stay(turn, FoundKind.CONTROL, text, _menu_choices(turn, "menu"), state="menu", resume="", tries=0)


def _menu_choices(turn: Turn, state: str) -> tuple[Choice, ...]:
    words = turn.content.flows.phrases.menu_choices
    if turn.session.outcome is not None:
        return numbered({"else": words.else_, "ask": words.ask, "start_again": words.start_again}, state)
    young = {} if turn.answers.age is not None else {"young": words.young}
    return numbered({"check": words.check, **young, "ask": words.ask}, state)


def _stop(turn: Turn) -> Step:
    """Opted out. By SMS the provider answers STOP itself, so that we stay silent."""
    kept = checking.fresh(turn.session).model_copy(update={"stopped": True})
    said = () if turn.sms else (compose(turn, turn.say(turn.content.flows.phrases.stopped)),)
    events = () if turn.session.stopped else (turn.event(EventName.STOPPED),)
    return Step(kept, said, events, Found(FoundKind.CONTROL))


def _start(turn: Turn) -> Step:
    """Begin, or come back after a stop."""
    session = checking.fresh(turn.session)
    return replace(_welcome(replace(turn, session=session, answers=Answers())), found=Found(FoundKind.CONTROL))


def _help(turn: Turn) -> Step:
    return stay(turn, FoundKind.CONTROL, turn.say(turn.content.flows.phrases.help))


def _forget(turn: Turn) -> Step:
    """Everything about this person goes, now."""
    reply = compose(turn, turn.say(turn.content.flows.phrases.forgotten))
    return Step(None, (reply,), (), Found(FoundKind.CONTROL))


def _back(turn: Turn) -> Step:
    if turn.session.state in turn.content.flows.states:
        return checking.go_back(turn)
    if turn.session.resume:
        return _resume(turn)
    return _menu(turn)


def _start_again(turn: Turn) -> Step:
    """The questions from the beginning, everything told put aside."""
    return checking.begin_check(replace(turn, session=checking.fresh(turn.session), answers=Answers()))


def _more(turn: Turn) -> Step | None:
    """In the check, "go on" is no wish for more of an answer."""
    return None if turn.session.state in turn.content.flows.states else answering.more(turn)


def _after_urgent(turn: Turn) -> Step:
    """The message after an urgent reply is met with care; the check is never resumed by itself."""
    said = turn.content.safety.replies.next_message.for_person(young=turn.young, area=turn.area)
    return stay(turn, FoundKind.URGENT, turn.say(said), _urgent_choices(turn), state="urgent_asked")


def _urgent_choices(turn: Turn) -> tuple[Choice, ...]:
    words = turn.content.flows.phrases.urgent_next_choices
    return numbered({"menu": words.other, "danger": words.danger}, "urgent_asked")


CONTROLS: dict[Interrupt, Callable[[Turn], Step | None]] = {
    Interrupt.HELP: _help,
    Interrupt.FORGET: _forget,
    Interrupt.MENU: _menu,
    Interrupt.BACK: _back,
    Interrupt.START_AGAIN: _start_again,
    Interrupt.MORE: _more,
}
