"""An office's PDF becomes one that can be bound."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from packet_builder.documents.intake import pdf_pages as intake_pdf_pages
from packet_builder.documents.intake.errors import (
    DecompressionBombError,
    DynamicFormError,
    ExhibitCutOffError,
    ExhibitEncryptedError,
    ExhibitLockedError,
    ExhibitNestedError,
    ExhibitTooLargeError,
    ExhibitUnreadableError,
    FieldNotDrawableError,
    ImageTooLargeError,
    IntakeError,
    NoPagesError,
    PagesDisagreeError,
    PageSizeError,
    PartMissingError,
    PasswordWrongError,
    PortfolioError,
)
from packet_builder.documents.intake.intake import intake
from packet_builder.documents.intake.pdf_marks import plain
from packet_builder.documents.intake.pdf_shown import shown_on
from packet_builder.documents.intake.taken import Intake
from tests import makers

Taker = Callable[..., Intake]


def no_word(_source: Path, _target: Path) -> None:
    pytest.fail("a PDF needs no Word engine")


@pytest.fixture
def take(tmp_path: Path) -> Taker:
    def run(content: bytes, name: str = "exhibits/osei.pdf", password: str | None = None) -> Intake:
        source = tmp_path / "source.pdf"
        source.write_bytes(content)
        target = tmp_path / "made" / "osei.pdf"
        taken = intake(name, source, target, no_word, password=password)
        assert source.read_bytes() == content, "the original was touched"
        return taken

    return run


def test_a_sound_pdf_is_bound_as_it_is(take: Taker, tmp_path: Path) -> None:
    taken = take(makers.pdf(3))

    assert taken == Intake(
        path=tmp_path / "source.pdf",
        pages=3,
        texts=tuple(f"Letter of Dr. Osei, page {number}" for number in (1, 2, 3)),
        removals=(),
        notes=(),
    )
    assert not (tmp_path / "made").exists()


def test_a_page_without_a_text_layer_has_an_empty_text(take: Taker) -> None:
    def add_page(writer: PdfWriter) -> None:
        writer.add_blank_page(612, 792)

    taken = take(makers.changed_pdf(add_page))

    assert taken.texts[2] == ""


# Files that cannot be opened


def test_a_pdf_that_opens_with_a_password_is_refused_without(take: Taker) -> None:
    with pytest.raises(
        ExhibitLockedError, match=r'"exhibits/osei\.pdf" opens only with a password\. .*terminal'
    ):
        take(makers.locked_pdf("open sesame"))


OTHER = "close sesame"
ALGORITHMS = ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("password", ["s\u00e9same ouvre-toi", "for the office"])
def test_a_pdf_is_opened_with_its_password(take: Taker, algorithm: str, password: str) -> None:
    taken = take(makers.locked_pdf("s\u00e9same ouvre-toi", algorithm=algorithm), password=password)

    assert not makers.reread(taken.path).is_encrypted
    assert taken.texts[1].endswith("page 2")
    assert taken.notes == (
        "unlocked: it opens with a password, and its copy in the packet without",
    )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_wrong_password_is_said_to_be_wrong_and_not_repeated(take: Taker, algorithm: str) -> None:
    with pytest.raises(PasswordWrongError, match="does not open with the password") as caught:
        take(makers.locked_pdf("open sesame", algorithm=algorithm), password=OTHER)

    assert "sesame" not in str(caught.value)


def test_a_password_for_a_file_that_needs_none_is_no_trouble(take: Taker) -> None:
    assert take(makers.pdf(), password=OTHER).notes == ()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_that_is_only_protected_is_unlocked_in_a_copy(take: Taker, algorithm: str) -> None:
    taken = take(makers.locked_pdf("", algorithm=algorithm))

    assert taken.path.parent.name == "made"
    assert not makers.reread(taken.path).is_encrypted
    assert taken.texts[1] == "Letter of Dr. Osei, page 2"
    assert taken.notes == ("unlocked: it was protected against changes",)


def test_a_pdf_locked_with_a_certificate_is_refused(take: Taker) -> None:
    locked = makers.locked_pdf("").replace(b"/Filter /Standard", b"/Filter /AdobePKI")

    with pytest.raises(ExhibitEncryptedError, match="opens only with a certificate"):
        take(locked)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 0.99])
def test_a_pdf_cut_off_in_a_download_is_refused(take: Taker, share: float) -> None:
    content = makers.pdf(12)
    table = content.rfind(b"xref\n0")

    with pytest.raises(ExhibitCutOffError, match="is cut off: the end of the file is missing"):
        take(content[: int(table * share)])


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_linearized_pdf_cut_off_is_refused(take: Taker, tmp_path: Path, share: float) -> None:
    linear = tmp_path / "linear.pdf"
    with pikepdf.open(BytesIO(makers.pdf(12))) as plain:
        plain.save(linear, linearize=True)
    content = linear.read_bytes()

    with pytest.raises(ExhibitCutOffError, match="is cut off"):
        take(content[: int(len(content) * share)])


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8, 0.99])
def test_a_pdf_that_lists_its_pages_first_is_not_repaired_with_pages_missing(
    take: Taker, share: float
) -> None:
    content = makers.changed_pdf(lambda _: None, makers.pdf(12))
    table = content.rfind(b"xref\n0")

    with pytest.raises(ExhibitCutOffError, match="is cut off"):
        take(content[: int(table * share)])


def test_a_pdf_cut_off_between_two_objects_is_not_repaired_with_parts_missing(take: Taker) -> None:
    content = makers.changed_pdf(lambda _: None, makers.pdf(12))
    first_stream = content.find(b"endobj", content.find(b"endstream")) + len(b"endobj\n")

    with pytest.raises(ExhibitCutOffError, match="is cut off"):
        take(content[:first_stream])


def test_a_pdf_whose_contents_are_gone_is_not_repaired(take: Taker) -> None:
    content = makers.pdf(3)
    lost = content.replace(b"/Contents 9 0 R", b"/Contents 99 0 R")
    assert lost != content

    with pytest.raises(ExhibitCutOffError, match="parts of page 1 are missing"):
        take(lost[: lost.rfind(b"startxref")])


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: content.rfind(b"startxref")],
        lambda content: content[: content.rfind(b"xref\n0")],
        lambda content: content[: content.rfind(b"startxref")] + b"startxref\n7\n%%EOF\n",
        lambda content: content.replace(b"ReportLab Generated", b"generated somewhere else", 1),
    ],
    ids=["no pointer", "no table", "wrong pointer", "shifted"],
)
def test_a_damaged_table_is_rebuilt_in_a_copy(
    take: Taker, damage: Callable[[bytes], bytes]
) -> None:
    taken = take(damage(makers.pdf(3)))

    assert taken.notes == ("repaired: the table of contents of the file was damaged",)
    assert taken.path.parent.name == "made"
    assert taken.texts[2] == "Letter of Dr. Osei, page 3"
    assert len(makers.reread(taken.path).pages) == 3


def test_parts_that_a_page_names_twice_are_looked_at_once(take: Taker) -> None:
    def repeat(writer: PdfWriter) -> None:
        stream = writer.pages[0].raw_get("/Contents")
        writer.pages[0][NameObject("/Contents")] = ArrayObject([stream, stream])

    content = makers.changed_pdf(repeat)

    assert take(content[: content.rfind(b"startxref")]).pages == 2


def test_rubbish_under_a_pdf_header_is_refused(take: Taker) -> None:
    with pytest.raises(
        ExhibitUnreadableError, match=r"is damaged and cannot be read\. Export it again"
    ):
        take(b"%PDF-1.7\n" + b"nothing of use\n" * 50 + b"startxref\n9\n%%EOF\n")


def test_a_pdf_without_pages_is_refused(take: Taker) -> None:
    stream = BytesIO()
    PdfWriter().write(stream)

    with pytest.raises(NoPagesError, match=r'"exhibits/osei\.pdf" is a PDF without any page'):
        take(stream.getvalue())


@pytest.mark.parametrize("count", [1, 5])
def test_a_page_count_that_lies_is_refused_with_both_counts(take: Taker, count: int) -> None:
    lying = makers.pdf(2).replace(b"/Count 2", f"/Count {count}".encode())

    with pytest.raises(PagesDisagreeError, match=f"holds 2 pages, but a viewer shows {count}"):
        take(lying)


def test_an_absurd_count_of_pages_is_refused(take: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_pdf_pages, "_PAGES_LIMIT", 4)

    with pytest.raises(ExhibitTooLargeError, match=r"has 5 pages \(at most 4\). Split it"):
        take(makers.pdf(5))


def test_a_file_larger_than_a_gigabyte_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    with source.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(1_000_000_001)  # takes no room on the disk

    with pytest.raises(ExhibitTooLargeError, match=r'"scan\.pdf" is larger than 1 GB'):
        intake("scan.pdf", source, tmp_path / "made.pdf", no_word)


def test_a_page_that_unpacks_to_a_flood_is_refused(take: Taker) -> None:
    def flood(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"\x81 " * 630_000 + b"\x80")
        stream[NameObject("/Filter")] = NameObject("/RunLengthDecode")
        writer.pages[1][NameObject("/Contents")] = writer._add_object(stream)

    with pytest.raises(ExhibitTooLargeError, match=r"page 2 that unpacks to more than 75 MB"):
        take(makers.changed_pdf(flood))


def packed_form(size: int, *, times: int = 1, head: bytes = b"") -> bytes:
    """Make a PDF with a drawing that is packed; nobody names it."""

    def add(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(head + b" " * size)
        packed: StreamObject = stream
        for _ in range(times):
            packed = packed.flate_encode()
        writer._add_object(packed)
        writer.root_object[NameObject("/Extra")] = writer._add_object(packed)

    return makers.changed_pdf(add)


@pytest.mark.parametrize("times", [1, 2])
def test_a_part_that_unpacks_to_a_flood_is_refused_wherever_it_is(take: Taker, times: int) -> None:
    with pytest.raises(DecompressionBombError, match="unpacks to more than 75 MB"):
        take(packed_form(80_000_000, times=times))


def test_a_bomb_in_a_protected_file_is_refused_too(take: Taker) -> None:
    protected = makers.changed_pdf(
        lambda writer: writer.encrypt("", "owner"), packed_form(80_000_000)
    )

    with pytest.raises(DecompressionBombError):
        take(protected)


def test_a_part_that_unpacks_to_much_is_taken(take: Taker) -> None:
    assert take(packed_form(70_000_000)).pages == 2


def test_a_page_of_an_unknown_coding_is_refused(take: Taker) -> None:
    def garble(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"anything")
        stream[NameObject("/Filter")] = NameObject("/NeverHeardOf")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    with pytest.raises(ExhibitUnreadableError, match="page 1 cannot be unpacked"):
        take(makers.changed_pdf(garble))


def huge_image() -> DecodedStreamObject:
    return image_of(60_000)


def image_of(side: int) -> DecodedStreamObject:
    image = DecodedStreamObject()
    image.set_data(b"\0")
    for key, value in {"Width": side, "Height": side, "BitsPerComponent": 1}.items():
        image[NameObject(f"/{key}")] = NumberObject(value)
    image[NameObject("/Type")] = NameObject("/XObject")
    image[NameObject("/Subtype")] = NameObject("/Image")
    image[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
    return image


def show(writer: PdfWriter, shown: DecodedStreamObject) -> None:
    """Draw nothing but this on the first page."""
    drawing = DecodedStreamObject()
    drawing.set_data(b"q 100 0 0 100 0 0 cm /Shown Do Q")
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(drawing)
    named = DictionaryObject({NameObject("/Shown"): writer._add_object(shown)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})


def test_a_huge_picture_inside_a_pdf_is_refused(take: Taker) -> None:
    content = makers.changed_pdf(lambda writer: show(writer, huge_image()))

    with pytest.raises(ImageTooLargeError, match=r"a picture of 60,000 x 60,000 pixels"):
        take(content)


def test_a_huge_picture_deeper_inside_is_refused_too(take: Taker) -> None:
    def nest(writer: PdfWriter) -> None:
        image = huge_image()
        form = DecodedStreamObject()
        form.set_data(b"q 100 0 0 100 0 0 cm /Big Do Q")
        named = DictionaryObject({NameObject("/Big"): writer._add_object(image)})
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = RectangleObject((0, 0, 612, 792))
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
        show(writer, form)

    with pytest.raises(ImageTooLargeError, match=r"60,000 x 60,000 pixels"):
        take(makers.changed_pdf(nest))


def test_a_page_tree_without_end_is_refused(take: Taker) -> None:
    def nest(writer: PdfWriter) -> None:
        tree = writer.root_object.raw_get("/Pages")
        for _ in range(150):
            outer = DictionaryObject({NameObject("/Type"): NameObject("/Pages")})
            outer[NameObject("/Kids")] = ArrayObject([tree])
            outer[NameObject("/Count")] = NumberObject(2)
            tree = writer._add_object(outer)
        writer.root_object[NameObject("/Pages")] = tree

    with pytest.raises(ExhibitNestedError, match="its pages lie in one another without end"):
        take(makers.changed_pdf(nest))


def test_a_viewer_must_be_able_to_open_every_page(tmp_path: Path) -> None:
    path = tmp_path / "lying.pdf"
    path.write_bytes(makers.pdf(2).replace(b"/Count 2", b"/Count 5"))
    with pytest.raises(ExhibitUnreadableError, match="has a page 3 that cannot be displayed"):
        shown_on("lying.pdf", path)

    path.write_bytes(b"no PDF at all")
    with pytest.raises(ExhibitUnreadableError, match=r'"lying\.pdf" is damaged'):
        shown_on("lying.pdf", path)


@pytest.mark.parametrize("count", [1, 2])
def test_a_damaged_file_whose_pages_two_readers_count_differently_is_refused(
    take: Taker, count: int
) -> None:
    lying = makers.pdf(3).replace(b"/Count 3", f"/Count {count}".encode())
    table = lying.rfind(b"startxref")

    with pytest.raises(PagesDisagreeError, match=f"holds 3 pages, but a viewer shows {count}"):
        take(lying[:table] + b"startxref\n7\n%%EOF\n")


def revised_pdf() -> bytes:
    """Make a PDF saved a second time with a third page, as editors append it."""
    writer = PdfWriter(BytesIO(makers.pdf(2)), incremental=True)
    writer.add_blank_page(612, 792)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_the_last_revision_counts(take: Taker) -> None:
    assert take(revised_pdf()).pages == 3


@pytest.mark.parametrize("lost", [6, 30, 200])
def test_a_revision_cut_off_is_not_replaced_by_the_one_before_it(take: Taker, lost: int) -> None:
    content = revised_pdf()

    with pytest.raises(ExhibitCutOffError, match="is cut off"):
        take(content[: len(content) - lost])


def test_nesting_without_end_becomes_an_error_about_the_file(take: Taker) -> None:
    deep = makers.pdf().replace(b"/Rotate 0", b"/PieceInfo " + b"[" * 5000, 1)

    with pytest.raises(IntakeError, match=r'"exhibits/osei\.pdf"'):
        take(deep)


def test_nothing_is_written_for_a_refused_file(take: Taker, tmp_path: Path) -> None:
    with pytest.raises(FieldNotDrawableError):
        take(makers.with_fields(makers.field("Tx", TextStringObject("x" * 5000))))

    assert not list(tmp_path.glob("made/*"))


# Kinds of PDF that are no paper


def test_a_dynamic_form_is_refused(take: Taker) -> None:
    def dynamic(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/XFA"): ArrayObject(), NameObject("/Fields"): ArrayObject()}
        )

    with pytest.raises(DynamicFormError, match="dynamic form that only Acrobat can draw"):
        take(makers.changed_pdf(dynamic, makers.pdf(1, "Please wait...")))


def test_a_form_that_holds_xfa_beside_its_fields_is_taken(take: Taker) -> None:
    def hybrid(writer: PdfWriter) -> None:
        form = writer.root_object["/AcroForm"]
        assert isinstance(form, DictionaryObject)
        form[NameObject("/XFA")] = ArrayObject()

    widget = makers.field("Tx", TextStringObject("Rahimi"), AP=makers.appearance())
    taken = take(makers.changed_pdf(hybrid, makers.with_fields(widget)))

    assert taken.removals == ("1 second copy of the form (XFA)",)


def test_a_portfolio_is_refused_with_the_count_of_its_files(take: Taker) -> None:
    def portfolio(writer: PdfWriter) -> None:
        writer.add_attachment("a.txt", b"one")
        writer.add_attachment("b.txt", b"two")
        writer.root_object[NameObject("/Collection")] = DictionaryObject()

    with pytest.raises(PortfolioError, match=r"its content lies in attached files \(2\). Save"):
        take(makers.changed_pdf(portfolio))


# Page sizes


@pytest.mark.parametrize(
    "box",
    [
        ArrayObject(FloatObject(side) for side in (0, 0, 0, 0)),
        ArrayObject([*(FloatObject(side) for side in (0, 0, 612)), NameObject("/NaN")]),
        ArrayObject([FloatObject(0)]),
        NullObject(),
    ],
    ids=["empty", "not a number", "too short", "missing"],
)
def test_a_page_without_a_usable_size_is_shown_on_letter(
    take: Taker, box: ArrayObject | NullObject
) -> None:
    def break_box(writer: PdfWriter) -> None:
        writer.pages[1][NameObject("/MediaBox")] = box

    taken = take(makers.changed_pdf(break_box))

    assert taken.notes == ("page 2: had no usable size, shown on US Letter",)
    assert makers.reread(taken.path).pages[1].mediabox == RectangleObject((0, 0, 612, 792))


def test_a_crop_box_beside_the_page_is_dropped(take: Taker) -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/CropBox")] = RectangleObject((5000, 5000, 6000, 6000))

    assert "/CropBox" not in makers.reread(take(makers.changed_pdf(crop)).path).pages[0]


def test_reversed_boxes_are_left_as_they_are(take: Taker, tmp_path: Path) -> None:
    def reverse(writer: PdfWriter) -> None:
        sides = ArrayObject(FloatObject(side) for side in (612, 792, 0, 0))
        writer.pages[0][NameObject("/MediaBox")] = sides

    assert take(makers.changed_pdf(reverse)).path == tmp_path / "source.pdf"


def test_a_page_of_many_feet_is_refused(take: Taker) -> None:
    def enlarge(writer: PdfWriter) -> None:
        writer.pages[1][NameObject("/MediaBox")] = RectangleObject((0, 0, 612, 28_800))

    with pytest.raises(PageSizeError, match="page 2 of 8 x 400 inches, which nobody could read"):
        take(makers.changed_pdf(enlarge))


def test_a_page_as_narrow_as_a_hair_is_refused(take: Taker) -> None:
    def narrow(writer: PdfWriter) -> None:
        writer.pages[0].mediabox = RectangleObject((0, 0, 612, 0.5))

    with pytest.raises(PageSizeError, match=r"a page 1 of 8 x 0\.01 inches"):
        take(makers.changed_pdf(narrow))


def test_the_user_unit_counts_for_the_size(take: Taker) -> None:
    def enlarge(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/UserUnit")] = NumberObject(100)

    with pytest.raises(PageSizeError, match="page 1 of 850 x 1,100 inches"):
        take(makers.changed_pdf(enlarge))


@pytest.mark.parametrize("unit", [NumberObject(0), NameObject("/Odd")])
def test_a_user_unit_without_sense_is_dropped(take: Taker, unit: NumberObject) -> None:
    def scale(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/UserUnit")] = unit

    assert "/UserUnit" not in makers.reread(take(makers.changed_pdf(scale)).path).pages[0]


def test_a_crop_box_decides_how_large_a_page_is(take: Taker, tmp_path: Path) -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/MediaBox")] = RectangleObject((0, 0, 90_000, 90_000))
        writer.pages[0][NameObject("/CropBox")] = RectangleObject((0, 0, 612, 792))

    assert take(makers.changed_pdf(crop)).path == tmp_path / "source.pdf"


def test_content_in_several_streams_is_looked_at(take: Taker) -> None:
    def split(writer: PdfWriter) -> None:
        broken = DecodedStreamObject()
        broken.set_data(b"0 0 m")
        broken[NameObject("/Filter")] = NameObject("/NeverHeardOf")
        whole = writer.pages[0].raw_get("/Contents")
        writer.pages[0][NameObject("/Contents")] = ArrayObject([whole, writer._add_object(broken)])

    with pytest.raises(ExhibitUnreadableError, match="page 1 cannot be unpacked"):
        take(makers.changed_pdf(split))


# What the packet does not carry


def test_marks_with_private_words_are_counted_and_not_quoted(take: Taker) -> None:
    said = TextStringObject("PRIVILEGED: she lied about the date")
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    content = makers.with_annotations(
        makers.annotation("Text", Contents=said),
        makers.annotation("Text", Contents=said),
        makers.annotation("Popup"),
        makers.annotation("FileAttachment", Contents=said),
        makers.annotation("RichMedia"),
        makers.annotation("Link", A=action),
        makers.annotation("Highlight", Contents=said, AP=makers.appearance()),
    )

    taken = take(content)

    assert taken.removals == (
        "page 2: 2 sticky notes",
        "page 2: 1 attached file",
        "page 2: 1 recording",
        "page 2: 1 link or field that starts a program or script",
        "page 2: 1 comment behind a marking",
    )
    assert "PRIVILEGED" not in repr(taken.removals + taken.notes)


def test_scripts_and_attachments_of_the_whole_file_are_counted(take: Taker) -> None:
    def add(writer: PdfWriter) -> None:
        writer.add_attachment("list.txt", b"names")
        names = writer.root_object["/Names"]
        assert isinstance(names, DictionaryObject)
        names[NameObject("/JavaScript")] = DictionaryObject()
        script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
        writer.root_object[NameObject("/OpenAction")] = script
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})

    assert take(makers.changed_pdf(add)).removals == (
        "page 1: 1 action that starts by itself",
        "1 action that starts by itself",
        "1 script",
        "1 attached file",
    )


def test_attachments_are_counted_through_all_branches_of_their_list_once(take: Taker) -> None:
    def add(writer: PdfWriter) -> None:
        writer.add_attachment("a.txt", b"one")
        writer.add_attachment("b.txt", b"two")
        names = writer.root_object["/Names"]
        assert isinstance(names, DictionaryObject)
        leaf = writer._add_object(plain(names["/EmbeddedFiles"]))
        branch = DictionaryObject({NameObject("/Kids"): ArrayObject([leaf, leaf])})
        names[NameObject("/EmbeddedFiles")] = branch

    assert take(makers.changed_pdf(add)).removals == ("2 attached files",)


def test_annotations_that_are_none_are_passed_over(take: Taker) -> None:
    def spoil(writer: PdfWriter) -> None:
        note = writer._add_object(makers.annotation("Text"))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([NullObject(), note])

    assert take(makers.changed_pdf(spoil)).removals == ("page 1: 1 sticky note",)


def test_a_link_to_a_web_page_is_no_removal(take: Taker) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/URI")})

    assert take(makers.with_annotations(makers.annotation("Link", A=action))).removals == ()


def test_a_mark_that_nothing_draws_is_noted(take: Taker) -> None:
    content = makers.with_annotations(
        makers.annotation("FreeText"),
        makers.annotation("Ink"),
        makers.annotation("Ink", F=NumberObject(2)),
        makers.annotation("Stamp", AP=makers.appearance()),
    )

    assert take(content).notes == (
        "page 2: 1 FreeText annotation without an appearance",
        "page 2: 1 Ink annotation without an appearance",
    )


def test_a_signed_pdf_is_kept_with_a_note(take: Taker, tmp_path: Path) -> None:
    signed = makers.with_fields(
        makers.field("Sig", DictionaryObject(), AP=makers.appearance()),
    )

    taken = take(signed)

    assert taken.path == tmp_path / "source.pdf"
    assert taken.notes == (
        "signed PDF: kept as it looks; the signature cannot be checked in the packet",
    )


def test_an_unsigned_signature_field_is_not_called_signed(take: Taker) -> None:
    assert take(makers.with_fields(makers.field("Sig", NullObject()))).notes == ()


# Filled form fields


def dark_pixels(path: Path) -> int:
    """Count what is dark inside the field's rectangle on page 2."""
    shown = makers.rendered(path, 2, with_annotations=True).crop((73, 273, 271, 291))
    return sum(shown.convert("L").point(lambda value: value < 128 and 255).histogram()[255:])


