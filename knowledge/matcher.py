"""Free text → the entry that answers it, up to three to choose from, or honestly nothing.

The same files give the same answer: nothing here knows the time, the network or chance. How it works and what it was
measured at stands in docs/matching.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.cache import cache_folder
from knowledge.language import LONGEST_READ, is_written_in_another_script
from knowledge.matching.alignment import Vocabulary
from knowledge.matching.building import Model, build
from knowledge.matching.clauses import parts, questions
from knowledge.matching.confidence import Confidence
from knowledge.matching.explanation import Explanation, Sign, explain_reading, weighed
from knowledge.matching.facts import unlikely_benefits
from knowledge.matching.lexicon import Lexicon, load_lexicon
from knowledge.matching.model import SIGNS, Opinion, Weighed, by_words, known_share, signs, weigh, with_meaning
from knowledge.matching.reading import Read, read
from knowledge.matching.semantic import SentenceModel, load_model
from knowledge.matching.storing import MEANINGS, build_name, keep, load, remembering
from knowledge.models import Answer, Area, Audience, Choices, KnowledgeBase, Match, Nothing

Floats = NDArray[np.float32]

OFFERED = 3
YOUNG_TOPICS = frozenset(
    {"young-carers-support", "young-carers-assessment", "young-carers-school", "time-off-young-carers"}
)
YOUNG_LEAN = 2.0
"""A message from someone under 18 is this much likelier to be about a young carers' topic."""

ANSWER_KNOWN, OFFER_KNOWN = 0.5, 0.25
"""The share of a message's words that must be known: the asks, on which confidence is fitted, are known throughout."""

SECOND_OPINION_WORDS = 30
"""A longer message is left to words alone: it holds plenty of them, and the sentence model's time grows with them."""
REPEATED = 8
"""A message in which every word comes so many times, on average, is no question."""
ONE_WORD = 0.4
"""A single word is offered choices only if one topic is at least this likely: "mum" tells nothing."""
FAR_OFF = 0.85
"""From this chance that it is about nothing we cover, a message is told apart from one that we fail to understand."""
AGE_LEAN = 0.2
"""What is left of the chance of a benefit that is for another age."""


@dataclass(frozen=True)
class Judgement:
    """Everything thought of a message on the way to a match."""

    read: Read
    weighed: Weighed
    opinion: Opinion
    signs: Floats
    marks: Confidence
    confidence: float
    match: Match
    reason: str


