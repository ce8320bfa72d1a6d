"""What systems do each in their own way stands in one module, with its counterparts."""

from __future__ import annotations

import ast
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from packet_builder import system
from packet_builder.system import System
from packet_builder.workspace import scratch_folder, whole_file, whole_folder

PACKAGE = Path(__file__).parents[1] / "packet_builder"
ONE = PACKAGE / "system.py"
#: Modules that one kind of system has, and the others have not.
MODULES = frozenset(
    {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "readline"}
    | {"msvcrt", "winreg", "winsound", "nt", "select"}
)
#: What some systems have only, or do each in another way, by the name before the dot.
NAMES: Mapping[str, frozenset[str]] = {
    "os": frozenset(
        {"name", "umask", "fsync", "fdatasync", "sync", "open", "chmod", "chown", "kill"}
        | {"killpg", "setsid", "getpgid", "setpgid", "setpgrp", "fork", "getuid", "geteuid"}
        | {"link", "symlink", "mkfifo", "mknod", "nice", "uname", "statvfs", "sched_getaffinity"}
        | {flag for flag in dir(os) if flag.startswith("O_")}
    ),
    "sys": frozenset({"platform"}),
    "platform": frozenset({"system"}),
    "shutil": frozenset({"rmtree", "chown"}),
    "signal": frozenset({"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGPIPE"}),
}
#: What a path or its state is asked, whatever it is called; `system` answers it for all.
OF_ANY = frozenset({"chmod", "lchmod", "unlink", "symlink_to", "hardlink_to", "st_uid", "st_gid"})
CALLS = frozenset(
    {"start_new_session", "preexec_fn", "process_group", "pass_fds", "creationflags", "startupinfo"}
)
PLACES = ("/dev/", "/usr/", "/proc/", "/etc/", "/var/", "/opt/", "/Library", "C:/", "C:\\")


def breaches(source: str) -> Iterator[str]:
    """Give what in a module only some systems have."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name in MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ([module] if module in MODULES else ())
                yield from (f"{module}.{name.name}" for name in names if module in NAMES)
            case ast.Attribute(value=value, attr=attr):
                before = value.id if isinstance(value, ast.Name) else ""
                if attr in NAMES.get(before, ()) or (attr in OF_ANY and before != "system"):
                    yield f"{before}.{attr}"
            case ast.keyword(arg=str(arg)) if arg in CALLS:
                yield arg
            case ast.Constant(value=str(text)) if text.startswith(PLACES):
                yield text


def unsaid_text(source: str) -> Iterator[str]:
    """Give the calls that read or write text without saying in which letters, or line ends."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        said = {word.arg for word in node.keywords}
        name = node.func.attr
        if name == "read_text" and "encoding" not in said and not node.args:
            yield f"line {node.lineno}: read_text without encoding"
        if name == "write_text" and not {"encoding", "newline"} <= said and not _is_of_click(node):
            yield f"line {node.lineno}: write_text without encoding and newline"
        if name == "open" and not _is_of_bytes(node) and "encoding" not in said:
            yield f"line {node.lineno}: open of text without encoding"


def _is_of_click(call: ast.Call) -> bool:
    """Tell whether help is written, and no file."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(receiver, ast.Name) and receiver.id == "formatter"


def _is_of_bytes(call: ast.Call) -> bool:
    """Tell whether a file is opened for bytes; what is no file has no mode."""
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    return any("b" in str(mode) for mode in modes) or (
        isinstance(receiver, ast.Name) and receiver.id in {"Image", "os", "system"}
    )


def test_only_one_module_knows_what_systems_have_each_for_themselves() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}

    found = {path.name: list(breaches(text)) for path, text in sources.items() if path != ONE}
    unsaid = {path.name: list(unsaid_text(text)) for path, text in sources.items()}

    assert {name: names for name, names in found.items() if names} == {}
    assert {name: lines for name, lines in unsaid.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from resource import setrlimit",
        "from os import umask",
        "import os\nos.fsync(3)",
        "import os\nos.open('a', os.O_RDONLY)",
        "import os\nif os.name == 'nt': pass",
        "import sys\nx = sys.platform",
        "import signal\nsignal.SIGKILL",
        "path.chmod(0o400)",
        "path.unlink()",
        "shutil.rmtree(folder)",
        "Popen(x, start_new_session=True)",
        "open('/dev/null')",
        "state.st_uid",
    ],
)
def test_what_only_some_systems_have_is_found(source: str) -> None:
    assert list(breaches(source))


@pytest.mark.parametrize(
    "source", ["p.read_text()", "p.write_text('a', encoding='utf-8')", "p.open()", "p.open('w')"]
)
def test_text_without_letters_or_line_ends_is_found(source: str) -> None:
    assert list(unsaid_text(source))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the branches of Windows; what they call is the system that this is."""
    monkeypatch.setattr(system, "SYSTEM", System.WINDOWS)


