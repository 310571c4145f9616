"""Flow files → states and phrases, or a ContentError that names every fault."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from conversations.flows import ENDING, NAMES, OWN_NAMES, Endings, Flows, Interrupts, Phrases, Smalltalk, State
from conversations.followups import Followups, followup_faults
from conversations.sources import Sources, source_faults
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.models import Area, Content, KnowledgeBase
from knowledge.rendering import AREAS_AND_ELSEWHERE, text_faults

FLOWS = Path(__file__).parent / "flows"
Model = TypeVar("Model", bound=Content)


def load_flows(knowledge: KnowledgeBase, folder: Path = FLOWS) -> Flows:
    """Read the flow files. Raises ContentError with every fault: form, leads, placeholders."""
    faults: list[Fault] = []
    check = read_toml(folder / "check.toml", "flows/check.toml", faults)
    readable = not faults
    first = check.pop("first", "")
    states = {key: _state(key, data, faults) for key, data in check.items()}
    phrases = _read(folder, "phrases", Phrases, faults)
    endings = _read(folder, "endings", Endings, faults)
    interrupts = _read(folder, "interrupts", Interrupts, faults)
    smalltalk = _read(folder, "smalltalk", Smalltalk, faults)
    followups = _read(folder, "followups", Followups, faults)
    sources = _read(folder, "sources", Sources, faults)
    faults.extend(followup_faults(followups, knowledge) if followups is not None else ())
    if sources is not None and interrupts is not None:
        faults.extend(source_faults(sources, interrupts.words))
    good = {key: state for key, state in states.items() if state is not None}
    if readable and len(good) == len(states):
        faults.extend(_lead_faults(first, good))
    faults.extend(_placeholder_faults(folder, knowledge))
    if faults or not (phrases and endings and interrupts and smalltalk and followups and sources):
        raise ContentError(tuple(sorted(faults)))
    return Flows(first, good, phrases, endings, interrupts, smalltalk, followups, sources)


def _read(folder: Path, stem: str, model: type[Model], faults: list[Fault]) -> Model | None:
    name = f"flows/{stem}.toml"
    before = len(faults)
    data = read_toml(folder / f"{stem}.toml", name, faults)
    if len(faults) > before:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults.extend(model_faults(error, name))
        return None


def _state(key: str, data: Any, faults: list[Fault]) -> State | None:
    try:
        return State.model_validate({**data, "id": key})
    except ValidationError as error:
        faults.extend(model_faults(error, "flows/check.toml", key))
    except TypeError:
        problem = "This line stands outside any question."
        faults.append(Fault("flows/check.toml", key, problem, "Move it under a [question]."))
    return None


def _lead_faults(first: str, states: Mapping[str, State]) -> Iterator[Fault]:
    file = "flows/check.toml"
    remedy = f"Use one of {', '.join(states)}, or {ENDING}."
    if first not in states:
        yield Fault(file, "first", f"There is no question {first!r}.", remedy)
    for state in states.values():
        for lead in (state.leads, *(choice.leads for choice in state.choices)):
            if lead != ENDING and lead not in states:
                yield Fault(file, f"{state.id}.leads", f"There is no question {lead!r}.", remedy)


def _placeholder_faults(folder: Path, knowledge: KnowledgeBase) -> Iterator[Fault]:
    for stem in ("check", "endings", "phrases"):
        file = f"flows/{stem}.toml"
        data = read_toml(folder / f"{stem}.toml", file, [])  # why it cannot be read is told already
        for field, text in texts_of(data):
            names = (*NAMES, *OWN_NAMES.get(field.split(".")[0], ()))
            known = re.sub(r"\{(" + "|".join(names) + r")\}", "", text)
            areas: tuple[Area | None, ...] = AREAS_AND_ELSEWHERE
            for problem, remedy in sorted(set(text_faults(knowledge, known, areas))):
                yield Fault(file, field, problem, remedy)


def texts_of(data: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) for every text in a table of tables."""
    if isinstance(data, str):
        yield field, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_of(value, f"{field}.{key}".strip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data, start=1):
            yield from texts_of(value, f"{field}.{number}")
