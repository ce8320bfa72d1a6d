"""Requests become pages, pictures and decisions; whoever asks has come through the door."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from packet_builder.errors import PacketError
from packet_builder.model.role import Role
from packet_builder.review.asked import AskedDecision
from packet_builder.review.beside import beside, decisions_on, standing_of
from packet_builder.review.decide import binding_lines
from packet_builder.review.looked_at import LookedAt
from packet_builder.review.pictures import Size
from packet_builder.review.standing import standings
from packet_builder.review.table import Table
from packet_builder.unforeseen import as_error

_PAGE_FOLDER = Path(__file__).parent / "page"
_FOUND = 100
_MOST_BYTES = 64_000  # of a decision
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_PAGE_FOLDER),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def application(table: Table, page_token: str, *, read_only: bool) -> Starlette:
    """Give what answers behind the door."""
    common = {"page_token": page_token, "read_only": read_only}

    def at(path: str, answer: Callable[..., Any], **given: Any) -> Route:  # noqa: ANN401
        return Route(path, functools.partial(answer, table, **given))

    return Starlette(
        routes=[
            at("/", _review_page, common=common),
            at("/state", _state),
            at("/standings", _standings),
            at("/board", _board),
            at("/since/{document}", _since),
            at("/build/{build}/page/{page:int}/{size}", _picture),
            at("/build/{build}/words/{page:int}", _words),
            at("/build/{build}/beside/{page:int}", _beside, read_only=read_only),
            at("/build/{build}/whole", _whole, read_only=read_only),
            at("/build/{build}/find", _find),
            at("/build/{build}/matrix", _matrix),
            Route("/decide", functools.partial(_decide, table), methods=["POST"]),
            Mount("/static", StaticFiles(directory=_PAGE_FOLDER / "static")),
        ],
        exception_handlers={
            PacketError: _said,
            Exception: functools.partial(_unforeseen, table),
        },
    )


def _review_page(table: Table, _: Request, common: dict[str, Any]) -> Response:
    shown = table.newest.shown
    status = table.status()
    standing = functools.partial(standing_of, standings=status.standings)
    return _html(
        "review.html", shown=shown, status=status, standing=standing, roles=tuple(Role), **common
    )


def _state(table: Table, _: Request) -> Response:
    return JSONResponse({"build": table.newest.shown.build, "news": table.news()})


def _standings(table: Table, _: Request) -> Response:
    status = table.status()
    states = {one.subject.id: one.state.value for one in status.standings}
    return JSONResponse({"states": states, "progress": status.progress})


def _board(table: Table, _: Request) -> Response:
    return _html("board.html", rows=table.board(), case=table.case.name)


def _since(table: Table, request: Request) -> Response:
    found = table.since(request.path_params["document"])
    if found is None:
        raise HTTPException(404, "Nothing was decided on this document yet.")
    return _html("since.html", since=found, build=table.newest.shown.build)


def _picture(table: Table, request: Request) -> Response:
    looked_at, page = _asked_page(table, request)
    try:
        size = Size(request.path_params["size"])
    except ValueError:
        raise HTTPException(404) from None
    return Response(looked_at.pictures.picture(page, size), media_type="image/webp")


def _words(table: Table, request: Request) -> Response:
    looked_at, page = _asked_page(table, request)
    return JSONResponse(looked_at.pictures.words(page))


def _beside(table: Table, request: Request, *, read_only: bool) -> Response:
    looked_at, page = _asked_page(table, request)
    decisions = table.decisions()
    found = standings(table.docket, decisions)
    text = looked_at.pictures.plain_text(page)
    shown = looked_at.shown
    said = beside(shown, shown.pages[page - 1], text, found, decisions)
    return _html(
        "beside.html",
        beside=said,
        shown=shown,
        standing=said.standing,
        bound=tuple(binding_lines(said.standing.subject)),
        read_only=read_only,
    )


def _whole(table: Table, request: Request, *, read_only: bool) -> Response:
    _asked_build(table, request)
    decisions = table.decisions()
    standing = standings(table.docket, decisions)[-1]
    return _html(
        "whole.html",
        standing=standing,
        bound=tuple(binding_lines(standing.subject)),
        decisions=decisions_on(standing, decisions),
        read_only=read_only,
    )


def _find(table: Table, request: Request) -> Response:
    looked_at = _asked_build(table, request)
    words = " ".join(request.query_params.get("words", "").split()).casefold()
    found = []
    for page in looked_at.shown.pages if words else ():
        if words in looked_at.pictures.plain_text(page.page):
            found.append({"page": page.page, "label": page.label})
            if len(found) == _FOUND:
                break
    return JSONResponse(found)


def _matrix(table: Table, request: Request) -> Response:
    return _html("matrix.html", shown=_asked_build(table, request).shown)


async def _decide(table: Table, request: Request) -> Response:
    body = await request.body()
    if len(body) > _MOST_BYTES:
        raise HTTPException(413, "This is too long for a decision.")
    try:
        asked = AskedDecision.model_validate_json(body)
    except ValidationError:
        raise HTTPException(422, "A decision needs a document, a name, a role of the list and, but "
                            "for an approval, a note.") from None  # fmt: skip
    decided = await run_in_threadpool(table.decide, asked.documents, asked.wish(table.now()))
    titles = ", ".join(subject.short for subject in decided.subjects)
    return JSONResponse({"said": f"Recorded: {asked.words} {titles}, by {asked.by}."})


def _said(_: Request, error: Exception) -> Response:
    """Say why something was not done; what the case holds now speaks against it."""
    return JSONResponse({"said": str(error)}, 409)


def _unforeseen(table: Table, _: Request, fault: Exception) -> Response:
    """Say that something went wrong; a fault of the program leaves its log, and no value."""
    return JSONResponse({"said": str(as_error(fault, table.case_output.parent))}, 500)


def _asked_build(table: Table, request: Request) -> LookedAt:
    looked_at = table.packets.of(request.path_params["build"])
    if looked_at is None:
        raise HTTPException(410, "This packet has been replaced; load the page again.")
    return looked_at


def _asked_page(table: Table, request: Request) -> tuple[LookedAt, int]:
    looked_at = _asked_build(table, request)
    page = int(request.path_params["page"])
    if not 1 <= page <= len(looked_at.shown.pages):
        raise HTTPException(404)
    return looked_at, page


def _html(template: str, **values: Any) -> Response:  # noqa: ANN401 - what the template prints
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(values))
