"""Questions: the knowledge base's answer, choices, or an honest nothing, in the form that the channel carries."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from conversations.events import EventName
from conversations.models import Found, FoundKind, Reply, Session, Step
from conversations.parting import sorry
from conversations.slots import Place, Slot
from conversations.sms import ORDINARY_SEGMENTS, budget, parts, plain, septets
from conversations.turns import AREA_NAMES, Turn, asks, compose, fits, numbered
from knowledge.language import LONGEST_READ, is_written_in_another_script
from knowledge.models import Answer, Choices, Match, Nothing
from knowledge.rendering import AREAS_AND_ELSEWHERE, RenderedAnswer, plain_web, render, service_for

HELPED = (":helped", ":not_helped")
MOST_SOURCES = 3


def find(turn: Turn) -> Match:
    """What the knowledge base has for this message. Where it is about is known by now, and would only blur the rest."""
    return turn.content.matcher.search(without_place(turn), turn.area, turn.audience)


def without_place(turn: Turn) -> str:
    """The message without the place that it names."""
    text = turn.message.text[:LONGEST_READ]
    place = turn.content.places.find(text, asked=False) if Slot.PLACE in turn.heard else None
    if place is None:
        return text
    return re.sub(rf"\b(?:(?:in|near|at|around) )?{re.escape(place.name)}\b", " ", text, flags=re.IGNORECASE)


def reply_with(turn: Turn, match: Match, resume: str = "") -> Step:
    """The reply that this match stands for. `resume` is the question of the check to go back to."""
    match match:
        case Answer(topic=topic):
            return give_answer(turn, topic, resume, sorry(turn))
        case Choices(topics=topics):
            intro = turn.say(turn.content.flows.phrases.choices_intro)
            return offer(turn, topics, f"{sorry(turn)} {intro}".strip(), resume)
        case Nothing(far_off=far_off):
            return find_nothing(turn, resume, far_off=far_off)


def give_answer(turn: Turn, topic: str, resume: str = "", said: str = "") -> Step:
    """The topic's answer for this person's area and age, with where it comes from."""
    answer = render(turn.content.knowledge, topic, turn.area, turn.audience, turn.today)
    if answer is None:
        return find_nothing(turn, resume)
    session = _moved(turn, "answered", topic=topic, page=0, resume=resume)
    choices = numbered(ways_on(turn, topic, resume), "answered")
    phrases = turn.content.flows.phrases
    if turn.sms:
        late = turn.say(phrases.answer_overdue_short, checked=f"{answer.checked:%b %Y}") if answer.overdue else ""
        text = f"{said} {answer.short} {late}".strip()
        text = text if fits(turn, text) else f"{answer.short} {late}".strip()
        hint = turn.say(phrases.answer_more)
        reply = compose(turn, text, choices, extras=[hint])
        if len(reply.choices) < len(choices) or hint not in reply.text:
            # To ask whether it helped must not crowd out what does help.
            reply = compose(turn, text, [c for c in choices if not c.button.endswith(HELPED)], extras=[hint])
    else:
        body = f"{said}\n\n{answer.body}".strip()
        reply = compose(turn, f"{body}\n\n{provenance(turn, answer)}", choices)
    area = Place(turn.area.value) if turn.area else Place.UNKNOWN
    event = replace(turn.event(EventName.ANSWERED), topic=topic, area=area)
    return Step(session, (reply,), (event,), Found(FoundKind.ANSWER, (topic,)), asks=asks(turn.content, session))


def offer(turn: Turn, topics: Iterable[str], intro: str, resume: str = "") -> Step:
    """Topics to choose from, by their titles; the last choice is always something else."""
    titled = {t: entry.title for t in topics if (entry := turn.content.knowledge.entry(t, turn.audience))}
    session = _moved(turn, "choosing", offered=tuple(titled), resume=resume)
    labels = {**titled, "other": turn.say(turn.content.flows.phrases.choices_other)}
    reply = compose(turn, intro, numbered(labels, "choosing"))
    return Step(session, (reply,), (turn.event(EventName.OFFERED),), Found(FoundKind.CHOICES, tuple(titled)))


def give_part(turn: Turn, answer: RenderedAnswer, part: str, source: str) -> Step:
    """A part of an answer that was given before, with its `source`. It is not counted as another answer.

    Without a source it says that the answer does not hold what was asked.
    """
    session = _moved(turn, "answered", topic=answer.topic, page=0, resume=turn.session.resume)
    choices = numbered(ways_on(turn, answer.topic, turn.session.resume), "answered")
    if turn.sms:
        choices = tuple(choice for choice in choices if not choice.button.endswith(HELPED))
        hint = turn.say(turn.content.flows.phrases.answer_more)
        below = [hint, *(f"{choice.key} {choice.label}" for choice in choices if turn.session.resume)][:2]
        room = budget(ORDINARY_SEGMENTS) - sum(septets(f"\n{line}") for line in below)
        reply = compose(turn, f"{parts(plain(part), room)[0]}\n{hint}", choices, [source] if source else [])
    else:
        reply = compose(turn, f"{part}\n\n{source}".strip(), choices)
    found = Found(FoundKind.ANSWER if source else FoundKind.NOTHING, (answer.topic,))
    events = () if source else (turn.event(EventName.UNANSWERED),)
    return Step(session, (reply,), events, found, asks=asks(turn.content, session))


def find_nothing(turn: Turn, resume: str = "", *, far_off: bool = False) -> Step:
    """An honest "I don't know", with a person to ring; and what we do know, to a question `far_off`."""
    phrases = turn.content.flows.phrases
    said = phrases.far_off if far_off else phrases.nothing
    said = phrases.too_long if len(turn.message.text) > LONGEST_READ else said
    session = _moved(turn, "answered", topic="", page=0, resume=resume)
    if is_written_in_another_script(turn.message.text):
        own = getattr(phrases.other_scripts, script_of(turn.message.text), "")
        reply = Reply(turn.say(own)) if own else compose(turn, turn.say(phrases.other_script))
        return Step(session, (reply,), (turn.event(EventName.UNANSWERED),), Found(FoundKind.NOTHING))
    reply = compose(turn, f"{sorry(turn)} {turn.say(said)}".strip(), numbered(ways_on(turn, "", resume), "answered"))
    event = turn.event(EventName.UNANSWERED)
    return Step(session, (reply,), (event,), Found(FoundKind.NOTHING))


def more(turn: Turn) -> Step:
    """By SMS, the next part of the full answer, and at the end where it comes from."""
    phrases, session = turn.content.flows.phrases, turn.session
    answer = render(turn.content.knowledge, session.topic, turn.area, turn.audience, turn.today)
    pages = _pages(turn, answer) if answer is not None and turn.sms else ()
    if session.page >= len(pages):
        session = _moved(turn, session.state, resume=session.resume)
        reply = compose(turn, turn.say(phrases.no_more))
    else:
        reply = Reply(pages[session.page])
        session = _moved(turn, "answered", page=session.page + 1, resume=session.resume)
    found = Found(FoundKind.ANSWER, (session.topic,)) if session.topic else Found(FoundKind.CONTROL)
    return Step(session, (reply,), (), found, asks=asks(turn.content, session))


def ask_area(turn: Turn) -> Step:
    """Where the person lives who is looked after: answers differ by council."""
    session = _moved(turn, "area")
    labels = {place.value: AREA_NAMES[place] for place in AREA_NAMES}
    reply = compose(turn, turn.say(turn.content.flows.phrases.which_area), numbered(labels, "area"))
    return Step(session, (reply,), (), Found(FoundKind.CONTROL), asks=asks(turn.content, session))


def depends_on_area(turn: Turn, topic: str) -> bool:
    """Whether somebody elsewhere would read another short or full answer."""
    answers = (render(turn.content.knowledge, topic, a, turn.audience, turn.today) for a in AREAS_AND_ELSEWHERE)
    return len({(answer.short, answer.body) for answer in answers if answer}) > 1


def _moved(turn: Turn, state: str, **changes: object) -> Session:
    update = {"state": state, "answers": turn.answers, "tries": 0, "offered": (), **changes}
    return turn.session.model_copy(update=update)


def ways_on(turn: Turn, topic: str, resume: str) -> dict[str, str]:
    """What can be done after an answer. Until the check is done its number is always 1."""
    words = turn.content.flows.phrases.answer_next
    ways = {"resume": words.resume} if resume else {}
    if not resume and turn.session.outcome is None:
        ways["check"] = words.check
    if topic and turn.area is None and turn.answers.place is not Place.OUTSIDE and depends_on_area(turn, topic):
        ways["area"] = words.area
    if not topic or resume or turn.answers.bereaved:
        return ways
    return ways | {"helped": words.helped, "not_helped": words.not_helped}


def _pages(turn: Turn, answer: RenderedAnswer) -> tuple[str, ...]:
    hint = turn.say(turn.content.flows.phrases.answer_more)
    room = budget(ORDINARY_SEGMENTS) - septets(hint) - 1
    found = [*parts(plain(answer.body), room), *parts(plain(provenance(turn, answer)), room)]
    if len(found) > 1 and septets(f"{found[-2]}\n{found[-1]}") <= budget(ORDINARY_SEGMENTS):
        found[-2:] = [f"{found[-2]}\n{found[-1]}"]
    return tuple(f"{page}\n{hint}" if number < len(found) - 1 else page for number, page in enumerate(found))


def checked_line(turn: Turn, answer: RenderedAnswer) -> str:
    """When the numbers and addresses were last looked at."""
    return turn.say(turn.content.flows.phrases.answer_checked, checked=_in_words(answer.checked))


def provenance(turn: Turn, answer: RenderedAnswer, most: int = MOST_SOURCES) -> str:
    """Where the answer comes from, at `most` so many names, and when it was checked."""
    phrases = turn.content.flows.phrases
    checked = _in_words(answer.checked)
    names = ", ".join(source.name or plain_web(source.url) for source in answer.sources[:most])
    first = next((source.url for source in answer.sources if source.url), "")
    line = turn.say(phrases.answer_source, source=names, checked=checked)
    line = line if turn.sms or not first else f"{line}\n{first}"
    if not answer.overdue:
        return line
    who = service_for(turn.content.knowledge, "carers-service", turn.area)
    return f"{turn.say(phrases.answer_overdue, checked=checked, who=who.name if who else 'Carers UK')} {line}"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def script_of(text: str) -> str:
    """The script of most of its letters, in small letters as Unicode names it: "gujarati"; "" where there are none."""
    names = Counter(unicodedata.name(letter, "").split(" ")[0].lower() for letter in text if letter.isalpha())
    return names.most_common(1)[0][0] if names else ""
