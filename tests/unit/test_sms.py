"""Segments: the tables of 3GPP TS 23.038, at their boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.sms import Cost, Encoding, budget, cost, foreign_characters, parts, plain, septets

GSM, UCS = Encoding.GSM_7, Encoding.UCS_2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Cost(GSM, 0, 0)),
        ("a", Cost(GSM, 1, 1)),
        ("a" * 160, Cost(GSM, 160, 1)),
        ("a" * 161, Cost(GSM, 161, 2)),
        ("a" * 306, Cost(GSM, 306, 2)),
        ("a" * 307, Cost(GSM, 307, 3)),
        ("a" * 459, Cost(GSM, 459, 3)),
        ("€" * 80, Cost(GSM, 160, 1)),
        ("€" * 81, Cost(GSM, 162, 2)),
        ("a" * 152 + "€" + "a" * 152, Cost(GSM, 306, 3)),  # the escape may not stand apart from its character
        ("£5 for Zoë's café", Cost(UCS, 17, 1)),  # ë is not GSM-7, é is
        ("£5 at the café", Cost(GSM, 14, 1)),
        ("’" + "a" * 69, Cost(UCS, 70, 1)),
        ("’" + "a" * 70, Cost(UCS, 71, 2)),
        ("😀" * 35, Cost(UCS, 70, 1)),
        ("😀" * 36, Cost(UCS, 72, 2)),
        ("a" * 66 + "😀" + "a" * 66, Cost(UCS, 134, 3)),  # nor may half an emoji
        ("ગુજરાતી", Cost(UCS, 7, 1)),
    ],
)
def test_cost(text: str, expected: Cost) -> None:
    assert cost(text) == expected


def test_plain_spares_typography_but_no_letters() -> None:
    assert plain("“don’t” – wait… • ok\u00a0now") == '"don\'t" - wait... - ok now'
    assert plain("ਪੰਜਾਬੀ") == "ਪੰਜਾਬੀ"


def test_foreign_characters_are_named_once() -> None:
    assert foreign_characters("a‘b‘–") == ("‘", "–")


def test_budget() -> None:
    assert [budget(n) for n in (1, 2, 3)] == [160, 306, 459]


def test_parts_break_between_sentences() -> None:
    assert parts("One two. Three four. Five six.", 21) == ("One two. Three four.", "Five six.")


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=900), st.integers(20, 200))
def test_parts_lose_no_word(text: str, most: int) -> None:
    found = parts(text, most)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(septets(part) <= most for part in found)


@given(st.text(max_size=400))
def test_cost_never_raises_and_one_more_letter_never_costs_less(text: str) -> None:
    assert cost(text + "a").units > cost(text).units
    assert cost(text + "a").segments >= cost(text).segments
