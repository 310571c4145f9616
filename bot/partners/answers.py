"""How partners' pages are sent: templates, the headers that keep them private, cookies, and forms that only we made."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.bodies import read_body

TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 8 * 1024  # of a form
HEADERS = {
    # no script at all, nothing from anywhere else, in nobody's frame
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",  # nothing is left in a browser or on the way for the next partner
    "Vary": "Cookie",
    "Referrer-Policy": "no-referrer",  # a set-up link is a secret
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip

ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
FIRST = "/partners"
LOCAL = re.compile(r"/partners(?:/\w[\w.-]*)*(?:\?[\w.=&%+-]*)?", re.ASCII)
NOT_AFTER = ("/partners/sign-in", "/partners/sign-out", "/partners/set-up")
SHARED: dict[str, Any] = {"partner": None, "check": "", "simulated": False, "fault": ""}


def rendered(template: str, values: Mapping[str, Any]) -> str:
    return ENVIRONMENT.get_template(template).render({**SHARED, **values})


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A whole page, with the headers."""
    return HTMLResponse(rendered(template, values), status, HEADERS)


def go_to(address: str) -> Response:
    return RedirectResponse(address, 303, HEADERS)


def to_sign_in(request: Request) -> Response:
    """To signing in, and from there back to the page that was asked for."""
    asked = local(f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path)
    return go_to("/partners/sign-in" if asked == FIRST else f"/partners/sign-in?to={quote(asked, safe='')}")


def local(address: str) -> str:
    """The address if it is a page of ours to look at, else our first: nobody is sent elsewhere after signing in."""
    return address if LOCAL.fullmatch(address) and not address.startswith(NOT_AFTER) else FIRST


async def refused(_request: Request, error: Exception) -> Response:
    """What there is not, and what may not be done with it: as private as any page."""
    assert isinstance(error, HTTPException)  # noqa: S101 - for nothing else is it called
    return PlainTextResponse(error.detail, error.status_code, {**HEADERS, **(error.headers or {})})


class Cookies:
    """Two cookies: of whoever is signed in, and of a form that was opened before that. Neither is readable by script.

    With `secure` they go over TLS alone and belong to this very host (the prefix __Host-). The local page has no TLS.
    """

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        prefix = "__Host-" if secure else ""
        self._session, self._form = f"{prefix}partners", f"{prefix}partners-form"

    def session(self, request: Request) -> str:
        return request.cookies.get(self._session, "")

    def form(self, request: Request) -> str:
        return request.cookies.get(self._form, "")

    def open(self, response: Response, session: str, seconds: int) -> None:
        # Lax: who follows a link from an e-mail is still signed in. Forms have a check of their own.
        response.set_cookie(
            self._session, session, seconds, path="/", secure=self._secure, httponly=True, samesite="lax"
        )
        response.delete_cookie(self._form, path="/", secure=self._secure, httponly=True, samesite="strict")

    def end(self, response: Response) -> None:
        response.delete_cookie(self._session, path="/", secure=self._secure, httponly=True, samesite="lax")

    def begin(self, request: Request, response: Response, form: str) -> None:
        if form != self.form(request):
            response.set_cookie(self._form, form, path="/", secure=self._secure, httponly=True, samesite="strict")


def new_form(cookie: str) -> str:
    """The form cookie that there is, or a new one."""
    return cookie if len(cookie) >= 40 else secrets.token_urlsafe(32)


def check_of(cookie: str) -> str:
    """What a form must send along: only whoever was given the page with the cookie can know it."""
    return hmac.new(cookie.encode("utf-8", "replace"), b"partners' form", hashlib.sha256).hexdigest()


async def read_form(request: Request, cookie: str) -> dict[str, str] | None:
    """The fields of a form that this visitor had from us; None for any other."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return None
    body = await read_body(request, MOST_BYTES)
    if body is None or not cookie:
        return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        return None
    given = {name: values[0] for name, values in fields.items()}
    right = hmac.compare_digest(given.get("check", "").encode("utf-8", "replace"), check_of(cookie).encode())
    return given if right else None
