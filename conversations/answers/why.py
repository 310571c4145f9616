"""Why they need help, in the words people have for it."""

from conversations.answers.age import others_ages, small_ages
from conversations.answers.patterns import listed
from conversations.answers.phrases import BREAKS, Hit
from conversations.answers.text import Heard
from conversations.answers.vocabulary import has, phrases
from conversations.answers.yes_no import read_yes_no
from conversations.slots import Reason, YesNo

OLD_ENOUGH = 12  # from here on being small is no reason for needing help
OLD_FROM = 70  # an age of somebody else that is by itself a reason

_ME = frozenset(("i", "im", "id", "ill", "my", "me", "myself"))
_THEM = frozenset(
    (
        "he",
        "she",
        "hes",
        "shes",
        "they",
        "theyre",
        "his",
        "her",
        "who",
        "whos",
        "him",
        "them",
        "their",
        "with",
        "theyve",
    )
)
_DENIED = frozenset(
    ("no", "not", "isnt", "arent", "hasnt", "havent", "without", "wasnt", "never", "neither", "nor", "doesnt")
)
# "No sight" is a reason, where "no illness" is none
_FACULTIES = frozenset(
    listed(
        "leg legs arm arms hand hands eye eyes sight eyesight hearing memory mobility strength walking movement balance"
    )
)
_BESIDE_A_BARE_NO = frozenset(
    listed("no not nothing none really at all just well honestly they she he them , . there is")
)
_STILL_A_REASON = frozenset(("well", "walk", "cope", "manage", "only", "just", "very", "good", "sure", "been"))


def read_why(said: Heard) -> tuple[Reason, ...]:
    """The reasons in a reply to the question why they need help."""
    if read_yes_no(said) is YesNo.UNSURE:
        return scan_why(said, ())  # "no idea" is no "no"
    loose = [hit for hit in phrases(said, "why-asked") if hit.value != Reason.NONE or _is_sweeping(said, hit)]
    reasons = _reasons(said, [*phrases(said, "why"), *loose])
    ages = others_ages(said) or small_ages(said)
    if not reasons and ages and max(ages) < OLD_ENOUGH:
        return (Reason.NONE,)  # "they're three and five": being small is the whole reason
    return reasons


def scan_why(said: Heard, about_them: tuple[Hit, ...]) -> tuple[Reason, ...]:
    """Reasons named in a free message, where they are not the texter's own."""
    firm = [hit for hit in phrases(said, "why") if hit.value != Reason.NONE and not _is_own(said, hit)]
    near = [
        hit for hit in phrases(said, "why-asked") if hit.value != Reason.NONE and _is_said_of(said, hit, about_them)
    ]
    reasons = _reasons(said, [*firm, *near], with_ages=bool(about_them))
    return () if reasons == (Reason.NONE,) else reasons


def _reasons(said: Heard, hits: list[Hit], *, with_ages: bool = True) -> tuple[Reason, ...]:
    found = dict.fromkeys(Reason(hit.value) for hit in hits if hit.value == Reason.NONE or not _is_denied(said, hit))
    if with_ages and any(age >= OLD_FROM for age in others_ages(said)) and Reason.NONE not in found:
        found[Reason.OLD_AGE] = None
    real = tuple(reason for reason in found if reason is not Reason.NONE)
    if real:
        return _told_apart(hits, real)
    return (Reason.NONE,) if Reason.NONE in found else ()


def _told_apart(hits: list[Hit], real: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Real reasons, unless they are only those of age beside a plain "she's fine"."""
    nothing = any(hit.value == Reason.NONE for hit in hits)
    weak = set(real) <= {Reason.OLD_AGE}
    return (Reason.NONE,) if nothing and weak else real


def _is_denied(said: Heard, hit: Hit) -> bool:
    before = said.before(hit.start, 3)
    if _FACULTIES & set(said.words[hit.start : hit.end]):
        return False
    negation = next((at for at, word in enumerate(before) if word in _DENIED), None)
    if negation is None or set(said.words[hit.start : hit.end]) & _DENIED:
        return False
    # "no, she can't walk": the no answers something else
    return not (set(before[negation + 1 :]) & (_STILL_A_REASON | _THEM | BREAKS))


def _is_own(said: Heard, hit: Hit) -> bool:
    """Whether the texter says it of themselves ("I've got MS myself")."""
    for word in reversed(said.before(hit.start, 6)):
        if word in _THEM:
            return False
        if word in ("my", "our"):
            return False
        if word in _ME:
            return True
        if word in BREAKS:
            return False
    return False


def is_the_texters_own(said: Heard) -> bool:
    """Whether a reply about why they need help tells of nobody but the texter ("I had a stroke")."""
    hits = [hit for book in ("why", "why-asked") for hit in phrases(said, book) if hit.value != Reason.NONE]
    others = _THEM - {"with", "who"} | {"you"}
    return (
        bool(hits)
        and all(_is_own(said, hit) or "my" in said.before(hit.start, 1) for hit in hits)
        and not (others & set(said.words) or has(said, "who"))
    )


def _is_said_of(said: Heard, hit: Hit, about_them: tuple[Hit, ...]) -> bool:
    """Whether it stands close to the person looked after, with nobody else between."""
    if _is_own(said, hit):
        return False
    before = said.before(hit.start, 4)
    close = any(0 <= hit.start - them.end <= 4 for them in about_them)
    return bool(about_them) and (close or bool(set(before) & {"he", "she", "hes", "shes", "theyre", "they"}))


def _is_sweeping(said: Heard, hit: Hit) -> bool:
    """A bare "no" is an answer only by itself: "no reason" is one, "no she can't walk" and "got no leg" are not."""
    if said.words[hit.start] not in ("no", "nothing", "none", "not"):
        return True
    rest = said.words[: hit.start] + said.words[hit.end :]
    return set(rest) <= _BESIDE_A_BARE_NO
