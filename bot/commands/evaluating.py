"""For editors: measure what people get, see why, and find what would help."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.channels import now, terminal
from bot.commands import CHANNEL, plainly, writing
from bot.content import load_content
from bot.evaluation import dialogues, files, folds, questions, safety, suggesting
from bot.evaluation.comparing import compared, read_baseline
from bot.evaluation.dialogue_report import dialogue_report
from bot.evaluation.explaining import explain_match, explain_turn
from bot.evaluation.page import as_page
from bot.evaluation.personas import converse
from bot.evaluation.question_report import question_report
from bot.evaluation.report import Report, as_json
from bot.evaluation.safety_report import safety_report
from bot.evaluation.shares import counted
from bot.evaluation.suggestion_report import suggestion_report
from bot.evaluation.table import as_text
from bot.evaluation.transcripts import as_transcript
from bot.settings import load_settings
from conversations.engine import step
from conversations.models import Channel, InboundMessage, Session
from conversations.slots import AgeBand, Answers, Place
from conversations.turns import Content, Search
from knowledge.errors import ContentError
from knowledge.matcher import Matcher
from knowledge.models import Area, KnowledgeBase

FORMATS = {"table": as_text, "json": as_json, "html": as_page}
FORMAT = click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True)
OUTPUT = click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, not print.")
MOST = click.option("--most", type=click.IntRange(min=1), default=30, show_default=True, help="Rows of long tables.")
FILES = click.Path(path_type=Path)
Read = TypeVar("Read")


@click.command()
@click.argument("files_", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--safety", "is_safety", is_flag=True, help="The files label danger: was it heard?")
@click.option("--dialogues", "is_dialogues", is_flag=True, help="The files hold personas: does the check see them?")
@FORMAT
@OUTPUT
@MOST
@click.option("--folds", "fold_count", type=click.IntRange(min=2), help="Cross-validate: the lines serve as asks, too.")
@click.option("--compare", "baseline", type=FILES, help="An earlier report as JSON: what has changed since?")
@click.option("--transcripts", type=click.Path(file_okay=False, path_type=Path), help="Folder for the conversations.")
@click.option("--draws", type=click.IntRange(min=1), default=1, show_default=True, help="Conversations a persona.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws other folds and variants.")
@plainly
def evaluate(
    files_: tuple[Path, ...],
    is_safety: bool,
    is_dialogues: bool,
    form: str,
    output: Path | None,
    most: int,
    fold_count: int | None,
    baseline: Path | None,
    transcripts: Path | None,
    draws: int,
    seed: int,
) -> None:
    """Play labelled files of JSON lines through the bot, and say what came out right.

    Without --safety or --dialogues the files hold questions with their topics.
    """
    if is_safety and is_dialogues:
        raise click.UsageError("Use --safety or --dialogues, not both: their files are of different forms.")
    if (is_safety or is_dialogues) and (fold_count or baseline):
        raise click.UsageError("--folds and --compare are for questions, without --safety or --dialogues.")
    if not is_dialogues and (transcripts or draws > 1):
        raise click.UsageError("--transcripts and --draws go with --dialogues.")
    content = load_content(load_settings().service_name)
    if is_safety:
        report = _safety(content, files_)
    elif is_dialogues:
        report = _dialogues(content, files_, draws, seed, most, transcripts)
    else:
        report = _questions(content, files_, fold_count, seed, most, baseline)
    _hand_over(FORMATS[form](report), output)


@click.command()
@click.argument("text")
@click.option("--area", type=click.Choice([area.value for area in Area]), help="Where the person looked after lives.")
@click.option("--age", type=click.Choice([AgeBand.YOUNG.value, AgeBand.ADULT.value]), help="Young: under 18.")
@click.option("--channel", type=CHANNEL, default=Channel.SMS.value, show_default=True)
@click.option("--explain", is_flag=True, help="Say why, too.")
@plainly
def ask(text: str, area: str | None, age: str | None, channel: str, explain: bool) -> None:
    """Print what the bot would say to TEXT from somebody who has not written before; with --explain also why."""
    content = load_content(load_settings().service_name)
    session = Session(answers=Answers(place=Place(area) if area else None, age=AgeBand(age) if age else None))
    message = InboundMessage(text, Channel(channel), now())
    done = step(content, session, message)
    click.echo(terminal.as_text(done.replies, message.channel))
    if not explain:
        return
    click.echo("\n".join(explain_turn(content, session, message, done)))
    if isinstance(content.matcher, Matcher):
        place, who = questions.seen_by_matcher(content, message, done)
        click.echo("\n".join(explain_match(content.matcher.explain(text, place, who))))


@click.command()
@click.argument("files_", metavar="[FILE]...", nargs=-1, type=FILES)
@FORMAT
@OUTPUT
@MOST
@plainly
def suggest(files_: tuple[Path, ...], form: str, output: Path | None, most: int) -> None:
    """Find asks that read like another topic's, thin topics, and, from labelled FILEs, words that nothing knows."""
    content = load_content(load_settings().service_name)
    lines = _read(lambda: files.read_questions(files_, content.knowledge.topics)) if files_ else None
    words = None
    if lines is not None and isinstance(content.matcher, Matcher):
        words = suggesting.unknown_words(content, lines, content.matcher.explain, now())
    confusable = _with_builds(suggesting.FOLDS, lambda build: suggesting.confusable(content.knowledge, build))
    thin = suggesting.thin(content.knowledge)
    report = suggestion_report(suggesting.twins(content.knowledge), confusable, thin, words, most)
    _hand_over(FORMATS[form](report), output)


