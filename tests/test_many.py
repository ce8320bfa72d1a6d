"""Many cases: one that fails, hangs or dies fails alone, by name, and the run goes on."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dask
import pytest
from distributed import LocalCluster

from packet_builder.assembly import clients
from packet_builder.assembly.again import built_again
from packet_builder.assembly.cache import program_digest
from packet_builder.assembly.clients import clients_of
from packet_builder.assembly.order import Order
from packet_builder.case_lock import case_lock
from packet_builder.many import (
    Run,
    Summary,
    begun,
    build_all,
    case_orders,
    cases_in,
    summary_of,
)
from packet_builder.many import apart as building
from packet_builder.many.case import build_case, limits, this_machine
from packet_builder.many.cluster import (
    CertificatesMissingError,
    SchedulerInTheOpenError,
    SchedulerSilentError,
    cluster,
)
from packet_builder.many.orders import CaseOrder, FilingResult, Outcome, row_of
from packet_builder.sandbox.pool import Limits
from packet_builder.tidying import tidy
from packet_builder.workspace import CaseNotFoundError, Folders, shipped
from tests.cases import changed, write_case

LIMITS = limits(minutes=5)
#: A case whose own filing is a letter with its enclosures.
SMALL = changed(
    ("kind: initial_parole\n  delivery: paper\n  carrier: usps\n", "kind: client_letter\n"),
    ("kind: physician_letter", "kind: letter"),
    ("kind: tax_return", "kind: letter"),
)
LETTER = "filing: {kind: client_letter, date: 2026-12-14}\n"
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("adjei", "boateng"):
        write_case(tmp_path / "cases", SMALL, name)
    output = tmp_path / "output"
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", output)


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let cases do what their names say, in the process that would build them."""
    monkeypatch.setattr("packet_builder.many.case.TASK", "tests.sandbox_tasks:build")


def order(folders: Folders, case: str = "") -> Order:
    return Order(case, folders, None, "dxpdf")


def case_order(folders: Folders, case: str, program: str | None = None) -> CaseOrder:
    whole = replace(order(folders), case=str(folders.cases / case))
    return CaseOrder(whole, (None,), program or program_digest())


def rewrite(folders: Folders, case: str, *changes: tuple[str, str]) -> None:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folders.cases / case / "case.yaml").write_text(text, "utf-8")


def write_filing(folders: Folders, case: str, name: str, text: str) -> None:
    (folders.cases / case / "filings").mkdir(exist_ok=True)
    (folders.cases / case / "filings" / f"{name}.yaml").write_text(text, "utf-8")


def build(folders: Folders, run: Run, *cases: str, filing: str | None = None) -> list[FilingResult]:
    wanted = replace(order(folders), filing=filing)
    orders = case_orders(cases or cases_in(folders), wanted, run)
    with this_machine(2) as executor:
        return list(build_all(orders, executor, LIMITS, run))


def alone(folders: Folders, case: str, most: Limits = LIMITS) -> FilingResult:
    with this_machine(1) as executor:
        return executor.submit(build_case, case_order(folders, case), most).result()[0]


def outcomes(results: Sequence[FilingResult]) -> dict[tuple[str, str | None], Outcome]:
    return {one.key: one.outcome for one in results}


def test_each_filing_gets_its_packet_and_the_second_run_finds_nothing_to_do(
    folders: Folders,
) -> None:
    write_filing(folders, "adjei", "letter", LETTER)
    run = begun(folders.output / "journal.jsonl", resume=False)

    first, second = build(folders, run), build(folders, run)

    filings = {("adjei", None), ("adjei", "letter"), ("boateng", None)}
    assert outcomes(first) == dict.fromkeys(filings, Outcome.BUILT)
    assert outcomes(second) == dict.fromkeys(filings, Outcome.UNCHANGED)
    assert [one.pages for one in second] != [0, 0, 0]
    assert (folders.output / "adjei" / "client_letter" / "packet-DRAFT.pdf").is_file()
    assert list((folders.output / "adjei" / "letter").glob("*.pdf"))
    left = [path for path in folders.output.rglob(".*") if path.name != ".lock"]
    assert left == [folders.output / ".office"]


