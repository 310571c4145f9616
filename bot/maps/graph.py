"""The conversation as a map, drawn from the flow files: cards with every wording, and where each answer leads.

Pure. Wordings are filled as somebody in Leicestershire who looks after their mum would read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from conversations.checking import choices_of
from conversations.checks import FEWEST_MEASURED, TESTED_WORDING, WORD
from conversations.flows import Condition, Said, State
from conversations.models import Channel, InboundMessage, Session
from conversations.safety import Risk
from conversations.slots import AgeBand, Answers, Place, Relation
from conversations.sms import cost, plain
from conversations.sources import FRIEND, telegram_link
from conversations.turns import Content, Turn
from knowledge.reading_age import reading_age

ADULTS, YOUNG = "adults", "under 18"
CENSUS = "The adult wording is that of the 2021 Census: it was tested, and is not made easier."
ANYTHING_ELSE = "anything else, or skipped"
SAMPLE = {"source": "www.carersuk.org", "checked": "21 November 2026", "who": "Carers UK", "area": "Leicestershire"}
SAMPLE |= {"phone": "0808 808 7777", "hours": "every day", "where": "carersuk.org", "person": "your mum"}
LEFT_OUT: dict[Condition, str] = {
    "family": "a relative or partner is looked after",
    "asks-for-another": "a professional, a paid carer or the person cared for is writing",
    "not-a-carer": "it is clear already that this person is not a carer",
    "stem-says-why": "a yes to the first question about a grown-up relative has told the reason",
    "of-pension-age": "the person is 65 or over",
    "day-and-night": "a grown-up looks after somebody 50 hours a week or more",
    "caring-has-ended": "the caring has ended",
    "bereaved": "the person looked after has died",
    "a-carer": "it is clear that this person is a carer",
}
RECOGNISED = {  # in the order in which they are thought of
    "former": "the caring has ended",
    "young": "under 18",
    "parent": "a parent of a child with extra needs",
    "carer": "every other carer",
}
NEXT_STEPS = {  # in the order of next_steps.STEPS
    "caring-ends": "the person looked after has died",
    "young-carers-support": "under 18",
    "breaks-and-respite": "it is getting too much",
    "parent-carers": "a parent of a child with extra needs",
    "carers-allowance": "35 hours a week or more, under 65, no word of claiming",
    "working-carers": "has a job",
    "local-carers-service": "every other carer",
}


AFTER_DANGER = {
    **{f"{risk}.numbers": "Said when the numbers are asked for again, or a place is named." for risk in Risk},
    "next_message": "Said to the message after it, where that tells nothing more.",
    "help_has_come": "Said to news that help has come, or that the danger is over.",
}


@dataclass(frozen=True)
class Wording:
    """One wording as it is sent by text, with its numbered choices.

    `age` is the reading age in years, None for a few words; `segments` are 0 for what is no message of its own.
    """

    who: str
    text: str
    age: int | None
    segments: int

    @property
    def measures(self) -> str:
        """For example: under 18, reading age 9, 2 texts."""
        texts = {0: "", 1: ", 1 text"}.get(self.segments, f", {self.segments} texts")
        return f"{self.who}{f', reading age {self.age}' if self.age is not None else ''}{texts}"


@dataclass(frozen=True)
class Way:
    """An answer, and the card to which it leads. `says` is said first."""

    label: str
    to: str
    says: str = ""


@dataclass(frozen=True)
class Card:
    """One thing the bot asks or says. `notes` tell when it is left out or said."""

    id: str
    wordings: tuple[Wording, ...]
    notes: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def title(self) -> str:
        return named(self.id)

    @property
    def leads(self) -> dict[str, str]:
        """Where the answers lead: the card, and the answers that lead there."""
        found = dict[str, list[str]]()
        for way in self.ways:
            found.setdefault(way.to, []).append(f'{way.label} (first: "{way.says}")' if way.says else way.label)
        return {to: "; ".join(labels) for to, labels in found.items()}


@dataclass(frozen=True)
class Part:
    """A part of the map, with a line about it."""

    title: str
    about: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Map:
    """The whole conversation. The ways of `questions` lead to each other or to ENDING, where `endings` take over."""

    service: str
    first: str
    questions: Part
    others: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.questions, *self.others)


def named(key: str) -> str:
    """A name of the flow files as words: "Could cope without"."""
    words = key.partition(".")[2] or key
    return words.replace("_", " ").replace("-", " ").capitalize()


def draw_map(content: Content, today: date) -> Map:
    """The map of this content, with the figures of this day."""
    readers = {ADULTS: _reader(content, today, young=False), YOUNG: _reader(content, today, young=True)}
    flows, endings = content.flows, content.flows.endings
    recognised = [(f"recognised.{key}", getattr(endings.recognised, key), when) for key, when in RECOGNISED.items()]
    steps = [(f"next.{key}", endings.next[key], when) for key, when in NEXT_STEPS.items()]
    steps.insert(1, ("next_not_bereaved", endings.next_not_bereaved, "the caring has ended, and no death was told of"))
    not_now = [(f"not_now.{key}", said, key.replace("-", " ")) for key, said in endings.not_now.items()]
    questions = tuple(_question(state, readers) for state in flows.states.values())
    return Map(
        content.service,
        flows.first,
        Part("The questions", "Asked one at a time. What was told is never asked; any can be skipped.", questions),
        (
            _part("What is recognised", "Said first when the questions end. The first that fits.", recognised, readers),
            _part("The one next step", "Said after it, in the same message. The first that fits.", steps, readers),
            _part("For those who are not carers", "Nobody is turned away without a next step.", not_now, readers),
            Part("In danger", "Said before anything else, wherever the talk is.", tuple(_urgent(content, readers))),
            _part("Everything else that is said", "By the moment.", list(_phrases(content)), readers),
            Part("Ways on", "The choices under an ending, a menu or an answer.", tuple(_choices(readers[ADULTS]))),
            Part("Words that always work", "Alone in a message, in capitals or not.", tuple(_control_words(content))),
        ),
    )


def _reader(content: Content, today: date, *, young: bool) -> Turn:
    noon = datetime.combine(today, time(12), ZoneInfo("Europe/London"))
    answers = Answers(age=AgeBand.YOUNG if young else AgeBand.ADULT, place=Place.LEICESTERSHIRE, who=(Relation.MUM,))
    return Turn(content, Session(), InboundMessage("", Channel.SMS, noon), answers)


def wording(who: str, words: str, choices: Sequence[str] = ()) -> Wording:
    """A wording with the reading age of its words, and its cost by text with the choices below it."""
    text = "\n".join([words, *choices])
    measured = len(WORD.findall(words)) >= FEWEST_MEASURED
    return Wording(who, text, round(reading_age(words)) if measured else None, cost(plain(text)).segments)


def _question(state: State, readers: dict[str, Turn]) -> Card:
    adult, young = readers.values()
    said = [(ADULTS, adult, state.adult), (YOUNG, young, state.young or state.adult)]
    said += [("when the caring has ended", adult, state.ended)] if state.ended else []
    said += [("when the place could be in two areas", adult, state.between.adult)] if state.between else []
    said += [("when they ask what is meant", adult, state.explains.adult)]
    said += [("when people under 18 ask it", young, state.explains.young)] if state.explains.young else []
    said += [("when an answer was not understood", adult, state.again)]
    wordings = tuple(
        wording(who, turn.say(text), _choice_lines(turn, state) if text != state.again else ())
        for who, turn, text in said
    )
    labels = [f"{choice.label} / {choice.young}" if choice.young else choice.label for choice in state.choices]
    ways = [Way(label, choice.leads, choice.says) for label, choice in zip(labels, state.choices, strict=True)]
    ways += [Way(ANYTHING_ELSE, state.leads)]
    notes = [CENSUS] if state.id in TESTED_WORDING else []
    notes += [f"Left out when {LEFT_OUT[condition]}." for condition in state.skip_when]
    return Card(state.id, _once(wordings), tuple(notes), tuple(ways))


def _choice_lines(turn: Turn, state: State) -> list[str]:
    return [f"{choice.key} {choice.label}" for choice in choices_of(turn, state) if choice.key.isdigit()]


def _names(content: Content) -> dict[str, str]:
    ways, keyword = content.ways_in, content.flows.sources.whole_keyword(FRIEND)
    link = telegram_link(ways.bot or "BOT", FRIEND)
    return {**SAMPLE, "keyword": keyword, "number": ways.number or "NUMBER", "link": link}


def _once(wordings: tuple[Wording, ...]) -> tuple[Wording, ...]:
    """Without a wording for people under 18 that is the same as that for adults."""
    first = wordings[0]
    return tuple(each for each in wordings if each is first or each.text != first.text)


def _part(title: str, about: str, said: list[tuple[str, Said, str]], readers: dict[str, Turn]) -> Part:
    cards = []
    for key, words, when in said:
        texts = [(who, turn.say(words, **_names(turn.content))) for who, turn in readers.items()]
        texts += [("outside our councils", readers[YOUNG].say(words.elsewhere))] if words.elsewhere else []
        notes = (f"When: {when}.",) if when else ()
        cards.append(Card(key, _once(tuple(wording(who, text) for who, text in texts)), notes))
    return Part(title, about, tuple(cards))


def _urgent(content: Content, readers: dict[str, Turn]) -> Iterator[Card]:
    told = {who: content.safety.replies.texts(young=turn.young, area=turn.area) for who, turn in readers.items()}
    for key in told[ADULTS]:
        texts = tuple(wording(who, turn.say(told[who][key])) for who, turn in readers.items())
        yield Card(f"safety.{key}", texts, (AFTER_DANGER[key],) if key in AFTER_DANGER else ())


def _phrases(content: Content) -> Iterator[tuple[str, Said, str]]:
    phrases = content.flows.phrases
    for key in type(phrases).model_fields:
        phrase = getattr(phrases, key)
        if isinstance(phrase, Said):
            yield f"phrases.{key}", phrase, ""


def _choices(reader: Turn) -> Iterator[Card]:
    phrases, endings = reader.content.flows.phrases, reader.content.flows.endings
    lists = {
        "ending_choices": endings.choices,
        "menu_choices": phrases.menu_choices,
        "answer_next": phrases.answer_next,
        "urgent_next_choices": phrases.urgent_next_choices,
        "other_scripts": phrases.other_scripts,
    }
    for key, words in lists.items():
        labels = words.model_dump(by_alias=True)
        yield Card(f"choices.{key}", tuple(Wording(name, reader.say(text), None, 0) for name, text in labels.items()))


def _control_words(content: Content) -> Iterator[Card]:
    interrupts = content.flows.interrupts
    for key in type(interrupts).model_fields:
        yield Card(f"words.{key}", (Wording("words", ", ".join(getattr(interrupts, key)), None, 0),))
