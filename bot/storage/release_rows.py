"""Releases as rows of the SQLite file: each checksum takes in the one before it, so that none is changed unnoticed."""

from collections.abc import Mapping
from hashlib import sha256

from sqlite_utils import Database


def read_releases(database: Database) -> tuple[dict[str, str | None], str]:
    """Every release, None where its row does not agree with its checksum; and the last checksum."""
    found: dict[str, str | None] = {}
    checksum = ""
    for place, row in enumerate(database.query("select * from releases order by place"), start=1):
        right = row["checksum"] == _checksum(checksum, place, row["period"], row["data"])
        found[row["period"]] = row["data"] if right else None
        checksum = row["checksum"]
    return found, checksum


def add_releases(database: Database, after: int, releases: Mapping[str, str]) -> bool:
    """Add these behind the `after` that are there. False, and nothing is done, if there are more or fewer."""
    there, checksum = read_releases(database)
    if len(there) != after:
        return False
    for place, (period, data) in enumerate(releases.items(), start=after + 1):
        checksum = _checksum(checksum, place, period, data)
        row = {"place": place, "period": period, "data": data, "checksum": checksum}
        database.table("releases").insert(row)
    return True


def _checksum(before: str, place: int, period: str, data: str) -> str:
    return sha256("\n".join((before, str(place), period, data)).encode()).hexdigest()