def test_one_filing_of_each_case_may_be_asked_for(folders: Folders) -> None:
    write_filing(folders, "adjei", "letter", LETTER)

    results = build(folders, Run(folders.output / "journal.jsonl"), filing="letter")

    assert outcomes(results) == {
        ("adjei", "letter"): Outcome.BUILT,
        ("boateng", "letter"): Outcome.ABSENT,
    }
    assert not (folders.output / "adjei" / "client_letter").exists()
    assert summary_of(results).all_done


def test_what_was_made_final_is_left_as_it_is(folders: Folders) -> None:
    write_filing(folders, "adjei", "letter", LETTER)
    final = folders.output / "adjei" / "client_letter" / "final" / "2026-12-01-1"
    final.mkdir(parents=True)
    (final / "packet.json").write_text('{"format": 0}', "utf-8")

    results = build(folders, Run(folders.output / "journal.jsonl"), "adjei")

    assert outcomes(results) == {
        ("adjei", None): Outcome.FINAL,
        ("adjei", "letter"): Outcome.BUILT,
    }
    assert [path.name for path in final.parents[1].iterdir()] == ["final"]


def test_a_case_with_errors_and_one_that_cannot_be_read_fail_alone(folders: Folders) -> None:
    write_case(folders.cases, name="mensah")
    rewrite(folders, "adjei", ("title: Letter, kind: letter", "title: Letter, kind: pay_record"))
    (folders.cases / "mensah" / "case.yaml").write_text("filing: [", "utf-8")

    results = build(folders, Run(folders.output / "journal.jsonl"))

    by_name = {one.case: one for one in results}
    assert by_name["adjei"].outcome is Outcome.FINDINGS
    assert by_name["adjei"].errors == {"evidence-without-group": 1}
    assert by_name["boateng"].outcome is Outcome.BUILT
    assert by_name["mensah"].outcome is Outcome.REFUSED
    assert by_name["mensah"].reason == "The facts cannot be used as they are."
    summary = summary_of(results)
    assert summary == Summary(
        {Outcome.BUILT: 1, Outcome.FINDINGS: 1, Outcome.REFUSED: 1}, {"evidence-without-group": 1}
    )
    assert not summary.all_done


def test_a_run_that_was_cut_off_goes_on_with_what_is_not_built(folders: Folders) -> None:
    write_filing(folders, "adjei", "letter", LETTER)
    write_filing(folders, "adjei", "broken", "filing: [")
    journal = folders.output / "journal.jsonl"
    build(folders, begun(journal, resume=False), "adjei")
    with journal.open("a", encoding="utf-8") as stream:
        stream.write('{"case": "boateng", "outcome": "of another version"}\n[1]\n7\n')
        stream.write('{"case": "boateng", "outc')

    resumed = begun(journal, resume=True)
    left = case_orders(cases_in(folders), order(folders), resumed)

    assert resumed.done == {("adjei", None), ("adjei", "letter")}
    assert {one.name: one.filings for one in left} == {"adjei": ("broken",), "boateng": (None,)}
    assert begun(journal, resume=False).done == frozenset()
    assert not journal.exists()


def test_a_case_that_is_not_there_is_said_before_anything_is_built(folders: Folders) -> None:
    with pytest.raises(CaseNotFoundError, match='Did you mean "adjei"'):
        case_orders(("adje", "boateng"), order(folders), Run(folders.output / "journal.jsonl"))


def test_a_case_that_is_named_twice_is_built_once(folders: Folders) -> None:
    named = ("adjei", str(folders.cases / "adjei"), "adjei")

    (only,) = case_orders(named, order(folders), Run(folders.output / "journal.jsonl"))

    assert only.name == "adjei"


def test_neither_the_journal_nor_what_travels_holds_a_value_of_the_facts(folders: Folders) -> None:
    rewrite(folders, "adjei", ("title: Letter, kind: letter", "title: Letter, kind: pay_record"))
    journal = folders.output / "journal.jsonl"

    build(folders, begun(journal, resume=False))

    travels = pickle.dumps((case_order(folders, "adjei"), LIMITS))
    noted = journal.read_bytes()
    assert len(noted.splitlines()) == 2
    for value in (b"Kwabena", b"G0418276", b"pay_record"):
        assert value not in noted + travels
    assert str(folders.cases).encode() not in noted


