"""What may hang, die or eat memory does so in a child process, and is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from packet_builder import system
from packet_builder.documents.engines.engine import SeveralFaultsError
from packet_builder.documents.intake.errors import PageSizeError
from packet_builder.errors import PacketError
from packet_builder.sandbox import closed, pool, told
from packet_builder.sandbox.pool import (
    JobDiedError,
    JobOutputError,
    JobTooLargeError,
    JobTooLongError,
    Limits,
    Pool,
    WorkerNotStartedError,
)

LIMITS = Limits(seconds=60, memory_bytes=1 << 30, file_bytes=1 << 24)
BRIEF = Limits(seconds=1, memory_bytes=1 << 30, file_bytes=1 << 24)
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory")


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Pool]:
    with Pool("tests.sandbox_tasks:do", tmp_path) as started:
        yield started


def ask(children: Pool, do: str, limits: Limits = LIMITS, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return dict(children.ask({"do": do, **more}, limits))


def test_jobs_are_done_by_one_process_that_is_not_this_one(children: Pool) -> None:
    first, second = (ask(children, "echo", word=word) for word in ("one", "zwölf \udcff"))

    assert (first["said"], second["said"]) == ("one", "zwölf \udcff")
    assert first["process"] == second["process"] != os.getpid()


def test_the_process_sees_nothing_of_the_user(
    children: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid")

    environ = ask(children, "echo", word="")["environ"]

    assert "proxy.invalid" not in str(environ)
    assert environ["HOME"] == environ["TMPDIR"] == str(tmp_path)


@pytest.mark.parametrize("do", ["hang", "hang deaf"])
def test_a_job_that_hangs_is_stopped_and_the_next_has_another_process(
    children: Pool, do: str
) -> None:
    before = ask(children, "echo", word="")["process"]

    with pytest.raises(JobTooLongError):
        ask(children, do, BRIEF)

    assert ask(children, "echo", word="")["process"] != before


@only_linux
def test_a_job_that_eats_memory_is_refused_it(children: Pool) -> None:
    with pytest.raises(JobTooLargeError):
        ask(children, "eat")

    assert ask(children, "echo", word="on")["said"] == "on"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("ended", "error"), [(11, JobDiedError), (6, JobDiedError), (9, JobTooLargeError)]
)
def test_a_job_that_ends_its_process_is_an_error_and_the_next_is_done(
    children: Pool, ended: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(children, "die", signal=ended)

    assert ask(children, "echo", word="on")["said"] == "on"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_job_that_writes_without_end_is_stopped(children: Pool, tmp_path: Path) -> None:
    with pytest.raises(JobOutputError):
        ask(children, "write", path=str(tmp_path / "large"))

    assert (tmp_path / "large").stat().st_size <= LIMITS.file_bytes


def test_what_a_library_prints_is_no_answer(children: Pool) -> None:
    assert ask(children, "print") == {"said": "answer"}


def test_an_error_of_ours_arrives_as_it_was_raised(children: Pool) -> None:
    with pytest.raises(PageSizeError, match=r'"a.pdf" has a page 3 of 1,375 x 1,375') as caught:
        ask(children, "refuse")

    assert caught.value.name == "a.pdf"
    assert str(caught.value).endswith("(in Acrobat: Print, Poster).")


def test_an_error_of_several_arrives_with_all_of_them(children: Pool) -> None:
    with pytest.raises(SeveralFaultsError) as caught:
        ask(children, "refuse twice")

    assert [type(fault).__name__ for fault in caught.value.faults] == [
        "NotConvertedError",
        "PageSizeError",
    ]


def test_a_fault_that_nobody_foresaw_is_said_by_its_name_alone(children: Pool) -> None:
    with pytest.raises(JobDiedError) as caught:
        ask(children, "fault")

    assert str(caught.value) == "ValueError"


def test_threads_have_a_process_each(children: Pool) -> None:
    with ThreadPoolExecutor(2) as threads:
        hanging = threads.submit(ask, children, "hang", BRIEF)
        assert ask(children, "echo", word="meanwhile")["said"] == "meanwhile"
        with pytest.raises(JobTooLongError):
            hanging.result()


def test_leaving_ends_what_is_still_at_work(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    with ThreadPoolExecutor(1) as threads, Pool("tests.sandbox_tasks:do", tmp_path) as children:
        working = threads.submit(ask, children, "grandchild", mark=str(mark))
        time.sleep(1)

    with pytest.raises(JobDiedError):
        working.result()
    time.sleep(3)
    assert not mark.exists()


def test_a_pool_that_is_closed_does_nothing_more(tmp_path: Path) -> None:
    with Pool("tests.sandbox_tasks:do", tmp_path) as children:
        pass

    with pytest.raises(JobDiedError):
        ask(children, "echo", word="")


def test_a_process_that_does_not_come_up_is_no_fault_of_a_file(tmp_path: Path) -> None:
    with (
        Pool("tests.no_such_module:do", tmp_path) as children,
        pytest.raises(WorkerNotStartedError, match="could not be started"),
    ):
        ask(children, "echo", word="")


def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """It holds the other end of the pipe, which closes when it is gone."""
    code = (
        "import threading, time\n"
        "from pathlib import Path\n"
        "from packet_builder.sandbox.pool import Limits, Pool\n"
        f"pool = Pool('tests.sandbox_tasks:do', Path({str(tmp_path)!r}))\n"
        "limits = Limits(600, 1 << 30, 1 << 20)\n"
        "print(pool.ask({'do': 'echo', 'word': ''}, limits)['process'], flush=True)\n"
        "threading.Thread(target=pool.ask, args=({'do': 'hang deaf'}, limits)).start()\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        time.sleep(0.5)
        run.kill()

    assert _is_gone_within(child, seconds=20)


def _is_gone_within(process: int, seconds: int) -> bool:
    for _ in range(10 * seconds):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.is_file() and state.read_text("utf-8").split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    "answer",
    [
        b"no row at all\n",
        b"[1]\n",
        b"{}\n",
        b'{"refused": {"class": ["os", "system"], "message": "x", "said": {}}}\n',
        b'{"refused": {"class": ["packet_builder.workspace", "Path"], "message": "x"}}\n',
        b'{"refused": {"class": ["packet_builder.none", "Error"], "message": "x"}}\n',
        b'{"refused": "broken"}\n',
        b"half a li",
    ],
)
def test_a_broken_process_that_answers_anything_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    forged = tmp_path / "forged.py"
    forged.write_text(
        "import sys\n"
        "sys.stdout.write('{\"ready\": true}\\n'); sys.stdout.flush()\n"
        "sys.stdin.readline()\n"
        f"sys.stdout.buffer.write({answer!r})\n"
    )
    monkeypatch.setattr(pool, "_command", lambda _: [sys.executable, str(forged)])

    with Pool("x:y", tmp_path) as children, pytest.raises(JobDiedError):
        ask(children, "echo", word="")


def test_only_errors_of_this_program_are_made_of_rows() -> None:
    with pytest.raises(TypeError, match="names no error of ours"):
        told.error_of({"class": ["subprocess", "Popen"], "message": "x", "said": {}})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups")
def test_nothing_goes_on_running_after_a_time_limit(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    grandchild = f"import time; time.sleep(2); open({str(mark)!r}, 'w')"
    child = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        "print('started', flush=True); time.sleep(60)"
    )

    with pytest.raises(subprocess.TimeoutExpired):
        closed.run([sys.executable, "-c", child], closed.environment(tmp_path), 1)

    subprocess.run([sys.executable, "-c", "import time; time.sleep(2.5)"], check=True)
    assert not mark.exists()


def test_on_windows_the_child_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(system, "SYSTEM", system.System.WINDOWS)

    system.end_all(child)

    assert child.wait() == -signal.SIGKILL


def test_the_environment_holds_nothing_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.invalid")
    monkeypatch.setenv("LC_ALL", "fa_IR.UTF-8")
    monkeypatch.setenv("HOME", "/home/amina")

    environ = closed.environment(tmp_path)

    assert environ["https_proxy"] == environ["HTTPS_PROXY"] == "http://127.0.0.1:9"
    assert "FONTCONFIG_FILE" not in environ
    assert (environ["LC_ALL"], environ["TZ"]) == ("C.UTF-8", "UTC")
    assert environ["HOME"] == environ["TMPDIR"] == str(tmp_path)


def run_watched(most_bytes: int) -> int:
    """Take 200 MB under a watch, as on a system that refuses nothing."""
    code = (
        "import sys, time\n"
        "sys.platform = 'darwin'\n"
        "from packet_builder import system\n"
        # what is counted in bytes there is counted in kilobytes here
        "used = lambda: system.importlib.import_module('resource').getrusage(0).ru_maxrss << 10\n"
        "system.used_bytes = used\n"
        f"system.limit_memory({most_bytes})\n"
        "held = b'x' * 200_000_000\n"
        "time.sleep(1)\n"
    )
    return subprocess.run([sys.executable, "-c", code], check=False).returncode


@only_linux
def test_where_the_system_refuses_nothing_a_process_ends_itself() -> None:
    assert run_watched(100 << 20) in system.ENDED_FOR_MEMORY
    assert run_watched(64 << 30) == 0  # what the parent took is counted, too


@only_linux
def test_a_process_leaves_no_image_of_its_memory_and_keeps_a_lower_limit() -> None:
    code = (
        "import resource\n"
        "from packet_builder import system\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 32, 1 << 32))\n"
        "system.leave_no_core(); system.limit_memory(1 << 33); system.limit_files(1 << 20)\n"
        "for kind in (resource.RLIMIT_CORE, resource.RLIMIT_AS, resource.RLIMIT_FSIZE):\n"
        "    print(resource.getrlimit(kind)[0])\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert ended.stdout.split() == [b"0", str(1 << 32).encode(), str(1 << 20).encode()]


def test_a_system_that_cannot_limit_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("resource.setrlimit", refuse)

    system.limit_files(1)


def test_every_error_of_the_program_can_be_told() -> None:
    error = PageSizeError("a.pdf", 3, 99_000, 99_000)

    again = told.error_of(told.row_of(error))

    assert type(again) is type(error)
    assert isinstance(again, PacketError)
    assert (str(again), vars(again)) == (str(error), vars(error))
