"""Labelled questions, each played as a new person's first message: what they got, and whether it was right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.evaluation.files import QuestionLine
from conversations.answering import find
from conversations.engine import step
from conversations.models import Channel, FoundKind, InboundMessage, Session, Step
from conversations.slots import Answers
from conversations.turns import Content, Turn
from knowledge.models import Answer, Area, Audience, Choices, Match

OFFERED = 3


class Got(StrEnum):
    """What a message was met with."""

    ANSWER = "answered"
    CHOICES = "offered"
    NOTHING = "told nothing"
    SMALLTALK = "small talk"
    CHECK = "asked the check's questions"
    CONTROL = "something else"


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"  # the right topic is among the choices; or something not covered was not answered outright
    WRONG = "wrong"


@dataclass(frozen=True)
class Played:
    """One line and what came of it. `topics` is best first; `matched` is what the matcher alone would have said.

    Where danger spoke first (`urgent` names the risk), `got` and `topics` are the matcher's.
    """

    line: QuestionLine
    got: Got
    topics: tuple[str, ...]
    confidence: float | None  # of an outright answer, 0 to 1
    urgent: str
    matched: Got
    matched_topics: tuple[str, ...]

    @property
    def first_right(self) -> bool:
        """Whether the answer, or the first of the choices, is a topic of the line's."""
        return bool(self.topics) and self.topics[0] in self.line.topics

    @property
    def three_right(self) -> bool:
        return bool(set(self.topics[:OFFERED]) & set(self.line.topics))

    @property
    def answered_right(self) -> bool:
        return self.got is Got.ANSWER and self.first_right

    @property
    def verdict(self) -> Verdict:
        if self.line.smalltalk:
            return Verdict.RIGHT if self.got is Got.SMALLTALK else Verdict.WRONG
        if not self.line.covered:
            mild = Verdict.RIGHT if self.got is Got.NOTHING else Verdict.PARTLY
            return Verdict.WRONG if self.got is Got.ANSWER else mild
        if self.answered_right:
            return Verdict.RIGHT
        return Verdict.PARTLY if self.got is Got.CHOICES and self.three_right else Verdict.WRONG

    def by_matcher_alone(self) -> "Played":
        return replace(self, got=self.matched, topics=self.matched_topics)


KINDS = {
    FoundKind.ANSWER: Got.ANSWER,
    FoundKind.CHOICES: Got.CHOICES,
    FoundKind.NOTHING: Got.NOTHING,
    FoundKind.SMALLTALK: Got.SMALLTALK,
    FoundKind.CHECK: Got.CHECK,
    FoundKind.CONTROL: Got.CONTROL,
}


def play_all(content: Content, lines: Iterable[QuestionLine], at: datetime) -> tuple[Played, ...]:
    return tuple(play(content, line, at) for line in lines)


def play(content: Content, line: QuestionLine, at: datetime) -> Played:
    """What somebody who has never written before gets for this line, at this moment."""
    message = InboundMessage(line.text, Channel.SMS, at)
    done = step(content, Session(), message)
    match = find(_turn(content, message, done))
    matched, matched_topics = _said(match)
    urgent = done.found.risk
    return Played(
        line=line,
        got=matched if urgent else KINDS[done.found.kind],
        topics=matched_topics if urgent else done.found.topics,
        confidence=match.confidence if isinstance(match, Answer) else None,
        urgent=urgent,
        matched=matched,
        matched_topics=matched_topics,
    )


def seen_by_matcher(content: Content, message: InboundMessage, done: Step) -> tuple[Area | None, Audience]:
    """The area and audience that the matcher is told for this message."""
    turn = _turn(content, message, done)
    return turn.area, turn.audience


def _turn(content: Content, message: InboundMessage, done: Step) -> Turn:
    return Turn(content, Session(), message, done.session.answers if done.session else Answers())


def _said(match: Match) -> tuple[Got, tuple[str, ...]]:
    match match:
        case Answer(topic=topic):
            return Got.ANSWER, (topic,)
        case Choices(topics=topics):
            return Got.CHOICES, topics
        case _:
            return Got.NOTHING, ()
