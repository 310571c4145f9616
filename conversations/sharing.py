"""What a person can pass on to somebody else: how to reach the service, and nothing of their own."""

from conversations.models import Found, FoundKind, Step
from conversations.sources import FRIEND, WaysIn, telegram_link
from conversations.turns import Turn, as_sent


def share(turn: Turn) -> Step:
    """A message made to be forwarded as it stands: without choices, and alike for everybody of an age."""
    text = shared_words(turn, turn.content.ways_in)
    session = turn.session.model_copy(update={"answers": turn.answers})
    return Step(session, (as_sent(turn, text),), (), Found(FoundKind.CONTROL))


def shared_words(turn: Turn, ways: WaysIn) -> str:
    """The invitation, with every way in that there is; a helpline's number, if there is none."""
    phrases = turn.content.flows.phrases
    said = [turn.say(phrases.share)]
    if ways.number:
        keyword = turn.content.flows.sources.whole_keyword(FRIEND)
        said.append(turn.say(phrases.share_sms, keyword=keyword, number=ways.number))
    if ways.bot:
        said.append(turn.say(phrases.share_telegram, link=telegram_link(ways.bot, FRIEND)))
    if len(said) == 1:
        said.append(turn.say(phrases.share_helpline))
    return " ".join(said)
