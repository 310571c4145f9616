"""Attack simulated release histories, in pieces: python -m tests.bench.disclosure --from 0 --count 10000

Each history has a number that makes it. The attack is that of tests/attackers.py, written apart from the gate. Told at
the end: how many were attacked, the worst case, and every leak of the rule (there must be none). `--ungated` publishes
everything, to see what the gate is for; `--log FILE` adds a line for each history, and goes on where the file ends.
"""

import argparse
import json
import time
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from bot.partners.disclosure.attacking import Gate, Verdict
from tests.attackers import attack
from tests.histories import history


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--from", dest="first", type=int, default=0)
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--log", type=Path)
    options.add_argument("--ungated", action="store_true")
    given = options.parse_args()
    lines = (
        [json.loads(line) for line in given.log.read_text().splitlines()] if given.log and given.log.exists() else []
    )
    done = {line["number"] for line in lines}
    for number in range(given.first, given.first + given.count):
        if number not in done:
            lines.append(one(number, ungated=given.ungated))
            if given.log:
                with given.log.open("a") as log:
                    log.write(json.dumps(asdict(lines[-1])) + "\n")
    tell(lines)


@dataclass(frozen=True)
class Line:
    """What is kept of one history: no true count."""

    number: int
    kind: str
    tables: int
    held: int
    fewest: int
    leaks: list[str]
    seconds: float


def one(number: int, *, ungated: bool) -> Line:
    """Publish and attack one history."""
    start = time.process_time()
    with patch.object(Gate, "attack", lambda *_, **__: Verdict()) if ungated else nullcontext():
        made = history(number)
    fewest, leaks = attack(made)
    tables = sum(len(release.tables) for release in made.releases)
    held = sum(len(release.held_back) for release in made.releases)
    told = [f"{leak.attacker}: {leak.cell.table} {leak.cell.period} {leak.low} to {leak.high}" for leak in leaks]
    return Line(number, made.kind, tables, held, fewest, told, round(time.process_time() - start, 2))


def tell(lines: list[Line]) -> None:
    worst = min(lines, key=lambda line: (line.fewest, line.number))
    leaking = [line for line in lines if line.leaks]
    tables, held = sum(line.tables for line in lines), sum(line.held for line in lines)
    seconds = sum(line.seconds for line in lines)
    print(f"{len(lines)} histories, {tables} tables issued, {held} held back, {seconds:.0f} seconds")  # noqa: T201
    print(f"worst: history {worst.number} ({worst.kind}), {worst.fewest} possible values left")  # noqa: T201
    print(f"{len(leaking)} break the rule")  # noqa: T201
    for line in leaking:
        print(f"  {line.number} ({line.kind}): {line.leaks[0]}")  # noqa: T201


if __name__ == "__main__":
    main()
