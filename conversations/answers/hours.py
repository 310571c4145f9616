"""Hours of looking after in a week, from "3 hrs a night" to "all day every day".

An amount ("3 hours") is multiplied by how often it comes ("a night", "on Tuesdays"), and all amounts of a message are
added up. A daily figure counts for seven days, unless the message names the days.
"""

import re
from collections.abc import Iterator

from conversations.answers.patterns import one_of
from conversations.answers.text import Heard
from conversations.answers.vocabulary import headings
from conversations.slots import HoursBand

_WEEK = 168.0
_FULL_DAY = 8.0  # "all day Saturday"
_EVENING = 3.0  # "a couple of evenings"

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAME = r"(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?"
_NAMED_DAY = re.compile(rf"\b{_DAY_NAME}\b")
_FROM_DAY_TO_DAY = re.compile(
    rf"\b(?P<first>{'|'.join(_DAYS)})\w* (?:to|till|until|thru|through) (?P<last>{'|'.join(_DAYS)})\w*"
)
_WORKING_DAYS = re.compile(r"\b(?:weekdays?|week ?nights?|school (?:day|night)s?|in the week|during the week)\b")
_NO_WEEKENDS = re.compile(r"\b(?:not|no|except|but not|apart from) (?:at |on |the )*weekends?\b")
_WEEKENDS_TOO = re.compile(
    r"\b(?:including|inc|incl|and|plus|even|with)(?: the)? weekends?(?: too| as well)?\b"
    r"|\bweekends? (?:too|as well|included)\b"
)
_MOST_DAYS = re.compile(r"\bmost (?:days|nights|evenings|mornings)\b")
_EVERY_OTHER_DAY = re.compile(r"\bevery other (?:day|night|evening|morning)\b|\balternate days\b")

_SMALL = (
    (re.compile(r"\b(\d+) and a half"), r"\1.5"),
    (re.compile(r"\bhalf (?:an |a )?hours"), "0.5 hours"),
    (re.compile(r"\bquarter of an hours"), "0.25 hours"),
    (re.compile(r"\b(?:an|a|1) hours and a half|\b1 and a half hours|\bhours and a half"), "1.5 hours"),
    (re.compile(r"\b(?:an|1) hours or (?:2|so)"), "1.5 hours"),
    (re.compile(r"\b(\d+) half hours"), r"\1.5 hours"),
    (re.compile(r"\b(?:a )?couple(?: of)?\b"), "2"),
    (re.compile(r"\b(?:a |good |just )*few\b"), "3"),
    (re.compile(r"\bseveral\b"), "5"),
    (re.compile(r"\b(?:a )?dozen\b"), "12"),
    (re.compile(r"\b(?:an|each) hours\b"), "1 hours"),
)
_MINUTES = re.compile(r"\b(\d+) minutes\b")

# Who works, sleeps or is at school for so many hours looks after nobody meanwhile.
_OTHER_HOURS = re.compile(
    r"(?<!before )(?<!after )\b"
    rf"{one_of('i work, work, working, job, shifts?, (?:at|in) (?:school|college), at uni, sleeps?, slept, im')}"
    r"(?: \w+){0,3} \d+(?:\.\d+)?(?: hours)?(?: a week)?"
)
_OTHER_BUSINESS = re.compile(
    rf"\b{one_of('work, job, shift, school, college, uni, drive, waiting, sleep, away, ago, carers come, agency')}\b"
)

_AMOUNT = re.compile(
    r" (?:(?P<bound>over|more than|at least|above|under|less than|below|nearly|almost) )?(?P<low>\d+(?:\.\d+)?)"
    r"(?: ?(?:to|or|,|maybe|and|even) (?P<high>\d+(?:\.\d+)?))?(?: (?P<next>\d+)(?= ))?"
    r"(?: ?(?P<more>plus|ish|odd|or more|or so|at least))?(?P<unit> ?h(?:ours)?\b)?"
)
_COUNT_OF_DAYS = re.compile(
    rf" ?(?:full |whole )?{one_of('days, nights, times, x, mornings, evenings, people, years?, months?, kids')}\b"
    r"| ?(?:oclock|am|pm)\b"
)

