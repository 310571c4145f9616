"""What is wrong in a feed in Open Referral UK 3.0, place by place; and the part of it that is sound."""

import json
from collections.abc import Mapping
from typing import Any

from knowledge.errors import Fault
from knowledge.open_referral.standard import Many, Shape, Thing, Value

FEED = "feed"  # the "file" of a fault; its field is a JSON pointer (RFC 6901)
LONGEST_SHOWN = 60  # characters of a malformed value


def sound(value: object, shape: Shape, pointer: str, faults: list[Fault]) -> Any:
    """The part of `value` that is as the standard says, or None; everything else is added to `faults`.

    An object keeps its sound fields even when others are missing or malformed: a bad e-mail address is no reason not to
    hear of a new telephone number. A list with something in it that is no object says nothing at all.
    """
    if isinstance(shape, Value):
        if shape.fits(value):
            return value
        faults.append(_malformed(value, shape.is_a, pointer, shape.remedy))
        return None
    if isinstance(shape, Many):
        if isinstance(value, list):
            parts = [sound(item, shape.of, f"{pointer}/{index}", faults) for index, item in enumerate(value)]
            return None if None in parts else parts
        faults.append(_malformed(value, "a list", pointer, "Write a list between square brackets."))
        return None
    if isinstance(value, dict):
        return _sound_fields(value, shape, pointer, faults)
    faults.append(_malformed(value, "an object", pointer, "Write its fields between curly brackets."))
    return None


def _sound_fields(value: Mapping[str, object], thing: Thing, pointer: str, faults: list[Fault]) -> dict[str, Any]:
    faults += (
        Fault(FEED, f"{pointer}/{name}", "This field is missing.", "It has to be there: add it.")
        for name in thing.needed
        if name not in value
    )
    kept = {}
    for name, part in value.items():
        where = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in thing.fields:
            problem = "The standard has no field of this name here, so it was not read."
            faults.append(Fault(FEED, where, problem, "Check the spelling, or take it out."))
        elif name in thing.needed and isinstance(part, str) and not part.strip():
            faults.append(Fault(FEED, where, "This is empty.", "Write something between the quotes."))
        else:
            kept[name] = sound(part, thing.fields[name], where, faults)
    return {name: part for name, part in kept.items() if part is not None}


def _malformed(value: object, is_a: str, pointer: str, remedy: str) -> Fault:
    if value is None:
        return Fault(FEED, pointer, "This is null.", "Leave the field out where there is nothing to say.")
    if isinstance(value, dict | list):
        shown = "An object" if isinstance(value, dict) else "A list"
    else:
        shown = json.dumps(value, ensure_ascii=False)
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
    return Fault(FEED, pointer, f"{shown} is not {is_a}.", remedy)
