"""For partners: the map of the conversation."""

from pathlib import Path

import click

from bot.channels import now
from bot.commands import plainly
from bot.content import load_content
from bot.maps.graph import draw_map
from bot.maps.mermaid import as_mermaid
from bot.maps.page import as_page
from bot.maps.svg import as_svg
from bot.settings import load_settings
from conversations.turns import local_day

FORMATS = {"mermaid": as_mermaid, "svg": as_svg, "html": as_page}


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="html", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, not print.")
@plainly
def flows(form: str, output: Path | None) -> None:
    """Draw everything that the bot asks and says by itself: each wording, its reading age and cost, each way on."""
    settings = load_settings()
    content = load_content(settings.service_name, settings.ways_in)
    text = FORMATS[form](draw_map(content, local_day(now())))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"--output: {output} cannot be written: {error.strerror}.") from None
    click.echo(f"Written: {output}")