@pytest.mark.parametrize(
    "value",
    ["Amina Rahimi", "Żółć", "سلام علی", "line one\rline two", "(a) \\ & <b> #", "x" * 80],
)
def test_a_value_without_an_appearance_is_drawn(take: Taker, value: str) -> None:
    taken = take(makers.with_fields(makers.field("Tx", TextStringObject(value))))

    assert taken.notes == ("filled form fields without an appearance were drawn",)
    assert dark_pixels(taken.path) > 10


def test_a_value_that_shows_already_is_left_alone(take: Taker, tmp_path: Path) -> None:
    widget = makers.field("Tx", TextStringObject("Rahimi"), AP=makers.appearance())

    assert take(makers.with_fields(widget)).path == tmp_path / "source.pdf"


def test_appearances_that_the_file_calls_stale_are_drawn_anew(take: Taker) -> None:
    widget = makers.field("Tx", TextStringObject("Rahimi"), AP=makers.appearance())

    taken = take(makers.with_fields(widget, needs_appearances=True))

    blue = (0, 0, 255)
    assert makers.rendered(taken.path, 2, with_annotations=True).getpixel((200, 275)) != blue
    form = makers.reread(taken.path).root_object["/AcroForm"]
    assert isinstance(form, DictionaryObject)
    assert "/NeedAppearances" not in form


