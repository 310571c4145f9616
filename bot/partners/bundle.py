"""Every released table in one zip file, with the data dictionary and a note to read first."""

import io
import zipfile
from collections.abc import Iterable

from bot.partners.dictionary import dictionary_csv
from bot.partners.labels import Labels
from bot.partners.models import Release
from bot.partners.tidy import tables_in, tidy_csv

DICTIONARY = "dictionary.csv"
MARK = "SIMULATED-"  # before the name of a file
MADE = (1980, 1, 1, 0, 0, 0)  # the same releases make the same bytes
NOTE = """{simulated}Statistics for partners: one CSV file a table, one row a count, the count last.

dictionary.csv says what each table, column and value means.

- Counts are rounded to the nearest 10, each by itself. 0 to 9 reads: fewer than 10. Do not put a 0 for it.
- Rows need not add up to totals, as each is rounded by itself. Do not work hidden counts out.
- A period such as 2026-10+2026-11 is of two months together: a table that waited because it would have told too much.
- In a spreadsheet: open the program first, then File, Open or Import, choose the file, UTF-8, comma.
"""
SIMULATED = "SIMULATED FIGURES. They come from made-up people and are not about anybody."


def bundle(releases: Iterable[Release], labels: Labels) -> bytes:
    """The zip file's bytes."""
    kept = tuple(releases)
    names = tables_in(kept)
    simulated = any(release.simulated for release in kept)
    files = {
        "READ-ME-FIRST.txt": NOTE.format(simulated=f"{SIMULATED}\n\n" if simulated else ""),
        DICTIONARY: dictionary_csv(names, labels),
        **{marked(f"{name}.csv", simulated=simulated): tidy_csv(kept, name) for name in names},
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(zipfile.ZipInfo(name, MADE), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def marked(name: str, *, simulated: bool) -> str:
    """A file's name, which says if what is in it was simulated: a table itself has no room to say so."""
    return f"{MARK}{name}" if simulated else name
