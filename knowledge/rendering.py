"""An entry → the words for one person: their area's services, today's figures, straight from the files.

Placeholders: `{SERVICE.phone}`, `{ROLE.name}`, `{here}`, and figures inside an either/or, `[[with {rate.ID}|without]]`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from knowledge.errors import Fault
from knowledge.models import Area, Audience, Entry, KnowledgeBase, Service, Source
from knowledge.rates import in_words, since_in_words, value_on

AREAS_AND_ELSEWHERE: tuple[Area | None, ...] = (*Area, None)
PLACEHOLDER = re.compile(r"\{([^{}\s]+)\}")
EITHER_OR = re.compile(r"\[\[(.+?)\|(.+?)\]\]", re.DOTALL)
FIELDS = ("phone", "contact", "name", "organisation", "web", "text", "email", "hours", "address", "how")


@dataclass(frozen=True)
class RenderedAnswer:
    """An answer in one person's words. `overdue` when its review day, or that of a service in it, has passed."""

    topic: str
    title: str
    short: str
    body: str
    sources: tuple[Source, ...]
    checked: date
    overdue: bool


def render(
    knowledge: KnowledgeBase, topic: str, area: Area | None, audience: Audience, on: date
) -> RenderedAnswer | None:
    """The topic's answer as this person should read it on this day, or None where there is no entry yet."""
    entry = knowledge.entry(topic, audience)
    if entry is None:
        return None
    used = services_in(knowledge, entry, area)
    return RenderedAnswer(
        topic=topic,
        title=entry.title,
        short=fill(knowledge, entry.short_for(area), entry, area, on),
        body=fill(knowledge, entry.body, entry, area, on),
        sources=tuple(s for s in entry.sources if area is None or not s.areas or area in s.areas) or entry.sources,
        checked=min((entry.checked, *(service.checked for service in used))),
        overdue=any(day < on for day in (entry.review_by, *(service.review_by for service in used))),
    )


def fill(knowledge: KnowledgeBase, text: str, entry: Entry | None, area: Area | None, on: date) -> str:
    """`text` with every placeholder replaced. Text that `fill_faults` passed cannot fail here."""
    if entry is not None and entry.here is not None:
        text = text.replace("{here}", entry.here.for_area(area))
    text = EITHER_OR.sub(partial(_either_or, knowledge, on), text)
    return PLACEHOLDER.sub(lambda match: _value(knowledge, match[1], area, on), text)


def service_for(knowledge: KnowledgeBase, name: str, area: Area | None) -> Service | None:
    """The service of this id, or the one that has this role in this area; never one that may not be shown."""
    role = knowledge.roles.get(name)
    for service_id in role.candidates(area) if role else (name,):
        service = knowledge.services.get(service_id)
        if service is not None and service.publishable:
            return service
    return None


def phone_of(knowledge: KnowledgeBase, service: Service) -> str:
    """The number to ring, which stands with the service that owns the line."""
    owner = knowledge.services.get(service.phone_of) if service.phone_of else service
    return owner.phone if owner else ""


def services_in(knowledge: KnowledgeBase, entry: Entry, area: Area | None) -> tuple[Service, ...]:
    """The services that this entry names for someone in this area."""
    text = " ".join((entry.short_for(area), entry.body, entry.here.for_area(area) if entry.here else ""))
    names = dict.fromkeys(match[1].split(".")[0] for match in PLACEHOLDER.finditer(text))
    found = (service_for(knowledge, name, area) for name in names)
    return tuple(service for service in found if service is not None)


def fill_faults(knowledge: KnowledgeBase, entry: Entry) -> Iterator[Fault]:
    """Every placeholder of the entry that cannot be filled for somebody."""
    for field, text, areas in texts_of(entry):
        for problem, remedy in sorted(set(text_faults(knowledge, text, areas, has_here=entry.here is not None))):
            yield Fault(entry.file, field, problem, remedy)
        if field.startswith("here.") and "{here}" in text:
            yield Fault(entry.file, field, "{here} stands inside [here].", "Take it out here.")


