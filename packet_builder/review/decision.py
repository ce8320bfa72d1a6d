"""What one person decided on one document, and exactly what that person saw."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from packet_builder.facts.fault import quoted
from packet_builder.model.base import Part
from packet_builder.model.scalars import Count, Line, Prose

#: The packet as a whole: its order, its page numbers, and the pages that the program sets itself.
PACKET = "packet"

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _digest(value: object) -> str:
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return value
    raise PydanticCustomError(
        "digest", "the fingerprint of a file is expected here: 64 digits and letters a to f"
    )


def _moment(value: object) -> str:
    try:
        dt.datetime.fromisoformat(str(value))
    except ValueError:
        shown = quoted(str(value))
        message = "write the day, or day and time, as 2026-12-01T14:30:00-06:00, not {written}"
        raise PydanticCustomError("moment", message, {"written": shown}) from None
    return str(value)


Digest = Annotated[str, BeforeValidator(_digest)]
Moment = Annotated[str, BeforeValidator(_moment)]


class Kind(StrEnum):
    """What was decided."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    COMMENT = "comment"


class Seen(Part):
    """The digests of what was seen, and of all that it was made from."""

    manifest: Digest
    packet: Digest
    pages: tuple[Digest, ...] = ()
    """The PDFs that were bound, in order; none for the packet as a whole."""
    editable: Digest | None = None
    """The Word copy of a letter, or the form that can still be edited."""
    planned: Digest | None = None
    """The facts that the document read, as words ready to print."""
    template: Digest | None = None
    blank: Digest | None = None
    """The official blank that was filled."""
    edition: Line | None = None
    exhibits: dict[str, tuple[Digest, ...]] = Field(default_factory=dict)
    """The office's own files of each exhibit that it is or cites, by evidence id."""
    law: Digest | None = None
    """The rows of law that the packet rests on."""


class Decision(Part):
    """One decision. It is never changed; a later one takes its place."""

    decision: Kind
    filing: Line
    document: Line
    """The document's id, or `packet`."""
    title: Line
    by: Line
    role: Line | None = None
    """One of the roles of the model; a decision of an older program may hold any words."""
    when: Moment
    page: Count | None = None
    """Of the document, counted from 1."""
    place: Line | None = None
    """Where on the page: its first words, a heading, a printed item."""
    note: Prose | None = None
    seen: Seen

    def plain(self) -> dict[str, Any]:
        """Give it as plain values, as YAML and the log hold it; what is empty is left out."""
        plain: dict[str, Any] = _texts(self.model_dump(mode="json", exclude_defaults=True))
        return plain


def _texts(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Give the same with every scalar as text, as files of facts are read."""
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return str(value)
