"""Addresses on a sheet become links to places in the packet's file, which lies beside it."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from packet_builder.documents.sheets.content import PACKET_PLACES


def linked_to_packet(content: bytes, packet: str) -> bytes:
    """Give a sheet's PDF with its links made; `packet` is the file as seen from the sheet."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        for annotation in page.annotations or ():
            link = annotation.get_object()
            address = str(link.get("/A", {}).get("/URI", ""))
            if address.startswith(PACKET_PLACES):
                link[NameObject("/A")] = _action(packet, address)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _action(packet: str, address: str) -> DictionaryObject:
    page, *area = address.removeprefix(f"{PACKET_PLACES}/").split("/")
    place = [NumberObject(int(page) - 1), NameObject("/FitR"), *map(FloatObject, area)]
    return DictionaryObject(
        {
            NameObject("/S"): NameObject("/GoToR"),
            NameObject("/F"): TextStringObject(packet),
            NameObject("/D"): ArrayObject(place),
            NameObject("/NewWindow"): BooleanObject(value=True),
        }
    )