@pytest.mark.usefixtures("windows")
def test_on_windows_files_and_folders_are_made_whole_and_removed(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a", for_ever=True) as part:
        part.write_bytes(b"x")
    with whole_folder(tmp_path / "final") as made:
        (made / "packet.pdf").write_bytes(b"x")
    with scratch_folder(tmp_path) as scratch:
        system.protect(tmp_path / "final" / "packet.pdf")
        (tmp_path / "final").rename(scratch / "final")

    assert system.is_read_only((tmp_path / "a").stat())
    system.remove(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_on_windows_a_file_that_others_look_at_is_put_in_place_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refusals, waited = Path.replace, [PermissionError(13, "in use")] * 2, list[float]()

    def replace(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(time, "sleep", waited.append)
    (tmp_path / "part").write_bytes(b"new")

    with pytest.raises(PermissionError):
        system.put_in_place(tmp_path / "part", tmp_path / "a")
    monkeypatch.setattr(system, "SYSTEM", System.WINDOWS)
    refusals[:] = [PermissionError(13, "in use")] * 2
    system.put_in_place(tmp_path / "part", tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == b"new"
    assert waited == [0.05, 0.1]
    refusals[:] = [PermissionError(13, "in use")] * 9
    with pytest.raises(PermissionError):
        system.put_in_place(tmp_path / "a", tmp_path / "b")


@pytest.mark.usefixtures("windows")
def test_on_windows_what_nobody_touched_for_a_day_is_abandoned(tmp_path: Path) -> None:
    (tmp_path / ".part-a").write_bytes(b"x")
    assert not system.is_abandoned(tmp_path / ".part-a")

    os.utime(tmp_path / ".part-a", (time.time() - 90_000,) * 2)

    assert system.is_abandoned(tmp_path / ".part-a")
    assert not system.is_abandoned(tmp_path / "gone")


@pytest.mark.usefixtures("windows")
def test_on_windows_a_process_is_ended_with_its_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setenv("SYSTEMROOT", "D:/Windows")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command))

    system.end_all(child)

    assert child.wait() != 0
    program, *rest = asked[0]
    assert Path(program) == Path("D:/Windows/System32/taskkill.exe")
    assert rest == ["/T", "/F", "/PID", str(child.pid)]
    assert system.apart() == {"creationflags": 0x08000200}  # new group, no window


@pytest.mark.usefixtures("windows")
def test_on_windows_who_may_read_is_kept_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "passwords").write_bytes(b"x")
    (tmp_path / "passwords").chmod(0o644)

    assert system.is_private((tmp_path / "passwords").stat())
    assert system.opened_folder(tmp_path) is None
    system.sync_folder(tmp_path)


class _Kernel:
    """What Windows is asked for the memory of a process, and answers."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.GetCurrentProcess = _Call(lambda: -1)
        self.K32GetProcessMemoryInfo = _Call(self._told)

    def _told(self, _process: int, counters: object, size: int) -> int:
        words = ctypes.cast(counters, ctypes.POINTER(ctypes.c_size_t))  # type: ignore[arg-type]
        words[8] = 123 << 20  # PeakPagefileUsage: after two numbers of four bytes, the eighth
        assert size == 72
        return self.answer


class _Call:
    restype: object = None
    argtypes: object = None

    def __init__(self, does: object) -> None:
        self.does = does

    def __call__(self, *given: object) -> object:
        return self.does(*given)  # type: ignore[operator]


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(("answer", "expected"), [(1, 123 << 20), (0, 0)])
def test_on_windows_a_process_knows_its_memory(
    answer: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    windll = type("windll", (), {"kernel32": _Kernel(answer)})
    monkeypatch.setattr(ctypes, "windll", windll, raising=False)

    assert system.used_bytes() == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (System.LINUX, "usr/share/fonts"),
        (System.MACOS, "System/Library/Fonts"),
        (System.WINDOWS, "Fonts"),
    ],
)
def test_fonts_are_looked_for_where_each_system_keeps_them(
    kind: System, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "SYSTEM", kind)

    first, *_, own = system.font_folders()

    assert first.as_posix().endswith(expected)
    assert own != first


def test_libreoffice_is_found_where_its_installer_puts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    found = {}
    for kind in System:
        monkeypatch.setattr(system, "SYSTEM", kind)
        found[kind] = system.libreoffice()

    assert found == {
        System.LINUX: None,
        System.MACOS: "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        System.WINDOWS: "C:/Program Files/LibreOffice/program/soffice.com",
    }


def test_what_is_printed_into_a_file_is_utf_8_whatever_the_machine_writes() -> None:
    code = "import packet_builder.cli as cli; cli.ended = lambda _: print('فارسی – é'); cli.main()"

    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )

    assert ended.stdout.decode() == "فارسی – é\n"
