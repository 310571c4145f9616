"""Releases as JSON, as the store keeps them."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from bot.partners.models import Release

RELEASE = TypeAdapter(Release)


class DamagedReleaseError(Exception):
    """A stored release is not what was issued."""


def dump_release(release: Release) -> str:
    return RELEASE.dump_json(release).decode()


def load_releases(stored: Mapping[str, str | None]) -> tuple[Release, ...]:
    """The releases in the order in which they were issued. Raises DamagedReleaseError that names the damaged ones."""
    damaged = [period for period, data in stored.items() if data is None]
    if damaged:
        raise DamagedReleaseError(
            f"the release of {', '.join(damaged)} was damaged or changed since it was issued, and cannot be used. "
            "Put back the database from a backup. Nothing more is issued until then."
        )
    return tuple(RELEASE.validate_json(data) for data in stored.values() if data is not None)
