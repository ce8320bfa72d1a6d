"""Protected evidence is opened with a password of a person or a file, which stays secret."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from packet_builder.assembly.build import examined
from packet_builder.assembly.evidence import TakenEvidence
from packet_builder.assembly.order import Order
from packet_builder.assembly.passwords import (
    PasswordFileOpenError,
    PasswordFileUnreadableError,
    Passwords,
)
from packet_builder.errors import ExitCode
from packet_builder.facts.fault import FactsError
from packet_builder.workspace import Folders
from tests import makers
from tests.test_assembly_evidence import case_with

SECRET = "Sésame = 7431 ouvre-toi"  # noqa: S105 - invented
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Give a case with one locked PDF among others."""
    locked = makers.locked_pdf(SECRET)
    return case_with(tmp_path, {"bank.pdf": locked, "sound.pdf": makers.pdf(3)})


def look(folders: Folders, passwords: Passwords) -> Mapping[str, TakenEvidence]:
    return examined(Order("boateng", folders, None, "dxpdf", passwords=passwords)).taken.evidence


def secrets(folder: Path, text: str, mode: int = 0o600) -> Passwords:
    path = folder / "passwords.txt"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return Passwords(path)


def asked(*answers: str | None) -> tuple[Passwords, list[tuple[str, bool]]]:
    """Give a person who answers so, and what was asked."""
    questions: list[tuple[str, bool]] = []
    waiting = iter(answers)

    def answer(name: str, again: bool) -> str | None:  # noqa: FBT001 - as the program calls it
        questions.append((name, again))
        return next(waiting)

    return Passwords(ask=answer), questions


@pytest.mark.parametrize("name", ["exhibits/bank.pdf", "boateng/exhibits/bank.pdf"])
def test_a_password_is_taken_from_a_file_that_only_its_owner_may_read(
    tmp_path: Path, folders: Folders, name: str
) -> None:
    text = f"# of the bank\n\nexhibits/else.pdf = no\n{name} = {SECRET}\n"

    (file,) = look(folders, secrets(tmp_path, text))["e0"].files

    assert file.texts[0].endswith("page 1")
    assert "opens with a password" in file.notes[0]


def test_once_opened_a_file_needs_its_password_no_more(tmp_path: Path, folders: Folders) -> None:
    look(folders, secrets(tmp_path, f"exhibits/bank.pdf = {SECRET}\n"))

    assert look(folders, Passwords())["e0"].files[0].pdf.pages == 2


def test_a_person_is_asked_and_asked_again(folders: Folders) -> None:
    passwords, questions = asked("wrong", SECRET)

    assert look(folders, passwords)["e0"].files[0].pdf.pages == 2
    assert questions == [("exhibits/bank.pdf", False), ("exhibits/bank.pdf", True)]


def test_whoever_gives_no_password_is_told_of_the_file_that_stays_locked(folders: Folders) -> None:
    passwords, questions = asked(None)

    with pytest.raises(FactsError, match="opens only with a password"):
        look(folders, passwords)

    assert questions == [("exhibits/bank.pdf", False)]


def test_nobody_is_asked_for_ever(folders: Folders) -> None:
    passwords, questions = asked("one", "two", "three", "four")

    with pytest.raises(FactsError, match="opens only with a password"):
        look(folders, passwords)

    assert len(questions) == 3


def test_a_person_corrects_a_password_that_is_wrong_in_the_file(
    tmp_path: Path, folders: Folders
) -> None:
    passwords, questions = asked(SECRET)
    file = secrets(tmp_path, "exhibits/bank.pdf = old\n").file

    assert look(folders, Passwords(file, passwords.ask))["e0"].files[0].pdf.pages == 2
    assert questions == [("exhibits/bank.pdf", False)]


def test_a_wrong_password_of_the_file_is_a_fault_of_the_case(
    tmp_path: Path, folders: Folders
) -> None:
    with pytest.raises(FactsError, match="does not open with the password") as caught:
        look(folders, secrets(tmp_path, "exhibits/bank.pdf = old and private\n"))

    assert "private" not in str(caught.value)


