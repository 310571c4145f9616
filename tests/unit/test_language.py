"""What was typed → words, stems and facts."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import LONGEST_READ, clean, is_written_in_another_script, stem, tokens
from knowledge.matching.alignment import Vocabulary, skeleton
from knowledge.matching.clauses import LONG, parts
from knowledge.matching.facts import band, facts, number_of
from knowledge.matching.lexicon import Lexicon, load_lexicon

STARTS = [f"{first}{then}" for first in ("car", "help", "look", "worr", "breath", "cry", "sleep", "hurt") for then in (
    "e", "i", "a", "o", "u", "ing", "er", "is", "at", "ab", "en", "if", "on", "ant", "ist", "out")]  # fmt: skip
ENDS = ["ation", "ingly", "fulness", "ied", "ies", "ement", "ities", "ously", "ing", "ed", "s", "ably", "izer", "ism"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("She's HELPING", "she helping"),
        ("I can’t cope", "i cannot cope"),
        ("it doesn't work", "it does not work"),
        ("sooooo tired", "soo tired"),
        ("café", "cafe"),
        ("see https://example.org/a?b=1 now", "see   now"),
        ("", ""),
    ],
)
def test_cleaning(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


def test_threads_stem_alike() -> None:
    """Danger is heard beside the thread that plays turns, and both stem words."""
    words = [f"{start}{end}" for start in STARTS for end in ENDS]
    alone = [str(snowballstemmer.stemmer("english").stemWord(word)) for word in words]
    every = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        stem.cache_clear()
        with ThreadPoolExecutor(4) as pool:
            together = [*pool.map(lambda n: [stem(word) for word in words[n::4]], range(4))]
    finally:
        sys.setswitchinterval(every)
    assert together == [alone[n::4] for n in range(4)]


def test_only_the_first_pages_are_read() -> None:
    assert len(clean("a b " * 10_000)) == LONGEST_READ


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("wot can i get 4 lookin afta nan", "what can i get for looking after nan"),
        ("is there rest bite for dad", "is there respite for dad"),
        ("a tendency allowance form", "attendance allowance form"),
        ("koi madad mil sakti hai", "any help can get"),
        ("she is ill", "she is ill"),
        ("ben is my neighbour", "ben is my neighbour"),
    ],
)
def test_plain_english(lexicon: Lexicon, written: str, english: str) -> None:
    assert " ".join(lexicon.words_of(clean(written))) == english


@pytest.mark.parametrize(
    ("words", "family"),
    [("wetting the bed", "continence"), ("a stairlift", "equipment"), ("my work coach", "universal-credit")],
)
def test_families_of_meaning(lexicon: Lexicon, words: str, family: str) -> None:
    assert family in lexicon.families_in([stem(word) for word in tokens(clean(words))])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'm 14 and look after my mum", ("#me-child",)),
        ("my dad is eighty six", ("#they-pension-age",)),
        ("hes 4 and autistic", ("#they-child",)),
        ("a 9 year old girl", ("#they-child",)),
        ("she is 45", ("#they-adult",)),
        ("she is in her nineties", ("#they-pension-age",)),
        ("I care 35 hours a week", ()),
        ("he was ill 3 years ago", ()),
    ],
)
def test_facts(text: str, found: tuple[str, ...]) -> None:
    assert facts(clean(text)) == found


@pytest.mark.parametrize(
    ("years", "group"),
    [(0, "child"), (15, "child"), (16, "16-17"), (18, "adult"), (65, "adult"), (66, "pension-age"), (111, None)],
)
def test_age_groups(years: int, group: str | None) -> None:
    assert band(years) == group


@pytest.mark.parametrize(("words", "years"), [("14", 14), ("eighty six", 86), ("twelve", 12), ("many", None)])
def test_numbers_in_words(words: str, years: int | None) -> None:
    assert number_of(words) == years


@pytest.mark.parametrize(
    ("text", "other"),
    [("મને મદદ જોઈએ છે", True), ("ਮਦਦ ਚਾਹੀਦੀ ਹੈ", True), ("مدد چاہیے", True), ("café help", False), ("123 !", False)],
)
def test_other_scripts(text: str, *, other: bool) -> None:
    assert is_written_in_another_script(text) is other


VOCABULARY = Vocabulary({"respite": 5, "badge": 3, "blue": 3, "commode": 1, "physiotherapy": 1}, frozenset({"butter"}))


@pytest.mark.parametrize(
    ("word", "read_as"),
    [
        ("respite", "respite"),
        ("respte", "respite"),
        ("rsepite", "respite"),
        ("comode", "commode"),
        ("fizzyotherapy", "physiotherapy"),
        ("bluebadge", "badge"),
    ],
)
def test_misspelt_words_are_read(word: str, read_as: str) -> None:
    assert stem(read_as) in [reading.stem for reading in VOCABULARY.read(word)]


@pytest.mark.parametrize("word", ["zx", "xylophone", "b4", "12", "q" * 40])
def test_what_is_near_nothing_is_not_read(word: str) -> None:
    assert VOCABULARY.read(word) == ()


def test_a_protected_word_stays_itself() -> None:
    assert [reading.stem for reading in VOCABULARY.read("butter")] == [stem("butter")]


def test_a_skeleton_is_how_a_word_sounds() -> None:
    assert skeleton("physio") == skeleton("fisio")


def test_a_short_message_has_no_parts_and_a_long_one_keeps_its_words() -> None:
    assert parts("how do i get pads") == ()
    long = ", ".join(f"word{number} and more of the story" for number in range(LONG))
    assert {word.strip(",") for word in long.split()} == {word for part in parts(long) for word in part.split()}


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    lexicon = load_lexicon_once()
    cleaned = clean(text)
    assert all(isinstance(word, str) for word in lexicon.words_of(cleaned))
    facts(cleaned)
    parts(text)
    for word in tokens(cleaned):
        VOCABULARY.read(word)


_loaded: list[Lexicon] = []


def load_lexicon_once() -> Lexicon:
    """Hypothesis runs a test many times; reading the files once is enough."""
    if not _loaded:
        _loaded.append(load_lexicon())
    return _loaded[0]
