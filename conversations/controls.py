"""What the control words do, wherever somebody is: stop, start, help, back, and so on; and what follows danger."""

from collections.abc import Callable
from dataclasses import replace

from conversations import answering, checking, menus
from conversations.events import EventName
from conversations.interrupts import Interrupt
from conversations.models import Found, FoundKind, Step
from conversations.slots import Answers
from conversations.turns import Turn, compose, stay


def stop(turn: Turn) -> Step:
    """Opted out. By SMS the provider answers STOP itself, so that we stay silent."""
    kept = checking.fresh(turn.session).model_copy(update={"stopped": True})
    said = () if turn.sms else (compose(turn, turn.say(turn.content.flows.phrases.stopped)),)
    events = () if turn.session.stopped else (turn.event(EventName.STOPPED),)
    return Step(kept, said, events, Found(FoundKind.CONTROL))


def start(turn: Turn) -> Step:
    """Begin, or come back after a stop."""
    session = checking.fresh(turn.session)
    return replace(menus.welcome(replace(turn, session=session, answers=Answers())), found=Found(FoundKind.CONTROL))


def silence(turn: Turn, word: Interrupt | None) -> Step:
    """After a stop nothing is sent, but who asks to be forgotten is forgotten."""
    forgets = turn.session.stopped and word is Interrupt.FORGET
    return Step(None if forgets else turn.session, (), (), Found(FoundKind.CONTROL))


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
        return menus.resume(turn)
    return menus.menu(turn)


def _more(turn: Turn) -> Step | None:
    """In the check, "go on" is no wish for more of an answer."""
    return None if turn.session.state in turn.content.flows.states else answering.more(turn)


def after_urgent(turn: Turn) -> Step:
    """The message after an urgent reply is met with care; the check is never resumed by itself."""
    said = turn.content.safety.replies.next_message.for_person(young=turn.young, area=turn.area)
    return stay(turn, FoundKind.URGENT, turn.say(said), menus.urgent_choices(turn), state="urgent_asked")


CONTROLS: dict[Interrupt, Callable[[Turn], Step | None]] = {
    Interrupt.HELP: _help,
    Interrupt.FORGET: _forget,
    Interrupt.MENU: menus.menu,
    Interrupt.BACK: _back,
    Interrupt.START_AGAIN: menus.start_again,
    Interrupt.MORE: _more,
}
