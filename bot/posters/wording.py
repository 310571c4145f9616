"""The words on the posters, read from their file."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, ValidationError

from bot.posters.lettering import missing_letters
from conversations.checks import OLDEST_READER
from conversations.flow_files import texts_of
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.models import Content, Text
from knowledge.reading_age import reading_age

FILE = Path(__file__).parent / "wording.toml"
NAMES = {"keyword": "CARE OADBY", "number": "07700 900123", "bot": "CarersBot", "service": "Carers Line"}


class Wording(Content):
    """What one poster says, from the top to the foot."""

    headline: Text
    scenes: tuple[Text, ...] = Field(min_length=3, max_length=6)
    counts: Text
    after: Text
    text: Text
    to: Text
    or_: Text = Field(alias="or")
    scan: Text
    at: Text
    small: Text


class Wordings(Content):
    """The words for adults and for people under 18."""

    adult: Wording
    young: Wording


def load_wordings(path: Path = FILE) -> Wordings:
    """Read the words, with printers' apostrophes. Raises ContentError with every fault."""
    name, faults = f"posters/{path.name}", list[Fault]()
    data = read_toml(path, name, faults)
    if not faults:
        try:
            found = Wordings.model_validate_json(json.dumps(data).replace("'", "’"))
        except ValidationError as error:
            faults.extend(model_faults(error, name))
        else:
            faults.extend(fault for field, text in texts_of(data) for fault in _faults(name, field, text))
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return found


def _faults(name: str, field: str, text: str) -> Iterator[Fault]:
    try:
        filled = text.format(**NAMES)
    except (KeyError, ValueError, IndexError):
        remedy = f"Use {', '.join(f'{{{known}}}' for known in NAMES)}, or none."
        yield Fault(name, field, "Something in curly brackets is not known here.", remedy)
        return
    if missing := missing_letters(filled):
        yield Fault(name, field, f"The posters' letters have no {' '.join(missing)}.", "Write it another way.")
    if (age := reading_age(filled)) > OLDEST_READER and not field.endswith((".to", ".at", ".scan")):
        yield Fault(name, field, f"Its reading age is {age:.0f}, over {OLDEST_READER}.", "Use shorter, everyday words.")
