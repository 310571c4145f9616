"""The safety files → SafetyRules, or a ContentError that names every fault. Nothing half-loads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from conversations.likeness import NONE, Example, learn
from conversations.safety.files import IdiomFile, PatternFile, PatternText, ReplyFile, SpellingFile, WordsFile
from conversations.safety.meaning import learn_meaning
from conversations.safety.models import Gaps, Guard, Idiom, Pattern, Risk, Spelling, Wording
from conversations.safety.notation import Lexicon, NotationError, read_wording
from conversations.safety.replies import Replies
from conversations.safety.rules import SafetyRules, index_by_need, read_literally
from knowledge.errors import ContentError, Fault
from knowledge.loader import model_faults, read_toml
from knowledge.matching.semantic import load_model
from knowledge.models import Content

SAFETY = Path(__file__).parent
LETTERS = "abcdefghijklmnopqrstuvwxyz"
READ_NOTATION = "See how wordings are written at the head of words.toml."
Model = TypeVar("Model", bound=Content)
Told = tuple[str, Risk | None]
"""An example message, and the risk that it speaks of, if any."""


class Reader:
    """Reads one folder, gathering faults as it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.spelling = self.spellings()
        self.lexicon = Lexicon({}, self.spelling)
        self.guards: dict[str, Guard] = {}

    def file(self, name: str, model: type[Model]) -> Model | None:
        known = len(self.faults)
        data = read_toml(self.folder / name, name, self.faults)
        if len(self.faults) > known:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.faults.extend(model_faults(error, name))
            return None

    def wordings(self, file: str, field: str, lines: tuple[str, ...]) -> tuple[Wording, ...]:
        read = []
        for line in lines:
            try:
                read.append(read_wording(line, self.lexicon))
            except NotationError as error:
                self.faults.append(Fault(file, field, f"{line!r}: {error}", READ_NOTATION))
        return tuple(read)

    def guards_named(self, file: str, field: str, names: tuple[str, ...]) -> tuple[Guard, ...]:
        for name in names:
            if name not in self.guards:
                remedy = f"Use one of {', '.join(sorted(self.guards))}."
                self.faults.append(Fault(file, f"{field}.unless", f"There is no guard {name!r}.", remedy))
        return tuple(self.guards[name] for name in names if name in self.guards)

    def words(self) -> WordsFile:
        words = self.file("words.toml", WordsFile) or WordsFile(small=(), never_stepped_over=(), groups={}, guards={})
        self.lexicon = Lexicon(words.groups, self.spelling)
        for name, guard in words.guards.items():
            field = f"guards.{name}"
            self.guards[name] = Guard(
                id=name,
                wordings=self.wordings("words.toml", field, guard.say),
                but_not=self.wordings("words.toml", field, guard.but_not),
                before=guard.before,
                after=guard.after,
                whole_message=guard.whole_message,
                inside=guard.inside,
            )
        return words

    def patterns(self) -> Iterator[Pattern]:
        for risk in Risk:
            name = f"{risk.value}.toml"
            file = self.file(name, PatternFile)
            for text in file.pattern if file else ():
                unless = file.unless if file and text.unless is None else text.unless or ()
                yield Pattern(
                    text.id,
                    risk,
                    _rank(text, risk),
                    text.at_most_words,
                    self.wordings(name, text.id, text.say),
                    self.guards_named(name, text.id, unless),
                    text.fires_on,
                    text.not_on,
                )

    def idioms(self) -> Iterator[Idiom]:
        file = self.file("idioms.toml", IdiomFile)
        for text in file.idiom if file else ():
            wordings = self.wordings("idioms.toml", text.id, text.say)
            guards = self.guards_named("idioms.toml", text.id, text.unless)
            yield Idiom(text.id, wordings, guards, text.taken_out_of, text.not_on)

    def replies(self) -> Replies | None:
        file = self.file("replies.toml", ReplyFile)
        if file is None:
            return None
        urgent = {risk: getattr(file, risk.value.replace("-", "_")) for risk in Risk}
        return Replies(urgent, file.next_message, file.help_has_come)

    def examples(self) -> Iterator[Told]:
        """Every line of examples/ that is no comment, with its risk. A line may stand in one file alone."""
        seen: dict[str, str] = {}
        for risk in (*Risk, None):
            name = f"examples/{risk.value if risk else 'none'}.txt"
            try:
                text = (self.folder / name).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                self.faults.append(Fault(name, "file", "The file is not there, or is not UTF-8 text.", "Put it back."))
                continue
            for line in text.splitlines():
                if not line.strip() or line.startswith("#"):
                    continue
                other = seen.setdefault(" ".join(re.findall(r"\w+", line.lower())), name)
                if other != name:
                    self.faults.append(
                        Fault(name, "file", f"{line!r} stands in {other} too.", "Keep it in one of them.")
                    )
                yield line, risk

    def pairs(self, file: SpellingFile) -> Iterator[tuple[tuple[str, str], str]]:
        for two, joined in file.pairs.items():
            match two.split():
                case [first, second]:
                    yield (first, second), joined
                case _:
                    self.faults.append(Fault("spelling.toml", f"pairs.{two}", "These are not two words.", "Write two."))

    def spellings(self) -> Spelling:
        """What is known of spelling before any wording has been read."""
        file = self.file("spelling.toml", SpellingFile)
        file = file or SpellingFile(
            counted=(), counting=(), openers=(), closers=(), tolerant=(), not_misspelt=(), pairs={}, same={}
        )
        whole = {wrong: right for right, wrongs in file.same.items() for wrong in wrongs}
        pairs = dict(self.pairs(file))
        real = frozenset(file.not_misspelt) | whole.keys()
        near = {wrong: word for word in file.tolerant for wrong in one_edit_from(word) if wrong not in real}
        return Spelling(
            whole=whole,
            pairs=pairs,
            near=near,
            known=frozenset(file.tolerant),
            counted=frozenset(file.counted),
            counting=frozenset(file.counting),
            openers=frozenset(file.openers),
            closers=frozenset(file.closers),
        )


