from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from packet_builder.assembly import again, build, cache
from packet_builder.assembly.again import built_again, input_files
from packet_builder.assembly.order import Built, Order
from packet_builder.hands import Hands
from packet_builder.workspace import PACKAGE, Folders, shipped
from tests.blank_forms import blank_folder
from tests.cases import write_case, write_pdf
from tests.imported import files_of, modules_of

LIBRARIES = frozenset(
    {"pydantic", "yaml", "pypdf", "pypdfium2", "PIL", "docxtpl", "jinja2", "lxml", "typst"}
    | {"fontTools", "pillow_heif", "multiprocessing", "subprocess"}
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    office = tmp_path / "office"
    write_case(office)
    shutil.copytree(office / "boateng", office / "other")
    with (office / "firm.yaml").open("a", encoding="utf-8") as firm:
        firm.write("logo: pictures/logo.png\n")
    (office / "pictures").mkdir()
    shutil.copy(PACKAGE.parent / "case_data" / "logo.png", office / "pictures" / "logo.png")
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    (tmp_path / "forms").mkdir()
    return Folders(office, tmp_path / "templates", tmp_path / "forms", tmp_path / "output")


def again_of(folders: Folders, **changes: object) -> Built:
    order = Order("boateng", folders, None, "dxpdf")
    return built_again(replace(order, **changes), lambda _: None)  # type: ignore[arg-type]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often a case was read and built, instead of known to be as it was."""
    counted: list[str] = []
    building = build.built

    def counting(order: Order, tell: Callable[[str], None], hands: Hands) -> Built:
        counted.append(order.case)
        return building(order, tell, hands)

    monkeypatch.setattr(build, "built", counting)
    return counted


def test_what_is_as_it_was_is_not_even_read(folders: Folders, reads: list[str]) -> None:
    first = again_of(folders)
    second = again_of(folders)

    assert reads == ["boateng"]
    assert second.unchanged
    assert second.packet == first.packet
    assert second.findings == first.findings
    assert second.manifest["pages"] == first.manifest["pages"]


def put(name: str, content: bytes = b"changed") -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes(content)


def add(name: str) -> Callable[[Path], None]:
    def added(root: Path) -> None:
        with (root / name).open("ab") as stream:
            stream.write(b"\n")

    return added


def rename(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("Kwabena", "Kwaku"), encoding="utf-8")


FILING = "output/boateng/initial_parole"
CHANGES = {
    "a fact": add("office/boateng/case.yaml"),
    "an exhibit": lambda root: write_pdf(root / "office/boateng/exhibits/tax.pdf", ("Other.",)),
    "an exhibit that is gone": lambda root: (root / "office/boateng/exhibits/tax.pdf").unlink(),
    "a file that no fact names": put("office/boateng/exhibits/new.pdf"),
    "the office": add("office/firm.yaml"),
    "the logo": lambda root: shutil.copy(
        PACKAGE.parent / "docs/pictures/closer.png", root / "office/pictures/logo.png"
    ),
    "law of the office": put("office/law.yaml", b"checked: []\n"),
    "another client's name": lambda root: rename(root / "office/other/case.yaml"),
    "a letter's template": add("templates/letters/cover_letter.docx"),
    "an outline": add("templates/outlines/initial_parole.yaml"),
    "a page template": add("templates/pages/style.typ"),
    "a form's map": add("templates/forms/g-28/2018-09-17.yaml"),
    "a blank": put("forms/g-28.pdf"),
    "the packet": add(f"{FILING}/packet-DRAFT.pdf"),
    "an empty folder of a run that was killed": lambda root: (root / FILING / ".scratch-x").mkdir(),
    "the manifest": add(f"{FILING}/packet.json"),
    "a letter that was edited": add(f"{FILING}/letters/letter-cover_letter.docx"),
    "a letter that is gone": lambda root: (
        root / FILING / "letters/letter-cover_letter.docx"
    ).unlink(),
    "what was known": put("output/boateng/cache/last-first.json", b"{}"),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_the_case_is_read_again(
    folders: Folders,
    tmp_path: Path,
    changed: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again_of(folders)
    unread = Built(None, ())
    monkeypatch.setattr(build, "built", lambda *_: unread)

    changed(tmp_path)

    assert again_of(folders) is unread


def test_what_else_changed_in_the_file_of_another_client_does_not_matter(
    folders: Folders, tmp_path: Path, reads: list[str]
) -> None:
    again_of(folders)
    add("office/other/case.yaml")(tmp_path)
    (tmp_path / "office" / "other" / "notes.yaml").write_text("a: 1\n", encoding="utf-8")

    assert again_of(folders).unchanged
    assert reads == ["boateng"]


def test_another_date_or_engine_is_another_build(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    again_of(folders)
    unread = Built(None, ())
    monkeypatch.setattr(build, "built", lambda *_: unread)

    assert again_of(folders, date=dt.date(2026, 12, 2)) is unread
    assert again_of(folders, engine="auto") is unread
    assert again_of(folders) is not unread


def test_another_version_of_a_library_is_another_build(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    again_of(folders)
    unread = Built(None, ())
    monkeypatch.setattr(build, "built", lambda *_: unread)
    assert "pypdf" in " ".join(cache.libraries())

    monkeypatch.setattr(again, "libraries", lambda: ["pypdf-99.0.dist-info"])

    assert again_of(folders) is unread


def test_behind_a_link_anything_may_change(
    folders: Folders, tmp_path: Path, reads: list[str]
) -> None:
    (folders.templates / "letters").rename(tmp_path / "elsewhere")
    (folders.templates / "letters").symlink_to(tmp_path / "elsewhere")

    again_of(folders)
    again_of(folders)

    assert reads == ["boateng", "boateng"]


def test_what_cannot_be_looked_at_is_built(
    folders: Folders, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again_of(folders)

    def unreadable(_: Path) -> str:
        raise PermissionError

    monkeypatch.setattr(again, "digest_of", unreadable)

    assert again_of(folders).packet is not None
    assert reads == ["boateng", "boateng"]


def test_a_case_with_errors_is_read_each_time(folders: Folders, reads: list[str]) -> None:
    path = folders.cases / "boateng" / "case.yaml"
    path.write_text(path.read_text("utf-8").replace("@doctor p. 1", "@doctor p. 9"), "utf-8")

    assert again_of(folders).packet is None
    assert again_of(folders).packet is None
    assert reads == ["boateng", "boateng"]


def command(folders: Folders, *words: str) -> tuple[str, ...]:
    named = {
        "--cases": folders.cases,
        "--templates": folders.templates,
        "--forms": folders.forms,
        "--output": folders.output,
    }
    return (*(str(part) for pair in named.items() for part in pair), *words)


def test_every_file_that_a_build_reads_is_looked_at(folders: Folders, tmp_path: Path) -> None:
    """What a build reads, and nobody looks at, would let an old packet pass for a new one."""
    for blank in blank_folder().glob("g-*.pdf"):
        shutil.copy(blank, folders.forms)
    building = command(folders, "build", "boateng", "--engine", "dxpdf")
    read = files_of(building, tmp_path / "read.json")
    order = Order("boateng", folders, None, "dxpdf")

    known = set(input_files(order, folders.cases / "boateng"))
    known.add(folders.cases / "pictures" / "logo.png")
    known.update(PACKAGE.rglob("*"))  # which is the program that runs, as it was when it started
    of_the_machine = ("/proc", "/sys", "/dev", "/etc", "/usr", sys.prefix, sys.base_prefix)
    own = (str(folders.output), *of_the_machine)
    code = {path for path in read if path.suffix == ".pyc" or not path.is_absolute()}
    code |= {path for path in read if path.is_dir()}  # opened to see its names on the disk
    # Python tries once whether it may write there
    code |= {path for path in read if path.parent == Path(tempfile.gettempdir())}
    assert {path for path in read - known - code if not str(path).startswith(own)} == set()
    assert folders.cases / "boateng" / "exhibits" / "tax.pdf" in read
    assert any(path.parent == folders.forms for path in read)


def test_a_build_that_changes_nothing_imports_no_library(folders: Folders, tmp_path: Path) -> None:
    building = command(folders, "build", "boateng", "--engine", "dxpdf")
    first = modules_of(building, tmp_path / "first.json")
    far_ahead = 4_000_000_000  # or what was written within the last seconds would be read again
    os.utime(folders.output / ".office" / "clients.json", (far_ahead, far_ahead))
    second = modules_of(building, tmp_path / "second.json")

    assert {"pydantic", "yaml", "pypdfium2", "subprocess"} <= first
    assert LIBRARIES & second == set()


def test_help_imports_no_library_but_that_of_the_command_line(tmp_path: Path) -> None:
    modules = modules_of(["--help"], tmp_path / "modules.json")

    assert LIBRARIES & modules == set()
    assert "click" in modules


def test_check_of_kept_evidence_opens_no_page(folders: Folders, tmp_path: Path) -> None:
    checking = command(folders, "check", "boateng", "--engine", "dxpdf")
    modules_of(checking, tmp_path / "first.json")
    second = modules_of(checking, tmp_path / "second.json")

    assert {"pypdf", "pypdfium2", "PIL", "docxtpl", "typst", "fontTools"} & second == set()
    assert "pydantic" in second
