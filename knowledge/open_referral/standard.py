"""Open Referral UK 3.0 as this project reads and writes it: its objects, and what each field has to be.

The fields are those of the UK profile, with one more. The profile takes `phones` out of the service and its contacts,
and so has no place for a telephone number at all. A number is what a carer needs: it is written where HSDS 3.0, of
which the UK profile is a part, has it, among the `phones` of the service, and it is read from contacts too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Value:
    """A plain value: what it has to be, in words, and whether something is that."""

    is_a: str
    remedy: str
    fits: Callable[[object], bool]


@dataclass(frozen=True)
class Thing:
    """An object of the standard: the fields it must have, and all that it may have."""

    needed: tuple[str, ...]
    fields: Mapping[str, "Shape"]


@dataclass(frozen=True)
class Many:
    """A list of objects."""

    of: Thing


Shape = Value | Thing | Many


def _matches(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d", value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d[Tt].+", value) is None:
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _one_of(*words: str) -> Value:
    return Value("one of the words allowed", f"Write one of: {', '.join(words)}.", lambda value: value in words)


TEXT = Value("text", "Write text between double quotes.", lambda value: isinstance(value, str))
ID = Value(
    "a UUID",
    "Write an identifier such as 1554f2e2-a373-45db-a3fa-9fc48a61c15e.",
    _matches(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
)
ADDRESS = Value(
    "a web address",
    "Write the whole address, beginning with https://.",
    _matches(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"),
)
EMAIL = Value("an e-mail address", "Write it as name@place.example.", _matches(r"[^@\s]+@[^@\s]+\.[^@\s]+"))
DAY = Value("a date", "Write it as 2026-11-21.", _is_day)
MOMENT = Value("a date and time with its time zone", "Write it as 2026-11-21T09:30:00.000Z.", _is_moment)
NUMBER = Value("a number", "Write figures without quotes.", _is_number)
WHOLE = Value(
    "a whole number",
    "Write figures without quotes.",
    lambda value: isinstance(value, int) and not isinstance(value, bool),
)
YES_NO = Value("true or false", "Write true or false, without quotes.", lambda value: isinstance(value, bool))
PLACE = _one_of("physical", "postal", "virtual")
LIST = Value("a list", "Write a list between square brackets.", lambda value: isinstance(value, list))


def _thing(needed: str = "", texts: str = "", ids: str = "", **others: Shape) -> Thing:
    """An object with an id. Names are parted by spaces."""
    fields = {**dict.fromkeys(["id", *ids.split()], ID), **dict.fromkeys(texts.split(), TEXT), **others}
    return Thing(("id", *needed.split()), fields)


TERM = _thing("name description", "name description taxonomy term", "parent_id taxonomy_id", term_uri=ADDRESS)
ATTRIBUTES = Many(_thing(texts="link_type", ids="link_id taxonomy_term_id", taxonomy_term=TERM))
LANGUAGES = Many(_thing(ids="service_id phone_id"))
PHONES = Many(
    _thing("number", "number type description", "service_id contact_id", extension=NUMBER, languages=LANGUAGES),
)
CONTACTS = Many(_thing(texts="name title", ids="service_id", phones=PHONES, attributes=ATTRIBUTES))
SCHEDULES = Many(
    _thing(
        texts="byday bymonthday description opens_at closes_at attending_type notes",
        ids="service_id service_at_location_id",
        valid_from=DAY,
        valid_to=DAY,
        dtstart=DAY,
        freq=_one_of("WEEKLY", "MONTHLY"),
        interval=NUMBER,
        schedule_link=ADDRESS,
    )
)
SERVICE_AREAS = Many(_thing(texts="name extent extent_type uri service_area", ids="service_id"))
ACCESSIBILITY = Many(
    _thing(texts="description details accessibility", ids="location_id", url=ADDRESS, attributes=ATTRIBUTES)
)
ADDRESSES = Many(
    _thing(
        "address_1 city state_province postal_code country address_type",
        "attention address_1 city region state_province postal_code country",
        "location_id",
        address_type=PLACE,
        attributes=ATTRIBUTES,
    )
)
LOCATION = _thing(
    "location_type",
    "name description external_identifier external_identifier_type",
    location_type=PLACE,
    latitude=NUMBER,
    longitude=NUMBER,
    addresses=ADDRESSES,
    accessibility=ACCESSIBILITY,
    attributes=ATTRIBUTES,
)
IDENTIFIERS = Many(
    _thing(
        "identifier_type identifier",
        "identifier_scheme identifier_type identifier",
        "organization_id",
        attributes=ATTRIBUTES,
    )
)
ORGANIZATION = _thing(
    "name description",
    "name description logo",
    "parent_organization_id",
    email=EMAIL,
    website=ADDRESS,
    uri=ADDRESS,
    organization_identifiers=IDENTIFIERS,
    attributes=ATTRIBUTES,
)
SERVICE = _thing(
    # The standard itself does without the organisation, but nothing can be compared that nobody is said to run.
    "name status organization",
    "name description fees accreditations alert",
    "organization_id",
    status=_one_of("active", "inactive", "defunct", "temporarily closed"),
    url=ADDRESS,
    email=EMAIL,
    assurer_email=EMAIL,
    assured_date=DAY,
    last_modified=MOMENT,
    minimum_age=NUMBER,
    maximum_age=NUMBER,
    organization=ORGANIZATION,
    phones=PHONES,
    contacts=CONTACTS,
    schedules=SCHEDULES,
    service_areas=SERVICE_AREAS,
    service_at_locations=Many(_thing(ids="service_id location_id", location=LOCATION)),
    languages=LANGUAGES,
    funding=Many(_thing(texts="source", ids="service_id")),
    cost_options=Many(
        _thing(texts="option amount_description", ids="service_id", valid_from=DAY, valid_to=DAY, amount=NUMBER)
    ),
    attributes=ATTRIBUTES,
)
PAGE = Thing(
    ("contents",),
    {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), WHOLE),
        **dict.fromkeys(("first_page", "last_page", "empty"), YES_NO),
        "contents": LIST,
    },
)
