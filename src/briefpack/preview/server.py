"""Give the preview to a browser on this machine, and to nobody else.

The address has a secret as its first part, which no other page knows. A request is refused unless it is for this
machine and from the preview's own page: otherwise another site could reach it through the user's browser.
"""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefpack.build import origins
from briefpack.build.origins import Written
from briefpack.preview.pictures import Pages
from briefpack.preview.session import Choice, Session, Shown
from briefpack.problem import Problem

PAGE = Path(__file__).parent / "page"
FILES = {"": "index.html", "preview.css": "preview.css", "preview.js": "preview.js"}
HEADERS = {
    # Scripts, styles and pictures of the page itself, and of nothing else.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HOST = "127.0.0.1"
LEAST_WIDTH_PX, MOST_WIDTH_PX = 50, 4000
SLACK_PT = 2.0
"""How far a letter may reach out of the box of its text, whose sides are whole points."""
WAIT_SECONDS = 1.0
"""How long a browser's connection waits for news before it looks whether the browser has gone."""


class Server:
    """A server of one session, at a port that is free if none is given."""

    def __init__(self, session: Session, port: int = 0) -> None:
        """Take the port. Raises OSError if another program has it."""
        self._session = session
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        # A browser may ask before the server runs; it waits then.
        self._socket.listen()
        self._port = self._socket.getsockname()[1]
        self._secret = secrets.token_urlsafe(16)
        config = uvicorn.Config(
            self.app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            callback_notify=self._end_with_session,
            timeout_notify=0,
        )
        self._server = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """Return the address to open."""
        return f"http://{HOST}:{self._port}/{self._secret}/"

    def run(self) -> None:
        """Serve until somebody presses Ctrl-C, or until the session ends."""
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            pass
        finally:
            self._socket.close()

    async def _end_with_session(self) -> None:
        self._server.should_exit = self._server.should_exit or self._session.ended

    @property
    def app(self) -> ASGIApp:
        """Return the application, which answers only the preview's own page."""
        routes = [
            *(Route(f"/{path}", _file(name)) for path, name in FILES.items()),
            Route("/events", self._events),
            Route("/show", self._choose, methods=["POST"]),
            Route("/page/{key}/{page:int}", self._picture),
            Route("/tile/{key}", self._tile),
            Route("/facts", self._facts),
            Route("/written/{key}/{page:int}", self._written),
            Route("/texts/{key}/{page:int}", self._texts),
            Route("/overlays/{key}/{page:int}", self._overlays),
        ]
        return self._guarded(Starlette(routes=[Mount(f"/{self._secret}", routes=routes)]))

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        """Refuse requests for another machine or from another page, and add the headers to all answers."""
        hosts = {f"{HOST}:{self._port}", f"localhost:{self._port}"}
        pages = {f"http://{host}" for host in hosts}

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", ())}
            own = sent.get("host") in hosts and sent.get("origin", f"http://{HOST}:{self._port}") in pages
            near = sent.get("sec-fetch-site", "none") in ("none", "same-origin")

            async def with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] += [(name.lower().encode(), each.encode()) for name, each in HEADERS.items()]
                await send(message)

            refused = PlainTextResponse("This address is for the preview's own page.", 403)
            await (app if own and near else refused)(scope, receive, with_headers)

        return guarded

    async def _events(self, request: Request) -> Response:
        """Send what is shown, and again whenever that changes, as server-sent events."""

        async def events() -> AsyncIterator[str]:
            number = -1
            while not (self._server.should_exit or self._session.ended or await request.is_disconnected()):
                shown = await run_in_threadpool(self._session.after, number, WAIT_SECONDS)
                if shown:
                    number = shown.number
                    yield f"data: {json.dumps(self._plain(shown))}\n\n"
                await asyncio.sleep(0)

        return StreamingResponse(events(), media_type="text/event-stream")

    def _plain(self, shown: Shown) -> dict[str, Any]:
        """Return what is shown as plain data."""
        request, pages = self._session.request, shown.pages
        return {
            "brief": request.brief, "root": str(request.project.root), "number": shown.number,
            "choice": shown.choice._asdict(), "layouts": shown.layouts, "editions": shown.editions,
            "electorates": shown.electorates, "documents": shown.documents,
            "key": pages.key if pages else "", "sizes": pages.sizes if pages else (),
            "proof": bool(shown.view and shown.view.outcome.failed), "busy": shown.busy, "old": shown.old,
            "problems": [*map(_plain_problem, shown.problems)],
            "target": shown.target,
            "sheet": [(each.electorate, each.picture.key if each.picture else "") for each in shown.sheet],
        }  # fmt: skip

    async def _choose(self, request: Request) -> Response:
        """Show another document."""
        try:
            choice = Choice(**await request.json())
        except (TypeError, ValueError):
            raise HTTPException(400) from None
        known = self._session.request.project.layouts
        texts = all(isinstance(each, str) for each in choice[:-1])
        if not texts or choice.layout not in known or not isinstance(choice.sheet, int):
            raise HTTPException(400)
        self._session.choose(choice)
        return Response(status_code=204)

    def _pages(self, request: Request) -> tuple[Shown, Pages, int]:
        """Return the document that a request is for, and its page. It is another one after an edit."""
        shown, number = self._session.shown, request.path_params["page"]
        pages = shown.pages
        if pages is None or pages.key != request.path_params["key"] or not 0 < number <= len(pages.sizes):
            raise HTTPException(404)
        return shown, pages, number

    def _picture(self, request: Request) -> Response:
        _, pages, number = self._pages(request)
        width_px = int(_number(request, "width"))
        if not LEAST_WIDTH_PX <= width_px <= MOST_WIDTH_PX:
            raise HTTPException(400)
        picture = pages.picture(number, width_px)
        return Response(picture.png, media_type="image/png", headers={"ETag": f'"{picture.key}"'})

    def _tile(self, request: Request) -> Response:
        for _, picture in self._session.shown.sheet:
            if picture and picture.key == request.path_params["key"]:
                return Response(picture.png, media_type="image/png")
        raise HTTPException(404)

    def _facts(self, _request: Request) -> Response:
        """Answer the facts that a contact sheet may be sorted by: a label, and the value of each electorate."""
        view = self._session.shown.view
        group = view.line.planned.brief.group if view else None
        values: dict[str, dict[str, float]] = {}
        for each in group.electorates if group else ():
            for fact in each.facts.values():
                values.setdefault(fact.label, {})[each.slug] = float(fact.value)
        return JSONResponse(values)

    def _written(self, request: Request) -> Response:
        """Answer where the word at a point of a page is written."""
        shown, pages, number = self._pages(request)
        box, around = pages.around(number, _number(request, "x"), _number(request, "y"))
        written = origins.at(shown.view, number, box, around) if shown.view else None
        return JSONResponse(written._asdict() if written else None)

    def _texts(self, request: Request) -> Response:
        """Answer which texts are on a page, from its head to its foot, and where each is written."""
        shown, pages, number = self._pages(request)
        return JSONResponse([*_texts(shown, pages, number)])

    def _overlays(self, request: Request) -> Response:
        """Answer the boxes that may be drawn over a page."""
        shown, pages, number = self._pages(request)
        frames = origins.frames(shown.view, number) if shown.view and not shown.view.outcome.failed else ()
        return JSONResponse([each._asdict() for each in (*frames, *pages.overlays(number))])


def _texts(shown: Shown, pages: Pages, number: int) -> Iterator[dict[str, Any]]:
    places = (
        sorted(origins.on(shown.view, number), key=lambda place: place[0].width * place[0].height) if shown.view else []
    )
    words: dict[Written, str] = {}
    written = None
    for letter, box in pages.letters(number):
        # Of boxes within each other, the smallest is the letter's own; a space goes with the letter before it.
        if letter.strip():
            written = next((each for around, each in places if box.within(around, SLACK_PT)), None)
        if written:
            words[written] = words.get(written, "") + letter
    for each, text in words.items():
        yield {**each._asdict(), "words": " ".join(text.split())}


def _file(name: str) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        return FileResponse(PAGE / name)

    return answer


def _number(request: Request, name: str) -> float:
    try:
        return float(request.query_params[name])
    except (KeyError, ValueError):
        raise HTTPException(400) from None


def _plain_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem as the page lists it."""
    kept = ("path", "line", "column", "hint", "warning", "page")
    data = asdict(problem)
    return {**{name: data[name] for name in kept}, "text": problem.text}
