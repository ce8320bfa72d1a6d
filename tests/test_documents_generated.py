"""Separators, index, slips and notices as PDFs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from packet_builder.documents import fonts
from packet_builder.documents.document import PdfFile
from packet_builder.documents.fonts import GlyphMissingError
from packet_builder.documents.sheets.content import (
    AbsentExhibit,
    Citation,
    CitedBy,
    Index,
    IndexGroup,
    IndexRow,
    Notice,
    Separator,
    Slip,
)
from packet_builder.documents.sheets.errors import TextOutsidePageError
from packet_builder.documents.sheets.sheets import (
    PageOverflowError,
    render_index,
    render_notice,
    render_separators,
    render_slip,
)

SEPARATOR = Separator(
    letter="C",
    title="Birth certificate of Mina Darvishi",
    pages=12,
    native_title="شناسنامهٔ مینا درویشی",
    details=("Dated November 2, 2026", "In Persian, with certified English translation"),
    parts=("English translation", "Certificate of translation", "Persian original"),
    cited_by=(
        CitedBy("Cover Letter", "Ex. C"),
        CitedBy("Brief", "Ex. C at 3", 3),
        CitedBy("Brief", "Ex. C at 5–6", 5),
    ),
)
ROW = IndexRow("C", "Letter of Dr. Nora Lind", 3, 47, ("Dated May 2, 2026",), "The diagnosis")
INDEX = Index((IndexGroup("Medical need", (ROW,)),), ("Petitioner: Ada Lind",))
SLIP = Slip("Form I-131", "Application for Travel Documents", ("Fetch the blank.",))
NOTICE = Notice(
    reason="The surgery cannot wait.",
    contact=("Jane Counsel", "(617) 555-0142"),
    caption=("Beneficiary: Ada Lind",),
    key_date="The surgery is set for December 14, 2026.",
    citations=(Citation("Ex. C at 3", "C", 3),),
)


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word was found on its page."""

    left: float
    bottom: float
    right: float


def separator_file(folder: Path, separator: Separator) -> Path:
    return render_separators([separator], folder)[0].path


def index_file(folder: Path, index: Index) -> Path:
    return render_index(index, folder / "index.pdf").path


def slip_file(folder: Path, slip: Slip) -> Path:
    return render_slip(slip, folder / "slip.pdf").path


def notice_file(folder: Path, notice: Notice) -> Path:
    return render_notice(notice, folder / "notice.pdf").path


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]


def word_on(path: Path, word: str, page: int = 0) -> Word:
    with pypdfium2.PdfDocument(path) as document:
        text = document[page].get_textpage()
        start = text.get_text_range().index(word)
        boxes = [text.get_charbox(start + place) for place in range(len(word))]
    lefts, bottoms, rights, _ = zip(*boxes, strict=True)
    return Word(min(lefts), min(bottoms), max(rights))


def addresses(path: Path) -> list[str]:
    return [
        str(annotation["/A"]["/URI"])
        for page in PdfReader(path).pages
        for annotation in page.annotations or ()
    ]


def faces_of(path: Path) -> set[str]:
    found = re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", path.read_bytes())
    return {name.decode() for name in found}


def rows(count: int) -> tuple[IndexRow, ...]:
    return tuple(
        replace(ROW, letter=f"R{number}", title=f"Title {number}.", details=(f"Detail {number}.",))
        for number in range(1, count + 1)
    )


def test_a_separator_prints_all_that_is_known_of_its_exhibit(tmp_path: Path) -> None:
    [text] = page_texts(separator_file(tmp_path, SEPARATOR))

    for words in (
        *("EXHIBIT C", SEPARATOR.title, *SEPARATOR.details, "12 pages", *SEPARATOR.parts),
        *("CITED IN", "Cover Letter", "Brief", "Ex. C at 3; Ex. C at 5–6"),
    ):
        assert words in text


def test_a_separator_without_citations_has_no_such_list(tmp_path: Path) -> None:
    [text] = page_texts(separator_file(tmp_path, Separator("A", "A letter", 1)))

    assert text == "EXHIBIT A A letter 1 page"


def test_each_separator_is_a_file_of_its_own(tmp_path: Path) -> None:
    written = render_separators([SEPARATOR, replace(SEPARATOR, letter="AA")], tmp_path)

    assert [file.path.name for file in written] == ["separator-C.pdf", "separator-AA.pdf"]
    for file in written:
        digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
        assert file == PdfFile(file.path, pages=1, sha256=digest)


