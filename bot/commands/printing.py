"""For partners: posters to print."""

from pathlib import Path

import click

from bot.commands import plainly, writing
from bot.posters.layout import ADULT, YOUNG, Names, PosterError, lay_out
from bot.posters.pdf import as_pdf
from bot.posters.svg import as_svg
from bot.posters.wording import load_wordings
from bot.settings import load_settings
from conversations.flow_files import load_flows
from conversations.sources import FRIEND, Sources
from knowledge.loader import load_knowledge

SIZES = {"a4": (210.0, 297.0), "a5": (148.0, 210.0)}  # millimetres
NO_WAY_IN = "nobody could answer this poster: give --number or --bot, or set SMS_NUMBER or TELEGRAM_BOT (.env.example)."


@click.command()
@click.argument("code")
@click.option("--young", is_flag=True, help="The poster for people under 18.")
@click.option("--number", help="The number that people text, as it should be printed. Default: SMS_NUMBER.")
@click.option("--bot", help="The bot's name on Telegram. Default: TELEGRAM_BOT.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Default: here.")
@plainly
def poster(code: str, young: bool, number: str | None, bot: str | None, folder: Path) -> None:
    """Write the poster of CODE (a keyword, like OADBY), to print: A4 and A5, as PDF and SVG."""
    given = {"sms_number": number, "telegram_bot": bot}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    sources = load_flows(load_knowledge()).sources
    source = sources.named(code)
    if source is None:
        raise click.ClickException(f"there is no code {code!r}. {known(sources)}")
    if not (settings.sms_number or settings.telegram_bot):
        raise click.ClickException(NO_WAY_IN)
    wording = load_wordings()
    words, palette = (wording.young, YOUNG) if young else (wording.adult, ADULT)
    try:
        names = Names(sources.whole_keyword(source), source, settings.service_name)
        page = lay_out(words, palette, settings.ways_in, names)
    except PosterError as error:
        raise click.ClickException(str(error)) from None
    stem = f"poster-{sources.sources[source].keyword.lower()}{'-young' if young else ''}"
    for size, (width, height) in SIZES.items():
        write(folder / f"{stem}-{size}.pdf", as_pdf(page, width, height))
        write(folder / f"{stem}-{size}.svg", as_svg(page, width, height).encode())


def known(sources: Sources) -> str:
    """The codes that there are, one a line."""
    rows = (f"  {each.keyword:<12} {each.label}" for name, each in sources.sources.items() if name != FRIEND)
    return "\n".join(("These are in conversations/flows/sources.toml:", *rows))


def write(path: Path, data: bytes) -> None:
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    click.echo(f"Written: {path}")
