"""For whoever runs the service: serve, prepare, counts."""

import asyncio

import click
import uvicorn

from bot.app import create_app
from bot.commands import open_store, plainly
from bot.content import load_content
from bot.settings import load_settings
from bot.storage.sqlite import SqliteStore


@click.command()
@click.option("--host", help="Address to listen on. Without PUBLIC_URL only this machine can connect.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. Default: PORT.")
@plainly
def serve(host: str | None, port: int | None) -> None:
    """Run the service: the webhooks, or without tokens the local page."""
    settings = load_settings()
    app = create_app(settings, load_content(settings.service_name, settings.ways_in))
    host = host or ("127.0.0.1" if settings.local else "0.0.0.0")  # noqa: S104 - the providers must reach it
    port = port or settings.port
    if settings.local:
        click.echo(f"Try it on http://{host}:{port}  (Ctrl+C stops it)")
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)


@click.command()
@plainly
def prepare() -> None:
    """Check settings and content, and make the store ready: the release step."""
    settings = load_settings()
    content = load_content(settings.service_name, settings.ways_in)
    asyncio.run(SqliteStore(settings.database_path).close())
    click.echo(f"Ready: {len(content.knowledge.entries)} entries, {len(content.knowledge.services)} services.")


@click.command()
@plainly
def counts() -> None:
    """The true count of every cell, for the operator's eyes alone. Never publish these."""
    cells = asyncio.run(_counts())
    click.echo("\n".join(cells) or "Nothing has been counted yet.")


async def _counts() -> list[str]:
    async with open_store(load_settings().database_path) as store:
        found = await store.counts()
    return ["\t".join((cell.table, cell.period, *cell.values, str(count))) for cell, count in found.items()]
