from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest

from packet_builder.commands.finalizing import _write_sheets
from packet_builder.documents.sheets.report import Part as ReportPart
from packet_builder.documents.sheets.report import Piece, Report, Row, Table, render_report
from packet_builder.errors import ExitCode
from packet_builder.packet.finals import finals_of
from packet_builder.packet.manifest import manifest_bytes, read_manifest, read_sealed
from packet_builder.packet.parts import Part, write_parts
from packet_builder.review import final
from packet_builder.review.decision import Kind
from packet_builder.review.docket import PacketMovedError
from packet_builder.review.final import Finalized, NotReadyError
from packet_builder.review.finals import LogShortenedError
from packet_builder.review.log import LOG, read_log
from packet_builder.review.receipts import NothingFiledError, ReceiptNumberError, add_receipt
from packet_builder.workspace import shipped
from tests.blank_forms import blank_folder
from tests.cases import WHOLE, write_pdf
from tests.killed import KilledError, killed_before
from tests.review_cases import ON, Office, run

LETTER = "letter-humanitarian_justification"
SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "packet.schema.json").read_text("utf-8"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.build()
    return office


def finalize(office: Office, on: dt.date = ON) -> Finalized:
    def sheets(manifest: Mapping[str, Any], law: Any, parts: Any, folder: Path) -> None:  # noqa: ANN401
        _write_sheets(manifest, law, parts, folder=folder, templates=shipped("templates") / "pages")

    return final.finalize(office.case, office.output, None, on, sheets)


def refused(office: Office, on: dt.date = ON) -> tuple[str, ...]:
    with pytest.raises(NotReadyError) as caught:
        finalize(office, on)
    assert caught.value.exit_code is ExitCode.FINDINGS
    assert not list(finals_of(office.filing))
    return caught.value.reasons


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def words_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_whole_life_of_a_packet(office: Office) -> None:
    """Built, approved, made final; changed, stale, approved again, made final again."""
    office.decide([])
    first = finalize(office)
    before = {path: digest(path) for path in first.folder.rglob("*") if path.is_file()}
    office.write(("131460", "141,900"))
    office.build()
    reasons = refused_again(office)
    office.decide([LETTER, "packet"])
    second = finalize(office)

    assert first.folder.name == "2026-12-01-1"
    assert second.folder.name == "2026-12-01-2"
    assert reasons == (
        (
            'Humanitarian Justification: stale: annual income of supporter "adwoa" changed from '
            "131460 to 141,900"
        ),
        "the packet as a whole: stale: changed in it: Humanitarian Justification",
    )
    assert {path: digest(path) for path in before} == before
    assert "141,900" in " ".join(words_of(second.folder / "packet.pdf"))
    assert [one.folder for one in finals_of(office.filing)] == [first.folder, second.folder]
    kinds = [entry.kind for entry in read_log(office.case / "review").entries]
    assert kinds.count("finalized") == 2


def refused_again(office: Office) -> tuple[str, ...]:
    with pytest.raises(NotReadyError) as caught:
        finalize(office)
    return caught.value.reasons


def test_the_final_says_draft_nowhere_and_the_draft_on_every_page(office: Office) -> None:
    office.decide([])
    done = finalize(office)

    assert all("DRAFT" in words for words in words_of(office.filing / "packet-DRAFT.pdf"))
    assert not any("DRAFT" in words for words in words_of(done.folder / "packet.pdf"))
    assert not any("DRAFT" in words for words in words_of(done.folder / "signing-sheet.pdf"))
    assert all("DRAFT" not in path.name for path in done.folder.rglob("*"))


def test_the_manifest_of_a_final_says_who_approved_what_and_how_to_prove_it(
    office: Office,
) -> None:
    office.decide([])
    head = read_log(office.case / "review").head
    done = finalize(office)
    manifest = read_manifest(done.folder)
    assert manifest is not None
    said = manifest["final"]

    jsonschema.Draft7Validator(SCHEMA).validate(manifest)
    assert manifest["state"] == "final"
    assert manifest["packet"]["file"] == "packet.pdf"
    assert manifest["packet"]["sha256"] == digest(done.folder / "packet.pdf")
    by = {"by": "Jordan Lee", "role": "attorney", "when": "2026-12-01"}
    assert [row["approved_by"] for row in manifest["documents"]] == [by] * 10
    assert said["log_head"] == head
    drawn = said["mark"]["drawn"].encode("latin-1")
    content = bytearray((done.folder / "packet.pdf").read_bytes())
    content[said["mark"]["offset"] : said["mark"]["offset"] + len(drawn)] = drawn
    assert hashlib.sha256(content).hexdigest() == said["approved_packet"]
    assert said["approved_packet"] == digest(office.filing / "packet-DRAFT.pdf")
    assert {row["file"]: row["sha256"] for row in said["files"]} == {
        path.name: digest(path) for path in done.folder.iterdir() if path.name != "packet.json"
    }


def test_what_was_made_final_cannot_be_written(office: Office) -> None:
    office.decide([])
    folder = finalize(office).folder

    names = {path.name for path in folder.iterdir()}
    assert names == {"packet.pdf", "packet.json", "signing-sheet.pdf", "checklist.pdf"}
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_making_final_twice_gives_the_same_and_says_so(office: Office) -> None:
    office.decide([])
    first, second = finalize(office), finalize(office, ON + dt.timedelta(days=1))

    assert not first.was_there
    assert second.was_there
    assert first.folder == second.folder
    assert first.log.head == second.log.head


def test_every_reason_against_it_is_given_at_once(office: Office) -> None:
    office.decide([])
    office.decide([LETTER], Kind.REQUEST_CHANGES)
    office.write(("He may bleed again", "He may well bleed again"))
    write_pdf(office.case / "exhibits" / "tax.pdf", ("Total income 99",))
    manifest = office.filing / "packet.json"
    content = dict(read_sealed(manifest))
    finding = {"rule": "draft-open-changes", "weight": "warning", "message": "open: p. 1"}
    place = {"file": "drafts/a.docx", "line": None, "accepted": None}
    content["findings"] = [
        finding | place,
        finding | place | {"rule": "form-question-open", "line": 4, "message": "not answered"},
        finding | place | {"rule": "form-question-open", "accepted": {"by": "Ann"}},
        finding | place | {"rule": "evidence-uncited"},
        finding | place | {"rule": "law-gap", "weight": "error", "message": "no row"},
    ]
    form = {"document": "x", "title": "Form I-131", "form": "I-131", "person": None}
    content["forms"] = [
        form | {"blank": False, "edition": None, "unplaced": []},
        form | {"blank": True, "edition": None, "unplaced": ["Item 9: the rest"]},
    ]
    manifest.write_bytes(manifest_bytes(content))

    assert refused(office, dt.date(2027, 2, 1)) == (
        (
            "Humanitarian Justification: changes requested: "
            "Jordan Lee asked for changes: Give the date."
        ),
        "exhibits/tax.pdf was changed or removed since the packet was built: build again",
        "open: p. 1 (draft-open-changes)",
        "drafts/a.docx:4: not answered (form-question-open)",
        "no row (law-gap)",
        "Form I-131: a slip stands in its place; the blank is missing",
        "Form I-131: stands nowhere on it: Item 9: the rest",
        "case.yaml was changed since the packet was built: build again",
        *(
            f"{what} was last checked on 2026-11-23, 70 days ago: compare it with its source and "
            "say so in law.yaml"
            for what in (
                "the filing fee",
                "the parole fee on approval",
                "the filing address",
            )
        ),
    )


def test_what_nobody_approved_is_not_made_final(office: Office) -> None:
    assert refused(office)[0] == "Cover Letter: not approved"
    assert refused(office)[-1] == "the packet as a whole: not approved"
    assert len(refused(office)) == 7


def test_law_that_changed_by_the_day_of_filing_stops_it(office: Office) -> None:
    office.decide([])
    (office.folders.cases / "law.yaml").write_text(OTHER_FEE, encoding="utf-8")
    office.build()
    later = dt.date(2026, 12, 20)

    assert not obstacles(office, ON)
    (said,) = obstacles(office, later)
    assert said == (
        "the filing fee is another on 2026-12-20: Form I-131 on paper: $640; the packet was "
        "built with Form I-131, Part 1 Item 7, initial parole, on paper: $630: correct "
        "filing.date and build again"
    )


def obstacles(office: Office, on: dt.date) -> list[str]:
    from packet_builder.review.obstacles import obstacles_of  # noqa: PLC0415

    return list(obstacles_of(office.docket, on))


OTHER_FEE = """\
fees:
  - id: i131_item7_paper
    title: Form I-131 on paper
    usd: 640
    mode: paper
    governed_by: filing
    waivable: "yes"
    effective_from: 2026-12-15
    source: the fee schedule
    status: primary
    checked_on: 2026-12-10
"""


def test_law_that_ends_before_the_day_of_filing_stops_it(office: Office) -> None:
    office.decide([])
    ended = OTHER_FEE.replace("2026-12-15", "2026-12-15\n    effective_to: 2026-12-18")
    (office.folders.cases / "law.yaml").write_text(ended, encoding="utf-8")
    office.build()

    (said,) = obstacles(office, dt.date(2026, 12, 20))
    assert said.startswith("the filing fee is not known for 2026-12-20: law/tables/fees.yaml has")


def test_a_packet_that_is_not_its_manifests_is_not_made_final(office: Office) -> None:
    office.decide([])
    packet = office.filing / "packet-DRAFT.pdf"
    packet.write_bytes(packet.read_bytes()[:-1])

    with pytest.raises(PacketMovedError):
        finalize(office)


def test_a_kill_leaves_no_half_made_final(office: Office) -> None:
    office.decide([])
    place = office.filing / "final"
    for change in range(1000):
        shutil.rmtree(place, ignore_errors=True)
        try:
            with killed_before(change, place):
                finalize(office)
        except KilledError:
            for one in finals_of(office.filing):
                assert digest(one.folder / "packet.pdf") == one.manifest["packet"]["sha256"]
                assert (one.folder / "checklist.pdf").is_file()
        else:
            break

    assert change > 10
    assert len(list(finals_of(office.filing))) == 1


def test_a_final_that_the_log_missed_is_noted_by_the_next_run(office: Office) -> None:
    office.decide([])
    review = office.case / "review"
    with pytest.raises(KilledError), killed_before(0, review):
        finalize(office)
    assert not read_log(review).of_kind("finalized")
    done = finalize(office)

    assert done.was_there
    assert [entry.said["folder"] for entry in done.log.of_kind("finalized")] == [done.folder.name]


def test_lines_missing_at_the_end_of_the_log_are_known_from_a_final_packet(office: Office) -> None:
    office.decide([])
    finalize(office)
    log = office.case / "review" / LOG
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-2]))
    (office.case / "review" / "decisions.yaml").unlink()

    with pytest.raises(LogShortenedError, match="lacks lines at its end"):
        finalize(office)
    with pytest.raises(LogShortenedError):
        office.decide([LETTER])
    log.write_bytes(b"".join(lines[:-1]))
    assert finalize(office).was_there


