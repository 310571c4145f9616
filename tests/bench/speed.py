"""How quick and how heavy the matcher is: `python -m tests.bench.speed FILE...`, whose lines are the messages.

Each column is measured in a process of its own, on one core, so that none warms up another.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.evaluation.files import read_questions
from bot.evaluation.shares import percentile
from knowledge.cache import cache_folder
from knowledge.loader import load_knowledge
from knowledge.matcher import Matcher
from knowledge.models import Audience, Entry, KnowledgeBase, Topic
from tests.bench.measuring import markdown, milliseconds, put_into

SHORT, LONG = 20, 80
"""A short message has at most so many words; a long one is lines joined and cut to so many."""
TIMES = 10
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TURNED = {"vowels": "aeiou", "consonants": "bcdfghjklmnpqrstvwxyz"}
Found = Mapping[str, float]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--ten", is_flag=True, help="Also measure ten times as many entries; building them takes minutes.")
@click.option("--write", type=click.Path(path_type=Path, exists=True), help="A document to put the table into.")
@click.option("--part", type=click.Choice(["words", "meaning", "once", "ten"]), hidden=True)
def main(files: tuple[Path, ...], ten: bool, write: Path | None, part: str | None) -> None:
    """Print latency, memory and start-up by words alone and with the second opinion."""
    texts = [line.text for line in read_questions(files, load_knowledge().topics)]
    if part:
        work = {"words": _alone, "meaning": _with_meaning, "once": _once, "ten": _tenfold}[part]
        click.echo(json.dumps(work(texts)))
        return
    columns = {"words alone": _measured("words", files), "with the second opinion": _measured("meaning", files)}
    if ten:
        columns |= {"words alone, averaged": _measured("once", files), "ten times the entries": _measured("ten", files)}
    names = list(next(iter(columns.values())))
    rows = [[name, *(f"{found[name]:.1f}" if name in found else "-" for found in columns.values())] for name in names]
    table = markdown(["", *columns], rows)
    click.echo(table)
    if write:
        put_into(write, "speed", table)


def _measured(part: str, files: Sequence[Path]) -> Found:
    """What a process of its own measures. Run twice, for the first may have to build."""
    command = [sys.executable, "-m", "tests.bench.speed", "--part", part, *map(str, files)]
    for _ in range(1 if part in {"once", "ten"} else 2):
        done = subprocess.run(command, env=os.environ | ONE_CORE, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _alone(texts: Sequence[str]) -> Found:
    return _figures(lambda: _kept(second_opinion=False), texts)


def _with_meaning(texts: Sequence[str]) -> Found:
    return _figures(lambda: _kept(second_opinion=True), texts)


def _once(texts: Sequence[str]) -> Found:
    return _figures(lambda: _averaged(1), texts)


def _tenfold(texts: Sequence[str]) -> Found:
    return _figures(lambda: _averaged(TIMES), texts)


def _kept(*, second_opinion: bool) -> Matcher:
    return Matcher.build(load_knowledge(), keep_in=cache_folder() / "bench", second_opinion=second_opinion)


def _averaged(times: int) -> Matcher:
    """A new build by words alone, with the head for very much content, so that once and ten times compare."""
    from knowledge.matching import building

    building.MOST_TRAINED = 0
    with TemporaryDirectory() as folder:
        return Matcher.build(multiplied(load_knowledge(), times), keep_in=Path(folder), second_opinion=False)


def _figures(made: Callable[[], Matcher], texts: Sequence[str]) -> Found:
    before = _resident()
    start = time.perf_counter()
    matcher = made()
    ready = time.perf_counter() - start
    loaded = _resident()
    short = [text for text in texts if len(text.split()) <= SHORT]
    short_times = milliseconds(matcher.search, short)
    long_times = milliseconds(matcher.search, long_messages(texts))
    return {
        f"up to {SHORT} words, median ms": percentile(short_times, 0.5) or 0.0,
        f"up to {SHORT} words, p99 ms": percentile(short_times, 0.99) or 0.0,
        f"{LONG} words, median ms": percentile(long_times, 0.5) or 0.0,
        f"{LONG} words, p99 ms": percentile(long_times, 0.99) or 0.0,
        "made ready, seconds": ready,
        "memory of the process before, MB": before,
        "memory of the process ready, MB": loaded,
        "memory of the process after all messages, MB": _resident(),
    }


def long_messages(texts: Sequence[str]) -> list[str]:
    """As many long messages as there are lines that are not short, each from where the last one ended."""
    words = cycle(word for text in texts for word in text.split())
    count = sum(len(text.split()) > SHORT for text in texts)
    return [" ".join(islice(words, LONG)) for _ in range(count)]


def multiplied(knowledge: KnowledgeBase, times: int) -> KnowledgeBase:
    """The knowledge, and copies of it under other topics and in words of their own."""
    topics: dict[str, Topic] = dict(knowledge.topics)
    entries: dict[tuple[str, Audience], Entry] = dict(knowledge.entries)
    for turn in range(1, times):
        table = _turned(turn)
        for topic in knowledge.topics.values():
            copied = {"id": f"{topic.id}-{turn}", "title": topic.title.translate(table)}
            topics[copied["id"]] = topic.model_copy(update=copied | {"covers": topic.covers.translate(table)})
        for (name, audience), entry in knowledge.entries.items():
            asks = tuple(ask.lower().translate(table) for ask in entry.asks)
            text = {"title": entry.title.translate(table), "body": entry.body.lower().translate(table), "asks": asks}
            entries[f"{name}-{turn}", audience] = entry.model_copy(update=text | {"topic": f"{name}-{turn}"})
    return replace(knowledge, topics=topics, entries=entries)


def _turned(turn: int) -> dict[int, str]:
    """Letters put in each other's place: vowels among vowels and consonants among consonants, so words stay words."""
    table: dict[str, str] = {}
    for letters in TURNED.values():
        by = turn % len(letters)
        table |= dict(zip(letters, letters[by:] + letters[:by], strict=True))
    return str.maketrans(table)


def _resident() -> float:
    """Megabytes that the process holds now, or on systems without /proc the most that it ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    main()
