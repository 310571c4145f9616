"""For whoever wants to hear what the bot says: chat, show."""

import asyncio
import secrets
import sys
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path

import click

from bot.channels import now, terminal
from bot.commands import CHANNEL, open_store, plainly
from bot.content import load_content
from bot.service import Service
from bot.settings import load_settings
from conversations.answering import give_answer, more
from conversations.models import Channel, InboundMessage, Reply, Session, Step
from conversations.slots import AgeBand, Answers, Parting, Place
from conversations.turns import Content, Turn, local_day
from knowledge.models import Area

AREAS = click.Choice([*(area.value for area in Area), "elsewhere"])


@click.command()
@click.option("--channel", type=CHANNEL, default=Channel.SMS.value, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in answer to each input line.")
@click.option("--fresh", is_flag=True, help="Treat every line as a new person's first message.")
@plainly
def chat(channel: str, as_json: bool, fresh: bool) -> None:
    """Talk to the bot here. Reads lines from a pipe, too. Nothing is kept or counted."""
    asyncio.run(_chat(Channel(channel), as_json=as_json, fresh=fresh))


async def _chat(channel: Channel, *, as_json: bool, fresh: bool) -> None:
    settings = load_settings()
    content = load_content(settings.service_name, settings.ways_in)
    seen: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(Path(folder) / "chat.sqlite3") as store:
            service = Service(content, store, secrets.token_hex(32), observe=seen.append)
            way_in = terminal.TerminalChannel(service.take, channel)
            for line in terminal.lines(sys.stdin.buffer, prompt=sys.stdin.isatty()):
                if fresh:
                    way_in.new_person()
                replies = await way_in.say(line)
                click.echo(terminal.as_json(replies, seen[-1]) if as_json else terminal.as_text(replies, channel))


@click.command()
@click.argument("topic")
@click.option("--area", type=AREAS, default="elsewhere", show_default=True, help="Where the person looked after lives.")
@click.option("--audience", type=click.Choice(["adult", "young", "bereaved"]), default="adult", show_default=True)
@click.option("--channel", type=CHANNEL, default=Channel.SMS.value, show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of asking. Default: today.")
@plainly
def show(topic: str, area: str, audience: str, channel: str, on: datetime | None) -> None:
    """Print exactly what a person would get on TOPIC; by SMS with every part that MORE gives."""
    settings = load_settings()
    content = load_content(settings.service_name, settings.ways_in)
    if topic not in content.knowledge.topics:
        raise click.ClickException(f"there is no topic {topic!r}. The topics stand in knowledge/topics.toml.")
    day = on.date() if on else local_day(now())
    place = None if area == "elsewhere" else Place(area)
    answers = Answers(age=AgeBand.YOUNG if audience == "young" else AgeBand.ADULT, place=place)
    if audience == "bereaved":
        answers = answers.model_copy(update={"former": True, "parting": Parting.DEATH})
    message = InboundMessage("", Channel(channel), datetime.combine(day, time(12), UTC))
    turn = Turn(content, Session(answers=answers), message, answers)
    click.echo(terminal.as_text(_all_of_it(content, turn, topic), message.channel))


def _all_of_it(content: Content, turn: Turn, topic: str) -> list[Reply]:
    step = give_answer(turn, topic)
    replies = list(step.replies)
    while turn.sms and step.session is not None:
        step = more(Turn(content, step.session, turn.message, turn.answers))
        if step.session is None or step.session.page <= len(replies) - 1:
            break
        replies.extend(step.replies)
    return replies
