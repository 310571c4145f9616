"""What is written while a question of the check waits, and does not answer it: said aside, or asked in return."""

import re

from conversations import answering, checking, following, menus, out_of_turn
from conversations.answers.yes_no import read_yes_no
from conversations.followups import Followup, asks_meaning, is_listed, read_followup
from conversations.interrupts import Aside
from conversations.models import FoundKind, MessageKind, Step
from conversations.parting import tells_of_a_death
from conversations.slots import Slot, YesNo
from conversations.smalltalk import like_smalltalk
from conversations.turns import Turn, stay
from knowledge.models import Answer, Choices, Nothing

UNWILLING = {Aside.WHY, Aside.RUDE}
BY_WORDS = {Slot.TASKS, Slot.WHY, Slot.WORK}  # questions that a word alone answers: "money", "stroke", "school"
PLAIN_QUESTION = re.compile(
    r"\W*(?:(?:is|are) there|how (?:do|can|much)|(?:can|could|do|should) (?:i|we)|what (?:is|are|can)|where (?:do|can))"
    r"\b",
    re.IGNORECASE,
)
NO_SCRAP = 4  # words from which a message that answers nothing is looked up though it does not look like a question


def asks_only_what_we_mean(turn: Turn) -> bool:
    """Whether the whole message says that our question was not understood: its "not" is then no answer."""
    if turn.message.kind is not MessageKind.TEXT:
        return False
    said, words = turn.content.vocabulary.hear(turn.message.text), turn.content.flows.followups
    return read_followup(said, words) is Followup.EXPLAIN and is_listed(said, words)


def asks_instead(turn: Turn) -> Step | None:
    """What is said to a plain question of theirs whose words would be taken for an answer: "is there any money"."""
    asked = turn.content.flows.states[turn.session.state].asks
    if asked not in BY_WORDS or PLAIN_QUESTION.match(turn.message.text) is None:
        return None
    match = answering.find(turn)
    return None if isinstance(match, Nothing) else answering.reply_with(turn, match, resume=turn.session.state)


def meet(turn: Turn, listed: Aside | None, *, asks: bool) -> Step:
    """What is said to it. `listed`: the small talk that it is by the lists. `asks`: whether it is like a question."""
    text, flows = turn.message.text, turn.content.flows
    aside = listed or like_smalltalk(text, turn.content.smalltalk)
    if not turn.heard and (said := menus.said_to(turn, aside)):
        return put_aside(turn, aside, said)
    if not turn.heard and aside is Aside.BYE:
        return stay(turn, FoundKind.SMALLTALK, turn.say(flows.phrases.smalltalk_bye))  # the question waits
    heard = turn.content.vocabulary.hear(text)
    if not turn.heard and asks_meaning(heard, flows.followups):
        return checking.explain(turn, again=False)
    unsure = ("?" not in text or len(text.split()) < NO_SCRAP) and read_yes_no(heard) is YesNo.UNSURE
    answered = following.follow_up_in_check(turn) or (None if listed or unsure else _answered(turn, asks=asks))
    if answered is not None:
        return answered
    known = out_of_turn.with_the_age(turn)
    if re.fullmatch(r"\s*\d+\s*", text) and known is None:
        return checking.repeat(turn, turn.say(flows.phrases.out_of_range))
    where = flows.states[turn.session.state].asks is Slot.PLACE
    told = turn.heard or known or (where and not unsure and out_of_turn.tells_who_or_why(turn))
    noted = turn.say(flows.phrases.noted) if told else ""
    noted = turn.say(flows.phrases.sorry_to_hear) if tells_of_a_death(turn) else noted
    return checking.ask_again(known or turn, unsure=unsure, said=noted)


def put_aside(turn: Turn, aside: Aside | None, said: str) -> Step:
    """The answer to small talk, and our question again. Only who will not answer is let go on after some tries."""
    return checking.ask_again(turn, said=said) if aside in UNWILLING else checking.repeat(turn, said)


def _answered(turn: Turn, *, asks: bool) -> Step | None:
    """The answer to a question of theirs, or to words that answer nothing of ours and are plainly about something."""
    long_enough = len(turn.message.text.split()) >= NO_SCRAP
    if not asks and (turn.heard or not long_enough or out_of_turn.tells_who_or_why(turn)):
        return None
    phrases = turn.content.flows.phrases
    if is_listed(turn.content.vocabulary.hear(turn.message.text), turn.content.flows.followups):
        # "How do I apply?", where no answer went before
        return checking.repeat(turn, turn.say(phrases.aside_unknown)) if asks else None
    match = answering.find(turn)
    if isinstance(match, Answer) or (asks and isinstance(match, Choices)):
        return answering.reply_with(turn, match, resume=turn.session.state)
    if turn.heard or not (long_enough or "?" in turn.message.text):
        return None
    if isinstance(match, Nothing) and match.far_off:
        return checking.repeat(turn, turn.say(phrases.aside_far_off))
    return checking.repeat(turn, turn.say(phrases.aside_unknown)) if asks else None
