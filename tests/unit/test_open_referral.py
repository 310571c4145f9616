"""Open Referral UK 3.0: what goes out is whole, what comes in is only ever proposed, and every fault has its place."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.commands import exchanging, fetching
from knowledge.errors import Fault
from knowledge.loader import KNOWLEDGE, load_knowledge
from knowledge.models import KnowledgeBase, Service
from knowledge.open_referral.exporting import export_services
from knowledge.open_referral.proposing import Changed, Gone, New, Proposal, propose
from tests.servers import running

# What the standard needs of each object, by the name under which it stands. Everything in a list is one of the name.
NEEDED = {
    "contents": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "phones": {"id", "number"},
    "schedules": {"id"},
    "service_areas": {"id"},
    "service_at_locations": {"id"},
    "location": {"id", "location_type"},
    "attributes": {"id"},
    "taxonomy_term": {"id", "name", "description"},
}
SERVER_FAULT = 500


def service(service_id: str, **lines: object) -> Service:
    plain = {
        "id": service_id,
        "organisation": "Anytown Council",
        "name": f"Anytown {service_id}",
        "does": "Helps.",
        "areas": ["rutland"],
        "confidence": "high",
        "checked": date(2026, 11, 21),
        "review_by": date(2027, 5, 21),
    }
    return Service.model_validate(plain | lines)


def base(*services: Service) -> KnowledgeBase:
    return KnowledgeBase({}, {each.id: each for each in services}, {}, {}, {})


FRONT_DOOR = service(
    "front-door",
    for_whom="Adults",
    phone="01632 960001",
    email="help@anytown.example",
    web="https://www.anytown.example/care/",
    address="1 High Street, Anytown",
    hours="Weekdays 9am to 5pm",
    cost="Free",
    how="Ring.",
)
BADGES = service("badges", phone_of="front-door")
HELPLINE = service("helpline", organisation="Carers Helpline", areas=["national"], phone="0808 157 0192", text="85999")
HEARSAY = service("hearsay", organisation="Hearsay", phone="01632 960002", confidence="low")
OURS = base(FRONT_DOOR, BADGES, HELPLINE, HEARSAY)


@pytest.fixture
def page() -> dict[str, Any]:
    """Our own export, as another directory would read it."""
    feed: dict[str, Any] = json.loads(json.dumps(export_services(OURS)))
    return feed


def theirs(name: str, **fields: object) -> dict[str, Any]:
    """A service as a council's own directory has it, with nothing of ours in it."""
    organisation = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Anytown Council", "description": "A council"}
    uuid = str(UUID(int=sum(map(ord, name))))
    return {"id": uuid, "name": name, "status": "active", "organization": organisation, **fields}