def test_a_change_of_one_separator_leaves_the_others_byte_for_byte(tmp_path: Path) -> None:
    other = replace(SEPARATOR, letter="D")
    before = render_separators([SEPARATOR, other], tmp_path / "before")

    after = render_separators([replace(SEPARATOR, title="Ωmega"), other], tmp_path / "after")

    assert before[0].sha256 != after[0].sha256
    assert before[1].sha256 == after[1].sha256


def test_citations_on_a_separator_are_links_to_the_cited_pages(tmp_path: Path) -> None:
    found = addresses(separator_file(tmp_path, SEPARATOR))

    assert found == [f"https://exhibit.invalid/C{page}" for page in ("", "/3", "/5")]


def test_a_citation_that_stands_twice_in_a_document_is_listed_once(tmp_path: Path) -> None:
    twice = replace(SEPARATOR, cited_by=(CitedBy("Brief", "Ex. C at 3", 3),) * 2)

    [text] = page_texts(separator_file(tmp_path, twice))

    assert text.count("Ex. C at 3") == 1


def test_very_many_citations_are_cut_and_the_rest_is_counted(tmp_path: Path) -> None:
    cited = tuple(CitedBy("Brief", f"Ex. C at {page}", page) for page in range(1, 55))

    [text] = page_texts(separator_file(tmp_path, replace(SEPARATOR, cited_by=cited)))

    assert text.count("Ex. C at") == 40
    assert "and 14 more citations" in text


def test_a_full_page_shows_as_many_citations_as_fit_and_counts_the_rest(tmp_path: Path) -> None:
    cited = tuple(CitedBy(f"Declaration {page}", f"Ex. C at {page}", page) for page in range(1, 31))
    crowded = replace(SEPARATOR, title="A very long title " * 24, cited_by=cited)

    [text] = page_texts(separator_file(tmp_path, crowded))

    shown = text.count("Ex. C at")
    assert 0 < shown < 30
    assert f"and {30 - shown} more citations" in text


def test_a_page_with_room_for_no_citation_still_counts_them(tmp_path: Path) -> None:
    cited = tuple(CitedBy("Brief " * 150, f"Ex. C at {page}", page) for page in (1, 2))
    crowded = replace(SEPARATOR, title="A very long title " * 24, cited_by=cited)

    [text] = page_texts(separator_file(tmp_path, crowded))

    assert "Ex. C at" not in text
    assert text.endswith("CITED IN 2 citations")


def test_a_title_that_fills_more_than_a_page_is_refused(tmp_path: Path) -> None:
    endless = replace(SEPARATOR, title="A very long title " * 100)

    with pytest.raises(PageOverflowError, match=r"separator of Exhibit C does not fit.*its title"):
        render_separators([endless], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed",
    [
        '#import "x.typ": y',
        "#panic(1)",
        "$x^2$ costs $5",
        "*bold* _slanted_",
        r"a \ b \u{41}",
        "“smart” \"straight\" 'single'",
        "`code` ```more```",
        "a ] b [ c } d {",
        "</b> <label> @ref",
        "// note /* more */ ~ -- ---",
        "= Heading - item + item / term",
        "https://example.org/a#b",
        "{{ title }} {% if x %} &amp; %",
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        lambda folder, typed: separator_file(folder, replace(SEPARATOR, title=typed)),
        lambda folder, typed: separator_file(
            folder, replace(SEPARATOR, cited_by=(CitedBy(typed, "Ex. C"),))
        ),
        lambda folder, typed: index_file(
            folder, Index((IndexGroup(None, (replace(ROW, title=typed),)),))
        ),
        lambda folder, typed: slip_file(folder, replace(SLIP, lines=(typed,))),
        lambda folder, typed: notice_file(folder, replace(NOTICE, reason=typed)),
    ],
)
def test_what_an_office_types_is_printed_as_typed(
    tmp_path: Path, typed: str, place: Callable[[Path, str], Path]
) -> None:
    [text] = page_texts(place(tmp_path, typed))

    assert typed in text


