"""Writes down all that a packet knows of itself: `packet.json`, the contract for other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.documents.document import Document
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind

#: Raised by one when a reader of the former format could misunderstand the new one.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class PacketFile:
    """The packet as it lies on disk."""

    file: str
    sha256: str
    pages: int
    bytes: int


def document_rows(documents: Sequence[Document], numbering: Numbering) -> list[dict[str, Any]]:
    """Give one row a document, in packet order."""
    return [
        {
            "id": document.id,
            "kind": document.kind.value,
            "title": document.title,
            "exhibit": document.exhibit,
            "first_page": numbering.span_of(document.id).first,
            "last_page": numbering.span_of(document.id).last,
            "sha256": [file.sha256 for file in document.files],
            "approved_by": None,
        }
        for document in documents
    ]


def exhibit_rows(
    documents: Sequence[Document], cited_by: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Give one row an exhibit. `cited_by` names the citing documents by exhibit letter."""
    return [
        {
            "id": document.id.removeprefix("exhibit-"),
            "letter": document.exhibit,
            "title": document.title,
            "pages": document.pages,
            "files": [
                {
                    "file": file.source.name if file.source else None,
                    "sha256": file.source.sha256 if file.source else None,
                    "pages": file.pages,
                }
                for file in document.files
            ],
            "waived": None,
            "cited_by": list(cited_by.get(document.exhibit or "", ())),
        }
        for document in documents
        if document.kind is DocumentKind.EXHIBIT
    ]


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Give a manifest as it is written: the same content gives the same bytes."""
    text = json.dumps({"format": FORMAT, **content}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()
