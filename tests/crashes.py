"""Commands of a small office that are killed, refused room, or interrupted, at any moment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.needed import missing

ROOT = Path(__file__).parents[1]

#: Every system call by which something on a disk changes.
CHANGES = (
    *("write", "pwrite64", "writev", "sendfile", "copy_file_range", "ftruncate", "openat"),
    *("rename", "renameat", "renameat2", "fsync", "fdatasync", "unlink", "unlinkat", "rmdir"),
    *("mkdir", "mkdirat", "chmod", "fchmod", "fchmodat", "link", "linkat", "symlink"),
)
#: Those that a full disk refuses.
NEEDING_ROOM = frozenset(
    {"write", "pwrite64", "writev", "sendfile", "copy_file_range", "ftruncate"}
    | {"rename", "renameat", "renameat2", "fsync", "fdatasync", "mkdir", "mkdirat"}
)
_CALL = re.compile(r"^(\w+)\((.*)$")
_CREATES = re.compile(r"O_CREAT|O_TRUNC")


def can_follow() -> bool:
    """Tell whether strace is here and may follow a process."""
    if shutil.which("strace") is None:
        return False
    asked = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], check=False)
    return asked.returncode == 0


@dataclass(frozen=True)
class Change:
    """One change of something on the disk, as strace saw it."""

    call: str
    number: int  # of such calls, from 1
    said: str

    @property
    def fault(self) -> str:
        """Give what strace is told to strike it."""
        return f"{self.call}:when={self.number}"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Runner:
    """Runs commands in an office folder, and can bring it back to how it was."""

    office: Path
    process: subprocess.Popen[str]
    snapshots: Path
    environ: dict[str, str] = field(default_factory=dict)

    def run(
        self, *command: str, strace: Sequence[str] = (), interrupt: float | None = None
    ) -> Ended:
        """Run one command to its end, or to the fault that strikes it."""
        out, err = self.snapshots / "out.txt", self.snapshots / "err.txt"
        order = {
            "command": command,
            "folder": str(self.office),
            "strace": list(strace),
            "interrupt": interrupt,
            "environ": {**self.environ, "TMPDIR": str(self.office / "temporary")},
            "out": str(out),
            "err": str(err),
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        code = json.loads(self.process.stdout.readline())
        return Ended(code, out.read_text("utf-8"), err.read_text("utf-8"))

    def killed(self, change: Change, *command: str) -> Ended:
        """Run a command that is killed as it begins a change."""
        return self.run(*command, strace=_injected(change, "signal=KILL"))

    def refused(self, change: Change, *command: str) -> Ended:
        """Run a command for which there is no room at a change."""
        return self.run(*command, strace=_injected(change, "error=ENOSPC"))

    def changes(self, *command: str) -> tuple[Change, ...]:
        """Run a command, and give every change that it makes in the office."""
        log = self.snapshots / "strace.txt"
        calls = ",".join(CHANGES)
        ended = self.run(*command, strace=("-y", "-o", str(log), "-e", f"trace={calls}"))
        assert ended.code == 0, ended.err
        seen = _changes(log.read_text("utf-8", "replace"), str(self.office))
        return tuple(change for change in seen if str(self.snapshots) not in change.said)

    def seconds(self, *command: str) -> float:
        """Run a command, and give how long it took."""
        begun = time.monotonic()
        self.run(*command)
        return time.monotonic() - begun

    @contextmanager
    def on_small_disk(self, name: str, room: int) -> Iterator[None]:
        """Bring the office back on a disk of its own that has so many KiB left."""
        shutil.rmtree(self.office)
        self.office.mkdir()
        self._mount("size=256m")
        try:
            shutil.copytree(self.snapshots / name, self.office, symlinks=True, dirs_exist_ok=True)
            disk = os.statvfs(self.office)
            used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
            self._mount(f"remount,size={used + room * 1024}")
            yield
        finally:
            subprocess.run(["umount", str(self.office)], check=True)

    def make_room(self) -> None:
        """Make the disk of the office larger."""
        self._mount("remount,size=256m")

    def _mount(self, options: str) -> None:
        command = ("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.office))
        subprocess.run(command, check=True)

    def keep(self, name: str) -> None:
        """Keep the office as it is."""
        shutil.copytree(self.office, self.snapshots / name, symlinks=True)

    def restore(self, name: str) -> None:
        """Make the office what was kept."""
        shutil.rmtree(self.office)
        shutil.copytree(self.snapshots / name, self.office, symlinks=True)


@contextmanager
def runner(office: Path, snapshots: Path) -> Iterator[Runner]:
    """Serve an office: its folders `cases` and `templates` lie there already."""
    if not hasattr(os, "fork") or not can_follow():
        missing("processes cannot be copied here, or strace is absent or may not follow them")
    (office / "temporary").mkdir()
    snapshots.mkdir()
    no_office_suite = {"PATH": "/nowhere"}  # dxpdf, which is the quicker engine
    folders = {"PACKET_BUILDER_CASES": "cases", "PACKET_BUILDER_TEMPLATES": "templates"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_server"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Runner(office, process, snapshots, {**folders, **no_office_suite})
        assert process.stdin is not None
        process.stdin.close()


def _injected(change: Change, what: str) -> tuple[str, ...]:
    inject = f"inject={change.call}:{what}:when={change.number}"
    return ("-o", "/dev/null", "-e", f"trace={change.call}", "-e", inject)


def _changes(log: str, office: str) -> Iterator[Change]:
    counted: Counter[str] = Counter()
    for line in log.splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        call, said = found.groups()
        counted[call] += 1
        made = call != "openat" or _CREATES.search(said)
        if made and office in said and " = -1 " not in said:
            yield Change(call, counted[call], said)
