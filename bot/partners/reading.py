"""Reading stored releases for the pages. One that cannot be read is left out and told of; it hides no other."""

from collections.abc import Mapping
from functools import lru_cache

from pydantic import ValidationError

from bot.partners.archive import RELEASE
from bot.partners.finding import Issued
from bot.partners.models import Release
from bot.partners.periods import first_day

KEPT = 2048  # releases: many years of weeks, months and quarters


def read_issued(stored: Mapping[str, str | None]) -> Issued:
    """What is issued, from the store's text by period; None is a row that is damaged."""
    read = {period: _read(period, data) for period, data in stored.items()}
    return Issued(
        tuple(release for release in read.values() if release is not None),
        tuple(period for period, release in read.items() if release is None),
    )


@lru_cache(maxsize=KEPT)
def _read(period: str, data: str | None) -> Release | None:
    """Read once: a release never changes, and the same one is the same object each time."""
    if data is None:
        return None
    try:
        release = RELEASE.validate_json(data)
        first_day(release.period)
    except (ValidationError, ValueError):
        return None
    return release if release.period == period else None
