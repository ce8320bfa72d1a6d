"""`status` of one case reads as its story: what happened, how filings stand, what comes next."""

from __future__ import annotations

import json

import pytest

from packet_builder.errors import ExitCode
from packet_builder.review.final import finalize
from packet_builder.review.overview import cases
from packet_builder.review.receipts import add_receipt
from packet_builder.review.routes import _html
from packet_builder.review.story import story_lines, story_of
from tests.review_cases import ON, Office, run

EVENTS = """\
events:
  - {id: filed, event: filed, date: 2026-12-02, what: initial_parole, filing: initial_parole}
  - {id: slip, event: receipt, date: 2026-12-09, receipt_number: IOE0123456789,
     filing: initial_parole}
  - {id: rfe, event: rfe, date: 2027-01-04, served_on: 2027-01-04, served_by: mail,
     due_printed: 2027-03-30, days: 82, answer_goes_by: online}
  - {id: later, event: other, date: 2027-03-01, what: The supporter moved.}
"""
FURTHER = """\
filing: {kind: initial_parole, delivery: paper, carrier: usps, date: 2027-02-01, exhibits: doctor}
"""
LEE = ("--by", "Jordan Lee", "--date", "2026-12-01")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office whose packet was approved, made final, and filed."""
    office = Office(tmp_path_factory.mktemp("story"))
    office.build()
    office.decide([])
    finalize(office.case, office.output, None, ON, lambda *_: None)
    add_receipt(office.case, office.output, None, "IOE0123456789", "2026-12-09")
    add_receipt(office.case, office.output, None, "IOE9999999999", "2026-12-10")
    return office


@pytest.fixture
def office(built: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    case = built.case / "case.yaml"
    text = case.read_text("utf-8").partition("events:\n")[0]
    case.write_text(text + EVENTS, encoding="utf-8")
    (built.case / "filings").mkdir(exist_ok=True)
    (built.case / "filings" / "again.yaml").write_text(FURTHER, encoding="utf-8")
    monkeypatch.chdir(built.case.parents[1])
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    return built


def told(office: Office, on: str) -> str:
    day = ON.fromisoformat(on)
    return "\n".join(story_lines(story_of(office.case, office.output, day)))


def test_a_story_has_events_and_decisions_in_the_order_of_their_days(office: Office) -> None:
    lines = told(office, "2027-02-12").split("\nFilings:")[0].strip().splitlines()

    assert lines == [
        "What happened:",
        "  2026-12-01  Jordan Lee approved 7 documents  [initial_parole]",
        "  2026-12-01  Made final, 13 pages  [initial_parole]",
        "  2026-12-02  Request for parole sent  [initial_parole]",
        "  2026-12-09  Receipt IOE0123456789  [initial_parole]",
        "  2026-12-10  Receipt IOE9999999999 noted  [initial_parole]",
        "  2027-01-04  Request for Evidence, due 2027-03-30",
    ]


def test_every_filing_says_how_it_stands(office: Office) -> None:
    lines = told(office, "2027-02-12").split("Filings:\n")[1].split("\n\n")[0].splitlines()

    assert lines == [
        "  initial_parole  filed 2026-12-02, receipt IOE0123456789, receipt IOE9999999999",
        "  again           no packet yet",
    ]


def test_what_comes_next_says_how_many_days_are_left_and_how_sure_that_is(office: Office) -> None:
    story = told(office, "2027-02-12")

    assert story.endswith(
        "What comes next:\n"
        "  2027-03-23  in 39 days    RFE response: target (target; chosen, no law)\n"
        "  2027-03-30  in 46 days    RFE response due: received by (hard; as reported: confirm)"
    )
    assert "Past, and not done" not in story


def test_what_was_missed_stands_before_what_comes_next(office: Office) -> None:
    story = told(office, "2027-03-31")

    assert "The supporter moved." in story
    assert "Past, and not done:\n  2027-03-23  8 days ago    RFE response: target" in story
    assert "  2027-03-30  1 days ago" not in story
    assert "  2027-03-30  1 day ago" in story


def test_a_filing_that_no_event_says_was_sent_is_final_and_not_filed(office: Office) -> None:
    case = office.case / "case.yaml"
    case.write_text(case.read_text("utf-8").partition("events:\n")[0], encoding="utf-8")
    story = told(office, "2027-01-01")

    assert "initial_parole  final, 2026-12-01-1; no event says that it was sent" in story
    assert "Compare fees, editions, addresses again: filing initial_parole" in story


def test_the_next_deadline_of_a_case_stands_in_the_table_of_all(office: Office) -> None:
    def deadline(on: str) -> object:
        folders = office.folders
        (row,) = cases(folders.cases, folders.output, ON.fromisoformat(on))
        return row["deadline"]

    due = {"date": "2027-03-30", "what": "RFE response due: received by", "days": 5}
    assert deadline("2027-03-25") == due
    assert deadline("2027-04-02") == {**due, "days": -3}
    assert deadline("2027-03-01") == {
        "date": "2027-03-23",
        "what": "RFE response: target",
        "days": 22,
    }


def test_a_status_tells_the_story_before_the_documents(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "status", "boateng", "--date", "2027-02-12")
    out = capsys.readouterr().out

    assert code == ExitCode.DONE
    assert out.startswith("boateng, as of 2027-02-12\n\nWhat happened:\n")
    assert out.index("What comes next:") < out.index("boateng, initial_parole: final")
    assert office.output.is_dir()


@pytest.mark.usefixtures("office")
def test_a_status_answers_with_the_story_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "status", "boateng", "--date", "2027-02-12", "--json")
    row = json.loads(capsys.readouterr().out)

    assert row["state"] == "final"
    assert row["deadline"]["days"] == 39
    assert [one["filing"] for one in row["story"]["filings"]] == ["initial_parole", "again"]
    assert row["story"]["filings"][0]["receipts"] == ["IOE0123456789", "IOE9999999999"]
    assert row["story"]["next"][0]["rests_on"].startswith("case.yaml:")


def test_a_case_without_a_packet_has_a_story_too(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACKET_BUILDER_OUTPUT", str(office.folders.output / "elsewhere"))
    run(monkeypatch, "status", "boateng", "--date", "2027-02-12")
    out, err = capsys.readouterr()

    assert "initial_parole  filed 2026-12-02, receipt IOE0123456789" in out
    assert "What comes next:" in out
    assert "There is no packet yet." in err
    assert "Next: packet-builder --cases cases build boateng" in err


def test_facts_that_cannot_be_read_do_not_hide_the_documents(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = office.case / "case.yaml"
    case.write_text(case.read_text("utf-8").replace("event: rfe", "event: rfee"), encoding="utf-8")
    code = run(monkeypatch, "status", "boateng", "--date", "2027-02-12")
    out, err = capsys.readouterr()

    assert code == ExitCode.DONE
    assert "The packet as a whole" in out
    assert "The facts cannot be read (1 at fault)" in err
    (row,) = cases(office.folders.cases, office.folders.output, ON)
    assert row["deadline"] is None


def test_a_filing_that_cannot_be_read_hides_no_deadline_of_the_case(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.case / "filings" / "again.yaml").write_text("filing: {}\n", encoding="utf-8")
    run(monkeypatch, "calendar", "boateng", "--on", "2027-02-12")
    out, err = capsys.readouterr()

    assert "RFE response due" in out
    assert "the filing again cannot be read, and its days are not shown" in err
    assert "packet-builder check boateng --filing again" in err
    assert "again" not in told(office, "2027-02-12")


def test_the_board_of_the_review_page_names_what_was_missed(office: Office) -> None:
    folders = office.folders
    rows = {on: cases(folders.cases, folders.output, on) for on in (ON, ON.replace(year=2028))}
    early, late = (str(_html("board.html", rows=rows[on], case="x").body) for on in rows)

    assert "<strong>Past</strong>" not in early
    assert "<strong>Past</strong> 2027-03-30 RFE response due" in late