_PART_OF_DAY = one_of(
    "days?, nights?, evenings?, mornings?, afternoons?, school day, weekdays?, weeknights?, weekends?, visit"
)
_WHEN_IN_THE_DAY = one_of(
    "in the (?:morning|evening|afternoon)s?, at night, before school, after school, before work, after work, after tea,"
    "at tea time, when i get (?:in|home), of (?:an evening|a night), before bed, at bedtime, at lunch, on school days,"
    "on weekdays, weekdays, on weeknights, mornings?, evenings?, nights?, day, afternoon, before, after"
)
_A_DAY = re.compile(
    r" ?(?:hours )?(?:or so |ish |about |maybe )?(?:"
    rf"{one_of('a, per, each, every, the, of a, of, most, on a, in a, for')} ?(?:single |school |week|one )*"
    rf"(?P<part>{_PART_OF_DAY})"
    rf"|(?P<when>{_WHEN_IN_THE_DAY}))\b"
)
_A_WEEK = re.compile(
    r" ?(?:hours )?(?:or so |ish |maybe |in total |all together |altogether )?"
    rf"{one_of('a, per, each, every, in an?, in the, of the, this, in, for the')}? ?week\b(?! ?day| ?night)"
)
_A_MONTH = re.compile(r" ?(?:hours )?(?:a|per|each|every) (?P<span>month|fortnight)\b")
_TIMES_A_WEEK = re.compile(
    r"\b(?P<times>\d|once|twice) ?(?:to (?P<more>\d) ?)?"
    rf"{one_of('days?, nights, times?, mornings?, evenings?, afternoons, x, visits')}?"
    r" ?(?:a|per|each|every|in the|in a) week\b"
)
_TIMES_A_DAY = re.compile(r"\b(?P<times>\d|once|twice) ?(?:to \d )?(?:times|x|visits) (?:a|per|each) day\b")
_DAILY = re.compile(
    r"\b(?:every|each|a|per) ?(?:single |school |week ?)?(?:day|night|evening|morning|afternoon)\b"
    r"|\b(?:nights|evenings|mornings|weekdays|week ?nights|school days)\b"
)

_CLOCK = one_of("am, pm, oclock, in the morning, at night, in the evening")
_FROM_TO = re.compile(
    rf" (?P<from>from )?(?P<start>\d{{1,2}})(?:\.\d+)? ?(?P<clock>{_CLOCK})? ?(?P<to>to|till|til|until|untill) ?"
    rf"(?:about |around |at least )?(?P<stop>\d{{1,2}})(?:\.\d+)? ?(?P<clock2>{_CLOCK})?\b"
)
_COUNTED_DAYS = re.compile(
    r"\b(?P<count>\d)(?: ?(?:to|or) (?P<more>\d))? ?(?:full |whole |long )?"
    r"(?P<what>days?|nights|evenings|mornings|afternoons)"
    r"(?P<full> a| per| each| every| in the| in a| out of the)?(?: ?week\b)?(?! a day)"
)
_ALL_OF_A_DAY = re.compile(
    rf"\ball (?:day |of |the )*(?:on |at |every |each )*(?:the |a )?(?P<day>{_DAY_NAME}|weekends?)\b"
)
_WEEKENDS = re.compile(r"\b(?:(?:all|every|whole|most|each)(?: the| of the)? weekends?|weekends)\b")

_SURELY_ALWAYS = re.compile(
    rf"\b{one_of('allhours, all day every day, round the clock, day and night, night and day, every waking')}\b"
    r"|\b(?:cant be left|non ?stop)\b"
)
_ALL_24 = re.compile(r" 24 hours(?! (?:a|per|each|every|in a) week)\b")
_CHANGES = re.compile(
    r"\b(?:could|can|might) be \d+.* (?:could|can|might) be\b|\bsometimes \d+.* sometimes\b|\bwhen \w+ .* otherwise\b"
    r"|\bsome (?:weeks|days) .* (?:others?|some)\b|\b(?:none|nothing|0) (?:1|some) weeks?\b|\bno 2 (?:weeks|days)\b"
)
_CORRECTION = re.compile(r"\b(?:no|nah|nope|well|actually|sorry|or)?,? ?(?:more like|i mean|make (?:it|that)|say)\b")
_NOT_HOURS = re.compile(r" (?:le|pe|ng|cv|de|nn) ?\d{1,2}(?: ?\d ?[a-z]{2})?(?= )")  # "LE4" is a postcode
_ROUND_THE_CLOCK = re.compile(r" every (?:couple of |few |other |\d+ )hours?(?= )| (?:wakes?|up) every \d+(?= )")
_MIDNIGHT = re.compile(r"\b(?:gone |past |after |about )?(?P<which>midnight|midday|noon)\b")
_IN_ALL = re.compile(
    r"\b(?:so|altogether|in all|comes to|adds up to|total of|works out(?: at)?) (?:about |roughly |around |say )*"
    r"(?P<hours>\d+)(?: hours)?(?: a week| or so|ish)? $"
)
_NO_JOB = re.compile(r"\b(?:no job|dont work|not working|no work|cant work|out of work|gave up work|left work)\b")
_EVERY_DAY = re.compile(r"\bevery day\b|\ball the time\b")


