from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from packet_builder.case_lock import CaseBusyError, case_lock
from packet_builder.unfinished import sweep
from packet_builder.workspace import scratch_folder, whole_file

_HOLDING = """
import sys, time
from pathlib import Path
from packet_builder.case_lock import case_lock
from packet_builder.workspace import scratch_folder, whole_file
place = Path(sys.argv[1])
with case_lock(place / "case", place / "output"), scratch_folder(place / "output") as scratch:
    (scratch / "page").write_bytes(b"x")
    with whole_file(place / "case" / "letter.docx") as part:
        part.write_bytes(b"half")
        print("held", flush=True)
        time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_case_is_held_by_one_run(place: Path) -> None:
    with (
        case_lock(place / "case", place / "output"),
        pytest.raises(CaseBusyError, match="another run of packet-builder is working"),
        case_lock(place / "case", place / "output"),
    ):
        pass


def test_the_lock_of_a_dead_process_holds_nobody_and_its_leftovers_go(place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(place)], stdout=subprocess.PIPE
    ) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == b"held\n"
        with pytest.raises(CaseBusyError), case_lock(place / "case", place / "output"):
            pass
        holding.send_signal(signal.SIGKILL)

    assert len([name for name in names(place) if ".part-" in name or ".scratch-" in name]) == 3
    with case_lock(place / "case", place / "output"):
        assert names(place) == ["case", "output", "output/.lock"]


def test_what_another_run_is_making_is_left_alone(place: Path) -> None:
    with scratch_folder(place) as scratch, whole_file(place / "packet.pdf") as part:
        (scratch / ".part-inner").write_bytes(b"x")
        part.write_bytes(b"whole")
        sweep(place)
        assert (scratch / ".part-inner").is_file()

    assert (place / "packet.pdf").read_bytes() == b"whole"


@pytest.mark.parametrize(("deep", "left"), [(True, []), (False, ["inner/.part-b"])])
def test_only_what_is_unfinished_is_swept(place: Path, *, deep: bool, left: list[str]) -> None:
    for name in ("inner/.part-b", ".scratch-a/x/y", ".part-c", "part-d", "inner/kept"):
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")

    sweep(place, deep=deep)

    assert names(place) == sorted(["case", "inner", *left, "inner/kept", "part-d"])


def test_no_link_is_followed_or_removed(place: Path) -> None:
    outside = place / "outside"
    outside.mkdir()
    (outside / "letter").write_bytes(b"x")
    folder = place / "case"
    (folder / ".scratch-link").symlink_to(outside)
    (folder / ".part-link").symlink_to(outside / "letter")

    sweep(folder)

    assert names(folder) == [".part-link", ".scratch-link"]
    assert (outside / "letter").is_file()


@pytest.mark.skipif(os.name != "posix", reason="marks of processes are of the system")
def test_sweeping_a_folder_that_is_not_there_does_nothing(place: Path) -> None:
    sweep(place / "nowhere")

    assert names(place) == ["case"]
