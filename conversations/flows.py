"""Flow files → states and phrases, or a ContentError that names every fault."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from conversations.followups import Followups, followup_faults
from conversations.slots import Slot
from conversations.sources import Sources, source_faults
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.models import Area, Content, KnowledgeBase, Text
from knowledge.rendering import AREAS_AND_ELSEWHERE, text_faults

FLOWS = Path(__file__).parent / "flows"
ENDING = "ending"
NAMES = ("service", "them", "they")  # filled in by the program, not from services, wherever they stand
OWN_NAMES = {  # filled in by the program in these phrases alone
    "answer_source": ("source", "checked"),
    "answer_checked": ("checked",),
    "answer_overdue": ("checked", "who"),
    "answer_overdue_short": ("checked",),
    "area_set": ("area",),
    "followup_unknown": ("who", "phone"),
    "followup_ring": ("who", "phone"),
    "followup_hours": ("who", "hours"),
    "followup_where": ("who", "where"),
    "followup_person": ("person",),
    "what_about_them": ("person",),
    "followup_other": ("who", "phone"),
    "share_sms": ("keyword", "number"),
    "share_telegram": ("link",),
}
Model = TypeVar("Model", bound=Content)
Condition = Literal[
    "family",
    "asks-for-another",
    "not-a-carer",
    "stem-says-why",
    "of-pension-age",
    "day-and-night",
    "caring-has-ended",
    "bereaved",
    "a-carer",
]


class Said(Content):
    """Words for adults, and for people under 18 where theirs differ; `elsewhere` where no council of ours is known."""

    adult: Text
    young: str = ""
    elsewhere: str = ""

    def to(self, *, young: bool, elsewhere: bool = False) -> str:
        if elsewhere and self.elsewhere:
            return self.elsewhere
        return self.young if young and self.young else self.adult


class ChoiceLine(Content):
    """One answer that a question offers."""

    label: Text
    young: str = ""
    means: Text
    young_means: str = ""
    leads: Text
    says: str = ""


class State(Content):
    """One question of the self-check."""

    id: Text
    asks: Slot
    adult: Text
    young: str = ""
    ended: str = ""
    again: Text
    explains: Said
    numbered: bool = True
    choices: tuple[ChoiceLine, ...] = Field(min_length=1, max_length=5)
    leads: Text
    skip_when: tuple[Condition, ...] = ()
    between: Said | None = None

    def question(self, *, young: bool, ended: bool = False) -> str:
        """The wording for this person: `ended` when the caring is over."""
        if ended and self.ended:
            return self.ended
        return self.young if young and self.young else self.adult


class MenuChoices(Content):
    check: Text
    young: Text
    ask: Text
    resume: Text
    start_again: Text
    else_: Text = Field(alias="else")


class AnswerNext(Content):
    check: Text
    area: Text
    resume: Text
    helped: Text
    not_helped: Text


class OtherScripts(Content):
    """What is said to somebody who writes in another script, in that script. Named as Unicode names the letters."""

    gujarati: Text
    gurmukhi: Text
    devanagari: Text
    arabic: Text
    bengali: Text


class UrgentNextChoices(Content):
    danger: Text
    other: Text


class Phrases(Content):
    """Everything said outside the questions, by the moment at which it is said."""

    welcome: Said
    nothing_first: Said
    asked_nothing_first: Said
    far_off: Said
    far_off_first: Said
    welcome_back: Said
    menu: Said
    restarted: Said
    menu_choices: MenuChoices
    ask_away: Said
    check_intro: Said
    sorry_died: Said
    sorry_moved: Said
    sorry_ended: Said
    sorry_to_hear: Said
    moving_on: Said
    noted: Said
    back_nothing: Said
    out_of_range: Said
    smalltalk_hello: Said
    smalltalk_thanks: Said
    smalltalk_bye: Said
    goodbye_bereaved: Said
    smalltalk_who: Said
    smalltalk_private: Said
    smalltalk_free: Said
    smalltalk_why: Said
    smalltalk_rude: Said
    smalltalk_human: Said
    helped: Said
    not_helped: Said
    aside_who: Said
    aside_private: Said
    aside_free: Said
    aside_why: Said
    aside_rude: Said
    aside_human: Said
    aside_unknown: Said
    aside_far_off: Said
    nothing: Said
    choices_intro: Said
    choices_other: Said
    choices_other_reply: Said
    answer_more: Said
    answer_source: Said
    answer_checked: Said
    answer_overdue: Said
    answer_overdue_short: Said
    answer_next: AnswerNext
    followup_unknown: Said
    followup_ring: Said
    followup_hours: Said
    followup_where: Said
    followup_person: Said
    followup_about: Said
    followup_sorry: Said
    followup_sorry_no: Said
    followup_other: Said
    followup_say_where: Said
    what_about_them: Said
    which_area: Said
    area_set: Said
    nothing_here: Said
    no_more: Said
    what_else: Said
    unreadable: Said
    empty: Said
    too_long: Said
    group: Said
    stale_button: Said
    edited: Said
    other_script: Said
    other_scripts: OtherScripts
    help: Said
    stopped: Said
    forgotten: Said
    something_else: Said
    danger_not_followed: Said
    share: Said
    share_sms: Said
    share_telegram: Said
    share_helpline: Said
    urgent_next_choices: UrgentNextChoices
    trouble: Said


class Recognised(Content):
    young: Said
    parent: Said
    former: Said
    carer: Said


class EndingChoices(Content):
    more: Text
    else_: Text = Field(alias="else")
    share: Text
    ask: Text
    again: Text


class Endings(Content):
    """How the check ends. `next` is keyed by topic, `not_now` by the reason why not."""

    recognised: Recognised
    next: Mapping[str, Said]
    next_not_bereaved: Said
    not_now: Mapping[str, Said]
    choices: EndingChoices


class Interrupts(Content):
    stop: tuple[Text, ...]
    start: tuple[Text, ...]
    help: tuple[Text, ...]
    forget: tuple[Text, ...]
    menu: tuple[Text, ...]
    back: tuple[Text, ...]
    start_again: tuple[Text, ...]
    more: tuple[Text, ...]
    skip: tuple[Text, ...]
    helped: tuple[Text, ...]

    @property
    def words(self) -> frozenset[str]:
        """Every control word."""
        return frozenset(word for name in type(self).model_fields for word in getattr(self, name))


class Smalltalk(Content):
    hello: tuple[Text, ...]
    thanks: tuple[Text, ...]
    bye: tuple[Text, ...]
    who: tuple[Text, ...]
    private: tuple[Text, ...]
    free: tuple[Text, ...]
    why: tuple[Text, ...]
    rude: tuple[Text, ...]
    human: tuple[Text, ...]
    fillers: tuple[Text, ...]


@dataclass(frozen=True)
class Flows:
    first: str
    states: Mapping[str, State]
    phrases: Phrases
    endings: Endings
    interrupts: Interrupts
    smalltalk: Smalltalk
    followups: Followups
    sources: Sources


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
