"""Names of files mean the same on every system, and line ends mean nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from packet_builder import system
from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.assembly.starter import CaseNameError, check_names
from packet_builder.file_names import can_lie_here, meeting, wrong_on_windows
from packet_builder.handover.listing import Listed, Listing, Place, unsafe_names, wrong_elsewhere
from packet_builder.packet.manifest import MANIFEST
from packet_builder.review.docket import open_docket
from packet_builder.system import System
from packet_builder.unforeseen import StorageError, as_error
from packet_builder.workspace import Folders, contained_file, shipped

SAMPLES = Path(__file__).parents[1] / "case_data"
TEXT = {".yaml", ".typ"}
LAW = b"""checked:
  - table: fees
    id: i131_item7_paper
    checked_on: 2026-11-25
    source: uscis.gov/g-1055
    status: primary
    by: "Lee, for
      the office"
"""


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "SYSTEM", System.WINDOWS)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        *(
            (name, "keeps for a device")
            for name in ("CON", "con.pdf", "Aux.tar.gz", "COM1", "lpt³")
        ),
        ("letter.", "ends with a dot"),
        ("letter ", "ends with a dot or a space"),
        ("scan 12:30?.pdf", "has : ? in it"),
        ("a\\b.pdf", "has"),
    ],
)
def test_a_name_that_windows_does_not_take_says_why(name: str, reason: str) -> None:
    assert reason in (wrong_on_windows(name) or "")


@pytest.mark.parametrize("name", ["console.pdf", "COM10", ".hidden", "a.b.c", "état.pdf", "com"])
def test_a_usual_name_can_lie_everywhere(name: str) -> None:
    assert wrong_on_windows(name) is None
    assert can_lie_here(name)


def test_names_meet_where_capitals_and_accents_do_not_count() -> None:
    names = ("a/Letter.pdf", "a/letter.PDF", "b/letter.pdf", "a/\u00e9.pdf", "a/e\u0301.pdf")

    assert list(meeting(names)) == ["a/letter.PDF", "a/e\u0301.pdf"]


def listing_of(*names: str) -> Listing:
    files = tuple(
        Listed(place=Place.CASE, name=name, sha256="0" * 64, bytes=1, read_only=False)
        for name in names
    )
    return Listing(format=1, program="1", case="rahimi", files=files)


@pytest.mark.parametrize("names", [("exhibits/aux.pdf",), ("a.pdf", "A.pdf")])
def test_an_archive_that_windows_cannot_hold_is_named_when_it_is_made_and_refused_there(
    names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listing_of(*names)
    (said,) = wrong_elsewhere(listing)

    assert said.startswith(names[-1])
    assert list(unsafe_names(listing)) == []
    monkeypatch.setattr(system, "SYSTEM", System.WINDOWS)
    assert list(unsafe_names(listing)) == ["the name of a file (case)"]


@pytest.mark.parametrize("name", ["CON", "nul.2026", "rahimi."])
def test_a_case_is_never_called_what_windows_cannot_name(name: str, tmp_path: Path) -> None:
    folders = Folders(tmp_path, shipped("templates"), tmp_path, tmp_path)

    with pytest.raises(CaseNameError):
        check_names(folders, name, ())


@pytest.mark.parametrize(
    "named", ["exhibits/LETTER.PDF", "Exhibits\\letter.pdf", "./exhibits/Letter.pdf"]
)
def test_capitals_and_backslashes_mean_the_same_on_every_system(named: str, tmp_path: Path) -> None:
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits" / "Letter.pdf").write_bytes(b"x")

    assert contained_file(tmp_path, named).read_bytes() == b"x"


def test_of_two_files_the_one_that_is_spelled_so_is_meant(tmp_path: Path) -> None:
    for name in ("a.pdf", "A.pdf"):
        (tmp_path / name).write_text(name, encoding="utf-8")

    assert contained_file(tmp_path, "A.pdf").read_text(encoding="utf-8") == "A.pdf"


@pytest.mark.usefixtures("windows")
def test_a_path_that_is_too_long_for_windows_is_said_with_its_cure(tmp_path: Path) -> None:
    path = str(tmp_path / ("a" * 300))

    error = as_error(FileNotFoundError(2, "No such file", path), tmp_path)

    assert isinstance(error, StorageError)
    assert f"its path has {len(path)} characters, and Windows takes 259" in str(error)


def office_in(folder: Path, *, line_end: bytes) -> Folders:
    """Copy the sample office with its templates, every text with such line ends."""
    (folder / "case_data").mkdir(parents=True)
    shutil.copytree(SAMPLES / "minimal", folder / "case_data" / "minimal")
    for name in ("firm.yaml", "logo.png"):
        shutil.copy(SAMPLES / name, folder / "case_data")
    shutil.copytree(shipped("templates"), folder / "templates")
    (folder / "case_data" / "law.yaml").write_bytes(LAW)
    for path in folder.rglob("*"):
        if path.suffix in TEXT:
            text = path.read_bytes().replace(b"\r\n", b"\n")
            path.write_bytes(text.replace(b"\n", line_end))
    return Folders(folder / "case_data", folder / "templates", folder / "forms", folder / "output")


def test_line_ends_change_no_byte_of_packet_and_manifest(tmp_path: Path) -> None:
    made = {}
    for line_end in (b"\n", b"\r\n"):
        folders = office_in(tmp_path / line_end.hex(), line_end=line_end)
        packet = built(Order("minimal", folders, None, "dxpdf"), lambda _: None).packet
        assert packet is not None
        made[line_end] = packet.read_bytes(), (packet.parent / MANIFEST).read_bytes()
        texts = (path.read_bytes() for path in folders.cases.rglob("*.yaml"))
        assert all((b"\r\n" in text) == (line_end == b"\r\n") for text in texts)

    assert made[b"\n"] == made[b"\r\n"]


def test_saving_a_file_with_other_line_ends_is_no_edit(tmp_path: Path) -> None:
    folders = office_in(tmp_path, line_end=b"\n")
    built(Order("minimal", folders, None, "dxpdf"), lambda _: None)
    case, facts = folders.cases / "minimal", folders.cases / "minimal" / "case.yaml"

    facts.write_bytes(facts.read_bytes().replace(b"\n", b"\r\n"))
    assert open_docket(case, folders.output / "minimal").edited_since() == ()

    facts.write_bytes(facts.read_bytes() + b"# x\r\n")
    assert open_docket(case, folders.output / "minimal").edited_since() == ("case.yaml",)
