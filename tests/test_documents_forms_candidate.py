from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from packet_builder.documents.forms.candidate import Candidate, Mark, read_candidate
from packet_builder.documents.forms.errors import (
    BlankDamagedError,
    BlankLockedError,
    BlankWithoutFieldsError,
    NoBlankError,
)
from tests.blank_forms import blank_folder, blank_form
from tests.makers import locked_pdf, pdf
from tests.new_editions import opened


def test_every_blank_says_the_same_in_barcodes_and_footers_on_every_page() -> None:
    read = {path.stem: read_candidate(path) for path in sorted(blank_folder().glob("*.pdf"))}

    assert read["i-131-2025-01-20"].mark == Mark("I-131", "01/20/25", 1)
    assert read["g-1145-2014-09-26"].footers == (Mark("G-1145", "09/26/14", 1),)
    for name, one in read.items():
        assert one.mark is not None
        assert list(one.disagreements(one.mark.form, one.mark.edition, one.pages)) == [], name


def changed(folder: Path, change: Callable[[PdfWriter], None]) -> Candidate:
    """Read the blank of Form G-28 with something else in it."""
    writer = PdfWriter(clone_from=opened(blank_form("g-28", "2018-09-17")))
    change(writer)
    writer.write(folder / "changed.pdf")
    return read_candidate(folder / "changed.pdf")


def wrong(candidate: Candidate) -> list[str]:
    return list(candidate.disagreements("G-28", "09/17/18", 4))


def barcode_of(writer: PdfWriter, page: int) -> DictionaryObject:
    widgets = [each.get_object() for each in writer.pages[page - 1].annotations or ()]
    found: DictionaryObject = next(one for one in widgets if "PDF417" in str(one.get("/T")))
    return found


def test_a_barcode_that_says_another_page_is_found(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        barcode_of(writer, 2)[NameObject("/V")] = TextStringObject("G-28|09/17/18|3")

    assert wrong(changed(tmp_path, change)) == ["the barcode of page 2 says G-28, 09/17/18, page 3"]


@pytest.mark.parametrize("value", ["G-28|09/17/18", "G-28|09/17/18|two", ""])
def test_a_barcode_that_says_nothing_of_use_is_found(value: str, tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        barcode_of(writer, 2)[NameObject("/V")] = TextStringObject(value)

    assert wrong(changed(tmp_path, change)) == ["the barcode of page 2 says nothing"]


def test_a_page_that_is_missing_is_found(tmp_path: Path) -> None:
    said = wrong(changed(tmp_path, lambda writer: writer.remove_page(3)))

    assert said == ["it has 3 pages, not 4"]


def test_pages_that_are_not_in_their_place_are_found_by_barcode_and_footer(tmp_path: Path) -> None:
    said = changed(tmp_path, lambda writer: writer.remove_page(0))

    assert wrong(said)[1:3] == [
        "the barcode of page 1 says G-28, 09/17/18, page 2",
        "the barcode of page 2 says G-28, 09/17/18, page 3",
    ]
    assert "the footer of page 1 says G-28, 09/17/18, page 2" in wrong(said)


def test_values_that_somebody_gave_are_counted(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        names = ("Pt1Line2a_FamilyName[0]", "Pt1Line2b_GivenName[0]")
        for page in writer.pages:
            for each in page.annotations or ():
                if str(each.get_object().get("/T")) in names:
                    each.get_object()[NameObject("/V")] = TextStringObject("Lind")

    assert changed(tmp_path, change).filled == 2
    assert changed(tmp_path, lambda _: None).filled == 0


def refused(folder: Path, content: bytes) -> str:
    path = folder / "form.pdf"
    path.write_bytes(content)
    kinds = (NoBlankError, BlankDamagedError, BlankLockedError, BlankWithoutFieldsError)
    with pytest.raises(kinds) as caught:
        read_candidate(path)
    return str(caught.value)


def test_a_web_page_that_was_saved_as_a_form_is_no_pdf(tmp_path: Path) -> None:
    assert refused(tmp_path, b"<html>Page not found</html>").startswith("form.pdf is not a PDF.")


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    content = blank_form("g-28", "2018-09-17").read_bytes()

    assert "is damaged or was not downloaded" in refused(tmp_path, content[:4000])


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    assert "asks for a password" in refused(tmp_path, locked_pdf("secret"))


def test_a_printed_form_has_no_fields(tmp_path: Path) -> None:
    assert "it was printed, scanned or flattened" in refused(tmp_path, pdf())


def test_a_form_of_xfa_alone_is_named_as_such(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(612, 792)
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/SigFlags"): NumberObject(0)}
    )
    writer.write(tmp_path / "xfa.pdf")
    assert PdfReader(tmp_path / "xfa.pdf").pages

    assert "it is an XFA form" in refused(tmp_path, (tmp_path / "xfa.pdf").read_bytes())
