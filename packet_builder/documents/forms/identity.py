"""Which form a PDF is, and in which edition: what the barcodes of its pages say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdf.errors import PyPdfError

from packet_builder.documents.forms.blank import open_blank
from packet_builder.documents.forms.box import boxes_of
from packet_builder.documents.forms.errors import BlankUnreadableError

_PARTS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """What a PDF says that it is."""

    form: str
    edition: str
    pages: int


def identity_of(path: Path) -> Identity | None:
    """Read the barcodes' values; None where the file is no official form with one edition."""
    try:
        boxes = boxes_of(open_blank(path, path.stem))
    except (BlankUnreadableError, PyPdfError, KeyError, ValueError):
        return None
    said = [(box.page, (box.value or "").split("|")) for box in boxes.values() if box.is_barcode]
    if not said or any(len(parts) != _PARTS for _, parts in said):
        return None
    form, edition, _ = said[0][1]
    pages = len(said)
    expected = [(page, [form, edition, str(page)]) for page in range(1, pages + 1)]
    return Identity(form, edition, pages) if said == expected else None
