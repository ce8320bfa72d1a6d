"""The page templates that an office may restyle, and what is said of a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from packet_builder.documents.sheets import apart, compiling
from packet_builder.documents.sheets.content import Separator, Slip
from packet_builder.documents.sheets.errors import PageTemplateError
from packet_builder.documents.sheets.sheets import render_separators, render_slip
from packet_builder.documents.sheets.templates import template_faults
from packet_builder.sandbox.pool import Limits
from packet_builder.template_files import program_pages
from packet_builder.workspace import shipped

LOOPS = "for i in range(99999) { for j in range(99999) { let n = i } }"
SLIP = Slip("Form I-131", "Application for Travel Documents", ("Fetch the blank.",))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Give an office's own copy of the templates."""
    return Path(shutil.copytree(program_pages(), tmp_path / "pages"))


def edit(template: Path, old: str, new: str) -> None:
    text = template.read_text("utf-8")
    assert old in text
    template.write_text(text.replace(old, new), "utf-8")


def faults(templates: Path) -> list[str]:
    return [str(fault) for fault in template_faults(templates)]


def line_of(template: Path, words: str) -> int:
    lines = template.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_shipped_templates_have_no_faults() -> None:
    assert faults(program_pages()) == []


def test_a_restyled_template_is_used(templates: Path, tmp_path: Path) -> None:
    edit(templates / "separator.typ", "[EXHIBIT #given.letter]", "[Tab #given.letter]")

    [file] = render_separators([Separator("C", "A letter", 1)], tmp_path, templates)

    with pypdfium2.PdfDocument(file.path) as document:
        text = document[0].get_textpage().get_text_range()
    assert text.split() == ["Tab", "C", "A", "letter", "1", "page"]


def test_a_mistyped_value_is_named_with_file_and_line(templates: Path, tmp_path: Path) -> None:
    template = templates / "slip.typ"
    edit(template, "given.form)", "given.frm)")

    with pytest.raises(PageTemplateError, match=r'cannot be used: .*key "frm"') as caught:
        render_slip(SLIP, tmp_path / "slip.pdf", templates)

    assert str(caught.value).startswith(f"slip.typ:{line_of(template, 'given.frm')}: ")
    assert not (tmp_path / "slip.pdf").exists()


def test_a_fault_of_the_common_style_names_the_style_once(templates: Path) -> None:
    edit(templates / "style.typ", '"us-letter"', '"us-lettre"')

    [fault] = faults(templates)

    place = line_of(templates / "style.typ", "us-lettre")
    assert fault.startswith(f"style.typ:{place}: this page template cannot be used: ")


def test_a_value_that_only_some_cases_have_is_tried_too(templates: Path) -> None:
    edit(templates / "notice.typ", "strong(given.key_date)", "strong(given.keydate)")

    [fault] = faults(templates)

    assert 'key "keydate"' in fault


def test_a_value_that_a_case_may_lack_is_tried_without_it(templates: Path) -> None:
    edit(templates / "slip.typ", "#if given.person != none { block", "#{ block")
    edit(templates / "slip.typ", "[For #given.person]", "[#given.person #given.person.len()]")

    [fault] = faults(templates)

    assert fault.startswith(f"slip.typ:{line_of(templates / 'slip.typ', '.len()')}: ")
    assert "none" in fault


