"""Words for adults, said to somebody under 18 although there are words for them."""

from collections.abc import Iterator

from bot.evaluation.personas import Exchange
from conversations.flows import NAMES, Flows, Said
from conversations.safety import SafetyRules
from conversations.sms import plain
from conversations.turns import Content, Turn
from knowledge.models import Area

FILLED_LATER = tuple(f"{{{name}}}" for name in NAMES if name not in {"service", "them"})


def adult_wording(content: Content, exchange: Exchange) -> str | None:
    """The adult words in this reply, where the flow or the urgent replies have others for under-18s; else None."""
    done = exchange.done
    if done.session is None or not done.replies:
        return None
    turn = Turn(content, done.session, exchange.message, done.session.answers)
    text = "\n".join(plain(reply.text) for reply in done.replies)
    for adult, young in _wordings(content, turn.area):
        if plain(turn.say(adult)) in text and plain(turn.say(young)) not in text:
            return turn.say(adult)
    state = content.flows.states.get(done.session.state)
    labels = {choice.label for reply in done.replies for choice in reply.choices}
    for choice in state.choices if state else ():
        if choice.young and choice.label in labels and choice.young != choice.label:
            return choice.label
    return None


def _wordings(content: Content, area: Area | None) -> Iterator[tuple[str, str]]:
    """(adult, young) of everything that has both and differs."""
    pairs = [*_flow_wordings(content.flows), *_urgent_wordings(content.safety, area)]
    for adult, young in pairs:
        if young and adult != young and not any(name in adult + young for name in FILLED_LATER):
            yield adult, young


def _flow_wordings(flows: Flows) -> Iterator[tuple[str, str]]:
    for state in flows.states.values():
        yield state.adult, state.young
    endings = flows.endings
    phrases = [getattr(flows.phrases, name) for name in type(flows.phrases).model_fields]
    for said in (*phrases, *endings.next.values(), *endings.not_now.values()):
        if isinstance(said, Said):
            yield said.adult, said.young


def _urgent_wordings(safety: SafetyRules, area: Area | None) -> Iterator[tuple[str, str]]:
    adult, young = (safety.replies.texts(young=young, area=area) for young in (False, True))
    yield from ((adult[name], young[name]) for name in adult)
