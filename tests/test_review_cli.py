from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from packet_builder.errors import ExitCode
from packet_builder.review.record import read_record
from tests.review_cases import Office, run

LETTER = "letter-humanitarian_justification"
LEE = ("--by", "Jordan Lee", "--role", "attorney", "--date", "2026-12-01")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office(tmp_path)
    office.build()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    return office


def test_an_approval_shows_what_is_bound_and_that_it_is_no_signature(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "approve", "boateng", LETTER, *LEE, "--note", "Read twice.")
    out, err = capsys.readouterr()
    (decision,) = read_record(office.case / "review").decisions

    assert code == ExitCode.DONE
    assert f"Humanitarian Justification ({LETTER}): pages " in out
    assert f"pages {decision.seen.pages[0][:12]}, Word copy " in out
    assert "exhibit doctor " in out
    assert "1 decided by Jordan Lee; head of the log: " in err
    assert "not a signature" in err
    assert (decision.role, decision.when) == ("attorney", "2026-12-01")
    assert decision.note == "Read twice."


def test_a_decision_has_the_moment_of_this_clock_unless_a_day_is_given(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "approve", "boateng", "--all", "--by", "Jordan Lee", "--role", "attorney")

    assert "T" in read_record(office.case / "review").decisions[0].when


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("approve", "boateng", *LEE), "write --all"),
        (("approve", "boateng", LETTER, "--all", *LEE), "write --all"),
        (("approve", "boateng", LETTER), "--by"),
        (("approve", "boateng", LETTER, "--by", " "), "one line that is not empty"),
        (("approve", "boateng", LETTER, "--by", "Ann"), "without a role nobody can approve"),
        (("approve", "boateng", LETTER, *LEE, "--role", "partner"), "'accredited_representative'"),
        (("approve", "boateng", LETTER, *LEE, "--role", "client"), "in the role of client nobody"),
        (("comment", "boateng", LETTER, *LEE, "--note", ""), "a text that is not empty"),
        (("request-changes", "boateng", LETTER, *LEE), "--note"),
        (("approve", "boatengg", "--all", *LEE), 'Did you mean "boateng"?'),
        (("status", "boateng", "--filing", "re_parole"), "Built are: initial_parole"),
    ],
)
@pytest.mark.usefixtures("office")
def test_a_command_that_does_not_fit_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    assert run(monkeypatch, *arguments) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_a_packet_that_was_changed_is_not_approved(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.filing / "packet-DRAFT.pdf").write_bytes(b"%PDF-1.7")

    assert run(monkeypatch, "approve", "boateng", "--all", *LEE) == ExitCode.UNUSABLE
    assert "is not the packet that packet.json describes" in capsys.readouterr().err


def test_facts_that_were_changed_since_are_mentioned(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.write(("He may bleed again", "He may well bleed again"))
    run(monkeypatch, "approve", "boateng", LETTER, *LEE)

    assert "case.yaml was changed since this packet was built" in capsys.readouterr().err


def test_the_status_of_a_case_says_what_is_stale_and_why(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "approve", "boateng", "--all", *LEE)
    office.write(("131460", "141,900"))
    office.build()
    page = str(office.standings["exhibit-doctor"].subject.first_page)
    note = ("--note", "Give the date.")
    run(monkeypatch, "request-changes", "boateng", "letter-cover_letter", *LEE, *note)
    run(monkeypatch, "comment", "boateng", "exhibit-doctor", *LEE, *note, "--page", page)
    capsys.readouterr()
    run(monkeypatch, "status", "boateng", "--date", "2026-11-30")
    out = capsys.readouterr().out

    assert "boateng, initial_parole: in review" in out
    assert "Humanitarian Justification needs approval again" in out
    assert "changed in it: Humanitarian Justification: the packet as a whole needs" in out
    assert "Jordan Lee asked for changes: Give the date." in out
    assert "Exhibit B, Letter (1 remarked)" in out


def test_the_status_of_all_cases_is_a_table(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.write(("  date: 2026-12-01\n", "  date: 2026-12-01\n" + KEY_DATE))
    office.build()
    run(monkeypatch, "approve", "boateng", LETTER, *LEE)
    for name in ("empty", "spoilt"):
        (office.folders.cases / name).mkdir()
        (office.folders.cases / name / "case.yaml").write_text("x: y", encoding="utf-8")
    (office.folders.output / "spoilt" / "initial_parole").mkdir(parents=True)
    (office.folders.output / "spoilt" / "initial_parole" / "packet.json").write_text("{")
    capsys.readouterr()
    run(monkeypatch, "status", "--date", "2026-11-30")
    head, own, empty, spoilt = capsys.readouterr().out.splitlines()

    assert re.split(" {2,}", head)[3:6] == ["date that matters", "next deadline", "against"]
    assert own.split("  ")[0] == "boateng"
    assert " 43 " in own
    assert "2027-01-12 surgery" in own
    assert "2027-01-07 Compare fees, editions, addresses again" in own
    assert own.endswith("in review")
    assert empty.split("  ")[0] == "empty"
    assert empty.endswith("no packet")
    assert spoilt.endswith("cannot be read")


KEY_DATE = "  key_date: {date: 2027-01-12, event: surgery}\n"


def test_a_status_answers_in_json(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "approve", "boateng", "--all", *LEE)
    capsys.readouterr()
    run(monkeypatch, "status", "boateng", "--json", "--date", "2026-12-01")
    row = json.loads(capsys.readouterr().out)
    run(monkeypatch, "status", "--json", "--date", "2026-12-01")
    (table,) = json.loads(capsys.readouterr().out)

    assert row["state"] == table["state"] == "approved"
    assert [one["state"] for one in row["documents"]] == ["approved"] * 7
    assert row["documents"][0]["role"] == "attorney"
    assert table["stale"] == table["missing"] == 0
    assert office.filing.is_dir()


def test_facts_edited_after_the_build_show_in_the_status(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.write(("He may bleed again", "He may well bleed again"))
    run(monkeypatch, "status", "boateng")
    out = capsys.readouterr().out

    assert "facts changed: build again" in out
    assert "case.yaml was changed since the packet was built: build again" in out