ONLINE = WHOLE.replace("delivery: paper\n  carrier: usps", "delivery: online")


def test_an_online_filing_has_parts_to_upload_and_an_index_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, ONLINE)
    office.build()
    office.decide([])

    def small(packet: Path, units: Any, folder: Path, _: int) -> tuple[Part, ...]:  # noqa: ANN401
        return write_parts(packet, units, folder, 200_000)

    monkeypatch.setattr(final, "write_parts", small)
    done = finalize(office)
    rows = done.manifest["final"]["parts"]
    listed = " ".join(words_of(done.folder / "checklist.pdf"))

    jsonschema.Draft7Validator(SCHEMA).validate(read_manifest(done.folder))
    assert len(rows) > 1
    pages = done.manifest["packet"]["pages"]
    assert [page for row in rows for page in range(row["first"], row["last"] + 1)] == list(
        range(1, pages + 1)
    )
    for row in rows:
        path = done.folder / "upload" / row["file"]
        assert digest(path) == row["sha256"]
        assert path.stat().st_size == row["bytes"] <= 200_000
        assert row["file"] in listed
        assert f"{row['bytes']:,}, {row['bytes'] / 12_000_000:.0%}" in listed
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
    for name in ("passport", "doctor", "tax"):
        pages_of = [row for row in done.manifest["documents"] if row["id"].endswith(f"-{name}")]
        first, last = pages_of[0]["first_page"], pages_of[-1]["last_page"]
        assert any(row["first"] <= first and last <= row["last"] for row in rows), name


