"""Everything in the flow files reads easily and costs little: the check at nine years, all else at eleven at most."""

from collections.abc import Iterator

import pytest

from conversations.checks import CHECK_READER, FEWEST_MEASURED, OLDEST_READER, TESTED_WORDING, WORD, people
from conversations.flows import Said
from conversations.sms import ORDINARY_SEGMENTS, cost, plain
from conversations.turns import Content, Turn
from knowledge.reading_age import reading_age
from tests.conftest import TODAY

SAMPLE = {"source": "", "checked": "Nov 2026", "who": "Carers UK", "area": "Rutland", "link": "", "number": "85258"}
SAMPLE |= {"phone": "0808 808 7777", "hours": "every day", "where": "carersuk.org", "person": "your husband"}


@pytest.fixture(scope="module")
def readers(content: Content) -> list[Turn]:
    return [turn for turn, _ in people(content, TODAY.date())]


def in_the_check(content: Content) -> Iterator[tuple[str, str]]:
    """Every wording of a question or an ending, each for itself."""
    for state in content.flows.states.values():
        words = {"adult": state.adult, "young": state.young, "ended": state.ended, "again": state.again}
        words |= {"explains": state.explains.adult, "explains to the young": state.explains.young}
        yield from ((f"{state.id}.{who}", text) for who, text in words.items() if text)
        yield from ((f"{state.id}.says", choice.says) for choice in state.choices if choice.says)
        yield from ((f"{state.id}.between", text) for text in said(state.between))
    endings = content.flows.endings
    for name in type(endings.recognised).model_fields:
        yield from ((f"recognised.{name}", text) for text in said(getattr(endings.recognised, name)))
    for group, steps in (("next", endings.next), ("not_now", endings.not_now)):
        yield from ((f"{group}.{name}", text) for name, words in steps.items() for text in said(words))


def outside_it(content: Content) -> Iterator[tuple[str, str]]:
    for name in type(content.flows.phrases).model_fields:
        yield from ((name, text) for text in said(getattr(content.flows.phrases, name)))


def said(words: object) -> list[str]:
    return [text for text in (words.adult, words.young) if text] if isinstance(words, Said) else []


def too_hard(texts: Iterator[tuple[str, str]], readers: list[Turn], oldest: int) -> set[tuple[str, float]]:
    filled = {(where, turn.say(text, keyword="CARE FRIEND", **SAMPLE)) for where, text in texts for turn in readers}
    measured = {(where, reading_age(text)) for where, text in filled if len(WORD.findall(text)) >= FEWEST_MEASURED}
    return {(where, round(age, 1)) for where, age in measured if age > oldest}


def test_every_message_of_the_check_reads_at_nine(content: Content, readers: list[Turn]) -> None:
    tested = {f"{state}.adult" for state in TESTED_WORDING}
    ours = ((at, text) for at, text in in_the_check(content) if at not in tested)
    assert too_hard(ours, readers, CHECK_READER) == set()


def test_everything_else_reads_at_eleven(content: Content, readers: list[Turn]) -> None:
    assert too_hard(outside_it(content), readers, OLDEST_READER) == set()


def test_every_wording_fits_two_texts(content: Content, readers: list[Turn]) -> None:
    texts = [*in_the_check(content), *outside_it(content)]
    filled = {(where, turn.say(text, keyword="CARE FRIEND", **SAMPLE)) for where, text in texts for turn in readers}
    assert {where for where, text in filled if cost(plain(text)).segments > ORDINARY_SEGMENTS} == set()