def test_a_value_of_a_parent_field_is_drawn_on_its_widget(take: Taker) -> None:
    def inherit(writer: PdfWriter) -> None:
        widget = makers.annotation("Widget")
        parent = makers.field("Tx", TextStringObject("Rahimi"))
        widget[NameObject("/Parent")] = writer._add_object(parent)
        reference = writer._add_object(widget)
        writer.pages[1][NameObject("/Annots")] = ArrayObject([reference])
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/Fields"): ArrayObject([widget[NameObject("/Parent")]])}
        )

    assert dark_pixels(take(makers.changed_pdf(inherit)).path) > 10


def test_a_choice_shows_its_words_and_not_its_code(take: Taker) -> None:
    def width_of(value: str, words: str) -> int:
        pair = ArrayObject([TextStringObject("AF"), TextStringObject(words)])
        widget = makers.field("Ch", TextStringObject(value), Opt=ArrayObject([pair]))
        return dark_pixels(take(makers.with_fields(widget)).path)

    assert width_of("AF", "Islamic Republic of Afghanistan") > 3 * width_of("AF", "AF")


def test_a_ticked_box_without_an_appearance_is_crossed(take: Taker) -> None:
    ticked = makers.field("Btn", NameObject("/Yes"), AS=NameObject("/Yes"))
    empty = makers.field("Btn", NameObject("/Off"), AS=NameObject("/Off"))

    assert dark_pixels(take(makers.with_fields(ticked)).path) > 10
    assert take(makers.with_fields(empty)).notes == ()


