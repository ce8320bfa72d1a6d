"""What a filing answers, and the packets that it continues, become a row of the manifest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from packet_builder.documents.document import Document
from packet_builder.model.filed import FiledPacket
from packet_builder.packet.manifest import file_rows
from packet_builder.plan.planned import DocumentKind
from packet_builder.rules.finding import Dossier


def answers_row(dossier: Dossier) -> dict[str, Any] | None:
    """Give the notice that is answered; None where the filing answers none."""
    notice, event = dossier.case.notice, dossier.case.answered
    if notice is None or event is None:
        return None
    packets = dossier.filed.packets
    return {
        "filing": packets[0].filing if packets else None,
        "notice": event.id,
        "kind": event.event,
        "receipt_number": notice.receipt_number,
        "due": event.due_printed.isoformat(),
        "complete": notice.is_complete,
        "continues": [_packet_row(packet) for packet in packets],
    }


def enclosure_rows(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Give one row for each paper of somebody else that goes with the filing as it came."""
    return [
        {
            "id": document.id,
            "title": document.title,
            "pages": document.pages,
            "files": file_rows(document),
        }
        for document in documents
        if document.kind is DocumentKind.ENCLOSURE
    ]


def _packet_row(packet: FiledPacket) -> dict[str, Any]:
    return {
        "filing": packet.filing,
        "folder": packet.folder,
        "sha256": packet.sha256,
        "date": packet.date.isoformat(),
        "pages": packet.pages,
    }