@pytest.mark.usefixtures("odd")
def test_cases_that_die_hang_or_break_down_fail_alone_by_name(folders: Folders) -> None:
    for name in ("dies", "prints"):
        write_case(folders.cases, name=name)
    journal = folders.output / "journal.jsonl"

    results = build(folders, Run(journal), "dies", "adjei", "prints", "boateng")

    assert outcomes(results) == {
        ("dies", None): Outcome.DIED,
        ("adjei", None): Outcome.BUILT,
        ("prints", None): Outcome.DIED,
        ("boateng", None): Outcome.BUILT,
    }
    assert {json.loads(line)["case"] for line in journal.read_text("utf-8").splitlines()} == {
        one.case for one in results
    }
    assert not (folders.output / "dies").exists()


@pytest.mark.usefixtures("odd")
def test_a_case_that_takes_too_long_is_ended_and_the_next_one_is_built(folders: Folders) -> None:
    write_case(folders.cases, name="hangs")
    brief = replace(LIMITS, seconds=2)
    with this_machine(1) as executor:
        hung = executor.submit(build_case, case_order(folders, "hangs"), brief)
        next_one = executor.submit(build_case, case_order(folders, "adjei"), LIMITS)

        assert hung.result() == (FilingResult("hangs", None, Outcome.TOO_LONG, reason="over 2 s"),)
        assert next_one.result()[0].outcome is Outcome.BUILT


@only_linux
@pytest.mark.usefixtures("odd")
def test_a_case_that_eats_memory_fails_alone_by_name(folders: Folders) -> None:
    write_case(folders.cases, name="eats")
    little = replace(LIMITS, memory_bytes=2_000_000_000)
    with this_machine(1) as executor:
        fat = executor.submit(build_case, case_order(folders, "eats"), little)
        next_one = executor.submit(build_case, case_order(folders, "adjei"), little)

        assert fat.result()[0].outcome is Outcome.DIED
        assert "took too much memory" in fat.result()[0].reason
        assert next_one.result()[0].outcome is Outcome.BUILT


def test_one_process_builds_case_after_case(folders: Folders) -> None:
    """What it imports, and reads of the program's own, is paid once."""
    with this_machine(1) as executor:
        results = [
            executor.submit(build_case, case_order(folders, name), LIMITS).result()[0]
            for name in ("adjei", "boateng")
        ]
        children = _children_named("packet_builder.many.apart")

        assert [one.outcome for one in results] == [Outcome.BUILT, Outcome.BUILT]
        assert len(children) == (1 if sys.platform == "linux" else 0)
    assert _children_named("packet_builder.many.apart") == []