@pytest.mark.parametrize(
    ("native", "face"),
    [
        ("شناسنامهٔ مینا درویشی (۱۳۶۹)", "NotoNaskhArabic"),
        ("شهادة ميلاد", "NotoNaskhArabic"),
        ("Брачное свидетельство", "LiberationSerif"),
        ("जन्म प्रमाण पत्र – क्षत्रिय", "NotoSerifDevanagari"),
        ("የልደት ምስክር ወረቀት", "NotoSerifEthiopic"),
        ("תעודת לידה של מִרְיָם", "NotoSerifHebrew"),
        ("ծննդյան վկայական", "NotoSerifArmenian"),
        ("☑ enclosed", "DejaVuSans"),
    ],
)
def test_a_title_in_its_own_script_is_set_in_a_face_of_that_script(
    tmp_path: Path, native: str, face: str
) -> None:
    path = separator_file(tmp_path, Separator("C", "A letter", 1, native_title=native))

    assert any(name.startswith(face) for name in faces_of(path))


def test_persian_runs_from_right_to_left_and_its_letters_join(tmp_path: Path) -> None:
    joined = separator_file(tmp_path, Separator("A", "A letter", 1, native_title="بتپ"))
    apart = separator_file(tmp_path, Separator("B", "A letter", 1, native_title="ب\u200cت\u200cپ"))

    first, last = word_on(joined, "ب"), word_on(joined, "پ")

    assert first.left > last.right - 1
    assert first.right - last.left < word_on(apart, "ب").right - word_on(apart, "پ").left - 5


def test_a_joiner_is_shaped_with_the_letters_beside_it(tmp_path: Path) -> None:
    half_form = Separator("C", "A letter", 1, native_title="क्\u200dष")

    path = separator_file(tmp_path, half_form)

    assert faces_of(path) == {
        *("LiberationSerif", "LiberationSerif-Bold"),
        "NotoSerifDevanagari-Regular",
    }


def test_persian_figures_have_their_persian_forms(tmp_path: Path) -> None:
    native = Separator("C", "A letter", 1, native_title="\u06f7")
    naskh = TTFont(fonts.FONTS / "NotoNaskhArabic-Regular.ttf")
    glyph = naskh["glyf"]["uni06F7"]

    seven = word_on(separator_file(tmp_path, native), "\u06f7")

    width = (glyph.xMax - glyph.xMin) / naskh["head"].unitsPerEm * 19
    assert seven.right - seven.left == pytest.approx(width, abs=0.05)


def test_figures_after_a_persian_name_stay_after_it(tmp_path: Path) -> None:
    path = separator_file(tmp_path, Separator("C", "Letter of مینا درویشی, 1987", 1))

    assert word_on(path, "1987").left > word_on(path, "م").right
    assert word_on(path, ",").left > word_on(path, "م").right


def test_a_character_that_no_font_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GlyphMissingError, match=r"Exhibit C: no font can print .*U\+12000"):
        render_separators([replace(SEPARATOR, title="\U00012000")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_chinese_without_a_system_font_names_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: ())

    with pytest.raises(GlyphMissingError, match="fonts-noto-cjk"):
        render_slip(replace(SLIP, person="李小明"), tmp_path / "slip.pdf")


def test_chinese_is_set_in_the_systems_font_and_in_no_other_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = small_font(tmp_path / "fonts", "Zzz Serif CJK SC", "李小明")
    small_font(tmp_path / "fonts", "Aaa Serif", "李小明")
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: (wanted,))

    path = slip_file(tmp_path, replace(SLIP, person="李小明"))

    assert faces_of(path) == {"LiberationSerif", "LiberationSerif-Bold", "ZzzSerifCJKSC"}


def test_a_face_beside_the_systems_font_never_takes_the_place_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = small_font(tmp_path / "fonts", "Zzz Serif CJK SC", "李小明")
    small_font(tmp_path / "fonts", "Noto Serif Hebrew", "מר")
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: (wanted,))

    path = slip_file(tmp_path, replace(SLIP, person="מר", edition="李小明"))

    assert "NotoSerifHebrew-Regular" in faces_of(path)


@pytest.mark.parametrize(
    ("text", "variant"), [("花子の李", "JP"), ("이李", "KR"), ("李小明", "SC")]
)
def test_han_characters_take_the_shapes_of_the_language_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, variant: str
) -> None:
    families = {each: f"Small Serif CJK {each}" for each in ("HK", "JP", "KR", "SC")}
    files = [small_font(tmp_path / "fonts", name, text) for name in families.values()]
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: tuple(files))

    path = slip_file(tmp_path, replace(SLIP, person=text))

    assert f"SmallSerifCJK{variant}" in faces_of(path)