def band(hours: float) -> HoursBand:
    """The band of a number of hours a week."""
    if hours < 20:
        return HoursBand.UNDER_20
    if hours < 35:
        return HoursBand.FROM_20
    return HoursBand.FROM_35 if hours < 50 else HoursBand.FROM_50


def read_hours(said: Heard) -> HoursBand | None:
    """A reply to the question how many hours a week. A number says most, then "all day", then "it depends"."""
    line = _put_right(_in_figures(_NOT_HOURS.sub(" ", said.line)))
    if _ROUND_THE_CLOCK.search(line):
        return HoursBand.FROM_50  # turned or woken "every 2 hours"
    if _CHANGES.search(line):
        return HoursBand.UNKNOWN
    if _is_always(line, _by_word(said)):
        return HoursBand.FROM_50
    if " used to " in line:
        return HoursBand.UNKNOWN
    in_all = _IN_ALL.search(line)
    total = float(in_all["hours"]) if in_all else weekly_hours(line, asked=True)
    if total:
        return band(total)
    if 0 < len(_named_days(line)) <= 2:
        return HoursBand.UNDER_20  # "every Saturday"
    return _by_word(said)


def _put_right(line: str) -> str:
    """Of "20 a week, nah more like 28" only what was put right."""
    *_, last = _CORRECTION.split(line)
    return f" {last}" if re.search(r"\d", last) else line


def _by_word(said: Heard) -> HoursBand | None:
    """The first that is said, "all day" or "hard to say"; "a bit, it depends" is a bit."""
    found = [HoursBand(value) for value in headings(said, "hours")]
    if HoursBand.UNDER_20 in found and HoursBand.FROM_50 not in found:
        return HoursBand.UNDER_20
    return found[0] if found else None


def scan_hours(said: Heard) -> HoursBand | None:
    """Hours of looking after in a free message: only where they can hardly be hours of anything else."""
    line = _ROUND_THE_CLOCK.sub(" ", _NO_JOB.sub(" ", _in_figures(_NOT_HOURS.sub(" ", said.line))))
    if _SURELY_ALWAYS.search(line) and " work" not in line:
        return HoursBand.FROM_50
    if " hours" not in line or _OTHER_BUSINESS.search(line):
        return None
    total = weekly_hours(line, asked=False)
    return band(total) if total else None


def weekly_hours(line: str, *, asked: bool) -> float | None:
    """All the amounts of a message added up to a week, or None if it names none."""
    line = _OTHER_HOURS.sub(" ", line)
    line, clock = _take_clock_times(line)
    line, days = _take_whole_days(line)
    parts = [*clock, *days, *_amounts(line, asked=asked, days_apart=bool(days))]
    return min(sum(parts), _WEEK) if parts else None


def _in_figures(line: str) -> str:
    """ "A couple of hours" and "half an hour" as figures."""
    for wanted, figures in _SMALL:
        line = wanted.sub(figures, line)
    line = _MIDNIGHT.sub(lambda found: "12 at night" if found["which"] == "midnight" else "12 oclock", line)
    return _MINUTES.sub(lambda found: f"{int(found[1]) / 60:.2f} hours", line)


def _is_always(line: str, by_word: HoursBand | None) -> bool:
    if _SURELY_ALWAYS.search(line) or _ALL_24.search(line):
        return True
    part_of_week = _ALL_OF_A_DAY.search(line) and not _EVERY_DAY.search(line)
    return by_word is HoursBand.FROM_50 and not part_of_week and not re.search(r"\d", line)


def _named_days(line: str) -> set[str]:
    return {name[:3] for name in _NAMED_DAY.findall(line)}


def _days_a_week(line: str, otherwise: float = 7.0) -> float:
    """On how many days of the week, as far as the message names them."""
    ranged, times = _FROM_DAY_TO_DAY.search(line), _TIMES_A_WEEK.search(line)
    if ranged:
        return float((_DAYS.index(ranged["last"]) - _DAYS.index(ranged["first"])) % 7 + 1)
    if times:
        low = {"once": 1.0, "twice": 2.0}.get(times["times"]) or float(times["times"])
        return (low + float(times["more"] or low)) / 2
    named = len(_named_days(line))
    rules = (
        (_NO_WEEKENDS.search(line), 5.0),
        (_WORKING_DAYS.search(line), 5.0),
        (named, float(named)),
        (" weekend" in line, 2.0),
        (_MOST_DAYS.search(line), 6.0),
        (_EVERY_OTHER_DAY.search(line), 3.5),
    )
    return next((days for holds, days in rules if holds), otherwise)


