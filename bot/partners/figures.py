"""What the partners' page says: sections of sentences, charts and tables, made from issued releases alone. Pure."""

from dataclasses import dataclass

from bot.partners.finding import Issued, find, held, total, until
from bot.partners.labels import Labels, period_words, periods_words, short_period
from bot.partners.models import FEWER, PublishedTable, Release, Row
from bot.partners.periods import Period, kind_of
from bot.partners.tables import DIRECT, NOT_TOLD, OTHER

NOT_PUBLISHED = "not published"
COLUMNS = 13  # of a chart over time: a year and the same month of the year before, or a quarter's weeks
LONGEST = 10  # bars in a chart; the table beneath has them all
UNNAMED = frozenset({NOT_TOLD, DIRECT, OTHER})
ROUNDED_BY = 5  # at most: counts are issued to the nearest ten


@dataclass(frozen=True)
class Bar:
    """One bar. `count` None is "fewer than 10", and is drawn as a mark that has no height."""

    label: str
    count: int | None
    published: bool = True

    @property
    def printed(self) -> str:
        return (FEWER if self.count is None else f"{self.count:,}") if self.published else NOT_PUBLISHED


@dataclass(frozen=True)
class Chart:
    """Bars lie beside words; columns stand along time."""

    title: str
    bars: tuple[Bar, ...]
    over_time: bool = False


@dataclass(frozen=True)
class Grid:
    """A table for the eye and the screen reader: the first cell of each row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A chart with its table beneath, or a table alone, or words about why there is none."""

    title: str
    grid: Grid | None = None
    chart: Chart | None = None
    note: str = ""
    table: str = ""  # the planned table that it shows, where it shows one


@dataclass(frozen=True)
class Section:
    id: str
    question: str
    short: str  # the answer at a glance: a number or a few words
    detail: str  # what stands small beneath it
    says: str  # the answer in a sentence or two
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class View:
    """A month and what had been issued by its end."""

    releases: tuple[Release, ...]
    every: tuple[Release, ...]  # later ones as well: a table that waited may have come out since
    month: str
    labels: Labels

    def table(self, name: str) -> PublishedTable | None:
        return find(self.every, name, self.month)

    def total(self, event: str) -> Row | None:
        return total(self.table(f"{event}-month"))


def sections(issued: Issued, month: str, labels: Labels) -> tuple[Section, ...]:
    """Everything that the page says about one month."""
    view = View(until(issued, month), issued.releases, month, labels)
    makers = (
        _found,
        _growing,
        _who,
        _where,
        _how,
        _asked,
        _not_answered,
        _missed,
        _danger,
    )
    return tuple(make(view) for make in makers)


def weekly(issued: Issued, labels: Labels) -> tuple[Block, ...]:
    """What there is before the first month has ended."""
    view = View(until(issued, None), issued.releases, "", labels)
    by_week = _over_time(view, "identified-week", Period.WEEK)
    return (_block("Carers found each week", "Week beginning", by_week, over_time=True, table="identified-week"),)


def about(row: Row | None, things: str) -> str:
    """A published count in a sentence: "about 120 questions", "fewer than 10 questions"."""
    if row is None:
        return f"an unpublished number of {things.removeprefix('of ')}"
    return f"{FEWER} {things}" if row.count is None else f"about {row.count:,} {things}"


def _found(view: View) -> Section:
    steps = (
        ("conversation_started", "Conversations started"),
        ("check_started", "Started the questions"),
        ("identified", "Recognised as carers"),
    )
    bars = tuple(_bar(words, view.total(event)) for event, words in steps)
    carers, when = view.total("identified"), period_words(view.month)
    reasons = _breakdown(view, "not_identified-month-by-reason_not", "People who are not carers")
    return Section(
        "found",
        "How many carers were found?",
        _short(carers),
        f"in {when}",
        f"In {when} the bot helped {about(carers, 'people')} see that they are carers. "
        f"{_start(about(view.total('conversation_started'), 'conversations'))} were started.",
        (_block(f"From first message to carer, {when}", "Step", bars), reasons),
    )


def _growing(view: View) -> Section:
    by_month = _over_time(view, "identified-month", Period.MONTH)
    by_week = _over_time(view, "identified-week", Period.WEEK)
    short, detail, says = _compared(by_month)
    return Section(
        "growing",
        "Is it growing?",
        short,
        detail,
        says,
        (
            _block("Carers found each month", "Month", by_month, over_time=True, table="identified-month"),
            _block("Carers found each week", "Week beginning", by_week, over_time=True, table="identified-week"),
        ),
    )


