"""What an editor can get wrong in answers/words.toml, and what is said of it."""

from pathlib import Path

import pytest

from conversations.answers.vocabulary import WORDS_FILE, has, load_vocabulary
from knowledge.errors import ContentError

REAL = WORDS_FILE.read_text(encoding="utf-8")


def file_with(tmp_path: Path, good: str, bad: str) -> Path:
    """The real file with one place changed."""
    assert REAL.count(good) == 1
    path = tmp_path / "words.toml"
    path.write_text(REAL.replace(good, bad), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('self = ["himself",', 'self = "himself",', "file: This is not TOML: Expected newline or end of document"),
        ("[signs]", "[sings]", "signs: This line is missing. Add it."),
        ("[signs]", "[sings]", "sings: There is no field of this name. Check the spelling, or take the line out."),
        ("\nsiblings = [", "\nsibling = [", "tasks.sibling: This word is not known here. Use 'household', "),
        ("\ncare_worker = [", "\ncarer = [", "paid.carer: This word is not known here. Use 'unpaid', 'paid', "),
        ('yes = [\n  "yes", "ok",', 'yes = [\n  "", "ok",', "yes-no.yes.1: There is too little in it."),
        ('abit = "a bit"', "abit = 2", "text-speak.abit: This is not text."),
        ("\nalso = [", "\ntoo = [", "spelling.also: This line is missing."),
        ('"definitely not", "sure not"', '"definitely .."', 'yes-no.no: "definitely .." is too open or too long.'),
        ('"definitely not", "sure not"', '"?now .. not"', 'yes-no.no: "?now .. not" is too open or too long.'),
        ('"definitely not", "sure not"', '"not @anybody"', "uses @anybody, which is not under [sets]"),
        ('"definitely not", "sure not"', '"I don\'t"', "has an apostrophe or a capital letter. Leave them out."),
    ],
)
def test_a_fault_names_the_file_the_place_and_the_remedy(tmp_path: Path, good: str, bad: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_vocabulary(file_with(tmp_path, good, bad))
    assert [fault.file for fault in caught.value.faults] == ["answers/words.toml"] * len(caught.value.faults)
    assert told in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = file_with(tmp_path, '"definitely not", "sure not"', '"Not .."')
    with pytest.raises(ContentError) as caught:
        load_vocabulary(path)
    assert len(caught.value.faults) == 2


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(REAL, encoding="utf-8-sig")
    assert has(load_vocabulary(path).hear("yes please"), "yes-no", "yes")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="This file is missing"):
        load_vocabulary(tmp_path / "words.toml")
