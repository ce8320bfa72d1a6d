"""Who is not allowed everything can do everything: tests often run as the administrator."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import write_case
from tests.review_cases import without_forms

_LIKE_ANYBODY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")

_FOLDERS = {"PACKET_BUILDER_CASES": "cases", "PACKET_BUILDER_TEMPLATES": "templates"}


def command(office: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody to whom the rights of files apply."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return subprocess.run(
        [*(_LIKE_ANYBODY if root else ()), sys.executable, "-m", "packet_builder", *arguments],
        cwd=office,
        env={
            **os.environ,
            "PACKET_BUILDER_CASES": "cases",
            "PACKET_BUILDER_TEMPLATES": "templates",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("an administrator can lay down rights only with setpriv")
    write_case(tmp_path / "cases")
    without_forms(tmp_path / "templates")
    return tmp_path


def test_a_packet_goes_all_the_way(office: Path) -> None:
    said = [
        command(office, *arguments)
        for arguments in (
            ("build", "boateng", "--engine", "dxpdf"),
            ("draft", "boateng"),
            ("build", "boateng", "--engine", "dxpdf"),
            (
                "approve",
                "boateng",
                "--all",
                "--by",
                "Jordan Lee",
                "--role",
                "attorney",
                "--role",
                "attorney",
            ),
            ("prune", "boateng", "--remove"),
            ("status", "boateng"),
        )
    ]

    assert [(one.returncode, one.stderr) for one in said if one.returncode] == []
    kept = [*(office / "output" / "boateng" / "initial_parole" / "kept").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o400}


def test_a_folder_that_nobody_may_write_to_is_named(office: Path) -> None:
    assert command(office, "build", "boateng", "--engine", "dxpdf").returncode == 0
    path = office / "cases" / "boateng" / "case.yaml"
    path.write_text(path.read_text("utf-8").replace("He bled", "He has bled"), encoding="utf-8")
    kept = office / "output" / "boateng" / "initial_parole" / "kept"
    kept.chmod(0o500)
    try:
        ended = command(office, "build", "boateng", "--engine", "dxpdf")
    finally:
        kept.chmod(0o700)

    assert ended.returncode == 6
    assert "the system refused to read or write: Permission denied" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert command(office, "build", "boateng", "--engine", "dxpdf").returncode == 0
