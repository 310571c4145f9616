"""Whose council it is, from where the person looked after lives rather than where the texter does."""

import re

from conversations.answers.patterns import one_of
from conversations.slots import Place, Relation
from knowledge.places import Found, Places

# People who mostly share the texter's home, so that "I live in Oadby" says where they live too
_SHARE_A_HOME = frozenset(
    (Relation.WIFE, Relation.HUSBAND, Relation.PARTNER, Relation.SON, Relation.DAUGHTER, Relation.CHILD)
)
_SHARE_A_CHILDS_HOME = _SHARE_A_HOME | frozenset(
    (Relation.MUM, Relation.DAD, Relation.PARENTS, Relation.BROTHER, Relation.SISTER)
)

_NEW_SUBJECT = (
    rf"(?:and |n |& )?{one_of('she, he, they, shes, hes, theyre, mums?, dads?, nans?, my [a-z]+, im, i')} "
    rf"{one_of('live, lives, is, s, in, are, am, lived, moved, stay, stays, living, from')}\b"
)
_CLAUSE = re.compile(rf"[.!?;,\n]+|\b(?:but|although|though|whereas|while)\b|\s(?={_NEW_SUBJECT})")
_THEIRS = re.compile(
    r"\b"
    + one_of(
        "she, he, they, shes, hes, theyre, her, hers, his, their, him, them, both, mums?, dads?, mam, nans?,"
        "gran[a-z]*, mother, father, wife, husband, hubby, partner, son, daughter, brother, sister, uncle, aunt[a-z]*,"
        "parents, friends?, neighbour, we, our, us, together, same, with me"
    )
    + r"\b"
)
_MINE = re.compile(r"\b(?:i|im|me|mine|myself)\b")
# Where the poster hangs, or the office is, is not where anybody lives.
_SAW_US = re.compile(
    rf"\b{one_of('saw, seen, poster, leaflet, flyer, advert, sign, noticed, found (?:this|your|you)')}\b"
    rf"|\b{one_of('number (?:from|in|at|on), heard (?:of|about), told me, gave me, born, grew up')}\b|\bused to live\b"
    # Nor where a service is, nor where somebody first came from.
    r"|\b(?:only|just) (?:do |cover |help )?(?:for|in|do|cover)\b"
    r"|\bin (?:gujarati|punjabi|polish|hindi|urdu|bengali|romanian|arabic)\b"
    r"|\b(?:come|came|comes|coming) (?:over |here )?from\b"
)
_WORKPLACE = re.compile(r"\b(?:work|works|working|job|office|college|uni|school)\b")


def find_place(text: str, places: Places, *, asked: bool) -> tuple[Found | None, bool]:
    """The place meant, and whether it is only said to be the texter's own."""
    theirs, plain, mine = _by_whose(re.sub(r"['’`]", "", text.lower()), asked=asked)
    found = places.find(theirs, asked) or places.find(plain, asked)
    if found is not None:
        return found, False
    found = places.find(mine, asked)
    return found, found is not None


def _by_whose(text: str, *, asked: bool) -> tuple[str, str, str]:
    """What the message says of their place, of nobody's in particular, and of the texter's own."""
    theirs: list[str] = []
    plain: list[str] = []
    mine: list[str] = []
    for clause in _CLAUSE.split(text):
        elsewhere = _SAW_US.search(clause) or (_WORKPLACE.search(clause) and not _THEIRS.search(clause))
        if elsewhere and not asked:
            continue
        (theirs if _THEIRS.search(clause) else mine if _MINE.search(clause) else plain).append(clause)
    return ". ".join(theirs), ". ".join(plain), ". ".join(mine)


def settle(found: Found) -> tuple[Place | None, tuple[Place, ...]]:
    """A place that was found as what is kept: the council, or those between which only the person can say."""
    authorities = tuple(Place(authority) for authority in found.authorities)
    return (authorities[0], ()) if len(authorities) == 1 else (None, authorities)


def shares_a_home(relations: tuple[Relation, ...], *, young: bool) -> bool:
    """Whether the texter's own place may stand for the other's: for couples, own children, and children at home."""
    return set(relations) <= (_SHARE_A_CHILDS_HOME if young else _SHARE_A_HOME)
