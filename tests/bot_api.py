"""A stand-in for Telegram's Bot API that speaks real HTTP and remembers what it was asked."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers import running

TOKEN = "123456:TEST-TOKEN-OF-NOBODY"
ME = {"id": 123456, "is_bot": True, "first_name": "Carers", "username": "carers_test_bot"}
Call = tuple[str, dict[str, Any]]


@dataclass
class BotApi:
    """`calls` holds (method, parameters). `refusals` are answers to give first to sendMessage, in order.

    `closed` holds chats to which nothing can ever be sent, with the answer. Of `updates` those below the offset that is
    asked for are forgotten, as Telegram does.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    refusals: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    closed: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def sent(self) -> list[dict[str, Any]]:
        """The messages that were delivered, in order."""
        return [parameters for method, parameters in self.calls if method == "sendMessage"]

    async def answer(self, request: Request) -> Response:
        method = request.path_params["method"]
        parameters = _parameters(await request.body())
        if method == "sendMessage" and (refused := self._refused(int(parameters["chat_id"]))):
            status, refusal = refused
            return JSONResponse({"ok": False, "error_code": status, **refusal}, status)
        if method == "getupdates":
            self.updates = [update for update in self.updates if update["update_id"] >= int(parameters["offset"])]
            if not self.updates:
                await asyncio.sleep(0.05)
        self.calls.append((method, parameters))
        return JSONResponse({"ok": True, "result": self._result(method, parameters)})

    def _refused(self, chat: int) -> tuple[int, dict[str, Any]] | None:
        return self.closed.get(chat) or (self.refusals.pop(0) if self.refusals else None)

    def _result(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "getMe":
            return ME
        if method == "getupdates":
            return self.updates
        if method == "sendMessage":
            chat = {"id": int(parameters["chat_id"]), "type": "private"}
            return {"message_id": 1, "date": 1, "chat": chat, "text": parameters["text"]}
        return True


def _parameters(body: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    if "reply_markup" in fields:
        fields["reply_markup"] = json.loads(fields["reply_markup"])
    return fields


@contextmanager
def bot_api() -> Iterator[BotApi]:
    """A Bot API of its own on a free port."""
    api = BotApi()
    app = Starlette(routes=[Route("/bot{token}/{method}", api.answer, methods=["GET", "POST"])])
    with running(app) as url:
        api.url = url
        yield api