def small_font(folder: Path, family: str, characters: str) -> Path:
    """Make a font whose glyphs are triangles."""
    folder.mkdir(exist_ok=True)
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 900))
    pen.lineTo((900, 0))
    pen.closePath()
    glyph, names = pen.glyph(), [f"sign{place}" for place in range(len(characters))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap(dict(zip(map(ord, characters), names, strict=True)))
    builder.setupGlyf(dict.fromkeys([".notdef", *names], glyph))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names], (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    postscript = family.replace(" ", "")
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": postscript, "fullName": family}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / f"{postscript}.ttf")
    return folder / f"{postscript}.ttf"


def test_the_head_and_the_foot_of_the_index_stand_on_every_page(tmp_path: Path) -> None:
    path = index_file(tmp_path, Index((IndexGroup("Medical need", rows(60)),)))

    texts = page_texts(path)

    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert "Ex. Document Purpose Pages Packet page" in text
        assert "MEDICAL NEED" in text
        assert f"Exhibit Index – Page {number} of {len(texts)}" in text
        assert 36 <= word_on(path, "Exhibit Index – Page", number - 1).bottom <= 46


def test_every_row_of_the_index_stands_whole_on_one_page(tmp_path: Path) -> None:
    texts = page_texts(index_file(tmp_path, Index((IndexGroup("Medical need", rows(60)),))))

    for number in range(1, 61):
        pages = [text for text in texts if f"Title {number}." in text]
        assert len(pages) == 1
        assert f"Detail {number}." in pages[0]


def test_a_group_heading_never_stands_alone_at_the_foot(tmp_path: Path) -> None:
    for count in range(14, 24):
        groups = (IndexGroup("First", rows(count)), IndexGroup("Second", (ROW,)))
        texts = page_texts(index_file(tmp_path, Index(groups)))

        assert ["SECOND" in text for text in texts] == [ROW.title in text for text in texts]


def test_letter_and_title_in_the_index_link_to_the_exhibit(tmp_path: Path) -> None:
    other = replace(ROW, letter="AA", title="Passport")

    found = addresses(index_file(tmp_path, Index((IndexGroup("Both", (ROW, other)),))))

    assert found == ["https://exhibit.invalid/C"] * 2 + ["https://exhibit.invalid/AA"] * 2


def test_the_index_is_as_long_before_its_packet_pages_are_known(tmp_path: Path) -> None:
    known = tuple(replace(row, packet_page=12345) for row in rows(60))
    unknown = tuple(replace(row, packet_page=None) for row in rows(60))

    with_pages = render_index(Index((IndexGroup(None, known),)), tmp_path / "known.pdf")
    without = render_index(Index((IndexGroup(None, unknown),)), tmp_path / "unknown.pdf")

    assert with_pages.pages == without.pages
    assert "12345" in page_texts(with_pages.path)[0]
    assert "The diagnosis 3 –" in page_texts(without.path)[0]


def test_the_index_says_what_is_not_enclosed_and_why(tmp_path: Path) -> None:
    absent = (AbsentExhibit("School records", "The school burned down in 2024"),)

    [text] = page_texts(index_file(tmp_path, replace(INDEX, absent=absent)))

    assert "NOT ENCLOSED Document Reason School records The school burned down in 2024" in text
    assert "Petitioner: Ada Lind" in text


def test_a_row_longer_than_a_page_runs_on_instead_of_off_the_page(tmp_path: Path) -> None:
    words = [f"point-{number}" for number in range(1000, 1500)]
    row = replace(ROW, purpose=" ".join(words))

    texts = page_texts(index_file(tmp_path, Index((IndexGroup(None, (row,)),))))

    assert len(texts) > 1
    assert [word for word in " ".join(texts).split() if word.startswith("point-")] == words


def test_a_long_name_of_a_file_is_broken_inside_its_column(tmp_path: Path) -> None:
    name = "scan_2026_11_02_hospital_record_complete_with_all_the_images_final_version_2.pdf"

    path = index_file(tmp_path, Index((IndexGroup(None, (replace(ROW, title=name),)),)))

    assert word_on(path, "The diagnosis").left > word_on(path, "version").right


def test_a_slip_says_which_form_goes_there_and_what_to_do(tmp_path: Path) -> None:
    slip = replace(SLIP, edition="Edition of 01/20/25", person="Ada Lind")

    [text] = page_texts(slip_file(tmp_path, slip))

    assert "Form I-131 Application for Travel Documents Edition of 01/20/25 For Ada Lind" in text
    assert "Fetch the blank." in text


def test_a_slip_without_a_person_names_nobody(tmp_path: Path) -> None:
    [text] = page_texts(slip_file(tmp_path, replace(SLIP, person="", edition="")))

    assert "Form I-131 Application for Travel Documents Fetch the blank." in text


def test_a_slip_of_more_than_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageOverflowError, match="slip for Form I-131 does not fit on one page"):
        render_slip(replace(SLIP, lines=("Fetch the blank.",) * 60), tmp_path / "slip.pdf")


