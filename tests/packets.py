"""Small source PDFs, written byte by byte, and packets bound from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from packet_builder.documents.document import Document, PdfFile, Source
from packet_builder.packet.bind import Binding, Bound, bind
from packet_builder.pages import Span, number
from packet_builder.plan.planned import DocumentKind

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
RED = (255, 0, 0)
_NEAR = 40  # levels


def raw_pdf(path: Path, objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> Path:
    """Write a PDF of the given objects; a pair of dictionary and data makes a stream."""
    content, offsets = b"%PDF-1.7\n", {}
    for key, value in objects.items():
        offsets[key] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (key, value)
    last = max(objects)
    table = b"".join(
        b"%010d 00000 n \n" % offsets[key] if key in offsets else b"0000000000 65535 f \n"
        for key in range(last + 1)
    )
    path.write_bytes(
        content
        + b"xref\n0 %d\n%strailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (last + 1, table, last + 1, trailer, len(content))
    )
    return path


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def words(text: str, *, x: float = 72, y: float = 700) -> bytes:
    return b"BT /F1 14 Tf %g %g Td (%s) Tj ET\n" % (x, y, text.encode("cp1252"))


def one_page(  # noqa: PLR0913 - what a page may have
    path: Path,
    content: bytes = b"",
    *,
    page: bytes = b"",
    resources: bytes = b"",
    catalog: bytes = b"",
    more: Mapping[int, bytes] | None = None,
) -> Path:
    """Write a PDF of one page; object 3 is the page, objects from 10 on are the caller's."""
    box = b"" if b"/MediaBox" in page else b"/MediaBox[0 0 612 792]"
    return raw_pdf(
        path,
        {
            1: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s%s/Resources<</Font<</F1 5 0 R>>%s>>>>"
            % (box, page, resources),
            4: stream(content),
            5: FONT,
            **(more or {}),
        },
    )


def pages_of_text(path: Path, texts: Sequence[str], *, catalog: bytes = b"") -> Path:
    """Write a PDF with one page a text."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
        2: b"<</Type/Pages/Count %d/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
        b"/Kids[%s]>>"
        % (len(texts), b" ".join(b"%d 0 R" % (10 + 2 * index) for index in range(len(texts)))),
        3: FONT,
    }
    for index, text in enumerate(texts):
        at = 10 + 2 * index
        objects[at] = b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % (at + 1)
        objects[at + 1] = stream(words(text))
    return raw_pdf(path, objects)


def pdf_file(path: Path, *, title: str | None = None, name: str | None = None) -> PdfFile:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with pypdfium2.PdfDocument(path) as opened:
        count = len(opened)
    return PdfFile(path, count, digest, title, Source(name or path.name, path, digest))


def exhibit(letter: str, *paths: Path, title: str = "Evidence") -> Document:
    files = tuple(pdf_file(path) for path in paths)
    return Document(f"exhibit-{letter}", DocumentKind.EXHIBIT, title, files, letter)


def own(kind: DocumentKind, path: Path, title: str, letter: str | None = None) -> Document:
    file = PdfFile(path, pdf_file(path).pages, "")
    return Document(f"{kind}-{letter or title}", kind, title, (file,), letter)


@dataclass(frozen=True)
class Packet:
    path: Path
    documents: tuple[Document, ...]
    bound: Bound

    def page(self, number_: int) -> DictionaryObject:
        return PdfReader(self.path).pages[number_ - 1]

    def text(self, number_: int) -> str:
        with pypdfium2.PdfDocument(self.path) as opened:
            return str(opened[number_ - 1].get_textpage().get_text_range())

    def picture(self, number_: int) -> Image.Image:
        """Give a page as a viewer shows it, one pixel a point."""
        return rendered(self.path, number_)


def bound(
    folder: Path,
    *documents: Document,
    draft: bool = False,
    title: str = "Packet",
    earlier: Sequence[tuple[str, Span]] = (),
) -> Packet:
    target = folder / "packet.pdf"
    result = bind(documents, number(documents, earlier), target, Binding(title, draft=draft))
    return Packet(target, documents, result)


def rendered(path: Path, number_: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as opened:
        opened.init_forms()
        picture: Image.Image = opened[number_ - 1].render(scale=1).to_pil()
        return picture.convert("RGB")


def extent(picture: Image.Image, colour: str) -> tuple[float, float, float, float] | None:
    """Give the box around all that is purely "R", "G" or "B", counted from the lower left."""
    bands = dict(zip("RGB", picture.split(), strict=True))
    mask = bands.pop(colour).point(lambda level: 255 * (level > 200))
    for other in bands.values():
        mask = ImageChops.multiply(mask, other.point(lambda level: 255 * (level < 60)))
    found = mask.getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    return left, picture.height - bottom, right, picture.height - top


def shows(picture: Image.Image, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    """Tell whether a picture has a colour at a point, counted from the lower left."""
    found = picture.getpixel((int(x), picture.height - 1 - int(y)))
    assert isinstance(found, tuple)
    return all(abs(one - other) <= _NEAR for one, other in zip(found, colour, strict=True))
