"""A message as plain words: text-speak spelt out, numbers in figures, misspelt long words put right.

Nothing here is kept: a `Heard` lives as long as the one message is being read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.answers.patterns import listed
from conversations.answers.phrases import PAUSE, SENTENCE_END, Hit, Phrasebook

LONGEST = 1200  # characters read of one message: eight texts' worth

_SHORTEST_GUESSED = 6  # letters: below that, one wrong letter is mostly another word

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W_]+|[.!?;\n]+|[,():/+&~%*-]")
_LETTERS_OR_FIGURES = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_APOSTROPHE = re.compile(r"(?<=\w)\s?['’‘`´]\s?(?=\w)")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
# "Need 2 know", "4 my mum"
_TO_IN_FIGURES = re.compile(r"\b2(?= (?:know|do|say|be|go|help|get|see|tell|answer|look|ask|talk|care|cope)\b)")
_FOR_IN_FIGURES = re.compile(r"\b4(?= (?:my|mum|dad|nan|her|him|me|u|you|it|this|that|the|some1|someone|free)\b)")
_ALL_HOURS = re.compile(r"\b24\s*[/x\-]?\s*7\b|\btwenty[ -]?four[ -]?(?:/ ?)?seven\b")
_HALVES = (("½", ".5"), ("¼", ".25"), ("¾", ".75"), ("1/2", "half"))
_SIGNS = {"+": "plus", "&": "and", "~": "about", "%": "percent", "/": PAUSE, "*": "", "-": PAUSE}
# "Not sure pal", "22, they/them": said to us, or of how to speak of the texter
# The illness, in capitals: "ME and Parkinson's", "she has ME"
_ILLNESS_ME = re.compile(
    r"(?:(?<=has )|(?<=got )|(?<=with )|(?<=severe )|(?<=have )|(?<=and )|^)ME\b(?= and|,|\.|/|\(|\s*$)"
)
_PRONOUNS = re.compile(r"\b(?:they ?/ ?them|she ?/ ?her|he ?/ ?him)\b")
_TO_US = re.compile(
    r"(?P<before>\w+)[\s,]+"
    r"(?:pal|mate|m8|bro|hun|hunny|duck|duckie|(?:mi|me|my) duck|love|lovey|dear|darling|bruv|boss)"
    r"(?=\s*[.!?]*\s*$)"
)
_NOT_TO_US = frozenset(
    listed(
        "my a an the best our his her their old school flat work house team class another this that some for of and or"
        " with out in to from just only i we you after help helping helps see little big lil younger older baby twin n"
    )
)
_THUMBS = (("👍", " yes "), ("👎", " no "))

_UNITS = {
    word: number
    for number, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
} | {"fourty": 40, "fivty": 50, "ninty": 90, "eigthy": 80, "sixtey": 60, "twenny": 20}
_DECADES = {
    word: 10 * number
    for number, word in enumerate(
        listed("twenties thirties forties fifties sixties seventies eighties nineties"), start=2
    )
} | {"fourties": 40}
_SPELLINGS = {"fourten": 14, "forteen": 14, "fiveteen": 15, "eightteen": 18, "twelf": 12, "thirten": 13, "fifeteen": 15}
_COUNTABLE = frozenset(
    ("hours", "minutes", "day", "days", "week", "weeks", "night", "evening", "morning", "afternoon", "or", "to")
)

_CONTRACTIONS = {
    ("i", "am"): "im", ("i", "m"): "im", ("he", "is"): "hes", ("she", "is"): "shes", ("he", "s"): "hes",
    ("she", "s"): "shes", ("they", "are"): "theyre", ("it", "is"): "its", ("that", "is"): "thats",
    ("who", "is"): "whos", ("we", "are"): "were", ("do", "not"): "dont", ("does", "not"): "doesnt",
    ("did", "not"): "didnt", ("is", "not"): "isnt", ("are", "not"): "arent", ("was", "not"): "wasnt",
    ("will", "not"): "wont", ("would", "not"): "wouldnt", ("could", "not"): "couldnt", ("can", "not"): "cant",
    ("has", "not"): "hasnt", ("have", "not"): "havent", ("should", "not"): "shouldnt", ("don", "t"): "dont",
    ("can", "t"): "cant", ("won", "t"): "wont", ("i", "would"): "id", ("he", "would"): "hed",
    ("she", "would"): "shed", ("they", "would"): "theyd", ("no", "body"): "nobody", ("nan", "s"): "nans",
    ("mum", "s"): "mums", ("dad", "s"): "dads",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of one message; "." and "," stand for the pauses between them."""

    words: tuple[str, ...]
    books: Mapping[str, Phrasebook] = field(compare=False, repr=False)  # that its phrases are looked up in
    everyday: frozenset[str] = field(compare=False, repr=False)  # words that stand anywhere in the lists
    found: dict[str, list[Hit]] = field(
        default_factory=dict, compare=False, repr=False
    )  # so that no book is read twice

    @property
    def line(self) -> str:
        """The words as one line with a space at both ends, for patterns with numbers in them."""
        return f" {' '.join(self.words)} "

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that the word at `at` stands in."""
        while at > 0 and self.words[at - 1] != SENTENCE_END:
            at -= 1
        return at

    def before(self, at: int, count: int) -> tuple[str, ...]:
        """Up to `count` words before `at` in the same sentence."""
        return self.words[max(self.sentence_start(at), at - count) : at]

    def after(self, at: int, count: int) -> tuple[str, ...]:
        """Up to `count` words from `at` on in the same sentence."""
        part = self.words[at : at + count]
        return part[: part.index(SENTENCE_END)] if SENTENCE_END in part else part


class Speller:
    """Puts misspelt words right, but only long ones that can hardly be anything else."""

    def __init__(self, targets: Iterable[str], leave_alone: Iterable[str]) -> None:
        words = set(targets)
        self.known = frozenset(words.union(leave_alone))
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) >= _SHORTEST_GUESSED:
                self._by_initial.setdefault(word[0], []).append(word)

    def spell(self, word: str) -> str:
        """The word meant, or the word itself."""
        if word.endswith("in") and f"{word}g" in self.known:
            return f"{word}g"  # "drinkin"
        if len(word) < _SHORTEST_GUESSED or word in self.known or not word.isalpha():
            return word
        slips = 1 if len(word) < 9 else 2
        # nobody misses the first letter, and looking at one letter's words alone keeps this quick
        best = process.extractOne(word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return word if best is None else best[0]


@dataclass(frozen=True)
class Listener:
    """Turns a message into plain words, with the short forms and spellings of words.toml."""

    text_speak: Mapping[str, tuple[str, ...]]
    speller: Speller

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a message, and the signs of its pauses."""
        words = _in_figures(_contracted(list(self._spelt_out(_cleaned(text)))))
        return tuple(self.speller.spell(word) for word in words)

    def _spelt_out(self, text: str) -> Iterator[str]:
        for token in _TOKEN.findall(text):
            if token[0] in ".!?;\n":
                yield SENTENCE_END
            elif token in _SIGNS:
                yield from filter(None, (_SIGNS[token],))
            elif not token[0].isalnum():
                yield PAUSE
            elif token in self.text_speak:
                yield from self.text_speak[token]
            else:
                for part in _LETTERS_OR_FIGURES.findall(token):
                    yield from self.text_speak.get(part, (part,))


