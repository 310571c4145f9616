"""How old the texter is: never how old somebody else is, and never an adult where a child might be texting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.answers.patterns import one_of
from conversations.answers.text import Heard
from conversations.answers.vocabulary import has
from conversations.slots import AgeBand

YOUNGEST, OLDEST = 5, 110  # what can be the age of somebody who texts

_PAST_YOUNG_CHILDREN = 57  # few people of this age have a child under 18

_CHILD_UNTIL, _YOUNG_ADULT_UNTIL, _ADULT_UNTIL = 18, 26, 65

# "Nearly 18" is 17.
_NOT_YET = one_of(
    "nearly, almost, coming up ?(?:to|for|on)?, getting on for, going on ?(?:for)?, pushing, approaching, not quite,"
    "just under, under, soon be, soon, just short of, knocking on, knocking, bout to be, about to be, about to turn,"
    "be, turning, turn, till im, until im, til im"
)
# What may stand between "I'm" and the number.
_ROUGHLY = one_of(
    "only just, only, just turned, just, about, around, now, turned, already, still, aged?, an?, actually, like,"
    "a bit over, over, roughly, approximately, sadly, not, nearly, almost, sorry, yes, no, the ripe old age of, of"
)
# "20 hours", "2 of us", "24 percent": no age.
_COUNTED = one_of(
    "percent, months?, weeks, days?, hours, minutes, miles, of, kids, children, sons, daughters, times, to, or, am, pm,"
    "oclock, stone, kg, cm, feet, ft, jobs, people, mum, dad, s\\b, st\\b, nd\\b, rd\\b, th\\b"
)
_MONTHS = one_of(
    "january, february, march, april, may, june, july, august, september, october, november, december,"
    "jan, feb, mar, apr, jun, jul, aug, sept?, oct, nov, dec, spring, summer, autumn, winter, new year"
)
_SOON = re.compile(
    rf"(?<! turned)(?<! was) \d{{1,2}}(?: years?(?: old)?)? (?:next|soon|tomorrow|on my next|"
    rf"this (?:month|week|year|{_MONTHS})|"
    rf"in (?:a |the )?(?:\d+ |few |couple )?(?:of )?(?:weeks?|months?|days?|{_MONTHS}))\b"
    r"(?! (?:just )?(?:gone|past))"
)

_SELF = re.compile(
    rf" (?:im|i|i turned|i have just turned|i have turned|i have been|my age is|my age|me|myself|age is|aged|age)"
    rf"(?: {_ROUGHLY})* (?P<age>\d{{1,3}})(?:\.\d+)?(?! ?{_COUNTED})(?= )"
)
_SELF_BIRTHDAY = re.compile(r" i was (?P<age>\d{1,3}) (?:last|in|on|yesterday|this|the other|a week|a few|just)\b")
_SELF_NOT_YET = re.compile(
    rf" (?:im|i|ill|i will|id)(?: be| only| just| about| now| like)* {_NOT_YET}(?: be| to be)? "
    rf"(?P<age>\d{{1,3}})(?! ?{_COUNTED})(?= )"
)
_YEARS_OLD = re.compile(
    r"(?:^| [,.]| (?:as|im|just|only) an?|^ an?) (?P<age>\d{1,3})(?: and a half)? years? old "
    rf"(?!{one_of('son, daughter, boy, lad, mum, dad, nan, gran, husband, wife, brother, sister, child')}|kid|"
    rf"{one_of('mother, father, twins, girl (?:who|with|has), partner, friend, neighbour, grand[a-z]+, little')})"
)
# Of oneself, in words that would elsewhere be about somebody else: "I'm a 14 year old girl"; in Polish, "mam 45 lat".
_SELF_DESCRIBED = re.compile(
    r"(?:^| (?:im|as)(?: just| only| like)* an?) (?P<age>\d{1,3})(?: and a half)? years? old"
    rf"(?= {one_of('girl, boy, lad, lass, kid, child, male, female, teenager, teen, student, woman, man, lady')}|"
    r" (?:mum|dad|carer))"
    r"| mam (?P<polish>\d{1,3}) years(?! old)"
)
_SELF_PENSIONER = re.compile(r" (?:im|were|i am|we are) (?:both )?(?:an? )?(?:old age )?(?:pensioners?|oaps?)\b")
_SELF_DECADE = re.compile(
    r" (?:im|were|i am|we are) (?:both )?(?:in )?(?:my|our|me)? ?(?:early |mid |late )?[1-9]0 s\b"
)

_NOT_YET_ANYWHERE = re.compile(rf" {_NOT_YET} (?P<age>\d{{1,3}})(?= )")
_SCORE = re.compile(r" 3 score(?: years?)? and (?P<more>\d+)\b")
_NUMBER = re.compile(
    r" (?P<age>\d{1,3})(?:\.\d+)?(?: th| st| nd| rd)?(?= )"
    rf"(?! ?{one_of('percent, months?, weeks, days?, hours, minutes, miles, of us, kids, children, sons, daughters')})"
    r"(?! ?(?:times|stone|kg))"
)
_DECADE = re.compile(
    r" (?:(?P<part>early|mid|middle|late|lower|upper|high) )?(?P<decade>[1-9]0)(?: s| ?something| ?odd| ?ish)\b"
)
_OVER = re.compile(r" (?:over|more than|past|older than|above) (?P<age>\d{2})\b")
_UNDER = re.compile(r" (?:under|less than|below|younger than|not yet|not|u) (?P<age>\d{2})\b")
_DATE = re.compile(r"\b\d{1,2} ?[,.] ?\d{1,2} ?[,.] ?(?=(?:19|20)?\d{2}\b)")
_BORN = re.compile(
    r" (?:born|birth|dob|d o b|b)(?: (?:in|is|on|was|of|date))* (?:[\w,]+ ){0,5}?"
    r"(?P<year>(?:19|20)?\d{2})\b(?! years?)"
)
_BIRTH_YEAR = re.compile(r" (?P<year>(?:19[2-9]|20[01])\d)(?= )")

_SCHOOL_YEAR = re.compile(r" (?:year|y) (?:[1-9]|1[0-3])(?= )")
_OWN_SCHOOL_YEAR = re.compile(r" (?:im|i am|i)(?: still| only| just| now)*(?: in)? year (?:[1-9]|1[0-3])(?= )")
_OTHERS_SCHOOL_YEAR = re.compile(
    rf"\b{one_of('he, she, hes, shes, son, daughter, brother, sister, child, kid, whos, who, boy, girl')}\b"
    r"[^.]{0,20} year \d"
)

_SOMEBODY = one_of(
    "he, she, hes, shes, theyre, they, him, her, shell, hell, theyll, theyd, shed, hed, whos, who, mums?, dads?, nans?,"
    "grans?, mam, mother, father, son, daughter, brother, sister, husband, hubby, wife, partner, kids?, boys?, girls?,"
    "child, children, twins?, lad, baby, eldest, youngest, grand[a-z]+, uncle, aunt, auntie, parents, friend, neighbour"
)
_IS = one_of(
    "is, was, are, will, be, has, got, now, just, only, nearly, almost, about, over, at, aged?, turned, turns, turning,"
    "who, whos, s, both, a, old, in, early, mid, late, today, this, year"
)
_SOMEBODY_ELSES = re.compile(
    rf"\b{_SOMEBODY}(?: (?:{_IS}|,))* \d{{1,3}}(?: s)?(?: (?:and|,) (?:the other (?:is )?)?\d{{1,3}})*"
    r"| (?:my|our|the|his|her|with an?|for an?|have an?|got an?) (?:\w+ )?\d{1,2} years? old\b"
    rf"| \d{{1,3}}(?: and \d{{1,2}})?(?: years?)?(?: old)? (?:autistic |disabled |little )?{_SOMEBODY}\b"
)

_WITH_SMALL_AGES = frozenset(
    ("and", ",", ".", "they", "theyre", "hes", "shes", "only", "just", "years", "old", "both", "because")
)

_OLD_BY_WORD = re.compile(
    rf" {one_of('pensioner, oap, retired, state pension, old age pensioner, senior citizen, my pension, bus pass')}\b"
    rf"| {one_of('pension age, pensionable age, an old (?:man|woman|lady|git|codger|fogey), emeryt, emerytka')}\b"
)
_YOUNG_BY_WORD = re.compile(
    rf" {one_of('teens?, teenager, teenage, a kid, a child, under age, underage, sixth form, 6 ?(?:th)? form')}\b"
    r"| (?:gcses?|school)\b"
)
# "LE7" is where somebody lives, not how old they are.
_POSTCODE = re.compile(r" (?:le|pe|ng|cv|de|nn) ?\d{1,2}(?: ?\d ?[a-z]{2})?(?= )")
_AT_SCHOOL = re.compile(r"\b(?:school|skool|year \d+|sixth form|6 ?(?:th)? form|gcses?|a levels?)\b")
_WORKS_AT_SCHOOL = re.compile(
    r"\b(?:part time|full time|"
    r"teach[a-z]*|work[a-z]*|job|cook|cleaner|caretaker|assistant|ta|office|dinner|lunchtime|kids?|son|daughter|run|pick|drop)\b"
)
_GROWN_BY_WORD = re.compile(r" (?:middle aged?|grown up|a grown (?:man|woman)|working age)\b")


def band(age: int) -> AgeBand:
    """The band of an age in years."""
    if age < _CHILD_UNTIL:
        return AgeBand.YOUNG
    if age < _YOUNG_ADULT_UNTIL:
        return AgeBand.YOUNG_ADULT
    return AgeBand.ADULT if age < _ADULT_UNTIL else AgeBand.OLDER


@dataclass(frozen=True, slots=True)
class Age:
    """An age as it was heard: its band, and whether somebody so old is likely to have children under 18."""

    band: AgeBand
    past_young_children: bool = False


def scan_age(said: Heard, year: int) -> Age | None:
    """The texter's age where a free message says it."""
    line = _without_others(said.line)
    ages = [*_self_described(said.line), *_ages(line, _SELF), *_ages(line, _SELF_BIRTHDAY), *_ages(line, _YEARS_OLD)]
    ages += [*_not_yet(line, _SELF_NOT_YET), *_from_years(_BORN, line, year)]
    if ages:
        # where two readings are possible the younger stands: a child is never to be treated as an adult
        return _age(min(ages))
    if _is_pupil(said, line):
        return Age(AgeBand.YOUNG)
    if _SELF_PENSIONER.search(line):
        return Age(AgeBand.OLDER)
    return _decade(line) if _SELF_DECADE.search(line) else None


