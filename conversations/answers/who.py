"""Who is looked after, told apart from those who help, have died, or are only mentioned."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from conversations.answers.age import others_ages
from conversations.answers.identity import looked_after_by
from conversations.answers.naming import lead_to, relation_hits
from conversations.answers.patterns import listed
from conversations.answers.phrases import PAUSE, Hit
from conversations.answers.several import GROWN_UP_AT, child_under_18, names_several
from conversations.answers.text import Heard
from conversations.answers.vocabulary import has, phrases
from conversations.slots import Reason, Relation

_JOINING = frozenset(
    (
        "and",
        PAUSE,
        "my",
        "me",
        "our",
        "also",
        "plus",
        "both",
        "the",
        "or",
        "as",
        "well",
        "a",
        "then",
        "own",
        "little",
        "other",
        "disabled",
        "autistic",
        "elderly",
        "old",
    )
)
_HELP = frozenset(
    (
        "help",
        "helping",
        "helps",
        "sit",
        "sitting",
        "stay",
        "staying",
        "deal",
        "dealing",
        "cope",
        "coping",
        "struggle",
        "struggling",
        "support",
        "out",
        "happening",
        "wrong",
        "up",
        "problems",
        "trouble",
    )
)
_BEFORE_AN_ITEM = frozenset(("and", PAUSE, "but", "plus", "both", "yes", "also", "its", "or", "just", "then"))
_AFTER_AN_ITEM = frozenset(listed("and plus both too who with whos now as a in mainly")) | {PAUSE}
_UNTIL = frozenset(
    listed("until till til before he she who has as well too then sadly recently just also , they since")
)
_DENYING = frozenset(("not", "isnt", "never", "wasnt"))

_GROUP_WORDS = frozenset(("lads", "boys", "girls"))
_OUR_NAME = re.compile(r"^ (?:its |just |only |yes )*(?:our|my) (?P<name>[a-z]+) $")
_AND_A_NAME = re.compile(
    r"^(?:, )?(?:and|plus) (?:my |our |little )*(?P<name>[a-z]+)(?= [.,]| (?:hes|shes|whos|who|too)\b|$)"
)
_GENERAL = re.compile(r"\b(?:do|can|could|will|would) (?:you|u|yous)(?: \w+)? (?:help|support|deal|cater|work)\b")
_GREETING = frozenset(listed("hello hi hiya hey salaam salam asalamu aleykum namaste dear sat sri akal good morning"))


@dataclass(frozen=True, slots=True)
class Whom:
    """Who was heard: whom the texter looks after, where the words stand, and how sure that is."""

    relations: tuple[Relation, ...] = ()
    hits: tuple[Hit, ...] = ()
    sure: bool = False  # said as the one who needs help, and not only mentioned
    several: bool = False
    child_under_18: bool | None = None
    own: bool = False  # "my mum", and not "a pupil's mum"
    outlived: bool = False  # somebody named has died, and somebody else is named too
    lost: tuple[Relation, ...] = ()  # those who have died


@dataclass(frozen=True, slots=True)
class _Mention:
    relation: Relation
    hit: Hit
    sure: bool


def read_whom(said: Heard, known: tuple[Relation, ...] = (), *, asked: bool = False) -> Whom:
    """Everybody whom the message may mean by "the one I look after", the sure ones alone if there are any."""
    hits = relation_hits(said)
    found = [mention for hit in hits if (mention := _mention(said, hit)) is not None]
    if asked and not found:
        found = [_Mention(Relation(hit.value), hit, sure=True) for hit in hits if _has_died(said, hit)]
    if asked and not found and (ages := [age for age in others_ages(said) if age < GROWN_UP_AT]):
        # "Poppy, she's 6"
        return Whom((Relation.CHILD,), sure=True, several=len(ages) > 1, child_under_18=True, own=True)
    if asked and not found and (name := _OUR_NAME.match(said.line)) and name["name"] not in said.everyday:
        return Whom((Relation.RELATIVE,), sure=True, own=True)  # "our Ray"
    mentions = _linked(said, found)
    mentions = _without_go_betweens(said, mentions)
    if asked:
        mentions = [replace(mention, sure=mention.sure or _is_listed(said, mention.hit)) for mention in mentions]
        mentions = _linked(said, mentions)
    mentions = [mention for mention in mentions if not _says_again(said, mention, mentions)]
    chosen = [mention for mention in mentions if mention.sure] or mentions
    chosen = _without_siblings_minded(said, chosen, known)
    if {Relation.SON, Relation.DAUGHTER} & {mention.relation for mention in chosen}:
        chosen = [mention for mention in chosen if mention.relation is not Relation.CHILD]
    if {Relation.MUM, Relation.DAD} & {mention.relation for mention in chosen}:
        chosen = [mention for mention in chosen if mention.relation is not Relation.PARENT]
    relations = tuple(dict.fromkeys(mention.relation for mention in chosen))
    whom = Whom(relations, tuple(mention.hit for mention in chosen), any(mention.sure for mention in chosen))
    return replace(
        whom,
        several=names_several(said, relations, whom.hits) or (asked and _and_somebody_by_name(said, whom)),
        child_under_18=child_under_18(said, relations or known),
        own=any(_is_own(said, mention.hit, asked=asked) for mention in chosen),
        outlived=len({_has_died(said, hit) for hit in hits}) == 2,
        lost=tuple(dict.fromkeys(Relation(hit.value) for hit in hits if _has_died(said, hit) or _is_lost(said, hit))),
    )


def _says_again(said: Heard, mention: _Mention, mentions: list[_Mention]) -> bool:
    """ "Grandpa, Mum's dad" is one person."""
    if mention.relation is not Relation.RELATIVE or mention.hit.end - mention.hit.start < 2:
        return False
    return any(
        other is not mention
        and set(said.words[other.hit.end : mention.hit.start]) <= {PAUSE, "my", "hes", "shes", "thats"}
        for other in mentions
        if other.hit.end <= mention.hit.start
    )


def _and_somebody_by_name(said: Heard, whom: Whom) -> bool:
    """ "Mum, and Ellie": a word that stands in no list is taken for a name."""
    for hit in whom.hits:
        after = _AND_A_NAME.match(" ".join(said.words[hit.end : hit.end + 5]))
        if after and after["name"] not in said.everyday:
            return True
    return False


def _mention(said: Heard, hit: Hit) -> _Mention | None:
    """One relation as somebody looked after, or None if it is somebody else."""
    identity = looked_after_by(said, hit)
    if identity is not None:
        return _Mention(identity, hit, sure=True)
    if "only child" in " ".join(said.words[max(0, hit.start - 1) : hit.end + 1]):
        return None  # "I'm an only child"
    relation = Relation(hit.value)
    lead, word = lead_to(said, hit.start)
    if word not in ("my", "our") and (_is_addressed(said, hit) or _GENERAL.search(said.line)):
        return None
    if said.words[hit.end - 1] in _GROUP_WORDS and word not in ("my", "our") and has(said, "paid", "care_worker"):
        return None  # "four lads at the project"
    if word in ("his", "her", "their"):
        if said.before(lead, 1) == ("and",):
            relation = Relation.RELATIVE  # "my dad and his sister"
        elif not _needs_help(said, hit):
            return None
    if _is_denied(said, lead) or _is_somebody_else(said, hit, lead):
        return None
    return _Mention(relation, hit, sure=_is_cared_for(said, hit) or _needs_help(said, hit))


def _is_addressed(said: Heard, hit: Hit) -> bool:
    """ "Hello brother, my father is ill": the brother is whoever reads it."""
    before, after = said.words[: hit.start], said.words[hit.end :]
    return bool(before) and set(before) <= _GREETING and after[:1] == (PAUSE,) and len(after) > 1


def _is_denied(said: Heard, lead: int) -> bool:
    return bool(_DENYING & set(said.before(lead, 1)))


def _is_somebody_else(said: Heard, hit: Hit, lead: int) -> bool:
    """A helper, somebody who died, or somebody only lived with."""
    after = said.words[hit.end : hit.end + 6]
    following = [found for found in said.books["care"].find(after) if found.start == 0]
    if _has_died(said, hit) or any(found.value == "not_them" for found in following):
        return True
    before = said.before(lead, 2)
    if before and before[-1] == "with" and not (len(before) > 1 and before[0] in _HELP) and before[0] != "with":
        return True
    if before[-2:] in (("me", "and"), ("i", "and"), ("myself", "and"), ("we", "and")):
        return True
    return (
        bool(before)
        and before[-1] in ("like", "told", "tell", "ask", "asked", "lost", "without", "from", "since", "says", "to")
        and not _after_care(said, lead)
    )


def _has_died(said: Heard, hit: Hit) -> bool:
    after = said.words[hit.end : hit.end + 7]
    gone = next((found for found in said.books["care"].find(after) if found.value == "gone"), None)
    return gone is not None and set(after[: gone.start]) <= _UNTIL


def _is_lost(said: Heard, hit: Hit) -> bool:
    """ "I lost my wife", "my late mother"."""
    lead, _ = lead_to(said, hit.start)
    return said.before(lead, 1) == ("lost",) or "late" in said.words[lead : hit.start]


def _after_care(said: Heard, lead: int) -> bool:
    return any(found.value in ("cares_for", "i_care") and 0 <= lead - found.end <= 2 for found in phrases(said, "care"))


def _is_cared_for(said: Heard, hit: Hit) -> bool:
    """Whether a word of caring stands just before ("look after my mum", "shopping for the lady next door")."""
    sentence = said.sentence_start(hit.start)
    for found in said.books["care"].find(said.words[sentence : hit.start]):
        if found.value in ("cares_for", "i_care") and hit.start - (sentence + found.end) <= 4:
            return True
    return False


def _needs_help(said: Heard, hit: Hit) -> bool:
    """Whether what follows is said of somebody who needs help ("my mum has got MS", "nan cant walk")."""
    after = said.words[hit.end : hit.end + 6]
    if any(found.value == "needs" and found.start <= 1 for found in said.books["care"].find(after)):
        return True
    close = [*said.books["why"].find(after), *said.books["why-asked"].find(after)]
    return any(found.start <= 3 and found.value != Reason.NONE for found in close)


def _is_own(said: Heard, hit: Hit, *, asked: bool) -> bool:
    _, whose = lead_to(said, hit.start)
    return whose in ("my", "our", "me") or (asked and not whose)


def _is_listed(said: Heard, hit: Hit) -> bool:
    """Whether it stands by itself, as in the list "my brother who has Down's, and mum"."""
    start, _ = lead_to(said, hit.start)
    before, after = said.before(start, 1), said.after(hit.end, 1)
    return set(before) <= _BEFORE_AN_ITEM and set(after) <= _AFTER_AN_ITEM


def _linked(said: Heard, mentions: list[_Mention]) -> list[_Mention]:
    """In "my mum and dad need help" both need it, though only one stands beside the verb."""
    for order in (range(1, len(mentions)), range(len(mentions) - 2, -1, -1)):
        for at in order:
            other = mentions[at - 1] if order.step == 1 else mentions[at + 1]
            first, last = sorted((mentions[at], other), key=lambda mention: mention.hit.start)
            between = said.words[first.hit.end : last.hit.start]
            if other.sure and not mentions[at].sure and between and set(between) <= _JOINING and "and" in between:
                mentions[at] = replace(mentions[at], sure=True)
    return mentions


def _without_go_betweens(said: Heard, mentions: list[_Mention]) -> list[_Mention]:
    """In "I help my mum look after my brother" it is the brother."""
    kept = list(mentions)
    for first, second in pairwise(mentions):
        between = " ".join(said.words[first.hit.end : second.hit.start])
        before = set(said.before(first.hit.start, 4))
        with_other = re.search(
            r"^(?:to )?(?:with|look after|care for|take care|looking after|caring for|wash|dress|feed|lift|get)\b",
            between,
        )
        if (
            {"help", "helping", "helps"} & before
            and with_other
            and first in kept
            and not between.startswith("with the")
        ):
            kept.remove(first)
    return kept


def _without_siblings_minded(said: Heard, mentions: list[_Mention], known: tuple[Relation, ...]) -> list[_Mention]:
    """A child who minds a little brother because mum is ill looks after mum; the brother is one of the tasks."""
    elders = {Relation.MUM, Relation.DAD, Relation.PARENTS, Relation.NAN, Relation.GRANDAD}
    if not elders & ({mention.relation for mention in mentions} | set(known)):
        return mentions
    return [mention for mention in mentions if not _is_minded(said, mention)]


def _is_minded(said: Heard, mention: _Mention) -> bool:
    if mention.relation not in (Relation.BROTHER, Relation.SISTER) or _needs_help(said, mention.hit):
        return False
    before = said.books["who-else"].find(said.before(mention.hit.start, 2))
    younger = any(found.value == "younger_sibling" for found in before)
    return younger or said.words[mention.hit.end - 1] in ("brothers", "sisters")


def names_nobody_else(said: Heard) -> bool:
    """Whether the reply is "me": the texter is the one who needs help."""
    words = [word for word in said.words if word not in (".", PAUSE)]
    return " ".join(words) in {
        "me",
        "its me",
        "myself",
        "just me",
        "for me",
        "me myself",
        "for myself",
        "it is me",
        "me i suppose",
        "only me",
        "yes me",
        "no me",
        "me really",
        "mnie",
        "ja",
        "its myself",
        "me please",
        "well me",
    }
