"""The attorney edits letters in Word, facts change, and no word of hers is lost."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.assembly.build import built, examined
from packet_builder.assembly.drafting import Drafted, write_drafts
from packet_builder.assembly.drafts import draft_of
from packet_builder.assembly.order import Built, Order
from packet_builder.documents.engines import ENGINES, typeset
from packet_builder.documents.engines.engine import Job
from packet_builder.documents.word import errors, word
from packet_builder.documents.word.text import visible_paragraphs
from packet_builder.documents.word.word import open_word
from packet_builder.drafts import apart
from packet_builder.drafts.errors import (
    DraftBreaksReaderError,
    DraftConflictedCopyError,
    DraftConflictOpenError,
    DraftOfUnknownOriginError,
    DraftOpenInWordError,
    DraftRecordBrokenError,
    DraftSavedMeanwhileError,
    DraftSupersededError,
    DraftUnknownError,
)
from packet_builder.errors import PacketError
from packet_builder.review.docket import open_docket
from packet_builder.review.obstacles import obstacles_of
from packet_builder.rules.lines import finding_lines
from packet_builder.rules.report import finding_row
from packet_builder.sandbox.pool import Limits
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case, write_pdf
from tests.needed import needs
from tests.word_edits import HER, add_paragraph, remark, resave, settle, track, type_over
from tests.word_samples import rewritten

LETTER = "humanitarian_justification"


@dataclass(frozen=True)
class Office:
    """A case folder and the commands of a paralegal."""

    folder: Path
    folders: Folders

    @property
    def drafts(self) -> Path:
        return self.folder / "drafts" / "initial_parole"

    @property
    def letter(self) -> Path:
        return self.drafts / f"{LETTER}.docx"

    def order(self, engine: str) -> Order:
        return Order("boateng", self.folders, None, engine)

    def draft(self, *names: str, accept: bool = False) -> Drafted:
        return write_drafts(self.order("dxpdf"), names, accept=accept)

    def build(self, engine: str = "dxpdf") -> Built:
        result = built(self.order(engine), lambda _: None)
        assert result.packet is not None, result.findings
        return result

    def change_facts(self, *changes: tuple[str, str]) -> None:
        text = (self.folder / "case.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (self.folder / "case.yaml").write_text(text, encoding="utf-8")

    def printed(self, result: Built) -> str:
        """Give the text of the letter's pages in the packet."""
        row = next(one for one in result.manifest["documents"] if one["id"] == f"letter-{LETTER}")
        assert result.packet is not None
        pdf = pypdfium2.PdfDocument(result.packet)
        try:
            pages = range(row["first_page"] - 1, row["last_page"])
            texts = [pdf[page].get_textpage().get_text_range() for page in pages]
        finally:
            pdf.close()
        return " ".join(" ".join(texts).split())

    def said(self, name: str = f"{LETTER}.docx") -> str:
        return " ".join(visible_paragraphs(self.drafts / name)).replace("\u00a0", " ")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    cases = tmp_path / "cases"
    folder = write_case(cases, WHOLE)
    folders = Folders(cases, shipped("templates"), tmp_path / "forms", tmp_path / "output")
    return Office(folder, folders)


