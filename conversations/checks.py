"""Lints over everything that is said: too long for a text message, too hard to read, dead ends, out of reach.

`check_words` looks at all of it; `check_entries` needs the knowledge base alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time

from conversations import menus
from conversations.checking import choices_of
from conversations.flows import ENDING, Said, State
from conversations.identification import Outcome, ReasonNot
from conversations.interrupts import Aside
from conversations.models import Channel, InboundMessage, Session
from conversations.next_steps import STEPS, ending_choices
from conversations.sharing import shared_words
from conversations.slots import AgeBand, Answers, Place, Relation
from conversations.sms import ORDINARY_SEGMENTS, URGENT_SEGMENTS, budget, foreign_characters, plain, septets
from conversations.sources import WaysIn, place_faults
from conversations.still_open import MEANINGS
from conversations.turns import Content, Turn
from knowledge.checks import Finding, Level, error, number_faults, warning
from knowledge.models import Area, Entry, KnowledgeBase
from knowledge.reading_age import reading_age
from knowledge.rendering import AREAS_AND_ELSEWHERE, render

OLDEST_READER = 11  # years: the reading age that no answer may pass
CHECK_READER = 9  # years: the reading age of the check, which a child may be going through
MOST_SHORT = 245  # characters of a filled short answer: two text messages hold 306, with the way on below it
MOST_BODY, LEAST_BODY = 1250, 300
LONG_WORD = Relation.HUSBAND  # the longest that {them} becomes
LONGEST_WAYS = WaysIn("+44 7700 900 123", "LeicestershireAndRutlandCarerBot")
PASSED_ON = {"share_sms", "share_telegram"}  # looked at within the message that they are part of
FEWEST_MEASURED = 5  # words: of fewer, averages say nothing ("Something else" would be too hard for a child of 13)
NOT_MEASURED = 99
ORDINARY_AFTER_DANGER = {"next_message", "help_has_come"}  # of two text messages, as all that is not urgent
LONGEST_TITLE = 40
WORD = re.compile(r"[A-Za-z']+")
Read = tuple[str, str]  # who reads it, and what they read
TESTED_WORDING = {"helps_someone"}  # the Census question is as it was tested, hard words and all


def check_words(content: Content, today: date) -> tuple[Finding, ...]:
    """All findings in answers, questions, phrases and urgent replies, errors first."""
    found = {
        *check_entries(content.knowledge, today),
        *check_flows(content, today),
        *_urgent(content, today),
    }
    return tuple(sorted(found))


def check_flows(content: Content, today: date) -> tuple[Finding, ...]:
    """All findings in the questions, the endings and the phrases."""
    found = {
        *_questions(content, today),
        *_meanings(content),
        *_leads(content),
        *_headings(content),
        *_endings(content, today),
        *(Finding(Level.ERROR, fault) for fault in place_faults(content.flows.sources, content.places)),
    }
    return tuple(sorted(found))


def check_entries(knowledge: KnowledgeBase, today: date) -> tuple[Finding, ...]:
    """All findings in the answers, as people in each area will read them."""
    found = {finding for entry in knowledge.entries.values() for finding in _entry(knowledge, entry, today)}
    return tuple(sorted(found))


def _entry(knowledge: KnowledgeBase, entry: Entry, today: date) -> Iterator[Finding]:
    """Every area's short and full answer, with this year's figures and on a day when none holds."""
    yield from said(entry.file, "title", [("everybody", entry.title)], LONGEST_TITLE, NOT_MEASURED)
    for day in (today, date(9998, 1, 1)):
        shorts, bodies = list[Read](), list[Read]()
        for area in AREAS_AND_ELSEWHERE:
            answer = render(knowledge, entry.topic, area, entry.audience, day)
            if answer is not None:
                who = area.value if area else "elsewhere"
                shorts.append((who, answer.short))
                bodies.append((who, answer.body))
        yield from said(entry.file, "short", shorts, MOST_SHORT)
        yield from said(entry.file, "body", bodies, MOST_BODY)
        if any(len(body) < LEAST_BODY for _, body in bodies):
            remedy = "Say what it is and what to do next."
            yield warning(entry.file, "body", "The full answer is very short.", remedy)


def said(file: str, field: str, read: Iterable[Read], most: int, oldest: int = OLDEST_READER) -> Iterator[Finding]:
    """Faults of what people read in one place: characters, length in septets, reading age in years."""
    readers: dict[str, list[str]] = {}
    for who, text in read:
        readers.setdefault(text, []).append(who)
    for text, people in readers.items():
        where = f" ({'; '.join(dict.fromkeys(people))})" if len(readers) > 1 else ""
        foreign = foreign_characters(plain(text))
        if foreign:
            named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in foreign)
            yield error(file, field, f"A text message cannot carry {named}.", "Write it with a plain character.")
        elif septets(plain(text)) > most:
            problem = f"It has {septets(plain(text))} characters{where}, more than {most}."
            yield error(file, field, problem, "Say less, or say it shorter.")
        age = reading_age(text)
        if age > oldest and len(WORD.findall(text)) >= FEWEST_MEASURED:
            problem = f"Its reading age is {age:.0f}{where}, over {oldest}."
            yield error(file, field, problem, "Use shorter sentences and everyday words.")


def _questions(content: Content, today: date) -> Iterator[Finding]:
    file = "flows/check.toml"
    for state in content.flows.states.values():
        oldest = NOT_MEASURED if state.id in TESTED_WORDING else CHECK_READER
        read = [(who, text) for turn, who in people(content, today) for text in _wordings(turn, state)]
        yield from said(file, state.id, read, budget(ORDINARY_SEGMENTS), oldest)
        explained = [(who, turn.say(state.explains.to(young=turn.young))) for turn, who in people(content, today)]
        yield from said(file, f"{state.id}.explains", explained, budget(1), CHECK_READER)
        yield from said(
            file, f"{state.id}.aside", asides(content, state, today), budget(ORDINARY_SEGMENTS), NOT_MEASURED
        )
        told = (("explains", state.explains.adult), ("explains", state.explains.young))
        for field, words in (("adult", state.adult), ("young", state.young), ("again", state.again), *told):
            for problem, remedy in number_faults(words):
                yield error(file, f"{state.id}.{field}", problem, remedy)


def _wordings(turn: Turn, state: State) -> Iterator[str]:
    """The longest messages in which this question may be put."""
    labels = [f"{choice.key} {choice.label}" for choice in choices_of(turn, state) if choice.key.isdigit()]
    before = max((turn.say(text) for text in _said_before(turn.content, state, young=turn.young)), key=len)
    texts = [turn.say(state.question(young=turn.young, ended=ended)) for ended in (False, True)]
    texts += [turn.say(state.between)] if state.between else []
    for text in texts:
        yield "\n".join([f"{before} {text}".strip(), *labels])


def asides(content: Content, state: State, today: date) -> Iterator[Read]:
    """What is said to a question of theirs, with the choices of ours: where it is long, our question itself waits."""
    for turn, who in people(content, today):
        labels = [f"{choice.key} {choice.label}" for choice in choices_of(turn, state) if choice.key.isdigit()]
        yield from ((who, "\n".join([menus.said_to(turn, kind), *labels])) for kind in Aside)
        for phrase in (content.flows.phrases.aside_unknown, content.flows.phrases.aside_far_off):
            yield who, "\n".join([turn.say(phrase), *labels])
        yield who, "\n".join([turn.say(state.explains.to(young=turn.young)), *labels])


def _said_before(content: Content, state: State, *, young: bool) -> Iterator[str]:
    """What may stand before this question in the same message."""
    phrases = content.flows.phrases
    before = [phrases.moving_on, phrases.sorry_died, phrases.sorry_moved, phrases.sorry_ended]
    if state.id == content.flows.first:
        before += [phrases.check_intro, phrases.check_intro_first, phrases.welcome]
        before += [phrases.nothing_first, phrases.far_off_first, phrases.asked_nothing_first]
    yield from (said.to(young=young) for said in before)
    yield state.again
    for other in content.flows.states.values():
        yield from (choice.says for choice in other.choices if choice.leads == state.id)


def _meanings(content: Content) -> Iterator[Finding]:
    """Choices that stand for something which the program does not know."""
    file = "flows/check.toml"
    for state in content.flows.states.values():
        if state.asks not in MEANINGS:
            remedy = f"Use one of {', '.join(slot.value for slot in MEANINGS)}."
            yield error(file, f"{state.id}.asks", f"{state.asks.value!r} has no question.", remedy)
            continue
        known = ["skip", *(value.value for value in MEANINGS[state.asks][1])]
        for choice in state.choices:
            for means in {choice.means, choice.young_means or choice.means} - set(known):
                problem = f"{choice.label!r} means {means!r}, which is not known."
                yield error(file, state.id, problem, f"Use one of {', '.join(known)}.")


def _leads(content: Content) -> Iterator[Finding]:
    """Questions that are never reached, and those from which no way leads to the end."""
    states = content.flows.states
    leads = {key: {state.leads, *(choice.leads for choice in state.choices)} for key, state in states.items()}
    reached, waiting = set[str](), [content.flows.first]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting.extend(leads.get(at, ()))
    for key in states.keys() - reached:
        yield warning(
            "flows/check.toml", key, "No answer leads to this question.", "Name it in a `leads`, or take it out."
        )
    ends = {ENDING}
    while more := {key for key, to in leads.items() if key not in ends and to & ends}:
        ends |= more
    for key in states.keys() - ends:
        yield error("flows/check.toml", key, "From here the check never ends.", f'Let a `leads` say "{ENDING}".')


def _headings(content: Content) -> Iterator[Finding]:
    """Endings that the program may come to and nobody has written, and those that it never comes to."""
    endings = content.flows.endings
    wanted = {f"next.{topic}" for topic in STEPS} | {f"not_now.{reason.value}" for reason in ReasonNot}
    written = {f"next.{topic}" for topic in endings.next} | {f"not_now.{reason}" for reason in endings.not_now}
    for key in wanted - written:
        yield error("flows/endings.toml", key, "The check may end here, and nothing is said.", f"Write [{key}].")
    for key in written - wanted:
        remedy = f"Check the spelling, or take it out. There are: {', '.join(sorted(wanted))}."
        yield error("flows/endings.toml", key, "The check never ends here.", remedy)


def _endings(content: Content, today: date) -> Iterator[Finding]:
    """Recognition, next step and choices together, and everything said outside the questions."""
    endings, phrases, two = content.flows.endings, content.flows.phrases, budget(ORDINARY_SEGMENTS)
    readers = people(content, today)
    steps = {f"next.{topic}": step for topic, step in endings.next.items()}
    for field, step in {**steps, "next_not_bereaved": endings.next_not_bereaved}.items():
        texts = ((turn, who, f"{_longest_recognised(turn)} {turn.say(step)}") for turn, who in readers)
        read = [(who, _ending(turn, text, Outcome(carer=True))) for turn, who, text in texts]
        yield from said("flows/endings.toml", field, read, two, CHECK_READER)
    for reason, not_now in endings.not_now.items():
        read = [(who, _ending(turn, turn.say(not_now), Outcome(carer=False))) for turn, who in readers]
        yield from said("flows/endings.toml", f"not_now.{reason}", read, two, CHECK_READER)
    for name in type(phrases).model_fields:
        phrase = getattr(phrases, name)
        if isinstance(phrase, Said) and name not in PASSED_ON:
            filled = {"checked": "21 November 2026", "area": "Leicestershire", "who": "Carers UK", "source": ""}
            filled |= {
                "phone": "0808 808 7777",
                "hours": "every day",
                "where": "carersuk.org",
                "person": "your husband",
            }
            read = [(who, turn.say(phrase, **filled)) for turn, who in readers]
            yield from said("flows/phrases.toml", name, read, two)
    read = [(who, shared_words(turn, LONGEST_WAYS)) for turn, who in readers]
    yield from said("flows/phrases.toml", "share", read, two)


def _longest_recognised(turn: Turn) -> str:
    recognised = turn.content.flows.endings.recognised
    return max((turn.say(getattr(recognised, name)) for name in type(recognised).model_fields), key=len)


def _ending(turn: Turn, text: str, outcome: Outcome) -> str:
    return "\n".join([text, *(f"{choice.key} {choice.label}" for choice in ending_choices(turn, outcome))])


def _urgent(content: Content, today: date) -> Iterator[Finding]:
    """All that is said after danger was told of."""
    said_of = dict[str, list[Read]]()
    for turn, who in people(content, today):
        for name, text in content.safety.replies.texts(young=turn.young, area=turn.area).items():
            said_of.setdefault(name, []).append((who, turn.say(text)))
    for name, read in said_of.items():
        most = budget(ORDINARY_SEGMENTS if name in ORDINARY_AFTER_DANGER else URGENT_SEGMENTS)
        yield from said("safety/replies.toml", name, read, most)


def people(content: Content, today: date) -> Sequence[tuple[Turn, str]]:
    """Somebody of each audience in each area, and how to call them in a finding."""
    noon = datetime.combine(today, time(12), UTC)
    message = InboundMessage("", Channel.SMS, noon)
    found = []
    for age, who in ((AgeBand.ADULT, "adult"), (AgeBand.YOUNG, "young")):
        for area in AREAS_AND_ELSEWHERE:
            place = Place(Area(area).value) if area else None
            answers = Answers(age=age, place=place, who=(LONG_WORD,))
            turn = Turn(content, Session(), message, answers)
            found.append((turn, f"{who}, {area.value if area else 'elsewhere'}"))
    return found
