"""Danger first: every example kept beside its pattern, the promises of the replies, and text of any kind at all."""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import harmless
from conversations.engine import step, urgent_reply
from conversations.models import Channel, FoundKind, InboundMessage, Session
from conversations.safety import Risk, assess, load_safety
from conversations.safety.loading import SAFETY
from conversations.safety.normalise import normalise
from conversations.slots import AgeBand, Answers, Place
from conversations.turns import Content
from knowledge.errors import ContentError
from knowledge.loader import load_knowledge
from knowledge.models import Area
from knowledge.rendering import AREAS_AND_ELSEWHERE, PLACEHOLDER, fill, service_for

RULES = load_safety(asks=harmless(load_knowledge()))
MESSAGES = Path(__file__).parents[1] / "content" / "safety.jsonl"
FIRES = [(pattern.id, pattern.risk, text) for pattern in RULES.patterns for text in pattern.fires_on]
SILENT = [(pattern.id, text) for pattern in RULES.patterns for text in pattern.not_on]
TAKEN_OUT = [text for idiom in RULES.idioms for text in idiom.taken_out_of]
STILL_ALARMS = [text for idiom in RULES.idioms for text in idiom.not_on]
LONGEST = 3 * 153
GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


@pytest.mark.parametrize(("pattern", "risk", "text"), FIRES)
def test_fires(pattern: str, risk: Risk, text: str) -> None:
    """The example is heard, as this risk. Which of its patterns hears it first is no matter."""
    alarm = assess(text, RULES)
    assert alarm is not None, pattern
    assert alarm.risk is risk, alarm


@pytest.mark.parametrize(("pattern", "text"), SILENT)
def test_does_not_fire(pattern: str, text: str) -> None:
    assert assess(text, RULES) is None, pattern


@pytest.mark.parametrize("text", TAKEN_OUT)
def test_idiom_is_taken_out(text: str) -> None:
    assert assess(text, RULES) is None


@pytest.mark.parametrize("text", STILL_ALARMS)
def test_idiom_hides_nothing_else(text: str) -> None:
    assert assess(text, RULES) is not None


def test_every_risk_has_patterns() -> None:
    assert {pattern.risk for pattern in RULES.patterns} == set(Risk)


@given(st.text(max_size=400))
def test_never_raises(text: str) -> None:
    assess(text, RULES)


@given(st.lists(st.sampled_from(sorted(RULES.index)), max_size=30))
@settings(max_examples=200)
def test_never_raises_on_words_of_danger(words: list[str]) -> None:
    assess(" ".join(words), RULES)


NOISE: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "capital first": str.capitalize,
    "curly quotes": lambda text: text.replace("'", "\u2019"),
    "no apostrophes": lambda text: text.replace("'", ""),
    "full stop": lambda text: text.rstrip(".") + ".",
    "exclamations": lambda text: text.rstrip(".") + "!!!",
    "a number first": lambda text: f"2 {text}",
    "back first": lambda text: f"back {text}",
    "ok first": lambda text: f"ok {text}",
    "hi first": lambda text: f"hi. {text}",
    "spaces": lambda text: "  " + text.replace(" ", "   ") + "\n",
    "please last": lambda text: f"{text.rstrip('.')} please",
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_changes_nothing(noise: str) -> None:
    lost = [text for _, _, text in FIRES if assess(NOISE[noise](text), RULES) is None]
    assert lost == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I CAN'T breathe", "i cant breathe"),
        ("i can\u2019t breathe", "i cant breathe"),
        ("im gona kill my self", "im gonna kill myself"),
        ("suisidal", "suicidal"),
        ("unconcious", "unconscious"),
        ("soooo tired", "so tired"),
        ("scared 2 go home", "scared to go home"),
        ("2 tablets 4 times", "2 tablets 4 times"),
        ("she is 2", "shes 2"),
        ("I do not want to", "i dont wanna"),
        ("hittin me", "hitting me"),
        ("im dead \U0001f602", "im dead lol"),
        ("k.m.s", "kms"),
        ("zażółć gęślą", "zazolc gesla"),
        ("wait... what", "wait what"),
    ],
)
def test_one_form(written: str, read: str) -> None:
    assert " ".join(normalise(written, RULES.spelling)) == read


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("this form is killing me and i want to die", Risk.SUICIDE_SELF_HARM),
        ("my dad hits me and i want to kill myself im 12", Risk.SUICIDE_SELF_HARM),
        ("i cant cope any more and mum is not breathing", Risk.MEDICAL_EMERGENCY),
        ("i cant do this any more and dad with dementia has gone missing", Risk.MISSING_PERSON),
    ],
)
def test_life_comes_first(text: str, risk: Risk) -> None:
    alarm = assess(text, RULES)
    assert alarm is not None
    assert alarm.risk is risk


