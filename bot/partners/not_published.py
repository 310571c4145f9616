"""not-published.csv: what no table can show, since no row of it is about that. Its words stand in labels.toml."""

import csv
import io

from bot.partners.finding import Issued
from bot.partners.tidy import harmless
from bot.partners.waiting import every_absent

NAME = "not-published"
HEAD = ("table", "period", "status")


def not_published_csv(issued: Issued) -> str:
    """A row for each table and period that was held back or cannot be read, with what became of it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(map(harmless, (one.table, one.period, one.status)) for one in every_absent(issued))
    return text.getvalue()