def test_a_word_that_runs_off_the_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextOutsidePageError, match="Form I-131, page 1: something is printed"):
        render_slip(replace(SLIP, lines=("x" * 300,)), tmp_path / "slip.pdf")


def test_a_notice_prints_reason_date_evidence_and_contact(tmp_path: Path) -> None:
    path = notice_file(tmp_path, NOTICE)

    [text] = page_texts(path)

    assert text.startswith("EXPEDITE Beneficiary: Ada Lind The surgery cannot wait.")
    assert "set for December 14, 2026. Evidence: Ex. C at 3." in text
    assert text.endswith("CONTACT Jane Counsel (617) 555-0142")
    assert addresses(path) == ["https://exhibit.invalid/C/3"]


def test_a_long_reason_is_set_smaller_and_stays_on_one_page(tmp_path: Path) -> None:
    short = word_on(notice_file(tmp_path, NOTICE), "surgery")
    long = replace(NOTICE, reason=NOTICE.reason + " Each day of waiting counts." * 60)

    written = render_notice(long, tmp_path / "long.pdf")

    smaller = word_on(written.path, "surgery")
    assert written.pages == 1
    assert smaller.right - smaller.left < 0.8 * (short.right - short.left)


def test_a_reason_that_fits_at_no_size_is_refused(tmp_path: Path) -> None:
    endless = replace(NOTICE, reason="Each day of waiting counts. " * 300)

    with pytest.raises(PageOverflowError, match=r"EXPEDITE page does not fit.*Shorten the reason"):
        render_notice(endless, tmp_path / "notice.pdf")


def test_pages_stay_inside_their_margins_and_are_black_on_white(tmp_path: Path) -> None:
    written = [
        separator_file(tmp_path, SEPARATOR),
        index_file(tmp_path, Index((IndexGroup("Medical need", rows(60)),))),
        slip_file(tmp_path, SLIP),
        notice_file(tmp_path, NOTICE),
    ]

    for path in written:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                assert page.get_size() == (612, 792)
                boxes = [drawn.get_bounds() for drawn in page.get_objects()]
                assert min(box[0] for box in boxes) >= 69
                assert max(box[2] for box in boxes) <= 543
                assert min(box[1] for box in boxes) >= 40
                assert colours(page.render(scale=0.5).to_pil().convert("RGB").tobytes()) == {0}


def colours(pixels: Sequence[int]) -> set[int]:
    """Give by how much the red, green and blue of any pixel differ."""
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return {max(triple) - min(triple) for triple in set(triples)}


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    def written(folder: Path) -> list[bytes]:
        return [
            separator_file(folder, SEPARATOR).read_bytes(),
            index_file(folder, INDEX).read_bytes(),
            slip_file(folder, SLIP).read_bytes(),
            notice_file(folder, NOTICE).read_bytes(),
        ]

    assert written(tmp_path / "one") == written(tmp_path / "other folder")


def test_a_page_carries_its_title_and_language_and_no_other_metadata(tmp_path: Path) -> None:
    reader = PdfReader(separator_file(tmp_path, SEPARATOR))

    assert reader.metadata == {"/Title": "Exhibit C"}
    assert set(reader.root_object) == {"/Type", "/Pages", "/Lang"}
    assert str(reader.root_object["/Lang"]) == "en"
    assert "/ID" not in reader.trailer
    [page] = reader.pages
    assert set(page) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Annots"}
    for link in page.annotations or ():
        assert {"/Contents", "/StructParent"}.isdisjoint(link)
