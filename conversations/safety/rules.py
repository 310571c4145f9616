"""All that `assess` needs, read once at start, and `assess` itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.safety.classifier import Chances, Classifier
from conversations.safety.matching import Message, find, is_guarded, read_message, span_of
from conversations.safety.models import Alarm, Gaps, Idiom, Pattern, Risk, Spelling, Wording
from conversations.safety.normalise import BLANK, STOP, normalise
from conversations.safety.replies import Replies

DOUBT, ALARM = 0.1, 0.5
"""Chance of any danger, by likeness to the examples: below the one a pattern is not believed, from the other none is
needed. Chosen on lines that were not learned from (docs/safety.md)."""
SURE, UNLIKELY = 0.5, 0.3
"""Where the examples are this sure of a risk, and find the pattern's this unlikely, theirs is answered."""
LIFE = frozenset({Risk.SUICIDE_SELF_HARM, Risk.MEDICAL_EMERGENCY, Risk.MISSING_PERSON})
FEWEST, FEWEST_IN_ANSWER = 4, 10
"""Words that a message must have to be likened to examples: of fewer, patterns are the better judges."""
LIKE_EXAMPLES = "like-the-examples"


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
    classifier: Classifier

    def by_risk(self) -> Mapping[Risk, tuple[Pattern, ...]]:
        return {risk: tuple(pattern for pattern in self.patterns if pattern.risk is risk) for risk in Risk}


def assess(text: str, rules: SafetyRules, *, answering: bool = False) -> Alarm | None:
    """The gravest danger that the message speaks of, or None. Never raises, whatever the text.

    A pattern that fires is believed unless the message is very like those in which nobody is in danger. Where no
    pattern fires, it must be very like those in which somebody is, and not too short to tell. `answering` says that a
    question of ours waits: answers are scraps ("her eyes are nearly gone"), which tell less than messages do.
    """
    message = read_literally(text, rules)
    named = _named(message, rules)
    heard = rules.classifier.hear(message.words)
    if named is not None and heard.danger >= DOUBT:
        return _corrected(named, heard)
    if heard.danger >= ALARM and len(message.words) >= (FEWEST_IN_ANSWER if answering else FEWEST):
        return Alarm(heard.best, LIKE_EXAMPLES, "; ".join(rules.classifier.because(message.words, heard.best)))
    return None


def _corrected(named: Alarm, heard: Chances) -> Alarm:
    """The pattern's alarm, as another risk where the examples are sure of one; but a life at stake stays first."""
    life_first = named.risk in LIFE and list(Risk).index(heard.best) > list(Risk).index(named.risk)
    if life_first or heard.by_risk[heard.best] < SURE or heard.by_risk[named.risk] >= UNLIKELY:
        return named
    return Alarm(heard.best, named.pattern, named.words)


def _named(message: Message, rules: SafetyRules) -> Alarm | None:
    """The first pattern that fires."""
    for pattern, wording in rules.lines:
        # Asked here as well as in `find`, because it settles nearly every wording without a call.
        if wording.needs & message.present == wording.needs and len(message.words) <= pattern.at_most_words:
            for covered in find(wording, message):
                start, end = span_of(covered)
                if not is_guarded((start, end), pattern.guards, message):
                    return Alarm(pattern.risk, pattern.id, " ".join(message.words[start:end]))
    return None


def read_literally(text: str, rules: SafetyRules) -> Message:
    """The message with the words that sayings cover blanked, so that nothing can be found in them."""
    message = read_message(normalise(text, rules.spelling), rules.index, rules.gaps)
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
