"""From where somebody speaks: who cares, is cared for, asks for a patient, or has stopped caring."""

import re
from dataclasses import dataclass

from conversations.answers.phrases import Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import has, headings, phrases
from conversations.answers.who import Whom, names_nobody_else
from conversations.slots import Parting, Relation, Slot, Stance

_SELF = frozenset(("im", "as", "i", "being", "am", "work", "were"))
_HERE = frozenset(("here", "at", "from", "asking", "enquiring", "calling", "texting", "working", "in"))

_RELATIVE = "wife|husband|partner|mum|dad|mother|father|son|daughter|brother|sister|nan|gran|friend|neighbour|parent"
_TELLS_OF_ANOTHERS_CARING = re.compile(
    r"\b(?!i\b|we\b|me\b)\w+ (?:who|whos|that|she|he|they) (?:also |mainly )?"
    r"(?:looks? after|looking after|cares? for|caring|helps?)\b"
)
# "My daughter helps me", but not "nobody helps me" nor "my sister helps me with mum"
_HELPS_ME = re.compile(
    r"(?<!nobody)(?<!no one)(?<!never)(?<!dont)(?<!doesnt)(?<! to)(?<! can)(?<!could)(?<! who)(?<!will) helps? me\b"
    r"(?! (?:look|with|care|do|lift|out|when|a bit|sometimes|now and|at weekends|on|cope|by|if|find)\b)"
    r"(?! get (?:him|her|them)\b)"
)
_NO_CARER = re.compile(
    r"\b(?:not|isnt|never|hardly)\b.{0,25}\bcarer\b.*"
    rf"\b(?:his|her|hers|my|our|their|the|a)\b (?:\w+ )?(?:{_RELATIVE})"
)


def read_stance(said: Heard, whom: Whom, *, asked_who: bool, helps: bool) -> Stance | None:
    """The stance that a message shows, if it shows one."""
    values = {hit.value for hit in phrases(said, "stance") if not _is_really_possessive(said, hit)}
    cares = says_own_caring(said) and bool(whom.relations)
    if "not_cared_for" in values:
        values.discard("cared-for")
    if _TELLS_OF_ANOTHERS_CARING.search(said.line) and ("professional" in values or _names_own_profession(said)):
        return Stance.PROFESSIONAL  # "housing officer here, got a tenant who looks after her mum"
    if (
        ("cared-for" in values or (asked_who and _HELPS_ME.search(said.line)))
        and not cares
        and not _is_about_their_help(said)
    ):
        return Stance.CARED_FOR
    if asked_who and names_nobody_else(said):
        return Stance.CARED_FOR
    if "worried" in values:
        return Stance.WORRIED
    if cares:
        return Stance.CARES
    if whom.own and not ("professional" in values and " my " not in said.line):
        return None
    works = has(said, "paid", "care_worker")
    asks_for_somebody = "professional" in values or _names_own_profession(said)
    return Stance.PROFESSIONAL if asks_for_somebody or ("clients" in values and not (helps or works)) else None


def _names_own_profession(said: Heard) -> bool:
    """ "I'm a nurse", "nurse here": not "the nurse told me to text"."""
    for hit in phrases(said, "stance"):
        before, after = said.before(hit.start, 4), said.after(hit.end, 1)
        told_by = {"the", "said", "told", "from", "by", "my", "mums", "dads", "his", "our", "see", "saw"} & set(before)
        if hit.value == "professions" and not told_by and (_SELF & set(before) or _HERE & set(after)):
            return True
    return False


def _is_about_their_help(said: Heard) -> bool:
    """ "My sister helps me with mum" is no being looked after."""
    return any(hit.value == "not_cared_for" for hit in phrases(said, "stance"))


def _is_really_possessive(said: Heard, hit: Hit) -> bool:
    """ "Look after me mum" is nobody looking after me."""
    if said.words[hit.end - 1] != "me":
        return False
    if said.words[hit.end - 3 : hit.end] == ("do", "for", "me") and "what" in said.before(hit.start, 6):
        return True  # "what can work do for me" asks, and tells of no help
    following = said.words[hit.end : hit.end + 3]
    return any(found.start <= 1 for found in said.books["who"].find(following))


def denies_the_word(said: Heard) -> bool:
    """Whether they say that they are no carer, but somebody's relative."""
    return bool(_NO_CARER.search(said.line))


