"""The data dictionary: every table, column and value that a download may hold, in words."""

import csv
import io
from collections.abc import Iterable, Iterator

from bot.partners.labels import Labels
from bot.partners.not_published import NAME
from bot.partners.tidy import dimensions_of, harmless

HEAD = ("about", "name", "value", "meaning")


def dictionary(tables: Iterable[str], labels: Labels) -> Iterator[tuple[str, str, str, str]]:
    """Rows of HEAD: tables first, then columns, then the values of each dimension."""
    names = tuple(tables)
    dimensions = tuple(dict.fromkeys(dimension for name in names for dimension in dimensions_of(name)))
    for name in names:
        yield "table", name, "", labels.table(name)
    yield "table", NAME, "", "Which of these tables have no rows for a period, and what became of them"
    for column in ("period", *dimensions, "count", "table", "status"):
        yield "column", column, "", labels.definition(column)
    for dimension in (*dimensions, "status"):
        for value, words in labels.words.get(dimension, {}).items():
            yield "value", dimension, value, words


def dictionary_csv(tables: Iterable[str], labels: Labels) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(map(harmless, row) for row in dictionary(tables, labels))
    return text.getvalue()
