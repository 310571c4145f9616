"""The call sheet: what a person must ring or open to confirm, worst first; and writing down that it was done.

Worst is what is in doubt and matters to many: low confidence before medium before high; then the more topics depend on
it; then what was checked longest ago, and what is due soonest.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from knowledge.checks import gaps
from knowledge.models import Confidence, KnowledgeBase, Service
from knowledge.rendering import AREAS_AND_ELSEWHERE, phone_of, services_in

DOUBT = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
NEXT_REVIEW = timedelta(days=182)  # half a year after a check, unless the editor writes another day


@dataclass(frozen=True)
class ReviewRow:
    """One call to make. `used_by` counts the topics that depend on it; `gap_for` names the roles it ought to fill."""

    service: str
    organisation: str
    name: str
    areas: tuple[str, ...]
    confidence: Confidence
    used_by: int
    gap_for: tuple[str, ...]
    checked: date
    review_by: date
    says_now: str
    source_said: str
    question: str


def call_sheet(knowledge: KnowledgeBase) -> tuple[ReviewRow, ...]:
    """Every service once, worst first."""
    used = _used_by(knowledge)
    missing: dict[str, list[str]] = {}
    for role, area in gaps(knowledge):
        first = knowledge.roles[role].candidates(area)[0]
        missing.setdefault(first, []).append(f"{role} in {area.value}")
    rows = (
        _row(knowledge, service, used.get(service.id, set()), tuple(missing.get(service.id, ())))
        for service in knowledge.services.values()
    )
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: ReviewRow) -> tuple[int, int, date, date, str]:
    return (DOUBT[row.confidence], -row.used_by, row.checked, row.review_by, row.service)


def _used_by(knowledge: KnowledgeBase) -> dict[str, set[str]]:
    """The topics that depend on each service: by name in their answers, or as the service says itself."""
    used = {service.id: set(service.topics) for service in knowledge.services.values()}
    for entry in knowledge.entries.values():
        for area in AREAS_AND_ELSEWHERE:
            for service in services_in(knowledge, entry, area):
                used[service.id].add(entry.topic)
                if service.phone_of:
                    used[service.phone_of].add(entry.topic)
    return used


def _row(knowledge: KnowledgeBase, service: Service, topics: set[str], gap_for: tuple[str, ...]) -> ReviewRow:
    contacts = (phone_of(knowledge, service), service.text, service.email, service.web, service.hours)
    said = (
        f"{source.says} ({source.seen})" if source.seen else source.says for source in service.sources if source.says
    )
    return ReviewRow(
        service=service.id,
        organisation=service.organisation,
        name=service.name,
        areas=tuple(str(area) for area in service.areas),
        confidence=service.confidence,
        used_by=len(topics),
        gap_for=gap_for,
        checked=service.checked,
        review_by=service.review_by,
        says_now="; ".join(contact for contact in contacts if contact) or "no contact known",
        source_said=" / ".join(said) or "no source",
        question=_question(knowledge, service, gap_for),
    )


def _question(knowledge: KnowledgeBase, service: Service, gap_for: tuple[str, ...]) -> str:
    """What to ask whoever answers."""
    number = phone_of(knowledge, service)
    if gap_for:
        wanted = ", ".join(gap_for)
        return f"Do you do this today: {service.does} If so, on what number, and when? It would fill: {wanted}."
    if number:
        hours = f" Are the hours still: {service.hours}" if service.hours else " When do you answer?"
        return f"Is {number} still right for {service.name}?{hours}"
    if service.web:
        return f"Does the page still open, and still offer this: {service.does}"
    return f"Is there a number or a page for {service.name}, and is it still running?"


def write_review(folder: Path, service_id: str, checked: date, initials: str, confidence: Confidence | None) -> Path:
    """Write into the service's file that it was checked, keeping comments and order. Returns the file.

    Raises LookupError if no file holds the service.
    """
    for path in sorted(folder.glob("*.toml")):
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
        table = document.get(service_id)
        if path.name in {"roles.toml", "closed.toml"} or not isinstance(table, Table):
            continue
        table["checked"] = checked
        table["review_by"] = checked + NEXT_REVIEW
        if "checked_by" in table:
            table["checked_by"] = initials
        else:
            _insert_after(table, "checked", "checked_by", initials)
        if confidence is not None:
            table["confidence"] = confidence.value
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
        return path
    raise LookupError(service_id)


def _insert_after(table: Table, before: str, key: str, value: str) -> None:
    """Put a line after another. tomlkit can only append, and would append behind the service's sources."""
    table.value._insert_after(before, key, tomlkit.item(value))
