"""What an office brings to every case is looked through for words of one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from packet_builder.assembly.build import examined
from packet_builder.assembly.cache import office_cache
from packet_builder.assembly.case_file import read_case_file
from packet_builder.assembly.clients import clients_of
from packet_builder.assembly.office import office_of
from packet_builder.assembly.order import Order
from packet_builder.documents.letters import apart
from packet_builder.documents.letters.errors import TemplateBrokenError
from packet_builder.documents.letters.said import Said
from packet_builder.rules.finding import Finding, Office
from packet_builder.sandbox.pool import JobTooLongError
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case
from tests.word_samples import add, field, picture, xml

OTHER = """\
filing: {kind: initial_parole}
petitioner:
  name: {family: Mensah, given: Akosua, middle: Yaa}
  preparer: {used: yes, name: {family: Sorley, given: Thomas}}
beneficiaries:
  - id: yaw
    name:
      family: Mensah-Owusu
      given: Yaw
  - {id: efua, name: {family: Owusu}}
supporters:
  - name: {family: Reyes, given: Laleh}
"""


def folders_in(folder: Path) -> Folders:
    templates = folder / "templates"
    shutil.copytree(shipped("templates"), templates)
    return Folders(folder / "cases", templates, folder / "forms", folder / "output")


def office_in(folder: Path, other: str = OTHER) -> Office:
    write_case(folder / "cases")
    beside = folder / "cases" / "other"
    beside.mkdir()
    (beside / "case.yaml").write_text(other, encoding="utf-8")
    return office(folders_in(folder))


def office(folders: Folders) -> Office:
    case = read_case_file("boateng", folders)
    clients = clients_of(folders.cases, folders.output)
    return office_of(case, folders.templates, clients, office_cache(folders.output))


def edit(template: Path, *, text: str = "", title: str = "", comment: str = "") -> None:
    document = Document(str(template))
    if text:
        document.add_paragraph(text)
    if comment:
        document.add_comment(document.paragraphs[0].runs, comment, author="", initials="")
    document.core_properties.title = title
    document.save(str(template))


def findings(folders: Folders) -> tuple[Finding, ...]:
    return examined(Order("boateng", folders, None, "dxpdf")).findings


def test_the_clients_of_the_other_cases_are_known_and_no_one_else(tmp_path: Path) -> None:
    assert office_in(tmp_path).clients == {("Akosua", "Mensah"), ("Yaw", "Mensah-Owusu")}


@pytest.mark.parametrize(
    "other", ["petitioner: [\n", "petitioner: text\n", "", "beneficiaries:\n  - {name: x}\n", "\0"]
)
def test_another_case_that_cannot_be_read_is_no_fault_of_this_one(
    tmp_path: Path, other: str
) -> None:
    assert office_in(tmp_path, other).clients == frozenset()


def test_what_beside_a_case_is_no_file_or_may_not_be_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cases" / "notes" / "folder.yaml").mkdir(parents=True)
    (tmp_path / "cases" / "notes" / "nowhere.yaml").symlink_to("gone.yaml")
    closed = tmp_path / "cases" / "closed"
    closed.mkdir()
    (closed / "case.yaml").write_text(OTHER.replace("Akosua", "Serwaa"), encoding="utf-8")
    read_text = Path.read_text

    def refused(path: Path, **how: str) -> str:
        if path.parent == closed:
            raise PermissionError
        return read_text(path, **how)

    monkeypatch.setattr(Path, "read_text", refused)

    assert office_in(tmp_path).clients == {("Akosua", "Mensah"), ("Yaw", "Mensah-Owusu")}


def test_the_words_of_a_template_are_its_own_without_its_tags(tmp_path: Path) -> None:
    words = office_in(tmp_path).templates["letters/cover_letter.docx"]

    assert "Dear Officer:" in words
    assert not any("{{" in text or "{%" in text for text in words)


def test_the_templates_of_the_program_name_nobody_and_are_finished(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    rules = {one.rule for one in findings(folders_in(tmp_path))}

    assert rules.isdisjoint({"client-in-template", "placeholder-of-office"})


@pytest.mark.parametrize(
    ("text", "title", "comment"),
    [
        ("We write for Ms. Akosua Mensah.", "", ""),
        ("", "Mensah, Akosua: cover letter", ""),
        ("", "", "As in the case of Akosua Mensah"),
        ("Dear Officer: Kwabena Boateng asks for parole.", "", ""),
    ],
)
def test_a_client_in_a_template_is_found_where_nobody_sees_him(
    tmp_path: Path, text: str, title: str, comment: str
) -> None:
    write_case(tmp_path / "cases")
    write_case(tmp_path / "cases", OTHER, "other")
    folders = folders_in(tmp_path)
    edit(folders.templates / "letters" / "fee_waiver.docx", text=text, title=title, comment=comment)

    (found,) = [one for one in findings(folders) if one.rule == "client-in-template"]

    assert str(found.source) == "letters/fee_waiver.docx:1:1"
    assert "Mensah" not in found.message


def test_a_former_client_in_the_facts_is_found_at_its_line(tmp_path: Path) -> None:
    text = WHOLE.replace("He needs an operation.", "Akosua Yaa Mensah needs an operation.")
    write_case(tmp_path / "cases", text)
    write_case(tmp_path / "cases", OTHER, "other")

    (found,) = [one for one in findings(folders_in(tmp_path)) if one.rule == "client-of-other-case"]

    assert found.source is not None
    assert "summary" in text.splitlines()[found.source.line - 1]


def test_a_client_of_two_cases_is_nobody_else(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    write_case(tmp_path / "cases", WHOLE, "again")

    assert "client-of-other-case" not in {one.rule for one in findings(folders_in(tmp_path))}


def deleted(document: DocxDocument) -> None:
    """Leave a name in a change that was tracked, split over two runs."""
    paragraph = document.add_paragraph("Dear Officer")
    gone = "".join(f"<w:r><w:delText>{part}</w:delText></w:r>" for part in ("Ako", "sua Mensah"))
    paragraph._p.append(xml(f'<w:del w:id="9" w:author="a">{gone}</w:del>'))


def reviewed(document: DocxDocument) -> None:
    """Leave a name as that of the author of a change."""
    run = "<w:r><w:t>new</w:t></w:r>"
    document.add_paragraph()._p.append(
        xml(f'<w:ins w:id="9" w:author="Akosua Mensah">{run}</w:ins>')
    )


def described(document: DocxDocument) -> None:
    """Leave a name in the description of a picture."""
    shape = document.add_picture(picture())
    shape._inline.docPr.set("descr", "Passport of Akosua Mensah")


def bookmarked(document: DocxDocument) -> None:
    """Leave a name in an answer that an assembly program asked for."""
    settings = document.settings.element
    settings.append(
        xml('<w:docVars><w:docVar w:name="Client" w:val="Mensah, Akosua"/></w:docVars>')
    )


def instructed(document: DocxDocument) -> None:
    """Leave a name in the instruction of a field."""
    add(document.add_paragraph(), field('QUOTE "Akosua Mensah"', "x"))


@pytest.mark.parametrize("leave", [deleted, reviewed, described, bookmarked, instructed])
def test_a_client_in_a_template_is_found_in_every_hiding_place(
    tmp_path: Path, leave: Callable[[DocxDocument], None]
) -> None:
    write_case(tmp_path / "cases")
    write_case(tmp_path / "cases", OTHER, "other")
    folders = folders_in(tmp_path)
    template = folders.templates / "letters" / "fee_waiver.docx"
    document = Document(str(template))
    leave(document)
    document.save(str(template))

    (found,) = [one for one in findings(folders) if one.rule == "client-in-template"]

    assert str(found.source) == "letters/fee_waiver.docx:1:1"


@pytest.mark.parametrize("file", ["pages/slip.typ", "pages/parts/logo.typ", "outlines/own.yaml"])
def test_a_client_in_a_page_template_or_an_outline_is_found(tmp_path: Path, file: str) -> None:
    write_case(tmp_path / "cases")
    write_case(tmp_path / "cases", OTHER, "other")
    folders = folders_in(tmp_path)
    path = folders.templates / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n// as for Akosua Mensah\n")

    (found,) = [one for one in findings(folders) if one.rule == "client-in-template"]

    assert str(found.source) == f"{file}:1:1"


def test_a_name_is_not_put_together_of_two_texts(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    write_case(tmp_path / "cases", OTHER, "other")
    folders = folders_in(tmp_path)
    template = folders.templates / "letters" / "fee_waiver.docx"
    edit(template, text="Ask for Akosua")
    edit(template, text="Mensah Road 4")

    assert not [one for one in findings(folders) if one.rule == "client-in-template"]


def test_a_template_of_the_office_s_own_is_first_read_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "cases")
    folders = folders_in(tmp_path)
    edit(folders.templates / "letters" / "cover_letter.docx", text="Yours truly")
    monkeypatch.setattr(apart, "said_by", lambda template: Said((template.name,), "", ()))

    class Slow:
        def ask(self, *_: object) -> None:
            raise JobTooLongError

    with monkeypatch.context() as hanging:
        hanging.setattr(apart, "pool_of_run", lambda _: Slow())
        with pytest.raises(
            TemplateBrokenError, match=r"cover_letter\.docx: reading it takes longer"
        ):
            office(folders)

    templates = office(folders).templates
    assert "Yours truly" in templates["letters/cover_letter.docx"]
    assert templates["letters/client_letter.docx"] == ("client_letter.docx",)


def test_a_template_that_is_printed_in_another_font_than_its_own_is_named(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    folders = folders_in(tmp_path)
    template = folders.templates / "letters" / "cover_letter.docx"
    document = Document(str(template))
    for family in ("Baskerville", "Arial", "Calibri"):
        document.add_paragraph().add_run("Yours truly").font.name = family
    document.add_paragraph().add_run(" ").font.name = "Papyrus"
    document.save(str(template))

    found = [one for one in findings(folders) if one.rule == "font-not-here"]

    assert [one.message for one in found] == [
        (
            'letters/cover_letter.docx is set in "Baskerville", which is not here: Liberation '
            "Serif is printed in its place"
        ),
        (
            'letters/cover_letter.docx is set in "Calibri", which is not here: Liberation Sans '
            "is printed in its place"
        ),
    ]
    assert {str(one.source) for one in found} == {"letters/cover_letter.docx:1:1"}


def test_the_letters_of_the_program_are_set_in_fonts_that_are_here(tmp_path: Path) -> None:
    assert set().union(*office_in(tmp_path).stand_ins.values()) == set()
