"""Writes down all that a packet knows of itself: `packet.json`, the contract for other tools."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from packet_builder.documents.document import Document, PdfFile
from packet_builder.errors import UnusableError
from packet_builder.model.audience import Audience
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind

MANIFEST = "packet.json"
_DRAFT = "packet-DRAFT.pdf"
_INTERNAL = "INTERNAL-not-for-filing.pdf"

#: Raised by one when a reader of the former format could misunderstand the new one.
FORMAT = 3

_SEAL = "seal"  # the digest of all that a manifest says


class ManifestAlteredError(UnusableError):
    """The manifest of a packet was damaged, or changed by hand, after it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was damaged or changed after it was written, and nothing is decided on it. "
            "Build again; that of a final packet has to be restored from a backup."
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document was made from, by digest."""

    planned: str  # of all that its renderer read, as plain values
    made_from: Mapping[str, str] = field(default_factory=dict)  # empty: from files, or by us
    editable: str | None = None  # of the Word copy, or of the form that can still be edited


def packet_name(audience: Audience) -> str:
    """Give the name of a packet that is built, so that nobody takes it for what it is not."""
    return _INTERNAL if audience is Audience.OFFICE else _DRAFT


def audience_of(manifest: Mapping[str, Any]) -> Audience:
    """Tell for whom a packet is; what was built before there was a choice was to be filed."""
    return Audience(manifest.get("audience", Audience.AGENCY))


def read_manifest(folder: Path) -> Mapping[str, Any] | None:
    """Give the manifest of the packet in a folder; None where there is none as we write it."""
    try:
        manifest = read_sealed(folder / MANIFEST)
    except (OSError, ManifestAlteredError):
        return None
    return manifest if manifest["format"] == FORMAT else None


def read_sealed(path: Path) -> Mapping[str, Any]:
    """Read a manifest that nobody has changed since it was written; raises ManifestAlteredError.

    One of another format is given as it is: it had no seal, and its reader says what to do.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["format"] == FORMAT and content.pop(_SEAL) != _seal_of(content):
            raise ManifestAlteredError(path)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise ManifestAlteredError(path) from None
    return cast("Mapping[str, Any]", content)


def document_rows(
    documents: Sequence[Document], numbering: Numbering, origins: Mapping[str, Origin]
) -> list[dict[str, Any]]:
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
            "made_from": _made_from(document, origins[document.id]),
            "planned": origins[document.id].planned,
            "editable": origins[document.id].editable,
            "approved_by": None,
        }
        for document in documents
    ]


def exhibit_rows(
    documents: Sequence[Document],
    cited_by: Mapping[str, Sequence[str]],
    pictures: Mapping[str, tuple[Sequence[int], Sequence[int]]],
) -> list[dict[str, Any]]:
    """Give one row an exhibit.

    `cited_by` names the citing documents by exhibit letter; `pictures` the pages of the exhibit
    that are only pictures, and those whose words a machine read, by the id of the evidence.
    """
    exhibits = {
        document.id.removeprefix("exhibit-"): document
        for document in documents
        if document.kind is DocumentKind.EXHIBIT
    }
    return [
        {
            "id": evidence,
            "letter": document.exhibit,
            "title": document.title,
            "pages": document.pages,
            "picture_pages": list(pictures[evidence][0]),
            "machine_read_pages": list(pictures[evidence][1]),
            "files": file_rows(document),
            "waived": None,
            "cited_by": list(cited_by.get(document.exhibit or "", ())),
        }
        for evidence, document in exhibits.items()
    ]


def waived_rows(waived: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Give one row for each piece of evidence that is listed and not filed: id, title, reason."""
    return [
        {
            "id": identifier,
            "letter": None,
            "title": title,
            "pages": 0,
            "picture_pages": [],
            "machine_read_pages": [],
            "files": [],
            "waived": reason,
            "cited_by": [],
        }
        for identifier, title, reason in waived
    ]


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Give a manifest as it is written, sealed: the same content gives the same bytes."""
    whole = {"format": FORMAT, **content}
    text = json.dumps({**whole, _SEAL: _seal_of(whole)}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _seal_of(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_rows(document: Document) -> list[dict[str, Any]]:
    """Give one row a file of a document that the office put there."""
    return [_file_row(file) for file in document.files]


def _file_row(file: PdfFile) -> dict[str, Any]:
    source = file.source
    return {
        "file": source.name if source else None,
        "sha256": source.sha256 if source else None,
        "pages": file.pages,
    }


def _made_from(document: Document, origin: Origin) -> dict[str, Any]:
    if origin.made_from:
        return dict(origin.made_from)
    sources = [file.source.sha256 for file in document.files if file.source]
    return {"file": sources} if sources else {"content": [file.sha256 for file in document.files]}
