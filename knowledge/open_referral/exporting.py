"""The published services → a page of services in Open Referral UK 3.0, as councils publish their directories.

What the UK profile has no field for is put where a person reads it: who a service is for, and how to get it, stand in
its description, each in a paragraph of its own. Opening hours are a schedule's description, which is free text.
"""

from typing import Any
from uuid import UUID, uuid5

from knowledge.models import Area, KnowledgeBase, Service
from knowledge.rendering import phone_of

# Never change these two: others know our services by them, and we know ours by them when they come back.
NAMESPACE = UUID("8a1b6913-c837-4697-b504-756e0c0d5f34")
TAXONOMY = "carers-bot services"

PARAGRAPHS = {"for_whom": "Who it is for: ", "how": "How to get it: "}
TEXT_MESSAGES = "text"  # the type of a phone that takes text messages
GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
AREAS: dict[str, tuple[str, str]] = {
    Area.LEICESTER: ("Leicester", f"{GEOGRAPHY}E06000016"),
    Area.LEICESTERSHIRE: ("Leicestershire", f"{GEOGRAPHY}E10000018"),
    Area.RUTLAND: ("Rutland", f"{GEOGRAPHY}E06000017"),
    "national": ("The whole country", ""),
}


def export_services(knowledge: KnowledgeBase) -> dict[str, Any]:
    """One page with every service that may be published, whole and in the files' order, ready for `json.dumps`."""
    contents = [full_service(knowledge, service) for service in knowledge.services.values() if service.publishable]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def full_service(knowledge: KnowledgeBase, service: Service) -> dict[str, Any]:
    """One service with all that belongs to it. Lists are there even when empty: that says that there is none."""
    whole: dict[str, Any] = {
        "id": service_uuid(service.id),
        "name": service.name,
        "description": description(service),
        "url": service.web,
        "email": service.email,
        "status": "active",
        "fees": service.cost,
        "assured_date": service.checked.isoformat(),
        "last_modified": f"{service.checked.isoformat()}T00:00:00.000Z",
        "organization": _organization(knowledge, service.organisation),
        "phones": _phones(knowledge, service),
        "schedules": [{"id": _id("hours", service.id), "description": service.hours}] if service.hours else [],
        "service_areas": [_service_area(service.id, area) for area in service.areas],
        "service_at_locations": _locations(service),
        "attributes": [_own_id(service.id)],
    }
    return {name: part for name, part in whole.items() if part != ""}


def service_uuid(service_id: str) -> str:
    """The same UUID for the same service, for ever."""
    return _id("service", service_id)


def description(service: Service) -> str:
    """What it does, who it is for and how to get it, a paragraph each."""
    labelled = ((label, getattr(service, name)) for name, label in PARAGRAPHS.items())
    return "\n\n".join((service.does, *(f"{label}{text}" for label, text in labelled if text)))


def _id(*names: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(names)))


def _organization(knowledge: KnowledgeBase, organisation: str) -> dict[str, str]:
    """The standard needs a description. We have none to give, so it names what the organisation offers here."""
    services = (service for service in knowledge.services.values() if service.organisation == organisation)
    names = "; ".join(service.name for service in services if service.publishable)
    return {"id": _id("organisation", organisation), "name": organisation, "description": f"Offers: {names}"}


def _phones(knowledge: KnowledgeBase, service: Service) -> list[dict[str, str]]:
    owner = knowledge.services.get(service.phone_of, service)
    # A number in doubt is not published in another's name either. (A service in doubt is only compared.)
    number = phone_of(knowledge, service) if owner.publishable or not service.publishable else ""
    spoken = {"id": _id("phone", service.id), "number": number, "type": "voice"}
    written = {"id": _id("text", service.id), "number": service.text, "type": TEXT_MESSAGES}
    return [phone for phone in (spoken, written) if phone["number"]]


def _service_area(service_id: str, area: str) -> dict[str, str]:
    name, uri = AREAS[area]
    found = {"id": _id("area", service_id, area), "name": name}
    return {**found, "uri": uri} if uri else found


def _locations(service: Service) -> list[dict[str, Any]]:
    """Our addresses are one line for people, so they are no `addresses`, which have to be cut into town and county."""
    if not service.address:
        return []
    place = {"id": _id("place", service.id), "location_type": "physical", "description": service.address}
    return [{"id": _id("at-place", service.id), "location": place}]


def _own_id(service_id: str) -> dict[str, Any]:
    """Our own id, so that the service is found again in a feed that passed through other hands."""
    term = {
        "id": _id("term", service_id),
        "name": service_id,
        "description": "What the carers' bot calls this service in its files.",
        "taxonomy": TAXONOMY,
    }
    return {"id": _id("attribute", service_id), "taxonomy_term": term}
