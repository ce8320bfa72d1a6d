"""What a machine lacks is said with the command that brings it, and nothing private with it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from packet_builder import system, template_files
from packet_builder.assembly import doctor
from packet_builder.assembly.doctor import Health, Look, looks
from packet_builder.assembly.own_templates import take
from packet_builder.cli import commands
from packet_builder.documents import fonts
from packet_builder.documents.engines import libreoffice
from packet_builder.documents.engines.engine import EngineMissingError
from packet_builder.system import System
from packet_builder.workspace import Folders, shipped

ON = dt.date(2026, 11, 26)
MISSING = ("LibreOffice", "x")
SAMPLES = Path(__file__).parents[1] / "case_data"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / name for name in ("cases", "office", "forms", "output")))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an empty path of programs: nothing that others installed is found."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    fonts.cjk_font_files.cache_clear()
    monkeypatch.setattr(system, "font_folders", lambda: (tmp_path / "bin",))
    yield tmp_path / "bin"
    fonts.cjk_font_files.cache_clear()


def look(folders: Folders, what: str, on: dt.date = ON) -> Look:
    return next(one for one in looks(folders, on) if one.what == what)


COMMANDS = {
    System.LINUX: (
        "sudo apt-get install libreoffice-writer-nogui",
        "sudo apt-get install fonts-noto-cjk",
        "sudo apt-get install ocrmypdf",
    ),
    System.MACOS: (
        "brew install --cask libreoffice",
        "brew install --cask font-noto-sans-cjk",
        "brew install ocrmypdf",
    ),
    System.WINDOWS: (
        "winget install TheDocumentFoundation.LibreOffice",
        "Settings, Optional features: the fonts of the language",
        (
            "winget install UB-Mannheim.TesseractOCR ArtifexSoftware.GhostScript, "
            "then: uv tool install ocrmypdf"
        ),
    ),
}


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("kind", list(System))
def test_what_is_missing_is_said_with_the_command_of_the_system(
    folders: Folders, kind: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "SYSTEM", kind)
    monkeypatch.setattr(system, "has_long_paths", lambda: False)
    optional = ("LibreOffice", "Chinese, Japanese, Korean fonts", "ocrmypdf")

    found = {one.what: one for one in looks(folders, ON)}

    assert tuple(found[what].cure for what in optional) == COMMANDS[kind]
    assert {found[what].health for what in optional} == {Health.NOTE}
    assert ("long paths" in found) == (kind is System.WINDOWS)


@pytest.mark.parametrize(("version", "health"), [("7.4.7.2", Health.GOOD), (None, Health.WARNING)])
def test_libreoffice_is_asked_how_old_it_is(
    folders: Folders,
    bare: Path,
    version: str | None,
    health: Health,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (bare / "soffice").touch()
    (bare / "soffice").chmod(0o755)

    def answered() -> str:
        if version is None:
            raise EngineMissingError(*MISSING)
        return version

    monkeypatch.setattr(libreoffice, "version", answered)

    assert look(folders, "LibreOffice").health is health


def test_an_old_python_is_an_error(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))

    found = look(folders, "Python")

    assert (found.health, found.said) == (Health.ERROR, "3.10.2 is too old; 3.11 is needed")


@pytest.mark.parametrize(
    ("free", "health"), [(5 << 30, Health.GOOD), (1 << 30, Health.WARNING), (9, Health.ERROR)]
)
def test_a_full_disk_is_seen_before_a_build_needs_it(
    folders: Folders, free: int, health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: types.SimpleNamespace(free=free))

    assert look(folders, "disk").health is health


def test_an_output_folder_that_cannot_be_written_is_an_error(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    assert look(folders, "output").health is Health.GOOD
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    assert look(folders, "output").health is Health.ERROR
    assert list(folders.output.parent.iterdir()) == []


def test_folders_that_others_may_look_into_are_named_with_the_cure(folders: Folders) -> None:
    folders.cases.mkdir(mode=0o700)
    folders.output.mkdir()
    folders.output.chmod(0o755)

    assert look(folders, "case folders").health is Health.GOOD
    assert look(folders, "output folder") == Look(
        "output folder",
        Health.WARNING,
        "others on this machine may look into them",
        "chmod go= output",
    )


def test_blanks_that_are_missing_are_counted_by_form(folders: Folders) -> None:
    found = look(folders, "blank forms")

    assert found.said.startswith("8 of 8 are missing: G-1145, G-1450, ")
    assert found.health is Health.WARNING


def test_tables_of_law_that_nobody_compared_for_long_are_counted(folders: Folders) -> None:
    assert look(folders, "tables of law").health is Health.GOOD

    later = look(folders, "tables of law", ON + dt.timedelta(days=60))

    assert later.health is Health.WARNING
    assert "were last checked over 14 days ago, the oldest on 2026-" in later.said


def test_a_broken_law_file_is_named_and_the_rest_is_looked_at(folders: Folders) -> None:
    folders.cases.mkdir()
    (folders.cases / "law.yaml").write_text("feees: []\n", encoding="utf-8")

    assert look(folders, "law.yaml").health is Health.ERROR
    assert look(folders, "blank forms").health is Health.WARNING


def test_a_template_that_moved_is_named_with_the_command(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, name = tmp_path / "program", "outlines/client_letter.yaml"
    shutil.copytree(shipped("templates"), program)
    monkeypatch.setattr(template_files, "shipped", lambda _: program)
    take(folders.templates, name).write_text("title: Ours\n", encoding="utf-8")
    assert look(folders, "templates").said == "1 of the office's own"

    (program / name).write_text("title: Theirs\n", encoding="utf-8")

    assert look(folders, "templates").health is Health.WARNING
    assert look(folders, "templates").cure == f"packet-builder templates diff {name}"


def run(folders: Folders, *words: str) -> int:
    given = (f"--cases={folders.cases}", f"--output={folders.output}", f"--forms={folders.forms}")
    done: object = commands.main([*given, *words], standalone_mode=False)
    assert isinstance(done, int)
    return done


def test_the_command_tells_nothing_of_a_case_and_ends_by_what_is_wrong(
    folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLES / "minimal", folders.cases / "boateng-kwabena")
    shutil.copy(SAMPLES / "firm.yaml", folders.cases)

    assert run(folders, "doctor", "--json", "--date", "2026-11-26") == 0
    told = capsys.readouterr().out
    assert {"what", "health", "said", "cure"} == set(json.loads(told)[0])
    assert run(folders, "doctor") == 0
    told += capsys.readouterr().out
    for private in ("boateng", "kwabena", "achterberg", str(folders.cases.parent)):
        assert private not in told.casefold()

    monkeypatch.setattr(doctor, "_PYTHON", (9, 0))
    assert run(folders, "doctor") == 1
    assert "Something is wrong" in capsys.readouterr().err


@pytest.mark.parametrize(("value", "expected"), [(1, True), (0, False), (None, False)])
def test_windows_is_asked_whether_long_paths_are_on(
    value: int | None, *, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def query(_key: object, name: str) -> tuple[int | None, int]:
        assert name == "LongPathsEnabled"
        if value is None:
            raise FileNotFoundError
        return value, 4

    registry = types.SimpleNamespace(
        HKEY_LOCAL_MACHINE=0,
        OpenKey=lambda _hive, _key: contextlib.nullcontext(),
        QueryValueEx=query,
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)

    assert system.has_long_paths() is expected
