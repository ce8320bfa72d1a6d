"""Who may look at the review page: this browser on this machine, and nobody else."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENTRANCE = "/enter"
TOKEN_HEADER = "x-packet-builder"  # noqa: S105 - the name of a header
_METHODS = frozenset({"GET", "HEAD", "POST"})
_POLICY = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Key:
    """The secrets of one run. The link in the terminal opens once; then the cookie holds."""

    port: int
    link_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def link(self) -> str:
        """Give the address that the terminal prints."""
        return f"http://127.0.0.1:{self.port}{ENTRANCE}?token={self.link_token}"

    @property
    def cookie(self) -> str:
        """Give the cookie's name; cookies do not know ports, so the name does."""
        return f"packet-builder-{self.port}"

    @property
    def page_token(self) -> str:
        """Give what a decision must carry: only a page that was read here knows it."""
        return hashlib.sha256(f"page:{self.session}".encode()).hexdigest()

    @property
    def hosts(self) -> frozenset[str]:
        """Give the names under which this server may be asked for."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})


class Door:
    """Lets a request in, or refuses it before anything of the case is touched."""

    def __init__(self, app: ASGIApp, key: Key, *, read_only: bool) -> None:
        self._app = app
        self._key = key
        self._read_only = read_only
        self._link_is_used = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refusal = next(self._refusals(scope, headers), None)
        if refusal is not None:
            await refusal(scope, receive, _guarded(send))
        elif scope["path"] == ENTRANCE:
            await self._entered(scope)(scope, receive, _guarded(send))
        else:
            await self._app(scope, receive, _guarded(send))

    def _refusals(self, scope: Scope, headers: Headers) -> Iterator[Response]:
        if headers.get("host") not in self._key.hosts:
            yield _refused("This address is not served here.", 421)
        if scope["method"] not in _METHODS:
            yield _refused("This page can only be read, or sent a decision.", 405)
        if scope["path"] == ENTRANCE:
            return
        if not _same(_cookies(headers).get(self._key.cookie, ""), self._key.session):
            yield _refused("Open the link that packet-builder printed in the terminal.", 403)
        if scope["method"] == "POST":
            yield from self._refusals_of_a_decision(headers)

    def _refusals_of_a_decision(self, headers: Headers) -> Iterator[Response]:
        if self._read_only:
            yield _refused("This page was opened to be read only.", 403)
        origins = {f"http://{host}" for host in self._key.hosts}
        from_here = headers.get("sec-fetch-site", "same-origin") == "same-origin"
        if headers.get("origin") not in origins or not from_here:
            yield _refused("A decision can come only from this page itself.", 403)
        if not _same(headers.get(TOKEN_HEADER, ""), self._key.page_token):
            yield _refused("Load this page again: it belongs to a former run.", 403)
        if headers.get("content-type") != "application/json":
            yield _refused("A decision is sent as JSON.", 415)

    def _entered(self, scope: Scope) -> Response:
        token = _query(scope).get("token", "")
        if scope["method"] != "GET" or not _same(token, self._key.link_token):
            return _refused("This link does not open the page.", 403)
        if self._link_is_used:
            return _refused(
                "This link was used already. Go on in the browser where it was opened, or end "
                "packet-builder with Ctrl-C and start the review again.",
                403,
            )
        self._link_is_used = True
        response = RedirectResponse("/", 303)
        response.set_cookie(
            self._key.cookie, self._key.session, httponly=True, samesite="strict", path="/"
        )
        return response


def _guarded(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _POLICY.items():
                headers[name] = value
        await send(message)

    return sending


def _refused(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence + "\n", status)


def _cookies(headers: Headers) -> Mapping[str, str]:
    return cookie_parser(headers.get("cookie", ""))


def _query(scope: Scope) -> Mapping[str, str]:
    from urllib.parse import parse_qsl  # noqa: PLC0415 - at the entrance only

    return dict(parse_qsl(scope["query_string"].decode("latin-1")))


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())
