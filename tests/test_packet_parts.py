from __future__ import annotations

import io
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from packet_builder.packet import parts
from packet_builder.packet.parts import (
    PageTooLargeError,
    Part,
    PartAlteredError,
    Unit,
    write_parts,
)
from tests.packets import one_page

KILO = 1000


def packet_of(path: Path, sizes: Sequence[int]) -> Path:
    """Write a PDF whose pages say their number and hold so many kilobytes of noise each."""
    pages = canvas.Canvas(str(path), pagesize=(612, 792), invariant=True)
    noise = random.Random(1)  # noqa: S311 - noise, the same in every run
    for number, size in enumerate(sizes, start=1):
        pages.drawString(72, 700, f"page {number}.")
        if size:
            rows = size * KILO * 4 // 5 // 100  # reportlab writes four bytes as five
            picture = Image.frombytes("L", (100, rows), noise.randbytes(rows * 100))
            stream = io.BytesIO()
            picture.save(stream, "PNG")
            stream.seek(0)
            pages.drawImage(ImageReader(stream), 72, 100, 200, 200)
        pages.showPage()
    pages.save()
    return path


def units_of(lengths: Sequence[int]) -> list[Unit]:
    units, first = [], 1
    for number, length in enumerate(lengths, start=1):
        units.append(Unit(f"Document {number}", first, first + length - 1))
        first += length
    return units


def texts_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range().strip() for page in document]
    finally:
        document.close()


UNITS = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=6)


