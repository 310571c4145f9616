"""Yes, no and not sure, in all their forms."""

from conversations.answers.phrases import BREAKS, Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import phrases
from conversations.slots import YesNo

_FILLERS = frozenset(("well", "honestly", "really", "i", "just", "so", "but", "and", "sorry", "hi", "hello", "please"))


def read_yes_no(said: Heard, *, hedged: YesNo = YesNo.UNSURE) -> YesNo | None:
    """What a reply to a yes-or-no question comes to. `hedged` is what "I suppose so" counts for."""
    if said.words == ("im",):
        return YesNo.YES  # "I am"
    hits = [hit for hit in phrases(said, "yes-no") if hit.value != "ignore"]
    if not hits:
        return None
    first = hits[0]
    if first.value == "yes" and _is_taken_back(hits):
        return YesNo.UNSURE
    if first.value == "no" and _is_only_half(hits):
        return YesNo.UNSURE
    if first.value == "hedged":
        return hedged
    # a yes or no deep inside a story answers something else
    return YesNo(first.value) if first.start <= _depth(said) or len(hits) == 1 else None


def _depth(said: Heard) -> int:
    return 6 if len(said.words) > 12 else 12


def _is_taken_back(hits: list[Hit]) -> bool:
    """ "Yes, sort of" and "I suppose, maybe" are not a plain yes."""
    first = hits[0]
    return (
        any(hit.value == "unsure" and hit.start - first.end <= 2 for hit in hits[1:2]) and first.end - first.start == 1
    )


def _is_only_half(hits: list[Hit]) -> bool:
    """ "No idea" is in the list; "not sure, no" and "no, well maybe" are not a plain no."""
    first = hits[0]
    return any(hit.value == "unsure" and hit.start - first.end <= 2 for hit in hits[1:2])


def read_could_cope(said: Heard) -> YesNo | None:
    """Whether they could cope alone. What would happen ("he'd fall") says more than the yes or no beside it."""
    if said.words[-1:] in (("nobody",), ("one",)) and "else" not in said.words:
        return YesNo.YES  # "there's no one": nobody depends on them
    hits = phrases(said, "could-cope")
    values = {hit.value for hit in hits}
    plain = read_yes_no(said)
    if "no" in values and "yes" not in values:
        return YesNo.NO
    if "yes" in values and "no" not in values:
        return YesNo.NO if _is_denied(said, hits) else YesNo.YES
    return plain


def _is_denied(said: Heard, hits: list[Hit]) -> bool:
    denials = {"dont", "doesnt", "not", "never", "cant", "wouldnt", "couldnt", "doubt", "isnt", "hardly", "nobody"}
    return any(denials & set(said.before(hit.start, 3)) for hit in hits if hit.value == "yes")


def begins_with_no(said: Heard) -> bool:
    """Whether the message sets out with a no, as a correction often does."""
    for word in said.words[:3]:
        if word in ("no", "not"):
            return True
        if word not in _FILLERS and word not in BREAKS:
            return False
    return False
