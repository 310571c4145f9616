"""Stored releases, some of them damaged."""

from pydantic import TypeAdapter

from bot.partners.dashboard import dashboard
from bot.partners.finding import Issued
from bot.partners.labels import load_labels
from bot.partners.models import Release
from bot.partners.reading import read_issued
from tests.releases import releases


def stored(release: Release) -> str:
    return TypeAdapter(Release).dump_json(release).decode()


def test_what_was_issued_is_read_as_it_was() -> None:
    issued = releases(months=4)
    text = {release.period: stored(release) for release in issued}
    assert read_issued(text) == Issued(issued)
    assert all(
        one is two for one, two in zip(read_issued(text).releases, read_issued(dict(text)).releases, strict=True)
    )


def test_a_damaged_release_hides_no_other() -> None:
    good, moved = releases(months=1)[-1], releases(months=2)[0]
    damaged = {
        good.period: stored(good),
        "2026-01": None,
        "2026-02": stored(good)[:-20],
        "2026-03": stored(good).replace('"count":', '"counts":'),
        "2026-04": stored(moved),  # a row that says it is another
        "\x00 no period": "",
    }
    read = read_issued(damaged)
    assert read == Issued((good,), tuple(period for period in damaged if period != good.period))
    page = dashboard(read, good.period, load_labels({}), ())
    assert "January 2026, February 2026, March 2026, April 2026 and an unknown period cannot be read" in page
