"""Who the texter says they are, and so who is looked after: to be "her husband" is to look after a wife."""

import re

from conversations.answers.naming import lead_to
from conversations.answers.phrases import Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import phrases
from conversations.slots import Relation

_INVERSE_OF_CHILD = {"his": Relation.DAD, "her": Relation.MUM, "their": Relation.PARENTS}
_INVERSE_OF_PARENT = {"his": Relation.SON, "her": Relation.DAUGHTER}
_INVERSE_OF_SIBLING = {"his": Relation.BROTHER, "her": Relation.SISTER}
_INVERSE_OF_GRANDCHILD = {"his": Relation.GRANDAD, "her": Relation.NAN}
_INVERSE = {
    "husband": Relation.WIFE, "wife": Relation.HUSBAND, "partner": Relation.PARTNER, "relative": Relation.RELATIVE,
    "friend": Relation.FRIEND, "neighbour": Relation.NEIGHBOUR,
}  # fmt: skip

_IDENTITY = re.compile(
    r"(?:im|as|being)(?: not a carer)?(?: ,)?(?: im)?(?: just| only| also| really| actually| still| simply)*$"
)


def looked_after_by(said: Heard, hit: Hit) -> Relation | None:
    """ "I'm her husband": then it is the wife who is looked after."""
    role = next((role for role in phrases(said, "who-am-i") if role.start <= hit.start < role.end), None)
    if role is None:
        return None
    start, possessive = lead_to(said, role.start)
    before = " ".join(said.before(start, 8))
    is_parent_of = role.value == "parent" and said.words[role.end : role.end + 1] in (("of",), ("to",))
    if is_parent_of and not possessive and (not before or _IDENTITY.search(before)):
        return Relation.CHILD  # "mum of three", "dad to a disabled boy"
    if possessive in ("my", "our", "me") or not _IDENTITY.search(before):
        return None
    if start == role.start:
        return None  # "im mum" says nothing; "im a mum", "im his mum" do
    if role.value == "child" and not possessive:
        return None  # "an only child"
    whose = possessive or "their"
    tables = {
        "child": _INVERSE_OF_CHILD, "parent": _INVERSE_OF_PARENT, "sibling": _INVERSE_OF_SIBLING,
        "grandchild": _INVERSE_OF_GRANDCHILD,
    }  # fmt: skip
    defaults = {
        "child": Relation.SOMEONE,
        "parent": Relation.CHILD,
        "sibling": Relation.RELATIVE,
        "grandchild": Relation.RELATIVE,
    }
    if role.value in tables:
        return tables[role.value].get(whose, defaults[role.value])
    return _INVERSE[role.value]
