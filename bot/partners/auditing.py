"""`carers-bot audit`: the gate over release files alone, with no database and no true count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.partners.disclosure.attacking import READERS, Finding, Gate, Verdict
from bot.partners.disclosure.telling import Shape, Told
from bot.partners.exporting import read_files
from bot.partners.tables import LINKS
from bot.partners.tidy import JOIN

COLUMNS = ("table", "period", "cell", "deduced", "by")


@dataclass(frozen=True)
class Report:
    """What was attacked and found."""

    tables: int
    verdict: Verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.verdict.findings

    def text(self) -> str:
        told = f"{self.tables} tables, {self.verdict.cells} cells below 10 attacked as {', '.join(READERS)}."
        if not self.findings:
            left = (
                ""
                if self.verdict.narrowest is None
                else f" Each keeps at least {self.verdict.narrowest} possible values."
            )
            return f"{told}\nNo cell can be deduced.{left}"
        rows = [COLUMNS, *(_row(finding) for finding in self.findings)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join((told, f"{len(self.findings)} can be deduced too well:", *lines))


def audit_files(paths: Iterable[Path], *, from_start: bool = False) -> Report:
    """Attack what stands in these files. Raises FileError, and TooMuchError, in words."""
    return audit(*read_files(paths), from_start=from_start)


def audit(shapes: Sequence[Shape], told: Sequence[Told], *, from_start: bool = False) -> Report:
    """Attack these tables as if nothing else had ever been told. `from_start`: nobody was counted before them."""
    closed = {period for table in told for period in table.periods}
    gate, verdict = Gate(LINKS, from_start), Verdict()
    for measure, some in groupby(sorted(shapes, key=lambda s: s.measure), key=lambda s: s.measure):
        verdict += gate.attack(list(some), [t for t in told if t.shape.measure == measure], closed, thorough=True)
    return Report(len(told), verdict)


def _row(finding: Finding) -> tuple[str, ...]:
    cell = finding.cell
    deduced = "no room" if finding.low > finding.high else f"{finding.low} to {finding.high}"
    return cell.table, JOIN.join(cell.periods), ", ".join(cell.values) or "total", deduced, finding.reader
