"""Whose council a place is: from a village, an estate, a town, a county or a postcode, however it is spelt.

A village or town counts for more than a postcode district, and a district for more than "Leicester" or "the county":
postcodes and big names cross the boundaries, villages seldom do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

AUTHORITIES = ("leicester", "leicestershire", "rutland", "outside")
NOWHERE = "unknown"  # a postcode district of large offices: it belongs to no place

_WORD = re.compile(r"[a-z]+|\d+")
_FULL_POSTCODE = re.compile(r"\b([a-z]{1,2})(\d{1,2})[a-z]?\s*(\d)\s*[a-z]{2}\b")
_SHORT_POSTCODE = re.compile(r"\b([a-z]{2})\s?-?\s?(\d{1,2})(?=[^\d]|$)")
_SPELT_OUT = re.compile(r"\bl\.?\s+e\.?\s+(?=\d)")

_WHERE = frozenset(
    ("in", "near", "nr", "at", "around", "round", "by", "outside", "to", "from", "of", "live", "lives", "living")
)
_NEARBY = frozenset(("near", "nr", "nearby", "outside", "by", "towards"))
_LINKING = frozenset(("the", "a", "is", "just", "little", "village", "called", "over", "up", "down", "out", "side"))
_NOT_NOW = frozenset(("not", "isnt", "arent", "moved", "originally", "used"))
_TITLES = frozenset(("dr", "doctor", "mr", "mrs", "ms", "miss", "nurse", "sister", "auntie", "aunty", "aunt", "uncle"))

_LONGEST_NAME = 5  # words
_MOST_WORDS = 60  # looked at in one message: enough for any answer, and a bound on the time a long one takes


class _Rank(IntEnum):
    """What counts for more when a message names several."""

    WIDE = 1
    DISTRICT = 2
    NEARBY = 3  # "near Oakham"
    TOWN = 4


@dataclass(frozen=True, slots=True)
class Found:
    """Where it is. Several authorities, the likelier first, mean that only the person can say which."""

    authorities: tuple[str, ...]
    name: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Name:
    """One way of writing a place."""

    name: str
    authorities: tuple[str, ...]
    ordinary: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    found: Name
    rank: _Rank
    at: int
    exact: bool


@dataclass(frozen=True)
class Places:
    """Every place by the letters of its name, and every postcode district."""

    names: Mapping[str, Name]
    by_initial: Mapping[str, tuple[str, ...]]
    districts: Mapping[str, Name]
    neighbour_areas: frozenset[str]
    not_a_home: frozenset[str]
    not_places: frozenset[str]

    def find(self, text: str, asked: bool = False) -> Found | None:
        """The place a message names. `asked`: the bot has just asked where, so more misspelling is forgiven."""
        plain = _SPELT_OUT.sub("le ", re.sub(r"['’`]", "", text.lower()))
        words = _WORD.findall(plain)[:_MOST_WORDS]
        mentions, spoken_for = self._named(words, asked)
        if not any(mention.rank is _Rank.TOWN for mention in mentions):
            mentions += self._misspelt(words, asked, spoken_for)
        mentions += self._postcodes(plain)
        return _settle(mentions)

    def _named(self, words: list[str], asked: bool) -> tuple[list[_Mention], set[int]]:
        """Names written as listed, the longest first, glued or split; and the words that need no more looking at."""
        mentions: list[_Mention] = []
        spoken_for: set[int] = set()
        at = 0
        while at < len(words):
            length = next((n for n in range(_LONGEST_NAME, 0, -1) if self._is_name(words, at, n)), 0)
            if length:
                name = self.names["".join(words[at : at + length])]
                spoken_for.update(range(at, at + length))
                if self._is_meant(name, words, at, at + length, asked):
                    mentions.append(_Mention(name, _rank(name, words, at), at, exact=True))
            at += length or 1
        return mentions, spoken_for

    def _is_name(self, words: list[str], at: int, length: int) -> bool:
        if at + length > len(words):
            return False
        glued = "".join(words[at : at + length])
        name = self.names.get(glued)
        if name is None:
            return False
        # "as well" is no Ashwell: a short name of one word has to be written as one word
        return length == 1 or " " in name.name or "-" in name.name or len(glued) > 6

    def _is_meant(self, name: Name, words: list[str], start: int, end: int, asked: bool) -> bool:
        before = words[start - 1] if start else ""
        if before in _TITLES or _NOT_NOW & set(words[max(0, start - 2) : start]):
            return False
        if end < len(words) and words[end] in self.not_a_home:
            return False
        return not name.ordinary or asked or _is_where(words, start)

    def _misspelt(self, words: list[str], asked: bool, spoken_for: set[int]) -> Iterator[_Mention]:
        """Names with a few wrong letters. In a free message only after a word like "in", or "cosy" would be Cosby."""
        for at in range(len(words)):
            if not (asked or _is_where(words, at)):
                continue
            for length in (3, 2, 1):
                part = words[at : at + length]
                taken = spoken_for.intersection(range(at, at + length))
                if taken or len(part) < length or self._cannot_be_name(part, words, at + length):
                    continue
                name = self._nearest("".join(part), asked)
                if name is not None:
                    yield _Mention(name, _rank(name, words, at), at, exact=False)
                    return

    def _cannot_be_name(self, part: list[str], words: list[str], end: int) -> bool:
        followed = words[end] if end < len(words) else ""
        return followed in self.not_a_home or any(word in self.not_places or not word.isalpha() for word in part)

    def _nearest(self, glued: str, asked: bool) -> Name | None:
        slips = _slips_allowed(len(glued), asked)
        if not slips:
            return None
        # people slip inside a word, hardly ever on its first letter: that spares comparing with every name there is
        alike = self.by_initial.get(glued[0], ())
        best = process.extractOne(glued, alike, scorer=OSA.distance, score_cutoff=slips)
        if best is None:
            return None
        name = self.names[best[0]]
        return None if name.ordinary and not asked else name

    def _postcodes(self, plain: str) -> Iterator[_Mention]:
        full = [(match, True) for match in _FULL_POSTCODE.finditer(plain)]
        for match, is_full in full or [(match, False) for match in _SHORT_POSTCODE.finditer(plain)]:
            area, number = match.group(1).upper(), int(match.group(2))
            district = self.districts.get(f"{area}{number}")
            if district is None and (area in self.neighbour_areas or (is_full and area != "LE")):
                district = Name(f"{area}{number}", ("outside",), ordinary=False, wide=False)
            if district is not None and district.authorities != (NOWHERE,):
                yield _Mention(district, _Rank.DISTRICT, match.start(), exact=True)


def _slips_allowed(length: int, asked: bool) -> int:
    if not asked:
        length -= 2  # nobody asked, so it must look more like a place
    return 0 if length < 5 else 1 if length < 8 else 2 if length < 12 else 3


def _is_where(words: list[str], at: int) -> bool:
    """Whether the words just before say that a place comes next ("lives in", "in a village called")."""
    for word in reversed(words[max(0, at - 4) : at]):
        if word in _WHERE:
            return True
        if word not in _LINKING:
            return False
    return False


def _rank(name: Name, words: list[str], at: int) -> _Rank:
    if name.wide:
        return _Rank.WIDE
    return _Rank.NEARBY if _NEARBY & set(words[max(0, at - 2) : at]) else _Rank.TOWN


def _settle(mentions: list[_Mention]) -> Found | None:
    """The mention that counts for most; the others may still say which of two councils ("Belton in Rutland")."""
    if not mentions:
        return None
    best = max(mentions, key=lambda mention: (mention.exact, mention.rank, -mention.at))
    authorities = best.found.authorities
    for other in mentions:
        shared = tuple(item for item in authorities if item in other.found.authorities)
        if len(authorities) > 1 and len(other.found.authorities) == 1 and shared:
            authorities = shared
    return Found(authorities, best.found.name, certain=len(authorities) == 1 and best.exact)


def letters(name: str) -> str:
    """A name as it is looked up: only its letters, so that spaces and hyphens make no difference."""
    return "".join(_WORD.findall(name.lower()))
