"""The matcher beside its peers, on the same asks and the same labelled files, in one run.

    python -m tests.bench.peers FILE... [--clinc data_full.json] [--banking FOLDER] [--write docs/matching.md]

`make bench` runs it with what tests/bench/requirements.txt asks for.
"""

from collections.abc import Sequence
from pathlib import Path

import click
from threadpoolctl import threadpool_limits

from bot.evaluation.files import read_questions
from bot.evaluation.folds import asks_among
from knowledge.cache import cache_folder
from knowledge.loader import load_knowledge
from knowledge.matching.semantic import load_model
from knowledge.models import KnowledgeBase
from tests.bench.lexical_peers import lexical_peers
from tests.bench.measuring import Labelled, as_table, measure, put_into
from tests.bench.our_peers import our_peers, sentence_peers
from tests.bench.public_data import read_banking, read_clinc


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--clinc", type=click.Path(path_type=Path, exists=True), help="CLINC150's data_full.json.")
@click.option("--banking", type=click.Path(path_type=Path, exists=True), help="A folder with BANKING77's CSV files.")
@click.option("--write", type=click.Path(path_type=Path, exists=True), help="A document to put the tables into.")
def main(files: tuple[Path, ...], clinc: Path | None, banking: Path | None, write: Path | None) -> None:
    """Print a table for the labelled FILES, and one for each public data set."""
    tables = []
    with threadpool_limits(limits=1):
        if files:
            tables.append(_on_files(files))
        public = ([read_clinc(clinc)] if clinc else []) + ([read_banking(banking)] if banking else [])
        tables.extend(_table(data.name, data.knowledge, data.lines) for data in public)
    found = "\n\n".join(tables)
    click.echo(found)
    if write:
        put_into(write, "peers", found)


def _on_files(files: Sequence[Path]) -> str:
    knowledge = load_knowledge()
    read = [line for line in read_questions(files, knowledge.topics) if not line.smalltalk]
    lines = [Labelled(line.text, line.topics, line.style) for line in read]
    same = asks_among(knowledge, [line.text for line in lines])
    return _table("The labelled files", knowledge, lines) + f"\n\nLines that are also asks, word for word: {same}."


def _table(name: str, knowledge: KnowledgeBase, lines: Sequence[Labelled]) -> str:
    asks = [(entry.topic, ask) for entry in knowledge.entries.values() for ask in entry.asks]
    model = load_model()
    keep_in = cache_folder() / "bench"  # of its own, so that the bot's builds are not cleared away
    peers = [*lexical_peers(asks), *(sentence_peers(model, asks) if model else ())]
    rows = [measure(peer, lines) for peer in (*peers, *our_peers(knowledge, keep_in, model))]
    ours = next(row for row in rows if row.name == "**ours, words alone**")
    covered = sum(bool(line.topics) for line in lines)
    about = f"{name}: {covered} covered and {len(lines) - covered} not covered, {len(asks)} asks, one core."
    return f"{about} × is the median time to that of our words alone.\n\n{as_table(rows, ours.median)}"


if __name__ == "__main__":
    main()