def texts_of(entry: Entry) -> Iterator[tuple[str, str, tuple[Area | None, ...]]]:
    """(field, text, areas whose people read it) for everything that the entry says."""
    own = {area: f"shorts.{area.value if area else 'elsewhere'}" for area in AREAS_AND_ELSEWHERE}
    own = {area: field for area, field in own.items() if entry.short_for(area) != entry.short}
    yield "short", entry.short, tuple(area for area in AREAS_AND_ELSEWHERE if area not in own)
    for area, field in own.items():
        yield field, entry.short_for(area), (area,)
    yield "body", entry.body, AREAS_AND_ELSEWHERE
    if entry.here is not None:
        for area in AREAS_AND_ELSEWHERE:
            yield f"here.{area.value if area else 'elsewhere'}", entry.here.for_area(area), (area,)


def text_faults(
    knowledge: KnowledgeBase, text: str, areas: tuple[Area | None, ...], *, has_here: bool = False
) -> Iterator[tuple[str, str]]:
    """(problem, remedy) for every placeholder in `text` that cannot be filled in one of `areas`."""
    outside = EITHER_OR.sub(lambda match: match[2], text)  # the half without figures is read when no rate holds
    if "[[" in outside or "]]" in outside:
        yield "A double square bracket stands alone.", "Write [[words with the figure|words without it]]."
    for match in PLACEHOLDER.finditer(text):
        name = match[1]
        if name == "here":
            if not has_here:
                yield "{here} is used, but there is no [here] table.", "Add [here] with all four areas."
        elif name.startswith("rate."):
            if f"{{{name}}}" in outside:
                yield f"{{{name}}} stands alone.", "Write [[words with the figure|words without it]]."
            _, rate, *rest = name.split(".")
            if rate not in knowledge.rates:
                yield f"There is no rate {rate!r}.", "Use an id from rates.toml."
            if rest not in ([], ["since"]):
                yield f"{{{name}}}: a rate has no such word.", "Write {rate.ID}, or {rate.ID.since} for its month."
        else:
            yield from _service_faults(knowledge, name, areas)
    if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
        yield "A curly bracket stands alone.", "Write placeholders as {service.phone}, with no space."


def _service_faults(
    knowledge: KnowledgeBase, placeholder: str, areas: tuple[Area | None, ...]
) -> Iterator[tuple[str, str]]:
    name, _, field = placeholder.partition(".")
    if name not in knowledge.services and name not in knowledge.roles:
        yield f"{{{placeholder}}}: there is no service or role {name!r}.", "Use an id from the services files."
        return
    if field not in FIELDS:
        yield f"{{{placeholder}}}: there is nothing called {field!r}.", f"Use one of {', '.join(FIELDS)}."
        return
    empty: dict[str, list[str]] = {}
    for area in areas:
        service = service_for(knowledge, name, area)
        if service is None:
            yield f"{{{placeholder}}}: may not be shown (low confidence).", "Use a role, or another service."
        elif not _field(knowledge, service, field):
            empty.setdefault(service.id, []).append(area.value if area else "elsewhere")
    for service_id, where in empty.items():
        told = f" ({', '.join(where)})" if len(where) < len(areas) else ""
        remedy = "Use another service." if field == "contact" else "Use .contact, or another service."
        yield f"{{{placeholder}}}: {service_id} has no {field}{told}.", remedy


def _either_or(knowledge: KnowledgeBase, on: date, match: re.Match[str]) -> str:
    """The side with figures if every one of them holds on the day, else the side without."""
    ids = [name.split(".")[1] for name in PLACEHOLDER.findall(match[1]) if name.startswith("rate.")]
    return match[1] if all(value_on(knowledge.rates[rate], on) for rate in ids) else match[2]


def _value(knowledge: KnowledgeBase, placeholder: str, area: Area | None, on: date) -> str:
    name, _, field = placeholder.partition(".")
    if name == "rate":
        rate_id, _, wanted = field.partition(".")
        value = value_on(knowledge.rates[rate_id], on)
        if value is None:
            raise LookupError(f"rate {rate_id} has no value on {on}")
        return since_in_words(value) if wanted == "since" else in_words(knowledge.rates[rate_id], value)
    service = service_for(knowledge, name, area)
    if service is None:
        raise LookupError(f"no publishable service for {placeholder}")
    return _field(knowledge, service, field)


def _field(knowledge: KnowledgeBase, service: Service, field: str) -> str:
    if field == "phone":
        return phone_of(knowledge, service)
    if field == "contact":
        return phone_of(knowledge, service) or plain_web(service.web)
    value: str = getattr(service, field)
    return plain_web(value) if field == "web" else value


def plain_web(address: str) -> str:
    """A web address as people read it: "leicester.gov.uk/carers"."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
