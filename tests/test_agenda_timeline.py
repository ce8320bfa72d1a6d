"""The timeline is one page, to scale, on which nothing covers anything and colour means nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from packet_builder.agenda.agenda import read_agenda
from packet_builder.agenda.timeline import timeline_of
from packet_builder.documents.sheets.sheets import PageOverflowError
from packet_builder.documents.sheets.timeline import (
    Day,
    Line,
    Timeline,
    render_timeline,
    timeline_values,
)
from packet_builder.errors import ExitCode
from packet_builder.rules.internal_mark import is_internal
from packet_builder.workspace import shipped
from tests.cases import write_case
from tests.happenings import FAMILY
from tests.review_cases import run

EVENTS = """\
events:
  - {id: filed, event: filed, date: 2026-12-02, what: initial_parole, received: 2026-12-04}
  - {id: slip, event: receipt, date: 2026-12-09, receipt_number: IOE0123456789,
     beneficiaries: kwabena}
  - {id: slip-2, event: receipt, date: 2026-12-09, receipt_number: IOE0123456790,
     beneficiaries: esi}
  - {id: finger, event: biometrics, date: 2026-12-21, attended: yes, beneficiaries: kwabena}
  - {id: rfe, event: rfe, date: 2027-01-04, served_on: 2027-01-04, served_by: mail,
     due_printed: 2027-04-01, days: 84}
  - {id: answer, event: filed, date: 2027-02-10, received: 2027-02-12, what: rfe_response,
     answers: rfe}
  - {id: yes, event: approval, date: 2027-03-15, valid_until: 2027-07-15}
  - {id: entry, event: entry, date: 2027-04-05, paroled_until: 2028-04-04, port: Newark}
  - {id: i94, event: i94, date: 2027-04-20, paroled_until: 2028-04-14, beneficiaries: esi}
  - {id: move, event: move, date: 2027-05-01, address: {street: 1, city: Troy, country: Ghana}}
  - {id: told, event: filed, date: 2027-05-06, what: address_change}
  - {id: card, event: ead, date: 2027-08-09, valid_from: 2027-08-09, valid_until: 2028-04-04,
     beneficiaries: kwabena}
  - {id: check-in, event: appointment, date: 2027-11-16, what: check-in with ICE}
"""
NATIVE = FAMILY.replace("given: Kwabena}", "given: Kwabena, native: کوابنا بواتنگ}").replace(
    "country: Ghana}", "country: Ghana, expires: 2033-02-13}", 1
)
ON = dt.date(2027, 10, 1)
PAGES = shipped("templates") / "pages"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_case(tmp_path / "cases", NATIVE + EVENTS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    return tmp_path


def picture(office: Path, person: str | None = None, on: dt.date = ON) -> Timeline:
    agenda = read_agenda(office / "cases" / "boateng", office / "output" / "boateng")
    return timeline_of(agenda, on, person)


def drawn(timeline: Timeline, folder: Path) -> Path:
    render_timeline(timeline, folder / "timeline.pdf", PAGES)
    return folder / "timeline.pdf"


def text_of(pdf: Path) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        (page,) = document
        text: str = page.get_textpage().get_text_range()
    return " ".join(text.split())


Box = tuple[float, float, float, float]


def words_of(pdf: Path) -> Iterator[tuple[str, Box]]:
    """Give each stretch of text with its corners."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            text = page.get_textpage()
            for number in range(text.count_rects()):
                box = text.get_rect(number)
                yield text.get_text_bounded(*box), box


def lines_of(timeline: Timeline) -> list[Line]:
    return [line for day in (*timeline.above, *timeline.below) for line in day.lines]


def test_everything_is_on_one_page_in_landscape(office: Path) -> None:
    timeline = picture(office)
    pdf = drawn(timeline, office)
    said = text_of(pdf).replace("\u2068", "").replace("\u2069", "")

    assert len(lines_of(timeline)) > 30
    assert [line.text for line in lines_of(timeline) if line.text not in said] == []
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        assert document[0].get_size() == (792, 612)


def test_no_words_cover_others_and_none_are_too_small_to_read(office: Path) -> None:
    found = list(words_of(drawn(picture(office), office)))
    boxes = [box for words, box in found if any(map(str.isalnum, words))]
    covering = [
        (one, other)
        for one, other in itertools.combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    ]

    assert len(boxes) > 60
    assert covering == []
    assert min(top - bottom for _, bottom, _, top in boxes) > 3  # lower-case letters of 6.5 pt