def test_a_ticked_box_shows_the_state_of_its_value(take: Taker) -> None:
    states = DictionaryObject({NameObject("/Yes"): makers.appearance()["/N"]})
    box = makers.field("Btn", NameObject("/Yes"), AP=DictionaryObject({NameObject("/N"): states}))

    assert dark_pixels(take(makers.with_fields(box)).path) > 1000


@pytest.mark.parametrize("value", ["x" * 5000, "漢字 that no shipped font draws \U000f0000"])
def test_a_value_that_cannot_be_shown_whole_is_refused(take: Taker, value: str) -> None:
    with pytest.raises(FieldNotDrawableError, match="a filled form field on page 2 whose text"):
        take(makers.with_fields(makers.field("Tx", TextStringObject(value))))


def test_hidden_fields_and_passwords_stay_hidden(take: Taker, tmp_path: Path) -> None:
    hidden = makers.field("Tx", TextStringObject("secret"), F=NumberObject(2))
    password = makers.field("Tx", TextStringObject("secret"), flags=1 << 13)

    assert take(makers.with_fields(hidden, password)).path == tmp_path / "source.pdf"


def test_a_box_that_shows_its_state_is_left_alone(take: Taker, tmp_path: Path) -> None:
    states = DictionaryObject({NameObject("/Yes"): makers.appearance()["/N"]})
    drawn = DictionaryObject({NameObject("/N"): states})
    box = makers.field("Btn", NameObject("/Yes"), AS=NameObject("/Yes"), AP=drawn)
    bare = makers.field("Btn", NameObject("/Off"))

    assert take(makers.with_fields(box, bare)).path == tmp_path / "source.pdf"


