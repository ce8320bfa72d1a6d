"""Nothing that is internal to the office gets into a packet, by whatever way it comes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.documents.document import Document, PdfFile, Source
from packet_builder.documents.sheets.report import Part, Report, render_report
from packet_builder.packet.accounting import InternalPageError, account
from packet_builder.packet.bind import Binding, bind
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from packet_builder.rules.internal_mark import INTERNAL_MARK, is_internal
from packet_builder.workspace import Folders, digest_of, shipped
from tests.cases import WHOLE, write_case, write_pdf

PAGES = shipped("templates") / "pages"


def report(path: Path) -> Path:
    parts = (Part("Gaps", ()),)
    made = Report("Evidence Matrix", INTERNAL_MARK, "../packet.pdf", ("Case x",), (), parts)
    render_report(made, path, PAGES)
    return path


def document(path: Path, kind: DocumentKind = DocumentKind.EXHIBIT) -> Document:
    source = Source(f"exhibits/{path.name}", path, digest_of(path))
    file = PdfFile(path, 1, digest_of(path), source=source)
    return Document(f"exhibit-{path.stem}", kind, path.stem, (file,), "A")


def bound(documents: tuple[Document, ...], target: Path) -> None:
    numbering = number(documents)
    bind(documents, numbering, target, Binding("P", draft=True))
    account(target, documents, numbering)


def test_a_report_smuggled_in_as_an_exhibit_is_found_on_the_pages_of_the_packet(
    tmp_path: Path,
) -> None:
    letter = tmp_path / "letter.pdf"
    write_pdf(letter, ("A letter",))
    smuggled = document(report(tmp_path / "matrix.pdf"))
    documents = (replace(document(letter), exhibit="B"), smuggled)

    with pytest.raises(InternalPageError, match=r"matrix\.pdf, page 1 \(page 2 of the packet\)"):
        bound(documents, tmp_path / "packet.pdf")
    bound((document(letter),), tmp_path / "packet.pdf")


def test_a_packet_that_is_never_filed_may_hold_such_pages_and_accounts_for_them(
    tmp_path: Path,
) -> None:
    documents = (document(report(tmp_path / "matrix.pdf")),)
    target = tmp_path / "memo.pdf"
    numbering = number(documents)
    bind(documents, numbering, target, Binding("P", draft=False, internal=True))

    assert [one.page for one in account(target, documents, numbering, internal=True)] == [1]
    with pytest.raises(InternalPageError):
        account(target, documents, numbering)


def test_a_document_of_the_internal_kind_is_refused_whatever_its_pages_say(
    tmp_path: Path,
) -> None:
    plain = tmp_path / "plain.pdf"
    write_pdf(plain, ("Nothing to see",))

    with pytest.raises(InternalPageError, match="plain: this page is marked as internal"):
        bound((document(plain, DocumentKind.INTERNAL),), tmp_path / "packet.pdf")


def test_an_internal_page_among_the_evidence_stops_the_build_at_its_place(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "cases")
    report(folder / "exhibits" / "tax.pdf")
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")

    result = built(Order("boateng", folders, None, "dxpdf"), lambda _: None)

    found = [one for one in result.findings if one["rule"] == "internal-page"]
    assert result.packet is None
    assert [(one["weight"], one["file"]) for one in found] == [("error", "case.yaml")]
    assert 'page 1 of "tax" is marked as internal' in found[0]["message"]


def test_the_signing_sheet_of_a_former_packet_is_found_too(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "cases")
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    order = Order("boateng", folders, None, "dxpdf")
    first = built(order, lambda _: None)
    assert first.packet is not None
    sheet = first.packet.parent / "internal" / "signing-sheet.pdf"
    (folder / "exhibits" / "tax.pdf").write_bytes(sheet.read_bytes())

    result = built(order, lambda _: None)

    assert "internal-page" in {one["rule"] for one in result.findings}


def test_no_internal_file_is_named_among_the_documents_of_a_packet(tmp_path: Path) -> None:
    write_case(tmp_path / "cases", WHOLE)
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    result = built(Order("boateng", folders, None, "dxpdf"), lambda _: None)
    assert result.packet is not None
    manifest = json.loads((result.packet.parent / "packet.json").read_text("utf-8"))

    internal = {row["sha256"] for row in manifest["internal"]}
    filed = {digest for row in manifest["documents"] for digest in row["sha256"]}
    assert len(internal) == 5
    assert internal & filed == set()
    assert "internal" not in {row["kind"] for row in manifest["documents"]}


@pytest.mark.parametrize(
    ("text", "internal"),
    [
        (INTERNAL_MARK, True),
        ("Page 1\nINTERNAL - attorney\nwork  product - not for\r\nfiling 3 of 12", True),
        ("Signing Sheet -- Page 1 of 2 -- Internal: not part of the filing", True),
        ("Attorney work product is a doctrine of internal documents.", False),
        ("This letter is not for filing.", False),
        ("", False),
    ],
)
def test_the_mark_is_read_however_the_page_breaks_it(text: str, *, internal: bool) -> None:
    assert is_internal(text) is internal
