from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from packet_builder.documents.letters.check import check_templates
from packet_builder.documents.letters.errors import TemplateFault
from packet_builder.documents.letters.shape import (
    Fill,
    Group,
    Listing,
    Scalar,
    context_like,
    group_of,
)
from packet_builder.plan.letter_examples import example_contexts
from packet_builder.workspace import shipped
from tests.letter_facts import ANSWERS, KINDS
from tests.letter_templates import NAME, saved, template

EXAMPLE: Mapping[str, object] = {
    "name": "Ruth",
    "urgent": True,
    "nothing_yet": [],
    "people": [{"name": "A", "aliases": ["B"], "old": False}],
    "exhibits": {"osei": "C"},
    "firm": {"name": "Office", "logo": "logo.png"},
}


def faults(folder: Path, *paragraphs: str) -> tuple[TemplateFault, ...]:
    return check_templates(template(folder, *paragraphs), [NAME], [EXAMPLE])


def test_the_templates_of_the_program_have_no_fault() -> None:
    assert check_templates(shipped("templates"), (*KINDS, *ANSWERS), example_contexts()) == ()


def test_a_sound_template_has_no_fault(tmp_path: Path) -> None:
    assert not faults(
        tmp_path,
        "{{ name }} {{ cite('osei', 3) }} {{ firm.name }}",
        "{%p for person in people %}",
        "{{ loop.index }} {{ person.name }}{% if person.old and not loop.last %}!{% endif %}",
        "{%p for alias in person.aliases %}",
        "{{ alias | ended }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{{ 'now' if urgent else name }}",
        "{%p for row in nothing_yet %}",
        "{{ row.anything }}",
        "{%p endfor %}",
        "{%p if firm.logo %}",
        "{{ firm.logo }}",
        "{%p endif %}",
    )


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("{{ nmae }}", 'there is no "nmae"; did you mean "name"?'),
        ("{{ zebra }}", 'there is no "zebra"'),
        ("{{ firm.nmae }}", 'there is no "firm.nmae"; did you mean "firm.name"?'),
        ("{% for p in people %}{{ p.nmae }}{% endfor %}", 'there is no "p.nmae"; did you mean'),
        ("{% for p in people %}{{ loop.lst }}{% endfor %}", 'there is no "loop.lst"; did you mean'),
        ("{% for p in poeple %}x{% endfor %}", 'there is no "poeple"; did you mean "people"?'),
        ("{% for p in people %}x{% endfor %}{{ p }}", 'there is no "p"'),
        ("{% for p in people %}x{% else %}{{ p }}{% endfor %}", 'there is no "p"'),
        ("{% if urgetn %}x{% endif %}", 'there is no "urgetn"; did you mean "urgent"?'),
        ("{{ 'x' if urgetn else 'y' }}", 'there is no "urgetn"; did you mean "urgent"?'),
        ("{{ name.first }}", 'there is no "name.first"'),
        ("{% for p in name %}x{% endfor %}", '"name" is not a list'),
        ("{{ people }}", '"people" is a list and cannot be printed'),
        ("{{ firm }}", '"firm" is a group of values and cannot be printed'),
        ("{{ urgent }}", '"urgent" is yes or no and cannot be printed'),
    ],
)
def test_an_unknown_name_is_found_in_any_branch_with_its_paragraph(
    tmp_path: Path, paragraph: str, fault: str
) -> None:
    found = faults(tmp_path, "First.", "{%p if not urgent %}", paragraph, "{%p endif %}")

    assert len(found) == 1
    assert found[0].template == "letter.docx"
    assert found[0].place.startswith('paragraph 3 ("')
    assert found[0].fault.startswith(fault)
    assert str(found[0]).startswith("letter.docx, paragraph 3 (")


def test_names_in_headers_are_looked_at_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Body")
    document.sections[0].header.paragraphs[0].text = "{{ nmae }}"

    found = check_templates(saved(document, tmp_path), [NAME], [EXAMPLE])

    assert [fault.place for fault in found] == ['header 1 ("{{ nmae }}")']


