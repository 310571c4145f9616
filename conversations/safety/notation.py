"""The notation in which wordings are written, so that people who do not program can read and change them.

    <i> ~ (want|wanna) ~ die        the words in this order
    word                            this word
    <i>                             any word of the group "i" of words.toml
    (end it|finish it)              any of these; several words in one choice stand side by side
    [really|just]                   the same, but may be left out
    ..                              up to three other words may come between (..6: up to six)
    ~                               up to five small words may come between ("to", "just", "really")
    ^ and $                         the beginning, the end of a sentence
    &                               and also, anywhere in the message, in any order

A gap never steps over a sentence's end or a "not".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from conversations.safety.models import Part, Spelling, Stretch, Wording
from conversations.safety.normalise import in_one_form

Phrase = tuple[str, ...]
CHOICE = r"[(](?:[^()]|[(][^()]*[)])*[)]"
PIECE = re.compile(rf"\s*(<[\w-]+>|{CHOICE}|\[[^\[\]]*\]|\.\.\d*|[~^$]|[^\s()\[\]<>~^$|]+)")
WORD_IN_CHOICE = re.compile(r"[(][^()]*[)]|<[\w-]+>|[^\s()<>]+")
DEFAULT_GAP = 5
SMALL_GAP = 5
MOST_PHRASES = 20_000


class NotationError(ValueError):
    """A wording that cannot be read. The message says which piece, in an editor's words."""


@dataclass
class Lexicon:
    """Every set of words that any wording uses, numbered, and a tree by which all of them are found in one walk."""

    groups: Mapping[str, tuple[str, ...]]
    spelling: Spelling
    numbers: dict[frozenset[Phrase], int] = field(default_factory=dict)
    forms: dict[Phrase, Phrase] = field(default_factory=dict)  # remembered, for most phrases stand in many choices
    choices: dict[str, frozenset[Phrase]] = field(default_factory=dict)

    def number(self, choices: tuple[str, ...]) -> int:
        """The number of the set that `choices` spell out. Equal sets share one."""
        phrases: set[Phrase] = set()
        for choice in choices:
            if choice not in self.choices:
                self.choices[choice] = frozenset(self._form(run) for run in self.phrases(choice, ()))
            phrases |= self.choices[choice]
        if not phrases:
            raise NotationError("has an empty choice.")
        return self.numbers.setdefault(frozenset(phrases), len(self.numbers))

    def _form(self, run: Phrase) -> Phrase:
        if run not in self.forms:
            self.forms[run] = tuple(in_one_form(" ".join(run), self.spelling))
        return self.forms[run]

    def phrases(self, choice: str, inside: tuple[str, ...]) -> set[Phrase]:
        """Every run of words that a choice stands for: "my <kin>" is as many as there are kin."""
        slots: list[set[Phrase]] = []
        if "[" in choice or "]" in choice:
            raise NotationError(f"{choice!r}: square brackets cannot stand inside round ones. Write both choices out.")
        for word in WORD_IN_CHOICE.findall(choice):
            if word.startswith("<"):
                slots.append(self._group(word.strip("<>"), inside))
            elif word.startswith("("):
                slots.append(set().union(*(self.phrases(item, inside) for item in word[1:-1].split("|"))))
            else:
                slots.append({(word,)})
        found = {tuple(word for run in runs for word in run) for runs in product(*slots)} - {()}
        if len(found) > MOST_PHRASES:
            raise NotationError(f"{choice!r} stands for more than {MOST_PHRASES} phrases.")
        return found

    def _group(self, name: str, inside: tuple[str, ...]) -> set[Phrase]:
        if name not in self.groups:
            raise NotationError(f"there is no group <{name}>.")
        if name in inside:
            raise NotationError(f"the group <{name}> contains itself.")
        return set().union(*(self.phrases(item, (*inside, name)) for item in self.groups[name]))

    def index(self) -> Mapping[str, int]:
        """Every phrase, and every beginning of one → the sets in which it stands, a bit for each; 0 for a beginning.

        One flat table of strings and numbers, because a tree of many small objects would slow each garbage collection.
        """
        index: dict[str, int] = {}
        for phrases, number in self.numbers.items():
            for phrase in phrases:
                for length in range(1, len(phrase)):
                    index.setdefault(" ".join(phrase[:length]), 0)
                whole = " ".join(phrase)
                index[whole] = index.get(whole, 0) | 1 << number
        return index

    def words(self) -> frozenset[str]:
        return frozenset(word for phrases in self.numbers for phrase in phrases for word in phrase)


def read_wording(text: str, lexicon: Lexicon) -> Wording:
    """One line of `say`. Raises NotationError."""
    parts = tuple(_read_part(part, lexicon) for part in text.split("&"))
    needs = 0
    for part in parts:
        for stretch in part.stretches:
            needs |= 0 if stretch.optional else 1 << stretch.words
    return Wording(parts, needs)


def _read_part(text: str, lexicon: Lexicon) -> Part:
    stretches: list[Stretch] = []
    gap, small_only, first, last = 0, False, False, False
    for piece in _pieces(text):
        if piece == "^":
            first = True
        elif piece == "$":
            last = True
        elif piece.startswith(".."):
            gap, small_only = int(piece[2:] or DEFAULT_GAP), False
        elif piece == "~":
            gap, small_only = SMALL_GAP, True
        else:
            optional = piece.startswith("[")
            if optional and not stretches:
                raise NotationError(
                    f"{piece} stands first: a wording must begin with something that cannot be left out."
                )
            stretches.append(Stretch(lexicon.number(_choices(piece)), gap, small_only, optional))
            gap, small_only = 0, False
    if not stretches:
        raise NotationError("has a part with no words.")
    return Part(tuple(stretches), first, last)


def _pieces(text: str) -> list[str]:
    pieces, at = [], 0
    text = text.strip()
    while at < len(text):
        match = PIECE.match(text, at)
        if match is None:
            raise NotationError(f"cannot be read from {text[at:]!r} on. Is a bracket open?")
        pieces.append(match[1])
        at = match.end()
    return pieces


def _choices(piece: str) -> tuple[str, ...]:
    """The choices of a bracket: what stands between its own "|", not those of a bracket within it."""
    if piece[0] not in "([":
        return (piece,)
    choices, depth = [""], 0
    for letter in piece[1:-1]:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += letter
    return tuple(choices)
