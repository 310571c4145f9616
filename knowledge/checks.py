"""Everything an editor can get wrong in the knowledge base, beyond what stops it from loading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import phonenumbers

from knowledge.errors import Fault
from knowledge.models import Area, Audience, Confidence, Entry, KnowledgeBase, Service
from knowledge.rendering import service_for, texts_of

FEWEST_ASKS = 20
ADDRESS = re.compile(
    r"https?://\S*\w|www\.\S*\w|[\w.-]+@[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:org|gov|nhs|co|com|net)\b(?:\.uk)?",
    re.IGNORECASE,
)
PLACEHOLDERS = re.compile(r"\{[^{}]*\}")


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """A fault, and whether it stops a release."""

    level: Level
    fault: Fault


def check_knowledge(knowledge: KnowledgeBase, today: date) -> tuple[Finding, ...]:
    """All findings, errors first."""
    found = {
        *_coverage(knowledge),
        *_shared_asks(knowledge),
        *(finding for entry in knowledge.entries.values() for finding in _entry(entry, today)),
        *(finding for service in knowledge.services.values() for finding in _service(service, today)),
        *_shared_numbers(knowledge),
        *_borrowed_numbers(knowledge),
        *_closed(knowledge),
        *_rates(knowledge, today),
    }
    return tuple(sorted(found))


def error(file: str, field: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.ERROR, Fault(file, field, problem, remedy))


def warning(file: str, field: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, Fault(file, field, problem, remedy))


def number_faults(text: str) -> Iterator[tuple[str, str]]:
    """(problem, remedy) for every phone number or address that stands in `text` itself."""
    bare = PLACEHOLDERS.sub(" ", text)
    for match in phonenumbers.PhoneNumberMatcher(bare, "GB"):
        yield f"The number {match.raw_string} stands in the text.", "Write {service-id.phone}, so that it stands once."
    for address in ADDRESS.finditer(bare):
        if address[0].lower() != "gov.uk":
            yield f"The address {address[0]} stands in the text.", "Write {service-id.web}, so that it stands once."


def _coverage(knowledge: KnowledgeBase) -> Iterator[Finding]:
    for topic in knowledge.topics:
        if (topic, Audience.EVERYONE) not in knowledge.entries:
            remedy = f"Write entries/{topic}.md; docs/editing.md shows how."
            yield error(f"entries/{topic}.md", "file", f"Nothing answers the topic {topic}.", remedy)


def _shared_asks(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """An ask may stand once: in two topics it would decide nothing."""
    seen: dict[str, Entry] = {}
    counts: dict[str, int] = {}
    for entry in knowledge.entries.values():
        counts[entry.topic] = counts.get(entry.topic, 0) + len(entry.asks)
        for ask in entry.asks:
            key = " ".join(re.findall(r"\w+", ask.lower()))
            other = seen.setdefault(key, entry)
            if other.topic != entry.topic:
                problem = f"{ask!r} is an ask of {other.topic} too."
                yield error(entry.file, "asks", problem, "Keep it in the one that it is about.")
    for topic, count in counts.items():
        if count < FEWEST_ASKS:
            remedy = f"Write at least {FEWEST_ASKS}, as people really put it."
            yield warning(f"entries/{topic}.md", "asks", f"There are only {count} asks.", remedy)


def _entry(entry: Entry, today: date) -> Iterator[Finding]:
    yield from _dates(entry.file, entry.checked, entry.review_by, today)
    texts = [("title", entry.title), *((field, text) for field, text, _ in texts_of(entry))]
    for field, text in texts:
        for problem, remedy in number_faults(text):
            yield error(entry.file, field, problem, remedy)


def _service(service: Service, today: date) -> Iterator[Finding]:
    file = service.file
    yield from _dates(file, service.checked, service.review_by, today, service.id)
    if service.publishable and not service.sources:
        remedy = "Say where this was found, or set confidence to low."
        yield error(file, f"{service.id}.sources", "There is no source.", remedy)
    for field, number in _numbers(service):
        if not is_uk_number(number):
            remedy = "Write it as it is dialled, like 0116 496 0000."
            yield error(file, field, f"{number!r} is not a UK number.", remedy)
    if service.phone and service.phone_of:
        remedy = "Keep phone where the number is its own, phone_of where it is another's."
        yield error(file, f"{service.id}.phone_of", "It has both a phone and a phone_of.", remedy)
    for name, text in (("does", service.does), ("how", service.how), ("name", service.name)):
        for problem, remedy in number_faults(text):
            yield error(file, f"{service.id}.{name}", problem, remedy)


def _numbers(service: Service) -> Iterator[tuple[str, str]]:
    """(field, number) for each number of its own."""
    for name, number in (("phone", service.phone), ("text", service.text)):
        if number:
            yield f"{service.id}.{name}", number


def is_uk_number(number: str) -> bool:
    """Whether it can be dialled or texted in the UK; short numbers like 999 and 85258 count."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) or phonenumbers.is_valid_short_number_for_region(parsed, "GB")


