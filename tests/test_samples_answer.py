"""The answer of the sample case to a notice is built upon its request, once that is final."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.model.role import Role
from packet_builder.packet.finals import finals_of
from packet_builder.review.decide import Wish, decide
from packet_builder.review.decision import Kind
from packet_builder.review.final import finalize
from packet_builder.workspace import Folders
from tests.review_cases import without_forms
from tests.samples.make_minimal import CASES

FILED = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Give the samples, with the request of `full` made final."""
    folder = tmp_path_factory.mktemp("life")
    shutil.copytree(CASES, folder / "cases")
    templates = without_forms(folder / "templates")
    folders = Folders(folder / "cases", templates, folder / "forms", folder / "output")
    built(Order("full", folders, None, "dxpdf"), lambda _: None)
    case, output = folders.cases / "full", folders.output / "full"
    wish = Wish(Kind.APPROVE, "Miriam R. Achterberg", "2026-12-01", Role.ATTORNEY)
    decide(case, output, "initial_parole", [], wish)
    finalize(case, output, "initial_parole", FILED, lambda *_: None)
    return folders


@pytest.fixture(scope="module")
def answer(folders: Folders) -> Built:
    return built(Order("full", folders, None, "dxpdf", "rfe-1"), lambda _: None)


def test_it_is_built_with_nothing_left_to_look_at(answer: Built) -> None:
    assert [(one["rule"], one["weight"]) for one in answer.findings] == [("answer-partial", "note")]
    assert [row["kind"] for row in answer.manifest["documents"]] == [
        *("enclosure", "letter", "letter", "index", "separator", "exhibit"),
    ]


def test_its_new_exhibit_follows_the_last_of_the_request(folders: Folders, answer: Built) -> None:
    (final,) = finals_of(folders.output / "full" / "initial_parole")
    filed = {row["id"]: row["letter"] for row in final.manifest["exhibits"] if row["letter"]}

    assert list(filed.values())[-1] == "AG"
    assert [row["letter"] for row in answer.manifest["exhibits"]] == ["AH"]


def test_it_cites_what_was_filed_by_letter_and_page(folders: Folders, answer: Built) -> None:
    (final,) = finals_of(folders.output / "full" / "initial_parole")
    first = {row["id"]: row["first_page"] for row in final.manifest["documents"]}
    assert answer.packet is not None
    with pypdfium2.PdfDocument(answer.packet) as opened:
        texts = [opened[page].get_textpage().get_text_range() for page in range(len(opened))]
    said = " ".join(" ".join(texts).replace("\u00a0", " ").split())

    page = first["exhibit-hospice-letter"] + 1
    assert f"Ex. P at 2 [previously submitted; page {page} of the packet filed December 1" in said
    pages = [first["exhibit-sarkissova-letter"] + number for number in (1, 2)]
    assert f"Ex. J at 2, 3 [previously submitted; pages {pages[0]}, {pages[1]} of" in said


def test_its_papers_are_those_that_their_texts_give(tmp_path: Path) -> None:
    # In a process of its own: reportlab keeps what other tests have set in its module.
    script = "from pathlib import Path\nfrom tests.samples.make_full import make_later as make\n"
    command = (sys.executable, "-c", f"{script}make(Path({str(tmp_path)!r}))")
    subprocess.run(command, cwd=CASES.parent, check=True)

    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (CASES / "full" / "later" / path.name).read_bytes(), path.name
