"""What people write after an answer and mean with it: "how much is it", "i tried that". Read here, met elsewhere."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from conversations.answers.phrases import BREAKS, Hit, Phrasebook, literal_words
from conversations.answers.text import Heard
from conversations.answers.vocabulary import phrase_faults
from conversations.answers.who import read_whom
from knowledge.errors import Fault
from knowledge.language import stem
from knowledge.models import Content, KnowledgeBase, Text

FILE = "flows/followups.toml"
FILLERS = "fillers"
MOST_LEANING = 10  # words of a message that leans on what went before without being on the lists


class Followup(StrEnum):
    """What may be meant, in the order in which it counts where a message says several."""

    SAID_NO = "said_no"
    NO_ANSWER = "no_answer"
    TRIED = "tried"
    CANNOT_PAY = "cannot_pay"
    AMOUNT = "amount"
    WHEN = "when"
    HOW_LONG = "how_long"
    HOURS = "hours"
    NUMBER = "number"
    WHERE = "where"
    SAY = "say"
    APPLY = "apply"
    WHO_CAN = "who_can"
    PERSON = "person"
    EXPLAIN = "explain"
    MORE = "more"


class FollowupWords(Content):
    """How one kind is said, and by which words the part of an answer is known that meets it."""

    phrases: tuple[Text, ...]
    signs: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()  # offered where no part meets it


class Instead(Content):
    """What is offered to "what about for my dad" after an answer on `topic`."""

    topic: Text
    offer: tuple[Text, ...]


class Followups(Content):
    fillers: tuple[Text, ...]
    leaning: tuple[Text, ...]
    others: tuple[Text, ...]
    others_young: tuple[Text, ...]
    said_no: FollowupWords
    no_answer: FollowupWords
    tried: FollowupWords
    cannot_pay: FollowupWords
    amount: FollowupWords
    when: FollowupWords
    how_long: FollowupWords
    hours: FollowupWords
    number: FollowupWords
    where: FollowupWords
    say: FollowupWords
    apply: FollowupWords
    who_can: FollowupWords
    person: FollowupWords
    explain: FollowupWords
    more: FollowupWords
    instead: tuple[Instead, ...] = ()

    def signs(self, kind: Followup) -> tuple[str, ...]:
        words: FollowupWords = getattr(self, kind.value)
        return words.signs

    def topics(self, kind: Followup) -> tuple[str, ...]:
        words: FollowupWords = getattr(self, kind.value)
        return words.topics

    def instead_of(self, topic: str) -> tuple[str, ...]:
        return next((each.offer for each in self.instead if each.topic == topic), ())


def read_followup(said: Heard, followups: Followups) -> Followup | None:
    """The kind that the whole message is: beside its phrases it holds people, figures, and words of the lists alone.

    Any other word may name what is asked about, and then the message stands by itself.
    """
    hits, people, rest = _covered(said, followups)
    if rest - _small_words(followups):
        return None
    kinds = {hit.value for hit in hits} - {FILLERS}
    kinds -= set() if people else {Followup.PERSON.value}
    return next((kind for kind in Followup if kind.value in kinds), None)


def is_only_a_person(said: Heard, followups: Followups) -> bool:
    """Whether a message names a person, and holds nothing else but fillers: "my nan", "its for my mum"."""
    hits, people, rest = _covered(said, followups)
    return people and not rest and all(hit.value in {FILLERS, Followup.PERSON.value} for hit in hits)


def asks_meaning(said: Heard, followups: Followups) -> bool:
    """Whether a message asks what was meant, whatever stands beside: "what do you mean by being there in case"."""
    return any(hit.value == Followup.EXPLAIN.value for hit in _book(followups).find(said.words))


def is_listed(said: Heard, followups: Followups) -> bool:
    """Whether the whole message stands in the lists as it is, so that nothing else can be meant by it."""
    hits, _, rest = _covered(said, followups)
    return not rest and any(hit.value != FILLERS for hit in hits)


def _covered(said: Heard, followups: Followups) -> tuple[list[Hit], bool, set[str]]:
    """The phrases of a message, whether it names a person, and the words that belong to neither."""
    hits = _book(followups).find(said.words)
    people = read_whom(said, asked=True).hits
    covered = {at for hit in (*hits, *people) for at in range(hit.start, hit.end)}
    rest = {word for at, word in enumerate(said.words) if at not in covered and not word.isdigit()}
    return hits, bool(people), rest - BREAKS


def pointed_at(said: Heard, followups: Followups) -> tuple[str, ...]:
    """What a short message asks of the thing it points back at, in stems, the longest first; () where it does not.

    "Will it change my pension" points at something with "it", and asks about "chang" and "pension".
    """
    words = [word for word in said.words if word not in BREAKS]
    if len(words) > MOST_LEANING or not set(words) & set(followups.leaning):
        return ()
    own = set(words) - _small_words(followups)
    return tuple(sorted((stem(word) for word in own if word.isalpha()), key=lambda each: (-len(each), each)))


@lru_cache(maxsize=8)
def _book(followups: Followups) -> Phrasebook:
    said = {kind.value: getattr(followups, kind.value).phrases for kind in Followup}
    return Phrasebook({**said, FILLERS: followups.fillers}, {})


@lru_cache(maxsize=8)
def _small_words(followups: Followups) -> frozenset[str]:
    """Words that ask and tell nothing of what is asked about: all those of the lists."""
    lists = [getattr(followups, kind.value).phrases for kind in Followup]
    phrases = (*(phrase for phrases in lists for phrase in phrases), *followups.fillers, *followups.leaning)
    return frozenset(word for phrase in phrases for word in literal_words(phrase))


def followup_faults(followups: Followups, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Phrases that cannot be read; topics and services that there are not."""
    lists = {kind.value: getattr(followups, kind.value).phrases for kind in Followup}
    for name, phrases in {**lists, FILLERS: followups.fillers}.items():
        for phrase in phrases:
            yield from (Fault(FILE, name, problem, remedy) for problem, remedy in phrase_faults(phrase, {}))
    named = {topic for kind in Followup for topic in followups.topics(kind)}
    named |= {topic for each in followups.instead for topic in (each.topic, *each.offer)}
    for topic in named - set(knowledge.topics):
        yield Fault(FILE, topic, f"There is no topic {topic!r}.", "Use an id from knowledge/topics.toml.")
    for name in {*followups.others, *followups.others_young} - {*knowledge.services, *knowledge.roles}:
        yield Fault(FILE, "others", f"There is no service or role {name!r}.", "Use an id from the services files.")