class Matcher:
    """Finds entries. Built once; then pure, and safe to share between threads."""

    def __init__(self, model: Model, lexicon: Lexicon, second_opinion: SentenceModel | None) -> None:
        self._model = model
        self._lexicon = lexicon
        self._second_opinion = second_opinion
        self._vocabulary = Vocabulary(model.frequency, lexicon.protected)

    @classmethod
    def build(cls, knowledge: KnowledgeBase, *, keep_in: Path | None = None, second_opinion: bool = True) -> "Matcher":
        """A matcher for this knowledge, from a kept build where there is one of exactly these files.

        `keep_in` is the folder for kept builds (else CARERS_BOT_CACHE, else this system's place for caches). Without
        `second_opinion`, or where its model is not installed, words alone decide. Raises ContentError if words.toml or
        not_covered.toml cannot be used.
        """
        lexicon = load_lexicon()
        model = load_model() if second_opinion else None
        folder = keep_in or cache_folder()
        name = build_name(knowledge, second_opinion=model is not None)
        built = load(name, folder)
        if built is None:
            built = build(knowledge, lexicon, remembering(model.embed_all, folder / MEANINGS) if model else None)
            keep(built, name, folder)
        return cls(built, lexicon, model)

    def search(self, text: str, area: Area | None = None, audience: Audience = Audience.EVERYONE) -> Match:
        """The match for any text at all. Never raises."""
        return self._judge(text, area, audience).match

    def explain(self, text: str, area: Area | None = None, audience: Audience = Audience.EVERYONE) -> Explanation:
        """Why `search` gives what it gives for the same arguments."""
        judged = self._judge(text, area, audience)
        return Explanation(
            text=text,
            match=judged.match,
            reason=judged.reason,
            confidence=judged.confidence,
            answers_from=judged.marks.answer,
            offers_from=judged.marks.offer,
            words=explain_reading(judged.read),
            families=tuple(judged.read.families.items()),
            facts=judged.read.facts,
            signs=tuple(Sign(name, float(value)) for name, value in zip(SIGNS, judged.signs, strict=True)),
            topics=weighed(self._model, judged.weighed.vector, judged.opinion, OFFERED),
        )

    def _judge(self, text: str, area: Area | None, audience: Audience) -> Judgement:  # noqa: ARG002 - see below
        # The area names no topic; it is part of the interface because answers differ by it.
        message = self._read(text)
        weighed = weigh(message, [self._read(part) for part in parts(text[:LONGEST_READ])], self._model.features)
        lean = self._lean(message, audience)
        words = by_words(self._model.heads, weighed)
        view = _leaning(words, lean)
        marks, meaning = self._model.by_words, None
        found = signs(view, weighed, None, self._model.nearest)
        short = weighed.length <= SECOND_OPINION_WORDS
        if self._second_opinion and short and not message.blank and marks.of(found) < marks.sure:
            meaning = self._second_opinion.embed(message.english)
            view = _leaning(with_meaning(self._model.heads, words, meaning), lean)
            marks = self._model.confidence
            found = signs(view, weighed, meaning, self._model.nearest)
        confidence = marks.of(found)
        match, reason = self._decide(text, message, view, confidence, marks)
        return Judgement(message, weighed, view, found, marks, confidence, match, reason)

    def _read(self, text: str) -> Read:
        return read(text, self._lexicon, self._vocabulary)

    def _lean(self, message: Read, audience: Audience) -> Floats:
        """How much likelier each topic is made by what we know of the person and the ages told."""
        unlikely = unlikely_benefits(message.facts)
        young = YOUNG_LEAN if audience is Audience.YOUNG else 1.0
        leans = [
            AGE_LEAN if topic in unlikely else young if topic in YOUNG_TOPICS else 1.0 for topic in self._model.topics
        ]
        return np.array([*leans, 1.0], dtype=np.float32)

    def _several(self, text: str) -> tuple[str, ...]:
        """The topics of a message that asks for two or three things, each plainly; else nothing."""
        marks = self._model.by_words
        topics: list[str] = []
        for piece in questions(text[:LONGEST_READ]):
            weighed = weigh(self._read(piece), (), self._model.features)
            view = by_words(self._model.heads, weighed)
            if marks.of(signs(view, weighed, None, self._model.nearest)) < marks.answer:
                return ()
            topics.append(self._ranked(view)[0])
        return tuple(topics) if len(set(topics)) == len(topics) else ()

    def _decide(
        self, text: str, message: Read, view: Opinion, confidence: float, marks: Confidence
    ) -> tuple[Match, str]:
        if is_written_in_another_script(text):
            return Nothing(), "It is written in a script that the entries are not."
        if message.blank:
            return Nothing(), "It holds no word that we know."
        if len({word.word for word in message.words}) * REPEATED <= len(message.words):
            return Nothing(), "It says the same over and over."
        known = known_share(message)
        several = self._several(text)
        if several:
            return Choices(several), "It asks for several things, each plainly."
        if len(message.words) == 1 and float(view.chances[:-1].max()) < ONE_WORD:
            return Nothing(), "One word that could mean many things."
        if known < OFFER_KNOWN:
            return Nothing(), "Too few of its words are known."
        if confidence >= marks.answer and known >= ANSWER_KNOWN and len(text) <= LONGEST_READ:
            best = self._ranked(view)[0]
            return Answer(best, confidence), "Confidence is high enough to answer."
        if confidence >= marks.offer:
            return Choices(tuple(self._ranked(view)[:OFFERED])), "Confidence is enough to offer, not to answer."
        return Nothing(far_off=float(view.chances[-1]) >= FAR_OFF), "Confidence is too low to offer anything."

    def _ranked(self, view: Opinion) -> Sequence[str]:
        return [self._model.topics[number] for number in np.argsort(-view.chances[:-1], kind="stable")]


def _leaning(view: Opinion, lean: Floats) -> Opinion:
    chances = view.chances * lean
    return Opinion(np.asarray(chances / chances.sum(), dtype=np.float32), view.by_words, view.by_meaning)