def read_age(said: Heard, year: int) -> Age | None:
    """The texter's age in a reply to the question how old they are."""
    line = _POSTCODE.sub("", _without_others(said.line))
    found = scan_age(said, year) or _decade(line) or _limit(line)
    if found is not None:
        return found
    if _SCHOOL_YEAR.search(line):
        return Age(AgeBand.YOUNG)
    ages = list(_scores(line)) or _from_years(_BIRTH_YEAR, line, year)
    # "17 going on 30" and "nearly 18": the younger number is the truer
    ages = ages or [*list(_ages(line, _NUMBER))[:1], *_not_yet(line, _NOT_YET_ANYWHERE)]
    return _age(min(ages)) if ages else _by_word(line)


def goes_to_school(said: Heard) -> bool:
    """Whether a reply about work says that the texter is a pupil, rather than that they work at a school."""
    return bool(_AT_SCHOOL.search(said.line)) and not _WORKS_AT_SCHOOL.search(said.line)


def _age(age: int) -> Age:
    return Age(band(age), past_young_children=age >= _PAST_YOUNG_CHILDREN)


def others_ages(said: Heard) -> list[int]:
    """Ages that the message gives to somebody else."""
    spans = (match.group() for match in _SOMEBODY_ELSES.finditer(said.line))
    return [int(number) for span in spans for number in re.findall(r"\d{1,3}", span) if int(number) <= OLDEST]