def _children_named(module: str) -> list[int]:
    """Give the processes that this one started for a module, where the system tells."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text("utf-8").rpartition(")")[2].split()[1])
            words = status.with_name("cmdline").read_text("utf-8")
        except OSError:
            continue
        if parent == os.getpid() and module in words:
            found.append(int(status.parent.name))
    return found


@pytest.mark.usefixtures("odd")
def test_whoever_stops_a_run_leaves_nothing_behind_that_works(folders: Folders) -> None:
    write_case(folders.cases, name="hangs")
    begun_here: list[Future[tuple[FilingResult, ...]]] = []

    def stopped() -> None:
        with this_machine(1) as executor:
            for case in (case_order(folders, "hangs"), case_order(folders, "adjei")):
                begun_here.append(executor.submit(build_case, case, LIMITS))  # noqa: PERF401
            while not list((folders.output / ".office").glob(".scratch-*")):
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert begun_here[0].result(20)[0].outcome is Outcome.DIED
    assert begun_here[1].cancelled()
    assert not (folders.output / "adjei").exists()


def test_a_case_for_which_no_process_can_be_started_fails_alone(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("subprocess.Popen", full)

    result = alone(folders, "adjei")

    reason = "there was no room for another process"
    assert result == FilingResult("adjei", None, Outcome.DIED, reason=reason)


def test_a_worker_that_is_lost_takes_no_other_case_with_it(folders: Folders) -> None:
    class Losing(Executor):
        """Loses the first case that it is given."""

        def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401
            future: Future[Any] = Future()
            if arguments[0].name == "adjei":
                future.set_exception(RuntimeError("the worker is gone"))
            else:
                future.set_result(work(*arguments, **named))
            return future

    run = Run(folders.output / "journal.jsonl")
    orders = case_orders(cases_in(folders), order(folders), run)
    with this_machine(1):
        results = {one.case: one for one in build_all(orders, Losing(), LIMITS, run)}

    reason = "what was to build it was lost (RuntimeError)"
    assert results["adjei"] == FilingResult("adjei", None, Outcome.DIED, reason=reason)
    assert results["boateng"].outcome is Outcome.BUILT


def test_a_machine_with_another_program_builds_nothing(folders: Folders) -> None:
    row = row_of(case_order(folders, "adjei", program="of yesterday"), None)

    told = building.take(row)

    assert (told["outcome"], told["reason"]) == ("refused", building.OtherProgramError.about())
    assert not folders.output.exists()


def test_a_build_that_meets_a_fault_of_the_program_is_a_record_without_its_words(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    afterwards = []

    def fail(*_: object, tidy: object) -> None:
        afterwards.append(tidy)
        message = "Kwabena"
        raise ValueError(message)

    monkeypatch.setattr(building, "built_again", fail)

    told = building.take(row_of(case_order(folders, "adjei"), None))

    assert afterwards == [tidy]
    assert (told["outcome"], told["reason"]) == ("fault", "ValueError")
    assert "Kwabena" not in json.dumps(told)


def test_a_build_that_has_no_memory_left_says_so_to_whoever_watches_it(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def eat(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(building, "built_again", eat)

    with pytest.raises(MemoryError):
        building.take(row_of(case_order(folders, "adjei"), None))


def test_a_case_that_another_run_holds_is_waited_for_and_then_refused(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_of(case_order(folders, "adjei"), None)
    with ExitStack() as held:
        held.enter_context(case_lock(folders.cases / "adjei", folders.output / "adjei"))
        monkeypatch.setattr(building, "_PATIENCE_SECONDS", 0)
        refused = building.take(row)
        monkeypatch.setattr(building, "_PATIENCE_SECONDS", 60)
        # Not the sleep of all: a thread that waits in rounds would go round without a pause.
        clock = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: held.close())
        monkeypatch.setattr(building, "time", clock)
        waited = building.take(row)

    assert (refused["outcome"], refused["reason"]) == ("refused", "Another run holds the case.")
    assert waited["outcome"] == "built"


def test_the_files_of_all_clients_are_looked_at_once_for_all_cases(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each case needs of the others is kept; its order only names it, by digest."""
    known = clients_of(folders.cases, folders.output).digest
    monkeypatch.setattr(clients, "_seen", lambda *_: pytest.fail("looked at files again"))

    for name in ("adjei", "boateng"):
        made = built_again(replace(order(folders, name), clients=known), lambda _: None)
        assert made.packet is not None


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:8786", "tcp://scheduler.example:8786", "10.0.0.7:8786", "tcp://0.0.0.0:1"],
)
def test_a_scheduler_in_the_open_is_refused(address: str) -> None:
    with pytest.raises(SchedulerInTheOpenError, match="Give tls://HOST:PORT"), cluster(address):
        pass


@pytest.mark.parametrize(
    ("address", "demanded"), [("tls://127.0.0.1:1", False), ("tcp://127.0.0.1:1", True)]
)
def test_an_address_that_does_not_fit_the_certificates_is_refused(
    address: str, *, demanded: bool
) -> None:
    with (
        dask.config.set({"distributed.comm.require-encryption": demanded}),
        pytest.raises(CertificatesMissingError, match="does not fit Dask's configuration"),
        cluster(address),
    ):
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


@pytest.fixture
def local() -> Iterator[str]:
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as started:
        yield started.scheduler_address


@pytest.mark.filterwarnings("ignore")  # of Dask's own making
def test_the_same_cases_are_built_on_a_cluster(folders: Folders, local: str) -> None:
    rewrite(folders, "adjei", ("title: Letter, kind: letter", "title: Letter, kind: pay_record"))
    run = Run(folders.output / "journal.jsonl")
    orders = case_orders(cases_in(folders), order(folders), run)
    with cluster(local) as executor:
        results = outcomes(list(build_all(orders, executor, LIMITS, run)))
        again = outcomes(list(build_all(orders, executor, LIMITS, run)))

    assert results == {("adjei", None): Outcome.FINDINGS, ("boateng", None): Outcome.BUILT}
    assert again == {("adjei", None): Outcome.FINDINGS, ("boateng", None): Outcome.UNCHANGED}
