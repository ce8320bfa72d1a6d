"""Every source page is in the packet once and shows what it showed, or the build names it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from packet_builder.hands import Hands
from packet_builder.packet.accounting import (
    PacketPagesError,
    PageAlteredError,
    PageEntry,
    PageLostError,
    SourcePage,
    account,
)
from packet_builder.packet.bind import Binding, bind
from packet_builder.packet.stamps import CONTENT_MARK
from packet_builder.packet.viewed import PdfUnreadableError
from packet_builder.packet.wording import letters_on, words_kept
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from tests.packets import Packet, bound, exhibit, one_page, own, pages_of_text, stream, words

LINES = [f"Line {number_} of the statement of Soraya Ahmadi" for number_ in range(30)]


def picture(seed: int) -> bytes:
    """Draw a scanned page: lines of marks whose lengths depend on the seed."""
    page = Image.new("L", (850, 1100), 250)
    pen = ImageDraw.Draw(page)
    for row in range(40):
        long = 100 + (seed * 7919 + row * row * 104729) % 600
        pen.rectangle((80, 60 + row * 25, 80 + long, 72 + row * 25), fill=30)
    return page.tobytes()


def scan(path: Path, seed: int) -> Path:
    """Write a page that is one picture, as scanners do."""
    image = stream(
        zlib.compress(picture(seed)),
        b"/Type/XObject/Subtype/Image/Width 850/Height 1100/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode",
    )
    content = b"q 612 0 0 792 0 0 cm /Im Do Q"
    return one_page(path, content, resources=b"/XObject<</Im 10 0 R>>", more={10: image})


def typed(path: Path, *lines: str) -> Path:
    content = b"".join(words(line, y=720 - 20 * row) for row, line in enumerate(lines))
    return one_page(path, content)


def logo(path: Path) -> Path:
    """Write a page of text with a small picture in its corner."""
    content = b"".join(words(line, y=600 - 18 * row) for row, line in enumerate(LINES))
    image = stream(
        bytes([200, 30, 30] * 400),
        b"/Type/XObject/Subtype/Image/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceRGB",
    )
    return one_page(
        path,
        content + b"q 40 0 0 40 500 700 cm /Im Do Q",
        resources=b"/XObject<</Im 10 0 R>>",
        more={10: image},
    )


@pytest.fixture(params=[False, True], ids=["final", "draft"])
def packet(request: pytest.FixtureRequest, tmp_path: Path) -> Packet:
    """A letter, two scans, a typed page, a page with a logo, and an empty page."""
    return bound(
        tmp_path,
        own(DocumentKind.LETTER, typed(tmp_path / "letter.pdf", *LINES), "Cover letter"),
        exhibit("A", scan(tmp_path / "one.pdf", 1), scan(tmp_path / "two.pdf", 2)),
        exhibit("B", typed(tmp_path / "typed.pdf", *LINES), logo(tmp_path / "logo.pdf")),
        exhibit("C", one_page(tmp_path / "empty.pdf")),
        draft=request.param,
    )


def accounted(packet: Packet) -> tuple[PageEntry, ...]:
    return account(packet.path, packet.documents, number(packet.documents))


def tamper(packet: Packet, change: Callable[[PdfWriter], None]) -> None:
    writer = PdfWriter(clone_from=packet.path)
    change(writer)
    writer.write(packet.path)


def entry(writer: PdfWriter, page: int, key: str) -> PdfObject:
    return writer.pages[page - 1][key]


def content_of(writer: PdfWriter, page: int) -> StreamObject:
    resources = entry(writer, page, "/Resources")
    assert isinstance(resources, DictionaryObject)
    form = resources["/XObject"]["/PkP"]  # type: ignore[index]
    assert isinstance(form, StreamObject)
    return form


def test_an_untouched_packet_is_accounted_for_page_by_page(packet: Packet) -> None:
    entries = accounted(packet)

    assert [each.page for each in entries] == [1, 2, 3, 4, 5, 6]
    assert entries[0] == PageEntry(1, "letter-Cover letter", 1, None, None, None)
    file = packet.documents[1].files[1]
    assert entries[2] == PageEntry(3, "exhibit-A", 2, "A", 2, SourcePage("two.pdf", file.sha256, 1))


def test_a_separators_page_is_of_its_exhibit_and_has_no_number_in_it(tmp_path: Path) -> None:
    tab = own(DocumentKind.SEPARATOR, typed(tmp_path / "tab.pdf", "Exhibit A"), "Exhibit A", "A")

    packet = bound(tmp_path, tab, exhibit("A", typed(tmp_path / "a.pdf", "Evidence")))

    first, second = accounted(packet)
    assert (first.exhibit, first.exhibit_page, first.source) == ("A", None, None)
    assert (second.exhibit, second.exhibit_page) == ("A", 1)


def test_a_missing_page_is_found(packet: Packet) -> None:
    tamper(packet, lambda writer: writer.remove_page(2))

    with pytest.raises(
        PacketPagesError, match=r"^packet\.pdf: the packet has 5 page\(s\), its documents have 6\."
    ):
        accounted(packet)


def test_a_doubled_page_is_found(packet: Packet) -> None:
    def double(writer: PdfWriter) -> None:
        writer.insert_page(writer.pages[1], 1)

    tamper(packet, double)

    with pytest.raises(PacketPagesError, match=r"the packet has 7 page\(s\)"):
        accounted(packet)


def test_a_page_in_the_place_of_another_is_found(packet: Packet) -> None:
    def double(writer: PdfWriter) -> None:
        writer.insert_page(writer.pages[1], 1)
        writer.remove_page(3)

    tamper(packet, double)

    with pytest.raises(
        PageAlteredError,
        match=r"^two\.pdf, page 1 \(page 3 of the packet\): the page looks otherwise",
    ):
        accounted(packet)


def test_swapped_scans_are_both_named(packet: Packet) -> None:
    def swap(writer: PdfWriter) -> None:
        first, second = writer.pages[1], writer.pages[2]
        kept = first["/Resources"]
        first[NameObject("/Resources")] = second["/Resources"]
        second[NameObject("/Resources")] = kept

    tamper(packet, swap)

    with pytest.raises(PageAlteredError) as caught:
        accounted(packet)

    assert [fault.place for fault in caught.value.faults] == [
        "one.pdf, page 1 (page 2 of the packet)",
        "two.pdf, page 1 (page 3 of the packet)",
    ]


def test_words_that_are_gone_are_found(packet: Packet) -> None:
    def shorten(writer: PdfWriter) -> None:
        form = content_of(writer, 4)
        form.set_data(
            form.get_data().replace(b"Line 17 of the statement", b"Line 17 of  statement")
        )

    tamper(packet, shorten)

    with pytest.raises(PageLostError, match=r"^typed\.pdf, page 1 .*words of the page are missing"):
        accounted(packet)


def test_a_picture_that_is_gone_is_found(packet: Packet) -> None:
    def drop(writer: PdfWriter) -> None:
        form = content_of(writer, 5)
        form.set_data(form.get_data().replace(b"/Im Do", b""))

    tamper(packet, drop)

    with pytest.raises(PageAlteredError, match=r"^logo\.pdf, page 1 \(page 5 of the packet\)"):
        accounted(packet)


def test_a_page_that_became_blank_is_found(packet: Packet) -> None:
    tamper(packet, lambda writer: content_of(writer, 2).set_data(b""))

    with pytest.raises(PageLostError, match=r"^one\.pdf, page 1 .*the page is blank in the packet"):
        accounted(packet)


def test_a_blank_page_that_was_blank_is_no_fault(packet: Packet) -> None:
    assert accounted(packet)[5].source is not None


def test_a_line_that_is_no_longer_drawn_is_found(tmp_path: Path) -> None:
    """Drawn words, as a scan's or a signature's, are in no text layer."""
    strokes = b"".join(b"72 %d 200 6 re f " % (700 - 20 * row) for row in range(30))
    packet = bound(tmp_path, exhibit("A", one_page(tmp_path / "a.pdf", strokes)), draft=True)

    def drop(writer: PdfWriter) -> None:
        form = content_of(writer, 1)
        form.set_data(form.get_data().replace(b"72 400 200 6 re f", b""))

    tamper(packet, drop)

    with pytest.raises(PageAlteredError):
        accounted(packet)


def test_faint_words_in_a_scan_that_are_gone_are_found(tmp_path: Path) -> None:
    faint = b".75 g 72 400 120 9 re f"
    packet = bound(tmp_path, exhibit("A", one_page(tmp_path / "a.pdf", faint)), draft=True)

    tamper(packet, lambda writer: content_of(writer, 1).set_data(b"/None gs"))

    with pytest.raises(PageLostError):
        accounted(packet)


def test_red_ink_under_the_draft_mark_that_is_gone_is_found(tmp_path: Path) -> None:
    seal = b"1 0 0 rg 290 380 30 30 re f 0 g 72 72 400 40 re f"
    packet = bound(tmp_path, exhibit("A", one_page(tmp_path / "seal.pdf", seal)), draft=True)
    accounted(packet)

    tamper(packet, lambda writer: content_of(writer, 1).set_data(b"0 g 72 72 400 40 re f"))

    with pytest.raises(PageAlteredError):
        accounted(packet)


def drawn_by(page: PageObject) -> bytes:
    content = page.get_contents()
    assert content is not None
    return content.get_data()


def moved(matrix: bytes) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[3]
        operators = drawn_by(page)
        _, rest = operators.split(b" cm ", 1)
        content = DecodedStreamObject()
        content.set_data(b"q " + matrix + b" cm " + rest)
        page[NameObject("/Contents")] = writer._add_object(content)

    return change


@pytest.mark.parametrize(
    "matrix",
    [b".2 0 0 .2 244.8 330.8", b"1.5 0 0 1.5 0 0", b".96 0 0 .96 60 28", b"0 .96 -.96 0 700 28"],
    ids=["shrunk", "enlarged", "moved", "turned"],
)
def test_a_page_out_of_its_place_is_found(packet: Packet, matrix: bytes) -> None:
    tamper(packet, moved(matrix))

    with pytest.raises(PageAlteredError, match=r"^typed\.pdf, page 1 \(page 4 of the packet\)"):
        accounted(packet)


def test_a_page_that_something_covers_is_found(packet: Packet) -> None:
    def cover(writer: PdfWriter) -> None:
        page = writer.pages[2]
        operators = drawn_by(page)
        content = DecodedStreamObject()
        content.set_data(operators + b" 1 g 100 100 400 600 re f")
        page[NameObject("/Contents")] = writer._add_object(content)

    tamper(packet, cover)

    with pytest.raises(PageAlteredError, match=r"^two\.pdf, page 1"):
        accounted(packet)


def test_all_faults_are_told_together_with_what_to_do(packet: Packet) -> None:
    def damage(writer: PdfWriter) -> None:
        content_of(writer, 2).set_data(b"")
        content_of(writer, 5).set_data(content_of(writer, 5).get_data().replace(b"/Im Do", b""))

    tamper(packet, damage)

    with pytest.raises(PageLostError) as caught:
        accounted(packet)

    first, second, cure = str(caught.value).splitlines()
    assert first.startswith("one.pdf, page 1")
    assert second.startswith("logo.pdf, page 1")
    assert cure.startswith("Open the file in a PDF viewer")


def test_a_layer_that_came_to_light_is_found(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        words("Evidence") + b"/OC /L BDC 1 0 0 rg 200 200 200 400 re f EMC",
        resources=b"/Properties<</L 10 0 R>>",
        catalog=b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>",
        more={10: b"<</Type/OCG/Name(Not for reproduction)>>"},
    )
    packet = bound(tmp_path, exhibit("A", path))

    def show(writer: PdfWriter) -> None:
        del writer.root_object["/OCProperties"]

    tamper(packet, show)

    with pytest.raises(PageAlteredError):
        accounted(packet)


def test_a_value_that_a_field_no_longer_shows_is_found(tmp_path: Path) -> None:
    look = stream(b"0 g 0 20 90 12 re f", b"/Subtype/Form/BBox[0 0 100 50]")
    path = one_page(
        tmp_path / "form.pdf",
        words("Name"),
        page=b"/Annots[10 0 R]",
        catalog=b"/AcroForm<</Fields[10 0 R]>>",
        more={
            10: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(x)/Rect[72 500 172 550]/AP<</N 11 0 R>>"
            b">>",
            11: look,
        },
    )
    packet = bound(tmp_path, exhibit("A", path))
    accounted(packet)

    def drop(writer: PdfWriter) -> None:
        resources = entry(writer, 1, "/Resources")
        assert isinstance(resources, DictionaryObject)
        resources["/XObject"]["/PkA0"].set_data(b"")  # type: ignore[index]

    tamper(packet, drop)

    with pytest.raises(PageAlteredError, match=r"form\.pdf, page 1"):
        accounted(packet)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "boxes",
    [
        b"/MediaBox[0 0 612 792]",
        b"/MediaBox[0 0 595 842]/CropBox[30 40 500 700]",
        b"/MediaBox[-100 -50 1124 700]",
        b"/MediaBox[0 0 61 79]/UserUnit 10",
    ],
    ids=["letter", "cropped", "wide", "unit"],
)
def test_no_turn_crop_or_size_raises_a_false_alarm(tmp_path: Path, turn: int, boxes: bytes) -> None:
    content = b"".join(words(line, x=40, y=680 - 20 * row) for row, line in enumerate(LINES))
    small = b".1 0 0 .1 0 0 cm " if b"UserUnit" in boxes else b""
    path = one_page(tmp_path / "a.pdf", small + content, page=boxes + b"/Rotate %d" % turn)

    packet = bound(tmp_path, exhibit("A", path), draft=True)

    assert len(accounted(packet)) == 1


def test_a_large_packet_is_accounted_for_by_two_processes(tmp_path: Path) -> None:
    texts = [f"page {page} of many" for page in range(1, 121)]
    document = exhibit("A", pages_of_text(tmp_path / "many.pdf", texts))
    packet = bound(tmp_path, document)

    with Hands(1) as hands:
        entries = account(packet.path, packet.documents, number(packet.documents), hands)

    assert len(entries) == 120

    def blank(writer: PdfWriter) -> None:
        content_of(writer, 119).set_data(b"")

    tamper(packet, blank)
    lost = r"many\.pdf, page 119 \(page 119 of the packet\)"
    with Hands(1) as hands, pytest.raises(PageLostError, match=lost):
        account(packet.path, packet.documents, number(packet.documents), hands)


def test_the_mark_that_the_accounting_goes_by_stands_on_each_page(packet: Packet) -> None:
    for page in PdfReader(packet.path).pages[:5]:
        assert f"/{CONTENT_MARK} BMC".encode() in drawn_by(page)


@pytest.mark.parametrize(
    ("after", "kept"),
    [("two one", True), ("one two three", True), ("one tw-o", True), ("one", False)],
)
def test_words_may_be_read_in_another_order_and_no_letter_may_be_gone(
    tmp_path: Path, after: str, *, kept: bool
) -> None:
    source = pages_of_text(tmp_path / "source.pdf", ["one two"])
    packet = pages_of_text(tmp_path / "packet.pdf", [after])

    with pypdfium2.PdfDocument(source) as one, pypdfium2.PdfDocument(packet) as other:
        assert words_kept(letters_on(one[0]), letters_on(other[0])) is kept


def test_a_packet_that_cannot_be_opened_is_named(packet: Packet) -> None:
    packet.path.write_bytes(packet.path.read_bytes()[:300])

    with pytest.raises(PdfUnreadableError, match=r"^packet\.pdf: the PDF is damaged"):
        accounted(packet)


def test_documents_that_were_numbered_otherwise_are_noticed(packet: Packet) -> None:
    fewer = packet.documents[:-1]

    with pytest.raises(PacketPagesError, match=r"has 6 page\(s\), its documents have 5"):
        account(packet.path, fewer, number(fewer))


def test_another_file_than_was_bound_is_noticed(tmp_path: Path) -> None:
    first = exhibit("A", scan(tmp_path / "one.pdf", 1))
    other = scan(tmp_path / "other.pdf", 5)
    target = tmp_path / "packet.pdf"
    bind((first,), number((first,)), target, Binding("P", draft=False))
    files = (replace(first.files[0], path=other),)

    with pytest.raises(PageAlteredError, match=r"one\.pdf, page 1"):
        account(target, (replace(first, files=files),), number((first,)))
