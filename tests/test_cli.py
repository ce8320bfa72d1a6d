from __future__ import annotations

import json
import logging
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from packet_builder import cli
from packet_builder.assembly.watch import Stamp, stamp_of
from packet_builder.case_lock import case_lock
from packet_builder.commands import guard
from packet_builder.errors import ExitCode
from tests.cases import changed, write_case
from tests.needed import needs


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an office with one case; the umask of the tests stays as it is."""
    write_case(tmp_path / "case_data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["packet-builder", *arguments])
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    assert isinstance(leaving.value.code, int)
    return leaving.value.code


def test_a_build_prints_where_the_packet_lies_and_what_was_done(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "build", "boateng", "--engine", "dxpdf", "--why")
    out, err = capsys.readouterr()

    assert code == ExitCode.DONE
    assert (
        Path(out.strip()) == office / "output" / "boateng" / "initial_parole" / "packet-DRAFT.pdf"
    )
    assert "every page is accounted for" in err
    assert "there was no packet yet" in err


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("engine", ["dxpdf", "libreoffice"])
def test_folders_may_be_given_as_they_lie_from_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    if engine == "libreoffice":
        needs("soffice")
    folders = ["--cases", "case_data", "--output", "elsewhere/packets", "--forms", "blanks"]
    code = run(monkeypatch, *folders, "build", "boateng", "--engine", engine)
    packet = Path(capsys.readouterr().out.strip())

    assert code == ExitCode.DONE
    assert packet == Path("elsewhere/packets/boateng/initial_parole/packet-DRAFT.pdf").absolute()
    assert packet.is_file()


def test_a_build_answers_in_json(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "build", "boateng", "--engine", "dxpdf", "--json")

    assert json.loads(capsys.readouterr().out)["case"] == "boateng"
    assert (office / "output").is_dir()


@pytest.mark.usefixtures("office")
def test_check_of_a_whole_case_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "check", "boateng") == ExitCode.DONE


def test_findings_have_their_place_and_what_to_do(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(("[@doctor p. 1]", "[@docter p. 1]"))
    (office / "case_data" / "boateng" / "case.yaml").write_text(text, encoding="utf-8")
    code = run(monkeypatch, "check", "boateng")
    out = capsys.readouterr().out

    assert code == ExitCode.FINDINGS
    assert 'error: cites "docter", which is not in the evidence' in out
    assert 'Did you mean "doctor"?' in out
    assert out.startswith("case.yaml:")


def test_findings_answer_in_json(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(("[@doctor p. 1]", "[@doctor p. 9]"))
    (office / "case_data" / "boateng" / "case.yaml").write_text(text, encoding="utf-8")
    code = run(monkeypatch, "build", "boateng", "--json")
    row, *_ = json.loads(capsys.readouterr().out)

    assert code == ExitCode.FINDINGS
    assert (row["rule"], row["weight"], row["file"]) == (
        "citation-beyond-end",
        "error",
        "case.yaml",
    )


def test_facts_that_cannot_be_read_give_their_own_exit_code(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(("  delivery: paper", "  delivery: papr"))
    (office / "case_data" / "boateng" / "case.yaml").write_text(text, encoding="utf-8")

    assert run(monkeypatch, "check", "boateng") == ExitCode.UNUSABLE
    assert 'did you mean "paper"?' in capsys.readouterr().err


@pytest.mark.usefixtures("office")
def test_an_unknown_case_is_a_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "build", "boatang") == ExitCode.USAGE
    assert 'Did you mean "boateng"?' in capsys.readouterr().err


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "arguments", [("bild",), ("build",), ("build", "boateng", "--engine", "x")]
)
def test_a_command_that_does_not_exist_is_a_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *arguments) == ExitCode.USAGE


def test_a_day_that_is_typed_in_another_way_is_answered_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", "minimal", "--date", "12/01/2026") == ExitCode.USAGE
    said = capsys.readouterr().err
    assert 'write the day as year-month-day, as in 2026-12-01, not "12/01/2026"' in said


def test_a_case_in_use_gives_its_own_exit_code(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case_lock(office / "cases" / "boateng", office / "output" / "boateng"):
        assert run(monkeypatch, "check", "boateng") == ExitCode.BUSY


def test_an_unexpected_fault_leaves_a_log_without_private_values(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        message = "Kwabena Boateng G0418276"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("packet_builder.assembly.build.examined", fail)
    code = run(monkeypatch, "check", "boateng")
    log = (office / "output" / "packet-builder-fault.log").read_text(encoding="utf-8")
    said = capsys.readouterr()

    assert code == ExitCode.FAULT
    for text in (log, said.err, said.out):
        assert "Boateng" not in text.replace("boateng", "")
        assert "G0418276" not in text
    assert "ZeroDivisionError" in log
    assert "fail" in log


@pytest.mark.usefixtures("office")
def test_the_plan_is_printed_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "plan", "boateng") == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].startswith("slip")
    assert "Form G-1145" in lines[0]
    assert any(line.split() == ["exhibit", "B", "Letter"] for line in lines)


@pytest.mark.usefixtures("office")
def test_the_plan_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "plan", "boateng", "--json")

    assert json.loads(capsys.readouterr().out)[-1]["files"] == ["exhibits/tax.pdf"]


def test_new_starts_a_case_that_check_asks_to_fill_in(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "new", "rahimi") == ExitCode.DONE
    assert (office / "case_data" / "rahimi" / "case.yaml").is_file()
    assert run(monkeypatch, "check", "rahimi") == ExitCode.UNUSABLE
    assert "is empty; fill it in or remove the line" in capsys.readouterr().err


@pytest.mark.usefixtures("office")
def test_the_schema_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "schema") == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["properties"]["evidence"]


def test_another_date_is_built_for(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "build", "boateng", "--engine", "dxpdf", "--date", "2026-12-24", "--json")

    assert json.loads(capsys.readouterr().out)["date"] == "2026-12-24"
    assert office.is_dir()


def test_folders_come_from_the_environment(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKET_BUILDER_CASES", str(office / "case_data"))
    monkeypatch.chdir("/")

    assert run(monkeypatch, "plan", "boateng") == ExitCode.DONE


def test_a_run_makes_files_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    try:
        run(monkeypatch, "new", "rahimi")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "case_data" / "rahimi" / "case.yaml").stat().st_mode) == 0o600


@pytest.mark.usefixtures("office")
def test_what_a_library_logs_does_not_reach_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "plan", "boateng")
    capfd.readouterr()
    logging.getLogger("pypdf").warning("Kwabena Boateng")

    assert "Boateng" not in capfd.readouterr().err


def test_a_watched_case_is_built_at_every_change_until_it_is_stopped(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = office / "case_data" / "boateng" / "case.yaml"

    def edited(
        look: Callable[[], Iterable[Path]],
        since: Stamp,
        act: Callable[[], object],
        ended: threading.Event,
    ) -> None:
        assert not ended.is_set()
        assert since == stamp_of(look())
        assert {facts, office / "case_data" / "firm.yaml"} <= set(look())
        facts.write_text(changed(("[@doctor p. 1]", "[@docter p. 1]")), "utf-8")
        act()
        facts.write_text("filing: [", "utf-8")
        act()
        facts.write_text(
            f"# a line\n{changed(('needs an operation', 'needs one operation'))}", "utf-8"
        )
        act()
        raise KeyboardInterrupt

    monkeypatch.setattr("packet_builder.assembly.watch.watched", edited)
    code = run(monkeypatch, "build", "boateng", "--engine", "dxpdf", "--watch")
    out, err = capsys.readouterr()

    assert code == ExitCode.DONE
    assert out.count('cites "docter"') == 1
    assert err.count("every page is accounted for") == 2
    assert err.count("nothing was built") == 1
    assert err.count("The former packet, if any, is untouched") == 2
    assert err.count("must give biometrics abroad") == 1
    assert err.count("Form I-131 stands on a slip") == 1


def test_all_cases_are_built_with_a_line_each_and_a_summary(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_case(office / "case_data", changed(("[@doctor p. 1]", "[@docter p. 1]")), "mensah")
    code = run(monkeypatch, "build-all", "--engine", "dxpdf", "--workers", "2")
    out, err = capsys.readouterr()

    assert code == ExitCode.FINDINGS
    assert out == "1 built, 1 findings\n  citation-unknown: 1 packet\n"
    assert "mensah: findings: citation-unknown (1)" in err

    code = run(monkeypatch, "build-all", "--engine", "dxpdf", "--resume", "--json")
    answer = json.loads(capsys.readouterr().out)

    assert [row["case"] for row in answer["filings"]] == ["mensah"]
    assert answer["errors"] == {"citation-unknown": 1}


def test_the_review_page_follows_edits_until_it_is_stopped(office: Path) -> None:
    command = [sys.executable, "-m", "packet_builder"]
    subprocess.run([*command, "build", "boateng", "--engine", "dxpdf"], check=True)
    manifest = office / "output" / "boateng" / "initial_parole" / "packet.json"
    first = manifest.read_text("utf-8")
    with subprocess.Popen(
        [*command, "review", "boateng", "--engine", "dxpdf"], stdout=subprocess.PIPE, text=True
    ) as page:
        assert page.stdout is not None
        link = page.stdout.readline()
        facts = office / "case_data" / "boateng" / "case.yaml"
        facts.write_text(changed(("needs an operation", "needs one operation")), "utf-8")
        for _ in range(300):
            if manifest.read_text("utf-8") != first:
                break
            time.sleep(0.1)
        page.send_signal(signal.SIGINT)
        code = page.wait(30)

    assert link.startswith("http://127.0.0.1:")
    assert manifest.read_text("utf-8") != first
    assert code == ExitCode.DONE


@pytest.mark.usefixtures("office")
def test_a_case_without_a_packet_is_not_reviewed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "review", "boateng") == ExitCode.USAGE
    assert '"boateng" has no such packet. Build it first:' in capsys.readouterr().err


def test_ctrl_c_is_no_fault_though_a_library_makes_one_of_it(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(10)
        except KeyboardInterrupt:
            message = "Error building validator"
            raise ValueError(message) from None

    monkeypatch.setattr("packet_builder.assembly.build.examined", fail)
    monkeypatch.setattr(guard, "_STOPPED", threading.Event())
    # Whoever started the tests in the background made them deaf to Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = run(monkeypatch, "check", "boateng")
    finally:
        signal.signal(signal.SIGINT, before)

    assert code == ExitCode.FAULT
    assert capsys.readouterr().err.strip() == "stopped; nothing half-made was left behind"
    assert not (office / "output" / "packet-builder-fault.log").exists()
