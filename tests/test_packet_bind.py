"""Documents become one packet: nothing lost, nothing foreign, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    StreamObject,
)

from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet.accounting import account
from packet_builder.packet.bind import Binding, bind
from packet_builder.packet.body import Body
from packet_builder.packet.source import PageCountError, PdfLockedError
from packet_builder.packet.viewed import PdfUnreadableError
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from tests.packets import (
    FONT,
    RED,
    Packet,
    bound,
    exhibit,
    one_page,
    own,
    pages_of_text,
    pdf_file,
    raw_pdf,
    rendered,
    shows,
    stream,
    words,
)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Packet:
    """A letter, two exhibits with separators (one of two files), and a form."""
    folder = tmp_path_factory.mktemp("packet")
    letter = pages_of_text(folder / "letter.pdf", ["Dear Officer", "Sincerely"])
    form = pages_of_text(folder / "form.pdf", ["Form I-131"])
    tab_a = pages_of_text(folder / "tab-a.pdf", ["Exhibit A"])
    tab_b = pages_of_text(folder / "tab-b.pdf", ["Exhibit B"])
    english = pages_of_text(folder / "english.pdf", ["Birth certificate"])
    persian = pages_of_text(folder / "persian.pdf", ["Shenasnameh", "Second leaf"])
    photo = pages_of_text(folder / "photo.pdf", ["Photograph"])
    files = (pdf_file(english, title="English translation"), pdf_file(persian))
    return bound(
        folder,
        own(DocumentKind.LETTER, letter, "Cover letter"),
        own(DocumentKind.SEPARATOR, tab_a, "Exhibit A", "A"),
        Document("birth", DocumentKind.EXHIBIT, "Birth certificate", files, "A"),
        own(DocumentKind.SEPARATOR, tab_b, "Exhibit B", "B"),
        exhibit("B", photo, title="Photograph of Nika"),
        own(DocumentKind.FORM, form, "Form I-131"),
        title="Request of Soraya Ahmadi – packet",
        draft=True,
    )


def test_every_page_is_letter(packet: Packet) -> None:
    boxes = [page.mediabox for page in PdfReader(packet.path).pages]

    assert len(boxes) == 9
    assert {tuple(map(float, box)) for box in boxes} == {(0, 0, 612, 792)}


def test_exhibit_pages_are_stamped_with_both_numbers(packet: Packet) -> None:
    assert "Exhibit A, Page 3 of 3" in packet.text(6)
    assert "Page 6 of 9" in packet.text(6)


def test_other_pages_are_stamped_with_the_packets_number_only(packet: Packet) -> None:
    assert "Page 3 of 9" in packet.text(3)
    assert "Exhibit A, Page" not in packet.text(3)


def test_draft_stands_on_every_page(packet: Packet) -> None:
    assert all("DRAFT" in packet.text(page) for page in range(1, 10))


def test_a_final_packet_does_not_say_draft(tmp_path: Path) -> None:
    final = bound(tmp_path, exhibit("A", pages_of_text(tmp_path / "a.pdf", ["Evidence"])))

    assert "DRAFT" not in final.text(1)
    assert b"/Multiply" not in final.path.read_bytes()


def test_draft_leaves_black_black_and_white_nearly_white(tmp_path: Path) -> None:
    black = one_page(tmp_path / "black.pdf", b"0 g 0 396 612 396 re f")

    picture = bound(tmp_path, exhibit("A", black), draft=True).picture(1)

    upper = picture.crop((20, 40, 590, 380)).convert("L")
    lower = picture.crop((20, 420, 590, 740)).convert("L")
    assert max(levels(upper)) < 10
    assert 200 < min(levels(lower)) < 250


def levels(picture: Image.Image) -> list[int]:
    return [level for level, pixels in enumerate(picture.histogram()) if pixels]


def test_the_outline_has_one_item_a_document_and_all_exhibits_below_one(packet: Packet) -> None:
    reader = PdfReader(packet.path)

    assert outline(reader, reader.outline) == [
        ("Cover letter", 1),
        ("Exhibits", 3),
        [
            ("Exhibit A – Birth certificate", 3),
            [("English translation", 4), ("persian.pdf", 5)],
            ("Exhibit B – Photograph of Nika", 7),
        ],
        ("Form I-131", 9),
    ]


def outline(reader: PdfReader, items: Sequence[object]) -> list[object]:
    found: list[object] = []
    for item in items:
        if isinstance(item, list):
            found.append(outline(reader, item))
        else:
            page = reader.get_destination_page_number(item)  # type: ignore[arg-type]
            found.append((item.title, None if page is None else page + 1))  # type: ignore[attr-defined]
    return found


def test_each_exhibit_has_a_named_destination(packet: Packet) -> None:
    reader = PdfReader(packet.path)

    names = {
        name: reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    assert names == {"exhibit-A": 2, "exhibit-B": 6}


def test_the_catalog_says_what_viewers_need_and_no_more(packet: Packet) -> None:
    reader = PdfReader(packet.path)

    catalog = reader.root_object
    said = {key: str(catalog[key]) for key in ("/Lang", "/PageMode", "/PageLabels")}
    assert said == {
        "/Lang": "en-US",
        "/PageMode": "/UseOutlines",
        "/PageLabels": "{'/Nums': [0, {'/S': '/D'}]}",
    }
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.metadata == {"/Title": "Request of Soraya Ahmadi – packet"}
    assert "/ID" not in reader.trailer
    assert "/Metadata" not in catalog
    assert "/AcroForm" not in catalog


def test_only_the_packets_own_faces_are_used_for_stamps_and_both_are_embedded(
    packet: Packet,
) -> None:
    fonts = packet.page(5)["/Resources"]["/Font"]  # type: ignore[index]

    stamp = fonts["/PkF"]
    assert stamp["/BaseFont"] == "/PACKET+LiberationSans"
    assert len(stamp["/FontDescriptor"]["/FontFile2"].get_data()) > 10_000


def test_another_library_finds_nothing_wrong(packet: Packet) -> None:
    with pikepdf.open(packet.path) as opened:
        assert opened.check_pdf_syntax() == []


def test_an_unwritten_packet_leaves_the_former_one(tmp_path: Path) -> None:
    target = tmp_path / "packet.pdf"
    target.write_bytes(b"the former packet")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing else")
    documents = (Document("x", DocumentKind.EXHIBIT, "X", (PdfFile(broken, 1, ""),), "A"),)

    with pytest.raises(PdfUnreadableError, match="X: the PDF is damaged and cannot be bound"):
        bind(documents, number(documents), target, Binding("P", draft=True))

    assert target.read_bytes() == b"the former packet"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.pdf", "packet.pdf"]


def test_a_damaged_document_of_our_own_is_told_by_its_title(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing else")
    document = Document("x", DocumentKind.LETTER, "Cover letter", (PdfFile(broken, 1, ""),))

    with pytest.raises(PdfUnreadableError, match=r"^Cover letter: the PDF is damaged"):
        bound(tmp_path, document)


def test_damage_is_told_with_file_and_page(tmp_path: Path) -> None:
    path = raw_pdf(
        tmp_path / "scan.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
            4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents[5 0 R 5 0 R]>>",
            5: stream(b"garbage", b"/Filter/Unheard"),
        },
    )

    with pytest.raises(PdfUnreadableError, match=r"scan\.pdf, page 2: the PDF is damaged"):
        bound(tmp_path, exhibit("A", path))


def test_a_file_that_changed_its_pages_is_refused(tmp_path: Path) -> None:
    path = pages_of_text(tmp_path / "a.pdf", ["one", "two"])
    document = exhibit("A", path)
    pages_of_text(path, ["one"])

    with pytest.raises(PageCountError, match=r"a\.pdf: 2 page\(s\) were counted before, 1 are"):
        bound(tmp_path, document)


def encrypted(path: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=path)
    writer.encrypt(password, "owner", algorithm="AES-256")
    writer.write(path)
    return path


def test_a_file_locked_with_an_owner_password_only_is_bound(tmp_path: Path) -> None:
    path = pages_of_text(tmp_path / "statement.pdf", ["Balance 1,204.17"])
    document = exhibit("A", path)
    encrypted(path, "")

    packet = bound(tmp_path, document)

    assert "Balance 1,204.17" in packet.text(1)
    assert not PdfReader(packet.path).is_encrypted


def test_a_file_that_asks_for_a_password_is_refused(tmp_path: Path) -> None:
    path = pages_of_text(tmp_path / "statement.pdf", ["Balance"])
    document = exhibit("A", path)
    encrypted(path, "secret")

    with pytest.raises(PdfLockedError, match=r"statement\.pdf: the PDF asks for a password"):
        bound(tmp_path, document)


def test_the_same_documents_make_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.packets import *\n"
        "folder = Path(sys.argv[1]); folder.mkdir()\n"
        "a = pages_of_text(folder / 'a.pdf', ['one', 'two'])\n"
        "b = one_page(folder / 'b.pdf', words('three'), page=b'/Rotate 90')\n"
        "bound(folder, exhibit('A', a), exhibit('B', b, a), draft=True)\n"
    )
    places = {"here": ("UTC", "C", "1"), "elsewhere": ("Asia/Tehran", "C.UTF-8", "77")}
    for name, (zone, locale, seed) in places.items():
        settings = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", script, tmp_path / name],
            check=True,
            env={**os.environ, **settings},
        )

    first, second = ((tmp_path / name / "packet.pdf").read_bytes() for name in places)
    assert first == second


def test_encoded_content_and_pictures_are_copied_byte_by_byte(tmp_path: Path) -> None:
    content, picture = zlib.compress(b"/Im Do", 9), zlib.compress(bytes(300), 9)
    path = one_page(
        tmp_path / "scan.pdf",
        resources=b"/XObject<</Im 10 0 R>>",
        more={
            4: stream(content, b"/Filter/FlateDecode"),
            10: stream(
                picture,
                b"/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8"
                b"/ColorSpace/DeviceRGB/Filter/FlateDecode",
            ),
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    page = form_of(packet, 1)
    assert encoded(page) == content
    assert encoded(page["/Resources"]["/XObject"]["/Im"]) == picture  # type: ignore[index]


def form_of(packet: Packet, page: int) -> EncodedStreamObject:
    form = packet.page(page)["/Resources"]["/XObject"]["/PkP"]  # type: ignore[index]
    assert isinstance(form, StreamObject)
    return form  # type: ignore[return-value]


def encoded(found: object) -> bytes:
    assert isinstance(found, StreamObject)
    return found._data


def test_content_in_several_streams_is_joined_where_a_word_may_break(tmp_path: Path) -> None:
    parts = {4: b"[10 0 R 11 0 R 12 0 R]", 10: stream(b"q 1 0 0"), 11: stream(b"rg 100 100")}
    parts[12] = stream(b"300 300 re f")
    path = one_page(tmp_path / "parts.pdf", more=parts)

    assert shows(bound(tmp_path, exhibit("A", path)).picture(1), 300, 300, RED)


def test_unbalanced_content_neither_moves_nor_hides_a_stamp(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "unbalanced.pdf", words("before") + b"Q Q q 0 0 1 1 re W n 9 0 0 9 0 0 cm (open"
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert "before" in packet.text(1)
    assert "Exhibit A, Page 1 of 1" in packet.text(1)
    alone = bound(tmp_path, exhibit("A", one_page(tmp_path / "empty.pdf")))
    foot = (0, 764, 612, 792)
    assert packet.picture(1).crop(foot).tobytes() == alone.picture(1).crop(foot).tobytes()


def test_pages_that_share_their_content_and_resources_keep_them(tmp_path: Path) -> None:
    path = raw_pdf(
        tmp_path / "shared.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 2/MediaBox[0 0 612 792]/Kids[3 0 R 4 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources 6 0 R>>",
            4: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources 6 0 R>>",
            5: b"[7 0 R 8 0 R]",
            6: b"<</Font<</F1 9 0 R>>>>",
            7: stream(words("the same words")),
            8: stream(words("again", y=600)),
            9: FONT,
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert "the same words" in packet.text(1)
    assert "again" in packet.text(2)
    assert reference(packet, 1) == reference(packet, 2), "written once"


def reference(packet: Packet, page: int) -> int:
    objects = packet.page(page)["/Resources"]["/XObject"]  # type: ignore[index]
    assert isinstance(objects, DictionaryObject)
    found = objects.raw_get("/PkP")
    assert isinstance(found, IndirectObject)
    return found.idnum


def test_pages_with_one_content_and_other_resources_are_not_mixed_up(tmp_path: Path) -> None:
    colours = {10: b"/DeviceRGB", 11: b"[/Indexed/DeviceRGB 0<0000FF>]"}
    path = raw_pdf(
        tmp_path / "shared.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 2/MediaBox[0 0 612 792]/Kids[3 0 R 4 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
            4: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</X 7 0 R>>>>>>",
            5: stream(b"/X Do"),
            6: stream(b"1 0 0 rg 0 0 612 792 re f", b"/Subtype/Form/BBox[0 0 612 792]"),
            7: stream(b"0 0 1 rg 0 0 612 792 re f", b"/Subtype/Form/BBox[0 0 612 792]"),
            **colours,
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert shows(packet.picture(1), 300, 400, RED)
    assert shows(packet.picture(2), 300, 400, (0, 0, 255))


def test_names_that_are_no_utf8_keep_their_bytes(tmp_path: Path) -> None:
    """A font named in GBK is found again by the content that asks for it."""
    written = b"".join(b"#%02X" % byte for byte in "宋体".encode("gbk"))
    path = one_page(
        tmp_path / "gbk.pdf",
        b"/%b Do" % written,
        resources=b"/XObject<</%b 10 0 R>>" % written,
        more={10: stream(b"0 0 1 rg 0 0 99 99 re f", b"/Subtype/Form/BBox[0 0 99 99]")},
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert b"/%b " % written in packet.path.read_bytes()
    assert shows(rendered(path, 1), 50, 50, (0, 0, 255))
    assert shows(packet.picture(1), 60, 80, (0, 0, 255))


def test_hidden_layers_stay_hidden_and_layers_of_two_files_stay_apart(tmp_path: Path) -> None:
    hidden = layered(tmp_path / "hidden.pdf", b"/OFF[10 0 R]")
    shown = layered(tmp_path / "shown.pdf", b"")
    base = layered(tmp_path / "base.pdf", b"/BaseState/OFF/ON[]")

    packet = bound(tmp_path, exhibit("A", hidden, shown, base))

    assert [shows(packet.picture(page), 300, 400, RED) for page in (1, 2, 3)] == [
        False,
        True,
        False,
    ]
    properties = PdfReader(packet.path).root_object["/OCProperties"]
    names = [group.get_object()["/Name"] for group in properties["/OCGs"]]  # type: ignore[index]
    assert names == ["hidden.pdf: Stamp", "shown.pdf: Stamp", "base.pdf: Stamp"]
    account(packet.path, packet.documents, number(packet.documents))


def test_a_layer_for_the_screen_only_keeps_its_rule(tmp_path: Path) -> None:
    rule = b"/AS[<</Event/Print/Category[/Print]/OCGs[10 0 R]>>]"
    path = layered(tmp_path / "screen.pdf", rule)

    packet = bound(tmp_path, exhibit("A", path))

    settings = PdfReader(packet.path).root_object["/OCProperties"]["/D"]  # type: ignore[index]
    assert settings["/AS"][0]["/Event"] == "/Print"
    assert settings["/AS"][0]["/OCGs"][0].get_object()["/Name"] == "screen.pdf: Stamp"


def layered(path: Path, settings: bytes) -> Path:
    return one_page(
        path,
        b"/OC /L BDC 1 0 0 rg 200 200 200 400 re f EMC",
        resources=b"/Properties<</L 10 0 R>>",
        catalog=b"/OCProperties<</OCGs[10 0 R]/D<<%s>>>>" % settings,
        more={10: b"<</Type/OCG/Name(Stamp)/Usage<</Print<</PrintState/OFF>>>>>>"},
    )


def test_what_runs_and_what_tells_of_the_maker_is_left_out_and_listed(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "loaded.pdf",
        words("Evidence"),
        page=b"/AA<</O 10 0 R>>/Metadata 11 0 R/PieceInfo<</X<</Private 11 0 R>>>>/Thumb 12 0 R"
        b"/StructParents 0/Tabs/S",
        catalog=b"/OpenAction 10 0 R/AA<</WC 10 0 R>>/Metadata 11 0 R/Names<<"
        b"/JavaScript<</Names[(x)10 0 R]>>/EmbeddedFiles<</Names[(x)13 0 R]>>>>/AcroForm<</XFA[]>>",
        more={
            10: b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
            11: stream(b"<x:xmpmeta>secret maker</x:xmpmeta>", b"/Type/Metadata/Subtype/XML"),
            12: stream(b"\0", b"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
            13: b"<</Type/Filespec/F(x.exe)/EF<</F 14 0 R>>>>",
            14: stream(b"program", b"/Type/EmbeddedFile"),
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert [(each.page, each.what) for each in packet.bound.removals] == [
        (None, "action that runs when the file is opened"),
        (None, "action of the whole file"),
        (None, "JavaScript of the whole file"),
        (None, "attached files"),
        (1, "action of the page"),
    ]
    assert {each.file for each in packet.bound.removals} == {"loaded.pdf"}
    content = packet.path.read_bytes()
    for trace in (b"/AA", b"/JavaScript", b"/JS", b"xmpmeta", b"/PieceInfo", b"/Thumb", b"program"):
        assert trace not in content
    for trace in (b"/StructParents", b"/Tabs", b"/XFA", b"/Filespec", b"/OpenAction"):
        assert trace not in content


def test_what_a_picture_carries_beside_itself_stays_behind(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "photo.pdf",
        b"q 100 0 0 100 100 300 cm /Im Do Q",
        resources=b"/XObject<</Im 10 0 R>>/Properties<</P<</Metadata 11 0 R>>>>",
        more={
            10: stream(
                b"\xff\0\0",
                b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                b"/ColorSpace/DeviceRGB/Metadata 11 0 R/PieceInfo<<>>/StructParent 3",
            ),
            11: stream(b"<gps>37.7,46.5</gps>", b"/Type/Metadata/Subtype/XML"),
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert b"gps" not in packet.path.read_bytes()
    assert shows(packet.picture(1), 150, 360, RED)


def test_content_that_lies_in_another_file_is_never_fetched(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "outside.pdf",
        b"/Im Do",
        resources=b"/XObject<</Im 10 0 R>>",
        more={
            10: stream(
                b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(\\\\\\\\host\\\\share)/FFilter[]"
            )
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert b"/FFilter" not in packet.path.read_bytes()
    assert b"share".hex().encode() not in packet.path.read_bytes()
    assert b"share" not in packet.path.read_bytes()


def test_a_circle_among_objects_ends(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "circle.pdf",
        words("Evidence"),
        resources=b"/Properties<</P 10 0 R>>",
        more={
            10: b"<</Self 10 0 R/Page 3 0 R/Other 11 0 R>>",
            11: b"[10 0 R 11 0 R 99 0 R]",
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert "Evidence" in packet.text(1)
    assert len(PdfReader(packet.path).pages) == 1


def test_strings_keep_their_bytes(tmp_path: Path) -> None:
    palette = bytes([255, 0, 0, 40, 41, 92, 13, 10, 0, 254, 255, 7])
    path = one_page(
        tmp_path / "palette.pdf",
        b"q 612 0 0 792 0 0 cm /Im Do Q",
        resources=b"/XObject<</Im 10 0 R>>",
        more={
            10: stream(
                b"\0",
                b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                b"/ColorSpace[/Indexed/DeviceRGB 3<%s>]" % palette.hex().encode(),
            )
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    image = form_of(packet, 1)["/Resources"]["/XObject"]["/Im"]  # type: ignore[index]
    lookup = image["/ColorSpace"][3]
    assert getattr(lookup, "original_bytes", lookup) == palette
    assert shows(packet.picture(1), 300, 400, RED)


def test_a_stamp_on_a_page_of_ours_has_paper_behind_it(tmp_path: Path) -> None:
    black = one_page(tmp_path / "black.pdf", b"0 g 0 0 612 60 re f")

    picture = bound(tmp_path, own(DocumentKind.LETTER, black, "Cover letter")).picture(1)

    assert shows(picture, 577.5, 8, (255, 255, 255))
    assert shows(picture, 300, 8, (0, 0, 0)), "and no more than that"


def test_an_object_that_was_promised_and_never_written_is_our_fault() -> None:
    body = Body(BytesIO())
    body.reserve()

    with pytest.raises(AssertionError, match=r"^object 1 was reserved and never written$"):
        body.finish({})


def test_an_object_that_is_written_twice_is_our_fault() -> None:
    body = Body(BytesIO())
    number_ = body.add(b"null")

    with pytest.raises(AssertionError, match=r"^object 1 was written twice$"):
        body.put(number_, b"null")


def test_files_that_are_attached_to_a_pages_own_objects_stay_behind(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "a.pdf",
        words("Evidence"),
        resources=b"/Properties<</P<</AF[10 0 R]>>>>",
        more={10: b"<</Type/Filespec/F(x.exe)/EF<</F 11 0 R>>>>", 11: stream(b"program")},
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert b"program" not in packet.path.read_bytes()


def test_an_empty_page_is_bound_with_its_stamp(tmp_path: Path) -> None:
    path = raw_pdf(
        tmp_path / "empty.pdf",
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R>>",
        },
    )

    packet = bound(tmp_path, exhibit("A", path))

    assert "Exhibit A, Page 1 of 1" in packet.text(1)


def test_the_page_group_of_a_source_is_kept(tmp_path: Path) -> None:
    path = one_page(
        tmp_path / "group.pdf", words("x"), page=b"/Group<</S/Transparency/CS/DeviceRGB>>"
    )

    group = bound(tmp_path, exhibit("A", path)).page(1)["/Group"]

    assert str(group) == "{'/S': '/Transparency', '/CS': '/DeviceRGB'}"


def test_memory_does_not_hold_the_sources(tmp_path: Path) -> None:
    """A file's streams are gone from its reader when its pages are written."""
    held: list[int] = []
    noise = os.urandom(200_000)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 20/MediaBox[0 0 612 792]/Kids[%s]>>"
        % b" ".join(b"%d 0 R" % (10 + index) for index in range(20)),
    }
    objects[3] = stream(b"/Im Do")
    for index in range(20):
        objects[10 + index] = (
            b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</XObject<</Im %d 0 R>>>>>>"
            % (40 + index)
        )
        objects[40 + index] = stream(
            noise, b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
        )
    path = raw_pdf(tmp_path / "scans.pdf", objects)
    original = PdfReader.get_object

    def counting(self: PdfReader, reference: IndirectObject) -> object:
        values = self.resolved_objects.values()
        held.append(sum(len(each._data) for each in values if isinstance(each, StreamObject)))
        return original(self, reference)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PdfReader, "get_object", counting)
        bound(tmp_path, exhibit("A", path))

    assert max(held) <= 2 * len(noise)


