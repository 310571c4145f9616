"""One turn: what the person wrote, read in a fixed order, becomes what is said next. Pure: no I/O, clock or chance.

The order is the design's: stop and start, danger, the other control words, then the waiting question, then anything
that the person may want to know.
"""

import re
from dataclasses import replace
from datetime import timedelta

from conversations import after_danger, answering, checking, controls, following, in_between, menus, out_of_turn
from conversations.answers import understand
from conversations.answers.yes_no import read_yes_no
from conversations.arrivals import arrive
from conversations.disclosing import discloses, may_begin
from conversations.events import Event, EventName
from conversations.interrupts import Aside, Interrupt, read_smalltalk
from conversations.models import NEW, Found, FoundKind, InboundMessage, MessageKind, Session, Step
from conversations.next_steps import CARING_ENDS
from conversations.parting import has_just_ended, sorry
from conversations.safety import assess
from conversations.slots import Answers, Slot, YesNo
from conversations.smalltalk import hear_smalltalk
from conversations.still_open import is_known
from conversations.turns import Content, Turn, as_sent, local_day, stay
from knowledge.language import LONGEST_READ, is_written_in_another_script
from knowledge.models import Answer, Nothing

LONG_SILENCE = timedelta(days=7)
OPENING = range(4, 17)  # words of a first message that only says who is there
SHORT_ANSWER = 3  # words: "yes please", "not sure really"
LONGEST_PLACE = 4  # words of a message that only says where: "near Oakham in Rutland"
STATES = {NEW, "menu", "ask", "answered", "choosing", "ended", "area", *after_danger.STATES, "welcome_back"}
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
    | \b(?:was|am|im|i'm|been)\ (?:just\ |only\ )?(?:asking|wondering|enquiring)\b | \bto\ ask\ (?:you\ )?about\b
    | \b(?:want|wanted|like)\ to\ know\b
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
    kept = after_danger.forgotten(found.session).model_copy(
        update={
            "counted": found.session.counted | {EventName.CONVERSATION_STARTED},
            "last_seen": local_day(message.received_at),
        }
    )
    return replace(found, session=kept, events=(*started, *found.events))


def urgent_reply(content: Content, session: Session, message: InboundMessage) -> Step | None:
    """The urgent reply alone. It needs no store and no matcher, so that it is given even when those fail."""
    turn = _turn(content, session, message)
    scrap = session.state in content.flows.states or following.is_plain_follow_up(turn)
    alarm = assess(message.text, content.safety, answering=scrap)
    if alarm is None:
        return None
    reply = content.safety.replies.urgent[alarm.risk].for_person(young=turn.young, area=turn.area)
    put_aside = {"offered": (), "tries": 0, "topic": "", "page": 0, "resume": ""}
    kept = session.model_copy(
        update={"state": after_danger.TOLD, "risk": alarm.risk, "answers": turn.answers, **put_aside}
    )
    # Danger is counted by its kind alone: never by channel, area or age. Told again in the same talk it is no other.
    told_before = session.risk is alarm.risk
    events = () if told_before else (Event(EventName.URGENT_SHOWN, risk=alarm.risk.value),)
    found = Found(FoundKind.URGENT, risk=alarm.risk.value)
    return Step(kept, (as_sent(turn, turn.say(reply)),), events, found)


def _turn(content: Content, session: Session, message: InboundMessage) -> Turn:
    asked = content.flows.states[session.state].asks if session.state in content.flows.states else None
    asked = Slot.PLACE if session.state == "area" else asked
    if message.kind is not MessageKind.TEXT:
        return Turn(content, session, message, session.answers)
    text, year = message.text[:LONGEST_READ], message.received_at.year
    known = session.answers if asked else _for_the_place_named(content, session.answers, text)
    understood = understand(text, asked, known, content.vocabulary, content.places, year=year)
    return Turn(content, session, message, understood.answers, understood.heard)


def _for_the_place_named(content: Content, answers: Answers, text: str) -> Answers:
    """What is known, without the place if a question names one: the answer should fit the place that is asked about."""
    found = content.places.find(text, asked=False) if answers.place is not None else None
    return answers.model_copy(update={"place": None, "place_between": ()}) if found is not None else answers


def _read(turn: Turn) -> Step:
    """The readings in order of precedence; the first that fits speaks."""
    message, session = turn.message, turn.session
    word = controls.read_control(turn)
    if word in {Interrupt.STOP, Interrupt.START}:
        return controls.stop(turn) if word is Interrupt.STOP else controls.start(turn)
    urgent = after_danger.news_of_help(turn) or urgent_reply(turn.content, session, message)
    if urgent is not None:
        return urgent
    if session.stopped or controls.is_answered(turn):
        return controls.silence(turn, word)
    if message.kind is MessageKind.MEDIA:
        return stay(turn, FoundKind.CONTROL, turn.say(turn.content.flows.phrases.unreadable))
    if message.kind is MessageKind.EDITED:
        return stay(turn, FoundKind.CONTROL, turn.say(turn.content.flows.phrases.edited))
    if (met := after_danger.meet(turn, word, asks=_asks(turn))) is not None:
        return met
    if word in controls.CONTROLS and (taken := controls.CONTROLS[word](turn)) is not None:
        return taken
    if session.state not in STATES and session.state not in turn.content.flows.states:
        return menus.menu(turn, turn.say(turn.content.flows.phrases.restarted))
    return _in_state(turn, word)


def _in_state(turn: Turn, word: Interrupt | None) -> Step:
    session = turn.session
    if session.state in turn.content.flows.states:
        return _in_check(turn, word)
    chosen = menus.chosen(turn)
    if chosen is not None:
        return chosen
    if turn.message.kind is MessageKind.BUTTON:
        return menus.menu(turn, turn.say(turn.content.flows.phrases.stale_button))
    if session.state == "area" and turn.answers.place is not None:
        return menus.with_area(turn)
    return _open(turn)


def _in_check(turn: Turn, word: Interrupt | None) -> Step:
    """A question of ours waits. The message is a word of control, an answer, or something in between."""
    if _silent_for_long(turn) and turn.message.kind is MessageKind.TEXT:
        return menus.welcome_back(turn)
    if word is Interrupt.SKIP:
        return checking.skip_question(turn)
    if turn.message.kind is MessageKind.BUTTON and not turn.message.button.startswith(f"{turn.session.state}:"):
        return checking.repeat(turn, turn.say(turn.content.flows.phrases.stale_button))
    listed = read_smalltalk(turn.message.text, turn.content.flows.smalltalk)
    if said := menus.said_to(turn, listed):
        # Nothing in it is an answer.
        return in_between.put_aside(replace(turn, answers=turn.session.answers), listed, said)
    if in_between.asks_only_what_we_mean(turn):
        return checking.explain(turn, again=True)
    return in_between.asks_instead(turn) or _as_answer(turn) or in_between.meet(turn, listed, asks=_asks(turn))


def _asks(turn: Turn) -> bool:
    return QUESTION.search(turn.message.text) is not None


def _as_answer(turn: Turn) -> Step | None:
    if has_just_ended(turn):
        match = answering.find(turn) if _asks(turn) else None
        if isinstance(match, Answer):
            return answering.reply_with(turn, match, resume=turn.session.state)
        return checking.go_on_without_caring(turn)
    before, asks = turn.session.answers, turn.content.flows.states[turn.session.state].asks
    answered = checking.answer_question(turn, before)
    if answered is not None and not is_known(before, asks):
        return answered
    if asks is Slot.TASKS and turn.answers.helps_someone is YesNo.YES is not before.helps_someone:
        return checking.skip_question(turn)  # a late yes to the first question makes this one needless
    return None


def _open(turn: Turn) -> Step:
    """Free text where no question waits: small talk, something told about oneself, or a question."""
    text = turn.message.text
    if not re.search(r"\w", text):
        said = turn.say(turn.content.flows.phrases.empty)
        return stay(turn, FoundKind.CONTROL, said, menus.menu_choices(turn, "menu"), state="menu")
    if (followed := following.follow_up(turn) or _answer_to_what_waits(turn)) is not None:
        return followed
    aside = hear_smalltalk(text, turn.content.flows.smalltalk, turn.content.smalltalk)
    if aside is not None and not turn.heard:
        return menus.small_talk(turn, aside)
    return _yes_no_or_unsure(turn) or _beginning(turn) or _told_out_of_turn(turn) or _searched(turn)


def _answer_to_what_waits(turn: Turn) -> Step | None:
    """An answer to the question of the check that an answer of ours came in between of: "53"; else None."""
    if turn.session.resume not in turn.content.flows.states or _asks(turn):
        return None
    waiting = turn.session.model_copy(update={"state": turn.session.resume, "answers": turn.session.answers})
    return _as_answer(_turn(turn.content, waiting, turn.message))


def _yes_no_or_unsure(turn: Turn) -> Step | None:
    """ "Yes please" after an answer takes the first way on; "no thanks" is let go; "not sure" gets the menu."""
    text = turn.message.text
    answer = read_yes_no(turn.content.vocabulary.hear(text)) if len(text.split()) <= SHORT_ANSWER else None
    if answer is YesNo.YES and turn.session.state == "answered" and (choices := menus.choices_here(turn)):
        return menus.go(turn, choices[0].button.partition(":")[2])
    if answer is YesNo.NO and turn.session.state != NEW:
        return menus.small_talk(turn, Aside.BYE)
    return menus.menu(turn) if answer is YesNo.UNSURE and turn.session.state != NEW else None


def _beginning(turn: Turn) -> Step | None:
    """The check, for someone who tells so much of their own caring that it is no question."""
    told = turn.session.outcome is None and discloses(turn) and not _asks(turn)
    return checking.begin_check(turn) if told else None


def _told_out_of_turn(turn: Turn) -> Step | None:
    """A person named and nothing else is asked about; an age or a job by itself is noted. Early on the check begins."""
    if _asks(turn):
        return None
    person = out_of_turn.names_only_a_person(turn)
    known = out_of_turn.with_the_person(turn) if person else out_of_turn.with_the_age(turn)
    if known is not None and turn.session.state == NEW:
        return menus.welcome(known)
    if known is not None and turn.session.state == "menu" and turn.session.outcome is None:
        return checking.begin_check(known)
    if person:
        return out_of_turn.ask_what_about(known or turn)
    known = known or (out_of_turn.with_the_job(turn) if turn.session.state not in {NEW, "menu"} else None)
    if known is None or isinstance(answering.find(turn), Answer):
        return None
    return menus.menu(known, turn.say(turn.content.flows.phrases.noted))


def _searched(turn: Turn) -> Step:
    """What the knowledge base has; or the check, where a person speaks of their caring and nothing is sure."""
    if turn.session.state != NEW and _only_a_place(turn):
        return answering.ask_area(turn) if turn.answers.place is None else menus.with_area(turn)
    match = answering.find(turn)
    if not isinstance(match, Answer):
        if _asks(turn) and (leaning := following.lean_on_answer(turn)) is not None:
            return leaning
        if not _asks(turn) and may_begin(turn, match):
            return checking.begin_check(turn)
        if has_just_ended(turn):
            return answering.give_answer(turn, CARING_ENDS, turn.session.resume, sorry(turn))
        if turn.session.state == NEW and isinstance(match, Nothing):
            return _nothing_first(turn, match)
        if turn.session.state == NEW and _only_opens(turn):
            return menus.welcome(turn)
    return answering.reply_with(turn, match, resume=turn.session.resume)


def _nothing_first(turn: Turn, match: Nothing) -> Step:
    """An honest "I don't know" to first words, and the check's first question as the way on."""
    nothing = answering.find_nothing(turn, far_off=match.far_off)
    if is_written_in_another_script(turn.message.text) or len(turn.message.text) > LONGEST_READ:
        return nothing
    phrases = turn.content.flows.phrases
    asked = phrases.far_off_first if match.far_off else phrases.nothing_first
    begun = checking.begin_check(turn, turn.say(asked if _asks(turn) else phrases.asked_nothing_first))
    return replace(begun, found=nothing.found, events=(*nothing.events, *begun.events))


def _only_opens(turn: Turn) -> bool:
    """Whether first words ask nothing, and are neither keywords nor a story: "nothing major, just my sister"."""
    return not _asks(turn) and len(turn.message.text.split()) in OPENING


def _only_a_place(turn: Turn) -> bool:
    """Whether nothing but a place is left: "near Oakham", "LE7"."""
    if turn.heard != {Slot.PLACE} or len(turn.message.text.split()) > LONGEST_PLACE:
        return False
    return not re.search(r"[^\W\d]{3}", answering.without_place(turn)) or isinstance(answering.find(turn), Nothing)


def _silent_for_long(turn: Turn) -> bool:
    seen = turn.session.last_seen
    return seen is not None and turn.today - seen >= LONG_SILENCE
