"""The families of fonts that a document's words are set in, wherever Word says so."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from packet_builder.documents.word.families import families_of
from packet_builder.documents.word.word import open_word
from tests.word_samples import blank, saved


def test_a_run_its_style_and_the_style_of_its_paragraph_name_a_font(tmp_path: Path) -> None:
    document = blank()
    document.styles.add_style("Firm Heading", WD_STYLE_TYPE.PARAGRAPH).font.name = "Garamond"
    document.add_paragraph("Plain")
    document.add_paragraph("A heading", style="Firm Heading")
    document.add_paragraph().add_run("By hand").font.name = "Papyrus"
    document.sections[0].footer.paragraphs[0].add_run("Page").font.name = "Verdana"

    found = families_of(open_word(saved(document, tmp_path / "a.docx")))

    assert set(found) == {"Times New Roman", "Garamond", "Papyrus", "Verdana"}


def test_a_font_of_the_theme_is_known_by_its_name(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Plain")
    document.add_heading("A heading", level=1)

    found = families_of(open_word(saved(document, tmp_path / "a.docx")))

    assert found == ("Cambria", "Calibri")


def test_what_is_set_in_a_font_and_has_no_letters_names_none(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph().add_run(" \t").font.name = "Papyrus"

    assert families_of(open_word(saved(document, tmp_path / "a.docx"))) == ()