def test_a_packet_of_one_exhibit_without_separator_leads_to_its_first_page(tmp_path: Path) -> None:
    path = pages_of_text(tmp_path / "a.pdf", ["one"])

    packet = bound(tmp_path, exhibit("A", path))

    reader = PdfReader(packet.path)
    assert outline(reader, reader.outline) == [("Exhibits", 1), [("Exhibit A – Evidence", 1)]]


def test_pdfium_reads_every_page_of_a_large_packet(tmp_path: Path) -> None:
    path = pages_of_text(tmp_path / "many.pdf", [f"page {page}" for page in range(1, 301)])

    packet = bound(tmp_path, exhibit("A", path))

    with pypdfium2.PdfDocument(packet.path) as opened:
        assert len(opened) == 300
    assert "page 300" in packet.text(300)
    assert isinstance(packet.page(300)["/Contents"], (StreamObject, ArrayObject))


def test_a_scan_larger_than_the_usual_limit_of_the_library_is_bound(tmp_path: Path) -> None:
    picture = b"/Type/XObject/Subtype/Image/Width 10000/Height 8000/ColorSpace/DeviceGray"
    path = one_page(
        tmp_path / "scan.pdf",
        b"q 612 0 0 792 0 0 cm /Im Do Q",
        resources=b"/XObject<</Im 10 0 R>>",
        more={10: stream(bytes(80_000_000), picture + b"/BitsPerComponent 8")},
    )

    assert bound(tmp_path, exhibit("A", path)).path.stat().st_size > 80_000_000
