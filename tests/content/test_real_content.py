"""The real content, as everybody would be given it: every topic, area and audience, by text and on Telegram."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product
from pathlib import Path

import phonenumbers
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from conversations.answering import give_answer, more
from conversations.models import Channel, InboundMessage, Reply, Session
from conversations.slots import AgeBand, Answers, Place
from conversations.sms import ORDINARY_SEGMENTS, Encoding, cost
from conversations.turns import Content, Turn
from knowledge.checks import Level, check_knowledge
from knowledge.loader import load_knowledge
from knowledge.models import Area, KnowledgeBase
from knowledge.rendering import AREAS_AND_ELSEWHERE
from tests.content.loading import load_without_matcher

ROOT = Path(__file__).parents[2]
TODAY, NEXT_YEAR = date(2026, 11, 21), date(2028, 1, 1)  # next year every answer is overdue and no figure holds
LONGEST_ON_TELEGRAM = 4096
SHORT_NUMBERS = {"999", "111"}  # these are names as much as numbers: "ring 999", "NHS 111"
TEAM_WORDS = {"advice", "carers", "customer", "enquiries", "help", "helpline", "info", "services", "support", "team"}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_knowledge()


@pytest.fixture(scope="module")
def content(knowledge: KnowledgeBase) -> Content:
    return load_without_matcher(knowledge)


def people(content: Content, channel: Channel) -> Iterator[Turn]:
    """Adults and young people in each area and elsewhere, today and when everything is overdue."""
    for age, area, day in product((AgeBand.ADULT, AgeBand.YOUNG), AREAS_AND_ELSEWHERE, (TODAY, NEXT_YEAR)):
        answers = Answers(age=age, place=Place(area.value) if area else None)
        message = InboundMessage("", channel, datetime.combine(day, time(12), UTC))
        yield Turn(content, Session(answers=answers), message, answers)


def answers_by_sms(turn: Turn, topic: str) -> Iterator[Reply]:
    """The answer and every part that MORE gives."""
    step = give_answer(turn, topic)
    yield from step.replies
    for _ in range(20):
        assert step.session is not None
        page = step.session.page
        step = more(replace(turn, session=step.session))
        yield from step.replies
        if step.session is None or step.session.page == page:
            return
    raise AssertionError(f"{topic} never ends")


def content_files() -> dict[Path, str]:
    folders = (ROOT / "knowledge", ROOT / "conversations")
    paths = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".toml", ".md"})
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in paths}


def test_the_check_passes_and_says_how_much_it_looked_at() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.output.startswith("0 errors\n")
    assert re.search(r"^\d+ topics, \d+ entries, \d+ services, \d+ rates", result.output, re.MULTILINE)
    assert result.exit_code == 0


def test_the_knowledge_base_has_no_error(knowledge: KnowledgeBase) -> None:
    errors = [str(found.fault) for found in check_knowledge(knowledge, TODAY) if found.level is Level.ERROR]
    assert errors == []


def test_there_are_all_topics_and_areas(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.topics) >= 62
    assert set(Area) == {"leicester", "leicestershire", "rutland"}


def test_every_answer_by_sms_is_two_plain_segments_and_so_is_every_part_of_it(content: Content) -> None:
    too_much = [
        (topic, turn.answers, reply.text)
        for turn, topic in product(people(content, Channel.SMS), content.knowledge.topics)
        for reply in answers_by_sms(turn, topic)
        if (price := cost(reply.text)).segments > ORDINARY_SEGMENTS or price.encoding is not Encoding.GSM_7
    ]
    assert too_much == []


def test_every_answer_fits_one_telegram_message(content: Content) -> None:
    too_much = [
        (topic, turn.answers, len(reply.text))
        for turn, topic in product(people(content, Channel.TELEGRAM), content.knowledge.topics)
        for reply in give_answer(turn, topic).replies
        if len(reply.text.encode("utf-16-le")) // 2 > LONGEST_ON_TELEGRAM
    ]
    assert too_much == []


def test_every_answer_says_whom_to_ring_or_where_to_look(content: Content) -> None:
    """A text that names no contact at all would leave somebody alone with it."""
    silent = {
        (topic, turn.area)
        for turn, topic in product(people(content, Channel.SMS), content.knowledge.topics)
        if not re.search(r"\d{3}|\w\.(?:uk|org|com)", give_answer(turn, topic).replies[0].text)
    }
    assert silent == set()


def test_every_number_that_is_shown_belongs_to_a_service_that_may_be_shown(content: Content) -> None:
    services = [service for service in content.knowledge.services.values() if service.publishable]
    known = {digits(number) for service in services for number in (service.phone, service.text)}
    shown = {
        digits(match.raw_string)
        for turn, topic in product(people(content, Channel.TELEGRAM), content.knowledge.topics)
        for reply in give_answer(turn, topic).replies
        for match in phonenumbers.PhoneNumberMatcher(re.sub(r"https?://\S+", "", reply.text), "GB")
    }
    assert shown <= known
    assert len(shown) > 30


def test_every_number_that_may_be_shown_stands_in_exactly_one_file(knowledge: KnowledgeBase) -> None:
    files = content_files()
    wrong = {}
    for service in knowledge.services.values():
        for number in {service.phone, service.text} - {"", *SHORT_NUMBERS}:
            written = re.compile(rf"(?<!\d){'[ -]?'.join(digits(number))}(?!\d)")
            found = [path.as_posix() for path, text in files.items() for _ in written.findall(text)]
            if service.publishable and len(found) != 1:
                wrong[number] = found
    assert wrong == {}


def test_no_email_is_that_of_a_person(knowledge: KnowledgeBase) -> None:
    """An address like first.last@ is a person's, unless its words are a team's ("customer.services@")."""
    emails = {service.email: service for service in knowledge.services.values() if service.email}
    written = {address for text in content_files().values() for address in EMAIL.findall(text)}
    assert written <= set(emails)
    persons = [
        email
        for email, service in emails.items()
        if len(parts := re.split(r"[._-]", email.partition("@")[0])) > 1
        and not set(parts) <= TEAM_WORDS | set(re.findall(r"\w+", f"{service.name} {service.does}".lower()))
    ]
    assert persons == []


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)
