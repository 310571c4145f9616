"""Whether a message tells of the person's own caring, so that the check begins with it."""

from conversations.models import NEW
from conversations.slots import Paid, Slot, Stance, YesNo
from conversations.turns import Turn
from knowledge.models import Match, Nothing


def may_begin(turn: Turn, match: Match) -> bool:
    """Whether words that are no question are best met with the check: later on, whatever tells something at all."""
    if turn.session.state == "menu":
        return True
    if turn.session.outcome is not None:
        return False
    return _tells_of_caring(turn) or (turn.session.state != NEW and bool(turn.heard) and isinstance(match, Nothing))


def discloses(turn: Turn) -> bool:
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
