"""An office changes what it wants in a folder of its own; the program's is never touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from packet_builder import template_files
from packet_builder.assembly.build import built
from packet_builder.assembly.cache import Cache
from packet_builder.assembly.order import Order
from packet_builder.assembly.own_templates import (
    State,
    TemplateNotTakenError,
    TemplateThereError,
    TemplateUnknownError,
    difference,
    settle,
    standing,
    take,
)
from packet_builder.assembly.sheets import page_templates, printer_with
from packet_builder.assembly.starter import beneficiary_entry
from packet_builder.assembly.templates import template_faults
from packet_builder.cli import commands
from packet_builder.outline import outlines_in, read_outline
from packet_builder.plan.form_map import map_path
from packet_builder.workspace import Folders, shipped

SAMPLES = Path(__file__).parents[1] / "case_data"
COVER = "letters/cover_letter.docx"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    cases = tmp_path / "case_data"
    shutil.copytree(SAMPLES / "minimal", cases / "minimal")
    for name in ("firm.yaml", "logo.png"):
        shutil.copy(SAMPLES / name, cases)
    return Folders(cases, tmp_path / "office", tmp_path / "forms", tmp_path / "output")


def say_in(letter: Path, words: str) -> None:
    document = Document(str(letter))
    document.add_paragraph(words)
    document.save(str(letter))


def test_what_the_office_changes_counts_and_all_else_is_the_programs(folders: Folders) -> None:
    """Wording, outline and look, each in one file of the office's own."""
    office = folders.templates
    say_in(take(office, COVER), "We thank the officer for reading.")
    outline = take(office, "outlines/initial_parole.yaml")
    text = outline.read_text(encoding="utf-8").replace(
        "title: Request for", "title: Our Request for"
    )
    outline.write_text(text, encoding="utf-8")
    style = take(office, "pages/style.typ")
    style.write_text(style.read_text(encoding="utf-8") + "\n// ours\n", encoding="utf-8")

    made = built(Order("minimal", folders, None, "dxpdf"), lambda _: None)

    assert made.packet is not None
    (letter,) = made.packet.parent.rglob("*cover*.docx")
    assert Document(str(letter)).paragraphs[-1].text == "We thank the officer for reading."
    assert made.manifest["title"] == "Our Request for Humanitarian Parole"
    assert sorted(template_files.own_templates(office)) == [
        COVER,
        "outlines/initial_parole.yaml",
        "pages/style.typ",
    ]
    assert template_faults(office) == ()


def test_one_page_template_of_the_office_stands_among_ours(folders: Folders) -> None:
    office, cache = folders.templates, Cache(folders.output / ".office")
    assert page_templates(office, cache) == shipped("templates") / "pages"
    before = printer_with(cache, page_templates(office, cache)).look

    take(office, "pages/notice.typ").write_text("ours", encoding="utf-8")
    (office / "pages" / "seal.png").write_bytes(b"a picture that it prints")
    merged = page_templates(office, cache)

    assert (merged / "notice.typ").read_text(encoding="utf-8") == "ours"
    assert (merged / "seal.png").is_file()
    assert (merged / "style.typ").read_bytes() == (
        shipped("templates") / "pages" / "style.typ"
    ).read_bytes()
    with_picture = printer_with(cache, merged).look
    (office / "pages" / "seal.png").write_bytes(b"another one")
    assert len({before, with_picture, printer_with(cache, page_templates(office, cache)).look}) == 3


