"""What may stand in the safety files, before any wording is read."""

from pydantic import Field

from conversations.safety.models import Risk
from conversations.safety.replies import Spoken, UrgentReply
from knowledge.models import Content, Text


class GuardFile(Content):
    say: tuple[Text, ...] = Field(min_length=1)
    but_not: tuple[Text, ...] = ()
    before: int = 0
    after: int = 0
    whole_message: bool = False
    inside: bool = True


class WordsFile(Content):
    small: tuple[Text, ...]
    never_stepped_over: tuple[Text, ...]
    groups: dict[str, tuple[Text, ...]]
    guards: dict[str, GuardFile]


class SpellingFile(Content):
    counted: tuple[Text, ...]
    counting: tuple[Text, ...]
    openers: tuple[Text, ...]
    closers: tuple[Text, ...]
    tolerant: tuple[Text, ...]
    not_misspelt: tuple[Text, ...]
    pairs: dict[str, Text]
    same: dict[str, tuple[Text, ...]]


class PatternText(Content):
    id: Text
    means: Text
    say: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Text, ...] | None = None
    ahead_of: Risk | None = None
    at_most_words: int = 10_000
    last_resort: bool = False
    fires_on: tuple[Text, ...] = Field(min_length=3)
    not_on: tuple[Text, ...] = Field(min_length=2)


class PatternFile(Content):
    unless: tuple[Text, ...]
    pattern: tuple[PatternText, ...] = Field(min_length=1)


class IdiomText(Content):
    id: Text
    say: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    taken_out_of: tuple[Text, ...] = Field(min_length=1)
    not_on: tuple[Text, ...] = ()


class IdiomFile(Content):
    idiom: tuple[IdiomText, ...]


class ReplyFile(Content):
    next_message: Spoken
    help_has_come: Spoken
    suicide_self_harm: UrgentReply = Field(alias="suicide-self-harm")
    medical_emergency: UrgentReply = Field(alias="medical-emergency")
    missing_person: UrgentReply = Field(alias="missing-person")
    child_at_risk: UrgentReply = Field(alias="child-at-risk")
    adult_abuse: UrgentReply = Field(alias="adult-abuse")
    harm_to_other: UrgentReply = Field(alias="harm-to-other")
    breaking_point: UrgentReply = Field(alias="breaking-point")
