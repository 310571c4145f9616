"""The ways in and out of the partners' pages: signing in, signing out, and choosing a password by a set-up link."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.partners.answers import FIRST, Cookies, check_of, go_to, local, new_form, page, read_form
from bot.partners.sign_in import (
    GUESSES_WITHIN,
    SESSION_LASTS,
    SHORTEST_PASSWORD,
    Refused,
    SignIn,
    hashed,
    password_fault,
)

WRONG = (
    "The organisation or the password is not right. Both must be as they were set up; capitals count in the password."
)
TOO_MANY = "There were too many tries. Wait a quarter of an hour, then try again, or ask for a new set-up link."
NO_LINK = "This set-up link has been used, or is too old. Ask whoever runs the service for a new one."
NOT_OURS = (
    "The form was open for too long, or came from another page. Go back, load the page again, and send it once more."
)
NOT_THE_SAME = "The two passwords are not the same. Type both again."


class Doors:
    """Who may see the pages. The clock tells the time with its zone."""

    def __init__(self, sign_in: SignIn, cookies: Cookies, clock: Callable[[], datetime], service: str) -> None:
        self._sign_in = sign_in
        self._cookies = cookies
        self._clock = clock
        self._service = service

    def routes(self) -> list[Route]:
        return [
            Route("/partners/sign-in", self.ask),
            Route("/partners/sign-in", self.enter, methods=["POST"]),
            Route("/partners/sign-out", self.leave, methods=["POST"]),
            Route("/partners/set-up/{link}", self.invited),
            Route("/partners/set-up/{link}", self.choose, methods=["POST"]),
        ]

    async def partner(self, request: Request) -> str | None:
        """The name of the partner who is signed in."""
        session = self._cookies.session(request)
        return await self._sign_in.accounts.signed_in(hashed(session), self._clock()) if session else None

    async def ask(self, request: Request) -> Response:
        to = local(request.query_params.get("to", FIRST))
        if await self.partner(request):
            return go_to(to)
        return self._form(request, "sign_in.html", to=to)

    async def enter(self, request: Request) -> Response:
        given = await read_form(request, self._cookies.form(request))
        if given is None:
            return self._not_ours()
        to = local(given.get("to", FIRST))
        found = await self._sign_in.sign_in(given.get("name", ""), given.get("password", ""), self._clock())
        if found is Refused.TOO_MANY:
            response = self._form(request, "sign_in.html", 429, fault=TOO_MANY, to=to)
            response.headers["Retry-After"] = str(int(GUESSES_WITHIN.total_seconds()))
            return response
        if found is Refused.WRONG:
            return self._form(request, "sign_in.html", 422, fault=WRONG, to=to)
        return await self._opened(request, found, to)

    async def leave(self, request: Request) -> Response:
        session = self._cookies.session(request)
        if await read_form(request, session) is None:
            return self._not_ours()
        await self._sign_in.accounts.end_session(hashed(session))
        response = go_to("/partners/sign-in")
        self._cookies.end(response)
        return response

    async def invited(self, request: Request) -> Response:
        """Looking at a link does not use it up: mail programs look at links too."""
        name = await self._sign_in.accounts.invited(hashed(request.path_params["link"]), self._clock())
        if name is None:
            return self._no_link()
        return self._form(request, "set_up.html", name=name, shortest=SHORTEST_PASSWORD)

    async def choose(self, request: Request) -> Response:
        given = await read_form(request, self._cookies.form(request))
        if given is None:
            return self._not_ours()
        link, at = request.path_params["link"], self._clock()
        name = await self._sign_in.accounts.invited(hashed(link), at)
        if name is None:
            return self._no_link()
        password = given.get("password", "")
        fault = password_fault(password, name) or (NOT_THE_SAME if given.get("again") != password else "")
        if fault:
            return self._form(request, "set_up.html", 422, name=name, shortest=SHORTEST_PASSWORD, fault=fault)
        session = await self._sign_in.choose_password(link, password, at)
        return self._no_link() if session is None else await self._opened(request, session, FIRST)

    async def _opened(self, request: Request, session: str, to: str) -> Response:
        """Into the pages with a session that nobody knew before. One that was brought along ends."""
        if before := self._cookies.session(request):
            await self._sign_in.accounts.end_session(hashed(before))
        response = go_to(to)
        self._cookies.open(response, session, int(SESSION_LASTS.total_seconds()))
        return response

    def _form(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        form = new_form(self._cookies.form(request))
        response = page(template, status, service=self._service, check=check_of(form), **values)
        self._cookies.begin(request, response, form)
        return response

    def _not_ours(self) -> Response:
        return page("message.html", 403, service=self._service, heading="Please try again", words=NOT_OURS)

    def _no_link(self) -> Response:
        return page(
            "message.html", 410, service=self._service, heading="This link does not work any more", words=NO_LINK
        )
