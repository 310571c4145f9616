"""Content files → a KnowledgeBase, or a ContentError that names every fault. Nothing half-loads."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.errors import ContentError, Fault
from knowledge.models import Audience, Closed, Content, Entry, KnowledgeBase, Rate, Role, Service, Topic
from knowledge.rendering import AREAS_AND_ELSEWHERE, fill_faults

KNOWLEDGE = Path(__file__).parent
FENCE = "+++\n"
Model = TypeVar("Model", bound=Content)

DATE = ("This is not a date.", "Write it as 2026-11-21, without quotes and without a time.")
NUMBER = ("This is not a number.", "Write the number alone, like 86.45.")
WORD = ("This word is not known here.", "Use {expected}.")
TABLE = ("This is one value, and several lines belong here.", "Write it as its neighbours are written.")
SEE_GUIDE = "See docs/editing.md for what this field holds."
PLAINLY = {  # pydantic's kinds of error: what is wrong, and what to do
    "missing": ("This line is missing.", "Add it."),
    "extra_forbidden": ("There is no field of this name.", "Check the spelling, or take the line out."),
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "date_parsing": DATE,
    "date_type": DATE,
    "string_pattern_mismatch": ("This is not a web address.", "Write the whole of it, beginning with https://."),
    "string_too_short": ("There is too little in it.", "Write something between the quotes."),
    "string_too_long": ("It has more than {max_length} characters.", "Make it shorter."),
    "string_type": ("This is not text.", "Put it between straight double quotes."),
    "tuple_type": ("This is not a list.", "Put it between [ and ], with a comma after each."),
    "too_short": ("The list is empty.", "Write at least one."),
    "too_long": ("There are more than {max_length}.", "Take the least useful out."),
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "bool_parsing": ("This is neither true nor false.", "Write true or false, without quotes."),
    "bool_type": ("This is neither true nor false.", "Write true or false, without quotes."),
    "model_type": TABLE,
    "dict_type": TABLE,
    "enum": WORD,
    "literal_error": WORD,
}


def load_knowledge(folder: Path = KNOWLEDGE) -> KnowledgeBase:
    """Read every content file below `folder`.

    Raises ContentError with all faults: files that are not TOML, fields that are missing, unknown or malformed, ids
    used twice, and references to a service, role, rate or topic that does not exist.
    """
    faults: list[Fault] = []
    topics = _topics(folder / "topics.toml", faults)
    services = _services(folder / "services", faults)
    roles = _table(folder / "services" / "roles.toml", folder, Role, faults)
    closed = _table(folder / "services" / "closed.toml", folder, Closed, faults)
    rates = _table(folder / "rates.toml", folder, Rate, faults)
    entries = {(entry.topic, entry.audience): entry for entry in _entries(folder, faults)}
    entries |= dict(_with_long_asks(folder, entries, faults))
    knowledge = KnowledgeBase(topics, services, roles, rates, entries, closed)
    if not faults:
        faults.extend(_reference_faults(knowledge))
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return knowledge


def read_toml(path: Path, name: str, faults: list[Fault]) -> dict[str, Any]:
    """The file's table, or an empty one with a fault added."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        faults.append(Fault(name, "file", "This file is missing.", "Put it back, for example from the last version."))
    except UnicodeDecodeError as error:
        faults.append(_encoding_fault(name, error))
    except tomllib.TOMLDecodeError as error:
        faults.append(_toml_fault(name, error))
    return {}


def _encoding_fault(name: str, error: UnicodeDecodeError) -> Fault:
    line = error.object.count(b"\n", 0, error.start) + 1
    return Fault(name, "file", f"Line {line} is not UTF-8 text.", "Save the file as UTF-8.")


def _toml_fault(name: str, error: tomllib.TOMLDecodeError) -> Fault:
    return Fault(name, "file", f"This is not TOML: {error}.", "Look at that line and above: a quote or bracket?")


def model_faults(error: ValidationError, file: str, prefix: str = "") -> Iterator[Fault]:
    """pydantic's findings in an editor's words: one for each field, the first in a list called 1."""
    found: dict[str, list[Any]] = {}
    for item in error.errors(include_url=False, include_input=False):
        path = [str(part + 1) if isinstance(part, int) else part for part in item["loc"]]
        field = ".".join([*([prefix] if prefix else []), *(part for part in path if "[" not in part)])
        found.setdefault(field, []).append(item)
    for field, items in found.items():
        first = items[0]
        if first["type"] == "too_short" and any(other.startswith(f"{field}.") for other in found):
            continue  # it is not empty: what stands in it is wrong, and told already
        problem, remedy = PLAINLY.get(first["type"], (first["msg"].rstrip(".") + ".", SEE_GUIDE))
        words = dict(first.get("ctx", {}))
        words["expected"] = " or ".join(str(item.get("ctx", {}).get("expected")) for item in items)
        yield Fault(file, field, problem.format(**words), remedy.format(**words))


def _build(model: type[Model], data: dict[str, Any], file: str, prefix: str, faults: list[Fault]) -> Model | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults.extend(model_faults(error, file, prefix))
        return None


def _table(path: Path, root: Path, model: type[Model], faults: list[Fault], **own: str) -> dict[str, Model]:
    """A file whose every table is one `model`, its heading the id. `own` are fields that do not stand in the file."""
    name = path.relative_to(root).as_posix()
    found: dict[str, Model] = {}
    for key, data in read_toml(path, name, faults).items():
        if not isinstance(data, dict):
            faults.append(Fault(name, key, "This line stands outside any table.", "Move it under a [heading]."))
            continue
        item = _build(model, {**data, "id": key, **own}, name, key, faults)
        if item is not None:
            found[key] = item
    return found