def _shared_numbers(knowledge: KnowledgeBase) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for service in knowledge.services.values():
        for field, number in _numbers(service):
            other = seen.setdefault(_digits(number), service.id)
            if other != service.id:
                remedy = f'Write phone_of = "{other}" instead.'
                yield error(service.file, field, f"{number} stands with {other} too.", remedy)


def _borrowed_numbers(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Numbers that would be shown with one service, although the service that owns them may not be."""
    for service in knowledge.services.values():
        if service.publishable and service.phone_of and not knowledge.services[service.phone_of].publishable:
            problem = f"{service.phone_of} may not be shown (low confidence)."
            remedy = "Ring it first: see carers-bot review."
            yield error(service.file, f"{service.id}.phone_of", problem, remedy)


def _closed(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Services and numbers that closed.toml says have ended."""
    names = {_words(text): closed.id for closed in knowledge.closed.values() for text in (closed.id, closed.name)}
    numbers = {
        _digits(match.raw_string): closed.id
        for closed in knowledge.closed.values()
        for match in phonenumbers.PhoneNumberMatcher(closed.name, "GB")
    }
    for service in knowledge.services.values():
        found = [(service.id, service.id, names.get(_words(service.id)))]
        found.append((f"{service.id}.name", service.name, names.get(_words(service.name))))
        found += [(field, number, numbers.get(_digits(number))) for field, number in _numbers(service)]
        for field, text, ended in found:
            if ended:
                remedy = "Take it out, or take the other out of closed.toml if it runs again."
                yield error(service.file, field, f"{text!r} stands in closed.toml ({ended}).", remedy)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _words(name: str) -> tuple[str, ...]:
    """A name without its brackets, "the" and signs, to compare it with another."""
    found = tuple(re.findall(r"\w+", re.sub(r"\(.*?\)", " ", name).lower()))
    return found[1:] if found[:1] == ("the",) else found


def _rates(knowledge: KnowledgeBase, today: date) -> Iterator[Finding]:
    for rate in knowledge.rates.values():
        where = f"{rate.id}.values"
        values = sorted(rate.values, key=lambda value: value.valid_from)
        for value in values:
            if value.valid_to < value.valid_from:
                yield error("rates.toml", where, "It ends before it begins.", "Look at valid_from and valid_to.")
            if value.checked > today:
                yield _in_the_future("rates.toml", where, value.checked)
        for before, after in pairwise(values):
            if after.valid_from <= before.valid_to:
                yield error("rates.toml", where, "Two values hold on the same day.", "End one before the next begins.")
        if values[-1].valid_to < today:
            problem = f"The last figure ran out on {values[-1].valid_to:%d %B %Y}."
            yield warning("rates.toml", where, problem, "Add the new one; until then no figure is shown.")


def _dates(file: str, checked: date, review_by: date, today: date, item: str = "") -> Iterator[Finding]:
    """Findings on the two dates of an entry, or of an `item` in a file of several."""
    prefix = f"{item}." if item else ""
    if checked > today:
        yield _in_the_future(file, f"{prefix}checked", checked)
    if review_by <= checked:
        yield error(file, f"{prefix}review_by", "The review is due before the check.", "Write a day after `checked`.")
    elif review_by < today:
        problem = f"It was due for review on {review_by}."
        yield warning(file, f"{prefix}review_by", problem, "See carers-bot review.")


def _in_the_future(file: str, field: str, checked: date) -> Finding:
    return error(file, field, f"{checked} is in the future.", "Write the day on which somebody looked.")


def gaps(knowledge: KnowledgeBase) -> Iterator[tuple[str, Area]]:
    """(role, area) where the service meant to do it may not be shown, and another stands in."""
    for role in knowledge.roles.values():
        for area in Area:
            first = knowledge.services[role.candidates(area)[0]]
            standing_in = service_for(knowledge, role.id, area)
            if first.confidence is Confidence.LOW and standing_in is not None:
                yield role.id, area