@settings(max_examples=20)
@given(sizes=UNITS, limit=st.integers(34, 80))
def test_every_page_is_in_one_part_and_no_part_is_too_large(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[list[int]], limit: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    flat = [size for unit in sizes for size in unit]
    packet, units = packet_of(folder / "packet.pdf", flat), units_of([len(one) for one in sizes])
    found = write_parts(packet, units, folder / "upload", limit * KILO)

    texts = [text for part in found for text in texts_of(folder / "upload" / part.file)]
    assert texts == [f"page {number}." for number in range(1, len(flat) + 1)]
    assert [part.first for part in found[1:]] == [part.last + 1 for part in found[:-1]]
    for part in found:
        size = (folder / "upload" / part.file).stat().st_size
        assert size == part.bytes <= limit * KILO
    torn = [unit for unit in units if any(unit.first <= part.last < unit.last for part in found)]
    for unit in torn:
        assert sum(flat[unit.first - 1 : unit.last]) > limit - 5
    shutil.rmtree(folder)


def written(folder: Path, sizes: Sequence[int], lengths: Sequence[int], limit: int) -> list[Part]:
    packet = packet_of(folder / "packet.pdf", sizes)
    return list(write_parts(packet, units_of(lengths), folder / "upload", limit * KILO))


def test_documents_stay_whole_and_parts_are_filled(tmp_path: Path) -> None:
    found = written(tmp_path, [10, 10, 10, 10, 10], [2, 2, 1], 36)

    assert [(part.first, part.last) for part in found] == [(1, 2), (3, 5)]
    assert [part.file for part in found] == ["part-01-of-02.pdf", "part-02-of-02.pdf"]
    assert found[1].titles == ("Document 2", "Document 3")


def test_a_document_is_torn_only_where_it_alone_is_too_large(tmp_path: Path) -> None:
    found = written(tmp_path, [5, 20, 20, 20, 5], [1, 3, 1], 46)

    assert [(part.first, part.last) for part in found] == [(1, 1), (2, 3), (4, 5)]
    assert found[1].titles == ("Document 2, pages 2-3 of the packet",)
    assert found[2].titles == ("Document 2, pages 4-4 of the packet", "Document 3")


def test_a_page_that_is_too_large_alone_is_named(tmp_path: Path) -> None:
    with pytest.raises(PageTooLargeError, match=r"page 2 of the packet \(Document 1\) has \d\d,"):
        written(tmp_path, [5, 70], [2], 50)


def test_names_say_nothing_and_sort_in_order(tmp_path: Path) -> None:
    found = written(tmp_path, [20] * 12, [1] * 12, 30)

    names = [part.file for part in found]
    assert names == sorted(names)
    assert names[0] == "part-01-of-12.pdf"


def test_a_part_is_open_to_all_and_says_no_more_of_itself_than_the_packet(tmp_path: Path) -> None:
    (part,) = written(tmp_path, [1, 1], [1, 1], 50)
    reader = PdfReader(tmp_path / "upload" / part.file)

    assert not reader.is_encrypted
    assert reader.metadata == {"/Title": "untitled, pages 1 to 2"}
    assert str(reader.root_object["/Lang"]) == "en-US"
    assert reader.viewer_preferences is not None
    assert reader.viewer_preferences.display_doctitle
    assert [item.title for item in reader.outline if not isinstance(item, list)] == [
        "Document 1",
        "Document 2",
    ]


def test_pages_are_labelled_as_in_the_packet(tmp_path: Path) -> None:
    found = written(tmp_path, [20, 20, 20], [1, 1, 1], 30)

    reader = PdfReader(tmp_path / "upload" / found[2].file)
    assert reader.page_labels == ["3"]


def test_links_lead_to_pages_of_the_same_part_or_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "packet.pdf"
    pages = canvas.Canvas(str(path), pagesize=(612, 792), invariant=True)
    for number in range(1, 4):
        pages.bookmarkPage(f"p{number}")
        pages.drawString(72, 700, f"page {number}.")
        pages.linkAbsolute("", f"p{number % 3 + 1}", (72, 690, 120, 710))
        pages.linkURL("https://www.uscis.gov", (72, 600, 120, 620))
        pages.showPage()
    pages.save()
    _name_no_goals(path)
    write_parts(path, units_of([2, 1]), tmp_path / "upload", 2 * KILO)
    first = PdfReader(tmp_path / "upload" / "part-01-of-02.pdf")
    last = PdfReader(tmp_path / "upload" / "part-02-of-02.pdf")

    assert [_goals(first, index) for index in (0, 1)] == [[1, "web"], ["web"]]
    assert _goals(last, 0) == ["web"]


def _name_no_goals(path: Path) -> None:
    """Give links their page itself, as the binder does, in place of a name."""
    from pypdf import PdfWriter  # noqa: PLC0415
    from pypdf.generic import ArrayObject, NameObject  # noqa: PLC0415

    writer = PdfWriter(clone_from=path)
    for index, page in enumerate(writer.pages):
        for annotation in page.annotations or ():
            link = annotation.get_object()
            if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo":
                goal = writer.pages[(index + 1) % 3].indirect_reference
                link.pop("/A", None)
                link[NameObject("/Dest")] = ArrayObject([goal, NameObject("/Fit")])
    writer.write(path)


def _goals(reader: PdfReader, index: int) -> list[object]:
    found: list[object] = []
    for annotation in reader.pages[index].annotations or ():
        link = annotation.get_object()
        if "/Dest" in link:
            found.append(reader.get_page_number(link["/Dest"][0].get_object()))
        else:
            found.append("web")
    return found


def test_a_part_that_shows_something_else_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_content(*arguments: object) -> bytes:
        return real(*arguments).replace(b"/Contents", b"/Kontents")  # type: ignore[arg-type]

    real = parts._page
    monkeypatch.setattr(parts, "_page", without_content)

    with pytest.raises(PartAlteredError, match="page 1 of the packet looks otherwise"):
        written(tmp_path, [0], [1], 50)


def test_hidden_layers_stay_hidden(tmp_path: Path) -> None:
    packet = one_page(
        tmp_path / "packet.pdf",
        b"/OC /L BDC 1 0 0 rg 200 200 200 400 re f EMC",
        resources=b"/Properties<</L 10 0 R>>",
        catalog=b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>",
        more={10: b"<</Type/OCG/Name(Stamp)>>"},
    )
    (part,) = write_parts(packet, units_of([1]), tmp_path / "upload", 100 * KILO)

    properties = PdfReader(tmp_path / "upload" / part.file).root_object["/OCProperties"]
    assert properties["/D"]["/OFF"] == properties["/OCGs"]  # type: ignore[index]