def test_a_file_to_upload_that_holds_very_many_documents_is_listed_whole(tmp_path: Path) -> None:
    titles = tuple(f"Exhibit {number}, Paper" for number in range(90))
    cells = ((Piece("part-01-of-01.pdf"),), tuple(map(Piece, titles)))
    table = Table("Files", (("File", 0.3), ("Holds", 0.7)), (Row(cells),))
    report = Report(
        "Checklist", "INTERNAL", "packet.pdf", (), (), (ReportPart("Upload", (table,)),)
    )
    target = tmp_path / "checklist.pdf"
    render_report(report, target, shipped("templates") / "pages")

    assert [title for title in titles if title not in " ".join(words_of(target))] == []


def test_the_limit_of_uploads_is_that_of_the_law(tmp_path: Path) -> None:
    office = Office(tmp_path, ONLINE)
    office.build()
    office.decide([])
    (row,) = finalize(office).manifest["final"]["parts"]

    assert row["file"] == "part-01-of-01.pdf"
    assert row["bytes"] < 12_000_000


def test_names_of_files_say_nothing_of_anybody(office: Office) -> None:
    office.decide([])
    names = " ".join(path.name for path in finalize(office).folder.parent.rglob("*"))

    assert not any(word in names.lower() for word in ("boateng", "kwabena", "passport", "lee"))


