"""Many cases: one that fails, hangs or dies fails alone, by name, and the run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from packet_builder.assembly import clients
from packet_builder.assembly.again import built_again
from packet_builder.assembly.clients import clients_of
from packet_builder.assembly.cluster import (
    SchedulerInTheOpenError,
    SchedulerSilentError,
    cluster,
)
from packet_builder.assembly.many import Run, begun, build_all, cases_in, summary_of
from packet_builder.assembly.one_case import CaseResult, Limits, Outcome, build_one
from packet_builder.assembly.order import Order
from packet_builder.case_lock import case_lock
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("adjei", "boateng"):
        write_case(tmp_path / "cases", name=name)
    output = tmp_path / "output"
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", output)


def order(folders: Folders, case: str) -> Order:
    return Order(case, folders, None, "dxpdf")


def rewrite(folders: Folders, case: str, *changes: tuple[str, str]) -> None:
    (folders.cases / case / "case.yaml").write_text(changed(*changes), "utf-8")


def build(folders: Folders, run: Run, cases: Sequence[str] = ()) -> dict[str, CaseResult]:
    orders = [order(folders, name) for name in cases or cases_in(folders)]
    with ThreadPoolExecutor(2) as executor:
        return {one.case: one for one in build_all(orders, executor, Limits(), run)}


def test_each_case_gets_its_packet_and_the_second_run_finds_nothing_to_do(folders: Folders) -> None:
    run = begun(folders.output / "journal.jsonl", resume=False)

    first, second = build(folders, run), build(folders, run)

    assert {name: one.outcome for name, one in first.items()} == {
        "adjei": Outcome.BUILT,
        "boateng": Outcome.BUILT,
    }
    assert first["adjei"].pages > 10
    assert {one.outcome for one in second.values()} == {Outcome.UNCHANGED}
    assert (folders.output / "adjei" / "initial_parole" / "packet-DRAFT.pdf").is_file()


def test_a_case_with_errors_and_one_that_cannot_be_read_fail_alone(folders: Folders) -> None:
    write_case(folders.cases, name="mensah")
    rewrite(folders, "adjei", ("[@doctor p. 1]", "[@docter p. 1]"))
    (folders.cases / "mensah" / "case.yaml").write_text("filing: [", "utf-8")

    results = build(folders, Run(folders.output / "journal.jsonl"))

    assert results["adjei"].outcome is Outcome.FINDINGS
    assert results["adjei"].errors == {"citation-unknown": 1}
    assert results["boateng"].outcome is Outcome.BUILT
    assert results["mensah"].outcome is Outcome.REFUSED
    assert results["mensah"].reason == "FactsError"
    summary = summary_of(list(results.values()))
    assert summary.outcomes == {Outcome.BUILT: 1, Outcome.FINDINGS: 1, Outcome.REFUSED: 1}
    assert summary.errors == {"citation-unknown": 1}
    assert not summary.all_done


def test_a_run_that_was_cut_off_goes_on_with_what_is_not_built(folders: Folders) -> None:
    journal = folders.output / "journal.jsonl"
    build(folders, begun(journal, resume=False), ["adjei"])
    with journal.open("a", encoding="utf-8") as stream:
        stream.write('{"case": "boateng", "outc')

    resumed = begun(journal, resume=True)
    build(folders, resumed, ["boateng"])

    assert resumed.done == {"adjei"}
    assert begun(journal, resume=True).done == {"adjei", "boateng"}
    assert begun(journal, resume=False).done == frozenset()


def test_the_journal_holds_no_value_of_the_facts(folders: Folders) -> None:
    rewrite(folders, "adjei", ("[@doctor p. 1]", "[@docter p. 1]"))
    journal = folders.output / "journal.jsonl"

    build(folders, begun(journal, resume=False))

    text = journal.read_text("utf-8")
    assert len(text.splitlines()) == 2
    for value in ("Kwabena", "G0418276", "docter", str(folders.cases)):
        assert value not in text


def test_a_case_that_takes_too_long_is_ended(folders: Folders) -> None:
    result = build_one(order(folders, "adjei"), Limits(seconds=0))

    assert result.outcome is Outcome.TOO_LONG
    assert build_one(order(folders, "adjei"), Limits()).outcome is Outcome.BUILT


def test_a_case_that_eats_memory_fails_alone(folders: Folders) -> None:
    result = build_one(order(folders, "adjei"), Limits(memory_bytes=60_000_000))

    assert not result.outcome.is_done
    assert not (folders.output / "adjei" / "initial_parole" / "packet-DRAFT.pdf").exists()


def test_a_case_whose_process_dies_is_named(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def remembered(*arguments: object, **options: object) -> subprocess.Popen[str]:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr("subprocess.Popen", remembered)

    def strike() -> None:
        while not started:
            time.sleep(0.01)
        os.kill(started[0].pid, signal.SIGKILL)

    striking = threading.Thread(target=strike)
    striking.start()
    result = build_one(order(folders, "adjei"), Limits())
    striking.join()

    assert result == CaseResult("adjei", Outcome.DIED, reason="SIGKILL")


#: Modules that stand in the way of a build: what each does when the first letter is rendered.
MISHAPS = {
    "ends": "import os\nos._exit(7)\n",
    "sleeps": "import time\ntime.sleep(3600)\n",
    "eats memory": "held = [bytes(1 << 20) for _ in range(1 << 20)]\n",
    "talks": "print('a library says something')\nraise ImportError\n",
}


@pytest.fixture
def mishap(
    folders: Folders,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let something happen to a case whose letters are rendered, once another has its packet."""
    build(folders, Run(folders.output / "before.jsonl"), ["boateng"])
    (tmp_path / "mishap").mkdir()
    (tmp_path / "mishap" / "docxtpl.py").write_text(MISHAPS[request.param], encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "mishap"))


