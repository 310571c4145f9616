"""Settings: every fault at once, by name, and never a value."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings
from conversations.sources import WaysIn

GOOD = {
    "PUBLIC_URL": "https://bot.example.org/",
    "TWILIO_AUTH_TOKEN": "one, two",
    "TELEGRAM_TOKEN": "123:abc",
    "TELEGRAM_SECRET": "hush",
    "PERSON_KEY_SECRET": "x" * 32,
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_with_nothing_set_the_service_is_local() -> None:
    settings = load_settings()
    assert (settings.local, settings.database_path, settings.port) == (True, Path("carers-bot.sqlite3"), 8000)


def test_everything_set(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, GOOD)
    settings = load_settings()
    assert settings.twilio_auth_token == ("one", "two")
    assert settings.public_url == "https://bot.example.org"
    assert not settings.local


def test_public_statistics_need_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"PUBLIC_URL": "https://x.example", "STATS_PUBLIC": "1"})
    assert load_settings().stats_public


def test_ways_in_are_as_people_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"SMS_NUMBER": "07700 900123", "TELEGRAM_BOT": "@CarersBot"})
    assert load_settings().ways_in == WaysIn("07700 900123", "CarersBot")
    assert load_settings(sms_number="85258").ways_in == WaysIn("85258", "CarersBot")


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=8123\nSERVICE_NAME=Test Line\n")
    assert (load_settings().port, load_settings().service_name) == (8123, "Test Line")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"PORT": "no"}, ["PORT"]),
        (
            {"PORT": "0", "DATABASE_URL": "mysql://x", "PUBLIC_URL": "bot.example.org"},
            ["DATABASE_URL", "PORT", "PUBLIC_URL"],
        ),
        ({"TWILIO_AUTH_TOKEN": "t"}, ["PERSON_KEY_SECRET", "PUBLIC_URL"]),
        ({"TELEGRAM_TOKEN": "1:t", "PUBLIC_URL": "https://x.example"}, ["PERSON_KEY_SECRET", "TELEGRAM_SECRET"]),
        ({"PUBLIC_URL": "https://x.example"}, ["PERSON_KEY_SECRET"]),
        ({"PUBLIC_URL": "https://x.example", "STATS_PUBLIC": "perhaps"}, ["STATS_PUBLIC"]),
        ({"TELEGRAM_SECRET": "not this one!"}, ["TELEGRAM_SECRET"]),
        ({"PERSON_KEY_SECRET": "short"}, ["PERSON_KEY_SECRET"]),
        ({"SERVICE_NAME": "Café €"}, ["SERVICE_NAME"]),
        ({"SMS_NUMBER": "ring us", "TELEGRAM_BOT": "t.me/bot"}, ["SMS_NUMBER", "TELEGRAM_BOT"]),
    ],
)
def test_every_fault_is_named(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], expected: list[str]) -> None:
    set_all(monkeypatch, changes)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert sorted(line.split(":")[0] for line in str(caught.value).splitlines()) == expected


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("PUBLIC_URL", "https://bot.example.org/bot", "without a path"),
        ("PUBLIC_URL", "https://bot.example.org?a=1", "without a path, a user, ? and #"),
        ("PUBLIC_URL", "https://bot.example.org#top", "without a path, a user, ? and #"),
        ("PUBLIC_URL", "https://me:word@bot.example.org", "without a path, a user, ? and #"),
        ("PUBLIC_URL", "https://bot.example.org\n", "like https://bot.example.org"),
        ("PUBLIC_URL", "ftp://bot.example.org", "like https://bot.example.org"),
        ("PUBLIC_URL", "https://:443", "like https://bot.example.org"),
        ("TELEGRAM_API_BASE_URL", "", "like https://api.telegram.org"),
        ("TELEGRAM_API_BASE_URL", "https://api.example.org/bots?a", "like https://api.telegram.org"),
        ("TELEGRAM_TOKEN", "abc", "the whole token from BotFather"),
        ("TELEGRAM_TOKEN", "123:ab c", "the whole token from BotFather"),
        ("DATABASE_URL", "sqlite:///:memory:", "the path of a file, like sqlite:///carers-bot.sqlite3"),
        ("SERVICE_NAME", "   ", "plain letters, digits and single spaces"),
        ("SERVICE_NAME", " Line", "plain letters, digits and single spaces"),
        ("SERVICE_NAME", "Carers\nLine", "plain letters, digits and single spaces"),
        ("SERVICE_NAME", "Carers\x07Line", "plain letters, digits and single spaces"),
    ],
)
def test_a_value_of_a_wrong_form_is_refused_with_what_to_write(setting: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**{setting.lower(): value})
    told = [line for line in str(caught.value).splitlines() if line.startswith(f"{setting}: ")]
    assert len(told) == 1
    assert remedy in told[0]
    assert not value.strip() or value not in told[0]


@pytest.mark.parametrize("address", ["https://bot.example.org:8443/", "http://127.0.0.1:8000", "https://[::1]:8000"])
def test_addresses_that_are_whole(address: str) -> None:
    settings = load_settings(
        public_url=address, person_key_secret="x" * 32, telegram_api_base_url=f"{address.rstrip('/')}/a"
    )
    assert settings.public_url == address.rstrip("/")
    assert settings.telegram_api_base_url == f"{address.rstrip('/')}/a"


def test_no_value_is_ever_told(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"PERSON_KEY_SECRET": "hunter2", "TELEGRAM_SECRET": "pass word", "DATABASE_URL": "my-private"})
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert not any(value in str(caught.value) for value in ("hunter2", "pass word", "my-private"))