def _topics(path: Path, faults: list[Fault]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for group, rows in read_toml(path, path.name, faults).items():
        for key, data in rows.items() if isinstance(rows, dict) else ((group, rows),):
            if not isinstance(data, dict):
                remedy = 'Write { title = "...", covers = "..." } after the =, below a [heading].'
                faults.append(Fault(path.name, key, "This line is not a topic.", remedy))
                continue
            if key in topics:
                problem = f"This id stands under {topics[key].group} too."
                faults.append(Fault(path.name, f"{group}.{key}", problem, "Take one of the two out."))
            topic = _build(Topic, {**data, "id": key, "group": group}, path.name, f"{group}.{key}", faults)
            if topic is not None:
                topics[key] = topic
    return topics


def _services(folder: Path, faults: list[Fault]) -> dict[str, Service]:
    services: dict[str, Service] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in {"roles.toml", "closed.toml"}:
            continue
        name = f"services/{path.name}"
        for key, service in _table(path, folder.parent, Service, faults, file=name).items():
            if key in services:
                problem = f"This id stands in {services[key].file} too."
                faults.append(Fault(name, key, problem, "Take one of the two out."))
            services[key] = service
    return services


def _entries(folder: Path, faults: list[Fault]) -> Iterator[Entry]:
    seen: dict[tuple[str, str], str] = {}
    for path in sorted((folder / "entries").glob("*.md")):
        name = f"entries/{path.name}"
        data = _front_matter(path, name, faults)
        entry = _build(Entry, data, name, "", faults) if data else None
        if entry is None:
            continue
        key = (entry.topic, entry.audience.value)
        if key in seen:
            problem = f"{seen[key]} already answers {entry.topic} for this audience."
            faults.append(Fault(name, "topic", problem, "Keep one of the two files."))
        seen[key] = name
        yield entry


def _with_long_asks(
    folder: Path, entries: Mapping[tuple[str, Audience], Entry], faults: list[Fault]
) -> Iterator[tuple[tuple[str, Audience], Entry]]:
    """The entries that have more asks in asks/TOPIC.txt: whole messages, one a line. Lines with # are notes."""
    for path in sorted((folder / "asks").glob("*.txt")):
        name, key = f"asks/{path.name}", (path.stem, Audience.EVERYONE)
        if key not in entries:
            faults.append(Fault(name, "file", f"No entry answers {path.stem!r}.", "Name it after a topic."))
            continue
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            faults.append(_encoding_fault(name, error))
            continue
        asks = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        yield key, entries[key].model_copy(update={"asks": (*entries[key].asks, *asks)})


def _front_matter(path: Path, name: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(_encoding_fault(name, error))
        return None
    if not text.startswith(FENCE) or text.count("\n" + FENCE) != 1:
        remedy = "Begin the file with a line +++ and end the settings with another."
        faults.append(Fault(name, "file", "The settings at the top are not fenced.", remedy))
        return None
    head, body = text.removeprefix(FENCE).split("\n" + FENCE)
    try:
        return {**tomllib.loads(f"\n{head}"), "body": body.strip(), "file": name}  # the fence is line 1
    except tomllib.TOMLDecodeError as error:
        faults.append(_toml_fault(name, error))
        return None


def _reference_faults(knowledge: KnowledgeBase) -> Iterator[Fault]:
    yield from _entry_faults(knowledge)
    for role in knowledge.roles.values():
        if role.id in knowledge.services:
            yield Fault("services/roles.toml", role.id, "A service has this id too.", "Give the role another name.")
        for area in AREAS_AND_ELSEWHERE:
            yield from _role_faults(role, role.candidates(area), area.value if area else "elsewhere", knowledge)
    for service in knowledge.services.values():
        if service.phone_of and service.phone_of not in knowledge.services:
            problem = f"There is no service {service.phone_of!r}."
            remedy = "Use the id of the service that has the number."
            yield Fault(service.file, f"{service.id}.phone_of", problem, remedy)
        yield from _unknown_topics(service.topics, service.file, f"{service.id}.topics", knowledge.topics)
    for rate in knowledge.rates.values():
        yield from _unknown_topics(rate.topics, "rates.toml", f"{rate.id}.topics", knowledge.topics)


def _entry_faults(knowledge: KnowledgeBase) -> Iterator[Fault]:
    for entry in knowledge.entries.values():
        yield from _unknown_topics((entry.topic,), entry.file, "topic", knowledge.topics)
        yield from fill_faults(knowledge, entry)


def _role_faults(role: Role, ids: tuple[str, ...], field: str, knowledge: KnowledgeBase) -> Iterator[Fault]:
    file, where = "services/roles.toml", f"{role.id}.{field}"
    for service_id in ids:
        if service_id not in knowledge.services:
            yield Fault(file, where, f"There is no service {service_id!r}.", "Use an id from the services files.")
    if not any(key in knowledge.services and knowledge.services[key].publishable for key in ids):
        yield Fault(file, where, "No service listed may be shown.", "End the list with the council's front door.")


def _unknown_topics(ids: tuple[str, ...], file: str, field: str, topics: Mapping[str, Topic]) -> Iterator[Fault]:
    for topic in ids:
        if topic not in topics:
            yield Fault(file, field, f"There is no topic {topic!r}.", "Use an id from topics.toml.")