def _questions(
    content: Content, paths: tuple[Path, ...], fold_count: int | None, seed: int, most: int, baseline: Path | None
) -> Report:
    lines = _read(lambda: files.read_questions(paths, content.knowledge.topics))
    before = _read(lambda: read_baseline(baseline)) if baseline else None
    at = now()
    about = [f"{counted(len(lines), 'line')} of {_names(paths)}."]
    if fold_count:
        played = _with_builds(fold_count, lambda build: folds.play_folds(content, lines, fold_count, seed, build, at))
        about.append(f"Cross-validated in {fold_count} folds (seed {seed}): the lines of the others served as asks.")
    else:
        played = questions.play_all(content, lines, at)
        known = folds.asks_among(content.knowledge, [line.text for line in lines])
        about += [f"{known} of them stand among the asks, word for word: they are no test."] if known else []
    report = question_report(played, tuple(about), most)
    return compared(report, played, before) if before else report


def _safety(content: Content, paths: tuple[Path, ...]) -> Report:
    lines = _read(lambda: files.read_safety(paths, content.knowledge.topics))
    heard = safety.listen_to_all(content, lines, now(), time.perf_counter)
    return safety_report(heard, (f"{counted(len(lines), 'line')} of {_names(paths)}.",))


def _dialogues(
    content: Content, paths: tuple[Path, ...], draws: int, seed: int, most: int, transcripts: Path | None
) -> Report:
    personas = _read(lambda: files.read_personas(paths))
    at = now()
    judged = [
        dialogues.judge(content, converse(content, persona, draw, seed, at))
        for draw in range(draws)
        for persona in personas
    ]
    if transcripts:
        _write_transcripts(transcripts, judged)
    each = counted(draws, "conversation")
    about = f"{counted(len(personas), 'persona')} of {_names(paths)}, {each} each (seed {seed})."
    return dialogue_report(judged, (about,), most)


def _write_transcripts(folder: Path, judged: list[dialogues.Judged]) -> None:
    for one in judged:
        draw = f"-draw-{one.conversation.draw}" if one.conversation.draw else ""
        path = folder / f"{one.conversation.persona.id}{draw}.txt"
        _write(path, as_transcript(one), "--transcripts")


def _with_builds(count: int, use: Callable[[folds.Build], Read]) -> Read:
    """Let `use` build matchers, kept apart from the one in service, saying on stderr how far it has come."""
    with tempfile.TemporaryDirectory() as folder:
        built = 0

        def build(knowledge: KnowledgeBase) -> Search:
            nonlocal built
            built += 1
            click.echo(f"building matcher {built} of {count}", err=True)
            return Matcher.build(knowledge, keep_in=Path(folder))

        return use(build)


def _read(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except ContentError as error:
        raise click.ClickException(f"these files need mending; nothing was evaluated:\n{error}") from None


def _names(paths: tuple[Path, ...]) -> str:
    return ", ".join(path.name for path in paths)


def _hand_over(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
        return
    _write(output, f"{text}\n", "--output")
    click.echo(f"Written to {output}.")


def _write(path: Path, text: str, option: str) -> None:
    with writing(f"{option}: {path}"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
