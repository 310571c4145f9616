"""All that `assess` needs, read once at start, and `assess` itself."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conversations.likeness import NONE, Likeness
from conversations.safety.matching import Message, find, is_guarded, read_message, span_of
from conversations.safety.meaning import Meaning
from conversations.safety.models import Alarm, Gaps, Idiom, Pattern, Risk, Spelling, Wording
from conversations.safety.normalise import normalise
from conversations.safety.replies import Replies
from conversations.traits import BLANK, STOP

DOUBT, ALARM = 0.15, 0.43
"""Chance of any danger, by likeness to the examples: below the one a pattern is not believed, from the other none is
needed. Chosen on lines that were not learned from (docs/safety.md)."""
LONG, LONG_ALARM = 25, 0.85
"""From so many words on a message must be surer: long stories hold many words that also stand in stories of danger."""
NAMED = 8.0
"""How many times likelier a risk is where one of its patterns fires: so the examples settle which risk it is only where
they are much surer of another."""
POSSIBLE = 0.02
"""From this chance on a life at stake that a pattern names is never put behind a less grave risk."""
LIFE = frozenset({Risk.SUICIDE_SELF_HARM, Risk.MEDICAL_EMERGENCY, Risk.MISSING_PERSON})
FEWEST, FEWEST_IN_ANSWER = 5, 10
"""Words that a message must have to be likened to examples: of fewer, patterns are the better judges."""
LIKE_EXAMPLES = "like-the-examples"


@dataclass(frozen=True)
class SafetyRules:
    """Patterns in order of precedence, idioms, the word sets that both are made of, and the replies."""

    patterns: tuple[Pattern, ...]
    lines: tuple[tuple[Pattern, Wording], ...]  # every wording of every pattern, in the same order
    by_need: Mapping[int, tuple[int, ...]]  # set of words → places in `lines` of wordings that need it
    needed: int  # those sets, as bits
    idioms: tuple[Idiom, ...]
    spelling: Spelling
    index: Mapping[str, int]
    gaps: Gaps
    replies: Replies
    likeness: Likeness | None  # to the examples; None while the rules themselves are being read
    meaning: Meaning | None  # the same by meaning; None also where no sentence model is installed


def index_by_need(lines: Sequence[tuple[Pattern, Wording]]) -> Mapping[int, tuple[int, ...]]:
    """Each wording's place under the one set of its needs that fewest wordings need: so few are ever tried."""
    needed = Counter(number for _, wording in lines for number in bits(wording.needs))
    found: dict[int, list[int]] = {}
    for at, (_, wording) in enumerate(lines):
        found.setdefault(min(bits(wording.needs), key=lambda number: (needed[number], number)), []).append(at)
    return {number: tuple(places) for number, places in found.items()}


def bits(number: int) -> Iterator[int]:
    """The places of the ones in a number's binary form, lowest first."""
    digits = f"{number:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def assess(text: str, rules: SafetyRules, *, answering: bool = False) -> Alarm | None:
    """The gravest danger that the message speaks of, or None. Never raises, whatever the text.

    A pattern that fires is believed unless the message is very like those in which nobody is in danger. Where no
    pattern fires, it must be very like those in which somebody is, and not too short to tell. `answering` says that a
    question of ours waits: answers are scraps ("her eyes are nearly gone"), which tell less than messages do.
    """
    message = read_literally(text, rules)
    named = _named(message, rules)
    if rules.likeness is None:
        return named
    chances = _chances(text, message, rules.likeness, rules.meaning)
    danger = 1 - chances[NONE]
    likeliest = max(Risk, key=lambda r: chances[r.value] * (NAMED if named is not None and r is named.risk else 1))
    if named is not None and danger >= DOUBT:
        graver = list(Risk).index(named.risk) < list(Risk).index(likeliest)
        life_first = named.risk in LIFE and graver and chances[named.risk.value] >= POSSIBLE
        return named if life_first else Alarm(likeliest, named.pattern, named.words)
    told = sum(word not in {STOP, BLANK} for word in message.words)
    if danger >= (LONG_ALARM if told >= LONG else ALARM) and told >= (FEWEST_IN_ANSWER if answering else FEWEST):
        because = rules.likeness.because(message.words, likeliest.value)
        return Alarm(likeliest, LIKE_EXAMPLES, "; ".join(because))
    return None


def _chances(text: str, message: Message, likeness: Likeness, meaning: Meaning | None) -> Mapping[str, float]:
    """How likely each risk is, NONE among them: by the words, and where it can be told as much by what they mean."""
    by_words = likeness.chances(message.words)
    if meaning is None:
        return by_words
    by_meaning = meaning.chances(text)
    both = {kind: math.sqrt(chance * by_meaning[kind]) for kind, chance in by_words.items()}
    return {kind: chance / sum(both.values()) for kind, chance in both.items()}


def _named(message: Message, rules: SafetyRules) -> Alarm | None:
    """The first pattern that fires."""
    for at in sorted(at for number in bits(message.present & rules.needed) for at in rules.by_need[number]):
        pattern, wording = rules.lines[at]
        if message.may_hold(wording) and len(message.words) <= pattern.at_most_words:
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
