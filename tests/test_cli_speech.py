from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from packet_builder.cli import commands
from packet_builder.commands import progress, speech
from packet_builder.commands.command import command
from packet_builder.commands.guard import ended
from packet_builder.errors import ExitCode
from tests.cases import WHOLE, write_case


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_case(tmp_path / "case_data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(*words: str) -> int:
    return ended(lambda: commands.main([*words], standalone_mode=False))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    typed(*words)
    captured = capsys.readouterr()
    return captured.out, captured.err


@pytest.mark.usefixtures("office")
def test_a_command_ends_with_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = said(capsys, "plan", "boateng")

    assert err == "Next: packet-builder build boateng\n"


def test_what_comes_next_is_typed_with_the_folders_of_this_run(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = str(office / "case data")
    (office / "case_data").rename(cases)

    _, err = said(capsys, "--cases", cases, "plan", "boateng", "--filing", "initial_parole")

    assert err == (
        f"Next: packet-builder --cases '{cases}' build boateng --filing initial_parole\n"
    )


@pytest.mark.usefixtures("office")
def test_a_program_that_asked_for_json_is_told_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, err = said(capsys, "plan", "boateng", "--json")

    assert json.loads(out)
    assert err == ""


@pytest.mark.usefixtures("office")
def test_quiet_says_results_and_what_is_wrong_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = said(capsys, "plan", "boateng", "--quiet")
    _, wrong = said(capsys, "plan", "boatemg", "--quiet")

    assert "Form I-131" in out
    assert err == ""
    assert 'Did you mean "boateng"?' in wrong


def test_a_fault_is_answered_as_json_where_that_was_asked_for(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = office / "case_data" / "boateng" / "case.yaml"
    text = WHOLE.replace("pronoun: he\n", "pronoun:\n").replace("months: 6", "months: six")
    facts.write_text(text, encoding="utf-8")

    out, err = said(capsys, "check", "boateng", "--json")

    told = json.loads(out)
    assert (told["error"], told["exit_code"]) == ("FactsError", ExitCode.UNUSABLE)
    assert [(one["line"], one["blank"]) for one in told["faults"]] == [(15, True), (33, False)]
    assert "2 problems, 1 of them only to be filled in, in case.yaml" in err


@pytest.mark.parametrize(
    ("given", "is_coloured"),
    [({}, None), ({"NO_COLOR": "1"}, False), ({"FORCE_COLOR": "1"}, True)],
)
def test_colours_follow_what_the_environment_asks(
    given: dict[str, str], is_coloured: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert speech.colours() is is_coloured


@pytest.mark.usefixtures("office")
def test_no_colour_reaches_what_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    _, plain = said(capsys, "plan", "nobody")
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, coloured = said(capsys, "plan", "boateng")

    assert "\033" not in plain
    assert "\033[1mNext:" in coloured


def test_only_the_weight_of_a_finding_is_coloured() -> None:
    text = "case.yaml:3:1: error: a note: of error: one\n    note: not this"

    assert speech.coloured(text) == text.replace("error", "\033[31merror\033[0m", 1)


@command(examples={}, then="check {case}")
@click.argument("case")
@speech.as_json
def work(case: str, *, as_json: bool) -> None:
    """Work for a while."""
    assert case
    assert not as_json
    with progress.steps(2, "working") as tell:
        tell("first step")
        tell("second step")
    with progress.counted(range(2), 2, "counting") as looked:
        for one in looked:
            speech.talk(f"seen {one}")
    with progress.measured("measuring") as count:
        count(3, 3)


def test_elsewhere_than_on_a_terminal_long_work_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    work.main(["x"], standalone_mode=False)

    assert capsys.readouterr().err.splitlines() == [
        *("working", "counting", "seen 0", "seen 1", "measuring"),
        "Next: packet-builder check x",
    ]


def test_verbose_says_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    work.main(["x", "-v"], standalone_mode=False)

    assert capsys.readouterr().err.splitlines()[:3] == ["working", "first step", "second step"]


def test_quiet_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    work.main(["x", "-q"], standalone_mode=False)

    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own is made by pty")
def test_on_a_terminal_a_bar_shows_how_far_work_is() -> None:
    script = (
        "import pty, sys\n"
        "pty.spawn([sys.executable, '-c', 'from tests.test_cli_speech import work; work([\"x\"])'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "working: second step  [########################]" in shown
    assert "\033[2Kseen 0" in shown
    assert "2/2" in shown
