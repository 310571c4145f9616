"""All that `assess` needs, read once at start, and `assess` itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.safety.matching import Message, find, is_guarded, read_message, span_of
from conversations.safety.models import Alarm, Guard, Pattern, Risk, Spelling, Wording
from conversations.safety.normalise import BLANK, STOP, normalise
from conversations.safety.replies import Replies


@dataclass(frozen=True)
class Idiom:
    """A saying that is not meant as it stands. Its words are taken out; the rest of the message still counts."""

    id: str
    wordings: tuple[Wording, ...]
    guards: tuple[Guard, ...]
    taken_out_of: tuple[str, ...]
    not_on: tuple[str, ...]


@dataclass(frozen=True)
class SafetyRules:
    """Patterns in order of precedence, idioms, and the word sets that both are made of."""

    patterns: tuple[Pattern, ...]
    lines: tuple[tuple[Pattern, Wording], ...]  # every wording of every pattern, in the same order
    idioms: tuple[Idiom, ...]
    spelling: Spelling
    index: Mapping[str, int]
    small: frozenset[str]
    stoppers: frozenset[str]
    replies: Replies

    def by_risk(self) -> Mapping[Risk, tuple[Pattern, ...]]:
        return {risk: tuple(p for p in self.patterns if p.risk is risk) for risk in Risk}


def assess(text: str, rules: SafetyRules) -> Alarm | None:
    """The gravest danger that the message speaks of, or None. Never raises, whatever the text."""
    message = read_message(normalise(text, rules.spelling), rules.index)
    if blanked := set(_idiom_words(message, rules)):
        words = [BLANK if index in blanked and word != STOP else word for index, word in enumerate(message.words)]
        message = read_message(words, rules.index)
    for pattern, wording in rules.lines:
        if wording.needs & message.present == wording.needs and len(message.words) <= pattern.at_most_words:
            for covered in find(wording, message, rules.small, rules.stoppers):
                start, end = span_of(covered)
                if not is_guarded((start, end), pattern.guards, message, rules.small, rules.stoppers):
                    return Alarm(pattern.risk, pattern.id, " ".join(message.words[start:end]))
    return None


def _idiom_words(message: Message, rules: SafetyRules) -> Iterator[int]:
    """The places of words that idioms cover. All are found before any is taken out, so that their order is no matter."""
    for idiom in rules.idioms:
        for wording in idiom.wordings:
            if wording.needs & message.present == wording.needs:
                for covered in find(wording, message, rules.small, rules.stoppers):
                    if not is_guarded(span_of(covered), idiom.guards, message, rules.small, rules.stoppers):
                        for start, end in covered:
                            yield from range(start, end)