def messages() -> list[tuple[str, str]]:
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()
    return [(line["text"], line["risk"]) for line in map(json.loads, lines)]


def test_hears_what_it_was_not_taught() -> None:
    """Recall over all risks and for the gravest four, the right risk, and false alarms, on lines kept from the lists.

    They are harder than most: what is asked here is what was reached, not what is wished.
    """
    found = [(risk, assess(text, RULES)) for text, risk in messages()]
    risky = [(risk, alarm) for risk, alarm in found if risk != "none"]
    gravest = [alarm for risk, alarm in risky if risk in list(Risk)[:4]]
    innocent = [alarm for risk, alarm in found if risk == "none"]
    assert share(alarm is not None for _, alarm in risky) >= 0.90
    assert share(alarm is not None for alarm in gravest) >= 0.90
    assert share(alarm is not None and alarm.risk == risk for risk, alarm in risky) >= 0.82
    assert share(alarm is not None for alarm in innocent) <= 0.06


def share(outcomes: Iterable[bool]) -> float:
    values = list(outcomes)
    return sum(values) / len(values)


# ---- replies ----

METHODS = ("tablet", "pill", "knife", "blade", "rope", "overdose", "hang", "cut", "jump", "bridge", "razor", "poison")


PEOPLE = [(young, area) for young in (False, True) for area in AREAS_AND_ELSEWHERE]
EVERYBODY = [(risk, *person) for risk in Risk for person in PEOPLE]


@dataclass(frozen=True)
class Sent:
    """What the engine sends, numbers and all: by (risk, young, area), and next by (young, area)."""

    urgent: Mapping[tuple[Risk, bool, Area | None], str]
    next: Mapping[tuple[bool, Area | None], str]


@pytest.fixture(scope="module")
def sent(content: Content) -> Sent:
    return Sent(
        {(risk, young, area): said_to(content, risk, young=young, area=area) for risk, young, area in EVERYBODY},
        {(young, area): said_after(content, young=young, area=area) for young, area in PEOPLE},
    )


def said_to(content: Content, risk: Risk, *, young: bool, area: Area | None) -> str:
    """The reply to the first example of this risk that tells nothing else of the person."""
    session = somebody("new", young=young, area=area)
    texts = (text for pattern in RULES.patterns if pattern.risk is risk for text in pattern.fires_on)
    turns = (urgent_reply(content, session, by_telegram(text)) for text in texts)
    return next(
        turn.replies[0].text
        for turn in turns
        if turn and turn.session and turn.found.risk == risk.value and turn.session.answers == session.answers
    )


def said_after(content: Content, *, young: bool, area: Area | None) -> str:
    told = somebody("urgent", young=young, area=area).model_copy(update={"risk": Risk.BREAKING_POINT})
    found = step(content, told, by_telegram("ok"))
    assert found.found.kind is FoundKind.URGENT
    return found.replies[0].text


def somebody(state: str, *, young: bool, area: Area | None) -> Session:
    age, place = AgeBand.YOUNG if young else None, Place(area.value) if area else None
    return Session(state=state, answers=Answers(age=age, place=place))


def by_telegram(text: str) -> InboundMessage:
    return InboundMessage(text, Channel.TELEGRAM, datetime(2026, 11, 21, 12, tzinfo=UTC))


def check_promises(text: str) -> None:
    assert "{" not in text, "a placeholder is left"
    assert len(text) <= LONGEST, len(text)
    assert set(text) <= GSM_7
    assert not set(text) & set("[]{}^\\|~€"), "these letters count twice"
    assert "!" not in text
    assert "automated service" in text
    assert "o person reads this" in text
    assert not [word for word in METHODS if word in text.lower()]
    assert "please be aware" not in text.lower()
    assert "999" in text


