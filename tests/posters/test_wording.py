"""What is wrong in the posters' words is told by name; the words themselves read easily."""

from pathlib import Path

import pytest

from bot.posters.wording import FILE, load_wordings
from knowledge.errors import ContentError, Fault
from knowledge.reading_age import reading_age

NAME = "posters/broken.toml"
REAL = FILE.read_text(encoding="utf-8")


def faults(text: str, folder: Path) -> tuple[Fault, ...]:
    path = folder / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_wordings(path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("changed", "to", "field"),
    [
        ('to = "to {number}"', 'to = "to {phone}"', "adult.to"),
        ('to = "to {number}"', 'to = "to {number"', "adult.to"),
        ("That counts.", "That counts 😀", "adult.counts"),
        ("I sort out her tablets.", "I facilitate administration of prescribed medication.", "adult.scenes.1"),
        ('counts = "That counts."\n', "", "adult.counts"),
        ("[adult]", "[grown-up]", "adult"),
        ("[adult]", "[adult", "file"),
    ],
)
def test_every_fault_is_named(changed: str, to: str, field: str, tmp_path: Path) -> None:
    assert changed in REAL
    found = faults(REAL.replace(changed, to, 1), tmp_path)
    assert (found[0].file, found[0].field) == (NAME, field)
    assert all(fault.problem and fault.remedy for fault in found)


def test_the_words_read_easily_and_have_printers_apostrophes() -> None:
    for wording in (load_wordings().adult, load_wordings().young):
        read = [*wording.scenes, wording.after, wording.small.format(service="It"), wording.headline]
        assert "'" not in "".join(read)
        ages = [reading_age(text.replace("’", "'")) for text in read]
        assert max(ages[:-1]) <= 9.5
        assert ages[-1] <= 11  # one long question, kept near to the one that was tested
