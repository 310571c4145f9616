"""A feed in Open Referral UK 3.0 → what it would change in our services, for a person to review. Nothing is written.

A feed's service is ours if it carries our id. Otherwise it is ours only if the same organisation has one of nearly the
same name, and no other comes close: a wrong match would put one team's number on another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers
from rapidfuzz import fuzz, utils

from knowledge.errors import Fault
from knowledge.models import KnowledgeBase
from knowledge.open_referral.exporting import full_service
from knowledge.open_referral.faults import sound
from knowledge.open_referral.reading import TAKEN_OUT, FeedService, feed_services, lines_of
from knowledge.open_referral.standard import PAGE

# Similarities are per cent, and cautious: below them a person decides.
SAME_ORGANISATION = 92
SAME_NAME = 90
MARGIN = 5
MAY_BE = 75

LINES = (
    "organisation", "name", "does", "for_whom", "areas", "phone", "text", "email", "web", "address", "hours", "cost",
    "how", "checked", "status",
)  # fmt: skip
# Others word everything differently from us. Of their services only these lines are facts that we may have wrong.
FACTS = ("phone", "text", "email", "web", "hours", "cost", "status")
SHOWN_OF_NEW = ("does", "areas", "phone", "text", "email", "web", "hours", "cost")


@dataclass(frozen=True)
class New:
    """A service that we do not have. `place` is its JSON pointer in the feed; `may_be` names ours that it resembles."""

    organisation: str
    name: str
    place: str
    lines: tuple[tuple[str, str], ...]
    may_be: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A line of our service that the feed has otherwise. It is empty where one of the two says that there is none."""

    service: str
    field: str
    ours: str
    theirs: str
    place: str


@dataclass(frozen=True)
class Gone:
    """A published service of ours that its organisation no longer has in the feed."""

    service: str
    organisation: str
    name: str


