"""What a build does, counted: nothing is rendered, converted, copied or compared twice."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from packet_builder.assembly import evidence
from packet_builder.assembly.again import built_again
from packet_builder.assembly.order import Built, Order
from packet_builder.documents.engines import dxpdf
from packet_builder.documents.letters import letter
from packet_builder.documents.sheets import report, sheets
from packet_builder.packet import comparison, segment_making
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case, write_pdf

#: What each kind of work is done by.
WORKERS: dict[str, tuple[Any, str]] = {
    "files taken in": (evidence, "intake_apart"),
    "letters rendered": (letter, "render_letter"),
    "letters converted": (dxpdf, "convert"),
    "sheets set": (sheets, "typeset"),
    "reports set": (report, "typeset"),
    "segments written": (segment_making, "write_segment"),
    "pages compared": (comparison, "_difference"),
}

#: A second kind of filing, and a filing of that kind.
FOLDER = """\
title: A Folder
audience: parolee
documents:
  - {index: exhibits}
  - {exhibits: all}
groups:
  - {id: all, heading: All, kinds: [passport, physician_letter, tax_return]}
"""
CARRIED = """\
filing: {kind: folder, delivery: online, date: 2026-12-01, exhibits: [passport, doctor]}
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    write_case(tmp_path / "cases")
    output = tmp_path / "output"
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", output)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is done."""
    done = Counter[str]()
    for kind, (module, name) in WORKERS.items():
        monkeypatch.setattr(module, name, counting(done, kind, getattr(module, name)))
    return done


def counting(done: Counter[str], kind: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any function
        done[kind] += len(arguments[0]) if kind == "letters converted" else 1
        return work(*arguments, **named)

    return counted


def written(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def build(folders: Folders, *changes: tuple[str, str], filing: str | None = None) -> Built:
    if changes:
        (folders.cases / "boateng" / "case.yaml").write_text(changed(*changes), encoding="utf-8")
    return built_again(Order("boateng", folders, None, "dxpdf", filing), lambda _: None)


def test_a_first_build_does_everything_once(folders: Folders, work: Counter[str]) -> None:
    manifest = build(folders).manifest

    kinds = Counter(row["kind"] for row in manifest["documents"])
    assert work == {
        "files taken in": 3,
        "letters rendered": kinds["letter"],
        "letters converted": kinds["letter"],
        "sheets set": 1 + kinds["separator"] + kinds["slip"] + kinds["notice"] + 2 * kinds["index"],
        "reports set": 2,
        "segments written": sum(len(row["sha256"]) for row in manifest["documents"]),
        "pages compared": manifest["packet"]["pages"],
    }


def test_a_changed_fact_makes_again_what_prints_it_and_nothing_else(
    folders: Folders, work: Counter[str]
) -> None:
    before = build(folders).manifest
    work.clear()

    after = build(folders, ("He needs an operation.", "He needs surgery.")).manifest

    same = {row["id"]: row["sha256"] for row in before["documents"]}
    again = [row for row in after["documents"] if same[row["id"]] != row["sha256"]]
    assert [row["id"] for row in again] == ["letter-cover_letter"]
    assert work == {
        "letters rendered": 1,
        "letters converted": 1,
        "segments written": 1,
        "pages compared": sum(row["last_page"] - row["first_page"] + 1 for row in again),
        "reports set": 1,  # the preflight report names the packet by its digest
    }


def test_an_inserted_exhibit_is_taken_in_and_all_other_evidence_is_copied(
    folders: Folders, work: Counter[str]
) -> None:
    before = build(folders).manifest
    write_pdf(folders.cases / "boateng" / "exhibits" / "birth.pdf", ("Birth of Kwabena", "Seal"))
    new = "{id: birth, title: Birth, kind: birth_certificate, file: exhibits/birth.pdf, "
    new += "of: [kwabena], purpose: shows who he is}"
    work.clear()

    after = build(folders, ("evidence:\n", f"evidence:\n  - {new}\n")).manifest

    exhibits = {row["id"]: (row["letter"], row["pages"]) for row in after["exhibits"]}
    assert exhibits["birth"][1] == 2
    moved = [row for row in before["exhibits"] if row["letter"] != exhibits[row["id"]][0]]
    assert moved
    own = [row for row in after["documents"] if row["kind"] != "exhibit"]
    known = {digest for row in before["documents"] for digest in row["sha256"]}
    fresh = [row for row in own if not known.issuperset(row["sha256"])]
    pages = sum(row["last_page"] - row["first_page"] + 1 for row in fresh)
    assert work["files taken in"] == 1
    assert work["segments written"] == 1 + len(fresh)
    assert work["pages compared"] == 2 + pages


def test_filings_of_a_case_share_what_was_made_of_its_evidence(
    folders: Folders, work: Counter[str], tmp_path: Path
) -> None:
    templates = shutil.copytree(shipped("templates"), tmp_path / "templates")
    (templates / "outlines" / "folder.yaml").write_text(FOLDER, encoding="utf-8")
    office = replace(folders, templates=templates)
    first = build(office).manifest
    (office.cases / "boateng" / "filings").mkdir()
    (office.cases / "boateng" / "filings" / "carried.yaml").write_text(CARRIED, encoding="utf-8")
    work.clear()

    second = build(office, filing="carried").manifest

    exhibits = [row for row in second["documents"] if row["kind"] == "exhibit"]
    of_the_first = [row["sha256"] for row in first["documents"] if row["kind"] == "exhibit"]
    assert len(exhibits) == 2
    assert all(row["sha256"] in of_the_first for row in exhibits)
    own = [row for row in second["documents"] if row["kind"] != "exhibit"]
    assert work["files taken in"] == 0
    assert work["segments written"] == len(own)
    assert work["pages compared"] == sum(row["last_page"] - row["first_page"] + 1 for row in own)


def test_what_is_as_it_was_is_not_touched(folders: Folders, work: Counter[str]) -> None:
    build(folders)
    far_ahead = 4_000_000_000  # or what was written within the last seconds would be read again
    os.utime(folders.output / ".office" / "clients.json", (far_ahead, far_ahead))
    before = written(folders.output)
    work.clear()

    assert build(folders).unchanged

    assert not work
    assert written(folders.output) == before


def test_without_its_cache_a_case_gets_the_very_same_packet(folders: Folders) -> None:
    """What is copied from kept segments is what would be bound anew."""
    build(folders)
    warm = build(folders, ("He needs an operation.", "He needs surgery."))
    shutil.rmtree(folders.output / "boateng")

    cold = build(folders, ("He needs an operation.", "He needs surgery."))

    assert cold.manifest["packet"] == warm.manifest["packet"]
