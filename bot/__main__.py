"""The command line: `carers-bot`, also `python -m bot`."""

import click

from bot.commands.editing import check
from bot.commands.evaluating import ask, evaluate, suggest
from bot.commands.exchanging import export, import_
from bot.commands.mapping import flows
from bot.commands.partnering import partners
from bot.commands.printing import poster
from bot.commands.publishing import audit, publish
from bot.commands.reviewing import review
from bot.commands.running import counts, prepare, serve
from bot.commands.simulating import simulate
from bot.commands.talking import chat, show
from bot.logs import set_up_logs


@click.group()
@click.version_option(package_name="carers-bot")
def main() -> None:
    """Helps unpaid carers in Leicester, Leicestershire and Rutland, on Telegram and by text."""
    set_up_logs()


COMMANDS = (
    *(serve, prepare, counts, publish, audit, partners, simulate),
    *(chat, show, ask),
    *(check, evaluate, suggest, review, export, import_),
    *(poster, flows),
)
for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
