from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.documents.fonts import GlyphMissingError
from packet_builder.documents.word.refusals import (
    CommentsError,
    DanglingReferenceError,
    ForeignContentError,
    RemoteFieldError,
    TrackedChangesError,
    VolatileFieldError,
    refusals,
)
from packet_builder.errors import UnusableError
from tests.word_samples import (
    SENTENCE,
    add,
    blank,
    field,
    letter,
    run,
    saved,
    with_text,
    xml,
)

_DELETED = '<w:del w:author="M" w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>'


def _one(path: Path) -> UnusableError:
    (fault,) = refusals(path)
    return fault


def test_a_clean_letter_is_not_refused(tmp_path: Path) -> None:
    assert refusals(letter(tmp_path / "letter.docx")) == ()


@pytest.mark.parametrize(
    "inner",
    [
        f'<w:ins w:author="M" w:id="1">{run("We ask for more")}</w:ins>',
        run("We ask for more") + _DELETED,
        f'{run("We ask for more")}<w:moveFrom w:author="M" w:id="1">{run("x")}</w:moveFrom>',
        run("We ask for more", '<w:rPrChange w:author="M" w:id="1"><w:rPr/></w:rPrChange>'),
    ],
)
def test_tracked_changes_are_refused_with_their_paragraph(inner: str, tmp_path: Path) -> None:
    fault = _one(with_text(tmp_path / "brief.docx", run("First."), inner))

    assert isinstance(fault, TrackedChangesError)
    assert str(fault) == (
        'brief.docx: tracked changes at paragraph 2 ("We ask for more"). In Word, accept or '
        "reject them all (Review, Accept, Accept All Changes) and save."
    )


def test_a_tracked_table_row_and_paragraph_mark_are_refused(tmp_path: Path) -> None:
    document = blank()
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "Row"
    table.rows[0]._tr.get_or_add_trPr().append(xml('<w:ins w:author="M" w:id="1"/>'))
    marked = document.add_paragraph("Marked")
    mark = '<w:rPr><w:del w:author="M" w:id="2"/></w:rPr>'
    marked._p.get_or_add_pPr().append(xml(mark))

    fault = _one(saved(document, tmp_path / "x.docx"))

    assert 'a place without text, paragraph 2 ("Marked")' in str(fault)


def test_many_places_are_counted(tmp_path: Path) -> None:
    inserted = f'<w:ins w:author="M">{run("x")}</w:ins>'

    fault = _one(with_text(tmp_path / "x.docx", *[run(str(n)) + inserted for n in range(5)]))

    assert "and 2 more places" in str(fault)


def test_changes_in_a_footer_are_refused(tmp_path: Path) -> None:
    document = blank()
    add(document.sections[0].footer.paragraphs[0], f'<w:ins w:author="M">{run("new")}</w:ins>')

    assert 'footer 1 ("new")' in str(_one(saved(document, tmp_path / "x.docx")))


def test_comments_are_refused_with_their_paragraph(tmp_path: Path) -> None:
    document = blank()
    paragraph = document.add_paragraph("The overstay was short.")
    document.add_comment(paragraph.runs, "Is this true?", "M. Vale")

    fault = _one(saved(document, tmp_path / "brief.docx"))

    assert isinstance(fault, CommentsError)
    assert str(fault) == (
        'brief.docx: comments at paragraph 1 ("The overstay was short."). In Word, delete them '
        "all (Review, Delete, Delete All Comments in Document) and save."
    )


@pytest.mark.parametrize(
    "command", ["DATE", "TIME", "SAVEDATE", "PRINTDATE", "FILENAME", "USERNAME"]
)
def test_fields_that_change_by_themselves_are_refused(command: str, tmp_path: Path) -> None:
    inner = run("Dated ") + field(f'{command} \\@ "MMMM d"', "December 1")

    fault = _one(with_text(tmp_path / "cover.docx", inner))

    assert isinstance(fault, VolatileFieldError)
    assert str(fault).startswith(
        f"cover.docx: a {command} field, whose text changes by itself, at paragraph 1 "
        '("Dated December 1"). In Word, click it and press Ctrl+Shift+F9'
    )


def test_a_simple_date_field_in_a_header_is_refused(tmp_path: Path) -> None:
    document = blank()
    inner = f'<w:fldSimple w:instr=" date ">{run("1/2/2026")}</w:fldSimple>'
    add(document.sections[0].header.paragraphs[0], inner)

    assert 'a DATE field, whose text changes by itself, at header 1 ("1/2/2026")' in str(
        _one(saved(document, tmp_path / "x.docx"))
    )


@pytest.mark.parametrize("command", ["INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDEAUTO"])
def test_fields_that_fetch_are_refused(command: str, tmp_path: Path) -> None:
    inner = run("See ") + field(f'{command} "https://x.invalid/a.png"', "picture")

    fault = _one(with_text(tmp_path / "x.docx", inner))

    assert isinstance(fault, RemoteFieldError)
    assert f"a {command} field, which fetches from another file or address" in str(fault)


@pytest.mark.parametrize("command", ["REF", "PAGEREF", "NOTEREF"])
def test_references_to_a_bookmark_that_is_gone_are_refused(command: str, tmp_path: Path) -> None:
    inner = run("See ") + field(f"{command} _Ref123 \\h", "7") + run(" there")

    fault = _one(with_text(tmp_path / "x.docx", inner))

    assert isinstance(fault, DanglingReferenceError)
    assert 'a cross-reference to "_Ref123", which the document no longer has' in str(fault)


def test_references_to_a_bookmark_that_is_there_are_kept(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="5" w:name="Facts"/>{}<w:bookmarkEnd w:id="5"/>'

    path = with_text(
        tmp_path / "x.docx",
        mark.format(run("Facts")),
        run("See ") + field("REF facts \\h", "Facts"),
    )

    assert refusals(path) == ()


def test_an_embedded_document_is_refused(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("x")
    document.element.body.insert(0, xml('<w:altChunk r:id="rId1"/>'))

    assert isinstance(_one(saved(document, tmp_path / "x.docx")), ForeignContentError)


def test_characters_that_no_font_has_are_refused_with_their_paragraph(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run(SENTENCE), run("Signed 𐐷 by hand"))

    fault = _one(path)

    assert isinstance(fault, GlyphMissingError)
    assert str(fault).startswith(
        'x.docx, paragraph 2 ("Signed 𐐷 by hand"): no font can print 𐐷 (U+10437'
    )


def test_an_unknown_picture_character_is_refused(tmp_path: Path) -> None:
    symbol = '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'

    assert "U+F021" in str(_one(with_text(tmp_path / "x.docx", run("Web ") + symbol)))


def test_a_known_picture_character_is_not_refused(tmp_path: Path) -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'

    assert refusals(with_text(tmp_path / "x.docx", run("Checked ") + symbol)) == ()


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = with_text(
        tmp_path / "x.docx",
        run("𐐷"),
        field("DATE", "today"),
        field("REF gone", "7"),
        f'<w:ins w:author="M">{run("new")}</w:ins>',
    )

    assert [type(fault) for fault in refusals(path, "Brief")] == [
        TrackedChangesError,
        VolatileFieldError,
        DanglingReferenceError,
        GlyphMissingError,
    ]
