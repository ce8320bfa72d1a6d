"""No network: a build does the same where there is none, and never asks for one where there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cases import write_case
from tests.crashes import can_follow
from tests.needed import missing, needs
from tests.review_cases import without_forms
from tests.tried import noted

_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
#: In a namespace of its own, where not even the machine itself can be spoken to.
CLOSED = ("unshare", "--net") if _ROOT else ("unshare", "--map-root-user", "--net")
_ASKING = "import socket; socket.create_connection(('127.0.0.1', 9), 5)"
_OUTWARDS = re.compile(r"AF_(?!UNIX|LOCAL)\w+")


def can_be_closed() -> bool:
    try:
        return subprocess.run([*CLOSED, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.fixture
def closed() -> Sequence[str]:
    if not can_be_closed():
        missing("unshare may not make a network namespace")
    return CLOSED


@pytest.fixture
def follower(tmp_path: Path) -> Sequence[str]:
    if not can_follow():
        missing("strace is not on this machine, or may not follow a process")
    calls = "trace=socket,connect,bind,sendto,sendmsg"
    return ("strace", "-ff", "-qq", "-o", str(tmp_path / "strace"), "-e", calls)


@pytest.fixture(params=["dxpdf", "libreoffice"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "libreoffice":
        needs("soffice")
    return name


@pytest.fixture
def office(tmp_path: Path) -> Path:
    write_case(tmp_path / "cases")
    without_forms(tmp_path / "templates")
    return tmp_path


def run(office: Path, *command: str, around: Sequence[str] = ()) -> None:
    """Run a command of the program inside of another program; it must succeed."""
    folders = {"PACKET_BUILDER_CASES": "cases", "PACKET_BUILDER_TEMPLATES": "templates"}
    subprocess.run(
        [*around, sys.executable, "-m", "packet_builder", *command],
        cwd=office,
        env={**os.environ, **folders},
        check=True,
        capture_output=True,
    )


def test_a_packet_is_built_where_there_is_no_network(
    office: Path, engine: str, closed: Sequence[str]
) -> None:
    build = ("build", "boateng", "--engine", engine)
    run(office, "draft", "boateng", around=closed)
    run(office, *build, around=closed)
    run(
        office,
        "approve",
        "boateng",
        "--all",
        "--by",
        "Jordan Lee",
        "--role",
        "attorney",
        around=closed,
    )
    run(office, "finalize", "boateng", "--date", "2026-12-01", around=closed)
    packet = office / "output" / "boateng" / "initial_parole" / "packet-DRAFT.pdf"
    alone = packet.read_bytes()
    (office / "output").rename(office / "former")
    run(office, *build)

    assert packet.read_bytes() == alone
    what = f"draft, build, approve, finalize with {engine} in a network namespace of its own"
    noted("Network", what, 4, "all succeed; the packet has the same bytes as with a network")


def test_the_closed_place_is_closed(closed: Sequence[str]) -> None:
    ended = subprocess.run(
        [*closed, sys.executable, "-c", _ASKING], check=False, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert "Network is unreachable" in ended.stderr


def outwards(folder: Path) -> list[str]:
    """Give every call that would reach beyond this machine's own files."""
    logs = sorted(folder.glob("strace.*"))
    assert logs
    lines = (line for log in logs for line in log.read_text("utf-8", "replace").splitlines())
    return [line for line in lines if _OUTWARDS.search(line)]


def test_no_process_of_a_build_asks_for_a_network(
    office: Path, engine: str, follower: Sequence[str]
) -> None:
    run(office, "build", "boateng", "--engine", engine, around=follower)

    assert outwards(office) == []
    what = f"`build` with {engine}, every process followed for calls that open or use a socket"
    noted("Network", what, 1, "none but sockets of this machine's own file system")


def test_a_call_for_a_network_would_be_seen(tmp_path: Path, follower: Sequence[str]) -> None:
    subprocess.run([*follower, sys.executable, "-c", _ASKING], check=False, capture_output=True)

    assert any("AF_INET" in line and "127.0.0.1" in line for line in outwards(tmp_path))
