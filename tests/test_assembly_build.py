from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from packet_builder.assembly.build import built, examined, planned
from packet_builder.assembly.order import Built, Order
from packet_builder.case_lock import CaseBusyError, case_lock
from packet_builder.errors import PacketError
from packet_builder.facts.fault import FactsError
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case, write_pdf
from tests.needed import needs

ENGINES = ("dxpdf", "libreoffice")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    write_case(tmp_path / "cases")
    output = tmp_path / "output"
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", output)


def build(folders: Folders, engine: str = "dxpdf") -> Built:
    if engine == "libreoffice":
        needs("soffice")
    return built(Order("boateng", folders, None, engine), lambda _: None)


def packet_of(result: Built) -> Path:
    assert result.packet is not None
    return result.packet


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def text_of(packet: Path, page: int) -> str:
    document = pypdfium2.PdfDocument(packet)
    try:
        return str(document[page - 1].get_textpage().get_text_range())
    finally:
        document.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_becomes_a_packet_whose_manifest_accounts_for_every_page(
    folders: Folders, engine: str
) -> None:
    packet = packet_of(build(folders, engine))
    manifest: dict[str, Any] = json.loads((packet.parent / "packet.json").read_text("utf-8"))

    pages = len(PdfReader(packet).pages)
    assert [row["page"] for row in manifest["pages"]] == list(range(1, pages + 1))
    assert manifest["packet"]["pages"] == pages
    assert manifest["packet"]["sha256"] == hashlib.sha256(packet.read_bytes()).hexdigest()
    assert manifest["state"] == "draft"
    assert manifest["versions"]["engine"].startswith(engine)
    sources = [
        (row["source"]["file"], row["source"]["page"]) for row in manifest["pages"] if row["source"]
    ]
    assert sources == [
        ("exhibits/passport.pdf", 1),
        ("exhibits/doctor.pdf", 1),
        ("exhibits/doctor.pdf", 2),
        ("exhibits/tax.pdf", 1),
    ]


def test_every_page_is_stamped_and_says_draft(folders: Folders) -> None:
    result = build(folders)
    pages = result.manifest["packet"]["pages"]

    for page in range(1, pages + 1):
        text = text_of(packet_of(result), page)
        assert f"Page {page} of {pages}" in text
        assert "DRAFT" in text


def test_a_citation_is_a_link_to_the_very_page(folders: Folders) -> None:
    result = build(folders)
    cited = [row for row in result.manifest["citations"] if row["text"] == "Ex. B at 2"]

    assert cited
    reader = PdfReader(packet_of(result))
    for row in cited:
        words = text_of(packet_of(result), row["packet_page"])
        assert "An operation is needed within weeks." in words
        target = reader.pages[row["packet_page"] - 1].indirect_reference
        page = reader.pages[row["page"] - 1]
        links = [annotation.get_object() for annotation in page["/Annots"]]
        assert any(target == _target(link) for link in links)


def _target(link: Any) -> object:  # noqa: ANN401 - pypdf's objects have no narrower type
    place = link.get("/Dest")
    return list.__getitem__(place, 0) if place is not None else None


def test_letters_follow_when_an_exhibit_is_inserted(folders: Folders) -> None:
    build(folders)
    card = "  - {id: card, title: Card, kind: identity_card, file: exhibits/tax.pdf}\n"
    text = changed(("evidence:\n", f"evidence:\n{card}"))
    (folders.cases / "boateng" / "case.yaml").write_text(text, encoding="utf-8")
    result = build(folders)

    assert [row["letter"] for row in result.manifest["exhibits"]] == ["A", "B", "C", "D"]
    assert any(row["text"] == "Ex. C at 2" for row in result.manifest["citations"])
    assert "Passport: Exhibit A is now Exhibit B, moved from page" in "\n".join(result.reasons)


def test_an_unchanged_case_is_not_bound_again(folders: Folders) -> None:
    build(folders)
    before = files_below(folders.output)
    result = build(folders)

    assert result.unchanged
    assert "Nothing changed" in result.said
    assert files_below(folders.output) == before


def test_a_damaged_packet_is_bound_again(folders: Folders) -> None:
    packet = packet_of(build(folders))
    good = packet.read_bytes()
    packet.write_bytes(good[:-100])

    assert not build(folders).unchanged
    assert packet.read_bytes() == good


def test_a_changed_fact_says_which_documents_it_changed(folders: Folders) -> None:
    build(folders)
    path = folders.cases / "boateng" / "case.yaml"
    path.write_text(changed(("He may bleed again", "He may well bleed again")), encoding="utf-8")

    reasons = "\n".join(build(folders).reasons)

    assert "Humanitarian Justification: its facts changed" in reasons
    assert "Passport" not in reasons


def test_findings_stop_the_build_and_leave_the_former_packet(folders: Folders) -> None:
    build(folders)
    before = files_below(folders.output / "boateng" / "initial_parole")
    path = folders.cases / "boateng" / "case.yaml"
    path.write_text(changed(("[@doctor p. 1]", "[@doctor p. 7]")), encoding="utf-8")
    result = build(folders)

    assert result.packet is None
    assert result.findings[0]["rule"] == "citation-beyond-end"
    assert files_below(folders.output / "boateng" / "initial_parole") == before


def remove(folder: Path) -> None:
    (folder / "exhibits" / "doctor.pdf").unlink()


def truncate(folder: Path) -> None:
    path = folder / "exhibits" / "doctor.pdf"
    path.write_bytes(path.read_bytes()[:200])


