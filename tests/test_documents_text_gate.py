from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx.document import Document as Docx
from docx.shared import Inches
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from packet_builder.documents.engines import ENGINES, dxpdf, libreoffice, typeset
from packet_builder.documents.engines.engine import Engine, Job
from packet_builder.documents.text_gate import gate as text_gate
from packet_builder.documents.text_gate.gate import (
    BrokenReferencePrintedError,
    CutOffError,
    OverprintedError,
    PictureLostError,
    TextAddedError,
    TextLostError,
    lost_words,
)
from packet_builder.documents.text_gate.match import Added, Differences, Loss
from packet_builder.documents.word.repair import repaired
from packet_builder.documents.word.word import open_word
from packet_builder.errors import UnusableError
from tests.needed import needs
from tests.word_samples import (
    SENTENCE,
    add,
    add_footnotes,
    blank,
    define_list,
    field,
    letter,
    note,
    numbered,
    page_x_of_y,
    picture,
    run,
    saved,
    with_text,
    xml,
)

_NOTHING = Differences((), ())


def _pdf(*pages: Sequence[str]) -> bytes:
    """Give a PDF that prints the lines of each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=LETTER)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _compared(docx: Path, *pages: Sequence[str]) -> Differences:
    pdf = docx.with_suffix(".pdf")
    pdf.write_bytes(_pdf(*pages))
    return lost_words(docx, pdf)


def _faults(docx: Path, pdf: bytes) -> tuple[UnusableError, ...]:
    return text_gate.faults(repaired(open_word(docx)), pdf)


def _lost(differences: Differences) -> list[tuple[str, str]]:
    return [(loss.words, loss.place.partition(" (")[0]) for loss in differences.losses]


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "libreoffice":
        needs("soffice")
    return ENGINES[request.param]


def _long_notes(document: Docx) -> None:
    add_footnotes(
        document, [f"Note {number}, see 8 CFR 212.5({number})." for number in range(1, 9)]
    )
    for number in range(1, 9):
        paragraph = document.add_paragraph(SENTENCE * 4 + "in 2026.")
        add(paragraph, note(number) + run(" 17 more words follow the mark."))


def _leaders(document: Docx) -> None:
    for title, page in (("Facts", "1"), ("Law", "12"), ("Facts", "1")):
        paragraph = document.add_paragraph(f"{title}\t{page}")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(6), 2, 1)
    document.add_paragraph("Signature: ____________________   Date: ______")


def _hyphens(document: Docx) -> None:
    for width in range(3, 9):
        table = document.add_table(rows=1, cols=2, style="Table Grid")
        table.cell(0, 0).width = Inches(width / 10 + 0.6)
        table.cell(0, 0).text = "self-petitioner’s well-founded non-refoulement claim"
        table.cell(0, 1).text = "1–4"


def _long_table(document: Docx) -> None:
    table = document.add_table(rows=70, cols=3, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
    for column, text in enumerate(("Exhibit", "Document", "Pages")):
        table.cell(0, column).text = text
    for row in range(1, 70):
        for column, text in enumerate((f"C-{row}", f"Letter of {row} March", str(row % 7))):
            table.cell(row, column).text = text


def _running_heads(document: Docx) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Harbor & Vale"
    section.header.paragraphs[0].text = "Amina Rahimi\tRequest for Parole\tA 000-000-000"
    for footer in (section.footer, section.first_page_footer):
        page_x_of_y(footer.paragraphs[0])
    for number in range(90):
        document.add_paragraph(f"Amina Rahimi, point {number}.")


def _odd_and_even(document: Docx) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.header.paragraphs[0].text = "Odd page"
    section.even_page_header.paragraphs[0].text = "Even page"
    for _ in range(30):
        document.add_paragraph(SENTENCE * 2)


def _even_pages_that_do_not_differ(document: Docx) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].even_page_header.paragraphs[0].text = "Never printed"
    document.settings.odd_and_even_pages_header_footer = False
    document.sections[0].header.paragraphs[0].text = "Every page"
    for _ in range(20):
        document.add_paragraph(SENTENCE * 2)


def _two_sections(document: Docx) -> None:
    document.sections[0].header.paragraphs[0].text = "Part one"
    document.add_paragraph(SENTENCE)
    section = document.add_section()
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Part two"
    document.add_paragraph(SENTENCE)


def _lists(document: Docx) -> None:
    levels = [("upperRoman", "%1.", ""), ("decimal", "%1.%2", ""), ("lowerLetter", "(%3)", "")]
    define_list(document, [*levels, ("bullet", "•", "")])
    for number in range(12):
        for level in range(4):
            numbered(document.add_paragraph(f"Point {number % 2}"), level)


def _links(document: Docx) -> None:
    inner = run("See ") + f'<w:hyperlink w:anchor="x">{run("Ex. C at 3")}</w:hyperlink>' + run(".")
    for _ in range(3):
        add(document.add_paragraph(), inner)


@pytest.mark.parametrize(
    "fill",
    [
        _long_notes,
        _leaders,
        _hyphens,
        _long_table,
        _running_heads,
        _odd_and_even,
        _even_pages_that_do_not_differ,
        _two_sections,
        _lists,
        _links,
    ],
)
def test_a_well_formed_document_raises_no_alarm(
    fill: Callable[[Docx], None], tmp_path: Path, engine: Engine
) -> None:
    document = blank()
    fill(document)
    path = saved(document, tmp_path / "x.docx")
    job = Job(path, tmp_path / "x.pdf", "x.docx")

    typeset([job], engine)

    assert lost_words(path, job.pdf) == _NOTHING


def test_a_dropped_footnote_is_found(tmp_path: Path, engine: Engine) -> None:
    with_note, without = blank(), blank()
    add_footnotes(with_note, ["Overstay of 2019, see Exhibit C."])
    add(with_note.add_paragraph(), run(SENTENCE) + note(1))
    without.add_paragraph(SENTENCE)
    path = saved(with_note, tmp_path / "x.docx")
    job = Job(saved(without, tmp_path / "y.docx"), tmp_path / "y.pdf", "y")
    typeset([job], engine)

    assert _lost(lost_words(path, job.pdf)) == [("Overstay of 2019, see Exhibit C.", "footnote 1")]


def test_a_content_control_that_dxpdf_drops_is_found(tmp_path: Path) -> None:
    inner = run("Name: ") + f"<w:sdt><w:sdtContent>{run('Amina Rahimi')}</w:sdtContent></w:sdt>"
    path = with_text(tmp_path / "x.docx", inner)
    _convert_unprepared(path)

    assert _lost(lost_words(path, path.with_suffix(".pdf"))) == [("Amina Rahimi", "paragraph 1")]


def test_a_character_that_no_font_has_is_found(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("Known as 王小明 at home"))
    _convert_unprepared(path)

    assert _lost(lost_words(path, path.with_suffix(".pdf"))) == [("王小明", "paragraph 1")]


def test_a_bullet_that_libreoffice_drops_is_found(tmp_path: Path) -> None:
    needs("soffice")
    document = blank()
    document.add_paragraph("A point of the list", style="List Bullet")
    path = saved(document, tmp_path / "x.docx")
    _convert_unprepared(path, libreoffice)

    found = lost_words(path, path.with_suffix(".pdf"))

    assert _lost(found) == [("the number or bullet", "paragraph 1")]


def test_deleted_text_that_libreoffice_prints_is_found(tmp_path: Path) -> None:
    needs("soffice")
    deleted = "<w:r><w:delText>MISTAKE</w:delText></w:r>"
    inner = run("Kept. ") + f'<w:del w:id="1" w:author="M">{deleted}</w:del>'
    path = with_text(tmp_path / "x.docx", inner)
    _convert_unprepared(path, libreoffice)

    assert [each.word for each in lost_words(path, path.with_suffix(".pdf")).added] == ["mistake"]


def test_a_broken_reference_that_libreoffice_prints_is_found(tmp_path: Path) -> None:
    needs("soffice")
    path = with_text(tmp_path / "x.docx", run("See ") + field("REF _Ref9 \\h", "Exhibit C"))
    _convert_unprepared(path, libreoffice)

    found = _faults(path, path.with_suffix(".pdf").read_bytes())

    assert isinstance(found[0], BrokenReferencePrintedError)
    assert str(found[0]).startswith(
        'x.docx: page 1 of the PDF made of it says "Error: Reference source". In Word, delete'
    )


def test_footnotes_that_dxpdf_prints_over_the_text_are_found(tmp_path: Path) -> None:
    document = blank()
    add_footnotes(document, [SENTENCE * 12, SENTENCE * 12])
    for number in range(12):
        paragraph = document.add_paragraph(SENTENCE * 4)
        if number in {9, 10}:
            add(paragraph, note(number - 8))
    path = saved(document, tmp_path / "x.docx")

    with pytest.raises(OverprintedError, match=r"on page \d of .* are printed over one another"):
        typeset([Job(path, tmp_path / "x.pdf", "x.docx")], dxpdf)


def _convert_unprepared(path: Path, engine: Engine = dxpdf) -> None:
    """Convert without any of the checks that come before."""
    from packet_builder.documents import fonts  # noqa: PLC0415 - used here only
    from packet_builder.sandbox import closed  # noqa: PLC0415 - used here only

    scratch = path.parent / "scratch"
    scratch.mkdir()
    environ = closed.environment(scratch, fonts.fontconfig_file(scratch))
    engine.convert([Job(path, path.with_suffix(".pdf"), path.name)], environ)


def test_a_lost_table_cell_is_found_although_its_word_is_printed_elsewhere(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("The passport of the beneficiary is attached.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Passport", "Exhibit A"
    path = saved(document, tmp_path / "x.docx")
    sentence = "The passport of the beneficiary is attached."

    assert _compared(path, [sentence, "Passport", "Exhibit A"]) == _NOTHING
    assert _lost(_compared(path, [sentence, "Exhibit A"])) == [("Passport", "paragraph 2")]


def test_a_lost_word_is_named_with_its_paragraph(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("She did not overstay her visa."))

    assert _compared(path, ["She did overstay her visa."]) == Differences(
        (Loss("not", 'paragraph 1 ("She did not overstay her visa.")'),), ()
    )


def test_a_changed_word_is_lost_and_added(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("The fee is $1,020 today."))

    differences = _compared(path, ["The fee is $1,000 today."])

    assert _lost(differences) == [("$1,020", "paragraph 1")]
    assert differences.added == (Added("$1,000", 1),)


def test_a_header_that_a_page_lacks_is_found(tmp_path: Path) -> None:
    document = blank()
    document.sections[0].header.paragraphs[0].text = "Amina Rahimi"
    document.add_paragraph("First sentence of it.")
    document.add_paragraph("Second sentence of it.")
    path = saved(document, tmp_path / "x.docx")
    pages = ["Amina Rahimi", "First sentence of it."], ["Second sentence of it."]

    assert _compared(path, *pages).losses == (
        Loss("Amina Rahimi", 'header 1 ("Amina Rahimi") on page 2'),
    )


def test_a_header_of_one_of_two_sections_that_no_page_has_is_found(tmp_path: Path) -> None:
    document = blank()
    _two_sections(document)
    path = saved(document, tmp_path / "x.docx")

    found = _compared(path, ["Part one", SENTENCE], [SENTENCE])

    assert found.losses == (Loss("Part two", 'header 1 ("Part two")'),)


def test_a_lost_number_is_found(tmp_path: Path) -> None:
    document = blank()
    define_list(document, [("lowerLetter", "(%1)", "")])
    for text in ("a first point", "a second point"):
        numbered(document.add_paragraph(text), 0)
    path = saved(document, tmp_path / "x.docx")

    assert _compared(path, ["(a) a first point", "(b) a second point"]) == _NOTHING
    assert _lost(_compared(path, ["(a) a first point", "a second point"])) == [
        ("the number or bullet", "paragraph 2")
    ]
    assert _lost(_compared(path, ["A. a first point", "(b) a second point"])) == [
        ("the number or bullet", "paragraph 1")
    ]


def test_words_divided_and_glued_are_the_same_words(tmp_path: Path) -> None:
    document = blank()
    add_footnotes(document, ["See Exhibit C."])
    add(
        document.add_paragraph(),
        run("The humanitarian request of 2026") + note(1) + run(" stands."),
    )
    path = saved(document, tmp_path / "x.docx")

    assert (
        _compared(path, ["The humani-", "tarian request of", "20261 stands.", "1See Exhibit C."])
        == _NOTHING
    )


def test_a_paragraph_may_go_on_on_the_next_page(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("One two three four five six."), run("End."))

    assert _compared(path, ["One two three"], ["four five six.", "End."]) == _NOTHING


def test_a_numbered_paragraph_may_go_on_on_the_next_page(tmp_path: Path) -> None:
    document = blank()
    define_list(document, [("decimal", "%1.", "")])
    for _ in range(2):
        numbered(document.add_paragraph("One two three four five six."), 0)
    path = saved(document, tmp_path / "x.docx")
    whole = "1. One two three four five six."

    assert _compared(path, [whole, "2. One two three"], ["four five six."]) == _NOTHING
    assert _lost(_compared(path, [whole, "2. One two three"], ["five six."])) == [
        ("four", "paragraph 2")
    ]


def test_paragraphs_of_dashes_and_lines_are_no_words(tmp_path: Path) -> None:
    document = blank()
    document.sections[0].header.paragraphs[0].text = "____________"
    for text in ("\u2014", "________", "Text."):
        document.add_paragraph(text)

    assert _compared(saved(document, tmp_path / "x.docx"), ["Text."]) == _NOTHING


def test_an_empty_page_loses_everything(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("One two."))

    assert _lost(_compared(path, [])) == [("One two.", "paragraph 1")]


def test_the_errors_say_what_to_do(tmp_path: Path) -> None:
    paragraphs = [run(f"Sentence number {number} of it.") for number in range(7)]
    path = with_text(tmp_path / "cover.docx", *paragraphs)

    lost, added = _faults(path, _pdf(["A wholly different page."]))

    assert isinstance(lost, TextLostError)
    assert str(lost).startswith(
        'cover.docx: the PDF made of it lacks "Sentence number 0 of it." of paragraph 1 ("Sentence '
        'number 0 of it."); '
    )
    assert str(lost).endswith(
        "; and of 2 more paragraphs. Type these words anew as plain text in Word, or build with "
        "the other engine (--engine)."
    )
    assert isinstance(added, TextAddedError)
    assert str(added).startswith(
        'cover.docx: the PDF made of it shows "a wholly different page." on page 1, which'
    )


def test_text_over_text_is_found(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("Over and under."))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=LETTER)
    canvas.drawString(72, 700, "Over and")
    canvas.drawString(72, 702, "under.")
    canvas.save()

    found = _faults(path, stream.getvalue())

    assert [type(fault) for fault in found] == [OverprintedError]
    assert 'on page 1 of the PDF made of it, "' in str(found[0])


def test_text_beyond_the_paper_is_found(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("On the paper."), run("Wide table"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=LETTER)
    canvas.drawString(72, 700, "On the paper.")
    canvas.drawString(590, 600, "Wide table")
    canvas.save()

    (fault,) = _faults(path, stream.getvalue())

    assert isinstance(fault, CutOffError)
    assert 'on page 1 of the PDF made of it, "Wide' in str(fault)


def test_a_lost_picture_is_found(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("Signed: ").add_run().add_picture(picture(), width=Inches(1))
    path = saved(document, tmp_path / "x.docx")

    (fault,) = _faults(path, _pdf(["Signed:"]))

    assert isinstance(fault, PictureLostError)
    assert str(fault).startswith("x.docx: the document shows 1 pictures, the PDF made of it 0.")


def test_names_in_arabic_and_hebrew_are_compared_letter_by_letter(tmp_path: Path) -> None:
    needs("soffice")
    inner = run("Known as محمد رضا, born ۱۳۵۸, and שלום כהן (Kabul) at 3")
    path = with_text(tmp_path / "x.docx", inner)
    job = Job(path, tmp_path / "x.pdf", "x.docx")
    typeset([job], libreoffice)

    assert lost_words(path, job.pdf) == _NOTHING
    assert _lost(_compared(path, ["Known as , born , and (Kabul) at 3"])) == [
        ("محمد رضا, ۱۳۵۸, שלום כהן", "paragraph 1")
    ]


def test_a_letter_with_all_that_ours_have_raises_no_alarm(tmp_path: Path, engine: Engine) -> None:
    path = letter(tmp_path / "letter.docx")
    job = Job(path, tmp_path / "letter.pdf", "letter.docx")

    typeset([job], engine)

    assert lost_words(path, job.pdf) == _NOTHING