@pytest.mark.parametrize(
    ("template", "old", "new", "said"),
    [
        ("separator", "#set align(center)", "#set align(center", "unclosed delimiter"),
        ("separator", "#set align(center)", '#set text(font: "Garamond")', "garamond"),
        ("separator", "given.letter]", "given.title]", 'does not print "Exhibit C"'),
        ("separator", "#v(1.45in)", "#pagebreak(weak: false)", "more than one page"),
        ("separator", "linked(place.citations)", "[Ex. C at 2]", "not link to https://exhibit"),
        ("index", "item.reason", '""', 'does not print "The school burned down"'),
        ("index", "link(row.target, row.title)", "row.title", None),
        ("slip", "#v(1.2in)", "#place(dy: 690pt)[Firm]", "where the packet's stamps stand"),
        ("slip", "#v(1.2in)", '#image("logo.png")', "file not found"),
        ("slip", "#v(1.2in)", '#read("../../../../../etc/hostname")', "escape"),
        ("notice", "lines(given.contact)", "[Call us]", 'does not print "Jane Counsel"'),
    ],
)
def test_the_check_finds_what_a_build_or_a_reader_would_stumble_over(
    templates: Path, template: str, old: str, new: str, said: str | None
) -> None:
    edit(templates / f"{template}.typ", old, new)

    found = faults(templates)

    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def test_every_faulty_template_is_named_in_one_pass(templates: Path) -> None:
    (templates / "index.typ").unlink()
    (templates / "slip.typ").write_bytes(b"\xff\xfe")

    index, slip = faults(templates)

    assert index.startswith("index.typ: this page template cannot be used: the file does not exist")
    assert slip.startswith("slip.typ")


@pytest.mark.parametrize("file", ["slip.typ", "parts/logo.typ"])
def test_a_template_that_would_download_a_package_is_refused(templates: Path, file: str) -> None:
    (templates / "parts").mkdir()
    with (templates / file).open("a", encoding="utf-8") as stream:
        stream.write('\n#import "@preview/cetz:0.3.0": canvas\n')

    found = faults(templates)

    assert len(found) == 1
    assert found[0].startswith(f"{file}:{line_of(templates / file, '@preview')}: ")
    assert "would have to be downloaded" in found[0]


def test_a_face_without_the_letters_of_the_template_is_refused(templates: Path) -> None:
    edit(templates / "slip.typ", "[For #given", "[\U00012000 #given")

    [fault] = faults(templates)

    assert fault.startswith(f"slip.typ:{line_of(templates / 'slip.typ', '#given.person')}: ")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (LOOPS, "was not set within 2 s, as with a loop"),
        ("range(300000000).len()", "needs more than 1 GB of memory"),
        ("let f(x) = f(x + 1)\n f(0)", "maximum function call depth"),
        ('import "@pre" + "view/cetz:0.1.0"', "would have to be downloaded"),
        ('eval("import \\"@pre\\" + \\"view/cetz:0.1.0\\"")', "would have to be downloaded"),
        ('read("/etc/hostname")', "file not found"),
    ],
)
def test_a_template_that_means_no_good_is_stopped(
    templates: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    limits = Limits(seconds=2, memory_bytes=1 << 30, file_bytes=1 << 20)
    monkeypatch.setattr(apart, "_LIMITS", limits)
    edit(templates / "slip.typ", "#v(1.2in)", f"#{{ let i = 1\n {code} }}")

    [fault] = faults(templates)

    assert fault.startswith("slip.typ")
    assert said in fault


def test_after_one_that_was_stopped_the_next_template_is_set(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others of the office are still checked, each in a fresh process."""
    monkeypatch.setattr(apart, "_LIMITS", Limits(2, 1 << 30, 1 << 20))
    edit(templates / "index.typ", "item.reason", f'{{ {LOOPS}; "" }}')
    edit(templates / "slip.typ", "#v(1.2in)", "#pagebreak()")

    index, slip = faults(templates)

    assert "was not set within 2 s" in index
    assert slip.startswith("slip.typ")


def test_templates_of_an_office_print_the_same_bytes_as_here(templates: Path) -> None:
    values: dict[str, object] = {
        "form": "Form I-131",
        "title": "Application",
        "lines": ["خط", "漢字 for Ada"],
    }
    ours = shipped("templates") / "pages" / "slip.typ"
    values |= {"edition": None, "person": None}

    here = compiling.compiled(ours, "Form I-131", values)

    assert apart.is_ours(ours.parent)
    assert apart.is_ours(templates)
    assert apart.compiled_apart(templates / "slip.typ", "Form I-131", values) == here
    edit(templates / "slip.typ", "#v(1.2in)", "#v(1.3in)")
    assert not apart.is_ours(templates)
