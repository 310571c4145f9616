"""Relations as people name them: "my elderly mum", "my friend's mum", "my 14 year old"."""

import re

from conversations.answers.patterns import listed
from conversations.answers.phrases import Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import phrases
from conversations.slots import Relation

_DETERMINERS = frozenset(
    listed(
        "my me our the a an his her their own elderly disabled little old poor dear poorly older younger "
        "big small eldest youngest late lovely sick ill autistic blind deaf frail baby twin best close "
        "good great dearest beloved severely aging ageing moja moj moje mojej meri mera mari maru widowed "
        "own actual real step foster teenage adult grown up year years"
    )
)
_CALLED_BY_AGE = 25  # "my 14 year old" is one's child; "my 85 year old" waits for a word to come


def relation_hits(said: Heard) -> list[Hit]:
    """Relations named; "my friend's mum" is one person, and neither a friend nor a mum of one's own."""
    merged: list[Hit] = []
    for hit in sorted([*phrases(said, "who"), *_called_by_age(said)], key=lambda hit: hit.start):
        if said.words[hit.start - 1 : hit.end] == ("no", "relation"):
            continue
        last = merged[-1] if merged else None
        between = said.words[last.end : hit.start] if last else ()
        if last and between in (("of", "my"), ("of", "the"), ("of", "our")):
            merged[-1] = Hit(Relation.RELATIVE, last.start, hit.end)  # "mother of my husband"
        elif last and not between and _owns(said, last):
            merged[-1] = Hit(last.value if last.value == hit.value else Relation.RELATIVE, last.start, hit.end)
        else:
            merged.append(hit)
    return merged


def _called_by_age(said: Heard) -> list[Hit]:
    """ "My 14 year old", and not "my 14 year old son", who is named already."""
    found = re.finditer(
        r" (?:my|our) (?P<age>\d{1,2}) years? old(?= [.,]| and| n| who| whos| with| has|\s*$)", said.line
    )
    return [
        Hit(Relation.CHILD, end - 3, end)
        for match in found
        if int(match["age"]) <= _CALLED_BY_AGE
        for end in (len(said.line[: match.end()].split()),)
    ]


def _owns(said: Heard, first: Hit) -> bool:
    """Whether the next relation is this one's: "my friend's mum", and as some say it "my husband mother"."""
    by_marriage = first.value in (
        Relation.WIFE,
        Relation.HUSBAND,
        Relation.PARTNER,
        Relation.FRIEND,
        Relation.NEIGHBOUR,
    )
    return by_marriage or (said.words[first.end - 1].endswith("s") and first.value != Relation.RELATIVE)


def lead_to(said: Heard, start: int) -> tuple[int, str]:
    """Where the words before a relation begin ("my elderly mum" begins at "my"), and the possessive among them."""
    possessive = ""
    while start > 0 and (said.words[start - 1] in _DETERMINERS or said.words[start - 1].isdigit()):
        start -= 1
        if said.words[start] in ("his", "her", "their", "my", "our", "me"):
            possessive = said.words[start]
    return start, possessive
