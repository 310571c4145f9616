"""For whoever runs the service: which partner organisations may sign in."""

import asyncio

import click

from bot.channels import now
from bot.commands import plainly
from bot.partners.sign_in import LINK_LASTS, invite, partner_id
from bot.settings import Settings, load_settings
from bot.storage.accounts import SqliteAccounts


@click.group()
def partners() -> None:
    """Partner organisations: who may sign in to see the statistics."""


@partners.command()
@click.argument("name")
@plainly
def add(name: str) -> None:
    """Add the partner NAME, or give it a new link to choose a new password."""
    settings = load_settings()
    accounts = SqliteAccounts(settings.database_path)
    there = asyncio.run(accounts.partners())
    try:
        link = asyncio.run(invite(accounts, name, now()))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for known, ready in there:
        if partner_id(known) == partner_id(name):
            holds = " Until it does, the password that it has holds." if ready else ""
            click.echo(f"{known} was added before. With this new link it chooses a new password.{holds}")
    click.echo(f"Give this link to {' '.join(name.split())}, and to nobody else:\n")
    click.echo(f"  {_address(settings)}/partners/set-up/{link}\n")
    click.echo(f"It works once, for {LINK_LASTS.days} days. It is not kept here: whoever loses it needs a new one.")


@partners.command(name="list")
@plainly
def list_() -> None:
    """Every partner, and whether it has chosen a password."""
    found = asyncio.run(SqliteAccounts(load_settings().database_path).partners())
    lines = (f"{name}\t{'can sign in' if ready else 'has not chosen a password yet'}" for name, ready in found)
    click.echo("\n".join(lines) or "No partner has been added yet: carers-bot partners add NAME")


@partners.command()
@click.argument("name")
@plainly
def revoke(name: str) -> None:
    """Take away the partner NAME: its password, its link, and whoever is signed in with them, at once."""
    if not asyncio.run(SqliteAccounts(load_settings().database_path).revoke(partner_id(name))):
        raise click.ClickException(f"no partner is called {name}; carers-bot partners list shows all")
    click.echo(f"{name} can no longer sign in, and is signed out.")


def _address(settings: Settings) -> str:
    return settings.public_url or f"http://127.0.0.1:{settings.port}"
