"""What somebody gets who hears a packet, or searches it, and does not see its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.documents.word.text import Story, read
from packet_builder.documents.word.word import open_word
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case
from tests.needed import needs

ENGINES = ("dxpdf", "libreoffice")


@dataclass(frozen=True)
class Made:
    """A packet, and what it says of itself."""

    result: Built

    @property
    def path(self) -> Path:
        assert self.result.packet is not None, self.result.findings
        return self.result.packet

    def documents(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.result.manifest["documents"] if row["kind"] == kind]

    def words_in_order(self, row: dict[str, Any]) -> str:
        """Give the words of a document's pages as they follow one another in the file."""
        document = pypdfium2.PdfDocument(self.path)
        try:
            pages = [document[page] for page in range(row["first_page"] - 1, row["last_page"])]
            return plain("".join(page.get_textpage().get_text_range() for page in pages))
        finally:
            document.close()


@pytest.fixture(scope="module", params=ENGINES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    if request.param == "libreoffice":
        needs("soffice")
    folder = tmp_path_factory.mktemp(request.param)
    write_case(folder / "cases", WHOLE)
    folders = Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")
    return Made(built(Order("boateng", folders, None, request.param), lambda _: None))


def plain(text: str) -> str:
    """Give text without spaces, line breaks and hyphens, which engines set each in their way."""
    return "".join(letter for letter in text if letter.isalnum())


def test_the_paragraphs_of_letters_follow_one_another_as_they_were_written(made: Made) -> None:
    letters = made.documents("letter")

    for row in letters:
        word = open_word(made.path.parent / "letters" / f"{row['id']}.docx")
        words, at = made.words_in_order(row), 0
        written = [one for one in read(word).paragraphs if one.story is Story.BODY]
        for paragraph in written:
            beginning = plain(paragraph.plain)[:60]
            found = words.find(beginning, at)
            assert found >= 0, (row["id"], paragraph.plain)
            at = found + len(beginning)
        assert len(written) > 10
    assert len(letters) == 3


def test_each_link_says_where_it_leads_and_the_key_leads_through_them_row_by_row(
    made: Made,
) -> None:
    linked = 0
    for page in PdfReader(made.path).pages:
        links = [link.get_object() for link in page.get("/Annots", ())]
        own = [link for link in links if "/Dest" in link]
        linked += len(own)
        assert all(str(link["/Contents"]).startswith("Exhibit ") for link in own)
        assert not links or str(page["/Tabs"]) == "/R"

    assert linked > 5


def test_what_is_said_of_a_packet_holds_no_name(made: Made) -> None:
    reader = PdfReader(made.path)

    assert reader.metadata == {"/Title": "Request for Humanitarian Parole"}
    assert str(reader.root_object["/Lang"]) == "en-US"
    assert "/Metadata" not in reader.root_object


def test_the_numbers_in_the_foot_are_passed_over(made: Made) -> None:
    for page in PdfReader(made.path).pages:
        content = page.get_contents()
        assert content is not None
        marked, stamp = content.get_data().split(b"/Artifact BMC")[-1].split(b"EMC")[:2]
        assert b"Page " in marked
        assert b"Tj" not in stamp