def test_a_button_to_press_is_left_alone(take: Taker, tmp_path: Path) -> None:
    button = makers.field("Btn", NullObject(), flags=1 << 16)

    assert take(makers.with_fields(button)).path == tmp_path / "source.pdf"


def test_a_turned_field_is_drawn_along_its_rectangle(take: Taker) -> None:
    look = DictionaryObject({NameObject("/R"): NumberObject(90)})
    upright = ArrayObject(FloatObject(side) for side in (72, 400, 92, 600))
    widget = makers.field("Tx", TextStringObject("Amina Rahimi"), MK=look, Rect=upright)

    shown = makers.rendered(take(makers.with_fields(widget)).path, 2, with_annotations=True)

    box = shown.crop((60, 180, 110, 400)).convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    assert box[3] - box[1] > 3 * (box[2] - box[0])


def test_the_text_of_a_page_holds_what_its_fields_and_stamps_show(take: Taker) -> None:
    drawn = take(makers.with_fields(makers.field("Tx", TextStringObject("Amina Rahimi"))))
    hidden = take(makers.with_fields(makers.field("Tx", TextStringObject("x"), F=NumberObject(2))))

    assert drawn.texts[1] == "Letter of Dr. Osei, page 2\r\nAmina Rahimi"
    assert hidden.texts[1] == "Letter of Dr. Osei, page 2"