def test_days_are_to_scale(office: Path) -> None:
    found = [
        (dt.date.fromisoformat(words.strip()[:10]), box[0])
        for words, box in words_of(drawn(picture(office), office))
        if re.match(r"20\d\d-\d\d-\d\d", words.strip())
    ]
    (first, start), (last, end) = min(found), max(found)
    scale = (end - start) / (last - first).days

    assert len(found) > 20
    assert all(abs(x - start - (day - first).days * scale) < 1 for day, x in found)


def test_what_a_sign_says_is_said_in_words_too(office: Path) -> None:
    said = text_of(drawn(picture(office, on=dt.date(2028, 5, 1)), office))

    assert "PAST, NOT DONE" in said
    assert "RFE response due: received by -- done" in said.replace("–", "--")
    assert "(counsel confirms)" in said
    assert "deadline: something is lost after it" in said


def test_it_is_never_taken_for_a_page_to_file(office: Path) -> None:
    assert is_internal(text_of(drawn(picture(office), office)))


def test_names_in_other_scripts_are_printed(office: Path) -> None:
    said = text_of(drawn(picture(office), office))

    assert sum(sign in said for sign in "کوابناتنگ") > 6


def test_the_same_facts_on_the_same_day_give_the_same_bytes(office: Path) -> None:
    first = drawn(picture(office), office).read_bytes()

    assert drawn(picture(office), office).read_bytes() == first


def test_what_lies_years_ahead_does_not_press_the_rest_together(office: Path) -> None:
    timeline = picture(office)

    assert max(day.date for day in timeline.below) < dt.date(2030, 1, 1)
    assert timeline.later[-1] == "2033-02-13 Passport ends – Kwabena"


def test_one_person_has_only_what_concerns_that_person(office: Path) -> None:
    esi = [line.text for line in lines_of(picture(office, "esi"))]

    assert "Receipt IOE0123456790" in esi
    assert "Form I-94: paroled until 2028-04-14" in esi
    assert not [text for text in esi if "Work permit" in text or "456789" in text]
    assert picture(office, "esi").caption == ("Case boateng, as of 2027-10-01", "Esi Boateng")


def test_people_of_one_given_name_are_called_by_their_whole_names(office: Path) -> None:
    case = office / "cases" / "boateng" / "case.yaml"
    text = case.read_text("utf-8").replace("given: Ama}", "given: Esi, middle: Yaa}")
    case.write_text(text, encoding="utf-8")

    assert "Receipt IOE0123456790 – Esi Boateng" in {
        line.text for line in lines_of(picture(office))
    }


def test_what_has_not_happened_yet_is_no_event(office: Path) -> None:
    early = picture(office, on=dt.date(2027, 1, 1))

    assert max(day.date for day in early.above) == dt.date(2026, 12, 21)


def test_two_days_of_every_length_apart_have_ticks_that_are_months() -> None:
    for days in (1, 60, 500, 900, 4000):
        on = dt.date(2027, 1, 31)
        there = Day(on + dt.timedelta(days), (Line("x"),))
        ticks = timeline_values(Timeline("T", "M", (), on, (), (there,)))["ticks"]

        assert all(0 <= tick["at"] <= 1 for tick in ticks)
        assert 1 <= sum(bool(tick["label"]) for tick in ticks) <= 15


def test_more_than_fits_on_a_page_is_refused_with_what_to_do(tmp_path: Path) -> None:
    days = tuple(
        Day(dt.date(2027, 1, 1) + dt.timedelta(count), (Line("Something happened"),))
        for count in range(90)
    )
    timeline = Timeline("Timeline", "INTERNAL", (), ON, days, (), cure="Show one person.")
    with pytest.raises(PageOverflowError, match=r"The timeline does not fit .* Show one person\."):
        render_timeline(timeline, tmp_path / "timeline.pdf", PAGES)

    assert not (tmp_path / "timeline.pdf").exists()


def test_a_timeline_is_written_where_it_is_wanted(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "timeline", "boateng", "--on", "2027-10-01")
    usual = Path(capsys.readouterr().out.strip())
    run(monkeypatch, "timeline", "boateng", "--on", "2027-10-01", "--to", "other.pdf")

    assert code == ExitCode.DONE
    assert usual == office / "output" / "boateng" / "timeline.pdf"
    assert (office / "other.pdf").read_bytes() == usual.read_bytes()


@pytest.mark.usefixtures("office")
def test_nobody_else_has_a_timeline(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "timeline", "boateng", "--person", "yaa") == ExitCode.USAGE
    assert 'no beneficiary "yaa". Known: kwabena, esi, ama.' in capsys.readouterr().err
