"""Telegram: updates in, messages with buttons out. python-telegram-bot speaks the API; sessions are our own.

An update is answered 200 only after its replies are delivered, so that Telegram's own retry is the outbox; or when
Telegram has refused them for good, as a retry would be refused again.
"""

import asyncio
import hmac
import json
import logging
import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from telegram import Bot, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.bodies import read_body
from bot.channels import Clock, Take
from conversations.models import Channel, Choice, InboundMessage, MessageKind, Reply
from conversations.sms import parts

log = logging.getLogger("bot.telegram")

os.environ.setdefault("PTB_TIMEDELTA", "1")  # waits as timedelta, as the library will have them from its next version

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name, not a secret
MOST_BYTES = 1024 * 1024
MOST_CHARACTERS = 4096  # of one message, by the Bot API
LONGEST_WAIT = timedelta(seconds=20)  # that we hold a request when told to slow down; then Telegram sends it again
TRIES = 3
FINAL = (BadRequest, Forbidden, ChatMigrated)  # Telegram will say the same however often it is asked
POLL_SECONDS = 25
ANSWER_SECONDS = 5  # that an answer may take beyond those
WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)


class TelegramChannel:
    """Reads updates, from the webhook or by polling, and delivers replies."""

    def __init__(self, take: Take, bot: Bot, group_words: str, clock: Clock) -> None:
        self._take = take
        self._bot = bot
        self._group_words = group_words
        self._clock = clock

    async def handle(self, update: Update) -> None:
        """Take one update and deliver its replies. Raises TelegramError when it is worth while to try again later."""
        try:
            await self._answer(update)
        except FINAL as error:
            log.warning("a reply cannot be delivered, now or later: %s", type(error).__name__)

    async def _answer(self, update: Update) -> None:
        if update.callback_query is not None:
            await self._answer_press(update.callback_query.id)
        chat = update.effective_chat
        if chat is None or update.effective_user is None:
            return
        if chat.type != Chat.PRIVATE:
            if update.message is not None and update.message.text:
                await self._send(chat.id, (Reply(self._group_words),))
            return
        message = self._read(update)
        if message is None:
            return
        replies = await self._take(str(chat.id), str(update.update_id), message)
        if not _blocked(update):
            await self._deliver(chat.id, update.update_id, replies)

    def _read(self, update: Update) -> InboundMessage | None:
        if _blocked(update):
            return self._inbound("stop")
        if update.callback_query is not None:
            return self._inbound("", MessageKind.BUTTON, button=update.callback_query.data or "")
        if update.edited_message is not None:
            return self._inbound(_words(update.edited_message), MessageKind.EDITED)
        if update.message is None:
            return None
        text = _words(update.message)
        return self._inbound(text, MessageKind.TEXT if text else MessageKind.MEDIA)

    def _inbound(self, text: str, kind: MessageKind = MessageKind.TEXT, button: str = "") -> InboundMessage:
        return InboundMessage(text, Channel.TELEGRAM, self._clock(), kind, button)

    async def _answer_press(self, query_id: str) -> None:
        """Every press is answered, so that the button stops turning. Where that fails, what was asked matters more."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("a button press could not be answered: %s", type(error).__name__)

    async def _deliver(self, chat_id: int, update_id: int, replies: Sequence[Reply]) -> None:
        try:
            await self._send(chat_id, replies)
        except Forbidden:
            # Whoever blocked the bot has opted out.
            await self._take(str(chat_id), f"{update_id}:blocked", self._inbound("stop"))

    async def _send(self, chat_id: int, replies: Sequence[Reply]) -> None:
        for reply in replies:
            pieces = parts(reply.text, MOST_CHARACTERS) or (reply.text,)
            for piece in pieces:
                buttons = keyboard(reply.choices) if piece == pieces[-1] else None
                await self._patiently(chat_id, piece, buttons)

    async def _patiently(self, chat_id: int, text: str, buttons: InlineKeyboardMarkup | None) -> None:
        for attempt in range(TRIES):
            try:
                await self._bot.send_message(chat_id, text, reply_markup=buttons)
            except RetryAfter as error:
                wait = _wait(error)
                if attempt == TRIES - 1 or wait > LONGEST_WAIT:
                    raise
                await asyncio.sleep(wait.total_seconds())
            else:
                return

    async def poll(self) -> None:
        """Fetch updates for ever, for a machine without a public address.

        An update that fails is fetched again, and after TRIES let go: others wait behind it. While Telegram cannot be
        reached nothing is fetched, so that an outage uses up no tries.
        """
        offset = tries = 0
        while True:
            for data in await self._fetch(offset):
                tries += 1
                wait = await self._try(data)
                if wait and tries < TRIES:
                    await asyncio.sleep(wait.total_seconds())
                    break
                offset, tries = data["update_id"] + 1, 0

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        """Updates as Telegram sends them. The library's own get_updates fails for all of them if it cannot read one."""
        asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
        try:
            # In small letters, which Telegram does not mind, as the library warns of methods that it has itself.
            found: Any = await self._bot.do_api_request("getupdates", asked, read_timeout=POLL_SECONDS + ANSWER_SECONDS)
        except TelegramError as error:
            log.warning("Telegram could not be reached, or refused; trying again: %s", type(error).__name__)
            await asyncio.sleep(1 if isinstance(error, NetworkError) else 5)
            return []
        return [data for data in found if isinstance(data, dict) and isinstance(data.get("update_id"), int)]

    async def _try(self, data: dict[str, Any]) -> timedelta:
        """Handle an update. How long to wait before it is tried again; nothing if it is done."""
        update = _parsed(data, self._bot)
        if update is None:
            log.warning("an update could not be read; is there a newer python-telegram-bot?")
            return timedelta()
        try:
            await self.handle(update)
        except RetryAfter as error:
            return min(_wait(error), LONGEST_WAIT)
        except Exception as error:  # noqa: BLE001 - what one person sends must not end the talk with everybody else
            log.warning("an update failed: %s", type(error).__name__)
            return timedelta(seconds=1)
        return timedelta()


