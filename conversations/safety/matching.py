"""Finding wordings among words. Pure and quick: one walk finds every phrase, after which few wordings remain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from conversations.safety.models import Gaps, Guard, Part, Stretch, Wording
from conversations.traits import STOP

Span = tuple[int, int]
Covered = tuple[Span, ...]
NEAR = 10  # words between the parts of one wording: further apart they are about different things


@dataclass
class Message:
    """A message's words, and what is found among them."""

    words: list[str]
    gaps: Gaps
    hits: list[tuple[int, int, int]] = field(default_factory=list)  # from, to, the sets found there as bits
    present: int = 0
    places: dict[int, dict[int, list[int]]] = field(default_factory=dict)
    guarded: dict[str, list[Span]] = field(default_factory=dict)

    def may_hold(self, wording: Wording) -> bool:
        """False if a set of words that the wording cannot do without is nowhere in the message."""
        return wording.needs & self.present == wording.needs

    def ends(self, number: int) -> dict[int, list[int]]:
        """Where a set of words stands: start → ends. Worked out when first asked for, since few sets ever are."""
        if number not in self.places:
            bit = 1 << number
            found: dict[int, list[int]] = {}
            for start, end, sets in self.hits:
                if sets & bit:
                    found.setdefault(start, []).append(end)
            self.places[number] = found
        return self.places[number]


def read_message(words: list[str], index: Mapping[str, int], gaps: Gaps) -> Message:
    """Find every phrase that any wording knows, in one walk."""
    message = Message(words, gaps)
    for start, word in enumerate(words):
        phrase, end = word, start + 1
        sets = index.get(phrase)
        while sets is not None:
            if sets:
                message.hits.append((start, end, sets))
                message.present |= sets
            if end == len(words):
                break
            phrase = f"{phrase} {words[end]}"
            end += 1
            sets = index.get(phrase)
    return message


def find(wording: Wording, message: Message) -> Iterator[Covered]:
    """Where the wording stands: the places of its first part that have every other part near them."""
    if not message.may_hold(wording):
        return
    others = []
    for part in wording.parts[1:]:
        others.append([span_of(covered) for covered in _find_part(part, message)])
        if not others[-1]:
            return
    for covered in _find_part(wording.parts[0], message):
        start, end = span_of(covered)
        if all(any(low <= end + NEAR and high >= start - NEAR for low, high in spans) for spans in others):
            yield covered


def span_of(covered: Covered) -> Span:
    """From the first word covered to the last."""
    return covered[0][0], covered[-1][1]


def is_guarded(span: Span, guards: Sequence[Guard], message: Message) -> bool:
    """Whether words nearby take the danger out of what was found."""
    return any(_guards(span, guard, message) for guard in guards)


def _find_part(part: Part, message: Message) -> Iterable[Covered]:
    """One result for each place where the part may end; of several beginnings, the nearest."""
    first, *rest = part.stretches
    states: dict[int, Covered] = {
        end: ((start, end),)
        for start, ends in message.ends(first.words).items()
        if not part.first or start == 0 or message.words[start - 1] == STOP
        for end in ends
    }
    for stretch in rest:
        states = _take(stretch, states, message)
        if not states:
            return ()
    if part.last:
        return [at for end, at in states.items() if end == len(message.words) or message.words[end] == STOP]
    return states.values()


def _take(stretch: Stretch, states: dict[int, Covered], message: Message) -> dict[int, Covered]:
    """From every place reached so far, the places reached with one stretch more."""
    reached: dict[int, Covered] = dict(states) if stretch.optional else {}
    stands = message.ends(stretch.words)
    if stands:
        for end, covered in states.items():
            for at in _within_reach(message, end, stretch):
                for after in stands.get(at, ()):
                    reached[after] = (*covered, (at, after))
    return reached


def _within_reach(message: Message, end: int, stretch: Stretch) -> Iterator[int]:
    """Every place where the next stretch may begin, given what may be stepped over."""
    for at in range(end, min(end + stretch.gap + 1, len(message.words))):
        yield at
        word = message.words[at]
        if word == STOP or (word not in message.gaps.small if stretch.small_only else word in message.gaps.never):
            return


def _guards(span: Span, guard: Guard, message: Message) -> bool:
    if guard.id not in message.guarded:
        message.guarded[guard.id] = _guard_places(guard, message)
    found = message.guarded[guard.id]
    if not found or guard.whole_message:
        return bool(found)
    low, high = _window(span, guard, message.words)
    return any(
        low <= start and end <= high and (guard.inside or end <= span[0] or span[1] <= start) for start, end in found
    )


def _guard_places(guard: Guard, message: Message) -> list[Span]:
    """Where the guard's words stand, unless something in the message calls it off."""
    if any(True for wording in guard.but_not for _ in find(wording, message)):
        return []
    return [span_of(covered) for wording in guard.wordings for covered in find(wording, message)]


def _window(span: Span, guard: Guard, words: list[str]) -> Span:
    """The guard's reach around the span, not beyond the sentence."""
    low, high = span
    while low > 0 and span[0] - low < guard.before and words[low - 1] != STOP:
        low -= 1
    while high < len(words) and high - span[1] < guard.after and words[high] != STOP:
        high += 1
    return low, high
