"""A feed's services in Open Referral UK 3.0 → the lines of our own files, so that the two can be laid side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import Fault
from knowledge.models import KnowledgeBase
from knowledge.open_referral.exporting import PARAGRAPHS, TAXONOMY, TEXT_MESSAGES, service_uuid
from knowledge.open_referral.faults import FEED, sound
from knowledge.open_referral.standard import SERVICE

PLAIN = {
    "name": "name", "email": "email", "web": "url", "cost": "fees", "checked": "assured_date", "status": "status",
}  # fmt: skip
TAKEN_OUT = ("email", "web", "cost")  # lines that the export leaves out where there is nothing to say
VOICE = ("", "voice", "cell")


@dataclass(frozen=True)
class FeedService:
    """One service of a feed, line by line. A line that is not there says nothing; an empty one says that there is none.

    `place` is its JSON pointer; `own_id` is the id of our service, if it carries one.
    """

    place: str
    lines: Mapping[str, str]
    own_id: str


def feed_services(knowledge: KnowledgeBase, contents: list[object], faults: list[Fault]) -> Iterator[FeedService]:
    """The services that can be compared: those with a name and an organisation. Adds what is wrong to `faults`."""
    by_uuid = {service_uuid(service_id): service_id for service_id in knowledge.services}
    seen: dict[str, str] = {}
    for index, item in enumerate(contents):
        place = f"/contents/{index}"
        service = sound(item, SERVICE, place, faults)
        lines = lines_of(service) if service else {}
        if not isinstance(item, dict) or "name" not in lines or "organisation" not in lines:
            continue
        uuid = service.get("id", "").lower()
        own_id = _carried(service, knowledge) or by_uuid.get(uuid, "")
        if own_id:
            # Whoever takes a line out of what we exported says that it no longer holds.
            lines = {line: "" for line in TAKEN_OUT if PLAIN[line] not in item} | lines
        first = next((seen[key] for key in (uuid, own_id) if key in seen), None)
        if first is not None:
            # Two with one id cannot both be that service, and nobody but a person can tell which is.
            faults.append(
                Fault(FEED, f"{place}/id", f"{first} has the same id.", "Give each service an id of its own.")
            )
            continue
        seen.update((key, place) for key in (uuid, own_id) if key)
        yield FeedService(place, lines, own_id)


def lines_of(service: Mapping[str, Any]) -> dict[str, str]:
    """A sound service as the lines of our files, each on one line."""
    lines = {line: service[name] for line, name in PLAIN.items() if name in service}
    if "name" in service.get("organization", {}):
        lines["organisation"] = service["organization"]["name"]
    if "description" in service:
        lines |= _paragraphs(service["description"])
    lines |= _numbers(service)
    lines |= _joined("hours", service.get("schedules"), "description")
    lines |= _joined("areas", service.get("service_areas"), "name")
    if "service_at_locations" in service:
        locations = [link.get("location", {}) for link in service["service_at_locations"]]
        lines |= _joined("address", locations, "description")
    return {line: " ".join(value.split()) for line, value in lines.items()}


def _carried(service: Mapping[str, Any], knowledge: KnowledgeBase) -> str:
    terms = (attribute.get("taxonomy_term", {}) for attribute in service.get("attributes", ()))
    names = (term["name"] for term in terms if term.get("taxonomy") == TAXONOMY and "name" in term)
    return next((name for name in names if name in knowledge.services), "")


def _paragraphs(text: str) -> dict[str, str]:
    found = {"does": ""} | dict.fromkeys(PARAGRAPHS, "")
    for paragraph in text.split("\n\n"):
        line = next((line for line, label in PARAGRAPHS.items() if paragraph.startswith(label)), "does")
        found[line] = f"{found[line]} {paragraph.removeprefix(PARAGRAPHS.get(line, ''))}"
    return found


def _numbers(service: Mapping[str, Any]) -> dict[str, str]:
    """Telephone and text numbers of the service and of its contacts."""
    lists = [thing["phones"] for thing in (service, *service.get("contacts", ())) if "phones" in thing]
    phones = [phone for phones in lists for phone in phones]
    if not lists or not all("number" in phone for phone in phones):
        return {}
    spoken = (phone["number"] for phone in phones if phone.get("type", "") in VOICE)
    written = (phone["number"] for phone in phones if phone.get("type") == TEXT_MESSAGES)
    return {"phone": _list(spoken), "text": _list(written)}


def _joined(line: str, things: list[dict[str, Any]] | None, name: str) -> dict[str, str]:
    """What the things say under this name. Nothing, if one of them does not say it: half a line would mislead."""
    if things is None or not all(name in thing for thing in things):
        return {}
    return {line: _list(thing[name] for thing in things)}


def _list(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))
