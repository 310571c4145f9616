"""A second opinion on danger by what words mean: learned, kept, and missing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.likeness import NONE
from conversations.safety.meaning import Meaning, learn_meaning
from knowledge.matching.semantic import SentenceModel, load_model

EXAMPLES = (
    ("he hit me last night", "abuse"),
    ("he punched me in the kitchen", "abuse"),
    ("she slapped me again", "abuse"),
    ("dad kicked my brother", "abuse"),
    ("how do I get a blue badge", NONE),
    ("what money is there for carers", NONE),
    ("is there a group near me", NONE),
    ("where do I get a bus pass", NONE),
)


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    found = load_model()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def learned(model: SentenceModel) -> Meaning:
    found = learn_meaning(EXAMPLES, model)
    assert found is not None
    return found


def test_hears_what_no_example_says(learned: Meaning) -> None:
    assert learned.chances("they keep thumping him")["abuse"] > 0.6
    assert learned.chances("can we have a parking permit")["abuse"] < 0.4


@given(text=st.text())
def test_any_text_has_chances(learned: Meaning, text: str) -> None:
    chances = learned.chances(text)
    assert set(chances) == {"abuse", NONE}
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)


def test_a_kept_build_is_the_same(learned: Meaning, model: SentenceModel) -> None:
    again = learn_meaning(EXAMPLES, model)
    assert again is not None
    arrays = ("rarity", "middle", "spread", "phases", "weights")
    assert [name for name in arrays if not np.array_equal(getattr(again, name), getattr(learned, name))] == []
    assert replace(again, **{name: getattr(learned, name) for name in arrays}) == learned


def test_a_spoilt_build_is_made_again(
    learned: Meaning, model: SentenceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARERS_BOT_CACHE", str(tmp_path))
    learn_meaning(EXAMPLES, model)
    (kept,) = tmp_path.glob("danger-meaning-*.npz")
    kept.write_bytes(b"spoilt")
    again = learn_meaning(EXAMPLES, model)
    assert again is not None
    assert np.array_equal(again.weights, learned.weights)


def test_without_a_model_there_is_no_second_opinion() -> None:
    assert learn_meaning(EXAMPLES, None) is None
