"""Golden transcripts: read one, play it again, write what was said.

A transcript is a text file. First line: who it is. Second: the channel. Then, turn by turn:

    > what the person writes      > [label] presses the button of that label      > (photo) sends a picture
    ~ 8 days later                 moves the clock before the next line
    < what the bot answers, line by line
    * what was counted, with its dimensions
    = the outcome of the check

The session is written to JSON and read again between every two turns, as the store does.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.evaluation.transcripts import told
from bot.service import dump_session, load_session
from conversations.engine import step
from conversations.models import Channel, InboundMessage, MessageKind, Reply
from conversations.turns import Content
from tests.conftest import TODAY

FOLDER = Path(__file__).parent
LATER = re.compile(r"~ (\d+) (day|hour)s? later")


@dataclass(frozen=True)
class Transcript:
    who: str
    channel: Channel
    said: tuple[str, ...]  # lines that begin with > or ~


def read(path: Path) -> Transcript:
    who, channel, *rest = path.read_text(encoding="utf-8").splitlines()
    return Transcript(who, Channel(channel), tuple(line for line in rest if line[:2] in {"> ", "~ "} or line == ">"))


def play(transcript: Transcript, content: Content) -> str:
    """The whole transcript as it is today."""
    lines = [transcript.who, transcript.channel.value]
    data: str | None = None
    last: tuple[Reply, ...] = ()
    at = TODAY
    for said in transcript.said:
        if (later := LATER.fullmatch(said)) is not None:
            at += timedelta(**{f"{later[2]}s": int(later[1])})
            lines += ["", said]
            continue
        done = step(content, load_session(data), _message(said[2:], transcript.channel, at, last))
        data = None if done.session is None else dump_session(done.session)
        last = done.replies or last
        lines += ["", said, *told(done, transcript.channel)]
    return "\n".join(lines) + "\n"


def _message(text: str, channel: Channel, at: datetime, last: tuple[Reply, ...]) -> InboundMessage:
    if text == "(photo)":
        return InboundMessage("", channel, at, MessageKind.MEDIA)
    pressed = re.fullmatch(r"\[(.+)\]", text)
    if pressed is None:
        return InboundMessage(text, channel, at)
    buttons = {choice.label: choice.button for reply in last for choice in reply.choices}
    return InboundMessage("", channel, at, MessageKind.BUTTON, buttons.get(pressed[1], pressed[1]))