def small_ages(said: Heard) -> list[int]:
    """Bare numbers in a short reply, where the question was about somebody else ("3 and 5")."""
    if set(said.words) - _WITH_SMALL_AGES - {word for word in said.words if word.isdigit()}:
        return []
    return [int(word) for word in said.words if word.isdigit() and int(word) <= OLDEST]


def _without_others(line: str) -> str:
    """The line without ages that belong to somebody else ("my mum is 82", "my 9 year old son"), and dates as years."""
    return _DATE.sub("born ", _SOMEBODY_ELSES.sub(" them ", line))


def _ages(line: str, wanted: re.Pattern[str]) -> Iterator[int]:
    for match in wanted.finditer(line):
        age = int(match["age"])
        if YOUNGEST <= age <= OLDEST:
            yield age - 1 if _comes_soon(line, match) else age


def _comes_soon(line: str, match: re.Match[str]) -> bool:
    """ "18 next month" is 17, and so is "nearly 18"."""
    at = match.start("age")
    return bool(_SOON.match(line, at - 1) or re.search(rf" {_NOT_YET} $", line[:at]))


def _not_yet(line: str, wanted: re.Pattern[str]) -> Iterator[int]:
    return (int(match["age"]) - 1 for match in wanted.finditer(line) if YOUNGEST < int(match["age"]) <= OLDEST)


