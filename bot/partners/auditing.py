"""`carers-bot audit`: the gate over release files alone, with no database and no true count."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from bot.partners.disclosure.attacking import READERS, Finding, Gate, Verdict
from bot.partners.disclosure.contradicting import contradicting
from bot.partners.disclosure.telling import CellName, Shape, Told
from bot.partners.exporting import read_files
from bot.partners.tables import LINKS
from bot.partners.tidy import JOIN

COLUMNS = ("table", "period", "cell", "deduced", "by")


@dataclass(frozen=True)
class Report:
    """What was attacked and found."""

    tables: int
    verdict: Verdict
    contradicting: tuple[tuple[Told, ...], ...] = ()  # of each measure that contradicts itself, the fewest that do

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What readers can deduce too well: each cell once for each reader, as narrow as it was found."""
        found: dict[tuple[str, CellName], Finding] = {}
        for finding in self.verdict.findings:
            key = (finding.reader, finding.cell)
            found[key] = min(found.get(key, finding), finding, key=lambda f: f.high - f.low)
        return tuple(finding for finding in found.values() if not finding.contradicts)

    @property
    def fit_to_print(self) -> bool:
        return not self.verdict.findings

    def text(self) -> str:
        told = f"{self.tables} tables, {self.verdict.cells} cells below 10 attacked as {', '.join(READERS)}."
        contradictions = [_contradiction(tables) for tables in self.contradicting]
        return "\n".join((told, *contradictions, *self._deduced()))

    def _deduced(self) -> Iterator[str]:
        if self.fit_to_print:
            left = (
                ""
                if self.verdict.narrowest is None
                else f" Each keeps at least {self.verdict.narrowest} possible values."
            )
            yield f"No cell can be deduced.{left}"
        if not self.findings:
            return
        rows = [COLUMNS, *(_row(finding) for finding in self.findings)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        yield f"{len(self.findings)} can be deduced too well:"
        yield from ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def audit_files(paths: Iterable[Path], *, from_start: bool = False) -> Report:
    """Attack what stands in these files. Raises FileError, and TooMuchError, in words."""
    return audit(*read_files(paths), from_start=from_start)


def audit(shapes: Sequence[Shape], told: Sequence[Told], *, from_start: bool = False) -> Report:
    """Attack these tables as if nothing else had ever been told. `from_start`: nobody was counted before them."""
    closed = {period for table in told for period in table.periods}
    gate, verdict = Gate(LINKS, from_start), Verdict()
    contradictions = list[tuple[Told, ...]]()
    for measure, some in groupby(sorted(shapes, key=lambda s: s.measure), key=lambda s: s.measure):
        own, tables = list(some), [t for t in told if t.shape.measure == measure]
        found = gate.attack(own, tables, closed, thorough=True)
        if any(finding.contradicts for finding in found.findings):
            contradictions.append(tuple(contradicting(tables, partial(gate.agrees, own, closed=closed))))
        verdict += found
    return Report(len(told), verdict, tuple(contradictions))


def _contradiction(tables: Iterable[Told]) -> str:
    named = "\n".join(f"  {table.shape.name}, {JOIN.join(table.periods)}" for table in tables)
    return (
        f"What is printed contradicts itself: no numbers of people agree with all of these.\n{named}\n"
        "Look there for a count that was typed wrongly, or for tables that do not count the same people."
    )


def _row(finding: Finding) -> tuple[str, ...]:
    cell = finding.cell
    deduced = "no room" if finding.low > finding.high else f"{finding.low} to {finding.high}"
    return cell.table, JOIN.join(cell.periods), ", ".join(cell.values) or "total", deduced, finding.reader