@pytest.mark.usefixtures("mishap")
@pytest.mark.parametrize(
    ("mishap", "limits", "expected"),
    [
        ("ends", Limits(), (Outcome.DIED, "exit 7")),
        ("sleeps", Limits(seconds=20), (Outcome.TOO_LONG, "over 20 s")),
        ("eats memory", Limits(memory_bytes=1_500_000_000), (Outcome.FAULT, "MemoryError")),
        ("talks", Limits(), (Outcome.FAULT, "ImportError")),
    ],
    indirect=["mishap"],
)
def test_a_case_that_ends_hangs_or_eats_memory_fails_alone_by_name(
    folders: Folders, limits: Limits, expected: tuple[Outcome, str]
) -> None:
    orders = [order(folders, name) for name in ("adjei", "boateng")]
    with ThreadPoolExecutor(2) as executor:
        run = Run(folders.output / "journal.jsonl")
        results = {one.case: one for one in build_all(orders, executor, limits, run)}

    assert (results["adjei"].outcome, results["adjei"].reason) == expected
    assert results["boateng"].outcome is Outcome.UNCHANGED
    assert not (folders.output / "adjei" / "initial_parole" / "packet.json").exists()
    journal = (folders.output / "journal.jsonl").read_text("utf-8")
    assert {json.loads(line)["case"] for line in journal.splitlines()} == {"adjei", "boateng"}


def test_a_case_for_which_no_process_can_be_started_fails_alone(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("subprocess.Popen", full)

    result = build_one(order(folders, "adjei"), Limits())

    assert result == CaseResult("adjei", Outcome.DIED, reason="BlockingIOError")


def test_a_worker_that_is_lost_takes_no_other_case_with_it(folders: Folders) -> None:
    class Losing(Executor):
        """Loses the first case that it is given."""

        def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401
            future: Future[Any] = Future()
            if arguments[0].case == "adjei":
                future.set_exception(RuntimeError("the worker is gone"))
            else:
                future.set_result(work(*arguments, **named))
            return future

    orders = [order(folders, name) for name in ("adjei", "boateng")]
    run = Run(folders.output / "journal.jsonl")
    results = {one.case: one for one in build_all(orders, Losing(), Limits(), run)}

    assert results["adjei"] == CaseResult("adjei", Outcome.DIED, reason="RuntimeError")
    assert results["boateng"].outcome is Outcome.BUILT


def test_the_files_of_all_clients_are_looked_at_once_for_all_cases(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each case needs of the others is kept; its order only names it, by digest."""
    known = clients_of(folders.cases, folders.output).digest
    monkeypatch.setattr(clients, "_seen", lambda *_: pytest.fail("looked at files again"))

    for name in ("adjei", "boateng"):
        made = built_again(replace(order(folders, name), clients=known), lambda _: None)
        assert made.packet is not None


def test_a_case_that_another_run_holds_is_refused(folders: Folders) -> None:
    with case_lock(folders.cases / "adjei", folders.output / "adjei"):
        result = build_one(order(folders, "adjei"), Limits())

    assert result == CaseResult("adjei", Outcome.REFUSED, reason="CaseBusyError")


def test_only_the_order_travels_and_only_the_record_comes_back(folders: Folders) -> None:
    told = json.dumps(
        {
            "case": "adjei",
            "filing": None,
            "folders": {name: str(getattr(folders, name)) for name in Folders.__slots__},
            "date": "2026-12-02",
            "engine": "dxpdf",
            "passwords": None,
            "clients": None,
            "memory_bytes": 8_000_000_000,
        }
    )
    command = [sys.executable, "-m", "packet_builder.assembly.one_case"]

    answer = subprocess.run(command, input=told, capture_output=True, text=True, check=True).stdout

    assert json.loads(answer)["outcome"] == "built"
    assert set(json.loads(answer)) == {"case", "outcome", "pages", "errors", "reason"}


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:8786", "tcp://scheduler.example:8786", "10.0.0.7:8786", "tcp://0.0.0.0:1"],
)
def test_a_scheduler_in_the_open_is_refused(address: str) -> None:
    with pytest.raises(SchedulerInTheOpenError, match="Give tls://HOST:PORT"), cluster(address):
        pass


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("distributed.Client", silent)

    with (
        pytest.raises(SchedulerSilentError, match=r"No scheduler answers at tcp://127.0.0.1:1\."),
        cluster("tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.filterwarnings("ignore")  # of Dask's own making
def test_the_same_cases_are_built_on_a_cluster(folders: Folders) -> None:
    rewrite(folders, "adjei", ("[@doctor p. 1]", "[@docter p. 1]"))
    orders = [order(folders, name) for name in cases_in(folders)]
    run = Run(folders.output / "journal.jsonl")
    with (
        LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as local,
        cluster(local.scheduler_address) as executor,
    ):
        results = {one.case: one.outcome for one in build_all(orders, executor, Limits(), run)}
        again = {one.case: one.outcome for one in build_all(orders, executor, Limits(), run)}

    assert results == {"adjei": Outcome.FINDINGS, "boateng": Outcome.BUILT}
    assert again == {"adjei": Outcome.FINDINGS, "boateng": Outcome.UNCHANGED}