@only_posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(
    tmp_path: Path, folders: Folders, mode: int
) -> None:
    with pytest.raises(PasswordFileOpenError, match=r"Run: chmod 600 .*passwords\.txt"):
        look(folders, secrets(tmp_path, f"exhibits/bank.pdf = {SECRET}\n", mode))


def _no_file(folder: Path) -> Passwords:
    return Passwords(folder / "none.txt")


def _a_folder(folder: Path) -> Passwords:
    return Passwords(folder)


def _no_text(folder: Path) -> Passwords:
    made = secrets(folder, "")
    assert made.file is not None
    made.file.write_bytes(b"\xff\xfe\xfd")
    return made


def _no_password(folder: Path) -> Passwords:
    return secrets(folder, "# a comment\nexhibits/bank.pdf: secret\n")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (_no_file, "No such file"),
        (_a_folder, "is not a file"),
        (_no_text, "is not saved as UTF-8"),
        (_no_password, 'line 2 has no " = "'),
    ],
)
def test_a_file_that_cannot_be_used_is_named_without_what_it_holds(
    tmp_path: Path, folders: Folders, broken: Callable[[Path], Passwords], said: str
) -> None:
    with pytest.raises(PasswordFileUnreadableError, match=said) as caught:
        look(folders, broken(tmp_path))

    assert "secret" not in str(caught.value)


def run(folders: Folders, *arguments: str, keyboard: str | None = None) -> tuple[int, str]:
    """Run the program as an office does; with a keyboard, it sits on a terminal."""
    command = [
        *(sys.executable, "-m", "packet_builder", "--cases", str(folders.cases)),
        *("--output", str(folders.output), *arguments),
    ]
    if keyboard is None:
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr
    return _on_terminal(command, keyboard)


def _on_terminal(command: list[str], keyboard: str) -> tuple[int, str]:
    outside, inside = os.openpty()
    script = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
    starter = [sys.executable, "-c", script, str(inside), *command]
    said = b""
    with subprocess.Popen(starter, pass_fds=(inside,)) as process:
        os.close(inside)
        typed = False
        while True:
            try:
                said += os.read(outside, 65536)
            except OSError:  # the other end is closed: the program has ended
                break
            if b"Password of" in said and not typed:
                os.write(outside, f"{keyboard}\n".encode())
                typed = True
    os.close(outside)
    return process.returncode, said.decode()


@only_posix
def test_on_a_terminal_the_password_is_asked_for_and_not_shown(folders: Folders) -> None:
    code, said = run(folders, "check", "boateng", "--engine", "dxpdf", keyboard=SECRET)

    assert "Password of exhibits/bank.pdf (not shown, not kept" in said
    assert SECRET not in said
    assert "opens only with a password" not in said
    assert code in {ExitCode.DONE, ExitCode.FINDINGS}


def test_without_a_terminal_nobody_is_asked(folders: Folders) -> None:
    code, said = run(folders, "check", "boateng", "--engine", "dxpdf")

    assert code == ExitCode.UNUSABLE
    assert '"exhibits/bank.pdf" opens only with a password' in said
    assert "--passwords FILE" in said


def test_the_password_stands_nowhere_afterwards(tmp_path: Path, folders: Folders) -> None:
    file = secrets(tmp_path, f"exhibits/bank.pdf = {SECRET}\n").file

    code, said = run(folders, "--passwords", str(file), "build-all", "--engine", "dxpdf")

    assert (code, "1 built" in said) == (ExitCode.DONE, True), said
    assert SECRET not in said
    written = [path for path in folders.output.rglob("*") if path.is_file()]
    assert len(written) > 10
    for path in written:
        for coding in ("utf-8", "utf-16-le", "latin-1"):
            assert SECRET.encode(coding) not in path.read_bytes(), path