def replace_by_text(folder: Path) -> None:
    (folder / "exhibits" / "doctor.pdf").write_text("<html>no PDF</html>", encoding="utf-8")


def empty(folder: Path) -> None:
    (folder / "exhibits" / "doctor.pdf").write_bytes(b"")


def encrypt(folder: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415

    path = folder / "exhibits" / "doctor.pdf"
    writer = PdfWriter(clone_from=path)
    writer.encrypt("secret")
    writer.write(path)


def link_out(folder: Path) -> None:
    path = folder / "exhibits" / "doctor.pdf"
    shutil.move(path, folder.parent / "outside.pdf")
    path.symlink_to(folder.parent / "outside.pdf")


def climb_out(folder: Path) -> None:
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8").replace("exhibits/doctor.pdf", "../doctor.pdf")
    path.write_text(text, encoding="utf-8")


def misname(folder: Path) -> None:
    (folder / "exhibits" / "doctor.pdf").rename(folder / "exhibits" / "docter.pdf")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (remove, r'"exhibits/doctor\.pdf" does not exist'),
        (misname, r'Did you mean "docter\.pdf"\?'),
        (truncate, r"exhibits/doctor\.pdf"),
        (replace_by_text, r"exhibits/doctor\.pdf"),
        (empty, r"exhibits/doctor\.pdf"),
        (encrypt, r"exhibits/doctor\.pdf.*password"),
        (link_out, r"passes through a link"),
        (climb_out, r"climbs out of the case folder"),
    ],
)
def test_bad_evidence_is_named_at_its_line_and_nothing_is_half_written(
    folders: Folders, spoil: Callable[[Path], None], said: str
) -> None:
    build(folders)
    before = files_below(folders.output / "boateng" / "initial_parole")
    spoil(folders.cases / "boateng")

    with pytest.raises(FactsError, match=said) as caught:
        build(folders)

    (fault,) = caught.value.faults
    line = (folders.cases / "boateng" / "case.yaml").read_text("utf-8").splitlines()
    assert "id: doctor" in line[fault.source.line - 1]
    assert files_below(folders.output / "boateng" / "initial_parole") == before
    kept = {".lock", ".office"}
    left = [path.name for path in folders.output.rglob(".*") if path.name not in kept]
    assert left == []


def test_all_bad_evidence_is_named_in_one_pass(folders: Folders) -> None:
    folder = folders.cases / "boateng"
    remove(folder)
    (folder / "exhibits" / "tax.pdf").write_bytes(b"nothing")

    with pytest.raises(FactsError) as caught:
        build(folders)

    assert len(caught.value.faults) == 2


def test_a_broken_template_is_named_and_the_former_packet_stays(
    folders: Folders, tmp_path: Path
) -> None:
    build(folders)
    before = files_below(folders.output / "boateng" / "initial_parole")
    own = tmp_path / "templates"
    shutil.copytree(folders.templates, own)
    (own / "letters" / "cover_letter.docx").write_bytes(b"no Word file")
    office = Folders(folders.cases, own, folders.forms, folders.output)

    with pytest.raises(PacketError, match=r"cover_letter\.docx"):
        build(office)

    assert files_below(folders.output / "boateng" / "initial_parole") == before


def test_a_case_that_another_run_holds_is_refused(folders: Folders) -> None:
    lock = case_lock(folders.cases / "boateng", folders.output / "boateng")
    with lock, pytest.raises(CaseBusyError):
        build(folders)


def test_the_plan_needs_no_evidence(folders: Folders) -> None:
    shutil.rmtree(folders.cases / "boateng" / "exhibits")
    rows = list(planned(Order("boateng", folders, None, "auto")))

    letters = [row["exhibit"] for row in rows if row["kind"] == "exhibit"]
    assert letters == ["A", "B", "C"]
    assert next(row["title"] for row in rows if row["kind"] == "letter") == "Cover Letter"


def test_evidence_is_taken_in_once(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    order = Order("boateng", folders, None, "dxpdf")
    examined(order)
    monkeypatch.setattr("packet_builder.documents.intake.intake.intake", None)

    assert examined(order).taken.evidence["doctor"].seen.pages == 2


def test_original_evidence_is_never_changed(folders: Folders) -> None:
    before = files_below(folders.cases)
    build(folders)

    assert files_below(folders.cases) == before


def test_nothing_in_the_output_is_readable_by_others(folders: Folders) -> None:
    _run_apart(folders.cases.parent, {})

    for path in folders.output.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


ELSEWHERE = (
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "77"},
)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_facts_give_the_same_bytes_anywhere(tmp_path: Path, engine: str) -> None:
    if engine == "libreoffice":
        needs("soffice")
    packets = []
    for number, environment in enumerate(ELSEWHERE):
        place = tmp_path / f"office {number}"
        write_case(place / "cases")
        _run_apart(place, environment, engine)
        packets.append(files_below(place / "output" / "boateng" / "initial_parole"))

    assert packets[0] == packets[1]
    assert "packet-DRAFT.pdf" in packets[0]


def _run_apart(place: Path, environment: dict[str, str], engine: str = "dxpdf") -> None:
    """Run the program in a process and a folder of its own."""
    command = (sys.executable, "-m", "packet_builder", "--cases", "cases", "build", "boateng")
    subprocess.run(
        (*command, "--engine", engine),
        cwd=place,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )


def test_a_page_of_evidence_may_be_any_size(folders: Folders) -> None:
    write_pdf(folders.cases / "boateng" / "exhibits" / "tax.pdf", ("one", "two"))

    assert build(folders).manifest["exhibits"][2]["pages"] == 2
