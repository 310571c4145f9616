"""For editors: the call sheet of what to confirm, and writing down what was confirmed."""

import csv
import io
from datetime import datetime
from html import escape

import click

from bot.channels import now
from bot.commands import plainly
from bot.content import load_content
from conversations.turns import local_day
from knowledge.loader import KNOWLEDGE, load_knowledge
from knowledge.models import Confidence
from knowledge.review import ReviewRow, call_sheet, write_review

FIELDS = (
    "service", "organisation", "name", "areas", "confidence", "topics_depending", "gaps", "checked", "review_by",
    "we_say_now", "source_said", "question",
)  # fmt: skip
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Call sheet</title><style>
body {{ font: 11pt/1.4 system-ui, sans-serif; margin: 1.5rem; max-width: 60rem; color: #14222b }}
article {{ border-top: 1px solid #66757e; padding: .6rem 0; break-inside: avoid }}
h2 {{ font-size: 12pt; margin: 0 }} p {{ margin: .2rem 0 }} .low {{ font-weight: bold }}
</style></head><body><h1>Call sheet, {day}</h1>
<p>Worst first. Ring or open each, ask the question, then write it down with
<code>carers-bot review done SERVICE --checked DATE --by INITIALS</code>.</p>
{rows}</body></html>"""


@click.group(invoke_without_command=True)
@click.option("--format", "form", type=click.Choice(["table", "csv", "html"]), default="table", show_default=True)
@click.option("--most", type=click.IntRange(min=1), help="Show only the first so many.")
@click.pass_context
@plainly
def review(context: click.Context, form: str, most: int | None) -> None:
    """The call sheet: what a person must ring or open to confirm, worst first."""
    if context.invoked_subcommand is not None:
        return
    rows = call_sheet(load_knowledge())[:most]
    click.echo({"table": as_table, "csv": as_csv, "html": as_page}[form](rows), nl=form != "csv")


@review.command()
@click.argument("service")
@click.option(
    "--checked", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day on which somebody rang or looked."
)
@click.option("--by", "initials", required=True, help="Initials of whoever did.")
@click.option("--confidence", type=click.Choice([level.value for level in Confidence]), help="How sure it is now.")
@plainly
def done(service: str, checked: datetime, initials: str, confidence: str | None) -> None:
    """Write into SERVICE's file that it was checked. Comments and order stay as they are."""
    if checked.date() > local_day(now()):
        raise click.ClickException(
            f"--checked: {checked:%Y-%m-%d} is in the future. Write the day on which somebody looked."
        )
    if not (1 <= len(initials) <= 4 and initials.isalpha()):
        raise click.ClickException("--by: write one to four letters, for example AB.")
    try:
        level = Confidence(confidence) if confidence else None
        path = write_review(KNOWLEDGE / "services", service, checked.date(), initials, level)
    except LookupError:
        raise click.ClickException(f"no file has a service {service!r}. `carers-bot review` lists them all.") from None
    load_content()
    click.echo(f"Written into {path.name}. Look at the change, then hand it in.")


def as_table(rows: tuple[ReviewRow, ...]) -> str:
    """A block of lines for each call, as a terminal shows it."""
    blocks = []
    for number, row in enumerate(rows, start=1):
        blocks.append(
            f"{number:>3}. {row.name} ({row.organisation}) [{row.service}]\n"
            f"     {row.confidence.value} confidence, {row.used_by} topics depend on it, checked {row.checked}, "
            f"review by {row.review_by}\n"
            f"     now:    {row.says_now}\n"
            f"     source: {row.source_said}\n"
            f"     ask:    {row.question}"
        )
    return "\n".join(blocks)


def as_csv(rows: tuple[ReviewRow, ...]) -> str:
    """One line a service, with a heading line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(_cells(row) for row in rows)
    return out.getvalue()


def as_page(rows: tuple[ReviewRow, ...]) -> str:
    """A page to print and take to the telephone."""
    return PAGE.format(day=f"{local_day(now()):%d %B %Y}", rows="\n".join(_article(row) for row in rows))


def _article(row: ReviewRow) -> str:
    areas, level = escape(", ".join(row.areas)), row.confidence.value
    dates = f"{row.used_by} topics depend on it, checked {row.checked}, review by {row.review_by}"
    lines = (
        f"<h2>{escape(row.name)} <small>({escape(row.organisation)}, {areas})</small></h2>",
        f'<p><span class="{level}">{level} confidence</span>, {dates}</p>',
        f"<p>We say now: {escape(row.says_now)}</p>",
        f"<p>The source said: {escape(row.source_said)}</p>",
        f"<p><strong>{escape(row.question)}</strong></p>",
        f"<p>Answer: ____________________ Date: ________ By: ____ <code>{escape(row.service)}</code></p>",
    )
    return f"<article>{''.join(lines)}</article>"


def _cells(row: ReviewRow) -> tuple[str, ...]:
    level, days = row.confidence.value, (row.checked.isoformat(), row.review_by.isoformat())
    who = (row.service, row.organisation, row.name, " ".join(row.areas), level)
    return (*who, str(row.used_by), "; ".join(row.gap_for), *days, row.says_now, row.source_said, row.question)