def test_the_checklist_says_what_to_print_where_to_send_it_and_how_sure_that_is(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, ANSWERED, forms=blank_folder())
    office.build()
    office.decide([])
    done = finalize(office)
    words = " ".join(" ".join(words_of(done.folder / "checklist.pdf")).split())

    assert f"Print all {done.manifest['packet']['pages']} pages of packet.pdf" in words
    assert "Form G-1450 on top of the request of Kwabena Boateng: page 2" in words
    assert "$630" in words
    assert "P.O. Box 660865" in words
    assert "as reported by others: confirm" in words
    assert "signature(s) of" in words
    assert "INTERNAL" in words
    assert words_of(done.folder / "packet.pdf")[0].count("DRAFT") == 0


ANSWERED = f"""{WHOLE}accepted_findings:
  - {{rule: form-question-open, reason: There is none., by: Jordan Lee}}
"""


def test_receipt_numbers_come_later_and_change_nothing_of_what_was_filed(office: Office) -> None:
    office.decide([])
    done = finalize(office)
    before = {path: digest(path) for path in done.folder.iterdir()}

    assert add_receipt(office.case, office.output, None, "ioe-0123456789", "2026-12-20") == (
        done.folder.name
    )
    (entry,) = read_log(office.case / "review").of_kind("receipt")
    assert entry.said["number"] == "IOE0123456789"
    assert {path: digest(path) for path in done.folder.iterdir()} == before


def test_a_receipt_needs_a_final_packet_and_a_number(office: Office) -> None:
    with pytest.raises(NothingFiledError, match="packet-builder finalize boateng"):
        add_receipt(office.case, office.output, None, "IOE0123456789", "2026-12-20")
    with pytest.raises(ReceiptNumberError, match="IOE0123456789"):
        add_receipt(office.case, office.output, None, "012345", "2026-12-20")


def test_the_commands_say_what_was_made_and_what_comes_next(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(office.folders.cases.parent)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    day = ("--date", "2026-12-01")
    lee = ("--by", "Jordan Lee", "--role", "attorney")

    assert run(monkeypatch, "finalize", "boateng", *day) == ExitCode.FINDINGS
    assert "Cover Letter: not approved" in capsys.readouterr().err
    run(monkeypatch, "approve", "boateng", "--all", *lee, *day)
    capsys.readouterr()
    assert run(monkeypatch, "finalize", "boateng", *day) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert Path(out.strip()).name == "2026-12-01-1"
    assert "without the DRAFT mark" in err
    assert "Head of the log: " in err
    assert run(monkeypatch, "receipt", "boateng", "IOE0123456789", *day) == ExitCode.DONE
    capsys.readouterr()
    run(monkeypatch, "status", "boateng", *day)
    out = capsys.readouterr().out
    assert "boateng, initial_parole: final" in out
    assert "2026-12-01-1: " in out
    assert "receipt IOE0123456789" in out
    assert run(monkeypatch, "prune", "boateng") == ExitCode.DONE
    assert "0 files, 0.0 MB, could be removed with --remove" in capsys.readouterr().err
    assert run(monkeypatch, "finalize", "boateng", "--json", *day) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["state"] == "final"