def test_a_comb_gives_each_letter_its_cell(take: Taker) -> None:
    widget = makers.field("Tx", TextStringObject("0123"), flags=1 << 24, MaxLen=NumberObject(4))

    assert take(makers.with_fields(widget)).texts[1].endswith("\r\n0 1 2 3")


def test_several_lines_are_wrapped_into_their_field(take: Taker) -> None:
    room = ArrayObject(FloatObject(side) for side in (72, 300, 272, 500))
    value = "the mother of the beneficiary " * 12
    widget = makers.field("Tx", TextStringObject(value), flags=1 << 12, Rect=room)

    shown = " ".join(take(makers.with_fields(widget)).texts[1].split())

    assert shown.endswith(value.strip())


def test_a_list_shows_all_that_was_chosen(take: Taker) -> None:
    chosen = ArrayObject([TextStringObject("Dari"), TextStringObject("Pashto")])
    room = ArrayObject(FloatObject(side) for side in (72, 460, 272, 500))

    taken = take(makers.with_fields(makers.field("Ch", chosen, Rect=room)))

    assert taken.texts[1].split("\r\n")[1:] == ["Dari", "Pashto"]


def test_a_value_kept_as_a_stream_is_drawn(take: Taker) -> None:
    def keep_as_stream(writer: PdfWriter) -> None:
        value = DecodedStreamObject()
        value.set_data(b"Amina Rahimi")
        widget = makers.field("Tx", writer._add_object(value))
        fields = ArrayObject([writer._add_object(widget)])
        writer.pages[1][NameObject("/Annots")] = fields
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/Fields"): fields}
        )

    assert take(makers.changed_pdf(keep_as_stream)).texts[1].endswith("Amina Rahimi")


