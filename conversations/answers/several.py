"""Whether those who were named are several people, and whether the child among them is a child still."""

import re

from conversations.answers.age import others_ages
from conversations.answers.phrases import Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import headings
from conversations.slots import CHILDREN, Relation

GROWN_UP_AT = 18
_OF_TWO = frozenset((Relation.PARENTS,))
_CHILD_WORDS = frozenset(("children", "kids", "lads", "boys", "girls", "twins"))
_ONE_OF = re.compile(r"\b(?:(?:one|1) (?:of|has|is)|(?:the|my) (?:youngest|eldest|oldest|middle))\b")


def names_several(said: Heard, relations: tuple[Relation, ...], hits: tuple[Hit, ...]) -> bool:
    """Whether two or more people are looked after."""
    if len(set(relations)) > 1 or _OF_TWO & set(relations):
        return True
    if says_several(said):
        return True
    return any(_is_plural(said, hit) for hit in hits) and not _ONE_OF.search(said.line)


def says_one_of_several(said: Heard) -> bool:
    """ "One of them has", "my eldest": not all of those named before."""
    return bool(_ONE_OF.search(said.line))


def says_several(said: Heard) -> bool:
    """ "Both of them", "two people": and not "both legs", nor "one of my twins"."""
    values = set(headings(said, "who-else"))
    return "several" in values and "not_several" not in values and not _ONE_OF.search(said.line)


def _is_plural(said: Heard, hit: Hit) -> bool:
    word = said.words[hit.end - 1]
    if not word.endswith(("s", "children")):
        return False
    before = f"{' '.join(said.before(hit.start, 4))} "
    numbered = re.search(r"\b(?:both|2|3|4|5|all) (?:of )?(?:my |our |the )?(?:\w+ )?$", before)
    return bool(numbered) or word in _CHILD_WORDS


def child_under_18(said: Heard, relations: tuple[Relation, ...]) -> bool | None:
    """Whether the texter's own child, if that is who it is, is a child still."""
    if not CHILDREN & set(relations):
        return None
    ages = [age for age in others_ages(said) if age < 60]
    if ages:
        return min(ages) < GROWN_UP_AT
    values = set(headings(said, "who-else"))
    if "grown_child" in values:
        return False
    return True if "young_child" in values else None