def _scores(line: str) -> Iterator[int]:
    return (60 + int(match["more"]) for match in _SCORE.finditer(line))


def _self_described(line: str) -> Iterator[int]:
    ages = (int(match["age"] or match["polish"]) for match in _SELF_DESCRIBED.finditer(line))
    return (age for age in ages if YOUNGEST <= age <= OLDEST)


def _from_years(wanted: re.Pattern[str], line: str, year: int) -> list[int]:
    """Ages from years of birth."""
    ages = []
    for match in wanted.finditer(line):
        born = int(match["year"])
        if born < 100:
            born += 1900 if born > year % 100 else 2000
        # the birthday may be still to come this year: it matters for the step from child to adult alone
        age = year - born - (year - born == _CHILD_UNTIL)
        if YOUNGEST <= age <= OLDEST:
            ages.append(age)
    return ages


def _decade(line: str) -> Age | None:
    """ "In my early forties", "fifty odd"."""
    match = _DECADE.search(line)
    if match is None:
        return None
    within = {"early": 2, "lower": 2, "mid": 5, "middle": 5, "late": 8, "upper": 8, "high": 8}.get(match["part"], 4)
    return _age(int(match["decade"]) + within)


def _limit(line: str) -> Age | None:
    """ "Over 65", "under 18"."""
    over, under = _OVER.search(line), _UNDER.search(line)
    if over is not None and int(over["age"]) >= _CHILD_UNTIL:
        # "over 18" leaves open how far; most who say so are well past it
        return _age(max(int(over["age"]) + 1, _YOUNG_ADULT_UNTIL))
    return Age(AgeBand.YOUNG) if under is not None and int(under["age"]) <= _CHILD_UNTIL else None


def _is_pupil(said: Heard, line: str) -> bool:
    if _OWN_SCHOOL_YEAR.search(line):
        return True
    return has(said, "school") and not _OTHERS_SCHOOL_YEAR.search(line)


def _by_word(line: str) -> Age | None:
    if _YOUNG_BY_WORD.search(line):
        return Age(AgeBand.YOUNG)
    if _OLD_BY_WORD.search(line):
        return Age(AgeBand.OLDER)
    return Age(AgeBand.ADULT) if _GROWN_BY_WORD.search(line) else None
