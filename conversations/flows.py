"""What the flow files hold: the questions of the check, everything else that is said, and the words of control."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from conversations.followups import Followups
from conversations.slots import Slot
from conversations.sources import Sources
from knowledge.models import Content, Text

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
    check_intro_first: Said
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