def test_pages_beyond_fifty_are_read_too(take: Taker) -> None:
    taken = take(makers.pdf(103))

    assert [text.split()[-1] for text in taken.texts] == [str(n) for n in range(1, 104)]


# Promises


def test_the_same_file_makes_the_same_copy(take: Taker) -> None:
    content = makers.with_fields(makers.field("Tx", TextStringObject("Rahimi")))

    assert take(content).path.read_bytes() == take(content).path.read_bytes()


def test_what_pypdf_says_of_a_file_reaches_no_log(
    take: Taker, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    content = makers.pdf(3)
    with caplog.at_level(logging.DEBUG):
        take(content[: content.rfind(b"startxref")])

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").propagate


def test_every_message_ends_with_what_to_do(take: Taker) -> None:
    with pytest.raises(IntakeError) as caught:
        take(makers.locked_pdf("secret"))

    assert re.fullmatch(r'"exhibits/osei.pdf" .+\. [A-Z].+\.', str(caught.value))


# Parts that are not there


def draws(content: bytes, **resources: DictionaryObject) -> bytes:
    def change(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(content)
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject(f"/{kind}"): named for kind, named in resources.items()}
        )

    return makers.changed_pdf(change)


def named(key: str, part: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): part})


@pytest.mark.parametrize("content", [b"/Gone Do", b"q\n/Gone\nDo Q", b"/Gone sh"])
def test_a_page_that_draws_what_is_not_there_is_refused(take: Taker, content: bytes) -> None:
    with pytest.raises(PartMissingError, match="lacks a picture that its page 1 draws"):
        take(draws(content))