def of_drafts(findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    found = [one for one in findings if one["rule"].startswith("draft-")]
    assert all("drafts/initial_parole/" in one["file"] and one["line"] is None for one in found)
    return [(one["rule"], one["message"]) for one in found]


def files_in(folder: Path) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_letters_lie_in_the_drafts_folder_each_under_its_name(office: Office) -> None:
    drafted = office.draft()

    names = sorted(path.name for path in office.drafts.glob("*.docx"))
    assert names == ["cover_letter.docx", "discretionary_factors.docx", f"{LETTER}.docx"]
    assert [line.said for line in drafted.lines] == ["new"] * 3


def test_a_second_draft_changes_nothing(office: Office) -> None:
    office.draft()
    before = files_in(office.drafts)

    drafted = office.draft()

    assert files_in(office.drafts) == before
    assert {line.said for line in drafted.lines} == {"as it was: nobody edited it, nothing changed"}


def test_a_build_prints_her_copy_and_writes_nothing_into_the_case(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He bled twice", "He bled twice, and nearly died")
    before = files_in(office.folder)

    result = office.build()

    assert "He bled twice, and nearly died" in office.printed(result)
    assert files_in(office.folder) == before
    assert of_drafts(result.findings) == []
    row = next(one for one in result.manifest["documents"] if one["id"] == f"letter-{LETTER}")
    assert set(row["made_from"]) == {"facts", "template", "draft"}


def test_no_word_file_from_outside_is_opened_by_the_process_that_builds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.draft()
    track(office.letter, "He stays untreated", "He stays wholly untreated")
    office.change_facts(("He bled twice", "He bled three times"))
    word_of = word.word_of

    def own_only(content: bytes, name: str) -> word.Word:
        opened = word_of(content, name)
        assert b"wholly" not in opened.parts[word.DOCUMENT]
        return opened

    with monkeypatch.context() as watched:
        watched.setattr(word, "word_of", own_only)
        result = office.build()
        office.draft()
        office.draft(accept=True)

    assert "wholly" in office.printed(result)
    assert "wholly" in office.said(f"{LETTER}-v3.docx")


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(0.001, 4 << 30, 1 << 20), "takes longer than 0.001 s"),
        (Limits(60, 1 << 20, 1 << 20), "takes more than 0 GB of memory"),
        (Limits(60, 4 << 30, 100), "would write more than 0 MB"),
    ],
    ids=["time", "memory", "output"],
)
def test_a_draft_beyond_a_limit_is_one_sentence_that_names_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, limits: Limits, what: str
) -> None:
    office.draft()
    type_over(office.letter, "He stays untreated", "He stays wholly untreated")
    monkeypatch.setattr(apart, "_READING", limits)

    with pytest.raises(DraftBreaksReaderError) as caught:
        office.build()

    named = f"drafts/initial_parole/{LETTER}.docx: reading this Word file {what}"
    assert str(caught.value).startswith(named)
    monkeypatch.undo()
    assert office.build().packet is not None


def test_a_mere_save_is_no_edit(office: Office) -> None:
    office.draft()
    resave(office.letter)
    saved = office.letter.read_bytes()
    office.change_facts(("He bled twice", "He bled three times"))

    result = office.build()
    drafted = office.draft(LETTER)

    assert "He bled three times" in office.printed(result)
    assert of_drafts(result.findings) == []
    (line,) = drafted.lines
    assert line.said == f"beside {LETTER}.docx, which was saved but not edited"
    assert office.letter.read_bytes() == saved
    assert "He bled three times" in office.said(line.file.name)
    assert of_drafts(office.build().findings) == []


def test_a_draft_that_nobody_touched_is_written_anew(office: Office) -> None:
    office.draft()
    office.change_facts(("He bled twice", "He bled three times"))

    drafted = office.draft(LETTER)

    assert [line.said for line in drafted.lines] == ["written anew: nobody had edited it"]
    assert "He bled three times" in office.said()
    assert [path.name for path in office.drafts.glob(f"{LETTER}*")] == [f"{LETTER}.docx"]