def says_own_caring(said: Heard) -> bool:
    """Whether the texter says that they look after somebody."""
    return has(said, "care", "i_care")


_ABOUT_CARING = frozenset((Slot.HELPS_SOMEONE, Slot.WHO, Slot.WHY, Slot.TASKS, Slot.COULD_COPE_WITHOUT, Slot.HOURS))
_ABOUT_OTHER_THINGS = frozenset((Slot.WORK, Slot.AGE, Slot.PLACE))  # "not any more" is there said of a job
# What speaks of the past only in reply to one question: "none now" of hours, "it was my husband" of who
_PAST_IN_REPLY: dict[Slot | None, str] = {
    Slot.HELPS_SOMEONE: "not_now",
    Slot.WHO: "was_somebody",
    Slot.HOURS: "nothing_now",
}
_THEM = frozenset(("he", "she", "they", "him", "her", "them", "hes", "shes", "theyre", "his", "their"))
_DYING = frozenset(("died", "passed", "death"))
_ANYBODY = frozenset(
    (Relation.SOMEONE, Relation.RELATIVE, Relation.PARENT, Relation.PARENTS, Relation.SIBLING, Relation.CHILD,
     Relation.GRANDPARENT, Relation.PARTNER)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether the caring has ended and how, and whether there is somebody else to look after now."""

    former: bool | None = None
    caring_now: bool | None = None
    parting: Parting | None = None


def read_ending(said: Heard, whom: Whom, *, asked: Slot | None, known: tuple[Relation, ...]) -> Ending:
    """Death or a permanent move into care of the one looked after; not of anybody else. `known`: who that is."""
    values = set(headings(said, "former"))
    parting = _parting(said, values)
    if asked in _ABOUT_OTHER_THINGS:
        told = {"died", "moved"} if asked is Slot.PLACE else {"died"}
        heard = told & values and "not_ended" not in values and (whom.lost or _THEM & set(said.words))
        if not heard or not _may_be(whom.lost, known):
            return Ending()
        now = True if "still_caring" in values or whom.outlived else None
        return Ending(former=True, caring_now=now, parting=parting)
    past = "past_care" in values or _PAST_IN_REPLY.get(asked, "") in values
    asked_about_caring = asked in _ABOUT_CARING
    ended = {"died", "moved"} & values and "not_ended" not in values and _may_be(whom.lost, known)
    now = "still_caring" in values or whom.outlived or (whom.sure and says_own_caring(said) and not past)
    if past and (ended or asked_about_caring or not now):
        caring_now = True if now and (whom.relations or whom.outlived) else None
        return Ending(former=True, caring_now=caring_now, parting=parting)
    if ended and not now and _is_theirs(said, asked_about_caring=asked_about_caring, known_someone=bool(known)):
        return Ending(former=True, parting=parting)
    return Ending()


def _parting(said: Heard, values: set[str]) -> Parting | None:
    """How the caring ended, if it has."""
    if "died" in values or ("past_care" in values and _DYING & set(said.words)):
        return Parting.DEATH
    return Parting.CARE_HOME if "moved" in values or ("past_care" in values and "home" in said.words) else None


def _may_be(lost: tuple[Relation, ...], known: tuple[Relation, ...]) -> bool:
    """Whether the one who died may be the one looked after: not if somebody else is said to have died."""
    return not lost or not known or bool(set(lost) & set(known) or _ANYBODY & {*lost, *known})


def _is_theirs(said: Heard, *, asked_about_caring: bool, known_someone: bool) -> bool:
    """Whether the death or move is that of the person looked after."""
    line = said.line
    if any(
        f" {whose} {who} " in line
        for whose in ("his", "her", "their")
        for who in ("husband", "wife", "mum", "dad", "mother", "father", "partner")
    ):
        return False
    if "when i was" in line or "years before" in line:
        return False
    return (
        asked_about_caring
        or known_someone
        or any(
            f" my {hit_word}" in line or f" {hit_word} " in line
            for hit_word in (
                "mum",
                "dad",
                "husband",
                "wife",
                "nan",
                "gran",
                "son",
                "daughter",
                "brother",
                "sister",
                "partner",
                "mother",
                "father",
                "he",
                "she",
                "hes",
                "shes",
                "grandad",
                "friend",
            )
        )
    )
