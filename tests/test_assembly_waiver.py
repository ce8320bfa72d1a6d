"""A case that asks for a fee waiver becomes a packet, with Form I-912 on its real blank."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.workspace import Folders, shipped
from tests.blank_forms import blank_form
from tests.cases import write_case
from tests.form_facts import maximal

BLANKS = (("g-28", "2018-09-17"), ("i-912", "2025-07-22"))
#: The facts give everybody the same numbers, so that every box of a form is filled.
ONE_PERSON = "accepted_findings: [{rule: number-shared, reason: invented, by: Jordan Lee}]\n"
#: The program's own outline, with the line of those who give the parolee CBP's notice as well.
CBP = "  - {form: g-28, each: beneficiary}\n"


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("waiver")
    facts = maximal(("basis: [benefit, income, hardship]", "basis: income"))
    write_case(folder / "cases", f"{facts}\n{ONE_PERSON}")
    templates = folder / "templates"
    shutil.copytree(shipped("templates"), templates)
    outline = templates / "outlines" / "initial_parole.yaml"
    text = outline.read_text(encoding="utf-8")
    assert text.count(CBP) == 1
    more = CBP + CBP.replace("}", ", agency: cbp}")
    outline.write_text(text.replace(CBP, more), encoding="utf-8")
    (folder / "forms").mkdir()
    for form, edition in BLANKS:
        shutil.copy(blank_form(form, edition), folder / "forms")
    folders = Folders(folder / "cases", templates, folder / "forms", folder / "output")
    return built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


def text_of(packet: Built, document: str) -> str:
    (row,) = [one for one in packet.manifest["documents"] if one["id"] == document]
    assert packet.packet is not None
    pages = pypdfium2.PdfDocument(packet.packet)
    try:
        spans = range(row["first_page"] - 1, row["last_page"])
        return " ".join(pages[number].get_textpage().get_text_range() for number in spans)
    finally:
        pages.close()


def test_the_request_for_a_fee_waiver_is_bound_in_front_whole(packet: Built) -> None:
    documents = packet.manifest["documents"]
    (row,) = [one for one in documents if one["id"] == "form-i-912"]
    order = [one["id"] for one in documents]

    assert (row["kind"], row["last_page"] - row["first_page"] + 1) == ("form", 8)
    assert order.index("form-i-912") < order.index("form-g-28-kwabena")
    assert not [
        one for one in order if one.startswith(("form-g-1450", "form-g-1650", "form-i-765"))
    ]


def test_form_and_letter_have_the_same_figures(packet: Built) -> None:
    letter = text_of(packet, "letter-fee_waiver")

    assert "45560.40" in text_of(packet, "form-i-912")
    assert "$45,560.40" in letter
    assert "$49,500" in letter


def test_a_form_for_another_agency_stands_beside_its_twin(packet: Built) -> None:
    rows = {one["document"]: one["title"] for one in packet.manifest["forms"]}

    assert {"form-g-28-kwabena", "form-g-28-cbp-kwabena"} <= set(rows)
    assert "Parole at a port of entry" in text_of(packet, "form-g-28-cbp-kwabena")
    assert "Parole at a port of entry" not in text_of(packet, "form-g-28-kwabena")
    assert rows["form-g-28-cbp-kwabena"] in " ".join(text_of(packet, "letter-cover_letter").split())


def test_nothing_is_left_open_on_a_form_that_the_facts_answer(packet: Built) -> None:
    (row,) = [one for one in packet.manifest["forms"] if one["document"] == "form-i-912"]

    assert row["open_questions"] == row["carried"] == row["unplaced"] == []
    assert row["edition"] == "07/22/25"
