"""The links to exhibits that our own pages carry before any packet page is known."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from packet_builder.packet.cited import Address
from packet_builder.packet.geometry import Box
from packet_builder.packet.viewed import viewed, viewed_page

_ADDRESS = re.compile(r"https://exhibit\.invalid/([A-Z]{1,2})(?:/(\d{1,4}))?/?")
_LONGEST = 4096


def is_exhibit_address(address: bytes) -> bool:
    """Tell whether a link's address is one of ours, which never reaches the packet."""
    return _ADDRESS.fullmatch(address.decode("latin-1")) is not None


def addresses_in(path: Path, named: str) -> Iterator[Address]:
    """Give the links of a PDF that lead to exhibits."""
    with viewed(path, named) as document:
        for index in range(len(document)):
            with viewed_page(document, index, named) as page:
                yield from _addresses_on(document, page, index + 1)


def _addresses_on(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int
) -> Iterator[Address]:
    at, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        written = _ADDRESS.fullmatch(_address_of(document, link))
        if written is None or not pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        letter, exhibit_page = written.groups()
        sides = Box(box.left, box.bottom, box.right, box.top)
        yield Address(number, letter, int(exhibit_page) if exhibit_page else None, sides)


def _address_of(document: pypdfium2.PdfDocument, link: object) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    written = ctypes.create_string_buffer(_LONGEST)
    length = pdfium.FPDFAction_GetURIPath(document, action, written, _LONGEST)
    return written.raw[: max(length - 1, 0)].decode("latin-1") if length < _LONGEST else ""
