from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from packet_builder.assembly import adding
from packet_builder.assembly.adding import (
    ChangedMeanwhileError,
    EntryFaultyError,
    ids_in,
    put_in,
)
from packet_builder.assembly.exhibits import (
    AddedExhibit,
    AlreadyEvidenceError,
    ExhibitWish,
    FileGoneError,
    add_exhibits,
    safe_name,
)
from packet_builder.assembly.happenings import (
    EventIncompleteError,
    EventKindError,
    add_event,
    asked_of,
)
from packet_builder.assembly.order import Order
from packet_builder.assembly.persons import add_beneficiary
from packet_builder.errors import PacketError
from packet_builder.facts import read_facts, read_filing
from packet_builder.facts.adding import EntryRefusedError
from packet_builder.facts.fault import FactsError
from packet_builder.model.events import EVENT_KINDS
from packet_builder.model.evidence import EvidenceKind
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_pdf

FURTHER = """\
# The second time.
filing:
  kind: re_parole
  delivery: online
  date: 2027-09-01
  exhibits: [tax]
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    case = tmp_path / "cases" / "boateng"
    (case / "filings").mkdir(parents=True)
    (case / "case.yaml").write_text(WHOLE, encoding="utf-8")
    (case / "filings" / "again.yaml").write_text(FURTHER, encoding="utf-8")
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", tmp_path / "out")


@pytest.fixture
def case(folders: Folders) -> Path:
    return folders.cases / "boateng"


def pdf_at(path: Path, pages: tuple[str, ...]) -> Path:
    path.parent.mkdir(exist_ok=True)
    write_pdf(path, pages)
    return path


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def looked_at(
    folders: Folders, *files: Path, filing: str | None = None, together: bool = False, **wish: str
) -> list[AddedExhibit | PacketError]:
    kind = EvidenceKind(wish.pop("kind")) if "kind" in wish else None
    order = Order("boateng", folders, None, "dxpdf", filing)
    return list(
        add_exhibits(
            order, files, ExhibitWish(kind, wish.get("id"), wish.get("title")), together=together
        )
    )


def added(folders: Folders, *files: Path, **how: str) -> AddedExhibit:
    (one,) = looked_at(folders, *files, **how)  # type: ignore[arg-type]
    assert isinstance(one, AddedExhibit)
    return one


def test_evidence_is_copied_counted_and_listed(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    file = pdf_at(tmp_path / "03 Osei letter.pdf", ("Kwame Osei, M.D.", "second page"))

    one = added(folders, file)

    assert text_of(case / "case.yaml") == WHOLE + (
        "  - id: osei-letter\n    title: Osei letter\n    kind: physician_letter\n"
        "    file: exhibits/03 Osei letter.pdf  # 2 pages\n"
    )
    assert (case / "exhibits" / "03 Osei letter.pdf").read_bytes() == file.read_bytes()
    assert (one.pages, one.kind, one.is_picture) == (2, "physician_letter", False)
    assert one.seen == "the words “M.D.” on page 1"
    assert (one.added.file, one.added.line) == ("case.yaml", WHOLE.count("\n") + 1)


def test_files_together_are_one_piece_of_evidence(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    front, back = (pdf_at(tmp_path / f"{name}.pdf", (name,)) for name in ("front", "back"))

    (one,) = looked_at(folders, front, back, together=True, kind="identity_card", title="Card: A")

    assert isinstance(one, AddedExhibit)
    assert text_of(case / "case.yaml").endswith(
        '  - id: card-a\n    title: "Card: A"\n    kind: identity_card\n'
        "    file: [exhibits/front.pdf, exhibits/back.pdf]  # 2 pages\n"
    )


def test_evidence_of_a_further_filing_stands_in_its_own_file(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    added(folders, pdf_at(tmp_path / "lease.pdf", ("a lease",)), filing="again")

    assert text_of(case / "case.yaml") == WHOLE
    assert text_of(case / "filings" / "again.yaml") == FURTHER + (
        "\nevidence:\n  - id: lease\n    title: Lease\n    kind: lease\n"
        "    file: exhibits/lease.pdf  # 1 page\n"
    )


def test_facts_in_several_files_stay_apart(folders: Folders, case: Path, tmp_path: Path) -> None:
    before, evidence = WHOLE.split("evidence:\n")
    (case / "case.yaml").write_text(before, encoding="utf-8")
    own = f"# What we have.\r\nevidence:\r\n{evidence}".replace("\r\n", "\n").replace("\n", "\r\n")
    (case / "papers.yaml").write_bytes(own.encode())

    one = added(folders, pdf_at(tmp_path / "lease.pdf", ("a lease",)))

    new = (case / "papers.yaml").read_bytes()
    assert one.added.file == "papers.yaml"
    assert new.startswith(own.encode())
    assert new.count(b"\n") == new.count(b"\r\n")
    assert text_of(case / "case.yaml") == before


def test_a_file_inside_of_the_case_is_not_copied(folders: Folders, case: Path) -> None:
    file = pdf_at(case / "scans" / "lease.pdf", ("a lease",))

    assert added(folders, file).files == ("scans/lease.pdf",)
    assert not (case / "exhibits").exists()


def test_another_file_of_the_same_name_gets_another(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    pdf_at(case / "exhibits" / "LEASE.pdf", ("somebody's lease",))

    assert added(folders, pdf_at(tmp_path / "lease.pdf", ("a lease",))).files == (
        "exhibits/lease-2.pdf",
    )


def test_what_is_listed_already_is_not_listed_twice(folders: Folders, tmp_path: Path) -> None:
    file = pdf_at(tmp_path / "lease.pdf", ("a lease",))
    added(folders, file)

    (again,) = looked_at(folders, file)

    assert isinstance(again, AlreadyEvidenceError)
    assert "lies in the case as exhibits/lease.pdf" in str(again)


def test_a_bad_file_is_refused_and_the_others_are_added(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")

    first, second = looked_at(folders, broken, pdf_at(tmp_path / "lease.pdf", ("a lease",)))

    assert isinstance(first, PacketError)
    assert "exhibits/broken.pdf" in str(first)
    assert isinstance(second, AddedExhibit)
    assert [path.name for path in (case / "exhibits").iterdir()] == ["lease.pdf"]


def test_a_folder_is_no_file(folders: Folders, tmp_path: Path) -> None:
    (one,) = looked_at(folders, tmp_path)

    assert isinstance(one, FileGoneError)


def test_a_file_that_changes_while_it_is_copied_is_not_listed(
    folders: Folders, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pdf_at(tmp_path / "lease.pdf", ("a lease",))
    monkeypatch.setattr(shutil, "copyfile", lambda _, to: Path(to).write_bytes(b"another"))

    (one,) = looked_at(folders, file)

    assert isinstance(one, FileGoneError)
    assert text_of(case / "case.yaml") == WHOLE


def test_what_was_cut_off_between_copy_and_facts_is_taken_up_by_the_next_run(
    folders: Folders, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pdf_at(tmp_path / "lease.pdf", ("a lease",))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(adding, "write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            looked_at(folders, file)

    assert text_of(case / "case.yaml") == WHOLE
    assert added(folders, file).files == ("exhibits/lease.pdf",)
    assert [path.name for path in (case / "exhibits").iterdir()] == ["lease.pdf"]


def test_an_entry_that_the_model_refuses_is_not_written_and_nothing_is_copied(
    folders: Folders, case: Path, tmp_path: Path
) -> None:
    (one,) = looked_at(folders, pdf_at(tmp_path / "lease.pdf", ("a lease",)), id="Tax Return")

    assert isinstance(one, EntryFaultyError)
    assert "write a short name in lower-case letters" in str(one)
    assert not (case / "exhibits").exists()
    assert text_of(case / "case.yaml") == WHOLE


def test_an_id_that_is_taken_is_refused(case: Path) -> None:
    with pytest.raises(EntryFaultyError, match='"tax" is given twice as an id'):
        put_in(case, None, "evidence", "id: tax\ntitle: Tax\nkind: tax_return\nfile: a.pdf")


def test_a_file_that_was_saved_meanwhile_is_not_written_over(case: Path) -> None:
    def save() -> None:
        (case / "case.yaml").write_text("mine", encoding="utf-8")

    with pytest.raises(ChangedMeanwhileError, match=r"case\.yaml was saved while"):
        put_in(case, None, "evidence", "id: x\ntitle: X\nkind: other\nfile: x.pdf", save)

    assert text_of(case / "case.yaml") == "mine"


def test_facts_that_would_say_something_else_afterwards_are_not_written(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(content: bytes, *_: object) -> bytes:
        return content.replace(b"title: Letter", b"title: Liar") + (
            b"  - {id: x, title: X, kind: other, file: x.pdf}\n"
        )

    monkeypatch.setattr(adding, "with_entry", careless)
    with pytest.raises(EntryRefusedError, match="nothing was added"):
        put_in(case, None, "evidence", "id: x\ntitle: X\nkind: other\nfile: x.pdf")

    assert text_of(case / "case.yaml") == WHOLE


def test_a_person_is_added_with_blanks_for_what_is_not_known(folders: Folders, case: Path) -> None:
    fields = {"name": {"given": "Nika"}, "date_of_birth": "2015-06-30"}

    one = add_beneficiary(case, folders, None, "nika", fields)

    person = read_facts(case).tree["beneficiaries"][1]  # type: ignore[index]
    assert person["name"] == {"family": None, "given": "Nika"}
    assert person["date_of_birth"] == "2015-06-30"
    assert one.id == "nika"
    assert 'beneficiaries "nika", name: "family" is empty' in one.blanks[0]
    assert is_within(WHOLE.splitlines(), text_of(case / "case.yaml").splitlines())


def is_within(few: list[str], many: list[str]) -> bool:
    rest: Iterator[str] = iter(many)
    return all(line in rest for line in few)


def test_a_day_of_a_person_that_is_none_is_refused(folders: Folders, case: Path) -> None:
    with pytest.raises(EntryFaultyError, match="write the date as year-month-day"):
        add_beneficiary(case, folders, None, "nika", {"date_of_birth": "30.6.2015"})


def test_an_event_is_added_in_the_order_in_which_events_are_written(
    folders: Folders, case: Path
) -> None:
    fields = {"receipt_number": "IOE0123456789", "date": "2026-12-09"}

    add_event(case, folders, "receipt", fields)
    add_event(case, folders, "receipt", fields)

    assert text_of(case / "case.yaml") == WHOLE + (
        "\nevents:\n"
        "  - id: receipt\n    event: receipt\n    date: 2026-12-09\n"
        "    receipt_number: IOE0123456789\n"
        "  - id: receipt-2\n    event: receipt\n    date: 2026-12-09\n"
        "    receipt_number: IOE0123456789\n"
    )


def test_what_an_event_lacks_is_said_in_one_pass(folders: Folders, case: Path) -> None:
    with pytest.raises(EventIncompleteError) as told:
        add_event(case, folders, "move", {"date": "2027-01-01", "address": {"city": "Hoboken"}})

    assert [line.split("=")[0].strip() for line in str(told.value).splitlines()[1:]] == [
        "--set address.street",
        "--set address.country",
    ]


def test_an_event_of_an_unknown_person_or_kind_is_refused(folders: Folders, case: Path) -> None:
    with pytest.raises(EntryFaultyError, match='there is no beneficiary "nika"'):
        add_event(case, folders, "denial", {"date": "2027-01-01", "beneficiaries": "nika"})
    with pytest.raises(EventKindError, match='there is no kind of event "party"; one of: filed'):
        add_event(case, folders, "party", {})


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_says_what_it_needs_in_words(kind: str) -> None:
    assert all(path and words for path, words in asked_of(kind))


def test_a_case_that_cannot_be_read_is_not_added_to(folders: Folders, case: Path) -> None:
    (case / "case.yaml").write_text("filing: 1\nfiling: 2\n", encoding="utf-8")

    with pytest.raises(FactsError, match="is given twice"):
        add_event(case, folders, "denial", {"date": "2027-01-01"})


def test_ids_of_the_case_are_known_to_its_filings(case: Path) -> None:
    assert ids_in(case, "again", "evidence") == ("passport", "doctor", "tax")
    assert read_filing(case, "again")[0] == "again"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Osei letter.pdf", "Osei letter.pdf"),
        ('a<b>:"c"|d?*.pdf', "a-b---c--d.pdf"),
        ("..hidden.PDF", "hidden.PDF"),
        ("con.pdf", "file-con.pdf"),
        ("نامه.pdf", "نامه.pdf"),
        ("a\u202eb\x1b[31m.pdf", "ab-31m.pdf"),
        ("trailing. ", "trailing"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_name_becomes_one_that_is_a_name_everywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe
