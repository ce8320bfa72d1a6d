"""For whom a filing is decides its marks, its name, and whether and how it is made final."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.commands.finalizing import _write_sheets
from packet_builder.model.audience import Audience
from packet_builder.model.role import Role
from packet_builder.review import final
from packet_builder.review.decide import Wish, decide
from packet_builder.review.decision import Kind
from packet_builder.review.final import Finalized, NeverFinalError
from packet_builder.rules.internal_mark import is_internal
from packet_builder.workspace import Folders, shipped
from tests.cases import write_case

ON = dt.date(2026, 12, 1)
OUTLINE = """\
title: A Folder
audience: {audience}
documents:
  - {{index: exhibits}}
  - {{exhibits: all}}
groups:
  - {{id: all, heading: All, kinds: [passport, physician_letter, tax_return]}}
"""
FILING = """\
filing: {kind: folder, delivery: online, date: 2026-12-01, exhibits: [passport, doctor]}
"""


class Office:
    """An office with one case, which has a filing of a kind of its own."""

    def __init__(self, folder: Path, audience: Audience) -> None:
        self.case = write_case(folder / "cases")
        (self.case / "filings").mkdir()
        (self.case / "filings" / "mine.yaml").write_text(FILING, encoding="utf-8")
        self.templates = folder / "templates"
        shutil.copytree(shipped("templates"), self.templates)
        self.is_for(audience)
        self.output = folder / "output" / "boateng"
        self.filing = self.output / "mine"
        self.folders = Folders(
            folder / "cases", self.templates, folder / "forms", folder / "output"
        )

    def is_for(self, audience: Audience) -> None:
        path = self.templates / "outlines" / "folder.yaml"
        path.write_text(OUTLINE.format(audience=audience), encoding="utf-8")

    def build(self) -> Built:
        result = built(Order("boateng", self.folders, None, "dxpdf", "mine"), lambda _: None)
        assert result.packet is not None, result.findings
        return result

    def finalize(self) -> Finalized:
        wish = Wish(Kind.APPROVE, "Jordan Lee", "2026-12-01", Role.ATTORNEY)
        decide(self.case, self.output, "mine", [], wish)
        return final.finalize(self.case, self.output, "mine", ON, sheets)


def sheets(manifest: Mapping[str, Any], law: Any, parts: Any, folder: Path) -> None:  # noqa: ANN401
    _write_sheets(manifest, law, parts, folder=folder, templates=shipped("templates") / "pages")


def words_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_what_is_internal_says_so_on_every_page_and_in_its_name(tmp_path: Path) -> None:
    result = Office(tmp_path, Audience.OFFICE).build()

    assert result.packet is not None
    assert result.packet.name == "INTERNAL-not-for-filing.pdf"
    assert result.manifest["state"] == "internal"
    assert len(words_of(result.packet)) == 6
    assert all(is_internal(words) for words in words_of(result.packet))
    assert not any("DRAFT" in words for words in words_of(result.packet))
    assert not (result.packet.parent / "packet-DRAFT.pdf").exists()


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.OFFICE])
def test_nothing_else_says_that_it_is_internal(tmp_path: Path, audience: Audience) -> None:
    result = Office(tmp_path, audience).build()

    assert result.packet is not None
    assert result.packet.name == "packet-DRAFT.pdf"
    assert result.manifest["state"] == "draft"
    assert not any(is_internal(words) for words in words_of(result.packet))
    assert all("DRAFT" in words for words in words_of(result.packet))


def test_what_is_internal_is_never_made_final(tmp_path: Path) -> None:
    office = Office(tmp_path, Audience.OFFICE)
    office.build()

    with pytest.raises(NeverFinalError, match='"mine" of "boateng" is internal to the office'):
        office.finalize()

    assert not (office.filing / "final").exists()


def test_an_internal_page_among_the_exhibits_of_another_filing_stops_its_build(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, Audience.OFFICE)
    packet = office.build().packet
    assert packet is not None
    office.is_for(Audience.PAROLEE)
    (office.case / "exhibits" / "doctor.pdf").write_bytes(packet.read_bytes())

    result = built(Order("boateng", office.folders, None, "dxpdf", "mine"), lambda _: None)

    assert result.packet is None
    assert [one["rule"] for one in result.findings if one["weight"] == "error"] == ["internal-page"]


def test_a_filing_that_becomes_internal_leaves_no_draft_to_be_filed(tmp_path: Path) -> None:
    office = Office(tmp_path, Audience.CLIENT)
    office.build()
    office.is_for(Audience.OFFICE)
    office.build()

    assert [path.name for path in office.filing.glob("*.pdf")] == ["INTERNAL-not-for-filing.pdf"]
    assert office.build().unchanged


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (Audience.PAROLEE, ("To be carried to the port of entry; not filed", "in the cabin")),
        (Audience.CLIENT, ("To be handed to the client; not filed", "Note in the file")),
    ],
)
def test_a_final_copy_is_handed_over_and_not_filed(
    tmp_path: Path, audience: Audience, said: tuple[str, ...]
) -> None:
    office = Office(tmp_path, audience)
    office.build()

    done = office.finalize()

    names = {path.relative_to(done.folder).as_posix() for path in done.folder.rglob("*")}
    assert names == {"packet.pdf", "packet.json", "signing-sheet.pdf", "checklist.pdf"}
    assert not any("DRAFT" in words for words in words_of(done.folder / "packet.pdf"))
    listed = " ".join(" ".join(words_of(done.folder / "checklist.pdf")).split())
    assert [words for words in (*said, "Kwabena Boateng") if words not in listed] == []
    assert not any(words in listed for words in ("Upload", "lockbox", "receipt notice", "Send, by"))
