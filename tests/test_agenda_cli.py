"""`calendar`: the deadlines of one case or of all, on a day that is given."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pypdfium2
import pytest
import vobject

from packet_builder.agenda.board import board_of
from packet_builder.documents.sheets.report import Piece
from packet_builder.errors import ExitCode
from packet_builder.rules.internal_mark import is_internal
from tests.cases import WHOLE, write_case
from tests.review_cases import run

EVENTS = """\
events:
  - {id: filed, event: filed, date: 2026-05-02, what: initial_parole}
  - {id: rfe, event: rfe, date: 2026-11-23, served_on: 2026-11-23, served_by: mail,
     due_printed: 2027-02-20, days: 84}
  - {id: move, event: move, date: 2026-11-09, address: {street: 1 Row, city: Troy, country: Ghana}}
  - {id: told, event: filed, date: 2026-11-12, what: address_change}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_case(tmp_path / "cases", WHOLE + EVENTS)
    write_case(tmp_path / "cases", WHOLE, "mensah")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    return tmp_path


@pytest.mark.usefixtures("office")
def test_the_deadlines_of_a_case_are_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "calendar", "boateng", "--on", "2027-02-12")
    out, err = capsys.readouterr()
    head, target, sent, due = out.splitlines()

    assert code == ExitCode.DONE
    assert head.split()[:4] == ["date", "act", "by", "days"]
    assert "2027-02-11" in target
    assert "past, and not done" in target
    assert sent.split()[:3] == ["2027-02-13", "2027-02-12", "1"]
    assert due.split()[:3] == ["2027-02-20", "2027-02-19", "8"]
    assert "RFE response due: received by" in due
    assert "as reported: confirm" in due
    assert due.endswith("case.yaml:55:5")
    assert "1 done or passed: --all shows them" in err


@pytest.mark.usefixtures("office")
def test_all_shows_what_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "calendar", "boateng", "--on", "2027-02-12", "--all")

    assert "  done  " in capsys.readouterr().out


@pytest.mark.usefixtures("office")
def test_a_calendar_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "calendar", "--on", "2027-02-12", "--json")
    rows = json.loads(capsys.readouterr().out)
    done = rows[0]

    assert [row["case"] for row in rows] == ["boateng"] * 4
    assert done["done"] == [
        {"person": "Kwabena Boateng", "event": "told", "date": "2026-11-12", "arrived": True}
    ]
    assert (done["state"], done["status"], done["force"]) == ("done", "primary", "hard")
    assert done["source"] == "Instructions for Form I-131 (01/20/25), p. 28; Form AR-11, p. 2"
    assert rows[-1]["act_by"] == "2027-02-19"
    assert rows[-1]["closed"] == "a Saturday"


def test_the_board_shows_what_is_open_of_all_cases_the_nearest_first(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "calendar", "--board", "board.pdf", "--on", "2027-02-12")
    with pypdfium2.PdfDocument(office / "board.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = " ".join(" ".join(pages).split())

    assert code == ExitCode.DONE
    assert capsys.readouterr().out == ""
    assert all(is_internal(page) for page in pages)
    past, week, month = (
        text.index(words)
        for words in ("1 day ago 2027-02-11", "1 day left 2027-02-13 act by", "8 days left")
    )
    assert past < week < month
    assert "PAST, NOT DONE" in text
    assert "Past, and not done: 1. Within a week: 1. Within 30 days: 1." in text
    assert "boateng RFE response due: received by as reported: confirm" in text


@pytest.mark.parametrize(
    ("left", "words", "share", "state"),
    [
        (-1, "1 day ago", None, "error"),
        (0, "TODAY", 0, "error"),
        (7, "7 days left", 7 / 90, "error"),
        (8, "8 days left", 8 / 90, "warning"),
        (45, "45 days left", 0.5, ""),
        (90, "90 days left", 1, ""),
        (1200, "1,200 days left", None, ""),
    ],
)
def test_a_bar_is_as_long_as_the_days_that_are_left(
    left: int, words: str, share: float | None, state: str
) -> None:
    row = {
        "days_left": left,
        "date": "2027-02-13",
        "act_by": "2027-02-12",
        "closed": "",
        "state": "open",
        "force": "hard",
        "case": "boateng",
        "what": "Reply",
        "detail": "",
        "who": "",
        "status": "primary",
    }

    (part,) = board_of([row], dt.date(2027, 2, 12)).parts

    (shown,) = part.tables[0].rows
    assert shown.cells[0] == (Piece(words, share=share),)
    assert shown.state == state


def test_one_case_that_cannot_be_read_hides_no_other(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "cases" / "broken").mkdir()
    (office / "cases" / "broken" / "case.yaml").write_text("filing: {}", encoding="utf-8")
    code = run(monkeypatch, "calendar", "--on", "2027-02-12")
    out, err = capsys.readouterr()

    assert code == ExitCode.FINDINGS
    assert "RFE response due" in out
    assert "broken cannot be read" in err
    assert "packet-builder check broken" in err
    assert run(monkeypatch, "calendar", "broken") == ExitCode.UNUSABLE


def test_a_calendar_file_is_written_and_is_the_same_again(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.ics", "two.ics"):
        run(monkeypatch, "calendar", "--on", "2027-02-12", "--ics", name)
    one, two = ((office / name).read_bytes() for name in ("one.ics", "two.ics"))

    assert one == two
    assert len(vobject.readOne(one.decode()).vevent_list) == 4
    assert capsys.readouterr().out == ""


def test_a_gap_in_the_law_is_told(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "{id: carried_usps, text: x, days: 5, effective_to: 2026-01-01"
    proof = "source: x, status: design, checked_on: 2026-01-01}"
    law = f"response_limits: [{row}, {proof}]\n"
    (office / "cases" / "law.yaml").write_text(law, encoding="utf-8")
    code = run(monkeypatch, "calendar", "boateng", "--on", "2027-02-12")
    out, err = capsys.readouterr()

    assert code == ExitCode.DONE
    assert "send by" not in out
    assert (
        'a deadline cannot be counted: law/tables/response_limits.yaml has no row "carried' in err
    )


def test_the_days_of_filings_are_those_of_their_own_files(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = office / "cases" / "mensah"
    (folder / "filings").mkdir()
    filing = (
        "filing:\n  kind: initial_parole\n  delivery: paper\n  date: 2027-02-01\n"
        "  exhibits: doctor\n"
        "  key_date: {date: 2027-03-20, event: hearing}\n"
    )
    (folder / "filings" / "again.yaml").write_text(filing, encoding="utf-8")
    run(monkeypatch, "calendar", "mensah", "--on", "2027-02-12")
    (row,) = capsys.readouterr().out.splitlines()[1:]

    assert "The date that matters: hearing" in row
    assert row.endswith("filings/again.yaml:6:20")
