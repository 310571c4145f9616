"""The partners' pages: one page of statistics, its report and its downloads, for whoever is signed in."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.partners.answers import HEADERS, TEMPLATES, Cookies, check_of, page, to_sign_in
from bot.partners.bundle import bundle, marked
from bot.partners.context import load_context
from bot.partners.dashboard import dashboard, report
from bot.partners.dictionary import dictionary_csv
from bot.partners.doors import Doors
from bot.partners.finding import Issued, months
from bot.partners.keeping import Kept
from bot.partners.labels import Labels, period_words
from bot.partners.not_published import NAME, not_published_csv
from bot.partners.sign_in import SignIn
from bot.partners.tidy import tables_in, tidy_csv
from bot.partners.waiting import damage_in_words
from bot.partners.workbook import workbook

PAUSE = 0.2  # seconds, between the pages that are made beforehand: carers' messages come first
FILES = ("style.css", "icon.svg")  # the same for everybody
CSV, ZIP = "text/csv; charset=utf-8", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Handler = Callable[[Request, str], Awaitable[Response]]


class PartnerPages:
    """`releases` gives all that is issued at the moment. Without `sign_in` the pages are open to everybody."""

    def __init__(
        self,
        releases: Callable[[], Awaitable[Issued]],
        sign_in: SignIn | None,
        labels: Labels,
        service: str,
        clock: Callable[[], datetime],
        *,
        secure: bool,
    ) -> None:
        self._releases = releases
        self._labels = labels
        self._service = service
        self._cookies = Cookies(secure=secure)
        self._doors = Doors(sign_in, self._cookies, clock, service) if sign_in else None
        self._context = load_context()
        self._kept = Kept()

    def routes(self) -> list[Route]:
        guarded = {
            "/partners": self.statistics,
            "/partners/report": self.report,
            "/partners/statistics.xlsx": self.workbook,
            "/partners/tables.zip": self.archive,
            "/partners/dictionary.csv": self.dictionary,
            "/partners/not-published.csv": self.not_published,
            "/partners/tables/{table}.csv": self.table,
        }
        return [
            *(Route(f"/partners/{name}", self.file) for name in FILES),
            *(self._doors.routes() if self._doors else ()),
            *(Route(path, self._guarded(handler)) for path, handler in guarded.items()),
            Route("/partners/{rest:path}", self._guarded(self.missing)),
        ]

    async def warm(self) -> None:
        """Make the newest months' pages before anybody asks for them."""
        issued = await self._releases()
        for month in months(issued) or (None,):
            await self._content(issued, month)
            await asyncio.sleep(PAUSE)

    async def has_figures(self) -> bool:
        """Whether there is a month to look at."""
        return bool(months(await self._releases()))

    async def file(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return FileResponse(TEMPLATES / name, headers={**HEADERS, "Cache-Control": "max-age=3600"})

    async def statistics(self, request: Request, partner: str) -> Response:
        issued = await self._releases()
        month = _month(request, issued)
        if _asks_for_damaged(request, issued):
            return self._damaged(request, partner, issued)
        if month is None and (months(issued) or "period" in request.query_params):
            return await self.missing(request, partner)
        heading = period_words(month) if month else "No month has been issued yet"
        return self._whole(request, partner, issued, heading, await self._content(issued, month))

    async def report(self, request: Request, partner: str) -> Response:
        issued = await self._releases()
        month = _month(request, issued)
        if _asks_for_damaged(request, issued):
            return self._damaged(request, partner, issued)
        if month is None:
            return await self.missing(request, partner)
        made = await self._kept.made(
            issued, f"report {month}", lambda: report(issued, month, self._labels, self._context, self._service)
        )
        return self._whole(request, partner, issued, f"Report for {period_words(month)}", made)

    async def table(self, request: Request, partner: str) -> Response:
        issued, name = await self._releases(), request.path_params["table"]
        if name not in tables_in(issued.releases):
            return await self.missing(request, partner)
        return self._download(issued, f"{name}.csv", CSV, tidy_csv(issued.releases, name).encode())

    async def dictionary(self, _request: Request, _partner: str) -> Response:
        issued = await self._releases()
        content = dictionary_csv(tables_in(issued.releases), self._labels)
        return self._download(issued, "dictionary.csv", CSV, content.encode())

    async def not_published(self, _request: Request, _partner: str) -> Response:
        issued = await self._releases()
        return self._download(issued, f"{NAME}.csv", CSV, not_published_csv(issued).encode())

    async def archive(self, _request: Request, _partner: str) -> Response:
        issued = await self._releases()
        content = await self._kept.made(issued, "zip", lambda: bundle(issued, self._labels))
        return self._download(issued, "carers-statistics.zip", ZIP, content)

    async def workbook(self, _request: Request, _partner: str) -> Response:
        issued = await self._releases()
        content = await self._kept.made(issued, "xlsx", lambda: workbook(issued, self._labels, self._service))
        return self._download(issued, "carers-statistics.xlsx", XLSX, content)

    async def missing(self, request: Request, partner: str) -> Response:
        words = "There is nothing at this address, or that period has not been issued."
        return self._message(request, partner, 404, "Not found", words)

    def _damaged(self, request: Request, partner: str, issued: Issued) -> Response:
        return self._message(request, partner, 503, "These figures cannot be read", damage_in_words(issued))

    def _message(self, request: Request, partner: str, status: int, heading: str, words: str) -> Response:
        return page(
            "message.html", status, service=self._service, heading=heading, words=words, **self._who(request, partner)
        )

    async def _content(self, issued: Issued, month: str | None) -> str:
        return await self._kept.made(
            issued, f"page {month}", lambda: dashboard(issued, month, self._labels, self._context)
        )

    def _whole(self, request: Request, partner: str, issued: Issued, heading: str, content: str) -> Response:
        return page(
            "statistics.html",
            service=self._service,
            simulated=issued.simulated,
            heading=heading,
            content=Markup(content),  # noqa: S704 - made by our own templates, which escape
            **self._who(request, partner),
        )

    def _who(self, request: Request, partner: str) -> dict[str, Any]:
        return {"partner": partner, "check": check_of(self._cookies.session(request))} if partner else {}

    def _download(self, issued: Issued, name: str, kind: str, content: bytes) -> Response:
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{marked(name, issued)}"'}
        return Response(content, headers=headers, media_type=kind)

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            if self._doors is None:
                return await handler(request, "")
            partner = await self._doors.partner(request)
            return to_sign_in(request) if partner is None else await handler(request, partner)

        return guarded


def _asks_for_damaged(request: Request, issued: Issued) -> bool:
    return request.query_params.get("period") in issued.unreadable


def _month(request: Request, issued: Issued) -> str | None:
    """The month asked for if it was issued, else None; the newest when none is asked for."""
    known = months(issued)
    asked = request.query_params.get("period")
    return next((month for month in known if asked in (None, month)), None)