def _who(view: View) -> Section:
    return Section(
        "who",
        "Who are they?",
        *_most(view, "identified-month-by-age"),
        "Age groups of the carers who were found, what they told about their situation, and how many hours they care. "
        "One person can be in several situations.",
        (
            _breakdown(view, "identified-month-by-age", "Carers found"),
            _breakdown(view, "identified-month-by-situation", "Carers found"),
            _breakdown(view, "identified-month-by-hours", "Carers found"),
        ),
    )


def _where(view: View) -> Section:
    crossed = _quarterly(view, "identified-quarter-by-area-by-age", "identified-quarter-by-area-by-channel")
    return Section(
        "where",
        "Where are they?",
        *_most(view, "identified-month-by-area"),
        "The council area of the person who is looked after. Area and age together, young carers among them, are "
        "counted by the quarter only, so that nobody can be picked out.",
        (_breakdown(view, "identified-month-by-area", "Carers found"), *crossed),
    )


def _how(view: View) -> Section:
    return Section(
        "how",
        "How did they come to us?",
        *_most(view, "identified-month-by-channel"),
        "By text message or Telegram, and by which poster, leaflet or link they began.",
        (
            _breakdown(view, "identified-month-by-channel", "Carers found"),
            _breakdown(view, "identified-month-by-source", "Carers found"),
            *_quarterly(view, "identified-quarter-by-age-by-channel"),
        ),
    )


def _asked(view: View) -> Section:
    return Section(
        "asked",
        "What did they ask?",
        *_most(view, "answered-month-by-topic"),
        f"The bot answered {about(view.total('answered'), 'questions')}. The chart shows the {LONGEST} topics "
        "asked most; the table has every topic.",
        (
            _breakdown(view, "answered-month-by-topic", "Questions answered", largest_first=True),
            _breakdown(view, "answered-month-by-area", "Questions answered"),
            _breakdown(view, "helpful-month-by-helpful", "What people said of answers"),
        ),
    )


def _not_answered(view: View) -> Section:
    answered, offered, unanswered = (view.total(event) for event in ("answered", "offered", "unanswered"))
    bars = (
        _bar("Answered", answered),
        _bar("Offered a choice", offered),
        _bar("Could not answer", unanswered),
    )
    return Section(
        "not-answered",
        "What could the bot not answer?",
        _short(unanswered),
        f"beside {about(answered, 'answered')}",
        f"{_start(about(unanswered, 'questions'))} could not be answered; those people were told whom to ring. For "
        f"{about(offered, 'questions')} the bot offered a choice of answers. It keeps no message, so it "
        "cannot say what they were.",
        (_block(f"Questions, {period_words(view.month)}", "What happened", bars),),
    )


def _missed(view: View) -> Section:
    table = view.table("identified-month-by-stage")
    tasks = next((r for r in table.rows if r.values == ("tasks",)), None) if table else None
    return Section(
        "missed",
        "How many would the census question alone have missed?",
        _short(tasks),
        f"of {about(view.total('identified'), 'carers')}",
        f"{_start(about(tasks, 'of the people found'))} said no or were not sure when asked the census question. "
        "They were recognised only when asked about everyday tasks, like shopping, washing or keeping an eye on them.",
        (_breakdown(view, "identified-month-by-stage", "Carers found"),),
    )


def _danger(view: View) -> Section:
    return Section(
        "danger",
        "What danger did people tell of?",
        *_most(view, "urgent_shown-month-by-risk"),
        "When somebody tells of danger the bot answers that first, with the number to ring. Replies are counted, not "
        "people, by their kind and month alone.",
        (_breakdown(view, "urgent_shown-month-by-risk", "Urgent replies"),),
    )


def _breakdown(view: View, name: str, counted: str, *, largest_first: bool = False) -> Block:
    """A one-way table as bars and grid."""
    dimension = name.partition("-by-")[2]
    words = view.labels.dimension(dimension)
    published = view.table(name)
    if published is None:
        return _missing(view, name, f"{counted}, by {words.lower()}")
    title = f"{counted}, by {words.lower()}, {periods_words(published.periods)}"
    bars = [Bar(view.labels.value(dimension, r.values[0]), r.count) for r in published.rows]
    if largest_first:
        bars.sort(key=lambda bar: (-(bar.count or 0), bar.label))
    return _block(title, words, tuple(bars), table=name)


def _quarterly(view: View, *names: str) -> tuple[Block, ...]:
    """Two-way tables of the newest quarter that had ended."""
    quarter = max((r.period for r in view.releases if kind_of(r.period) is Period.QUARTER), default=None)
    return tuple(_crossed(view, name, quarter) for name in names) if quarter else ()