def _rank(text: PatternText, risk: Risk) -> float:
    """When a pattern is tried: graver risks first, last resorts after everything else."""
    order = list(Risk)
    if text.ahead_of:
        return order.index(text.ahead_of) - 0.5
    return order.index(risk) + (len(order) if text.last_resort else 0)


def load_safety(folder: Path = SAFETY, asks: Iterable[str] = ()) -> SafetyRules:
    """Read words, idioms, patterns, examples and replies. `asks` are more messages in which there is no danger.

    Raises ContentError with all faults of all files at once.
    """
    reader = Reader(folder)
    words = reader.words()
    idioms = tuple(reader.idioms())
    patterns = tuple(sorted(reader.patterns(), key=lambda pattern: pattern.rank))
    replies = reader.replies()
    examples = tuple(reader.examples())
    spelling = replace(reader.spelling, known=reader.spelling.known | reader.lexicon.words())
    reader.faults.extend(_twice([pattern.id for pattern in patterns] + [idiom.id for idiom in idioms]))
    if reader.faults or replies is None:
        raise ContentError(tuple(sorted(set(reader.faults))))
    lines = tuple((pattern, wording) for pattern in patterns for wording in pattern.wordings)
    by_need = index_by_need(lines)
    rules = SafetyRules(
        patterns=patterns,
        lines=lines,
        by_need=by_need,
        needed=sum(1 << number for number in by_need),
        idioms=idioms,
        spelling=spelling,
        index=reader.lexicon.index(),
        gaps=Gaps(frozenset(words.small), frozenset(words.never_stepped_over)),
        replies=replies,
        likeness=None,
        meaning=None,
    )
    # Not yet with what is learned, and so only with what stands in the files.
    made_of = (*folder.glob("*.toml"), *SAFETY.glob("*.py"))
    told = tuple(_told(rules, examples, asks))
    likeness = learn("danger-words", told, lambda text: read_literally(text, rules).words, made_of)
    return replace(rules, likeness=likeness, meaning=learn_meaning(told, load_model()))


def _told(rules: SafetyRules, examples: Iterable[Told], asks: Iterable[str]) -> Iterator[Example]:
    """All that is learned from: the lists of examples, those beside patterns and sayings, and the asks."""
    told = (
        *examples,
        *((text, pattern.risk) for pattern in rules.patterns for text in pattern.fires_on),
        *((text, None) for pattern in rules.patterns for text in pattern.not_on),
        *((text, None) for idiom in rules.idioms for text in idiom.taken_out_of),
        *((text, None) for text in asks),
    )
    return ((text, risk.value if risk else NONE) for text, risk in told)


def example_messages(folder: Path = SAFETY) -> tuple[str, ...]:
    """Every message of examples/, whatever its risk. Raises ContentError if a file of them is missing."""
    reader = Reader(folder)
    messages = tuple(text for text, _ in reader.examples())
    if reader.faults:
        raise ContentError(tuple(sorted(set(reader.faults))))
    return messages


def one_edit_from(word: str) -> Iterator[str]:
    """Every way of writing `word` with one letter wrong, missing, extra or swapped. The first letter stands."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _twice(ids: list[str]) -> Iterator[Fault]:
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Fault("safety", name, "Two patterns or idioms have this id.", "Give one of them another.")
