"""Annotations of exhibits: what shows is drawn, safe links lead on, the rest is listed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from packet_builder.packet.accounting import account
from packet_builder.packet.file_pages import FieldNotShownError
from packet_builder.pages import number
from tests.packets import (
    FONT,
    RED,
    Packet,
    bound,
    exhibit,
    one_page,
    pages_of_text,
    raw_pdf,
    shows,
    stream,
    words,
)

BLUE = (0, 0, 255)
RED_FORM = stream(b"1 0 0 rg 0 0 100 100 re f", b"/Subtype/Form/BBox[0 0 100 100]")


def annotated(
    path: Path, annotation: bytes, more: Mapping[int, bytes] | None = None, *, catalog: bytes = b""
) -> Path:
    """Write a page with one annotation from (100, 100) to (200, 200), object 10."""
    written = b"<</Type/Annot/Rect[100 100 200 200]%s>>" % annotation
    return one_page(
        path,
        words("Evidence"),
        page=b"/Annots[10 0 R]",
        catalog=catalog,
        more={10: written, **(more or {})},
    )


def kept(packet: Packet, page: int = 1) -> list[DictionaryObject]:
    found = packet.page(page).get("/Annots", ArrayObject())
    return [each.get_object() for each in found]


def accounted(packet: Packet) -> int:
    return len(account(packet.path, packet.documents, number(packet.documents)))


SCALE = 764 / 792  # of a Letter page above the strip
LEFT = (612 - 612 * SCALE) / 2
CENTRE = (LEFT + 150 * SCALE, 28 + 150 * SCALE)  # the middle of the annotation in the packet


@pytest.mark.parametrize("kind", [b"/Stamp", b"/FreeText", b"/Ink", b"/Square"])
def test_what_shows_on_the_page_is_drawn_onto_it(tmp_path: Path, kind: bytes) -> None:
    path = annotated(tmp_path / "a.pdf", b"/Subtype%s/AP<</N 11 0 R>>" % kind, {11: RED_FORM})

    packet = bound(tmp_path, exhibit("A", path))

    assert shows(packet.picture(1), *CENTRE, RED)
    assert kept(packet) == []
    assert packet.bound.removals == ()
    assert accounted(packet) == 1


def test_a_field_without_a_form_is_drawn(tmp_path: Path) -> None:
    """Acrobat shows it; pdfium, which accounts, does not."""
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Widget/AP<</N 11 0 R>>", {11: RED_FORM})

    packet = bound(tmp_path, exhibit("A", path))

    assert shows(packet.picture(1), *CENTRE, RED)
    assert accounted(packet) == 1


def test_an_appearance_is_fitted_into_its_rectangle(tmp_path: Path) -> None:
    """Half as large as its rectangle, turned by a quarter: its upper left is red then."""
    look = stream(
        b"1 0 0 rg 0 0 25 25 re f 0 0 1 rg 25 0 25 50 re f",
        b"/Subtype/Form/BBox[0 0 50 50]/Matrix[0 -1 1 0 0 0]",
    )
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Stamp/AP<</N 11 0 R>>", {11: look})

    packet = bound(tmp_path, exhibit("A", path))

    across, up = CENTRE
    assert shows(packet.picture(1), across - 25, up + 25, RED)
    assert shows(packet.picture(1), across - 25, up - 25, BLUE)
    assert accounted(packet) == 1


def test_an_appearance_that_does_not_say_it_is_a_form_is_drawn(tmp_path: Path) -> None:
    look = stream(b"1 0 0 rg 0 0 100 100 re f", b"/BBox[0 0 100 100]")
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Stamp/AP<</N 11 0 R>>", {11: look})

    assert shows(bound(tmp_path, exhibit("A", path)).picture(1), 160, 180, RED)


def test_the_state_that_is_chosen_is_drawn(tmp_path: Path) -> None:
    blue = stream(b"0 0 1 rg 0 0 100 100 re f", b"/Subtype/Form/BBox[0 0 100 100]")
    states = b"/AP<</N<</Yes 11 0 R/Off 12 0 R>>>>"
    on = annotated(
        tmp_path / "on.pdf", b"/Subtype/Widget/FT/Btn/AS/Yes" + states, {11: RED_FORM, 12: blue}
    )
    off = annotated(
        tmp_path / "off.pdf", b"/Subtype/Widget/FT/Btn/AS/Off" + states, {11: RED_FORM, 12: blue}
    )

    packet = bound(tmp_path, exhibit("A", on, off))

    assert shows(packet.picture(1), *CENTRE, RED)
    assert shows(packet.picture(2), *CENTRE, BLUE)


def test_an_empty_checkbox_without_a_look_for_it_draws_nothing(tmp_path: Path) -> None:
    path = annotated(
        tmp_path / "a.pdf",
        b"/Subtype/Widget/FT/Btn/T(box)/AS/Off/AP<</N<</Yes 11 0 R>>>>",
        {11: RED_FORM},
        catalog=b"/AcroForm<</Fields[10 0 R]>>",
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert not shows(packet.picture(1), *CENTRE, RED)
    assert accounted(packet) == 1


@pytest.mark.parametrize("flag", [1 << 1, 1 << 5])
def test_what_is_hidden_stays_hidden(tmp_path: Path, flag: int) -> None:
    path = annotated(
        tmp_path / "a.pdf", b"/Subtype/Stamp/F %d/AP<</N 11 0 R>>" % flag, {11: RED_FORM}
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert not shows(packet.picture(1), *CENTRE, RED)
    assert [each.what for each in packet.bound.removals] == ["hidden annotation"]
    assert accounted(packet) == 1


def test_a_stamp_on_a_hidden_layer_stays_hidden(tmp_path: Path) -> None:
    path = annotated(
        tmp_path / "a.pdf",
        b"/Subtype/Stamp/OC 12 0 R/AP<</N 11 0 R>>",
        {11: RED_FORM, 12: b"<</Type/OCG/Name(Office)>>"},
        catalog=b"/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>",
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert not shows(packet.picture(1), *CENTRE, RED)
    assert accounted(packet) == 1


def test_a_highlight_leaves_the_words_under_it_readable(tmp_path: Path) -> None:
    look = stream(
        b"/G gs 1 1 0 rg 0 0 100 100 re f",
        b"/Subtype/Form/BBox[0 0 100 100]/Group<</S/Transparency>>"
        b"/Resources<</ExtGState<</G<</BM/Multiply>>>>>>",
    )
    path = one_page(
        tmp_path / "a.pdf",
        b"0 g 140 140 20 20 re f",
        page=b"/Annots[10 0 R]",
        more={
            10: b"<</Type/Annot/Subtype/Highlight/Rect[100 100 200 200]/AP<</N 11 0 R>>>>",
            11: look,
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    across, up = CENTRE
    assert shows(packet.picture(1), across, up, (0, 0, 0))
    assert shows(packet.picture(1), across + 30, up, (255, 255, 0))


def test_an_annotation_outside_of_the_crop_box_stays_outside(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        page=b"/CropBox[300 300 500 500]/Annots[10 0 R]",
        more={
            10: b"<</Type/Annot/Subtype/Stamp/Rect[0 0 290 290]/AP<</N 11 0 R>>>>",
            11: RED_FORM,
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert not any(shows(packet.picture(1), x, x, RED) for x in range(40, 600, 20))
    assert accounted(packet) == 1


REMOVED = {
    b"/Text": "sticky note",
    b"/FileAttachment": "attached file",
    b"/Sound": "sound",
    b"/Movie": "film",
    b"/Screen": "embedded media",
    b"/RichMedia": "embedded media",
    b"/3D": "3D model",
    b"/Redact": "redaction that was never applied",
}


@pytest.mark.parametrize(("kind", "what"), REMOVED.items(), ids=REMOVED.values())
def test_what_is_not_on_paper_is_removed_and_listed(tmp_path: Path, kind: bytes, what: str) -> None:
    note = b"/Subtype%s/Contents(Ask Ms. Ahmadi about 1998)/AP<</N 11 0 R>>" % kind
    path = annotated(tmp_path / "notes.pdf", note, {11: RED_FORM})

    packet = bound(tmp_path, exhibit("A", path))

    (removal,) = packet.bound.removals
    assert (removal.document, removal.file, removal.page) == ("exhibit-A", "notes.pdf", 1)
    assert removal.what == what
    assert b"Ahmadi" not in packet.path.read_bytes()
    assert not shows(packet.picture(1), *CENTRE, RED)
    assert accounted(packet) == 1


def test_the_window_of_a_note_is_no_removal_of_its_own(tmp_path: Path) -> None:
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Popup/Parent 10 0 R")

    assert bound(tmp_path, exhibit("A", path)).bound.removals == ()


def test_a_mark_without_a_look_is_listed(tmp_path: Path) -> None:
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Square/C[1 0 0]/IC[1 0 0]")

    packet = bound(tmp_path, exhibit("A", path))

    assert [each.what for each in packet.bound.removals] == ["annotation without a look of its own"]
    assert accounted(packet) == 1


ACTIONS = {
    b"/S/Launch/F(run.exe)": "link that starts a program",
    b"/S/GoToR/F(\\\\\\\\host\\\\a.pdf)/D[0/Fit]": "link to another file",
    b"/S/GoToE/D[0/Fit]": "link to an attached file",
    b"/S/JavaScript/JS(alert)": "link that runs JavaScript",
    b"/S/SubmitForm/F(http://x.invalid)": "link that sends a form",
    b"/S/Named/N/Print": "link with an unusual action",
    b"/S/URI/URI(file:///etc/passwd)": "link to another file",
    b"/S/URI/URI(javascript:alert)": "link to another file",
    b"/S/GoTo/D(nowhere)": "link without a target",
    b"/S/URI": "link without a target",
}


@pytest.mark.parametrize(("action", "what"), ACTIONS.items(), ids=range(len(ACTIONS)))
def test_links_that_are_not_safe_are_removed_and_listed(
    tmp_path: Path, action: bytes, what: str
) -> None:
    path = annotated(tmp_path / "a.pdf", b"/Subtype/Link/A<<%s>>" % action)

    packet = bound(tmp_path, exhibit("A", path))

    assert [each.what for each in packet.bound.removals] == [what]
    assert kept(packet) == []
    for trace in (b"/Launch", b"/GoToR", b"/GoToE", b"/JavaScript", b"/SubmitForm", b"passwd"):
        assert trace not in packet.path.read_bytes()


def test_a_link_to_the_web_moves_with_its_page(tmp_path: Path) -> None:
    path = annotated(
        tmp_path / "a.pdf",
        b"/Subtype/Link/Border[0 0 2]/C[0 0 1]/A<</S/URI/URI(https://example.org/a\\(b\\))>>"
        b"/QuadPoints[100 200 200 200 100 100 200 100]",
    )

    (link,) = kept(bound(tmp_path, exhibit("A", path)))

    assert link["/A"]["/URI"] == "https://example.org/a(b)"  # type: ignore[index]
    assert str(link["/Contents"]) == "https://example.org/a(b)", "said to who hears it"
    moved = [LEFT + 100 * SCALE, 28 + 100 * SCALE, LEFT + 200 * SCALE, 28 + 200 * SCALE]
    assert list(link["/Rect"]) == pytest.approx(moved, abs=0.01)  # type: ignore[call-overload]
    corners = [float(each) for each in link["/QuadPoints"]]  # type: ignore[attr-defined]
    assert corners[:2] == pytest.approx([moved[0], moved[3]], abs=0.01)
    assert str(link["/Border"]) == "[0, 0, 2]"
    assert "/StructParent" not in link


def linked(
    path: Path, place: bytes, catalog: bytes, more: Mapping[int, bytes] | None = None
) -> Path:
    """Write two pages; the first has a link to a place."""
    name = path.stem.encode()
    return raw_pdf(
        path,
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            2: b"<</Type/Pages/Count 2/MediaBox[0 0 612 792]/Kids[3 0 R 4 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/Annots[5 0 R]/Contents 7 0 R/Resources<</Font<</F1 6 0 R"
            b">>>>>>",
            4: b"<</Type/Page/Parent 2 0 R/Rotate 180>>",
            5: b"<</Type/Annot/Subtype/Link/Rect[100 100 200 200]%s>>" % place,
            6: FONT,
            7: stream(words(name.decode())),
            **(more or {}),
        },
    )


NAMED = b"/Names<</Dests<</Kids[<</Names[(page2)[4 0 R/XYZ 100 700 0]]>>]>>>>"
PLACES = {
    "name": (b"/Dest(page2)", NAMED),
    "name in an action": (b"/A<</S/GoTo/D(page2)>>", NAMED),
    "old name": (b"/Dest/page2", b"/Dests<</page2<</D[4 0 R/XYZ 100 700 0]>>>>"),
    "outright": (b"/Dest[4 0 R/XYZ 100 700 0]", b""),
}


@pytest.mark.parametrize(("place", "catalog"), PLACES.values(), ids=PLACES.keys())
def test_links_inside_two_files_lead_each_to_its_own(
    tmp_path: Path, place: bytes, catalog: bytes
) -> None:
    first = linked(tmp_path / "first.pdf", place, catalog)
    second = linked(tmp_path / "second.pdf", place, catalog)

    packet = bound(tmp_path, exhibit("A", first), exhibit("B", second))

    assert [target(packet, page) for page in (1, 3)] == [2, 4]
    (link,) = kept(packet, 3)
    assert str(link["/Contents"]) == "Page 2 of this file"
    across, up = link["/Dest"][2], link["/Dest"][3]  # type: ignore[index]
    assert across == pytest.approx(LEFT + (612 - 100) * SCALE, abs=0.01), "turned with its page"
    assert up == pytest.approx(28 + (792 - 700) * SCALE, abs=0.01)


def target(packet: Packet, page: int) -> int:
    (link,) = kept(packet, page)
    reader = PdfReader(packet.path)
    place = link["/Dest"][0]  # type: ignore[index]
    references = [each.indirect_reference for each in reader.pages]
    return [each.idnum for each in references if each].index(place.idnum) + 1


@pytest.mark.parametrize("place", [b"/Dest[4 0 R/Fit]", b"/Dest[1/Fit]", b"/Dest[4 0 R/FitH 700]"])
def test_links_to_a_whole_page_are_kept(tmp_path: Path, place: bytes) -> None:
    packet = bound(tmp_path, exhibit("A", linked(tmp_path / "a.pdf", place, b"")))

    assert target(packet, 1) == 2


def test_a_tree_of_names_in_a_circle_ends(tmp_path: Path) -> None:
    tree = {8: b"<</Kids[8 0 R 9 0 R]>>", 9: b"<</Names[(one)]/Kids[8 0 R]>>"}
    path = linked(tmp_path / "a.pdf", b"/Dest(page2)", b"/Names<</Dests 8 0 R>>", tree)

    packet = bound(tmp_path, exhibit("A", path))

    assert [each.what for each in packet.bound.removals] == ["link without a target"]


def filled(path: Path, value: str, look: bytes) -> Path:
    """Write a form with one text field."""
    return annotated(
        path,
        b"/Subtype/Widget/FT/Tx/T(name)/DA(/Helv 12 Tf 0 g)/V(%s)%s" % (value.encode(), look),
        {
            11: stream(
                b"/Tx BMC BT /Helv 12 Tf 2 40 Td (%s) Tj ET EMC" % value.encode(),
                b"/Subtype/Form/BBox[0 0 100 100]",
            )
        },
        catalog=b"/AcroForm<</Fields[10 0 R]/DR<</Font<</Helv 5 0 R>>>>>>",
    )


def test_two_forms_with_one_field_name_show_each_its_own_value(tmp_path: Path) -> None:
    mother = filled(tmp_path / "mother.pdf", "Soraya Ahmadi", b"/AP<</N 11 0 R>>")
    child = filled(tmp_path / "child.pdf", "Nika Ahmadi", b"/AP<</N 11 0 R>>")

    packet = bound(tmp_path, exhibit("A", mother), exhibit("B", child))

    assert "Soraya Ahmadi" in packet.text(1)
    assert "Nika Ahmadi" in packet.text(2)
    assert "/AcroForm" not in PdfReader(packet.path).root_object
    assert accounted(packet) == 2


def test_a_fields_own_font_comes_before_the_forms(tmp_path: Path) -> None:
    path = annotated(
        tmp_path / "a.pdf",
        b"/Subtype/Widget/FT/Tx/T(name)/V(x)/AP<</N 11 0 R>>",
        {
            11: stream(
                b"BT /Own 12 Tf 2 40 Td (own) Tj /Helv 12 Tf (shared) Tj ET",
                b"/Subtype/Form/BBox[0 0 100 100]/Resources<</Font<</Own 12 0 R>>>>",
            ),
            12: FONT.replace(b"Helvetica", b"Courier"),
        },
        catalog=b"/AcroForm<</Fields[10 0 R]/DR<</Font<</Helv 5 0 R/Own 5 0 R>>>>>>",
    )

    packet = bound(tmp_path, exhibit("A", path))

    look = packet.page(1)["/Resources"]["/XObject"]["/PkA0"]  # type: ignore[index]
    fonts = look["/Resources"]["/Font"]
    assert fonts["/Own"]["/BaseFont"] == "/Courier"
    assert fonts["/Helv"]["/BaseFont"] == "/Helvetica"


def test_a_value_that_no_appearance_shows_stops_the_build(tmp_path: Path) -> None:
    path = filled(tmp_path / "lease.pdf", "Soraya Ahmadi", b"")

    with pytest.raises(
        FieldNotShownError, match=r'lease\.pdf, page 1: the filled field\(s\) "name" would not be'
    ):
        bound(tmp_path, exhibit("A", path))


def test_an_empty_field_without_a_look_is_no_fault(tmp_path: Path) -> None:
    path = filled(tmp_path / "lease.pdf", "", b"")

    assert bound(tmp_path, exhibit("A", path)).bound.pages == 1


def test_a_signature_shows_and_is_no_longer_one(tmp_path: Path) -> None:
    path = annotated(
        tmp_path / "signed.pdf",
        b"/Subtype/Widget/FT/Sig/T(s)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>"
        b"/AP<</N 11 0 R>>",
        {11: RED_FORM},
        catalog=b"/AcroForm<</Fields[10 0 R]/SigFlags 3>>",
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert shows(packet.picture(1), *CENTRE, RED)
    assert b"/ByteRange" not in packet.path.read_bytes()


BROKEN = {
    "no array": b"/Annots 9",
    "null": b"/Annots[null]",
    "no dictionary": b"/Annots[(x)]",
    "no rectangle": b"/Annots[<</Subtype/Stamp/AP<</N 11 0 R>>>>]",
    "flat": b"/Annots[<</Subtype/Stamp/Rect[1 1 1 1]/AP<</N 11 0 R>>>>]",
    "look of nothing": b"/Annots[<</Subtype/Stamp/Rect[1 1 9 9]/AP<</N 12 0 R>>>>]",
    "look that is none": b"/Annots[<</Subtype/Stamp/Rect[1 1 9 9]/AP<</N(x)>>>>]",
    "link without a place": b"/Annots[<</Subtype/Link/Rect[1 1 9 9]>>]",
}


@pytest.mark.parametrize("annots", BROKEN.values(), ids=BROKEN.keys())
def test_broken_annotations_neither_stop_nor_move_a_page(tmp_path: Path, annots: bytes) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        words("Evidence"),
        page=annots,
        more={11: RED_FORM, 12: stream(b"", b"/Subtype/Form/BBox[0 0 0 0]")},
    )

    assert "Evidence" in bound(tmp_path, exhibit("A", path)).text(1)


def test_a_packet_has_no_annotations_where_its_sources_have_none(tmp_path: Path) -> None:
    packet = bound(tmp_path, exhibit("A", pages_of_text(tmp_path / "a.pdf", ["one"])))

    assert "/Annots" not in packet.page(1)
