"""Made-up people talking with the real service, day by day; periods close as the clock moves on."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.evaluation.personas import LEADS_ON, MOST_TURNS, TURN, next_words
from bot.service import Service
from bot.simulation.drawing import Visit
from bot.storage import StoreError
from conversations.answering import HELPED
from conversations.models import FoundKind, InboundMessage, Step
from conversations.slots import Slot
from conversations.turns import LONDON


@dataclass
class Talk:
    """A visit while it goes on."""

    service: Service
    visit: Visit
    sent: int = 0

    async def say(self, text: str) -> Step:
        """Send one message, and see what the service made of it. Raises StoreError where it could not be kept."""
        seen: list[Step] = []
        visit, at = self.visit, self.visit.at + self.sent * TURN
        message = InboundMessage(text, visit.channel, at)
        message_id = f"{visit.address} {visit.number} {self.sent}"
        await replace(self.service, observe=seen.append).take(visit.address, message_id, message)
        if not seen:
            raise StoreError("a made-up person's message could not be kept; the log says why")
        self.sent += 1
        return seen[0]


async def play(service: Service, visit: Visit) -> int:
    """Play one visit to its end, and return how many messages the person sent."""
    talk = Talk(service, visit)
    if visit.check and not await _answer(talk):
        return talk.sent  # they have left in the middle
    for text in visit.then:
        done = await talk.say(text)
        if done.found.kind is FoundKind.CHOICES:
            done = await talk.say(LEADS_ON)
        told = _told(done, helped=visit.helped)
        if told:
            await talk.say(told)
    return talk.sent


def _told(done: Step, *, helped: bool | None) -> str:
    """What the person says of the answer, if they are asked and do say; else nothing."""
    ending = {True: HELPED[0], False: HELPED[1], None: None}[helped]
    keys = (c.key for reply in done.replies for c in reply.choices if ending and c.button.endswith(ending))
    return next(keys, "")


async def _answer(talk: Talk) -> bool:
    """Answer what is asked until the self-check comes to an outcome. False: the person left before."""
    asked: Slot | None = Slot.OPENING
    said: dict[Slot, int] = {}
    done: Step | None = None
    while talk.sent < min(talk.visit.patience, MOST_TURNS):
        done = await talk.say(next_words(talk.visit.answers, asked, said, done))
        if done.outcome is not None:
            return True
        asked = None if done.asks is Slot.OPENING else done.asks
    return False


async def play_days(
    service: Service,
    visits: Iterable[Visit],
    first: date,
    last: date,
    close: Callable[[date], Awaitable[object]],
    tell: Callable[[date, int], object],
) -> int:
    """Play every visit from the first day to the last, and return how many messages were sent.

    `close` is awaited with each day that begins a week or month, before it is played, and with the day after the last.
    `tell` hears of each day and how many visits it had. Nobody comes twice on one day, so that a day's visits are
    played all at once.
    """
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_day[visit.at.astimezone(LONDON).date()].append(visit)
    messages, day = 0, first
    while day <= last:
        if day > first and (day.day == 1 or day.isoweekday() == 1):
            await close(day)
        messages += sum(await asyncio.gather(*(play(service, visit) for visit in by_day[day])))
        tell(day, len(by_day[day]))
        day += timedelta(days=1)
    await close(day)
    return messages