def _cleaned(text: str) -> str:
    text = text[:LONGEST]
    for sign, plain in (*_THUMBS, *_HALVES):
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKD", _ILLNESS_ME.sub("M E", text).lower().replace("ł", "l"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"(\d)\s+\.5", r"\1.5", text)
    text = _APOSTROPHE.sub("", _PRONOUNS.sub("", text))
    text = _TO_US.sub(lambda found: found[0] if found["before"] in _NOT_TO_US else found["before"], text)
    text = _ALL_HOURS.sub(" allhours ", text)
    text = re.sub(r"(\d)\s*[-–—]\s*(\d)", r"\1 to \2", text)
    text = re.sub(r"(?<=[^\W\d_])[-–—](?=[^\W\d_])", " ", text)
    text = re.sub(r"[–—]", " , ", text)
    text = re.sub(r"(?<=\d)\s*[-–—]\s*(?=[a-z])", " ", text)
    text = re.sub(r"\bn\s*/\s*a\b", " skip ", text)
    text = _TO_IN_FIGURES.sub("to", text)
    text = _FOR_IN_FIGURES.sub("for", text)
    return _DRAWN_OUT.sub(r"\1", text)


def _contracted(words: list[str]) -> Iterator[str]:
    """ "I am" and "she is" as "im" and "shes", so that phrases need only one way of writing them."""
    at = 0
    while at < len(words):
        pair = (words[at], words[at + 1]) if at + 1 < len(words) else ("", "")
        short = _CONTRACTIONS.get(pair)
        yield short or words[at]
        at += 2 if short else 1


def _in_figures(words: Iterable[str]) -> Iterator[str]:
    """Numbers in words as figures: "sixty seven" is 67. "One" only where it counts something."""
    tens: int | None = None
    held = list(words)
    for at, word in enumerate(held):
        following = held[at + 1] if at + 1 < len(held) else ""
        if tens is not None:
            yield str(tens + _UNITS[word])
            tens = None
            continue
        number = _number(word, following)
        if word in _TENS and _UNITS.get(following, 0) in range(1, 10):
            tens = _TENS[word]
        elif word in _DECADES:
            yield from (str(_DECADES[word]), "s")
        else:
            yield word if number is None else str(number)


def _number(word: str, following: str) -> int | None:
    if word == "one":
        return 1 if following in _COUNTABLE else None
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    return _UNITS.get(word, _TENS.get(word))
