"""Danger first: every example kept beside its pattern, the promises of the replies, and text of any kind at all."""

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import harmless_asks
from conversations.safety import Risk, assess, load_safety
from conversations.safety.loading import SAFETY
from conversations.safety.normalise import normalise
from conversations.safety.replies import AREAS
from knowledge.errors import ContentError
from knowledge.loader import load_knowledge
from knowledge.models import Area
from knowledge.rendering import PLACEHOLDER, service_for
from knowledge.rendering import fill as fill_services

RULES = load_safety(asks=harmless_asks(load_knowledge()))
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


@pytest.mark.parametrize("risk", Risk)
def test_every_risk_has_patterns(risk: Risk) -> None:
    assert RULES.by_risk()[risk]


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

# The numbers stand here only so that lengths can be measured without the services files. What people are sent comes
# from those files; that each number is there, and of high confidence, is tested below wherever they can be read.
NUMBERS = {
    "999.phone": "999",
    "samaritans.phone": "116 123",
    "shout.text": "85258",
    "childline.phone": "0800 1111",
    "papyrus.phone": "0800 068 4141",
    "nhs-111.phone": "111",
    "nhs-111-mental-health.phone": "111",
    "domestic-abuse.phone": "0808 2000 247",
    "llr-domestic-abuse-helpline.phone": "0808 802 0028",
    "rutland-customer-services.phone": "01572 722577",
    "leics-adult-social-care.phone": "0116 305 0004",
    "safeguarding-adults.phone": "0116 305 0004",
    "safeguarding-children.phone": "0116 305 0005",
    "night.phone": "0116 305 0888",
}
METHODS = ("tablet", "pill", "knife", "blade", "rope", "overdose", "hang", "cut", "jump", "bridge", "razor", "poison")


def fill(text: str, _area: Area | None) -> str:
    for placeholder, number in NUMBERS.items():
        text = text.replace(f"{{{placeholder}}}", number)
    return text


FILLED = RULES.replies.filled(fill)
TEXTS = {
    **{f"{risk} young={young} {area}": text for (risk, young, area), text in FILLED.urgent.items()},
    **{f"next young={young} {area}": text for (young, area), text in FILLED.next_message.items()},
}


def test_every_risk_answers_everybody_everywhere() -> None:
    assert set(FILLED.urgent) == {(risk, young, area) for risk in Risk for young in (False, True) for area in AREAS}


@pytest.mark.parametrize("name", TEXTS)
def test_reply_fits_and_keeps_its_promises(name: str) -> None:
    text = TEXTS[name]
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


@pytest.mark.parametrize("risk", Risk)
def test_under_18s_get_childline(risk: Risk) -> None:
    for area in AREAS:
        assert "0800 1111" in FILLED.urgent[risk, True, area]


def test_a_child_whose_age_is_not_known_gets_childline() -> None:
    bodily = {Risk.MEDICAL_EMERGENCY, Risk.MISSING_PERSON}  # 999 alone, first and last
    assert [key for key, text in FILLED.urgent.items() if "0800 1111" not in text and key[0] not in bodily] == []
    assert all("not in trouble" in FILLED.urgent[Risk.CHILD_AT_RISK, young, None] for young in (False, True))


def test_a_reply_asks_nothing() -> None:
    assert [text for text in FILLED.urgent.values() if "?" in text] == []


def test_every_number_is_sure_and_every_text_fits_with_the_services_as_they_stand() -> None:
    knowledge = load_knowledge()
    filled = RULES.replies.filled(lambda text, area: fill_services(knowledge, text, None, area, date(2026, 11, 21)))
    assert max(map(len, filled.urgent.values())) <= LONGEST
    unsure = [
        (risk, match[1], area)
        for risk, reply in RULES.replies.urgent.items()
        for young in (False, True)
        for area in AREAS
        for match in PLACEHOLDER.finditer(reply.for_person(young=young, area=area))
        if (service := service_for(knowledge, match[1].split(".")[0], area)) is None or service.confidence != "high"
    ]
    assert unsure == []


@pytest.mark.parametrize("area", Area)
def test_rutland_gets_no_line_that_is_not_sure(area: Area) -> None:
    """Rutland's own safeguarding lines rest on old pages, so no role that could resolve to them stands there."""
    for risk in Risk:
        text = RULES.replies.urgent[risk].for_person(young=False, area=area)
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
