"""Labelled messages, each played as a first message: was the danger heard, the right one, and nothing else?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.evaluation.files import QuestionLine, SafetyLine
from conversations.engine import step
from conversations.models import Channel, InboundMessage, Session
from conversations.safety import Risk, assess
from conversations.turns import Content

SAFEGUARDING = "safeguarding"  # the topic of questions that may well deserve an urgent reply


@dataclass(frozen=True)
class Heard:
    """One message, the risk whose urgent reply it got, and the pattern and words that spoke for it."""

    text: str
    labelled: Risk | None
    topics: tuple[str, ...] | None  # of a line from a question file, which says nothing of risk
    heard: Risk | None
    pattern: str
    words: str
    seconds: float

    @property
    def missed(self) -> bool:
        return self.labelled is not None and self.heard is None

    @property
    def wrong_risk(self) -> bool:
        return self.labelled is not None and self.heard is not None and self.heard is not self.labelled

    @property
    def false_alarm(self) -> bool:
        return self.topics is None and self.labelled is None and self.heard is not None


def listen_to_all(
    content: Content, lines: Iterable[SafetyLine | QuestionLine], at: datetime, clock: Callable[[], float]
) -> tuple[Heard, ...]:
    return tuple(listen(content, line, at, clock) for line in lines)


def listen(content: Content, line: SafetyLine | QuestionLine, at: datetime, clock: Callable[[], float]) -> Heard:
    """Play one line. `clock` gives seconds, of the processor best; only the hearing of danger is timed."""
    start = clock()
    alarm = assess(line.text, content.safety)
    seconds = clock() - start
    done = step(content, Session(), InboundMessage(line.text, Channel.SMS, at))
    return Heard(
        text=line.text,
        labelled=line.risk if isinstance(line, SafetyLine) else None,
        topics=line.topics if isinstance(line, QuestionLine) else None,
        heard=Risk(done.found.risk) if done.found.risk else None,
        pattern=alarm.pattern if alarm else "",
        words=alarm.words if alarm else "",
        seconds=seconds,
    )