def phones(*numbers: str) -> list[dict[str, str]]:
    return [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": number} for number in numbers]


def test_a_page_holds_every_published_service_whole(page: dict[str, Any]) -> None:
    front_door, badges, helpline = page.pop("contents")
    assert page == {
        "total_items": 3, "total_pages": 1, "page_number": 1, "size": 3,
        "first_page": True, "last_page": True, "empty": False,
    }  # fmt: skip
    assert front_door == {
        "id": "e9061734-85f5-5f0c-be7e-9bfbbd0b0ca4",
        "name": "Anytown front-door",
        "description": "Helps.\n\nWho it is for: Adults\n\nHow to get it: Ring.",
        "url": "https://www.anytown.example/care/",
        "email": "help@anytown.example",
        "status": "active",
        "fees": "Free",
        "assured_date": "2026-11-21",
        "last_modified": "2026-11-21T00:00:00.000Z",
        "organization": {
            "id": "d4e7cb38-a8d6-55d8-a4ff-4805d55ee28f",
            "name": "Anytown Council",
            "description": "Offers: Anytown front-door; Anytown badges",
        },
        "phones": [{"id": "093edffe-78e9-5c85-94c0-de3afa4f2657", "number": "01632 960001", "type": "voice"}],
        "schedules": [{"id": "c8ce590d-faf5-57a1-be08-9bc418c0cbe1", "description": "Weekdays 9am to 5pm"}],
        "service_areas": [
            {
                "id": "27220dfe-88d2-5a06-8fd1-5f7734998685",
                "name": "Rutland",
                "uri": "http://statistics.data.gov.uk/id/statistical-geography/E06000017",
            }
        ],
        "service_at_locations": [
            {
                "id": "7bee54ec-b004-5b5e-a114-25d3311d973d",
                "location": {
                    "id": "4aaa36d3-60be-50d6-af5f-153fccd734c3",
                    "location_type": "physical",
                    "description": "1 High Street, Anytown",
                },
            }
        ],
        "attributes": [
            {
                "id": "e50c9438-41da-5118-adf3-fd08a47ddedc",
                "taxonomy_term": {
                    "id": "431a8b10-b89b-5f2d-ac98-8daa6f06ce47",
                    "name": "front-door",
                    "description": "What the carers' bot calls this service in its files.",
                    "taxonomy": "carers-bot services",
                },
            }
        ],
    }
    assert [phone["number"] for phone in badges["phones"]] == ["01632 960001"]
    assert [(phone["number"], phone["type"]) for phone in helpline["phones"]] == [
        ("0808 157 0192", "voice"),
        ("85999", "text"),
    ]


def test_a_service_in_doubt_lends_its_number_to_nobody() -> None:
    borrower = service("borrower", phone_of="hearsay")
    (only,) = export_services(base(HEARSAY, borrower))["contents"]
    assert (only["name"], only["phones"]) == ("Anytown borrower", [])


def test_with_nothing_to_publish_the_page_is_empty() -> None:
    assert export_services(base(HEARSAY)) == {
        "total_items": 0, "total_pages": 1, "page_number": 1, "size": 0,
        "first_page": True, "last_page": True, "empty": True, "contents": [],
    }  # fmt: skip


def test_the_real_services_have_all_that_the_standard_needs() -> None:
    knowledge = load_knowledge()
    exported = json.loads(json.dumps(export_services(knowledge)))
    published = [each for each in knowledge.services.values() if each.publishable]
    assert [each["name"] for each in exported["contents"]] == [each.name for each in published]
    ids = [each["id"] for each in exported["contents"]]
    assert len(set(ids)) == len(ids) > 100
    for each in exported["contents"]:
        _check("contents", each)


def _check(name: str, value: object) -> None:
    if isinstance(value, list):
        for each in value:
            _check(name, each)
    elif isinstance(value, dict):
        assert NEEDED[name] <= set(value), value
        assert str(UUID(value["id"])) == value["id"]
        for field, part in value.items():
            _check(field, part)
    else:
        assert isinstance(value, str)
        assert value.strip()


def test_what_goes_out_and_comes_back_changes_nothing(page: dict[str, Any]) -> None:
    assert propose(OURS, page) == Proposal()
    knowledge = load_knowledge()
    assert propose(knowledge, json.loads(json.dumps(export_services(knowledge)))) == Proposal()


def test_our_service_is_known_by_either_id(page: dict[str, Any]) -> None:
    del page["contents"][0]["attributes"]
    page["contents"][1]["id"] = "ac148810-d857-441c-9679-408f346de14b"
    assert propose(OURS, page) == Proposal()


def test_every_line_that_differs_in_our_own_service_is_a_change(page: dict[str, Any]) -> None:
    front_door, badges, helpline = page["contents"]
    front_door["name"] = "Anytown first contact"
    front_door["description"] = "Helps.\n\nWho it is for: Everybody"
    front_door["assured_date"] = "2027-01-02"
    front_door["phones"][0]["number"] = "01632 960009"
    del front_door["url"]
    badges["fees"] = "Ten pounds"
    helpline["status"] = "defunct"
    helpline["phones"] = []
    front, badge, line = "/contents/0", "/contents/1", "/contents/2"
    assert propose(OURS, page) == Proposal(
        changed=(
            Changed("front-door", "name", "Anytown front-door", "Anytown first contact", front),
            Changed("front-door", "for_whom", "Adults", "Everybody", front),
            Changed("front-door", "phone", "01632 960001", "01632 960009", front),
            Changed("front-door", "web", "https://www.anytown.example/care/", "", front),
            Changed("front-door", "how", "Ring.", "", front),
            Changed("front-door", "checked", "2026-11-21", "2027-01-02", front),
            Changed("badges", "cost", "", "Ten pounds", badge),
            Changed("helpline", "phone", "0808 157 0192", "", line),
            Changed("helpline", "text", "85999", "", line),
            Changed("helpline", "status", "active", "defunct", line),
        )
    )


def test_gone_are_those_whose_organisation_is_in_the_feed(page: dict[str, Any]) -> None:
    page["contents"] = page["contents"][:1]
    page["total_items"] = 1
    assert propose(OURS, page) == Proposal(gone=(Gone("badges", "Anytown Council", "Anytown badges"),))


def test_of_a_page_among_many_nothing_is_called_gone(page: dict[str, Any]) -> None:
    page["contents"] = page["contents"][:1]
    page["total_pages"] = 3
    assert propose(OURS, page) == Proposal(gone_unknown="this page holds 1 of the feed's 3 services, and is one of 3")


def test_a_service_of_others_is_ours_only_by_organisation_and_name() -> None:
    feed = {
        "contents": [
            theirs(
                "Anytown Front Door",
                description="Our award-winning hub.",
                url="http://anytown.example/care",
                email="Help@Anytown.example",
                phones=phones("01632 960123", "+44 1632 960001"),
                fees="Free",
                schedules=[{"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "description": "24 hours"}],
            ),
            theirs("Blue badges", phones=phones("01632 960001"), description="Parking."),
            theirs(
                "Allotments",
                contacts=[{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "phones": phones("01632 960500")}],
            ),
            theirs("Closed club", status="defunct"),
        ]
    }
    assert propose(OURS, feed) == Proposal(
        new=(
            New(
                organisation="Anytown Council",
                name="Blue badges",
                place="/contents/1",
                lines=(("does", "Parking."), ("phone", "01632 960001")),
                may_be=("badges",),
            ),
            New("Anytown Council", "Allotments", "/contents/2", (("phone", "01632 960500"),), ()),
        ),
        changed=(Changed("front-door", "hours", "Weekdays 9am to 5pm", "24 hours", "/contents/0"),),
    )


def test_two_councils_of_nearly_one_name_are_not_mixed_up() -> None:
    ours = base(
        service("city", organisation="Leicester City Council", name="Leicester Blue Badges", phone="01632 960001"),
        service("county", organisation="Leicestershire County Council", name="Leicestershire Blue Badges"),
    )
    feed = {"contents": [theirs("Leicestershire Blue Badges", phones=phones("01632 960009"))]}
    feed["contents"][0]["organization"]["name"] = "Leicestershire County Council"
    assert propose(ours, feed) == Proposal(changed=(Changed("county", "phone", "", "01632 960009", "/contents/0"),))


def test_where_two_of_ours_are_as_near_nothing_is_guessed() -> None:
    ours = base(service("east", name="Carers group (1)"), service("west", name="Carers group (2)"))
    row = New("Anytown Council", "Carers group", "/contents/0", (), ("east", "west"))
    assert propose(ours, {"contents": [theirs("Carers group")]}) == Proposal(new=(row,))


def test_every_missing_extra_and_malformed_field_has_a_line_and_the_rest_is_heard(page: dict[str, Any]) -> None:
    front_door, badges, helpline = page["contents"]
    page["page_number"] = "1"
    page["sponsor"] = "Somebody"
    del front_door["status"], front_door["organization"]["description"]
    front_door |= {"id": "front-door", "url": "anytown.example", "email": None, "assured_date": "21/11/2026"}
    front_door["fees"] = "Ten pounds"
    badges |= {"last_modified": "2026-11-21", "wait/time": "A week", "minimum_age": "18", "attributes": {}}
    badges["phones"][0]["number"] = 1632960001
    badges["phones"].append("01632 960001")
    helpline["name"] = " "
    proposal = propose(OURS, page)
    a, b, c = "/contents/0", "/contents/1", "/contents/2"
    missing, add = "This field is missing.", "It has to be there: add it."
    extra, spelling = (
        "The standard has no field of this name here, so it was not read.",
        "Check the spelling, or take it out.",
    )
    assert [(fault.field, fault.problem, fault.remedy) for fault in proposal.faults] == [
        ("/page_number", '"1" is not a whole number.', "Write figures without quotes."),
        ("/sponsor", extra, spelling),
        (f"{a}/status", missing, add),
        (
            f"{a}/id",
            '"front-door" is not a UUID.',
            "Write an identifier such as 1554f2e2-a373-45db-a3fa-9fc48a61c15e.",
        ),
        (f"{a}/url", '"anytown.example" is not a web address.', "Write the whole address, beginning with https://."),
        (f"{a}/email", "This is null.", "Leave the field out where there is nothing to say."),
        (f"{a}/assured_date", '"21/11/2026" is not a date.', "Write it as 2026-11-21."),
        (f"{a}/organization/description", missing, add),
        (
            f"{b}/last_modified",
            '"2026-11-21" is not a date and time with its time zone.',
            "Write it as 2026-11-21T09:30:00.000Z.",
        ),
        (f"{b}/phones/0/number", "1632960001 is not text.", "Write text between double quotes."),
        (f"{b}/phones/1", '"01632 960001" is not an object.', "Write its fields between curly brackets."),
        (f"{b}/attributes", "An object is not a list.", "Write a list between square brackets."),
        (f"{b}/wait~1time", extra, spelling),
        (f"{b}/minimum_age", '"18" is not a number.', "Write figures without quotes."),
        (f"{c}/name", "This is empty.", "Write something between the quotes."),
    ]  # fmt: skip
    # The service with no name cannot be compared, so nobody can tell what is gone; a malformed line is no change.
    assert proposal == Proposal(
        changed=(Changed("front-door", "cost", "Free", "Ten pounds", a),),
        faults=proposal.faults,
        gone_unknown="1 of the feed's 3 services could not be compared",
    )


def test_two_services_with_one_id_are_a_fault(page: dict[str, Any]) -> None:
    page["contents"].append(page["contents"][0] | {"fees": "Ten pounds"})
    fault = Fault("feed", "/contents/3/id", "/contents/0 has the same id.", "Give each service an id of its own.")
    assert propose(OURS, page) == Proposal(
        faults=(fault,), gone_unknown="1 of the feed's 4 services could not be compared"
    )


@pytest.mark.parametrize(
    ("feed", "field", "problem"),
    [
        ([], "", "A list is not an object."),
        ("services", "", '"services" is not an object.'),
        (None, "", "This is null."),
        ({}, "/contents", "This field is missing."),
        ({"contents": {}}, "/contents", "An object is not a list."),
        ({"contents": [None]}, "/contents/0", "This is null."),
    ],
)
def test_what_is_no_page_of_services_is_refused(feed: object, field: str, problem: str) -> None:
    proposal = propose(OURS, feed)
    assert [(fault.field, fault.problem) for fault in proposal.faults] == [(field, problem)]
    assert proposal == Proposal(faults=proposal.faults, gone_unknown=proposal.gone_unknown)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["id", "name", "organization", "phones", "contacts", "attributes", "schedules", "description"])


@settings(deadline=None)
@given(st.lists(st.dictionaries(FIELDS, JSON), max_size=3), JSON)
def test_no_feed_makes_it_fall_over(changes: list[dict[str, object]], anything: object) -> None:
    contents = [theirs("Anytown Front Door") | each for each in changes]
    propose(OURS, {"contents": [*contents, anything]})
    propose(OURS, anything)


# The commands


def run(*arguments: str) -> Result:
    """A command over the real content; whatever it says, no byte of the content may differ afterwards."""
    before = {path: path.read_bytes() for path in KNOWLEDGE.rglob("*.toml")}
    command, *rest = arguments
    result = CliRunner().invoke(exchanging.export if command == "export" else exchanging.import_, rest)
    assert {path: path.read_bytes() for path in KNOWLEDGE.rglob("*.toml")} == before
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def real() -> dict[str, Any]:
    feed: dict[str, Any] = export_services(load_knowledge())
    return feed


def written(folder: Path, feed: object) -> str:
    path = folder / "feed.json"
    path.write_text(json.dumps(feed), encoding="utf-8")
    return str(path)


def test_export_prints_or_writes_the_same_page(tmp_path: Path, real: dict[str, Any]) -> None:
    printed, kept = run("export", "services"), run("export", "services", "--output", str(tmp_path / "out.json"))
    assert (printed.exit_code, kept.exit_code) == (0, 0)
    assert json.loads(printed.output) == json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == real
    assert kept.output == f"{real['size']} services written to {tmp_path / 'out.json'}.\n"


def test_export_says_so_when_it_cannot_write(tmp_path: Path) -> None:
    result = run("export", "services", "--output", str(tmp_path / "nowhere" / "out.json"))
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory." in result.output


def test_import_of_our_own_export_proposes_nothing(tmp_path: Path, real: dict[str, Any]) -> None:
    result = run("import", "services", written(tmp_path, real))
    assert result.exit_code == 0
    assert result.output == (
        "new: 0\nchanged: 0\ngone: 0\nfaults: 0\n"
        "Nothing was changed. Check what is right, then write it into knowledge/services yourself.\n"
    )


def test_import_prints_a_diff_to_review_and_changes_nothing(tmp_path: Path) -> None:
    feed = {"contents": [theirs("Befriending", phones=phones("01632 960500")), theirs("Allotments", rating=5)]}
    result = run("import", "services", written(tmp_path, feed))
    assert result.exit_code == 1
    assert result.output == (
        "new: 2\n"
        "  Befriending (Anytown Council) at /contents/0\n"
        "    + phone: 01632 960500\n"
        "  Allotments (Anytown Council) at /contents/1\n"
        "changed: 0\n"
        "gone: 0\n"
        "faults: 1\n"
        "  /contents/1/rating: The standard has no field of this name here, so it was not read. "
        "Check the spelling, or take it out.\n"
        "Nothing was changed. Check what is right, then write it into knowledge/services yourself.\n"
    )


def test_import_shows_ours_and_theirs_line_by_line(tmp_path: Path, real: dict[str, Any]) -> None:
    door = next(each for each in real["contents"] if each["name"] == "Leicester adult social care")
    ours, door["phones"][0]["number"] = door["phones"][0]["number"], "0116 496 0001"
    result = run("import", "services", written(tmp_path, real))
    place = f"/contents/{real['contents'].index(door)}"
    assert result.exit_code == 0
    assert (
        f"changed: 1\n  leicester-adult-social-care: phone at {place}\n    - {ours}\n    + 0116 496 0001\n"
        in result.output
    )


def test_others_words_cannot_command_the_terminal(tmp_path: Path) -> None:
    feed = {"contents": [theirs("Bad\x1b[2J\nnews\ud800", **{"\x1b[31m": 1})]}
    result = run("import", "services", written(tmp_path, feed))
    assert "  Bad [2J news (Anytown Council)" in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<!doctype html>", "it is not JSON (Expecting value: line 1 column 1 (char 0))"),
        (b'{"contents": [', "it is not JSON (Expecting value: line 1 column 15 (char 14))"),
        (b'{"contents": NaN}', "it is not JSON (NaN is not a JSON number)"),
        (b'{"contents": "\xff"}', "byte 14 is not UTF-8 text"),
        (b"[" * 200_000, "its lists and objects are nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(content)
    result = run("import", "services", str(path))
    assert (result.exit_code, result.output) == (1, f"Error: {path} could not be read: {why}. Nothing was changed.\n")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("nowhere.json", "No such file or directory"),
        ("ftp://anytown.example/feed", "only addresses that begin with http:// or https:// are opened"),
        ("file:///etc/hostname", "only addresses that begin with http:// or https:// are opened"),
        ("http://", "no host given"),
    ],
)
def test_what_cannot_be_opened_is_refused(source: str, why: str) -> None:
    result = run("import", "services", source)
    assert (result.exit_code, result.output) == (1, f"Error: {source} could not be read: {why}. Nothing was changed.\n")


def test_a_list_instead_of_a_page_is_a_fault(tmp_path: Path) -> None:
    result = run("import", "services", written(tmp_path, []))
    assert result.exit_code == 1
    assert "  the whole feed: A list is not an object. Write its fields between curly brackets.\n" in result.output


def test_a_feed_is_read_from_the_web(monkeypatch: pytest.MonkeyPatch, real: dict[str, Any]) -> None:
    async def feed(_: Request) -> Response:
        return JSONResponse(real)

    async def away(_: Request) -> Response:
        return RedirectResponse("ftp://127.0.0.1/feed")

    async def broken(_: Request) -> Response:
        return Response(status_code=SERVER_FAULT)

    routes = [Route("/services", feed), Route("/away", away), Route("/broken", broken)]
    with running(Starlette(routes=routes)) as address:
        good = run("import", "services", f"{address}/services")
        redirected = run("import", "services", f"{address}/away")
        failed = run("import", "services", f"{address}/broken")
        monkeypatch.setattr(fetching, "LARGEST", 1000)
        large = run("import", "services", f"{address}/services")
    refused = run("import", "services", f"{address}/services")
    assert (good.exit_code, good.output.splitlines()[0]) == (0, "new: 0")
    whys = {
        "unknown url type: ftp": redirected,
        "it answered 500 Internal Server Error": failed,
        "it is larger than 1,000 bytes": large,
        "Connection refused": refused,
    }
    assert {why: (result.exit_code, why in result.output) for why, result in whys.items()} == dict.fromkeys(
        whys, (1, True)
    )
