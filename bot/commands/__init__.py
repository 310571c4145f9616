"""The commands of `carers-bot`, by who uses them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from bot.partners.archive import DamagedReleaseError
from bot.partners.disclosure.counting import TooMuchError
from bot.partners.file_forms import FileError
from bot.settings import SettingsError
from bot.storage import StoreError
from bot.storage.sqlite import SqliteStore
from conversations.models import Channel
from knowledge.errors import ContentError

Args = ParamSpec("Args")
Result = TypeVar("Result")
CHANNEL = click.Choice([channel.value for channel in Channel])


def plainly(command: Callable[Args, Result]) -> Callable[Args, Result]:
    """Faults of settings, content and store as words for whoever must mend them, with no traceback."""

    @wraps(command)
    def run(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            raise click.ClickException(f"these settings need mending (see .env.example):\n{error}") from None
        except ContentError as error:
            raise click.ClickException(f"these content files need mending:\n{error}") from None
        except (StoreError, DamagedReleaseError, FileError, TooMuchError) as error:
            raise click.ClickException(str(error)) from None

    return run


@asynccontextmanager
async def open_store(path: Path) -> AsyncIterator[SqliteStore]:
    """The store in this file, closed at the end. Raises StoreError when it cannot be opened."""
    store = SqliteStore(path)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def writing(what: object) -> Iterator[None]:
    """Files are written within it; that one cannot be is told in words. `what` names it, with its option."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{what} cannot be written: {error.strerror}.") from None
