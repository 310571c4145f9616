"""The second opinion: meanings that lie near each other, and doing without when the weights are not ours."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.matching import semantic
from knowledge.matching.semantic import SentenceModel, load_model


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    found = load_model()
    if found is None:
        pytest.skip("the sentence model is not installed")
    return found


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("i need a rest from looking after her", "a break from caring", "parking for disabled people"),
        ("she keeps wetting the bed", "help with incontinence", "help with the rent"),
        ("grab rails for the bath", "equipment to make the home safer", "somebody to talk to"),
        ("they have stopped my money", "a benefit was cut", "a hospital appointment"),
    ],
)
def test_what_means_alike_lies_near(model: SentenceModel, text: str, near: str, far: str) -> None:
    one, alike, other = (model.embed(each) for each in (text, near, far))
    assert float(one @ alike) > float(one @ other)


@pytest.mark.parametrize("text", ["", " ", "?", "a", "😀", "word " * 3000, "x" * 500, "ગુજરાતી"])
def test_any_text_has_a_meaning_of_length_one(model: SentenceModel, text: str) -> None:
    meaning = model.embed(text)
    assert meaning.shape == (semantic.WIDTH,)
    assert float(np.linalg.norm(meaning)) == pytest.approx(1, abs=1e-4)


def test_rows_are_the_texts_own(model: SentenceModel) -> None:
    texts = ("a break", "bills")
    assert np.array_equal(model.embed_all(texts), np.stack([model.embed(text) for text in texts]))


def test_other_weights_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "not_the_very_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "model" / "model.safetensors").write_bytes(b"altered")
    (package / "model" / "vocab.txt").write_text("[UNK]\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(semantic, "PACKAGES", ("not_the_very_weights", "there_is_no_such_package"))
    assert load_model.__wrapped__() is None
