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
from knowledge.rendering import service_for

FEWEST_ASKS = 20
ADDRESS = re.compile(
    r"https?://|www\.|\b[\w.-]+@[\w-]+\.\w|\b[\w-]+\.(?:org|gov|nhs|co|com|net)\b(?:\.uk)?", re.IGNORECASE
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
    for field, text in _texts(entry):
        for problem, remedy in number_faults(text):
            yield error(entry.file, field, problem, remedy)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "short", entry.short
    yield "body", entry.body
    yield "title", entry.title
    for area in Area:
        if entry.here is not None:
            yield f"here.{area.value}", entry.here.for_area(area)
        yield f"shorts.{area.value}", entry.short_for(area)


def _service(service: Service, today: date) -> Iterator[Finding]:
    where = f"services: {service.id}"
    yield from _dates(where, service.checked, service.review_by, today)
    if service.publishable and not service.sources:
        yield error(where, "sources", "There is no source.", "Say where this was found, or set confidence to low.")
    for field, number in (("phone", service.phone), ("text", service.text)):
        if number and not is_uk_number(number):
            yield error(
                where, field, f"{number!r} is not a UK number.", "Write it as it is dialled, like 0116 454 1004."
            )
    if service.phone and service.phone_of:
        remedy = "Keep phone where the number is its own, phone_of where it is another's."
        yield error(where, "phone_of", "It has both a phone and a phone_of.", remedy)
    for field, text in (("does", service.does), ("how", service.how), ("name", service.name)):
        for problem, remedy in number_faults(text):
            yield error(where, field, problem, remedy)


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
        for field, number in (("phone", service.phone), ("text", service.text)):
            key = re.sub(r"\s", "", number)
            if key and (other := seen.setdefault(key, service.id)) != service.id:
                problem = f"{number} stands with {other} too."
                yield error(f"services: {service.id}", field, problem, f'Write phone_of = "{other}" instead.')


def _rates(knowledge: KnowledgeBase, today: date) -> Iterator[Finding]:
    for rate in knowledge.rates.values():
        where = f"{rate.id}.values"
        values = sorted(rate.values, key=lambda value: value.valid_from)
        for value in values:
            if value.valid_to < value.valid_from:
                yield error("rates.toml", where, "It ends before it begins.", "Look at valid_from and valid_to.")
        for before, after in pairwise(values):
            if after.valid_from <= before.valid_to:
                yield error("rates.toml", where, "Two values hold on the same day.", "End one before the next begins.")
        if values[-1].valid_to < today:
            problem = f"The last figure ran out on {values[-1].valid_to:%d %B %Y}."
            yield warning("rates.toml", where, problem, "Add the new one; until then no figure is shown.")


def _dates(file: str, checked: date, review_by: date, today: date) -> Iterator[Finding]:
    if checked > today:
        yield error(file, "checked", f"{checked} is in the future.", "Write the day on which somebody looked.")
    if review_by <= checked:
        yield error(file, "review_by", "The review is due before the check.", "Write a day after `checked`.")
    elif review_by < today:
        yield warning(file, "review_by", f"It was due for review on {review_by}.", "See carers-bot review.")


def gaps(knowledge: KnowledgeBase) -> Iterator[tuple[str, Area]]:
    """(role, area) where the service meant to do it may not be shown, and another stands in."""
    for role in knowledge.roles.values():
        for area in Area:
            first = knowledge.services[role.candidates(area)[0]]
            standing_in = service_for(knowledge, role.id, area)
            if first.confidence is Confidence.LOW and standing_in is not None:
                yield role.id, area