def test_every_unknown_name_is_named_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, "{{ a1 }} {{ a2 }}", "{{ a3 }}")

    assert [fault.fault for fault in found] == [
        *('there is no "a1"', 'there is no "a2"', 'there is no "a3"')
    ]


@pytest.mark.parametrize("test", ["urgent", "not urgent", "urgent and not name", "not people"])
def test_a_fault_that_shows_in_one_branch_only_is_found(tmp_path: Path, test: str) -> None:
    found = faults(tmp_path, f"{{{{ people if {test} else 'x' }}}}")

    assert [fault.fault for fault in found] == ["prints a list, which is not a text"]


def test_an_empty_table_is_found_by_making_real_documents(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 1)
    for row, text in enumerate(("{%tr for p in people %}", "{{ p.name }}", "{%tr endfor %}")):
        table.cell(row, 0).text = text

    found = check_templates(saved(document, tmp_path), [NAME], [EXAMPLE])

    assert found[0].fault.startswith("the facts leave a table without rows")


def test_words_that_word_loses_are_found_by_making_real_documents(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "{%tr if name %}"
    table.cell(0, 1).text = "lost"
    table.cell(1, 0).text = "{%tr endif %}"
    document.add_table(1, 1).cell(0, 0).text = "After."

    found = check_templates(saved(document, tmp_path), [NAME], [EXAMPLE])

    assert '"lost" does not stand in the finished letter' in found[0].fault


def test_a_template_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    (found,) = check_templates(tmp_path, [NAME], [EXAMPLE])

    assert found.fault.startswith("letter.docx: cannot be read")


def test_tags_come_before_names(tmp_path: Path) -> None:
    found = faults(tmp_path, "{{ nmae }", "{{ nmae }}")

    assert [fault.fault for fault in found] == ["a tag is opened or closed only by half"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("key_date.event", "key_date.evnt", 'did you mean "key_date.event"?'),
        ("if expedite.requested", "if expedite.requestd", 'did you mean "expedite.requested"?'),
        ("for title in enclosures", "for title in enclosure", 'did you mean "enclosures"?'),
        ("firm.website }}", "firm.website | uper }}", 'unknown filter "uper"'),
    ],
)
def test_a_slip_in_a_template_of_the_program_is_found(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    (tmp_path / "letters").mkdir()
    path = tmp_path / "letters" / "cover_letter.docx"
    shutil.copy(shipped("templates") / "letters" / "cover_letter.docx", path)
    document = docx.Document(str(path))
    header = document.sections[0].first_page_header
    texts = [
        text
        for part in (document.element, header._element)
        for text in part.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
        if old in (text.text or "")
    ]
    texts[0].text = texts[0].text.replace(old, new)
    document.save(str(path))

    found = check_templates(tmp_path, ["cover_letter"], example_contexts())

    assert fault in found[0].fault


def test_a_shape_takes_all_examples_together() -> None:
    shape = group_of([{"a": "x", "b": []}, {"b": [{"c": True}], "d": 1}])

    assert shape == Group(
        {"a": Scalar.TEXT, "b": Listing(Group({"c": Scalar.FLAG})), "d": Scalar.TEXT}
    )
    assert group_of([{"b": []}]) == Group({"b": Listing(Scalar.OPEN)})


def test_a_shape_is_filled_with_everything_with_nothing_and_with_one_exception() -> None:
    shape = group_of([{"a": "x", "b": [{"c": True, "d": "y"}]}])

    assert context_like(shape, Fill(everything=True, items=1)) == {
        "a": "a",
        "b": [{"c": True, "d": "b.*.d"}],
    }
    assert context_like(shape, Fill(everything=False)) == {"a": "", "b": []}
    assert context_like(shape, Fill(everything=False, items=1, contrary=("b", "*", "c"))) == {
        "a": "",
        "b": [{"c": True, "d": ""}],
    }
    assert context_like(shape, Fill(everything=True, contrary=("b",))) == {"a": "a", "b": []}
