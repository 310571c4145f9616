"""Settings from the environment or `.env`. All faults are told at once, each with its setting's name."""

import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from conversations.sources import WaysIn

HOST = r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?"
MIN_SECRET = 32  # characters: a person key must not be guessed by trying every phone number against a short secret


class SettingsError(Exception):
    """Settings that are missing or wrong: one line for each."""


class Settings(BaseSettings):
    """What whoever runs the service decides. The same names, in capitals, stand in .env.example."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str = "sqlite:///carers-bot.sqlite3"
    public_url: str = ""
    twilio_auth_token: Annotated[tuple[str, ...], NoDecode] = ()
    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_api_base_url: str = "https://api.telegram.org"
    person_key_secret: str = ""
    stats_public: bool = False
    service_name: str = Field(default="LLR Carers Line", min_length=1, max_length=24)
    sms_number: str = ""
    telegram_bot: str = ""
    port: int = Field(default=8000, ge=1, le=65535)

    @field_validator("twilio_auth_token", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        """One token, or several with commas between them while they are being changed."""
        return tuple(t.strip() for t in value.split(",") if t.strip()) if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return _address(value, HOST, "https://bot.example.org, without a path, a user, ? and #") if value else value

    @field_validator("telegram_api_base_url")
    @classmethod
    def _api(cls, value: str) -> str:
        return _address(value, rf"{HOST}(?:/[\w.~-]+)*", "https://api.telegram.org")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        # A database in memory would be a new one for each part of the service that opens it.
        if not value.startswith("sqlite:///") or value.removeprefix("sqlite:///") in {"", ":memory:"}:
            raise ValueError("must be sqlite:///PATH, the path of a file, like sqlite:///carers-bot.sqlite3")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value):
            raise ValueError("must be the whole token from BotFather: figures, a colon, then letters and figures")
        return value

    @field_validator("telegram_secret")
    @classmethod
    def _secret_characters(cls, value: str) -> str:
        if value and not (len(value) <= 256 and all(c.isascii() and (c.isalnum() or c in "_-") for c in value)):
            raise ValueError("may hold only letters, digits, _ and -, at most 256 (Telegram's rule)")
        return value

    @field_validator("service_name")
    @classmethod
    def _speakable(cls, value: str) -> str:
        if not re.fullmatch(r"[!-~]+(?: [!-~]+)*", value) or set(value) & set("[]{}^\\|~`"):
            raise ValueError(
                "may hold only plain letters, digits and single spaces between words, as it is sent in text messages"
            )
        return value

    @field_validator("sms_number")
    @classmethod
    def _number(cls, value: str) -> str:
        if value and not re.fullmatch(r"\+?[0-9][0-9 ]{3,18}", value):
            raise ValueError("must be a telephone number as people should read it, like 07700 900123")
        return value.strip()

    @field_validator("telegram_bot")
    @classmethod
    def _bot_name(cls, value: str) -> str:
        if value and not re.fullmatch(r"@?[A-Za-z][A-Za-z0-9_]{4,31}", value):
            raise ValueError("must be the bot's name on Telegram, like CarersBot: 5 to 32 letters, digits and _")
        return value.removeprefix("@")

    @model_validator(mode="after")
    def _together(self) -> Self:
        """Settings that need each other. All that are missing are told at once."""
        missing = []
        if self.twilio_auth_token and not self.public_url:
            missing.append("PUBLIC_URL: is needed with TWILIO_AUTH_TOKEN, as Twilio signs the public address")
        if self.telegram_token and self.public_url and not self.telegram_secret:
            missing.append("TELEGRAM_SECRET: is needed with TELEGRAM_TOKEN and PUBLIC_URL, to know Telegram's requests")
        if self.telegram_secret and not self.telegram_token:
            missing.append("TELEGRAM_TOKEN: is needed with TELEGRAM_SECRET")
        if (self.twilio_auth_token or self.telegram_token) and not self.person_key_secret:
            missing.append("PERSON_KEY_SECRET: is needed as soon as real people can write")
        elif self.public_url and not self.stats_public and not self.person_key_secret:
            missing.append("PERSON_KEY_SECRET: is needed with PUBLIC_URL, to count wrong passwords of partners")
        if self.person_key_secret and len(self.person_key_secret) < MIN_SECRET:
            missing.append(f"PERSON_KEY_SECRET: must have at least {MIN_SECRET} characters")
        if missing:
            raise ValueError("\n".join(missing))
        return self

    @property
    def database_path(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def ways_in(self) -> WaysIn:
        """What posters and passed-on messages name."""
        return WaysIn(self.sms_number, self.telegram_bot)

    @property
    def local(self) -> bool:
        """Whether only the local ways in are open: the page and the terminal."""
        return not self.public_url


def _address(value: str, form: str, like: str) -> str:
    """A web address of this form, without a slash at its end."""
    if not re.fullmatch(rf"{form}/?", value, re.ASCII):
        raise ValueError(f"must be a whole address, like {like}")
    return value.rstrip("/")


def load_settings(**given: str) -> Settings:
    """Read the settings; what is `given` goes before them. Raises SettingsError with every fault, never a value."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic reads text
    except ValidationError as error:
        lines = [line for item in error.errors(include_input=False) for line in _lines(item["loc"], item["msg"])]
        raise SettingsError("\n".join(lines)) from None


def _lines(where: tuple[int | str, ...], problem: str) -> list[str]:
    problem = problem.removeprefix("Value error, ")
    return [f"{str(where[0]).upper()}: {problem}"] if where else problem.split("\n")
