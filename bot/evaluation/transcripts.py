"""A played conversation for a reader, written as the golden transcripts are.

> what the person writes
< what the bot answers, line by line
* what was counted, with its dimensions
= the outcome of the check
! what is wrong in it, and where it went wrong
"""

from collections.abc import Iterator

from bot.evaluation.dialogues import Judged, Wrong
from conversations.models import Channel, Reply, Step
from conversations.sms import cost


def as_transcript(judged: Judged) -> str:
    """The whole conversation: who, channel, then turn by turn."""
    persona = judged.conversation.persona
    lines = [persona.persona, persona.channel.value]
    for exchange in judged.conversation.exchanges:
        lines += ["", f"> {exchange.message.text}", *told(exchange.done, persona.channel)]
    faults = [*_faults(judged)]
    return "\n".join([*lines, *([""] if faults else []), *faults]) + "\n"


def told(done: Step, channel: Channel) -> list[str]:
    """What one turn came to: replies with their buttons or cost, events, and the outcome."""
    lines = [line for reply in done.replies for line in _reply(reply, channel)] or ["< (nothing)"]
    for event in done.events:
        shown = (f"{key}={'+'.join(v) if isinstance(v, list) else v}" for key, v in event.dimensions().items())
        lines.append(" ".join(("*", event.name.value, *shown)))
    if done.outcome is not None:
        kinds = "+".join(sorted(done.outcome.kinds)) or "none"
        reason = f" reason_not={done.outcome.reason_not.value}" if done.outcome.reason_not else ""
        area, hours = done.outcome.area.value, done.outcome.hours.value
        lines.append(f"= carer={'yes' if done.outcome.carer else 'no'} kinds={kinds} area={area} hours={hours}{reason}")
    return lines


def _reply(reply: Reply, channel: Channel) -> list[str]:
    lines = [f"< {line}".rstrip() for line in reply.text.split("\n")]
    if channel is Channel.SMS:
        lines[-1] += f"   ({cost(reply.text).segments} sms)"
    elif reply.choices:
        lines.append("< " + " ".join(f"[{choice.label}]" for choice in reply.choices))
    return lines


def _faults(judged: Judged) -> Iterator[str]:
    if not judged.reached:
        yield "! no outcome"
    yield from (f"! {in_words(wrong)}" for wrong in judged.wrong)
    yield from (f"! under 18, treated as an adult: {how}" for how in judged.as_adult)


def in_words(wrong: Wrong) -> str:
    """For example: area is rutland, should be outside; in place: "stamford"."""
    where = f'; in {wrong.state}: "{wrong.said}"' if wrong.said else f"; {wrong.state}"
    return f"{wrong.field} is {wrong.got}, should be {wrong.expected}{where}"
