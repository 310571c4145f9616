"""What leans on the last answer is met from that answer: its number, its amount, its steps, or another place to try."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from conversations import answering
from conversations.answers.text import Heard
from conversations.answers.who import read_whom
from conversations.followups import Followup, is_listed, pointed_at, read_followup
from conversations.models import Step
from conversations.slots import Answers
from conversations.turns import Turn, them
from knowledge.models import Service
from knowledge.passages import part_with
from knowledge.rendering import RenderedAnswer, phone_of, plain_web, render, service_for, services_in

OPEN = {"answered", "menu", "ask", "ended"}  # states in which an answer may have gone before
IN_VAIN = {Followup.SAID_NO, Followup.NO_ANSWER, Followup.TRIED}  # what they did, whatever was said since
ASKED = {  # questions that nobody answers ours with
    Followup.AMOUNT, Followup.WHEN, Followup.HOURS, Followup.NUMBER, Followup.WHERE, Followup.SAY, Followup.APPLY,
}  # fmt: skip
MOST_LISTED = 3  # services that are named at once


def is_plain_follow_up(turn: Turn) -> bool:
    """Whether the message is nothing but listed words about the last answer: "they said no", "i cant get through"."""
    return bool(turn.session.topic) and is_listed(_said(turn), turn.content.flows.followups)


def follow_up(turn: Turn) -> Step | None:
    """The reply to a message that is nothing but a question about the last answer; else None."""
    kind = read_followup(_said(turn), turn.content.flows.followups) if turn.session.state != "new" else None
    answer = _last_answer(turn, in_vain=kind in IN_VAIN) if kind else None
    if kind is None or answer is None:
        return None
    if kind is Followup.PERSON:
        return _for_somebody_else(turn, answer)
    if kind is Followup.MORE:
        return answering.more(turn)
    if kind in OF_SERVICES:
        said = OF_SERVICES[kind](turn, answer)
        return (
            answering.give_part(turn, answer, said, answering.checked_line(turn, answer)) if said else _no(turn, answer)
        )
    return _part_asked(turn, answer, kind)


def follow_up_in_check(turn: Turn) -> Step | None:
    """The same while a question of the check waits, which comes back after it."""
    kind = read_followup(_said(turn), turn.content.flows.followups)
    if kind not in ASKED or turn.heard or not is_plain_follow_up(turn):
        return None
    aside = turn.session.model_copy(update={"state": "answered", "resume": turn.session.state})
    return follow_up(replace(turn, session=aside))


def lean_on_answer(turn: Turn) -> Step | None:
    """The part of the last answer that names what a short message asks of it: "will it change my pension"; or None."""
    wanted = pointed_at(_said(turn), turn.content.flows.followups)
    answer = _last_answer(turn) if wanted else None
    part = part_with(answer.body, wanted) if answer is not None else ""
    if answer is None or not part:
        return None
    return _give(turn, answer, f"{turn.say(turn.content.flows.phrases.followup_about)} {part}")


def _said(turn: Turn) -> Heard:
    return turn.content.vocabulary.hear(turn.message.text)


def _last_answer(turn: Turn, *, in_vain: bool = False) -> RenderedAnswer | None:
    """What the person read last, as it is for them; None where there is nothing to lean on."""
    session = turn.session
    topic = session.topic if session.state in OPEN or (in_vain and session.state == "choosing") else ""
    return render(turn.content.knowledge, topic, turn.area, turn.audience, turn.today) if topic else None


def _for_somebody_else(turn: Turn, answer: RenderedAnswer) -> Step:
    """ "What about for my dad": the same answer, or what else there is for the dad himself."""
    phrases, resume = turn.content.flows.phrases, turn.session.resume
    others = turn.content.flows.followups.instead_of(answer.topic)
    if others:
        return answering.offer(turn, others, turn.say(phrases.choices_intro), resume)
    named = Answers(who=read_whom(_said(turn), asked=True).relations)
    said = turn.say(phrases.followup_person, person=them(named))
    return replace(answering.give_answer(turn, answer.topic, resume, said), events=())


def _part_asked(turn: Turn, answer: RenderedAnswer, kind: Followup) -> Step:
    """The part that holds what is asked, by the signs that editors list."""
    words, phrases = turn.content.flows.followups, turn.content.flows.phrases
    part = part_with(answer.body, words.signs(kind)) or part_with(answer.short, words.signs(kind))
    if kind is Followup.SAID_NO:
        return _give(turn, answer, f"{turn.say(phrases.followup_sorry_no)} {part or _somebody_else(turn, answer)}")
    if kind is Followup.APPLY:
        part = part or answer.short
    if kind is Followup.EXPLAIN:
        part = answer.body.split("\n")[0]
    if not part and words.topics(kind):
        return answering.offer(turn, words.topics(kind), turn.say(phrases.choices_intro), turn.session.resume)
    return _give(turn, answer, part) if part else _no(turn, answer)


def _give(turn: Turn, answer: RenderedAnswer, part: str) -> Step:
    return answering.give_part(turn, answer, part, answering.provenance(turn, answer, *([1] if turn.sms else [])))


def _no(turn: Turn, answer: RenderedAnswer) -> Step:
    """ "I don't have that", and who should know."""
    who = next(iter([*_named(turn, answer), *_fallbacks(turn)]))
    said = turn.say(turn.content.flows.phrases.followup_unknown, who=who.name, phone=_phone(turn, who))
    return answering.give_part(turn, answer, said, "")


def _numbers(turn: Turn, answer: RenderedAnswer) -> str:
    phrase = turn.content.flows.phrases.followup_ring
    found = [*_named(turn, answer)] or [*_not_named(turn, answer, _services(turn, answer))]
    return "\n".join(turn.say(phrase, who=s.name, phone=_phone(turn, s)) for s in found[:MOST_LISTED])


def _hours(turn: Turn, answer: RenderedAnswer) -> str:
    phrase = turn.content.flows.phrases.followup_hours
    found = [service for service in _named(turn, answer) if service.hours]
    return "\n".join(turn.say(phrase, who=s.name, hours=s.hours.rstrip(".")) for s in found[:MOST_LISTED])


def _where(turn: Turn, answer: RenderedAnswer) -> str:
    """Where it is: on the map, or else on the web."""
    say, phrase, services = turn.say, turn.content.flows.phrases.followup_where, _services(turn, answer)
    places = [say(phrase, who=service.name, where=service.address) for service in services if service.address]
    pages = [say(phrase, who=service.name, where=plain_web(service.web)) for service in services if service.web]
    return "\n".join((places or pages)[:MOST_LISTED])


def _not_reached(turn: Turn, answer: RenderedAnswer) -> str:
    """Nobody answered: when they are open, and somebody else to try."""
    sorry = turn.say(turn.content.flows.phrases.followup_sorry)
    return "\n".join(filter(None, [sorry, _hours(turn, answer), _somebody_else(turn, answer)]))


def _did_not_help(turn: Turn, answer: RenderedAnswer) -> str:
    return f"{turn.say(turn.content.flows.phrases.followup_sorry)} {_somebody_else(turn, answer)}"


def _somebody_else(turn: Turn, answer: RenderedAnswer) -> str:
    """Another line to ring; where it depends on the council, first of all where they live."""
    phrases = turn.content.flows.phrases
    others = [*_not_named(turn, answer, _services(turn, answer))]
    if not others and "area" in answering.ways_on(turn, answer.topic, turn.session.resume):
        return turn.say(phrases.followup_say_where)
    other = next(iter([*others, *_not_named(turn, answer, _fallbacks(turn))]))
    return turn.say(phrases.followup_other, who=other.name, phone=_phone(turn, other))


def _services(turn: Turn, answer: RenderedAnswer) -> tuple[Service, ...]:
    entry = turn.content.knowledge.entry(answer.topic, turn.audience)
    return services_in(turn.content.knowledge, entry, turn.area) if entry is not None else ()


def _fallbacks(turn: Turn) -> Iterable[Service]:
    words = turn.content.flows.followups
    names = words.others_young if turn.young else words.others
    found = (service_for(turn.content.knowledge, name, turn.area) for name in names)
    return [service for service in found if service is not None]


def _named(turn: Turn, answer: RenderedAnswer) -> Iterable[Service]:
    """Those that the short answer sends people to: what they have read, and tried."""
    return [s for s in _services(turn, answer) if (phone := _phone(turn, s)) and phone in answer.short]


def _not_named(turn: Turn, answer: RenderedAnswer, services: Iterable[Service]) -> Iterable[Service]:
    return [s for s in services if (phone := _phone(turn, s)) and phone not in answer.short]


def _phone(turn: Turn, service: Service) -> str:
    return phone_of(turn.content.knowledge, service)


OF_SERVICES: dict[Followup, Callable[[Turn, RenderedAnswer], str]] = {
    Followup.NUMBER: _numbers,
    Followup.HOURS: _hours,
    Followup.WHERE: _where,
    Followup.NO_ANSWER: _not_reached,
    Followup.TRIED: _did_not_help,
}
