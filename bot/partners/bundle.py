"""Every released table in one zip file, with the data dictionary and a note to read first."""

import io
import zipfile

from bot.partners.dictionary import dictionary_csv
from bot.partners.finding import Issued
from bot.partners.labels import Labels
from bot.partners.not_published import NAME, not_published_csv
from bot.partners.tidy import tables_in, tidy_csv
from bot.partners.waiting import damage_in_words

DICTIONARY = "dictionary.csv"
MARKS = ("SIMULATED-", "INCOMPLETE-")  # before the name of a file, in this order
MADE = (1980, 1, 1, 0, 0, 0)  # the same releases make the same bytes
NOTE = """{simulated}{damage}Statistics for partners: one CSV file a table, one row a count, the count last.

dictionary.csv says what each table, column and value means.
not-published.csv tells which periods a table has no rows of, and what became of them.

- Counts are rounded to the nearest 10, each by itself. 0 to 9 reads: fewer than 10. Do not put a 0 for it.
- Rows need not add up to totals, as each is rounded by itself. Do not work hidden counts out.
- Where a period is missing, its table was held back: some would have told too much, some were drawn by lot.
- A period such as 2026-10+2026-11 is of two months together: tables that were held back, and came out added up.
- In a spreadsheet: open the program first, then File, Open or Import, choose the file, UTF-8, comma.
"""
SIMULATED = "SIMULATED FIGURES. They come from made-up people and are not about anybody.\n\n"


def bundle(issued: Issued, labels: Labels) -> bytes:
    """The zip file's bytes."""
    names = tables_in(issued.releases)
    damage = f"INCOMPLETE. {damage_in_words(issued)}\n\n" if issued.unreadable else ""
    files = {
        "READ-ME-FIRST.txt": NOTE.format(simulated=SIMULATED if issued.simulated else "", damage=damage),
        DICTIONARY: dictionary_csv(names, labels),
        f"{NAME}.csv": not_published_csv(issued),
        **{marked(f"{name}.csv", issued): tidy_csv(issued.releases, name) for name in names},
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(zipfile.ZipInfo(name, MADE), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def marked(name: str, issued: Issued) -> str:
    """A file's name, which says if what is in it was simulated, or lacks a release: a table has no room to say so."""
    marks = zip(MARKS, (issued.simulated, bool(issued.unreadable)), strict=True)
    return "".join(mark for mark, holds in marks if holds) + name


def unmarked(name: str) -> str:
    """The name of the file itself."""
    for mark in MARKS:
        name = name.removeprefix(mark)
    return name
