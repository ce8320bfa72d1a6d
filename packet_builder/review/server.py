"""Serves the review page on this machine: pages by build and number, never by path."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from packet_builder.errors import UsageError
from packet_builder.review.door import Door, Key
from packet_builder.review.routes import application
from packet_builder.review.table import Table

_IDLE_SECONDS, _LOOK_SECONDS = 3600.0, 5.0


class PortTakenError(UsageError):
    """Another program listens where the page should be served."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is taken by another program. Leave out --port, and a free one is found."
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


@dataclass(frozen=True, slots=True)
class Service:
    """A page that is ready to be served."""

    server: uvicorn.Server
    listening: socket.socket
    link: str  # opens once

    def run(self) -> None:
        """Serve until Ctrl-C, or until nobody asked for anything for an hour."""
        self.server.run(sockets=[self.listening])


def service(table: Table, port: int, *, read_only: bool) -> Service:
    """Make a packet ready to be reviewed; port 0 is any free one. Raises PortTakenError."""
    listening = _listening(port)
    key = Key(listening.getsockname()[1])
    page = application(table, key.page_token, read_only=read_only)
    watched = Idle(Door(page, key, read_only=read_only))
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


def _end_when_idle(server: uvicorn.Server, idle: Idle) -> None:
    while not server.should_exit:
        time.sleep(_LOOK_SECONDS)
        server.should_exit = time.monotonic() - idle.since > _IDLE_SECONDS
