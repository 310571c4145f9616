"""What the partners' page says: questions and their answers, made from issued releases alone. Pure."""

from bot.partners.blocks import LONGEST, NOT_PUBLISHED, Bar, Block, Section, block
from bot.partners.finding import Issued, first_month, until
from bot.partners.growth import compared
from bot.partners.labels import Labels, period_words
from bot.partners.models import FEWER, Row
from bot.partners.periods import Period
from bot.partners.showing import Course, View, breakdown, most, over_time, quarterly, totals

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


def about(row: Row | None, things: str) -> str:
    """A published count in a sentence: "about 120 questions", "fewer than 10 questions"."""
    if row is None:
        return f"an unpublished number of {things.removeprefix('of ')}"
    return f"{FEWER} {things}" if row.count is None else f"about {row.count:,} {things}"


def _found(view: View) -> Section:
    carers, when = view.total("identified"), period_words(view.month)
    reasons = breakdown(view, "not_identified-month-by-reason_not", "People who are not carers")
    return Section(
        "found",
        "How many carers were found?",
        _short(carers),
        f"in {when}",
        f"In {when} the bot helped {about(carers, 'people')} see that they are carers. "
        f"{_start(about(view.total('conversation_started'), 'conversations'))} were started.",
        (totals(view, f"From first message to carer, {when}", "Step", STEPS), reasons),
    )


def _growing(view: View) -> Section:
    by_month = over_time(view, "identified-month", "Carers found", Period.MONTH)
    by_week = over_time(view, "identified-week", "Carers found", Period.WEEK)
    short, detail, says = compared(by_month.bars, first_month(view.issued))
    return Section(
        "growing",
        "Is it growing?",
        short,
        detail,
        says,
        (
            _along("Carers found each month", "Month", by_month, "identified-month"),
            _by_week(by_week),
        ),
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
        "One person can be in several situations.",
        (
            breakdown(view, "identified-month-by-age", "Carers found"),
            breakdown(view, "identified-month-by-situation", "Carers found"),
            breakdown(view, "identified-month-by-hours", "Carers found"),
        ),
    )


def _where(view: View) -> Section:
    crossed = quarterly(view, "identified-quarter-by-area-by-age", "identified-quarter-by-area-by-channel")
    return Section(
        "where",
        "Where are they?",
        *most(view, "identified-month-by-area"),
        "The council area of the person who is looked after. Area and age together, young carers among them, are "
        "counted by the quarter only, so that nobody can be picked out.",
        (breakdown(view, "identified-month-by-area", "Carers found"), *crossed),
    )


def _how(view: View) -> Section:
    return Section(
        "how",
        "How did they come to us?",
        *most(view, "identified-month-by-channel"),
        "By text message or Telegram, and by which poster, leaflet or link they began. The chart shows the "
        f"{LONGEST} by which most came; the table has them all.",
        (
            breakdown(view, "identified-month-by-channel", "Carers found"),
            breakdown(view, "identified-month-by-source", "Carers found", largest_first=True),
            *quarterly(view, "identified-quarter-by-age-by-channel"),
        ),
    )


def _asked(view: View) -> Section:
    return Section(
        "asked",
        "What did they ask?",
        *most(view, "answered-month-by-topic"),
        f"The bot answered {about(view.total('answered'), 'questions')}. The chart shows the {LONGEST} topics "
        "asked most; the table has every topic.",
        (
            breakdown(view, "answered-month-by-topic", "Questions answered", largest_first=True),
            breakdown(view, "answered-month-by-area", "Questions answered"),
            breakdown(view, "helpful-month-by-helpful", "What people said of answers"),
        ),
    )


def _not_answered(view: View) -> Section:
    answered, offered, unanswered = (view.total(event) for event in QUESTIONS)
    return Section(
        "not-answered",
        "What could the bot not answer?",
        _short(unanswered),
        f"beside {about(answered, 'answered')}",
        f"{_start(about(unanswered, 'questions'))} could not be answered; those people were told whom to ring. For "
        f"{about(offered, 'questions')} the bot offered a choice of answers. It keeps no message, so it "
        "cannot say what they were.",
        (totals(view, f"Questions, {period_words(view.month)}", "What happened", QUESTIONS),),
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


def _short(row: Row | None) -> str:
    return _start(NOT_PUBLISHED) if row is None else _start(Bar("", row.count).printed)


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
