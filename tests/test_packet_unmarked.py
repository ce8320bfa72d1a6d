from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet import unmarked
from packet_builder.packet.bind import Binding, bind
from packet_builder.packet.unmarked import (
    FinalDiffersError,
    Mark,
    MarkUnclearError,
    mark_of,
    prove,
    write_unmarked,
)
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from packet_builder.workspace import digest_of
from tests.cases import write_pdf

LINES = ("The first page says DRAFT lease.", "The second.", "The third.")


def bound(folder: Path, lines: tuple[str, ...] = LINES, *, draft: bool = True) -> Path:
    source = folder / "source.pdf"
    write_pdf(source, lines)
    file = PdfFile(source, len(lines), digest_of(source))
    document = Document("letter-x", DocumentKind.LETTER, "Letter", (file,))
    target = folder / ("draft.pdf" if draft else "clean.pdf")
    bind((document,), number((document,)), target, Binding("Request", draft=draft))
    return target


def words_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_final_has_no_mark_and_the_draft_has_it_on_every_page(tmp_path: Path) -> None:
    draft, final = bound(tmp_path), tmp_path / "final.pdf"
    mark = write_unmarked(draft, final)
    prove(draft, final, mark, digest_of(draft))

    assert [words.count("DRAFT") for words in words_of(draft)] == [2, 1, 1]
    assert [words.count("DRAFT") for words in words_of(final)] == [1, 0, 0]
    assert "DRAFT lease" in words_of(final)[0]
    assert "Page 2 of 3" in words_of(final)[1]


def test_every_other_byte_is_as_it_was_approved(tmp_path: Path) -> None:
    draft, final = bound(tmp_path), tmp_path / "final.pdf"
    mark = write_unmarked(draft, final)
    before, after = draft.read_bytes(), final.read_bytes()
    end = mark.offset + len(mark.drawn)

    assert before[: mark.offset] == after[: mark.offset]
    assert before[end:] == after[end:]
    assert before[mark.offset : end] == mark.drawn
    assert after[mark.offset : end] == b" " * len(mark.drawn)
    assert b"(DRAFT) Tj" in mark.drawn
    assert len(mark.drawn) < 120


def test_the_final_shows_what_a_packet_bound_without_a_mark_shows(tmp_path: Path) -> None:
    draft, clean, final = bound(tmp_path), bound(tmp_path, draft=False), tmp_path / "final.pdf"
    write_unmarked(draft, final)

    pictures = []
    for path in (clean, final, draft):
        document = pypdfium2.PdfDocument(path)
        pictures.append([page.render(scale=0.5).to_pil().tobytes() for page in document])
        document.close()
    assert pictures[0] == pictures[1]
    assert all(one != other for one, other in zip(pictures[1], pictures[2], strict=True))


def test_the_final_is_a_sound_pdf(tmp_path: Path) -> None:
    import pikepdf  # noqa: PLC0415

    final = tmp_path / "final.pdf"
    write_unmarked(bound(tmp_path), final)
    with pikepdf.open(final) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert len(PdfReader(final).outline) == 1


def test_a_packet_without_the_mark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkUnclearError, match="page 1"):
        mark_of(bound(tmp_path, draft=False))


def replaced(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert len(old) == len(new)
    assert old in content
    path.write_bytes(content.replace(old, new, 1))
    return path


def test_a_page_that_does_not_draw_the_mark_is_refused(tmp_path: Path) -> None:
    draft = replaced(bound(tmp_path), b"/Artifact BMC /PkD Do EMC ", b"/Artifact BMC /PkE Do EMC ")

    with pytest.raises(MarkUnclearError, match=r"draft\.pdf, page 1"):
        mark_of(draft)


def test_a_mark_that_says_something_else_is_refused(tmp_path: Path) -> None:
    draft = replaced(bound(tmp_path), b"(DRAFT) Tj", b"(CRAFT) Tj")

    with pytest.raises(MarkUnclearError, match="Build again"):
        mark_of(draft)


def test_pages_with_marks_of_their_own_are_refused(tmp_path: Path) -> None:
    draft = bound(tmp_path)
    content = draft.read_bytes()
    reference = content[content.index(b"/PkD ") :].split(b">>")[0]
    font = content[content.index(b"/PkF ") :].split(b">>")[0]
    other = b"/PkD" + font[4:].ljust(len(reference) - 4)[: len(reference) - 4]
    draft.write_bytes(content.replace(reference, other, 1))

    with pytest.raises(MarkUnclearError):
        mark_of(draft)


def test_a_final_with_another_byte_is_not_kept(tmp_path: Path) -> None:
    draft, final = bound(tmp_path), tmp_path / "final.pdf"
    mark = write_unmarked(draft, final)
    replaced(final, b"Page 2 of 3", b"Page 3 of 3")

    with pytest.raises(FinalDiffersError, match="its bytes"):
        prove(draft, final, mark, digest_of(draft))


def test_a_final_whose_mark_is_not_blank_is_not_kept(tmp_path: Path) -> None:
    draft = bound(tmp_path)

    with pytest.raises(FinalDiffersError, match="its bytes"):
        prove(draft, draft, mark_of(draft), digest_of(draft))


def test_the_approved_digest_has_to_be_that_of_the_draft(tmp_path: Path) -> None:
    draft, final = bound(tmp_path), tmp_path / "final.pdf"
    mark = write_unmarked(draft, final)

    with pytest.raises(FinalDiffersError):
        prove(draft, final, mark, hashlib.sha256(b"another").hexdigest())


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (("The first page says DRAFT lease.", "The sécond.", "The third."), "2"),
        (("The first page says DRAFT lease.", "The second."), "3"),
    ],
)
def test_a_page_that_looks_otherwise_is_found_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], pages: str
) -> None:
    """The second proof stands on its own: here the first is blind."""
    draft = bound(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    final = bound(other, lines, draft=False)
    monkeypatch.setattr(unmarked, "digest_with", lambda *_: "approved")

    with pytest.raises(FinalDiffersError, match=rf"page\(s\) .*{pages}"):
        prove(draft, final, Mark(0, b""), "approved")
