"""Finding phrases in a message: the small pattern language in which words.toml is written.

A phrase is looked up by its first word, so that a message is read once from left to right however long the lists grow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

SENTENCE_END = "."
PAUSE = ","
BREAKS = frozenset((SENTENCE_END, PAUSE))

_GAP = ".."
_LONGEST_GAP = 4  # words


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: under which heading, and the words from `start` up to `end`."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a pattern: any of some words, or any word that begins in some way."""

    exact: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, word: str) -> bool:
        return word in self.exact or (bool(self.beginnings) and word.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class _Pattern:
    value: str
    words: tuple[_Word | None, ...]  # None is a gap
    has_gap: bool

    def end(self, words: Sequence[str], start: int) -> int | None:
        """Where the phrase ends if it begins at `start`, or None."""
        return _end(self.words, 0, words, start)


def _end(pattern: tuple[_Word | None, ...], part: int, words: Sequence[str], at: int) -> int | None:
    while part < len(pattern):
        wanted = pattern[part]
        if wanted is None:
            return _end_after_gap(pattern, part + 1, words, at)
        if at >= len(words) or not wanted.fits(words[at]):
            return None
        part, at = part + 1, at + 1
    return at


def _end_after_gap(pattern: tuple[_Word | None, ...], part: int, words: Sequence[str], at: int) -> int | None:
    for start in range(at, min(at + _LONGEST_GAP + 1, len(words))):
        end = _end(pattern, part, words, start)
        if end is not None:
            return end
        if words[start] in BREAKS:
            return None
    return None


class _Index:
    """Patterns by their first word and, where it is a plain one, by their second: few are then left to compare."""

    def __init__(self) -> None:
        self.by_second: dict[str, list[_Pattern]] = {}
        self.others: list[_Pattern] = []

    def add(self, pattern: _Pattern) -> None:
        second = pattern.words[1] if len(pattern.words) > 1 else None
        if second is None or second.beginnings:
            self.others.append(pattern)
            return
        for word in second.exact:
            self.by_second.setdefault(word, []).append(pattern)

    def followed_by(self, word: str) -> Iterator[_Pattern]:
        yield from self.by_second.get(word, ())
        yield from self.others


class Phrasebook:
    """Phrases under headings, found in the words of a message."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], sets: Mapping[str, Iterable[str]]) -> None:
        self._by_word: dict[str, _Index] = {}
        self._by_beginning: dict[str, _Index] = {}
        for value, texts in phrases.items():
            for text in texts:
                for words in _ways(text, sets):
                    self._add(_Pattern(value, words, None in words))
        self._shortest_beginning = min(map(len, self._by_beginning), default=0)

    def _add(self, pattern: _Pattern) -> None:
        first = pattern.words[0]
        if first is None:
            raise ValueError("a phrase cannot begin with a gap")
        for word in first.exact:
            self._by_word.setdefault(word, _Index()).add(pattern)
        for beginning in first.beginnings:
            self._by_beginning.setdefault(beginning, _Index()).add(pattern)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase from left to right. The longest wins; a phrase under two headings counts for both."""
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            found = list(self._at(words, at))
            if not found:
                at += 1
                continue
            end = max(hit.end for hit, _ in found)
            longest = {hit.value: (hit, has_gap) for hit, has_gap in found if hit.end == end}
            hits += [hit for hit, _ in longest.values()]
            # inside a phrase with a gap others may begin
            at = at + 1 if any(has_gap for _, has_gap in longest.values()) else end
        return hits

    def _at(self, words: Sequence[str], at: int) -> Iterator[tuple[Hit, bool]]:
        following = words[at + 1] if at + 1 < len(words) else ""
        for index in self._beginning_with(words[at]):
            for pattern in index.followed_by(following):
                end = pattern.end(words, at)
                if end is not None:
                    yield Hit(pattern.value, at, end), pattern.has_gap

    def _beginning_with(self, word: str) -> Iterator[_Index]:
        exact = self._by_word.get(word)
        if exact is not None:
            yield exact
        if self._shortest_beginning:
            for length in range(self._shortest_beginning, len(word) + 1):
                index = self._by_beginning.get(word[:length])
                if index is not None:
                    yield index


def _ways(text: str, sets: Mapping[str, Iterable[str]]) -> Iterator[tuple[_Word | None, ...]]:
    """A phrase as patterns: one, or more where it has words that may be left out."""
    parts: list[tuple[_Word | bool | None, ...]] = []
    for part in text.split():
        if part == _GAP:
            parts.append((None,))
        elif part.startswith("?"):
            parts.append((_word(part[1:], sets), False))  # False: left out
        else:
            parts.append((_word(part, sets),))
    for way in product(*parts):
        words = tuple(word for word in way if not isinstance(word, bool))
        if words:
            yield words


def _word(text: str, sets: Mapping[str, Iterable[str]]) -> _Word:
    exact: set[str] = set()
    beginnings: list[str] = []
    for choice in text.split("/"):
        if choice.startswith("@"):
            exact.update(sets[choice[1:]])
        elif choice.endswith("*"):
            beginnings.append(choice[:-1])
        else:
            exact.add(choice)
    return _Word(frozenset(exact), tuple(beginnings))


def literal_words(text: str) -> Iterator[str]:
    """The plain words of a phrase, without the signs of the pattern language."""
    for part in text.replace("/", " ").replace("?", " ").split():
        if part.isalpha():
            yield part
