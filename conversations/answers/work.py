"""Work and pay: whether looking after is a job, and whether they have one."""

import re

from conversations.answers.patterns import one_of
from conversations.answers.text import Heard
from conversations.answers.vocabulary import has, headings
from conversations.answers.yes_no import begins_with_no, read_yes_no
from conversations.slots import FAMILY, AgeBand, Paid, Relation, Work, YesNo

SHORT = 4  # words

_OF_MINE = re.compile(r"\b(?:i|im|my|we|me)\b")
_OF_A_JOB = re.compile(
    rf"\b{one_of('work, working, job, employed, paid, pays?, shifts?, rounds, residents, clients')}\b"
    rf"|\b{one_of('service users, carer (?:in|at|for), assistant, worker, hca, nvq, agency, professional, company')}\b"
    r"|\b(?:profession|trade|living|visits)\b"
)
_THEIR_CARERS = re.compile(
    rf"\b{one_of('sends?, sent, comes?, came, coming, her, his, their, needs?, find, have, has, got, gets?, had')} "
    r"(?:an? |some |in |the |new )?"
    r"(?:support worker|care worker|carers?|agency|care agency|personal assistant)\b"
)
# Heard of a job when that was the question: "16 hours", "3 days", "full time" (but not "I look after him full time")
_A_JOBS_HOURS = re.compile(
    r"^(?!.*\b(?:look|looking|care|caring|carer)\b).*"
    r"(?: full time | \d+ (?:hours|days|mornings|afternoons|evenings|nights|shifts)\b"
    r"|^ (?:yes )?(?:mornings|afternoons|evenings)\b)"
)
_JOB_OF_MINE = re.compile(
    r"\b(?:im|i am|i work as|i am working as|my job is|yes) an? "
    r"(?!carer|mum|dad|wife|husband|daughter|son|student|pupil|bit|lot|pensioner|\d)\w+"
)
_BUT = re.compile(
    r"\b(?:but|though|i do|i am|im|i work|i have|i teach|i drive|i clean|self employed|just|only|now i|sorry)\b"
)
_NOT_WORKING = re.compile(
    r"\b(?:dont|not|cant|no longer|never|stopped|unable to|havent|wasnt|didnt) (?:\w+ )?(?:work|working|job|employed)\b"
)
_AT_THEIR_WORK = re.compile(
    rf"\b{one_of('he, she, mum, dad, husband, wife, partner, brother, sister, hubby, they, hes, shes, theyre')} "
    r"(?:is |are |was )?at work\b"
)
_THEIR_WORK = re.compile(
    rf"\b{one_of('he, she, mum, dad, husband, wife, partner, brother, sister, his, her, hubby, they')} "
    r"(?:still )?(?:works?|working|job|is at work)\b"
)


def scan_paid(said: Heard, relations: tuple[Relation, ...]) -> Paid | None:
    """What a free message shows of being a paid care worker."""
    if not has(said, "paid", "care_worker") or not _says_own_job(said):
        return None
    return Paid.BOTH if FAMILY & set(relations) else Paid.PAID


def _says_own_job(said: Heard) -> bool:
    """A care home or an agency may also be spoken of by those whose mother lives in one."""
    line = said.line
    short = len(said.words) <= SHORT  # "yes, at work"
    return bool((short or _OF_MINE.search(line)) and _OF_A_JOB.search(line)) and not _THEIR_CARERS.search(line)


def read_paid(said: Heard, relations: tuple[Relation, ...]) -> Paid | None:
    """A reply to the question whether it is their paid job."""
    values = set(headings(said, "paid"))
    plain = read_yes_no(said)
    own = bool(FAMILY & set(relations))
    if "care_worker" in values and _says_own_job(said):
        return _both_or(Paid.PAID if plain is not YesNo.NO and "unpaid" not in values else None, own=own)
    if said.words[-1:] == ("yes",) and not own:
        return Paid.PAID  # "I wouldn't do it otherwise, yes"
    if "unpaid" in values or plain is YesNo.NO or "benefit" in values:
        return Paid.UNPAID
    if own and plain is not YesNo.YES:
        return Paid.UNPAID  # "she's my mum" is the answer
    if plain is YesNo.YES or values & {"paid", "care_worker"}:
        return Paid.PAID
    return None


def _both_or(paid: Paid | None, *, own: bool) -> Paid:
    if own:
        return Paid.BOTH
    return paid or Paid.UNPAID


def scan_work(said: Heard) -> Work | None:
    """Work that a free message speaks of in the first person."""
    values = set(headings(said, "work"))
    if _AT_THEIR_WORK.search(said.line):
        values -= {"said_working"}
    if "still_working" in values and "said_working" in values:
        return Work.WORKING
    if "said_not_working" in values:
        return Work.NEITHER
    if "said_working" in values and not _NOT_WORKING.search(said.line):
        return Work.WORKING
    return Work.STUDYING if "said_studying" in values or has(said, "school") else None


def read_work(said: Heard, age: AgeBand | None) -> Work | None:
    """A reply to the question whether they work or study."""
    values = set(headings(said, "work"))
    line = said.line
    if _THEIR_WORK.search(line):
        values -= {"working"} if not re.search(r"\b(?:i|im|my) ", line) else set()
    if "still_working" in values:
        return Work.WORKING
    if begins_with_no(said) and read_yes_no(said) is YesNo.NO and not _BUT.search(line):
        return Work.NEITHER if not _only_studies({*values}, line) else Work.STUDYING
    if values & {"neither", "said_not_working"} or _NOT_WORKING.search(line):
        return _after_giving_up(values, line)
    if (
        values & {"working", "said_working"}
        or has(said, "paid", "care_worker")
        or has(said, "stance", "professions")
        or _A_JOBS_HOURS.search(line)
    ):
        return Work.STUDYING if _only_studies(values, line) else Work.WORKING
    if values & {"studying", "said_studying"}:
        return Work.STUDYING
    if "only_caring" in values or line.startswith(" cant "):
        return Work.NEITHER
    return _by_yes_or_no(said, age, line)


def _after_giving_up(values: set[str], line: str) -> Work:
    if re.search(
        r"\b(?:but|now|though)\b.*\b(?:i work|part time|self employed|do a few|few hours|cleaning|shifts|job)\b", line
    ) and not re.search(r"\b(?:gave up|quit|left|lost) .*\b(?:part time|job)\b", line):
        return Work.WORKING
    return Work.STUDYING if "studying" in values and "retired" not in line else Work.NEITHER


def _only_studies(values: set[str], line: str) -> bool:
    if not values & {"studying", "said_studying"}:
        return False
    if re.search(r"\b(?:college|uni\w*|course|school|sixth form|studying) (?:\w+ )?(?:part|full) time\b", line):
        return not re.search(r"\b(?:work|job|and)\b", line)
    if re.search(
        r"\b(?:part|full) time\b(?! (?:\w+ )?(?:student|college|course|uni|study|studying|degree|education))", line
    ):
        return False
    return not re.search(
        r"\b(?:work|job|shifts?|weekend|weekends|saturdays?|tesco|asda|aldi|paid|evenings|and|teacher|teaching|dinner|ta|assistant|driver|kitchen|cleaner|apprentice\w*)\b",
        line,
    )


def _by_yes_or_no(said: Heard, age: AgeBand | None, line: str) -> Work | None:
    plain = read_yes_no(said)
    if plain is YesNo.NO:
        return Work.NEITHER
    if _JOB_OF_MINE.search(line):
        return Work.WORKING
    if plain is YesNo.YES:
        return Work.STUDYING if age is AgeBand.YOUNG else Work.WORKING
    return None
