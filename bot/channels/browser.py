"""The local page: two phones side by side, for whoever wants to see the bot before anyone has an account for it."""

import json
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.bodies import read_body
from bot.channels import Clock, Take
from conversations.models import Channel, InboundMessage, MessageKind, Reply
from conversations.sms import cost

PAGE = Path(__file__).parent / "page"
FIGURES = "<!-- figures -->"
LINK = '<p><a href="/partners">Statistics for partners</a></p>'
MOST_BYTES = 256 * 1024


class BrowserChannel:
    """GET / and its files; POST /try, one message of a visitor's on one of the two phones."""

    def __init__(self, take: Take, clock: Clock, figures: Callable[[], Awaitable[bool]]) -> None:
        """`figures` tells whether statistics were issued, to which the page can link."""
        self._take = take
        self._clock = clock
        self._figures = figures

    async def page(self, _request: Request) -> Response:
        html = (PAGE / "page.html").read_text(encoding="utf-8").replace(FIGURES, LINK if await self._figures() else "")
        return HTMLResponse(html, headers={"Content-Security-Policy": "default-src 'self'"})

    async def file(self, request: Request) -> Response:
        files = {"page.css", "page.js"}
        name = request.path_params["name"]
        return FileResponse(PAGE / name) if name in files else PlainTextResponse("Not found.", 404)

    async def send(self, request: Request) -> Response:
        """JSON in: phone (a random id of the visitor's), channel, text or button. JSON out: replies."""
        body = await read_body(request, MOST_BYTES)
        given = _read(body)
        if given is None:
            return JSONResponse({"error": "Send phone, channel and text."}, 400)
        button = str(given.get("button", ""))
        message = InboundMessage(
            text=str(given.get("text", "")),
            channel=Channel(given["channel"]),
            received_at=self._clock(),
            kind=MessageKind.BUTTON if button else MessageKind.TEXT,
            button=button,
        )
        message_id = str(given.get("id") or uuid.uuid4())
        replies = await self._take(f"page:{given['phone']}", message_id, message)
        return JSONResponse({"replies": [reply_as_json(reply) for reply in replies]})


def reply_as_json(reply: Reply) -> dict[str, Any]:
    """A reply with what it would cost as a text message."""
    price = cost(reply.text)
    return {
        "text": reply.text,
        "choices": [{"key": c.key, "label": c.label, "button": c.button} for c in reply.choices],
        "segments": price.segments,
        "encoding": price.encoding.value,
        "units": price.units,
    }


def _read(body: bytes | None) -> dict[str, Any] | None:
    try:
        given = json.loads(body or b"")
    except ValueError:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("phone"), str):
        return None
    return given if given.get("channel") in {channel.value for channel in Channel} else None
