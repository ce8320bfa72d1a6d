from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from packet_builder.assembly.evidence_kinds import id_of, kind_seen, title_of
from packet_builder.cli import commands
from packet_builder.commands import speech
from packet_builder.errors import ExitCode
from packet_builder.facts import read_facts
from packet_builder.model.evidence import EvidenceKind
from tests.cases import write_case, write_pdf


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_case(tmp_path / "case_data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "may_ask", lambda *, no_input: not no_input)


def typed(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(commands, [*words], input=answers, standalone_mode=False)


def last(office: Path, key: str, case: str = "boateng") -> dict[str, Any]:
    items: Any = read_facts(office / "case_data" / case).tree[key]
    found: dict[str, Any] = items[-1]
    return found


@pytest.mark.usefixtures("asking")
def test_ten_questions_are_answered_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    said = typed("new", "demo", answers="amina, nika\n1\n1\n4\n2\n2\n3\n2\n2\n1\n")

    facts = read_facts(tmp_path / "case_data" / "demo").tree
    people: Any = facts["beneficiaries"]
    request: Any = facts["request"]
    assert said.return_value == ExitCode.DONE
    assert [one["id"] for one in people] == ["amina", "nika"]
    assert request["grounds"][0]["ground"] == "funeral"
    assert facts["fees"] != {}
    assert said.stderr.count("?\n") == 9
    assert "Next: packet-builder add exhibit demo FILE" in said.stderr


@pytest.mark.usefixtures("asking")
def test_what_an_option_answers_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    said = typed(
        "new", "demo", "--beneficiary", "amina", "--ground", "later", "--no-input", "--json"
    )

    assert json.loads(said.stdout)["answers"]["files"] == "petitioner"
    assert said.stderr == ""


def test_evidence_is_added_by_command(office: Path) -> None:
    write_pdf(office / "osei letter.pdf", ("Kwame Osei, M.D.", "more"))

    said = typed("add", "exhibit", "boateng", "osei letter.pdf", "--set", "date=2026-11-02")

    assert said.stdout.splitlines()[0] == (
        f"case.yaml:{_line(office)}: osei-letter: Osei letter (physician_letter, 2 pages)"
    )
    assert "taken from the words “M.D.” on page 1" in said.stdout
    assert "[@osei-letter p. 1]" in said.stderr
    assert last(office, "evidence")["date"] == "2026-11-02"


def _line(office: Path) -> int:
    text = (office / "case_data/boateng/case.yaml").read_text(encoding="utf-8")
    return text[: text.index("- id: osei-letter")].count("\n") + 1


def test_what_is_refused_is_said_and_the_rest_is_added(office: Path) -> None:
    (office / "bad.pdf").write_bytes(b"no PDF")
    write_pdf(office / "lease.pdf", ("a lease",))

    said = typed("add", "exhibit", "boateng", "bad.pdf", "lease.pdf", "--json")

    told = json.loads(said.stdout)
    assert said.return_value == ExitCode.UNUSABLE
    assert [one["id"] for one in told["added"]] == ["lease"]
    assert told["added"][0]["pages"] == 1
    assert "exhibits/bad.pdf" in told["refused"][0]


def test_an_id_for_many_pieces_of_evidence_is_refused(office: Path) -> None:
    for name in ("a", "b"):
        write_pdf(office / f"{name}.pdf", (name,))

    said = typed("add", "exhibit", "boateng", "a.pdf", "b.pdf", "--id", "both")

    assert "add --together, or one file a time" in str(said.exception)


def test_a_kind_that_there_is_not_is_refused(office: Path) -> None:
    write_pdf(office / "a.pdf", ("a",))

    said = typed("add", "exhibit", "boateng", "a.pdf", "--kind", "leaf")

    assert 'there is no kind "leaf"; one of: passport' in str(said.exception)


@pytest.mark.usefixtures("asking")
def test_a_person_is_asked_for_and_enter_leaves_a_blank(office: Path) -> None:
    answers = "Boateng\nEsi\n2015-06-30\nshe\n\n\n\n\n\nKumasi\nGhana\nGhana\n"

    said = typed("add", "beneficiary", "boateng", "esi", answers=answers)

    person = last(office, "beneficiaries")
    assert person["name"] == {"family": "Boateng", "given": "Esi"}
    assert person["passport"] == {"number": None, "country": None, "expires": None}
    assert person["location"] == {"city": "Kumasi", "country": "Ghana"}
    assert "5 blanks are still to be filled in there." in said.stderr


def test_what_is_set_twice_becomes_a_list_and_nonsense_is_refused(office: Path) -> None:
    words = ("add", "event", "boateng", "denial", "--date", "2027-01-01")

    typed(*words, "--set", "beneficiaries=kwabena", "--set", "filing=initial_parole")
    wrong = typed(*words, "--set", "beneficiaries")
    deeper = typed(*words, "--set", "filing=a", "--set", "filing.b=c")

    assert last(office, "events")["beneficiaries"] == "kwabena"
    assert "write FIELD=VALUE" in str(wrong.exception)
    assert "filing is a text already" in str(deeper.exception)


@pytest.mark.usefixtures("asking")
def test_an_event_is_asked_for_field_by_field(office: Path) -> None:
    answers = "2027-01-04\n2027-01-04\nmail\n2027-04-01\n"

    said = typed("add", "event", "boateng", "rfe", answers=answers)

    assert last(office, "events") == {
        "id": "rfe",
        "event": "rfe",
        "date": "2027-01-04",
        "served_on": "2027-01-04",
        "served_by": "mail",
        "due_printed": "2027-04-01",
    }
    assert "(mail, electronic, in_person)" in said.stderr


def test_a_check_counts_what_it_found(office: Path) -> None:
    said = typed("check", "boateng")

    assert office.is_dir()
    assert said.stderr.splitlines()[-2].startswith("0 errors, ")
    assert "Nothing stops a build" in said.stderr


@pytest.mark.parametrize("command", ["status", "calendar"])
def test_an_office_without_a_case_is_led_to_the_first(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case_data").mkdir()

    said = typed(command)

    assert "No case lies in" in said.stderr
    assert said.stderr.endswith("Next: packet-builder new NAME\n")


@pytest.mark.parametrize(
    ("name", "page", "kind", "seen"),
    [
        ("Passport_Amina.pdf", "", EvidenceKind.PASSPORT, "its name"),
        ("osei letter.pdf", "Kwame Osei, M.D.", EvidenceKind.PHYSICIAN_LETTER, "M.D."),
        ("letter.pdf", "I am a consultant neurosurgeon", EvidenceKind.PHYSICIAN_LETTER, "neuro"),
        ("letter.pdf", "To whom it may concern", EvidenceKind.LETTER, "its name"),
        ("scan0001.pdf", "CERTIFICATE OF BIRTH", EvidenceKind.BIRTH_CERTIFICATE, "OF BIRTH"),
        ("scan0001.pdf", "P<GHABOATENG<<KWABENA" + "<" * 23 + "\n" + "G" * 44, None, "machine"),
        ("scan0001.pdf", "", EvidenceKind.OTHER, ""),
        ("I-797 receipt.pdf", "", EvidenceKind.IMMIGRATION_RECORD, "its name"),
    ],
)
def test_a_file_seems_to_be_of_a_kind(
    name: str, page: str, kind: EvidenceKind | None, seen: str
) -> None:
    found = kind_seen(name, (page,))

    assert found.kind is (kind or EvidenceKind.PASSPORT)
    assert seen in found.seen


def test_a_title_and_an_id_are_taken_from_words_that_say_something() -> None:
    assert title_of("03 letter_of_Dr-Osei.pdf", EvidenceKind.LETTER) == "Letter of Dr Osei"
    assert title_of("IMG_2041.jpg", EvidenceKind.PASSPORT) == "Passport"
    assert id_of("Lettre d’Élodie", EvidenceKind.LETTER, ()) == "lettre-delodie"
    assert id_of("نامه", EvidenceKind.LETTER, ("letter",)) == "letter-2"
