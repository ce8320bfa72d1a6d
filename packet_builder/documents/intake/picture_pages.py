"""Pictures become a PDF of one US Letter page each, written out one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from packet_builder.documents.intake.picture import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Picture,
    placement,
)

_CATALOG, _PAGE_TREE = 1, 2
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


@dataclass(slots=True)
class _PdfStream:
    """A PDF being written front to back; only offsets stay in memory."""

    stream: BinaryIO
    offsets: dict[int, int] = field(default_factory=dict)
    profiles: dict[bytes, int] = field(default_factory=dict)
    next_number: int = _PAGE_TREE + 1

    def reserve(self) -> int:
        number = self.next_number
        self.next_number += 1
        return number

    def put(self, number: int, entries: str, content: bytes | None = None) -> int:
        self.offsets[number] = self.stream.tell()
        self.stream.write(f"{number} 0 obj\n".encode())
        if content is None:
            self.stream.write(f"<< {entries} >>".encode())
        else:
            self.stream.write(f"<< {entries} /Length {len(content)} >>\nstream\n".encode())
            self.stream.write(content)
            self.stream.write(b"\nendstream")
        self.stream.write(b"\nendobj\n")
        return number

    def finish(self) -> None:
        start = self.stream.tell()
        lines = [f"xref\n0 {self.next_number}\n0000000000 65535 f \n"]
        lines += [f"{self.offsets[number]:010d} 00000 n \n" for number in sorted(self.offsets)]
        lines.append(f"trailer\n<< /Size {self.next_number} /Root {_CATALOG} 0 R >>\n")
        lines.append(f"startxref\n{start}\n%%EOF\n")
        self.stream.write("".join(lines).encode())


def write_pictures(stream: BinaryIO, pictures: Iterable[Picture]) -> int:
    """Write one page a picture, holding one picture at a time; gives the count of pages."""
    pdf = _PdfStream(stream)
    stream.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    pages = [_put_page(pdf, picture) for picture in pictures]
    kids = " ".join(f"{number} 0 R" for number in pages)
    pdf.put(_PAGE_TREE, f"/Type /Pages /Count {len(pages)} /Kids [{kids}]")
    pdf.put(_CATALOG, f"/Type /Catalog /Pages {_PAGE_TREE} 0 R")
    pdf.finish()
    return len(pages)


def _put_page(pdf: _PdfStream, picture: Picture) -> int:
    image = pdf.put(pdf.reserve(), _image_entries(pdf, picture), picture.content)
    matrix = " ".join(f"{value:.4f}" for value in placement(picture))
    content = pdf.put(pdf.reserve(), "", f"q {matrix} cm /Im0 Do Q".encode())
    return pdf.put(
        pdf.reserve(),
        f"/Type /Page /Parent {_PAGE_TREE} 0 R /MediaBox [0 0 {PAGE_WIDTH:g} {PAGE_HEIGHT:g}] "
        f"/Resources << /XObject << /Im0 {image} 0 R >> >> /Contents {content} 0 R",
    )


def _image_entries(pdf: _PdfStream, picture: Picture) -> str:
    inverted = f" /Decode [{'1 0 ' * picture.components}]" if picture.inverted else ""
    return (
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        f"/BitsPerComponent {picture.bits} /ColorSpace {_color_space(pdf, picture)} "
        f"{picture.encoding}{inverted}"
    )


def _color_space(pdf: _PdfStream, picture: Picture) -> str:
    base = _SPACES[picture.components]
    if picture.icc is not None:
        base = f"[/ICCBased {_profile(pdf, picture.icc, picture.components)} 0 R]"
    if picture.palette is None:
        return base
    highest = len(picture.palette) // picture.components - 1
    return f"[/Indexed {base} {highest} <{picture.palette.hex()}>]"


def _profile(pdf: _PdfStream, icc: bytes, components: int) -> int:
    if icc not in pdf.profiles:
        entries = f"/N {components} /Alternate {_SPACES[components]}"
        pdf.profiles[icc] = pdf.put(pdf.reserve(), entries, icc)
    return pdf.profiles[icc]