@dataclass(frozen=True)
class Proposal:
    """What a feed would change. `gone_unknown` says why nothing can be called gone, or is empty."""

    new: tuple[New, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[Gone, ...] = ()
    faults: tuple[Fault, ...] = ()
    gone_unknown: str = ""


def propose(knowledge: KnowledgeBase, feed: object) -> Proposal:
    """Compare `feed`, one page of services as `json.loads` gives it, with what we have.

    Never raises: what is wrong with the feed stands in `faults`, and what is sound is compared all the same. A service
    with no name or no organisation cannot be compared.

    Gone are only published services of organisations that the feed holds: of the others it says nothing. Where the page
    is not all there is, or some of it cannot be compared, nothing is called gone; nor is one of ours that something new
    in the feed may be, under another name or on the same number.
    """
    faults: list[Fault] = []
    page = sound(feed, PAGE, "", faults)
    if page is None or "contents" not in page:
        return Proposal(faults=tuple(faults))
    theirs = tuple(feed_services(knowledge, page["contents"], faults))
    # Ours are read back from their own export, so that what goes out and comes back is the same by construction.
    ours = {
        service.id: dict.fromkeys(TAKEN_OUT, "") | lines_of(full_service(knowledge, service))
        for service in knowledge.services.values()
    }
    homes = _homes(ours, theirs)
    matches = _matches(ours, theirs, homes)
    new = tuple(_new(ours, theirs, homes, matches))
    unknown = _why_gone_is_unknown(page, len(theirs))
    accounted = {*matches.values(), *(service for row in new for service in row.may_be)}
    held = {service for services in homes.values() for service in services} - accounted
    return Proposal(
        new=new,
        changed=tuple(row for one in theirs for row in _changed(ours, one, matches.get(one.place, ""))),
        gone=() if unknown else tuple(_gone(knowledge, held)),
        faults=tuple(faults),
        gone_unknown=unknown,
    )


def _why_gone_is_unknown(page: Mapping[str, Any], compared: int) -> str:
    here = len(page["contents"])
    pages, services = page.get("total_pages", 1), page.get("total_items", here)
    if pages > 1 or services > here:
        return f"this page holds {here} of the feed's {services} services, and is one of {pages}"
    return f"{here - compared} of the feed's {here} services could not be compared" if compared < here else ""


def _homes(ours: Mapping[str, Mapping[str, str]], theirs: tuple[FeedService, ...]) -> dict[str, tuple[str, ...]]:
    """The feed's organisations → our services of the same organisation."""
    return {
        organisation: tuple(
            service for service, lines in ours.items() if _same_organisation(lines["organisation"], organisation)
        )
        for organisation in dict.fromkeys(one.lines["organisation"] for one in theirs)
    }


def _same_organisation(ours: str, theirs: str) -> bool:
    return fuzz.token_sort_ratio(ours, theirs, processor=utils.default_process) >= SAME_ORGANISATION


def _matches(
    ours: Mapping[str, Mapping[str, str]], theirs: tuple[FeedService, ...], homes: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Place in the feed → id of our service, each of ours once: by id first, then by name, the most alike first."""
    matches = {one.place: one.own_id for one in theirs if one.own_id}
    taken = set(matches.values())
    alike: list[tuple[float, str, str]] = []
    for one in theirs:
        if one.place in matches:
            continue
        candidates = [service for service in homes[one.lines["organisation"]] if service not in taken]
        scores = sorted(((_alike(ours[service], one), service) for service in candidates), reverse=True)
        second = scores[1][0] if len(scores) > 1 else 0.0
        if scores and scores[0][0] >= SAME_NAME and scores[0][0] - second >= MARGIN:
            alike.append((scores[0][0], one.place, scores[0][1]))
    for _, place, service in sorted(alike, key=lambda found: -found[0]):
        if service not in taken:
            matches[place] = service
            taken.add(service)
    return matches


def _alike(ours: Mapping[str, str], one: FeedService) -> float:
    return fuzz.token_sort_ratio(ours["name"], one.lines["name"], processor=utils.default_process)


def _new(
    ours: Mapping[str, Mapping[str, str]],
    theirs: tuple[FeedService, ...],
    homes: Mapping[str, tuple[str, ...]],
    matches: Mapping[str, str],
) -> Iterator[New]:
    taken = set(matches.values())
    for one in theirs:
        if one.place in matches or one.lines.get("status", "active") != "active":
            continue
        candidates = (service for service in homes[one.lines["organisation"]] if service not in taken)
        yield New(
            organisation=one.lines["organisation"],
            name=one.lines["name"],
            place=one.place,
            lines=tuple((line, one.lines[line]) for line in SHOWN_OF_NEW if one.lines.get(line)),
            may_be=tuple(service for service in candidates if _may_be(ours[service], one)),
        )


def _may_be(ours: Mapping[str, str], one: FeedService) -> bool:
    if fuzz.token_set_ratio(ours["name"], one.lines["name"], processor=utils.default_process) >= MAY_BE:
        return True
    theirs = one.lines.get("phone", "")
    return bool(ours["phone"] and theirs) and _same("phone", ours["phone"], theirs)


def _changed(ours: Mapping[str, Mapping[str, str]], one: FeedService, service: str) -> Iterator[Changed]:
    if not service:
        return
    for line in LINES if one.own_id else FACTS:
        said = one.lines.get(line)
        # That others do not list a number, or a price, is no reason to take ours out.
        if said is not None and (said or one.own_id) and not _same(line, ours[service][line], said):
            yield Changed(service, line, ours[service][line], said, one.place)


def _same(line: str, ours: str, theirs: str) -> bool:
    if line in {"phone", "text"} and ours and theirs:
        # A feed may list several numbers: ours is right as long as it is one of them.
        return _dialled(ours) <= _dialled(theirs)
    if line == "web":
        return _bare_address(ours) == _bare_address(theirs)
    return ours == theirs or (line == "email" and ours.casefold() == theirs.casefold())


def _dialled(numbers: str) -> set[str]:
    """What reaches the network, however it is spaced, with or without +44. What is no number stands as it is."""
    return {_national(number) for number in numbers.split("; ")}


def _national(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    return f"+{parsed.country_code} {parsed.national_number}"


def _bare_address(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/").casefold()


def _gone(knowledge: KnowledgeBase, services: set[str]) -> Iterator[Gone]:
    for service in knowledge.services.values():
        if service.id in services and service.publishable:
            yield Gone(service.id, service.organisation, service.name)
