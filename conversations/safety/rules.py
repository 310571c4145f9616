"""All that `assess` needs, read once at start, and `assess` itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.safety.matching import Message, find, is_guarded, read_message, span_of
from conversations.safety.models import Alarm, Gaps, Idiom, Pattern, Risk, Spelling, Wording
from conversations.safety.normalise import BLANK, STOP, normalise
from conversations.safety.replies import Replies


@dataclass(frozen=True)
class SafetyRules:
    """Patterns in order of precedence, idioms, the word sets that both are made of, and the replies."""

    patterns: tuple[Pattern, ...]
    lines: tuple[tuple[Pattern, Wording], ...]  # every wording of every pattern, in the same order
    idioms: tuple[Idiom, ...]
    spelling: Spelling
    index: Mapping[str, int]
    gaps: Gaps
    replies: Replies

    def by_risk(self) -> Mapping[Risk, tuple[Pattern, ...]]:
        return {risk: tuple(pattern for pattern in self.patterns if pattern.risk is risk) for risk in Risk}


def assess(text: str, rules: SafetyRules) -> Alarm | None:
    """The gravest danger that the message speaks of, or None. Never raises, whatever the text."""
    message = _without_idioms(read_message(normalise(text, rules.spelling), rules.index, rules.gaps), rules)
    for pattern, wording in rules.lines:
        # Asked here as well as in `find`, because it settles nearly every wording without a call.
        if wording.needs & message.present == wording.needs and len(message.words) <= pattern.at_most_words:
            for covered in find(wording, message):
                start, end = span_of(covered)
                if not is_guarded((start, end), pattern.guards, message):
                    return Alarm(pattern.risk, pattern.id, " ".join(message.words[start:end]))
    return None


def _without_idioms(message: Message, rules: SafetyRules) -> Message:
    """The message with the words that sayings cover blanked, so that nothing can be found in them."""
    blanked = set(_idiom_words(message, rules))
    if not blanked:
        return message
    words = [BLANK if at in blanked and word != STOP else word for at, word in enumerate(message.words)]
    return read_message(words, rules.index, rules.gaps)


def _idiom_words(message: Message, rules: SafetyRules) -> Iterator[int]:
    """The places of words that idioms cover. All are found before any is taken out: their order is no matter."""
    for idiom in rules.idioms:
        for wording in filter(message.may_hold, idiom.wordings):
            for covered in find(wording, message):
                if not is_guarded(span_of(covered), idiom.guards, message):
                    for start, end in covered:
                        yield from range(start, end)
