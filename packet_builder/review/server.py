"""Serves the review page on this machine: pages by build and number, never by path."""

from __future__ import annotations

import functools
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from packet_builder.errors import UsageError
from packet_builder.review.door import Door, Key
from packet_builder.review.looked_at import LookedAt, Packets
from packet_builder.review.pictures import Size

_PAGE_FOLDER = Path(__file__).parent / "page"
_IDLE_SECONDS = 3600
_FOUND = 100
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_PAGE_FOLDER),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Idle:
    """Notes when a person last asked for something; the page's own questions do not count."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.since = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] != "/state":
            self.since = time.monotonic()
        await self._app(scope, receive, send)


class PortTakenError(UsageError):
    """Another program listens where the page should be served."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is taken by another program. Leave out --port, and a free one is found."
        )


@dataclass(frozen=True, slots=True)
class Service:
    """A page that is ready to be served."""

    server: uvicorn.Server
    listening: socket.socket
    link: str  # opens once

    def run(self) -> None:
        """Serve until Ctrl-C, or until nobody asked for anything for an hour."""
        self.server.run(sockets=[self.listening])


def service(folder: Path, port: int, news: Callable[[], str], *, read_only: bool) -> Service:
    """Make the packet of a folder ready to be reviewed; port 0 is any free one.

    `news` gives a sentence on what is happening to the packet, or none.

    Raises NoPacketError where there is no packet, PortTakenError.
    """
    packets = Packets(folder)
    listening = _listening(port)
    key = Key(listening.getsockname()[1])
    door = Door(application(packets, key, news, read_only=read_only), key, read_only=read_only)
    watched = Idle(door)
    config = uvicorn.Config(
        watched, log_config=None, access_log=False, lifespan="off", server_header=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_end_when_idle, args=(server, watched), daemon=True).start()
    return Service(server, listening, key.link)


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError:
        listening.close()
        raise PortTakenError(port) from None
    return listening


def application(
    packets: Packets, key: Key, news: Callable[[], str], *, read_only: bool
) -> Starlette:
    """Give what answers behind the door."""
    page = functools.partial(_review_page, packets, key, read_only)
    return Starlette(
        routes=[
            Route("/", page),
            Route("/state", functools.partial(_state, packets, news)),
            Route("/build/{build}/page/{page:int}/{size}", functools.partial(_picture, packets)),
            Route("/build/{build}/words/{page:int}", functools.partial(_words, packets)),
            Route("/build/{build}/beside/{page:int}", functools.partial(_beside, packets)),
            Route("/build/{build}/find", functools.partial(_find, packets)),
            Mount("/static", StaticFiles(directory=_PAGE_FOLDER / "static")),
        ]
    )


def _end_when_idle(server: uvicorn.Server, idle: Idle) -> None:
    while not server.should_exit:
        time.sleep(5)
        server.should_exit = time.monotonic() - idle.since > _IDLE_SECONDS


def _review_page(packets: Packets, key: Key, read_only: bool, _: Request) -> Response:  # noqa: FBT001
    shown = packets.newest().shown
    return _html("review.html", shown=shown, page_token=key.page_token, read_only=read_only)


def _state(packets: Packets, news: Callable[[], str], _: Request) -> Response:
    return JSONResponse({"build": packets.newest().shown.build, "news": news()})


def _picture(packets: Packets, request: Request) -> Response:
    looked_at, page = _asked(packets, request)
    try:
        size = Size(request.path_params["size"])
    except ValueError:
        raise HTTPException(404) from None
    return Response(looked_at.pictures.picture(page, size), media_type="image/webp")


def _words(packets: Packets, request: Request) -> Response:
    looked_at, page = _asked(packets, request)
    return JSONResponse(looked_at.pictures.words(page))


def _beside(packets: Packets, request: Request) -> Response:
    looked_at, page = _asked(packets, request)
    shown = looked_at.shown
    return _html("beside.html", shown=shown, page=shown.pages[page - 1])


def _find(packets: Packets, request: Request) -> Response:
    looked_at = _build(packets, request)
    words = " ".join(request.query_params.get("words", "").split()).casefold()
    found = []
    for page in looked_at.shown.pages if words else ():
        if words in looked_at.pictures.plain_text(page.page):
            found.append({"page": page.page, "label": page.label})
            if len(found) == _FOUND:
                break
    return JSONResponse(found)


def _build(packets: Packets, request: Request) -> LookedAt:
    looked_at = packets.of(request.path_params["build"])
    if looked_at is None:
        raise HTTPException(410, "This packet has been replaced; load the page again.")
    return looked_at


def _asked(packets: Packets, request: Request) -> tuple[LookedAt, int]:
    looked_at = _build(packets, request)
    page = int(request.path_params["page"])
    if not 1 <= page <= len(looked_at.shown.pages):
        raise HTTPException(404)
    return looked_at, page


def _html(template: str, **values: Any) -> Response:  # noqa: ANN401 - what the template prints
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(values))
