"""Free text → the entry that answers it, choices, or honestly nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.loader import load_knowledge
from knowledge.matcher import Matcher
from knowledge.matching.lexicon import load_lexicon
from knowledge.matching.storing import build_name, load
from knowledge.models import Answer, Audience, Choices, KnowledgeBase, Match, Nothing


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_knowledge()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("builds")


@pytest.fixture(scope="module")
def matcher(knowledge: KnowledgeBase, folder: Path) -> Matcher:
    return Matcher.build(knowledge, keep_in=folder, second_opinion=False)


def found(match: Match) -> tuple[str, ...]:
    if isinstance(match, Answer):
        return (match.topic,)
    return match.topics if isinstance(match, Choices) else ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("my nan keeps wetting the bed", "continence"),
        ("wheres the form 4 a blue badge", "transport"),
        ("rest bite for my husband", "breaks-and-respite"),
        ("how much is carers allowence", "carers-allowance"),
        ("universal credit carer elemnt", "universal-credit-carer"),
        ("power of atorney for dad", "power-of-attorney"),
        ("a grab rail for the bath", "equipment-adaptations"),
        ("my wife has dementia and keeps wandering off at night", "dementia"),
        ("we cannot pay the gas bill", "bills-and-hardship"),
        ("im 13 and look after my mum is there any group for me", "young-carers-support"),
        ("how do i complain about the care agency", "complaints"),
        ("my son is 6 and disabled which benefit can we claim for him", "dla-children"),
    ],
)
def test_the_topic_is_answered_or_among_the_choices(matcher: Matcher, text: str, topic: str) -> None:
    assert topic in found(matcher.search(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "x",
        "🙂🙂🙂",
        "https://example.org/win",
        "07700 900123",
        "asdkjhasd qwpoeiru",
        "મને મદદ જોઈએ છે",
        "ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ",
        "مجھے مدد چاہیے",
        "what time does the match kick off",
        "how do i renew my passport",
        "order a pizza please",
    ],
)
def test_nothing_is_found_where_there_is_nothing(matcher: Matcher, text: str) -> None:
    assert isinstance(matcher.search(text), Nothing)


def test_what_is_far_off_is_told_from_what_is_only_not_known(matcher: Matcher) -> None:
    assert matcher.search("what is the capital of peru") == Nothing(far_off=True)
    assert matcher.search("what if she finds out") == Nothing()


@pytest.mark.parametrize("text", ["carer " * 2_000, "pads " * 1_999, "a" * 10_000, "?" * 10_000, "ok", "yes", "mum"])
def test_odd_messages_get_no_confident_answer(matcher: Matcher, text: str) -> None:
    assert not isinstance(matcher.search(text), Answer)


@pytest.mark.parametrize("text", ["pads and a blue badge", "how do i get a blue badge? also need pads for mum"])
def test_two_questions_get_both_topics(matcher: Matcher, text: str) -> None:
    assert {"transport", "continence"} == set(found(matcher.search(text)))


@pytest.mark.parametrize(("age", "topic"), [("6", "dla-children"), ("46", "pip"), ("eighty", "attendance-allowance")])
def test_an_age_decides_between_the_benefits(matcher: Matcher, age: str, topic: str) -> None:
    weighed = matcher.explain(f"what disability benefit can she get, she is {age}").topics
    ranked = [item.topic for item in weighed if item.topic in {"dla-children", "pip", "attendance-allowance"}]
    assert ranked[0] == topic


def test_a_buried_question_is_found(matcher: Matcher) -> None:
    story = (
        "its been a long week, dad was up three times last night and the dog next door barked all night, my sister "
        "says she will come but she never does, anyway he cannot walk far now so how do we get a blue badge"
    )
    assert "transport" in found(matcher.search(story))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_gets_a_match(matcher: Matcher, text: str) -> None:
    match = matcher.search(text, None, Audience.YOUNG)
    assert isinstance(match, (Answer, Choices, Nothing))
    assert len(found(match)) == len(set(found(match))) <= 3


def test_the_kept_build_says_the_same(matcher: Matcher, knowledge: KnowledgeBase, folder: Path) -> None:
    again = Matcher.build(knowledge, keep_in=folder, second_opinion=False)
    for text in ("pads", "is there a carers group in oakham", "cheap flights", "my mum is 84 and needs washing"):
        assert matcher.explain(text) == again.explain(text)


def test_two_builds_of_the_same_files_agree(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    few = sorted(knowledge.topics)[:8]
    small = KnowledgeBase(
        {topic: knowledge.topics[topic] for topic in few},
        knowledge.services,
        knowledge.roles,
        knowledge.rates,
        {key: entry for key, entry in knowledge.entries.items() if key[0] in few},
    )
    one, two = (Matcher.build(small, keep_in=tmp_path / name, second_opinion=False) for name in ("one", "two"))
    for text in ("someone to speak up for me", "attendance allowance", "tell me a joke"):
        assert one.explain(text) == two.explain(text)


def test_another_ask_makes_another_build(knowledge: KnowledgeBase) -> None:
    key = next(iter(knowledge.entries))
    entry = knowledge.entries[key]
    changed = entry.model_copy(update={"asks": (*entry.asks, "a new way to put it")})
    other = KnowledgeBase(
        knowledge.topics, knowledge.services, knowledge.roles, knowledge.rates, {**knowledge.entries, key: changed}
    )
    assert build_name(knowledge, second_opinion=False) != build_name(other, second_opinion=False)


@pytest.mark.parametrize("content", [b"", b"not a build", b"PK\x03\x04broken"])
def test_a_broken_build_is_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "some.npz").write_bytes(content)
    assert load("some", tmp_path) is None


def test_the_explanation_agrees_with_the_search_and_names_words(matcher: Matcher) -> None:
    why = matcher.explain("wots a commodde")
    assert why.match == matcher.search("wots a commodde")
    assert ("equipment", "commod") in why.families
    assert [word.word for word in why.words] == ["what", "is", "a", "commodde"]
    assert len(why.topics) == 3
    assert why.reason


def test_a_young_person_leans_towards_young_carers(matcher: Matcher) -> None:
    def chance(audience: Audience) -> float:
        topics = matcher.explain("help for young carers", None, audience).topics
        return next(topic.chance for topic in topics if topic.topic == "young-carers-support")

    assert chance(Audience.YOUNG) >= chance(Audience.EVERYONE)


def test_faults_in_the_word_lists_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[text-speak]\nu = 1\n[colours]\n[families]\npads = "pads"\n')
    (tmp_path / "not_covered.toml").write_text('[pets]\nasks = ["dog", "Dog"]\n')
    with pytest.raises(ContentError) as caught:
        load_lexicon(tmp_path)
    assert [fault.field for fault in caught.value.faults] == ["pets", "colours", "families.pads", "text-speak.u"]
