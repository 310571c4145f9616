"""What one message may change of the answers: which slots it fills, what it adds to, and what it must not overwrite."""

from dataclasses import dataclass, field
from typing import Any

from conversations.slots import Answers, Reason, Slot, Task

_FIELDS: dict[Slot, str] = {slot: slot.value for slot in Slot if slot is not Slot.OPENING}


@dataclass(kw_only=True)
class Filling:
    """The answers while one message is read. `correcting`: it takes something back that was said before."""

    asked: Slot | None
    known: Answers
    heard: set[Slot] = field(default_factory=set)
    correcting: bool = False

    def __post_init__(self) -> None:
        self.answers = self.known

    def keep(self, **values: Any) -> None:
        """Put values into the answers."""
        self.answers = self.answers.model_copy(update=values)

    def take(self, slot: Slot, value: object) -> None:
        """Fill a slot: what was asked for or taken back replaces what was known, a passing word does not."""
        old = getattr(self.known, _FIELDS[slot])
        if old is not None and old != () and slot is not self.asked and not self.correcting:
            return
        self.heard.add(slot)
        self.keep(**{_FIELDS[slot]: value, "skipped": self.answers.skipped - {slot}})

    def add(self, slot: Slot, values: tuple[Any, ...]) -> None:
        """Fill a slot that holds several values: new ones come on top."""
        old = getattr(self.answers, _FIELDS[slot])
        kept = tuple(value for value in old if value not in (Reason.NONE, Task.NONE))
        self.heard.add(slot)
        self.keep(**{_FIELDS[slot]: tuple(dict.fromkeys((*kept, *values)))})