def test_new_facts_come_into_her_copy_as_tracked_changes_beside_hers(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He stays untreated", "He stays wholly untreated")
    office.change_facts(
        ("He bled twice", "He bled three times"), ("takes five months", "takes four")
    )
    hers = office.letter.read_bytes()

    result = office.build()
    drafted = office.draft(LETTER)

    assert office.letter.read_bytes() == hers
    newer = office.drafts / f"{LETTER}-v2.docx"
    assert [line.file for line in drafted.lines] == [newer]
    assert "He stays wholly untreated" in office.said(newer.name)
    assert "He bled three times" in office.said(newer.name)
    rules = [rule for rule, _ in of_drafts(result.findings)]
    assert rules == ["draft-behind", "draft-open-changes"]
    printed = office.printed(result)
    assert "He bled three times[twice]" in printed
    assert "He stays wholly untreated" in printed
    again = office.build()
    assert [rule for rule, _ in of_drafts(again.findings)] == ["draft-open-changes"]
    settle(newer)
    assert of_drafts(office.build().findings) == []


def test_what_the_draft_rests_on_survives_without_the_output(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He stays untreated", "He stays wholly untreated")
    office.change_facts(("He bled twice", "He bled three times"))
    shutil.rmtree(office.folders.output)

    office.draft()

    assert "He bled three times" in office.said(f"{LETTER}-v2.docx")


def test_every_version_of_hers_is_kept(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He stays untreated", "He stays wholly untreated")
    hers = office.letter.read_bytes()
    office.change_facts(("He bled twice", "He bled three times"))

    office.draft()

    assert hers in files_in(office.drafts / ".base" / "kept").values()


def test_a_conflict_keeps_hers_and_is_named_until_she_has_chosen(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He bled twice", "He bled two times")
    office.change_facts(("He bled twice", "He bled three times"))

    result = office.build()
    office.draft()

    (conflict,) = [said for rule, said in of_drafts(result.findings) if rule == "draft-conflict"]
    assert "He bled two times" in conflict
    assert "He bled two times" in office.printed(result)
    assert "He bled three times" in office.printed(result)
    with pytest.raises(DraftConflictOpenError, match="keep one of the two texts"):
        office.draft(accept=True)
    settle(office.drafts / f"{LETTER}-v2.docx")
    assert of_drafts(office.build().findings) == []


@pytest.mark.parametrize("engine", ["dxpdf", "libreoffice"])
def test_open_changes_and_comments_are_printed_and_named(office: Office, engine: str) -> None:
    if engine == "libreoffice":
        needs("soffice")
    office.draft()
    track(office.letter, "He bled twice", "He bled often, see Ex. Z at 9")
    track(office.letter, "He stays untreated", "")
    remark(office.letter, "He may bleed again", "Is Ex. Y at 7 not stronger?")

    with pytest.raises(PacketError, match=r'"Ex. Z at 9" leads nowhere'):
        office.build(engine)
    settle(office.letter)
    type_over(office.letter, "see Ex. Z at 9", "twice")
    track(office.letter, "He bled often, twice", "He bled twice")
    remark(office.letter, "He may bleed again", "Is Ex. Y at 7 not stronger?")
    result = office.build(engine)

    printed = office.printed(result)
    assert "He bled twice[He bled often, twice]" in printed
    assert f"[Comment, {HER}: Is Ex. [Y] at 7 not stronger?]" in printed
    found = dict(of_drafts(result.findings))
    assert found["draft-open-changes"].startswith(f"tracked changes are open: {HER}, paragraph")
    assert found["draft-comments"].startswith(f"comments are open: {HER}, paragraph")


def test_accepting_makes_a_clean_copy_and_puts_hers_away(office: Office) -> None:
    office.draft()
    track(office.letter, "He bled twice", "He bled often")
    remark(office.letter, "He may bleed again", "Really?")
    hers = office.letter.read_bytes()

    drafted = office.draft(LETTER, accept=True)

    clean = office.drafts / f"{LETTER}-v2.docx"
    assert [line.said for line in drafted.lines] == ["all changes accepted, comments removed"]
    assert (office.drafts / "earlier" / f"{LETTER}.docx").read_bytes() == hers
    assert "He bled often" in office.said(clean.name)
    assert (
        "word/comments.xml" not in open_word(clean).parts
        or b"Really" not in (open_word(clean).parts["word/comments.xml"])
    )
    result = office.build()
    assert of_drafts(result.findings) == []
    assert "He bled often" in office.printed(result)


def test_citations_in_her_words_follow_their_exhibits(office: Office) -> None:
    office.draft()
    add_paragraph(office.letter, "He bled twice", "The letter, Ex. B at 1, and Exhibit C say so.")
    write_pdf(office.folder / "exhibits" / "birth.pdf", ("Born in Kumasi",))
    birth = "  - {id: birth, title: Birth, kind: passport, file: exhibits/birth.pdf}\n"
    office.change_facts(("  - {id: doctor", f"{birth}  - {{id: doctor"))

    result = office.build()
    office.draft()

    assert "The letter, Ex. C at 1, and Exhibit D say so." in office.said(f"{LETTER}-v2.docx")
    cited = {(one["exhibit"], one["document"]) for one in result.manifest["citations"]}
    assert ("D", f"letter-{LETTER}") in cited
    (behind,) = [said for rule, said in of_drafts(result.findings) if rule == "draft-behind"]
    assert "re-lettered" in behind


def test_an_old_value_in_her_own_words_is_named_until_it_is_gone(office: Office) -> None:
    office.change_facts(("He bled twice", "On March 3, 2026, he bled twice"))
    office.draft()
    add_paragraph(office.letter, "He may bleed again", "Since March 3 nothing was the same.")
    office.change_facts(("March 3, 2026", "April 7, 2026"))

    first = office.build()
    office.draft()
    second = office.build()

    said = '"March 3" (now "April 7") still stands in paragraph'
    for result in (first, second):
        (message,) = [said for rule, said in of_drafts(result.findings) if rule == "draft-outdated"]
        assert message.startswith(said)
        assert "Since March 3 nothing was the same." in message
    newer = office.drafts / f"{LETTER}-v2.docx"
    type_over(newer, "Since March 3", "Since April 7")
    assert "draft-outdated" not in dict(of_drafts(office.build().findings))


def test_an_old_value_that_is_meant_can_be_accepted(office: Office) -> None:
    office.change_facts(("He bled twice", "On March 3, 2026, he bled twice"))
    office.draft()
    add_paragraph(office.letter, "He may bleed again", "Since March 3 nothing was the same.")
    accepted = "accepted_findings:\n  - {rule: draft-outdated, reason: it is so, by: M. Vale}\n"
    office.change_facts(
        ("March 3, 2026", "April 7, 2026"), ("evidence:\n", f"{accepted}evidence:\n")
    )

    result = office.build()

    (finding,) = [one for one in result.findings if one["rule"] == "draft-outdated"]
    assert finding["weight"] == "note"
    assert finding_lines(finding)[0].startswith("drafts/initial_parole/humanitarian_justif")
    assert not [one for one in result.findings if one["rule"] == "acceptance-unused"]
    again = examined(office.order("dxpdf")).findings
    assert tuple(map(finding_row, again)) == result.findings


def test_nobody_can_accept_open_changes(office: Office) -> None:
    office.draft()
    accepted = "accepted_findings:\n  - {rule: draft-open-changes, reason: a, by: b}\n"
    office.change_facts(("evidence:\n", f"{accepted}evidence:\n"))

    with pytest.raises(PacketError, match="cannot be accepted"):
        office.build()


def test_a_draft_edited_after_a_newer_one_was_made_is_refused(office: Office) -> None:
    office.draft()
    type_over(office.letter, "He stays untreated", "He stays wholly untreated")
    office.change_facts(("He bled twice", "He bled three times"))
    office.draft()
    resave(office.letter)
    office.build()
    type_over(office.letter, "wholly", "entirely")

    with pytest.raises(DraftSupersededError, match=r"lacks those words. Copy them into"):
        office.build()
    (office.drafts / f"{LETTER}-v2.docx").unlink()
    office.draft()
    assert "entirely" in office.said(f"{LETTER}-v3.docx")


def test_a_draft_that_she_saves_at_that_very_moment_is_not_overwritten(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.draft()
    office.change_facts(("He bled twice", "He bled three times"))

    def slow(*given: Any) -> Any:  # noqa: ANN401 - whatever it is given
        found = draft_of(*given)
        if given[1].file == office.letter.name:
            type_over(office.letter, "He bled twice", "He bled often")
        return found

    monkeypatch.setattr("packet_builder.assembly.drafting.draft_of", slow)

    with pytest.raises(DraftSavedMeanwhileError, match="Nothing was overwritten"):
        office.draft(LETTER)
    assert "He bled often" in office.said()


def test_other_word_files_among_the_drafts_are_named(office: Office) -> None:
    office.draft()
    shutil.copy(office.letter, office.drafts / "final final.docx")

    assert of_drafts(office.build().findings) == [("draft-unread", "no build reads this file")]


def test_a_file_that_the_program_did_not_write_is_never_taken_for_a_draft(office: Office) -> None:
    office.drafts.mkdir(parents=True)
    office.letter.write_bytes(b"hers")

    with pytest.raises(DraftOfUnknownOriginError, match="did not write this file"):
        office.draft()
    assert office.letter.read_bytes() == b"hers"


def test_a_letter_is_drafted_by_its_name(office: Office) -> None:
    office.draft("cover_letter")

    assert [path.name for path in office.drafts.glob("*.docx")] == ["cover_letter.docx"]
    with pytest.raises(DraftUnknownError, match='no letter "memo"'):
        office.draft("memo")


def test_a_damaged_record_is_refused(office: Office) -> None:
    office.draft()
    (office.drafts / ".base" / "drafts.json").write_text("{}}", encoding="utf-8")

    with pytest.raises(DraftRecordBrokenError, match="record of the drafts is damaged"):
        office.build()


def locked(letter: Path) -> None:
    letter.with_name(f"~${letter.name[2:]}").write_bytes(b"HER")


def locked_by_libreoffice(letter: Path) -> None:
    letter.with_name(f".~lock.{letter.name}#").write_bytes(b"HER")


def synced(letter: Path) -> None:
    name = f"{letter.stem} (Marisol's conflicted copy 2026-11-25).docx"
    shutil.copy(letter, letter.with_name(name))


def not_word(letter: Path) -> None:
    letter.write_bytes(b"%PDF-1.7 no Word file")


def bomb(letter: Path) -> None:
    with zipfile.ZipFile(letter, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", bytes(90_000_000))


def linked(letter: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        link = (
            b'<Relationship Id="rIdX" Type="x/image" Target="http://a.b/c" TargetMode="External"/>'
        )
        parts[name] = parts[name].replace(b"</Relationships>", link + b"</Relationships>")

    rewritten(letter, change)


def macro(letter: Path) -> None:
    rewritten(letter, lambda parts: parts.update({"word/vbaProject.bin": b"x"}))


def doctype(letter: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        head, _, rest = parts["word/document.xml"].partition(b"?>")
        parts["word/document.xml"] = head + b"?><!DOCTYPE w [<!ENTITY a 'b'>]>" + rest

    rewritten(letter, change)


REFUSED: Mapping[Callable[[Path], None], type[PacketError]] = {
    locked: DraftOpenInWordError,
    locked_by_libreoffice: DraftOpenInWordError,
    synced: DraftConflictedCopyError,
    not_word: errors.NotWordError,
    bomb: errors.WordTooLargeError,
    linked: errors.RemotePartError,
    macro: errors.WordMacroError,
    doctype: errors.WordDoctypeError,
}


@pytest.mark.parametrize("spoil", REFUSED)
def test_what_is_no_safe_draft_is_refused_and_left_alone(
    office: Office, spoil: Callable[[Path], None]
) -> None:
    office.draft()
    spoil(office.letter)
    before = files_in(office.folder)

    for run in (office.build, office.draft):
        with pytest.raises(REFUSED[spoil], match="drafts/initial_parole/humanitarian"):
            run()

    after = files_in(office.folder)
    assert {path: after[path] for path in before} == before


def test_without_sound_facts_no_draft_is_written(office: Office) -> None:
    office.change_facts(("[@tax p. 1]", "[@gone p. 1]"))

    drafted = office.draft()

    assert drafted.lines == ()
    assert any(one.rule == "citation-unknown" for one in drafted.findings)
    assert not office.drafts.exists()


def test_the_record_says_what_a_version_rests_on(office: Office) -> None:
    office.draft()

    record = json.loads((office.drafts / ".base" / "drafts.json").read_text(encoding="utf-8"))

    (version,) = record["drafts"][f"letter-{LETTER}"]
    kept = files_in(office.drafts / ".base" / "kept")
    names = {path.name for path in kept}
    assert {version["base"], version["facts"], version["written"]} <= names


def saved_as_pdf(docx: Path) -> Path:
    """Save a draft as PDF beside it, by another program than prints the packet."""
    press = ENGINES["libreoffice"]
    (made,) = typeset([Job(docx, docx.with_suffix(".pdf"), docx.name)], press)
    return made.pdf


def test_a_pdf_saved_from_word_stands_for_the_engine_where_it_is_that_draft(
    office: Office,
) -> None:
    needs("soffice")
    office.draft()
    type_over(office.letter, "He bled twice", "He bled twice, and nearly died")
    pdf = saved_as_pdf(office.letter)

    result = office.build()

    assert of_drafts(result.findings) == []
    row = next(one for one in result.manifest["documents"] if one["id"] == f"letter-{LETTER}")
    assert set(row["made_from"]) == {"facts", "template", "draft", "pdf"}
    assert "He bled twice, and nearly died" in office.printed(result)
    type_over(office.letter, "nearly died", "lived")
    other = office.build()
    (found,) = of_drafts(other.findings)
    assert found[0] == "draft-pdf-unused"
    assert "lacks" in found[1]
    assert pdf.name in str([one["file"] for one in other.findings])
    assert "and lived" in office.printed(other)


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"no PDF at all"])
def test_a_pdf_that_cannot_be_read_is_named_and_the_engine_prints(
    office: Office, content: bytes
) -> None:
    office.draft()
    office.letter.with_suffix(".pdf").write_bytes(content)

    result = office.build()

    assert [rule for rule, _ in of_drafts(result.findings)] == ["draft-pdf-unused"]
    assert "He bled twice" in office.printed(result)


def test_a_word_file_under_the_name_of_a_pdf_is_not_used(office: Office) -> None:
    office.draft()
    shutil.copy(office.letter, office.letter.with_suffix(".pdf"))

    (found,) = of_drafts(office.build().findings)

    assert found[0] == "draft-pdf-unused"
    assert "is named as a PDF but holds a Word document" in found[1]


def test_a_pdf_beside_a_draft_with_open_changes_is_not_used(office: Office) -> None:
    office.draft()
    write_pdf(office.letter.with_suffix(".pdf"), ("anything",))
    track(office.letter, "He bled twice", "He bled often")

    found = dict(of_drafts(office.build().findings))

    assert set(found) == {"draft-open-changes", "draft-pdf-unused"}
    assert "has open changes" in found["draft-pdf-unused"]


def test_what_is_open_in_a_draft_keeps_the_packet_from_being_filed(office: Office) -> None:
    office.draft()
    track(office.letter, "He bled twice", "He bled often")
    remark(office.letter, "He may bleed again", "Really?")
    office.build()

    found = " ".join(obstacles(office))

    assert f"tracked changes are open: {HER}" in found
    assert f"comments are open: {HER}" in found
    settle(office.letter)
    assert "was changed since the packet was built: build again" in " ".join(obstacles(office))
    office.build()
    assert not [one for one in obstacles(office) if "draft" in one]


def obstacles(office: Office) -> list[str]:
    docket = open_docket(office.folder, office.folders.output / "boateng")
    return list(obstacles_of(docket, dt.date(2026, 12, 1)))