def _crossed(view: View, name: str, quarter: str) -> Block:
    """A two-way table as a grid: the first dimension down, the second across."""
    down, across = name.split("-by-")[1:]
    title = f"Carers found, by {view.labels.dimension(down).lower()} and {view.labels.dimension(across).lower()}"
    published = find(view.every, name, quarter)
    if published is None:
        return _missing(view, name, title, quarter)
    title = f"{title}, {periods_words(published.periods)}"
    cells = {row.values: row.printed for row in published.rows}
    first = tuple(dict.fromkeys(row.values[0] for row in published.rows))
    second = tuple(dict.fromkeys(row.values[1] for row in published.rows))
    head = (view.labels.dimension(down), *(view.labels.value(across, value) for value in second))
    rows = tuple(
        (view.labels.value(down, one), *(cells.get((one, two), NOT_PUBLISHED) for two in second)) for one in first
    )
    return Block(title, Grid(title, head, rows), table=name)


def _missing(view: View, name: str, title: str, period: str | None = None) -> Block:
    period = period or view.month
    why = held(view.every, name, period)
    note = (
        f"This table is held back for {period_words(period)}: {why.reason}"
        if why
        else f"This table is not published for {period_words(period)}."
    )
    return Block(f"{title}, {period_words(period)}", note=note)


def _over_time(view: View, name: str, kind: Period) -> tuple[Bar, ...]:
    periods = [release.period for release in view.releases if kind_of(release.period) is kind][-COLUMNS:]
    return tuple(_bar(short_period(p), total(find(view.releases, name, p))) for p in periods)


def _compared(bars: tuple[Bar, ...]) -> tuple[str, str, str]:
    """Whether it grows, in a few words, in numbers and in a sentence: the last months beside as many before them.

    Three and three where there are six, else one and one. It grows when even the least that the rounded numbers may
    stand for is more than the most that the earlier ones may.
    """
    size = 3 if len(bars) >= 6 else 1
    now, before = bars[-size:], bars[-2 * size : -size]
    if not before:
        return "Too early", "the first month", "There is nothing to compare the first month with yet."
    if not all(bar.published for bar in (*now, *before)):
        return "Cannot be told", "a month is missing", "Not every month that would be compared is published."
    least, most = _between(now)
    least_before, most_before = _between(before)
    short = "Yes, up" if least > most_before else "Down" if most < least_before else "About the same"
    spans = ("this month", "the month before") if size == 1 else ("these three months", "the three before")
    says = f"Carers found in {spans[0]}: {_listed(now)}. In {spans[1]}: {_listed(before)}."
    return short, f"{_listed(now)}, after {_listed(before)}", says


def _between(bars: tuple[Bar, ...]) -> tuple[int, int]:
    """The least and the most true number that published counts may stand for together."""
    return (
        sum(0 if bar.count is None else max(10, bar.count - ROUNDED_BY) for bar in bars),
        sum(9 if bar.count is None else bar.count + ROUNDED_BY for bar in bars),
    )


def _listed(bars: tuple[Bar, ...]) -> str:
    return ", ".join(bar.printed for bar in bars[:-1]) + (" and " if len(bars) > 1 else "") + bars[-1].printed


def _most(view: View, name: str) -> tuple[str, str]:
    """The largest of a table's named groups, and its count; two of them where they are equal."""
    published = view.table(name)
    if published is None:
        return _start(NOT_PUBLISHED), "held back, or not issued"
    named = [row for row in published.rows if row.values[0] not in UNNAMED]
    most = max((row.count or 0 for row in named), default=0)
    if not most:
        return "Too few to say", f"{FEWER} of each"
    dimension = name.partition("-by-")[2]
    names = [view.labels.value(dimension, row.values[0]) for row in named if row.count == most]
    return " and ".join(names[:2]), f"largest group: {most:,}" if len(names) == 1 else f"largest groups: {most:,} each"


def _block(title: str, first: str, bars: tuple[Bar, ...], *, over_time: bool = False, table: str = "") -> Block:
    if not bars:
        return Block(title, note="Nothing has been published yet.")
    grid = _along(title, first, bars) if over_time else _down(title, first, bars)
    return Block(title, grid, Chart(title, bars if over_time else bars[:LONGEST], over_time), table=table)


def _down(title: str, first: str, bars: tuple[Bar, ...]) -> Grid:
    return Grid(title, (first, "How many"), tuple((bar.label, bar.printed) for bar in bars))


def _along(title: str, first: str, bars: tuple[Bar, ...]) -> Grid:
    """A table that reads as its chart does, from left to right."""
    return Grid(title, (first, *(bar.label for bar in bars)), (("Carers found", *(bar.printed for bar in bars)),))


def _bar(label: str, row: Row | None) -> Bar:
    return Bar(label, None, published=False) if row is None else Bar(label, row.count)


def _short(row: Row | None) -> str:
    return _start(NOT_PUBLISHED) if row is None else _start(Bar("", row.count).printed)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
