"""What is said when somebody tells that the person they looked after has died, or has moved into a home: that first."""

from conversations.answers.vocabulary import headings
from conversations.slots import Parting
from conversations.turns import Turn


def has_just_ended(turn: Turn) -> bool:
    """Whether this message tells that the caring has ended, and that there is nobody else to look after."""
    return turn.answers.caring_has_ended and not turn.session.answers.caring_has_ended


def tells_of_a_death(turn: Turn) -> bool:
    """Whether the message speaks of a death, be it of somebody else than the one looked after."""
    heard = set(headings(turn.content.vocabulary.hear(turn.message.text), "former"))
    return "died" in heard and "not_ended" not in heard


def sorry(turn: Turn) -> str:
    """A kind word for what was just told; nothing where it was told before, or not at all."""
    phrases = turn.content.flows.phrases
    if not has_just_ended(turn):
        return ""
    if turn.answers.parting is Parting.DEATH:
        return turn.say(phrases.sorry_died)
    return turn.say(phrases.sorry_moved if turn.answers.parting is Parting.CARE_HOME else phrases.sorry_ended)
