"""Labelled files, as editors keep them: JSON lines → frozen lines, or a ContentError that names every fault."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from conversations.identification import Kind, ReasonNot
from conversations.models import Channel
from conversations.safety import Risk
from conversations.slots import HoursBand, Place, Slot
from knowledge.errors import ContentError, Fault
from knowledge.models import Text

SMALLTALK = "smalltalk"  # stands among topics for a greeting, thanks or goodbye
NO_RISK = "none"
VAGUE = "vague"
SLOTS = (*(slot.value for slot in Slot), VAGUE)
REMEDIES = {
    "missing": "Add it to this line.",
    "string_type": "Write it as text, between double quotes.",
    "string_too_short": "Write something between the quotes.",
    "string_pattern_mismatch": "Use letters, digits, - and _ only.",
    "tuple_type": 'Write it as a list: ["one", "two"].',
    "too_short": "Write at least one.",
    "bool_type": "Write true or false, without quotes.",
    "dict_type": 'Write it as {"name": ...}.',
    "model_type": 'Write it as {"name": ...}.',
    "enum": "Use one of these words.",
}
Problem = tuple[str, str, str]  # field, problem, remedy


class Line(BaseModel):
    """One line of a file. What else stands on it, a note for instance, is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class QuestionLine(Line):
    """A message and the topics that answer it, best first. None: not covered; SMALLTALK: a greeting or the like."""

    text: str
    topics: tuple[Text, ...]
    style: Text

    @property
    def covered(self) -> bool:
        return bool(self.topics) and not self.smalltalk

    @property
    def smalltalk(self) -> bool:
        return self.topics == (SMALLTALK,)


class SafetyLine(Line):
    """A message and the risk that it speaks of. `risk` None: nothing that needs an urgent reply."""

    text: str
    risk: Risk | None


class Expected(Line):
    """What the self-check should come to for a persona."""

    carer: StrictBool
    kinds: frozenset[Kind]
    area: Place
    hours: HoursBand
    reason_not: ReasonNot | None


class Persona(Line):
    """Somebody who answers each question in their own words; `answers` holds several ways for each slot, and VAGUE."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
    persona: Text
    channel: Channel
    answers: Mapping[str, Annotated[tuple[Text, ...], Field(min_length=1)]]
    expected: Expected


Model = TypeVar("Model", bound=Line)


def read_questions(paths: Sequence[Path], topics: Collection[str]) -> tuple[QuestionLine, ...]:
    """Every line of the files. Raises ContentError with all faults, a topic that is not in `topics` among them."""
    faults: list[Fault] = []
    lines = tuple(_lines(paths, lambda _: QuestionLine, faults, topics))
    return _or_raise(lines, faults)


def read_safety(paths: Sequence[Path], topics: Collection[str]) -> tuple[SafetyLine | QuestionLine, ...]:
    """Lines with a risk, and lines of question files. Raises ContentError with all faults."""
    faults: list[Fault] = []
    lines = tuple(_lines(paths, _safety_or_question, faults, topics))
    return _or_raise(tuple(line for line in lines if isinstance(line, SafetyLine | QuestionLine)), faults)


def read_personas(paths: Sequence[Path]) -> tuple[Persona, ...]:
    """Every persona of the files. Raises ContentError with all faults, an id used twice among them."""
    faults: list[Fault] = []
    personas = tuple(_lines(paths, lambda _: Persona, faults, ()))
    return _or_raise(personas, faults)


def _or_raise(lines: tuple[Model, ...], faults: list[Fault]) -> tuple[Model, ...]:
    if faults:
        raise ContentError(tuple(faults))
    return lines


def _safety_or_question(record: Mapping[str, Any]) -> type[SafetyLine] | type[QuestionLine]:
    return QuestionLine if "topics" in record and "risk" not in record else SafetyLine


def _lines(
    paths: Sequence[Path],
    model_of: Callable[[Mapping[str, Any]], type[Model]],
    faults: list[Fault],
    topics: Collection[str],
) -> Iterator[Model]:
    ids: set[str] = set()
    for path in paths:
        empty = True
        for number, record in _records(path, faults):
            empty = False
            where = f"line {number}"
            line = _build(model_of(record), record, str(path), where, faults)
            if line is None:
                continue
            problems = [*_text_problems(line), *_topic_problems(line, topics), *_persona_problems(line, ids)]
            faults += [Fault(str(path), f"{where}, {field}", problem, remedy) for field, problem, remedy in problems]
            yield line
        if empty and not any(fault.file == str(path) for fault in faults):
            faults.append(Fault(str(path), "file", "It has no lines.", "Write one JSON object a line."))


def _records(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        faults.append(Fault(str(path), "file", f"It cannot be read: {error.strerror}.", "Check the name."))
        return
    except UnicodeDecodeError as error:
        faults.append(Fault(str(path), "file", f"Byte {error.start} is not UTF-8 text.", "Save the file as UTF-8."))
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = f" ({error})" if isinstance(error, ValueError) else ""
            remedy = "Write the whole object on this one line, with double quotes and no comma at the end."
            faults.append(Fault(str(path), f"line {number}", f"This is not JSON{why}.", remedy))
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            faults.append(Fault(str(path), f"line {number}", "This is no object.", 'Write {"text": ...}.'))


def _build(model: type[Model], record: dict[str, Any], file: str, where: str, faults: list[Fault]) -> Model | None:
    if model is SafetyLine and record.get("risk") == NO_RISK:
        record = {**record, "risk": None}
    try:
        return model.model_validate(record)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            field = ".".join(str(part) for part in item["loc"])
            remedy = REMEDIES.get(item["type"], "See docs/editing.md for what this field holds.")
            faults.append(Fault(file, f"{where}, {field}", item["msg"].rstrip(".") + ".", remedy))
        return None


def _text_problems(line: Line) -> Iterator[Problem]:
    text = json.dumps(line.model_dump(mode="json"), ensure_ascii=False)
    if re.search(r"[\ud800-\udfff]", text):
        yield "text", "It holds half a character.", r"Take the \ud... out, or write the whole character."


def _topic_problems(line: Line, topics: Collection[str]) -> Iterator[Problem]:
    if not isinstance(line, QuestionLine):
        return
    if SMALLTALK in line.topics and not line.smalltalk:
        yield "topics", f"{SMALLTALK!r} stands beside others.", f'Write ["{SMALLTALK}"] alone, or the topics.'
    for topic in line.topics:
        if topic not in topics and topic != SMALLTALK:
            yield "topics", f"There is no topic {topic!r}.", "Use an id from topics.toml, or [] for not covered."


def _persona_problems(line: Line, ids: set[str]) -> Iterator[Problem]:
    if not isinstance(line, Persona):
        return
    if line.id in ids:
        yield "id", f"{line.id!r} stands here twice.", "Give each persona an id of its own."
    ids.add(line.id)
    for slot in line.answers:
        if slot not in SLOTS:
            yield "answers", f"There is no slot {slot!r}.", f"Use one of {', '.join(SLOTS)}."
    if Slot.OPENING.value not in line.answers:
        yield "answers", "There is no opening.", 'Add "opening": [...], what this person writes first.'
