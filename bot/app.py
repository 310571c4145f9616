"""The web application: which ways in are open, and what lives as long as it does."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from telegram import Bot
from telegram.error import TelegramError

from bot.channels import Clock, now
from bot.channels.browser import BrowserChannel
from bot.channels.telegram import WANTED, TelegramChannel, TelegramWebhook
from bot.channels.twilio import SmsWebhook
from bot.partners.answers import refused
from bot.partners.daily import working_daily
from bot.partners.finding import Issued
from bot.partners.labels import load_labels
from bot.partners.pages import PartnerPages
from bot.partners.reading import read_issued
from bot.partners.sign_in import SignIn
from bot.service import Service
from bot.settings import Settings
from bot.storage import Store, StoreError
from bot.storage.accounts import SqliteAccounts
from bot.storage.sqlite import SqliteStore
from conversations.turns import Content

log = logging.getLogger("bot.app")


def create_app(settings: Settings, content: Content, clock: Clock = now) -> Starlette:
    """The application for these settings. Without tokens only the local page is open.

    Raises StoreError when the database cannot be opened.
    """
    store = SqliteStore(settings.database_path)
    # Without a secret nobody but a visitor of the local page can write: a key for this run alone will do.
    secret = settings.person_key_secret or secrets.token_hex(32)
    service = Service(content, store, secret)
    routes: list[BaseRoute] = [Route("/health", _health)]
    partners = _partner_pages(settings, content, store, secret, clock)
    routes.extend(partners.routes())
    if settings.local:
        page = BrowserChannel(service.take, clock, partners.has_figures)
        routes += [
            Route("/", page.page),
            Route("/page/{name}", page.file),
            Route("/favicon.ico", _nothing),
            Route("/try", page.send, methods=["POST"]),
        ]
    if settings.twilio_auth_token:
        sms = SmsWebhook(service.take, settings.twilio_auth_token, settings.public_url, clock)
        routes.append(Route("/sms", sms.__call__, methods=["POST"]))
    telegram = _Telegram(settings, service, content, clock) if settings.telegram_token else None
    if telegram and settings.public_url:
        hook = TelegramWebhook(telegram.channel, telegram.bot, settings.telegram_secret)
        routes.append(Route("/telegram", hook.__call__, methods=["POST"]))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(store.close)
            await stack.enter_async_context(
                working_daily(settings.database_url, clock, lambda: _forget_old(store, clock))
            )
            await stack.enter_async_context(_meanwhile(partners.warm()))
            if telegram:
                await stack.enter_async_context(telegram.running())
            yield

    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: refused})
    app.router.redirect_slashes = False  # it would send visitors to whatever host they named
    return app


def _partner_pages(settings: Settings, content: Content, store: SqliteStore, secret: str, clock: Clock) -> PartnerPages:
    async def releases() -> Issued:
        return read_issued(await store.releases())

    accounts = SqliteAccounts(settings.database_path)
    titles = {topic: about.title for topic, about in content.knowledge.topics.items()}
    posters = {name: source.label for name, source in content.flows.sources.sources.items()}
    return PartnerPages(
        releases,
        None if settings.stats_public else SignIn(accounts, secret),
        load_labels(titles, posters),
        settings.service_name,
        clock,
        secure=not settings.local,
    )


@asynccontextmanager
async def _meanwhile(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do `work` beside everything else. Nothing waits for it, and its failing stops nothing."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _tell(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()):
        log.warning("the partners' pages could not be made beforehand: %s", type(error).__name__)


class _Telegram:
    """The Bot and the channel; by webhook where there is a public address, by polling where there is none."""

    def __init__(self, settings: Settings, service: Service, content: Content, clock: Clock) -> None:
        self._settings = settings
        self.bot = Bot(settings.telegram_token, base_url=f"{settings.telegram_api_base_url}/bot")
        self.channel = TelegramChannel(service.take, self.bot, content.flows.phrases.group.adult, clock)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            await self.bot.initialize()
            await self._connect()
        except TelegramError as error:
            # SMS and the page must not wait for Telegram.
            log.warning("Telegram could not be set up: %s", type(error).__name__)
        polling = None if self._settings.public_url else asyncio.create_task(self.channel.poll())
        try:
            yield
        finally:
            if polling:
                polling.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await polling
            with contextlib.suppress(TelegramError):
                await self.bot.shutdown()

    async def _connect(self) -> None:
        if self._settings.public_url:
            await self.bot.set_webhook(
                f"{self._settings.public_url}/telegram",
                secret_token=self._settings.telegram_secret,
                allowed_updates=WANTED,
            )
        else:
            await self.bot.delete_webhook()


async def _forget_old(store: Store, clock: Clock) -> None:
    try:
        await store.purge(clock())
    except StoreError as error:
        log.warning("%s; the next turn or the next day does it", error)


async def _nothing(_request: Request) -> Response:
    return Response(status_code=204)


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")