@pytest.mark.parametrize("part", [NullObject(), IndirectObject(999, 0, None)])
def test_a_picture_that_leads_nowhere_is_not_there(take: Taker, part: PdfObject) -> None:
    with pytest.raises(PartMissingError):
        take(draws(b"/X Do", XObject=named("X", part)))


@pytest.mark.parametrize(
    "content",
    [
        b"BT (say /Gone Do) Tj ET",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID /Gone Do EI",
        b"% /Gone Do\n",
        b"/A#20B Do",
    ],
)
def test_what_only_reads_like_a_missing_picture_is_none(take: Taker, content: bytes) -> None:
    assert take(draws(content, XObject=named("A B", image_of(1)))).pages == 2


def test_contents_that_lead_nowhere_are_missed(take: Taker) -> None:
    def lose(writer: PdfWriter) -> None:
        writer.pages[1][NameObject("/Contents")] = IndirectObject(999, 0, writer)

    with pytest.raises(PartMissingError, match="lacks the drawing that its page 2 draws"):
        take(makers.changed_pdf(lose))


def test_a_page_that_draws_nothing_lacks_nothing(take: Taker) -> None:
    def empty(writer: PdfWriter) -> None:
        del writer.pages[1][NameObject("/Contents")]

    assert take(makers.changed_pdf(empty)).texts[1] == ""


def test_a_missing_typeface_is_noted(take: Taker) -> None:
    taken = take(draws(b"BT /F9 12 Tf 72 700 Td (Evidence) Tj ET"))

    assert taken.notes == ("page 1: set in a typeface that is not in the file",)
