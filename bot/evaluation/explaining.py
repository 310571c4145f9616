"""Why the bot would say what it says, in words that an editor understands."""

import math
from collections.abc import Callable, Iterator, Mapping

from conversations.answers import understand
from conversations.interrupts import read_interrupt
from conversations.models import FoundKind, InboundMessage, Session, Step
from conversations.safety import assess
from conversations.slots import Answers
from conversations.smalltalk import hear_smalltalk
from conversations.turns import Content
from knowledge.matching.explanation import Explanation, TopicWeighed
from knowledge.models import Answer, Choices

SPOKE = {
    FoundKind.ANSWER: "The knowledge base answered.",
    FoundKind.CHOICES: "The knowledge base offered choices.",
    FoundKind.NOTHING: "Nothing was found, and the bot says so.",
    FoundKind.SMALLTALK: "It is a greeting or the like.",
    FoundKind.URGENT: "Danger was heard, so nothing else counts.",
    FoundKind.CONTROL: "It is a control word, a place, or empty.",
    FoundKind.CHECK: "It tells of looking after somebody, so the questions begin.",
}
WHO = {"me": "the person writing is", "they": "somebody they speak of is"}
AGES = {"child": "under 16", "16-17": "16 or 17", "adult": "18 to 65", "pension-age": "66 or over"}
AT_SCHOOL = {"#me-at-school": "the person writing is at school"}
READABLE: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "how likely the best topic is": ("the best topic is right", lambda value: f"{1 / (1 + math.exp(-value)):.0%}"),
    "how likely it is that we cover this at all": ("we cover this at all", lambda value: f"{math.exp(value):.0%}"),
    "length": ("words", lambda value: f"{math.exp(value) - 1:.0f}"),
}
KNOWN_WELL = 0.995


def explain_turn(content: Content, session: Session, message: InboundMessage, done: Step) -> list[str]:
    """What danger, the control words and the self-check heard, and which of all readings spoke."""
    return [
        "Which reading spoke",
        f"  {SPOKE[done.found.kind]}",
        "Danger",
        f"  {_danger(content, message.text)}",
        "Control words and small talk",
        f"  {_control(content, message.text)}",
        "What was understood of the person",
        *(f"  {line}" for line in _understood(content, session.answers, message)),
    ]


def explain_match(explanation: Explanation) -> list[str]:
    """How the matcher read the message, what spoke for which topic, and why it decided as it did."""
    answers, offers = explanation.answers_from, explanation.offers_from
    return [
        "How the matcher read it",
        *(f"  {line}" for line in _reading(explanation)),
        "What it decided",
        f"  {_decision(explanation)}",
        f"  {explanation.reason}",
        f"  Confidence {explanation.confidence:.0%}. It answers from {answers:.0%}, and offers from {offers:.0%}.",
        *(f"  {line}" for line in _signs(explanation)),
        "What spoke for the topics",
        *(f"  {line}" for topic in explanation.topics for line in _topic(topic)),
    ]


def _danger(content: Content, text: str) -> str:
    alarm = assess(text, content.safety)
    if alarm is None:
        return "None heard."
    return f'Heard "{alarm.words}": pattern {alarm.pattern}, risk {alarm.risk.value}.'


def _control(content: Content, text: str) -> str:
    word = read_interrupt(text, content.flows.interrupts)
    talk = hear_smalltalk(text, content.flows.smalltalk, content.smalltalk)
    found = [f"control word: {word.value}"] if word else []
    found += [f"small talk: {talk.value}"] if talk else []
    return f"{', '.join(found).capitalize()}." if found else "None."


def _understood(content: Content, known: Answers, message: InboundMessage) -> Iterator[str]:
    understood = understand(
        message.text, None, known, content.vocabulary, content.places, year=message.received_at.year
    )
    before, after = known.model_dump(mode="json"), understood.answers.model_dump(mode="json")
    changes = {field: value for field, value in after.items() if value != before[field]}
    if not changes:
        yield "Nothing."
    for field, value in changes.items():
        yield f"{field}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _reading(explanation: Explanation) -> Iterator[str]:
    yield f"in plain words: {' '.join(word.word for word in explanation.words)}"
    for word in explanation.words:
        if not word.read_as:
            yield f'"{word.word}" is not known'
        elif word.read_as[0][1] < KNOWN_WELL:
            guesses = ", or ".join(f'"{name}" ({weight:.0%})' for name, weight in word.read_as)
            yield f'"{word.word}" was taken for {guesses}'
    for family, words in explanation.families:
        yield f'"{words}" belongs to the family of meaning "{family}"'
    for fact in explanation.facts:
        yield f"heard that {fact_in_words(fact)}"


def fact_in_words(fact: str) -> str:
    """A mark of the matcher's as a sentence: "#they-pension-age" → somebody they speak of is of pension age."""
    who, _, age = fact.removeprefix("#").partition("-")
    if who in WHO and age in AGES:
        return f"{WHO[who]} {AGES[age]}"
    return AT_SCHOOL.get(fact, fact)


def _decision(explanation: Explanation) -> str:
    match explanation.match:
        case Answer(topic=topic):
            return f"Answer: {topic}."
        case Choices(topics=topics):
            return f"Offer: {', '.join(topics)}."
        case _:
            return "Nothing."


def _signs(explanation: Explanation) -> Iterator[str]:
    by_words_alone = all(topic.by_meaning is None for topic in explanation.topics)
    yield "Confidence rests on words alone:" if by_words_alone else "Confidence rests on:"
    for sign in explanation.signs:
        if by_words_alone and "meaning" in sign.name:
            continue  # nothing was asked about meaning, so that the sign says nothing
        name, in_words = READABLE.get(sign.name, (sign.name, "{:.2f}".format))
        yield f"- {name}: {in_words(sign.value)}"


def _topic(topic: TopicWeighed) -> Iterator[str]:
    opinions = f"by words {topic.by_words:.0%}"
    opinions += "" if topic.by_meaning is None else f", by meaning {topic.by_meaning:.0%}"
    yield f"{topic.topic}: {topic.chance:.0%} ({opinions})"
    for feature, pull in topic.because:
        yield f"  {'for' if pull >= 0 else 'against'}: {_feature(feature)} ({pull:+.2f})"
    if topic.nearest_ask:
        yield f'  nearest ask: "{topic.nearest_ask}" (alike {topic.likeness:.0%})'


def _feature(feature: str) -> str:
    if feature.startswith("~"):
        return f'family of meaning "{feature[1:]}"'
    return fact_in_words(feature) if feature.startswith("#") else f'"{feature}"'
