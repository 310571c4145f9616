"""Others' data, fetched from a file or a web address, or a ClickException that says why it cannot be had."""

import json
import re
from http.client import HTTPException
from pathlib import Path
from typing import NoReturn
from urllib import request
from urllib.error import HTTPError, URLError

import click

from bot.others_words import one_line

TIMEOUT = 30  # seconds without an answer
LARGEST = 32_000_000  # bytes of a feed: a whole county's directory is less than half
LONGEST_LINE = 300  # characters of a feed's own words that are shown at once
NOTHING_CHANGED = "Nothing was changed."


def read_feed(source: str) -> object:
    """The JSON at a web address or in a file. Raises ClickException, in words, if there is none to be had."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", source)
    if scheme is not None and scheme[1].lower() not in {"http", "https"}:
        _cannot_read(source, "only addresses that begin with http:// or https:// are opened")
    try:
        content = _fetched(source) if scheme else _read(Path(source))
    except HTTPError as error:
        error.close()
        _cannot_read(source, f"it answered {error.code} {error.reason}")
    except (OSError, HTTPException, ValueError) as error:
        why = error.reason if isinstance(error, URLError) else error
        _cannot_read(source, getattr(why, "strerror", None) or str(why) or type(why).__name__)
    if len(content) > LARGEST:
        _cannot_read(source, f"it is larger than {LARGEST:,} bytes")
    try:
        feed: object = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        _cannot_read(source, f"byte {error.start} is not UTF-8 text")
    except RecursionError:
        _cannot_read(source, "its lists and objects are nested too deeply")
    except ValueError as error:
        _cannot_read(source, f"it is not JSON ({error})")
    return feed


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _fetched(address: str) -> bytes:
    # Not urlopen, which would follow a redirect to ftp:// or open file://.
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler(), request.HTTPRedirectHandler(),
        request.HTTPDefaultErrorHandler(), request.HTTPErrorProcessor(), request.UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "carers-bot"), ("Accept", "application/json")]
    with opener.open(address, timeout=TIMEOUT) as answer:
        content: bytes = answer.read(LARGEST + 1)
    return content


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a JSON number")


def _cannot_read(source: str, why: str) -> NoReturn:
    raise click.ClickException(
        f"{source} could not be read: {one_line(why, LONGEST_LINE)}. {NOTHING_CHANGED}"
    ) from None
