"""What the control words do, wherever somebody is: stop, start, help, back, and so on."""

from collections.abc import Callable
from dataclasses import replace

from conversations import answering, checking, menus
from conversations.events import EventName
from conversations.interrupts import Interrupt, read_interrupt
from conversations.models import NEW, Found, FoundKind, MessageKind, Step
from conversations.slots import Answers
from conversations.turns import Turn, compose, stay


def read_control(turn: Turn) -> Interrupt | None:
    """The control word that the message is; what the provider took for STOP or START is that, whatever the word."""
    if turn.message.kind is not MessageKind.TEXT:
        return None
    if turn.message.handled_by_provider == "STOP":
        return Interrupt.STOP
    if turn.message.handled_by_provider == "START" and not _answers_us(turn):
        return Interrupt.START
    return read_interrupt(turn.message.text, turn.content.flows.interrupts)


def is_answered(turn: Turn) -> bool:
    """Whether the provider has answered the message itself, so that we must not."""
    return bool(turn.message.handled_by_provider) and not _answers_us(turn)


def _answers_us(turn: Turn) -> bool:
    """Whether what the provider took for START is meant for us: the "yes" of somebody in the middle of a talk."""
    if turn.message.handled_by_provider != "START" or turn.session.stopped or turn.session.state == NEW:
        return False
    return read_interrupt(turn.message.text, turn.content.flows.interrupts) is not Interrupt.START


def stop(turn: Turn) -> Step:
    """Opted out. By SMS the provider answers STOP itself, so that we stay silent."""
    kept = checking.fresh(turn.session).model_copy(update={"stopped": True})
    said = () if turn.sms else (compose(turn, turn.say(turn.content.flows.phrases.stopped)),)
    events = () if turn.session.stopped else (turn.event(EventName.STOPPED),)
    return Step(kept, said, events, Found(FoundKind.CONTROL))


def start(turn: Turn) -> Step:
    """Begin, or come back after a stop. Where the provider has answered, the next message is met with the welcome."""
    session = checking.fresh(turn.session)
    if turn.message.handled_by_provider:
        return Step(session, (), (), Found(FoundKind.CONTROL))
    return replace(menus.welcome(replace(turn, session=session, answers=Answers())), found=Found(FoundKind.CONTROL))


def silence(turn: Turn, word: Interrupt | None) -> Step:
    """Nothing is sent, after a stop or where the provider has answered. To be forgotten after a stop is done unsaid."""
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


CONTROLS: dict[Interrupt, Callable[[Turn], Step | None]] = {
    Interrupt.HELP: _help,
    Interrupt.FORGET: _forget,
    Interrupt.MENU: menus.menu,
    Interrupt.BACK: _back,
    Interrupt.START_AGAIN: menus.start_again,
    Interrupt.MORE: _more,
    Interrupt.HELPED: menus.said_helped,
}