def _take_clock_times(line: str) -> tuple[str, list[float]]:
    """Takes "from 4 till 8 every day" out of the line, as hours a week."""
    for match in _FROM_TO.finditer(line):
        start, stop = int(match["start"]), int(match["stop"])
        is_clock = match["from"] or match["clock"] or match["clock2"] or match["to"] != "to" or start > stop
        if is_clock and max(start, stop) <= 24:
            hours = float(_through_the_day(match) or (stop - start) % 12 or 12)
            return f"{line[: match.start()]} {line[match.end() :]}", [hours * _days_a_week(line)]
    return line, []


def _through_the_day(match: re.Match[str]) -> int:
    """The hours of "from 5 in the morning till 12 at night"; 0 where it is not said which half of the day is meant."""
    if match["clock"] not in ("am", "in the morning") or match["clock2"] not in ("at night", "pm", "in the evening"):
        return 0
    return int(match["stop"]) + 12 - int(match["start"])


def _take_whole_days(line: str) -> tuple[str, list[float]]:
    """Takes out whole days ("2 full days a week", "all weekend"), unless hours a day are given for them."""
    counted = _COUNTED_DAYS.search(line)
    if counted and " hours" not in line:
        low = float(counted["count"])
        days = (low + float(counted["more"] or low)) / 2
        hours = _FULL_DAY if counted["what"].startswith(("day", "night")) else _EVENING
        return f"{line[: counted.start()]} {line[counted.end() :]}", [hours * days]
    named = _ALL_OF_A_DAY.search(line) or _WEEKENDS.search(line)
    if named is not None and (_NO_WEEKENDS.search(line) or (_WEEKENDS_TOO.search(line) and re.search(r"\d", line))):
        return line, []
    if named is None or re.search(r"\d hours (?:\w+ ){0,3}$", f"{line[: named.start()]} "):
        return line, []
    is_weekend = "weekend" in named.group()
    days = 2.0 if is_weekend else float(len(_named_days(line[named.start() :])))
    return f"{line[: named.start()]} {line[named.end() :]}", [_FULL_DAY * days]


def _amounts(line: str, *, asked: bool, days_apart: bool) -> Iterator[float]:
    """Each amount of hours, multiplied to a week."""
    found = [match for match in _AMOUNT.finditer(line) if match["unit"] or not _COUNT_OF_DAYS.match(line, match.end())]
    if not asked:
        found = [match for match in found if match["unit"] or _A_DAY.match(line, match.end())]
    has_units = any(match["unit"] for match in found)
    for match in found:
        factor = _how_often(line, match.end(), days_apart=days_apart)
        if factor is None and has_units and not match["unit"]:
            continue  # "3 hours a night, for the last 2 or so": a number that counts something else
        yield _value(match) * (_how_often_elsewhere(line, days_apart=days_apart) if factor is None else factor)


def _value(match: re.Match[str]) -> float:
    """An amount as one number: the middle of a range, and on the right side of "over" and "under"."""
    low = float(match["low"])
    high = float(match["high"] or match["next"] or low)
    middle = (low + high) / 2 if high >= low else low
    if match["bound"] in ("under", "less than", "below", "nearly", "almost"):
        return middle - 0.5
    if match["bound"] or match["more"] in ("plus", "or more", "at least"):
        return middle + 0.5
    return middle


def _how_often(line: str, end: int, *, days_apart: bool) -> float | None:
    """How often a week, from the words right after an amount."""
    month, day = _A_MONTH.match(line, end), _A_DAY.match(line, end)
    if _A_WEEK.match(line, end):
        return 1.0
    if month:
        return 0.5 if month["span"] == "fortnight" else 12 / 52
    if day is None:
        return None
    if (day["part"] or "").startswith("weekend"):
        return 1.0
    if "week" in day.group() or "school day" in day.group():
        return 5.0
    # beside "and all weekend", every night is every other night of the week
    return _days_a_week(line, 5.0 if days_apart else 7.0)


def _how_often_elsewhere(line: str, *, days_apart: bool) -> float:
    """How often a week, when the message says it apart from the amount ("every night about 3 hours")."""
    times_a_week, times_a_day = _TIMES_A_WEEK.search(line), _TIMES_A_DAY.search(line)
    if times_a_day:
        times = {"once": 1.0, "twice": 2.0}.get(times_a_day["times"]) or float(times_a_day["times"])
        return times * 7
    if re.search(r"\b(?:a|per|each|every|in a) week\b", line) and not times_a_week:
        return 1.0
    if times_a_week or any(wanted.search(line) for wanted in (_DAILY, _NAMED_DAY, _MOST_DAYS, _EVERY_OTHER_DAY)):
        return _days_a_week(line, 5.0 if days_apart else 7.0)
    return 1.0
