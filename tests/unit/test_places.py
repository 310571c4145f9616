"""Whose council a place is."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.places import AUTHORITIES
from knowledge.places_file import load_places

FILE = Path(__file__).parents[2] / "knowledge" / "places.toml"
PLACES = load_places(FILE)

CITY, COUNTY, RUTLAND, OUTSIDE = AUTHORITIES


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        # by name, however written
        ("Leicester", CITY),
        ("lester", CITY),
        ("the city", CITY),
        ("Beaumont Leys", CITY),
        ("beaumontleys", CITY),
        ("St. Matthew's", CITY),
        ("Narborough Road", CITY),
        ("narborough rd", CITY),
        ("Narborough", COUNTY),
        ("South Wigston", COUNTY),
        ("wig ston", COUNTY),
        ("Ashby-de-la-Zouch", COUNTY),
        ("ashby", COUNTY),
        ("mkt harborough", COUNTY),
        ("Leicester Forest East", COUNTY),
        ("leics", COUNTY),
        ("the county", COUNTY),
        ("just outside Leicester", COUNTY),
        ("Braunstone Town", COUNTY),
        ("Oakham", RUTLAND),
        ("rutland", RUTLAND),
        ("Belton in Rutland", RUTLAND),
        ("Braunston-in-Rutland", RUTLAND),
        ("Ketton", RUTLAND),
        ("Stamford", OUTSIDE),
        ("Nottingham", OUTSIDE),
        ("Market Deeping", OUTSIDE),
        # by postcode
        ("LE1", CITY),
        ("le3", CITY),
        ("LE 5", CITY),
        ("l e 5", CITY),
        ("LE5 4AB", CITY),
        ("le18", COUNTY),
        ("LE65 1AA", COUNTY),
        ("le15 6xx", RUTLAND),
        ("ng5", OUTSIDE),
        ("SW1A 1AA", OUTSIDE),
        # a village or town counts for more than the postcode, and the postcode for more than "Leicester"
        ("Oadby LE2", COUNTY),
        ("Birstall, LE4", COUNTY),
        ("Wigston, Leicester", COUNTY),
        ("Glenfield LE3", COUNTY),
        ("LE18, Leicester", COUNTY),
        ("Ketton PE9", RUTLAND),
        # in a sentence
        ("near Oakham", RUTLAND),
        ("a little village near Melton", COUNTY),
        ("she lives in Wing", RUTLAND),
        ("we live in Syston, not far from Leicester", COUNTY),
    ],
)
def test_found(text: str, authority: str) -> None:
    for asked in (True, False):
        found = PLACES.find(text, asked)
        assert found is not None
        assert found.authorities == (authority,)


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("wigstan", COUNTY),
        ("loughborogh", COUNTY),
        ("hinkcley", COUNTY),
        ("lutterworh", COUNTY),
        ("melton mowbrey", COUNTY),
        ("oackham", RUTLAND),
        ("upppingham", RUTLAND),
        ("clarenden park", CITY),
        ("evingtun", CITY),
        ("peterbourough", OUTSIDE),
    ],
)
def test_found_through_misspelling_when_asked(text: str, authority: str) -> None:
    found = PLACES.find(text, asked=True)
    assert found is not None
    assert found.authorities == (authority,)


@pytest.mark.parametrize(
    ("text", "authorities"),
    [
        ("Braunstone", (CITY, COUNTY)),
        ("le2", (CITY, COUNTY)),
        ("LE4 5ZZ", (CITY, COUNTY)),
        ("le7", (COUNTY, CITY)),
        ("PE9", (OUTSIDE, RUTLAND)),
        ("braunston", (CITY, COUNTY, RUTLAND)),
    ],
)
def test_only_the_person_can_say(text: str, authorities: tuple[str, ...]) -> None:
    found = PLACES.find(text, asked=True)
    assert found is not None
    assert found.authorities == authorities
    assert not found.certain


def test_another_name_settles_which_of_two_is_meant() -> None:
    for text, authority in (
        ("Belton near Oakham", RUTLAND),
        ("Barrow, Leicestershire", COUNTY),
        ("Braunstone le3", CITY),
    ):
        found = PLACES.find(text, asked=True)
        assert found is not None
        assert found.authorities == (authority,)


EVERYDAY = """
hi | mum | home | cook | barrow | as well | safe | baby blankets | she has a dressing gown | vitamin b12 | me 2
| so 14 of us | country | the saxophone | i need a break | heather is my sister | my wing mirror | dr hamilton |
nurse wilson | glenfield hospital | leicester royal infirmary | loughborough uni | leicester city council |
oadby library | i like melton market | reading a book | hose pipe | a preston bus | in a minute | at home | in
bed | in the night | near the end | to be honest | from work | in leather shoes | at the station | in letters |
24/7 | 3 hours a day | le | she is 82
"""


@pytest.mark.parametrize("text", [case.strip() for case in EVERYDAY.replace("\n", " ").split("|")])
def test_everyday_words_are_no_places(text: str) -> None:
    assert PLACES.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "home",
        "with me",
        "at home",
        "here",
        "no",
        "idk",
        "same house",
        "next door",
        "not far",
        "why",
        "just us two",
        "round the corner",
    ],
)
def test_not_even_when_asked(text: str) -> None:
    assert PLACES.find(text, asked=True) is None


@pytest.mark.parametrize("text", ["not in Oakham", "moved from Oakham"])
def test_where_somebody_does_not_live(text: str) -> None:
    assert PLACES.find(text) is None


@settings(deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_looked_through(text: str, asked: bool) -> None:
    found = PLACES.find(text, asked)
    assert found is None or set(found.authorities) <= set(AUTHORITIES)


@settings(deadline=None)
@given(st.sampled_from(sorted(PLACES.names)), st.data())
def test_one_wrong_letter_in_a_long_name_is_forgiven(key: str, data: st.DataObject) -> None:
    if len(key) < 9:
        return
    at = data.draw(st.integers(1, len(key) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    found = PLACES.find(key[:at] + letter + key[at + 1 :], asked=True)
    assert found is not None


def test_every_authority_has_places_and_every_name_is_found() -> None:
    for name in PLACES.names.values():
        found = PLACES.find(name.name, asked=True)
        assert found is not None, name.name
        assert set(found.authorities) & set(name.authorities), name.name


GOOD = """
places = [{ name = "Oadby", authority = "leicestershire", aliases = ["oadbey"] }]
wide = [{ name = "Leicester", authority = "leicester" }]
districts = [{ name = "LE2", authority = ["leicester", "leicestershire"] }]
neighbour_areas = ["NG"]
not_a_home = ["hospital"]
not_places = ["home"]
"""


def faults(tmp_path: Path, text: str) -> str:
    file = tmp_path / "places.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_places(file)
    return str(caught.value)


def test_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "places.toml"
    file.write_text(GOOD, encoding="utf-8")
    found = load_places(file).find("oadbey le2")
    assert found is not None
    assert found.name == "Oadby"


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ('authority = "leicestershire"', 'authority = "leicestershre"', "Oadby"),
        ('authority = "leicestershire"', "authority = []", "Oadby"),
        ('aliases = ["oadbey"]', 'aliases = "oadbey"', "Oadby"),
        ('aliases = ["oadbey"]', 'alias = ["oadbey"]', "alias"),
        ('aliases = ["oadbey"]', 'aliases = ["leicester"]', "Leicester"),
        ('name = "Oadby"', 'nam = "Oadby"', "places, line 1"),
        ('name = "LE2"', 'name = "2"', "2"),
        ('not_places = ["home"]', "", "not_places"),
        ("wide = [", "wider = [", "wide"),
        ('"LE2"', '"LE2', "file"),
    ],
)
def test_a_fault_names_the_file_and_the_line(tmp_path: Path, good: str, bad: str, named: str) -> None:
    told = faults(tmp_path, GOOD.replace(good, bad))
    assert "places.toml" in told
    assert named in told


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = faults(tmp_path, GOOD.replace('"leicestershire"', '"x"').replace('"LE2"', '"2"').replace('["home"]', "3"))
    assert len(told.splitlines()) >= 3


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "places.toml"
    file.write_text(GOOD, encoding="utf-8-sig")
    assert load_places(file).find("oadby") is not None


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load_places(tmp_path / "places.toml")
