"""What the partners' page says: questions and their answers, made from issued releases alone. Pure."""

from bot.partners.blocks import NOT_PUBLISHED, Bar, Block, Section, Tile, block
from bot.partners.finding import Issued, first_month, row, until
from bot.partners.growth import compared
from bot.partners.labels import Labels, period_words
from bot.partners.models import FEWER, Row
from bot.partners.periods import Period
from bot.partners.showing import LONGEST, Course, View, breakdown, most, over_time, quarterly, totals, unpublished
from bot.partners.yearly import in_short, in_words, year

STEPS = {
    "conversation_started": "Conversations started",
    "check_started": "Started the questions",
    "identified": "Recognised as carers",
}
QUESTIONS = {"answered": "Answered", "offered": "Offered a choice", "unanswered": "Could not answer"}


def sections(issued: Issued, month: str, labels: Labels) -> tuple[Section, ...]:
    """Everything that the page says about one month."""
    view = View(issued, until(issued, month), month, labels)
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
    view = View(issued, until(issued, None), "", labels)
    return (_by_week(over_time(view, "identified-week", "Carers found", Period.WEEK)),)


def _found(view: View) -> Section:
    carers, started = view.total("identified"), view.total("conversation_started")
    when, in_a_year = period_words(view.month), year(view, "identified-month")
    says = (
        _told(
            carers,
            f"In {when} the bot helped {{}} people see that they are carers.",
            f"How many people the bot helped in {when} to see that they are carers is not published.",
        ),
        _told(started, "{} conversations were started.", "How many conversations were started is not published."),
        in_words(in_a_year),
    )
    return Section(
        "found",
        "How many carers were found?",
        _short(carers),
        f"in {when}",
        " ".join(filter(None, says)),
        (totals(view, f"From first message to carer, {when}", "Step", STEPS),),
        (breakdown(view, "not_identified-month-by-reason_not", "People who are not carers"),),
        (Tile("How many in a year?", *in_short(in_a_year)),),
    )


def _growing(view: View) -> Section:
    by_month = over_time(view, "identified-month", "Carers found", Period.MONTH)
    by_week = over_time(view, "identified-week", "Carers found", Period.WEEK)
    return Section(
        "growing",
        "Is it growing?",
        *compared(by_month.bars, first_month(view.issued)),
        (_along("Carers found each month", "Month", by_month, "identified-month"),),
        (_by_week(by_week),),
    )


def _by_week(course: Course) -> Block:
    return _along("Carers found each week", "Week beginning", course, "identified-week")


def _along(title: str, first: str, course: Course, table: str) -> Block:
    return block(title, first, tuple(course.bars.values()), over_time=True, table=table, beneath=course.beneath)


def _who(view: View) -> Section:
    return Section(
        "who",
        "Who are they?",
        *most(view, "identified-month-by-age"),
        "Age groups of the carers who were found, what they told about their situation, and how many hours they care. "
        "One person can be in several situations. A carer under 18 is a young carer.",
        (breakdown(view, "identified-month-by-age", "Carers found"),),
        (
            breakdown(view, "identified-month-by-situation", "Carers found"),
            breakdown(view, "identified-month-by-hours", "Carers found"),
        ),
        (Tile("How many are young carers?", *_of_all(view, "identified-month-by-age", "young")),),
    )


def _where(view: View) -> Section:
    return Section(
        "where",
        "Where are they?",
        *most(view, "identified-month-by-area"),
        "The council area of the person who is looked after. Area and age together, young carers among them, are "
        "counted by the quarter only, so that nobody can be picked out.",
        (breakdown(view, "identified-month-by-area", "Carers found"),),
        quarterly(view, "identified-quarter-by-area-by-age", "identified-quarter-by-area-by-channel"),
    )


def _how(view: View) -> Section:
    return Section(
        "how",
        "How did they come to us?",
        *most(view, "identified-month-by-channel"),
        "By text message or Telegram, and by which poster, leaflet or link they began. The chart shows those by which "
        f"10 or more came, the largest {LONGEST} at most; the table has them all.",
        (
            breakdown(view, "identified-month-by-channel", "Carers found"),
            breakdown(view, "identified-month-by-source", "Carers found", top=True),
        ),
        quarterly(view, "identified-quarter-by-age-by-channel"),
        (Tile("Which poster or link brought most?", *most(view, "identified-month-by-source")),),
    )


def _asked(view: View) -> Section:
    answered = view.total("answered")
    return Section(
        "asked",
        "What did they ask?",
        *most(view, "answered-month-by-topic"),
        _told(
            answered,
            "The bot answered {} questions.",
            "How many questions the bot answered is not published.",
        )
        + f" The chart shows the topics of 10 or more, the largest {LONGEST} at most; the table has every topic.",
        (breakdown(view, "answered-month-by-topic", "Questions answered", top=True),),
        (
            breakdown(view, "answered-month-by-area", "Questions answered"),
            breakdown(view, "helpful-month-by-helpful", "What people said of answers"),
        ),
    )


def _not_answered(view: View) -> Section:
    answered, offered, unanswered = (view.total(event) for event in QUESTIONS)
    says = (
        _told(
            unanswered,
            "{} questions could not be answered; those people were told whom to ring.",
            "How many questions could not be answered is not published; those people were told whom to ring.",
        ),
        _told(
            offered,
            "For {} questions the bot offered a choice of answers.",
            "For how many questions the bot offered a choice of answers is not published.",
        ),
        "It keeps no message, so it cannot say what they were.",
    )
    return Section(
        "not-answered",
        "What could the bot not answer?",
        _short(unanswered),
        _told(answered, "beside {} answered", "how many were answered is not published", start=False),
        " ".join(says),
        (totals(view, f"Questions, {period_words(view.month)}", "What happened", QUESTIONS),),
    )


def _missed(view: View) -> Section:
    tasks = row(view.table("identified-month-by-stage"), "tasks")
    return Section(
        "missed",
        "How many would the census question alone have missed?",
        *_of_all(view, "identified-month-by-stage", "tasks"),
        _told(
            tasks,
            "{} of the people found said no or were not sure when asked the census question.",
            "How many of the people found said no or were not sure when asked the census question is not published.",
        )
        + " They were recognised only when asked about everyday tasks, like shopping, washing or keeping an eye on "
        "somebody.",
        (breakdown(view, "identified-month-by-stage", "Carers found"),),
    )


def _danger(view: View) -> Section:
    return Section(
        "danger",
        "What danger did people tell of?",
        *most(view, "urgent_shown-month-by-risk"),
        "When somebody tells of danger the bot answers that first, with the number to ring. Replies are counted, not "
        "people, by their kind and month alone.",
        (breakdown(view, "urgent_shown-month-by-risk", "Urgent replies"),),
    )


def _told(row: Row | None, published: str, unpublished: str, *, start: bool = True) -> str:
    """A published count in its sentence, as "about 120" or "fewer than 10" in place of {}; else the other sentence."""
    if row is None:
        return unpublished
    words = published.format(FEWER if row.count is None else f"about {row.count:,}")
    return _start(words) if start else words


def _of_all(view: View, table: str, value: str) -> tuple[str, str]:
    """One row of a table, and of how many carers."""
    found = row(view.table(table), value)
    if found is None:
        return _short(found), unpublished(view, table)
    return _short(found), _told(
        view.total("identified"), "of {} carers", "how many carers in all is not published", start=False
    )


def _short(row: Row | None) -> str:
    return _start(NOT_PUBLISHED) if row is None else _start(Bar("", row.count).printed)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