@pytest.mark.parametrize(("risk", "young", "area"), EVERYBODY)
def test_reply_fits_and_keeps_its_promises(sent: Sent, risk: Risk, young: bool, area: Area | None) -> None:
    check_promises(sent.urgent[risk, young, area])


@pytest.mark.parametrize(("young", "area"), PEOPLE)
def test_what_follows_fits_and_keeps_its_promises(sent: Sent, young: bool, area: Area | None) -> None:
    check_promises(sent.next[young, area])


def test_no_number_is_said_twice() -> None:
    """But 999, which is said again where minutes matter, or where a council's own line is closed at night."""
    twice = {
        (name, match[1])
        for young, area in PEOPLE
        for name, text in RULES.replies.texts(young=young, area=area).items()
        for match in PLACEHOLDER.finditer(text)
        if text.count(match[0]) > 1 and match[1] != "999.phone"
    }
    assert twice == set()


@pytest.mark.parametrize(("young", "area"), PEOPLE)
def test_all_that_is_said_after_danger_keeps_its_promises(content: Content, young: bool, area: Area | None) -> None:
    for text in RULES.replies.texts(young=young, area=area).values():
        check_promises(fill(content.knowledge, text, None, area, date(2026, 11, 21)))


@pytest.mark.parametrize("risk", Risk)
def test_under_18s_get_childline(sent: Sent, risk: Risk) -> None:
    for area in AREAS_AND_ELSEWHERE:
        assert "0800 1111" in sent.urgent[risk, True, area]


def test_a_child_whose_age_is_not_known_gets_childline(sent: Sent) -> None:
    bodily = {Risk.MEDICAL_EMERGENCY, Risk.MISSING_PERSON}  # 999 alone, first and last
    assert [key for key, text in sent.urgent.items() if "0800 1111" not in text and key[0] not in bodily] == []
    assert all("not in trouble" in sent.urgent[Risk.CHILD_AT_RISK, young, None] for young in (False, True))


def test_a_reply_asks_nothing(sent: Sent) -> None:
    assert [text for text in sent.urgent.values() if "?" in text] == []


def test_every_number_is_sure(content: Content) -> None:
    unsure = [
        (name, match[1], area)
        for young, area in PEOPLE
        for name, text in RULES.replies.texts(young=young, area=area).items()
        for match in PLACEHOLDER.finditer(text)
        if (service := service_for(content.knowledge, match[1].split(".")[0], area)) is None
        or service.confidence != "high"
    ]
    assert unsure == []


@pytest.mark.parametrize("area", Area)
def test_rutland_gets_no_line_that_is_not_sure(area: Area) -> None:
    """Rutland's own safeguarding lines rest on old pages, so no role that could resolve to them stands there."""
    for text in RULES.replies.texts(young=False, area=area).values():
        assert (area is not Area.RUTLAND) or ("{safeguarding" not in text and "{night" not in text)


# ---- faults ----


def test_a_message_has_one_risk(tmp_path: Path) -> None:
    shutil.copytree(SAFETY, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "examples" / "none.txt").open("a", encoding="utf-8") as file:
        file.write("He hits me, daily!\n")
    with (tmp_path / "examples" / "adult-abuse.txt").open("a", encoding="utf-8") as file:
        file.write("he hits me daily\n")
    with pytest.raises(ContentError) as caught:
        load_safety(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [
        "examples/none.txt: file: 'He hits me, daily!' stands in examples/adult-abuse.txt too. Keep it in one of them."
    ]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(SAFETY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "examples" / "adult-abuse.txt").unlink()
    (tmp_path / "missing-person.toml").write_text("pattern = [", encoding="utf-8")
    (tmp_path / "idioms.toml").unlink()
    suicide = tmp_path / "suicide-self-harm.toml"
    text = suicide.read_text(encoding="utf-8")
    suicide.write_text(text.replace('"suicidal",', '"<nobody-knows> suicidal",\n  "(open",'), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_safety(tmp_path)
    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert "missing-person.toml" in told
    assert "idioms.toml" in told
    assert "examples/adult-abuse.txt" in told
    assert "no group <nobody-knows>" in told
    assert "Is a bracket open?" in told
