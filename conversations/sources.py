"""Where people come from: the fixed list of posters, links and friends, and the code of one in a message."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from knowledge.errors import Fault
from knowledge.models import Area, Content, Text
from knowledge.places import Places

FILE = "flows/sources.toml"
OTHER = "other"  # came with a code that is not on the list
FRIEND = "friend"  # in the message that people pass on
DIRECT = "none"  # what is counted for somebody who came without a code
TAKEN = {OTHER, DIRECT}
WORD = re.compile(r"[^\W_]+")
AFTER_A_CODE = " \t\n.,:;!?-'\"’”"
NAME = re.compile(r"[a-z0-9-]{1,64}")  # a part of what a Telegram link can carry: A-Z, a-z, 0-9, _ and -
KEYWORD = re.compile(r"[A-Z0-9]{2,12}")
LINKED = re.compile(r"\s*/start(?:@\w+)?\s+(\S+)(.*)", re.DOTALL)  # what Telegram sends for t.me/BOT?start=CODE


class Source(Content):
    """A kind of place where a poster hangs, or another way by which people come."""

    keyword: Text
    label: Text
    area: Area | None = None


class SourceWords(Content):
    """The word that stands before a keyword, and how to tell a keyword from an ordinary sentence."""

    opening: Text
    polite: tuple[Text, ...]
    ordinary: tuple[Text, ...]


class Sources(Content):
    """The list as it stands in sources.toml, each source under its name."""

    words: SourceWords
    sources: Mapping[str, Source] = Field(min_length=1)

    def whole_keyword(self, name: str) -> str:
        """What people text to come by this source: "CARE OADBY"."""
        return f"{self.words.opening} {self.sources[name].keyword}"

    def of_keyword(self, keyword: str) -> str | None:
        """The name of the source with this keyword, in any case of letters."""
        return next((name for name, source in self.sources.items() if source.keyword.lower() == keyword.lower()), None)

    def named(self, code: str) -> str | None:
        """The name of the source that a link's code stands for: its name or, as people mix them up, its keyword."""
        return code.lower() if code.lower() in self.sources else self.of_keyword(code)


@dataclass(frozen=True)
class Arrival:
    """What a message says of where a person comes from, and the `rest` of it.

    `source` is empty where the opening word stands alone. A code that is not on the list is told in `unknown`.
    """

    source: str
    rest: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class WaysIn:
    """How people reach the service: the number they text, as it is printed, and the bot's name on Telegram."""

    number: str = ""
    bot: str = ""


def telegram_link(bot: str, source: str) -> str:
    """The address that opens a talk with the bot and tells it the source."""
    return f"https://t.me/{bot}?start={source}"


def read_link(text: str, sources: Sources) -> Arrival | None:
    """The code of a Telegram link that the person followed, if this is one."""
    linked = LINKED.fullmatch(text)
    if linked is None:
        return None
    source = sources.named(linked[1])
    return Arrival(source or OTHER, linked[2].strip(), "" if source else linked[1])


def read_keyword(text: str, sources: Sources) -> Arrival | None:
    """The keyword with which a message begins: "CARE OADBY", "care oadby, my mum is ill", "CareOadby".

    The opening word alone, or with one word more that is not an ordinary one, is an arrival as well.
    """
    words = list(WORD.finditer(text))
    while words and words[0][0].lower() in sources.words.polite:
        words.pop(0)
    opening = sources.words.opening.lower()
    if not words or not words[0][0].lower().startswith(opening):
        return None
    joined = words[0][0][len(opening) :]
    code = words[0] if joined or len(words) == 1 else words[1]
    source = sources.of_keyword(joined or code[0])
    rest = text[code.end() :].lstrip(AFTER_A_CODE)
    if source is not None:
        return Arrival(source, _unless_polite(rest, sources))
    said = WORD.findall(_unless_polite(text[words[0].end() :], sources))
    if joined or len(said) > 1:
        return None
    unknown = said[0] if said else ""
    return None if unknown.lower() in sources.words.ordinary else Arrival(OTHER if unknown else "", unknown=unknown)


def _unless_polite(text: str, sources: Sources) -> str:
    """The text; nothing, if it holds only politeness."""
    said = f" {' '.join(WORD.findall(text.lower()))} "
    for phrase in sorted(sources.words.polite, key=len, reverse=True):
        said = said.replace(f" {phrase} ", " ")
    return text if said.strip() else ""


def source_faults(sources: Sources, control_words: Collection[str]) -> Iterator[Fault]:
    """Everything that would make a code unreadable, ambiguous or miscounted."""
    if FRIEND not in sources.sources:
        yield Fault(FILE, "sources", f"There is no [sources.{FRIEND}].", "Write it: people pass its keyword on.")
    first = dict[str, str]()
    for name, source in sources.sources.items():
        where, keyword = f"sources.{name}", source.keyword
        if not NAME.fullmatch(name):
            remedy = "Use small letters, digits and hyphens, at most 64: a Telegram link carries nothing else."
            yield Fault(FILE, where, f"The name {name!r} cannot stand in a link.", remedy)
        if name in TAKEN:
            yield Fault(FILE, where, f"{name!r} is counted for other people already.", "Choose another name.")
        if not KEYWORD.fullmatch(keyword):
            remedy = "Use 2 to 12 capital letters and digits, without spaces."
            yield Fault(FILE, f"{where}.keyword", f"{keyword!r} is hard to type or to read.", remedy)
        elif keyword.lower() in control_words:
            problem = f"{keyword} is a control word, like STOP or HELP."
            yield Fault(FILE, f"{where}.keyword", problem, "Choose another keyword.")
        elif keyword.lower() in sources.words.ordinary:
            problem = f'"{sources.words.opening.lower()} {keyword.lower()}" begins ordinary sentences.'
            yield Fault(FILE, f"{where}.keyword", problem, "Choose another keyword.")
        for code in {name, keyword.lower()}:
            if first.setdefault(code, name) != name:
                problem = f"{code.upper()} stands for {first[code]!r} already."
                yield Fault(FILE, f"{where}.keyword", problem, "Give each source a keyword of its own.")


def place_faults(sources: Sources, places: Places) -> Iterator[Fault]:
    """Keywords that are the name of a place in another area: its people would be counted for the wrong one."""
    for name, source in sources.sources.items():
        found = places.find(source.keyword, asked=True)
        if source.area is None or found is None or not found.certain or source.area.value in found.authorities:
            continue
        problem = f"{found.name} is in {' or '.join(found.authorities)}, and this says {source.area.value}."
        yield Fault(FILE, f"sources.{name}.area", problem, "Correct the area, or choose another keyword.")