def test_outlines_maps_and_starters_are_overridden_one_by_one(folders: Folders) -> None:
    office = folders.templates
    program = outlines_in(office)
    own = take(office, "outlines/client_letter.yaml")
    own.rename(own.with_name("our_letter.yaml"))
    starter = take(office, "new/beneficiary.yaml")
    starter.write_text("- id: {{ id }}  # of our office\n", encoding="utf-8")
    edition = take(office, "forms/g-28/2018-09-17.yaml")

    assert set(outlines_in(office)) == {*program, "our_letter"}
    assert read_outline(office, "our_letter") == read_outline(office, "client_letter")
    assert beneficiary_entry(folders, "amina", {}) == "- id: amina  # of our office"
    assert map_path(office, "g-28", "09/17/18") == edition
    assert map_path(office, "i-131", "01/20/25").is_relative_to(shipped("templates"))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give templates of the program that a newer version may change."""
    copy = tmp_path / "program"
    shutil.copytree(shipped("templates"), copy)
    monkeypatch.setattr(template_files, "shipped", lambda _: copy)
    return copy


def states(office: Path) -> dict[str, State]:
    return {one.name: one.state for one in standing(office)}


def test_an_upgrade_leaves_the_offices_own_and_says_what_moved(
    tmp_path: Path, program: Path
) -> None:
    office, outline = tmp_path / "office", "outlines/initial_parole.yaml"
    for name in (COVER, outline, "outlines/client_letter.yaml"):
        take(office, name)
    assert set(states(office).values()) == {State.SAME}
    say_in(office / COVER, "Ours.")
    (office / outline).write_text("title: Ours\n", encoding="utf-8")
    (office / "letters" / "ours.docx").write_bytes((office / COVER).read_bytes())
    before = (office / COVER).read_bytes()
    assert states(office)[COVER] is State.CURRENT

    say_in(program / COVER, "A sentence of the next version.")
    text = (program / outline).read_text(encoding="utf-8")
    (program / outline).write_bytes(text.replace("title: Request", "title: Asking", 1).encode())
    (program / "outlines" / "client_letter.yaml").unlink()

    assert states(office) == {
        COVER: State.MOVED,
        "letters/ours.docx": State.OWN,
        "outlines/client_letter.yaml": State.GONE,
        outline: State.MOVED,
    }
    assert "+A sentence of the next version." in difference(office, COVER)
    assert [line for line in difference(office, outline)[2:] if line[0] in "+-"] == [
        "-title: Request for Humanitarian Parole",
        "+title: Asking for Humanitarian Parole",
    ]
    assert (office / COVER).read_bytes() == before
    settle(office, COVER)
    assert states(office)[COVER] is State.CURRENT


def test_other_line_ends_are_no_change(tmp_path: Path, program: Path) -> None:
    office, name = tmp_path / "office", "outlines/initial_parole.yaml"
    take(office, name).write_text("title: Ours\n", encoding="utf-8")

    path = program / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert states(office) == {name: State.CURRENT}


def test_what_was_copied_by_hand_is_said_to_be_unknown(tmp_path: Path, program: Path) -> None:
    office = tmp_path / "office"
    (office / "letters").mkdir(parents=True)
    shutil.copy(program / COVER, office / COVER)
    say_in(office / COVER, "Ours.")
    (office / "letters" / "~$ver_letter.docx").write_bytes(b"of Word")

    assert states(office) == {COVER: State.UNKNOWN}
    with pytest.raises(TemplateNotTakenError, match="nobody noted what it was taken from"):
        difference(office, COVER)


def test_nothing_of_the_office_is_written_over_and_a_slip_is_answered(tmp_path: Path) -> None:
    path = take(tmp_path, COVER)
    path.write_bytes(b"hers")

    with pytest.raises(TemplateThereError, match="was left as it is"):
        take(tmp_path, COVER)
    assert path.read_bytes() == b"hers"
    for name, wrong in (
        ("letters/cover_leter.docx", 'Did you mean "letters/cover_letter'),
        ("x", "There are"),
    ):
        for act in (take, settle, difference):
            with pytest.raises(TemplateUnknownError, match='there is no template "'):
                act(tmp_path, name)
        with pytest.raises(TemplateUnknownError, match=wrong):
            take(tmp_path, name)


def run(office: Path, *words: str) -> int:
    done: object = commands.main(["--templates", str(office), *words], standalone_mode=False)
    assert isinstance(done, int)
    return done


def test_the_commands_say_what_moved_and_what_to_do(
    tmp_path: Path, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = tmp_path / "office"
    assert run(office, "templates", "list") == 0
    assert "holds no templates; all are the program's" in capsys.readouterr().err

    assert run(office, "templates", "take", COVER) == 0
    assert capsys.readouterr().out == f"{office / COVER}\n"
    say_in(office / COVER, "Ours.")
    assert run(office, "templates", "list") == 0
    say_in(program / COVER, "Theirs.")
    assert run(office, "templates", "list") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == f"moved    {COVER}"
    assert f"packet-builder templates diff {COVER}" in said.err
    assert run(office, "templates", "list", "--json") == 1
    assert json.loads(capsys.readouterr().out)[0]["state"] == "moved"
    assert run(office, "templates", "diff", COVER) == 0
    assert "+Theirs." in capsys.readouterr().out
    assert run(office, "templates", "settle", COVER) == 0
    assert run(office, "templates", "list") == 0