class TelegramWebhook:
    """POST /telegram, with the secret that we gave Telegram in a header."""

    def __init__(self, channel: TelegramChannel, bot: Bot, secret: str) -> None:
        self._channel = channel
        self._bot = bot
        self._secret = secret.encode()

    async def __call__(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("The secret does not fit.", 403)
        body = await read_body(request, MOST_BYTES)
        if body is None:
            return PlainTextResponse("Too long.", 413)
        update = read_update(body, self._bot)
        if update is None:
            return PlainTextResponse("This is not an update.", 400)
        try:
            await self._channel.handle(update)
        except TelegramError as error:
            log.warning("a reply could not be delivered: %s", type(error).__name__)
            return PlainTextResponse("Not delivered; please send the update again.", 503)
        return PlainTextResponse("")


def read_update(body: bytes, bot: Bot) -> Update | None:
    """The update in a request's body, or None if there is none."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return _parsed(data, bot) if isinstance(data, dict) and isinstance(data.get("update_id"), int) else None


def _parsed(data: dict[str, Any], bot: Bot) -> Update | None:
    try:
        return Update.de_json(data, bot)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """A button for each choice, below the text that names them."""
    rows = [[InlineKeyboardButton(choice.label, callback_data=choice.button)] for choice in choices if choice.button]
    return InlineKeyboardMarkup(rows) if rows else None


def _wait(error: RetryAfter) -> timedelta:
    return timedelta(seconds=error.retry_after) if isinstance(error.retry_after, int) else error.retry_after


def _blocked(update: Update) -> bool:
    member = update.my_chat_member
    return member is not None and member.new_chat_member.status in {"kicked", "left"}


def _words(message: Message) -> str:
    return message.text or message.caption or ""
