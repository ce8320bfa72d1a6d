"""The further filings of the sample `full` are built with one command each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.rules.internal_mark import INTERNAL_MARK, is_internal
from packet_builder.workspace import Folders, digest_of, shipped
from tests.samples.make_later import FOLDER
from tests.samples.make_minimal import CASES

SAMPLE = CASES / "full"
#: What the embedded engine does not print.
_PERSIAN = "  language: fa\n"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The samples, without the letters that only LibreOffice prints, and without blank forms."""
    folder = tmp_path_factory.mktemp("filings")
    shutil.copytree(CASES, folder / "cases")
    for path in (folder / "cases" / "full" / "filings").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(_PERSIAN, ""), encoding="utf-8")
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


def build(folders: Folders, filing: str) -> Built:
    result = built(Order("full", folders, None, "dxpdf", filing), lambda _: None)
    assert result.packet is not None, result.findings
    return result


def titles(manifest: Mapping[str, Any], *kinds: str) -> list[str]:
    return [row["title"] for row in manifest["documents"] if row["kind"] in kinds]


def text_of(packet: Path | None, page: int) -> str:
    assert packet is not None
    document = pypdfium2.PdfDocument(packet)
    try:
        text: str = document[page - 1].get_textpage().get_text_range()
    finally:
        document.close()
    return " ".join(text.split())


def test_the_script_makes_what_came_later_byte_for_byte(tmp_path: Path) -> None:
    # In a process of its own: reportlab keeps what other tests have set in its module.
    script = "from pathlib import Path\nfrom tests.samples.make_later import make_later as make\n"
    command = (sys.executable, "-c", f"{script}make(Path({str(tmp_path)!r}))")
    subprocess.run(command, cwd=CASES.parent, check=True)

    made = {path.name: digest_of(path) for path in tmp_path.iterdir()}
    assert made == {path.name: digest_of(path) for path in FOLDER.iterdir()}


def test_the_folder_for_the_port_of_entry_opens_with_one_page_for_the_officer(
    folders: Folders,
) -> None:
    result = build(folders, "port-of-entry")
    manifest, page = result.manifest, text_of(result.packet, 1)

    assert titles(manifest, "letter") == [
        "Summary for the Officer",
        "Questions and Answers",
        "Request for Parole-Fee Exception, Nika Sohrabi",
        "Request for Parole-Fee Exception, Roya Daneshpour",
        "Request for Parole-Fee Exception, Arash Sohrabi",
    ]
    assert manifest["documents"][0]["last_page"] == 1
    assert manifest["exhibits"][0]["id"] == "approval-notice"
    assert {row["form"] for row in manifest["forms"]} == {"G-28", "I-134"}
    for words in (
        "approved Form I-131 on December 11, 2026",
        "until January 9, 2027",
        "receipt SPM0000000903",
        "Twelve months",
        "+1 847 555 0104",
        "the fee is, as reported, $1,050",
        "Miriam R. Achterberg",
    ):
        assert words in page.replace("\u00a0", " ")


def test_the_memorandum_is_internal_on_every_page_and_says_what_is_not_established(
    folders: Folders,
) -> None:
    result = build(folders, "strategy-memo")
    pages = [text_of(result.packet, page) for page in (1, 2, 3)]

    assert result.packet is not None
    assert result.packet.name == "INTERNAL-not-for-filing.pdf"
    assert all(is_internal(page) and INTERNAL_MARK in page for page in pages)
    assert not [page for page in pages if "DRAFT" in page]
    bar = "June 9, 2028 deadline, open Last departure before the 3-year bar All"
    assert bar in pages[1]
    assert "Not established: ask or decide" in pages[1]


def test_the_letter_to_the_client_has_the_dates_of_the_entry(folders: Folders) -> None:
    result = build(folders, "client-letter")
    text = " ".join(text_of(result.packet, page) for page in range(1, 6))

    assert titles(result.manifest, "letter") == ["Letter to the Client"]
    for words in ("Parole ends on December 12, 2027", "September 13, 2027", "June 15, 2027"):
        assert words in text
    tables = {row["table"] for row in result.manifest["law"]}
    assert tables >= {"explanations", "route_points", "deadlines"}
    assert tables.isdisjoint({"fees", "filing_addresses"})


def test_the_exceptions_go_by_themselves_with_what_proves_them(folders: Folders) -> None:
    result = build(folders, "fee-exception")

    letters = titles(result.manifest, "letter")
    assert letters[0] == "Cover Letter"
    assert len([title for title in letters if title.startswith("Request for")]) == 3
    assert titles(result.manifest, "form", "slip") == []
    assert all(row["cited_by"] for row in result.manifest["exhibits"])
    assert "Customs and Border Protection" in text_of(result.packet, 1)
