from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import synchronize
from pathlib import Path

import pytest

from packet_builder.assembly.cache import Cache
from packet_builder.documents.forms.errors import FormProofError
from packet_builder.errors import PacketError
from packet_builder.facts.fault import FactsError, Fault, Source
from packet_builder.hands import Hands

JOBS = tuple(range(12))
FORM = "G-28"


def worker_of(number: int) -> tuple[int, int]:
    return number, os.getpid()


def has_module(name: str) -> tuple[bool, int]:
    return name in sys.modules, os.getpid()


def failing(number: int) -> int:
    if number in {3, 11}:
        raise FormProofError(FORM, str(number), "shows nothing on the page")
    return number


def dying(number: int) -> int:
    if number == 0:
        os._exit(1)
    return number


def kept(folder: Path, number: int) -> str:
    """Make the same as all others do, at the same time."""

    def make(place: Path) -> None:
        time.sleep(0.05)
        (place / "made.txt").write_text("made", encoding="utf-8")

    place = Cache(folder).kept(("same",), make)
    return f"{number} {(place / 'made.txt').read_text(encoding='utf-8')}"


@pytest.mark.parametrize("refused", [PermissionError(13, "Permission denied"), ImportError()])
def test_where_the_machine_allows_no_other_process_all_is_done_here(
    refused: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refused

    monkeypatch.setattr(synchronize, "Lock", refuse)
    with Hands(1) as hands:
        hands.start()
        results = hands.begin(worker_of, JOBS)()

    assert results == tuple((number, os.getpid()) for number in JOBS)
    assert not hands.are_here


def test_results_come_in_the_order_of_the_jobs_from_this_process_and_another() -> None:
    with Hands(1) as hands:
        results = hands.begin(worker_of, JOBS)()

    assert [number for number, _ in results] == list(JOBS)
    processes = {process for _, process in results}
    assert processes > {os.getpid()}


def test_few_jobs_are_done_here_and_not_before_they_are_wanted() -> None:
    begun: list[int] = []
    with Hands(1) as hands:
        wait = hands.begin(begun.append, (1, 2, 3))
        assert begun == []
        wait()

    assert begun == [1, 2, 3]


def test_a_process_that_was_started_does_a_single_job_with_its_tools_at_hand() -> None:
    with Hands(1, "wave") as hands:
        hands.start()
        wait = hands.begin(has_module, ["wave"])
        time.sleep(0.2)  # else this process takes the job back
        ((has_tools, process),) = wait()

    assert has_tools
    assert process != os.getpid()


def test_on_a_machine_with_one_processor_all_is_done_here() -> None:
    with Hands(0) as hands:
        results = hands.begin(worker_of, JOBS)()

    assert {process for _, process in results} == {os.getpid()}


def test_the_first_fault_is_raised_whoever_met_it() -> None:
    with Hands(1) as hands, pytest.raises(FormProofError, match='field "3" shows nothing'):
        hands.begin(failing, JOBS)()


def test_a_process_that_dies_is_no_result() -> None:
    with Hands(1) as hands, pytest.raises(BrokenProcessPool):
        hands.begin(dying, JOBS)()


def test_what_two_processes_make_at_once_is_kept_once(tmp_path: Path) -> None:
    with Hands(1) as hands:
        results = hands.begin(partial(kept, tmp_path), JOBS)()

    assert results == tuple(f"{number} made" for number in JOBS)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "error",
    [
        FormProofError("G-28", "name", "shows nothing on the page"),
        FactsError([Fault(Source(Path("case.yaml"), 1, 2), "unknown field")]),
    ],
)
def test_an_error_reaches_another_process_as_it_is(error: PacketError) -> None:
    other = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert type(other) is type(error)
    assert str(other) == str(error)
    assert vars(other) == vars(error)


def sleeping(_: int) -> None:
    print(os.getpid(), flush=True)  # noqa: T201 - for the test to read
    time.sleep(600)


def test_no_process_outlives_the_one_that_started_it() -> None:
    code = (
        "from packet_builder.hands import Hands\n"
        "from tests.test_hands import JOBS, sleeping\n"
        "if __name__ == '__main__':\n"
        "    Hands(1).begin(sleeping, JOBS)\n"
        "    import time; time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        run.kill()
        # the worker holds the pipe's other end: it closes when the worker is gone
        rest, _ = run.communicate(timeout=60)

    assert rest == ""
