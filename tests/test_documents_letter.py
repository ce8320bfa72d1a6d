from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, UndefinedError
from PIL import Image

from packet_builder.documents.letters.asked import names_of_template
from packet_builder.documents.letters.environment import letter_environment
from packet_builder.documents.letters.errors import (
    LogoUnusableError,
    TagLeftError,
    TemplateBrokenError,
    TextAddedError,
    TextVanishedError,
)
from packet_builder.documents.letters.letter import render_letter
from packet_builder.documents.word.errors import NotWordError, WordFileMissingError
from packet_builder.documents.word.text import visible_paragraphs
from packet_builder.errors import ExitCode
from tests.letter_templates import planned, saved, template, words
from tests.word_samples import add_part

NOTES = (
    '<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:{kind} w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
)


def test_values_loops_and_branches_become_paragraphs(tmp_path: Path) -> None:
    found = words(
        tmp_path,
        "Dear {{ officer.name }}:",
        "{%p if urgent %}",
        "It is urgent.",
        "{%p else %}",
        "It can wait.",
        "{%p endif %}",
        "{%p for name in names %}",
        "{{ loop.index }} {{ name }}{% if not loop.last %};{% endif %}",
        "{%p endfor %}",
        officer={"name": "Ruth Lee"},
        urgent=True,
        names=["A", "B"],
    )

    assert found == ("Dear Ruth Lee:", "It is urgent.", "1 A;", "2 B")


def test_marks_of_xml_are_printed_as_they_are(tmp_path: Path) -> None:
    value = "Ng & Sons <Ltd> \"A\" 'B' > é ж 名"

    assert words(tmp_path, "{{ name }}", name=value) == (value,)


def test_tags_may_be_split_over_runs_and_typed_with_curly_quotes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Cited: {")
    paragraph.add_run("{ cite(“osei”, 3, ").bold = True
    paragraph.add_run("\u20185-7\u2019) }}")
    templates = saved(document, tmp_path)

    render_letter(planned({"exhibits": {"osei": "C"}}), templates, tmp_path / "out.docx")

    text = docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text
    assert text.replace("\u00a0", " ") == "Cited: Ex. C at 3, 5–7"


def test_filters_are_those_of_the_wording(tmp_path: Path) -> None:
    found = words(
        tmp_path,
        "{{ a | capitalized | ended }} {{ names | joined | possessive }}",
        a="the end",
        names=["A", "B", "C"],
    )

    assert found == ("The end. A, B, and C’s",)


def test_the_same_letter_has_the_same_bytes(tmp_path: Path) -> None:
    templates = template(tmp_path, "Dear {{ name }}:")
    for target in ("one.docx", "two.docx"):
        render_letter(planned({"name": "Ruth"}), templates, tmp_path / target)

    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_a_letter_says_nothing_of_who_made_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.author = "Jordan Secret"
    document.core_properties.comments = "Secret comment"
    document.add_paragraph("Dear {{ name }}:")
    templates = saved(document, tmp_path)

    render_letter(planned({"name": "Ruth"}, "A & B"), templates, tmp_path / "out.docx")

    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(tmp_path / "out.docx")).core_properties
    assert b"Secret" not in everything
    assert b"python-docx" not in everything
    assert (properties.title, properties.author) == ("A & B", "")
    assert re.search(rb"<Properties [^>]*></Properties>", everything)


def test_the_logo_stands_in_the_letter(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (900, 300), "navy").save(logo)
    templates = template(tmp_path, "{%p if firm.logo %}", "{{ firm.logo }}", "{%p endif %}", "Dear")
    context = {"firm": {"logo": "logo.png"}}

    render_letter(planned(context), templates, tmp_path / "out.docx", logo=logo)
    render_letter(planned({"firm": {"logo": ""}}), templates, tmp_path / "none.docx")

    shape = docx.Document(str(tmp_path / "out.docx")).inline_shapes[0]
    assert (round(shape.width.inches, 2), round(shape.height.inches, 2)) == (2.2, 0.73)
    assert not docx.Document(str(tmp_path / "none.docx")).inline_shapes


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", None])
def test_a_logo_that_is_no_picture_is_named(tmp_path: Path, content: bytes | None) -> None:
    logo = tmp_path / "logo.png"
    templates = template(tmp_path, "{{ firm.logo }}")
    if content is not None:
        logo.write_bytes(content)

    with pytest.raises(LogoUnusableError, match=r"logo\.png: the letterhead's picture cannot be"):
        render_letter(
            planned({"firm": {"logo": "logo.png"}}),
            templates,
            tmp_path / "out.docx",
            logo=logo if content is not None else None,
        )


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("Dear {{ nmae }}", 'there is no "nmae"'),
        ("Dear {{ person.nmae }}", 'there is no "nmae"; did you mean "name"?'),
        ("Dear {{ person }}", "prints a group of values, which is not a text"),
        ("Dear {{ empty }}", r"prints nothing \(None\), which is not a text"),
        ("Dear {{ flag }}", "prints yes or no, which is not a text"),
        ("Dear {{ names }}", "prints a list, which is not a text"),
        ("{% for letter in name %}x{% endfor %}", "a loop runs over something that is not a list"),
        ("{% for a in person.nmae %}x{% endfor %}", 'there is no "nmae"; did you mean "name"?'),
        ("{{ cite('ose') }}", 'cites "ose", which is not evidence of this filing'),
        ("{{ cite('osei', '3-x') }}", 'cites page "3-x"; write a number, or two as "5-7"'),
        ("{{ name.upper }}", 'there is no "upper"'),
        ("{{ person.keys }}", 'there is no "keys"'),
        ("{{ name.__class__ }}", 'there is no "__class__"'),
    ],
)
def test_what_cannot_be_printed_is_named_with_its_paragraph(
    tmp_path: Path, paragraph: str, fault: str
) -> None:
    context = {
        "name": "Ruth",
        "person": {"name": "Ruth"},
        "empty": None,
        "flag": True,
        "names": ["A"],
        "exhibits": {"osei": "C"},
    }

    with pytest.raises(TemplateBrokenError, match=fault) as caught:
        words(tmp_path, "First.", paragraph, **context)

    assert caught.value.exit_code is ExitCode.UNUSABLE
    assert str(caught.value).startswith('letter.docx, paragraph 2 ("')
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("{{ name", "a tag is opened or closed only by half"),
        ("{{ name }", "a tag is opened or closed only by half"),
        ("{% if name %}x", '"{% if name %}" is never closed'),
        ("x{% endif %}", '"{% endif %}" belongs to nothing open here'),
        ("{% for a in b %}{% endif %}", '"{% endif %}" belongs to nothing open here'),
        ("{% else %}", '"{% else %}" belongs to nothing open here'),
        ("{% set x = 1 %}", '"{% set x = 1 %}" is not one of if, elif, else, endif, for, endfor'),
        ("{% include 'x' %}", "is not one of if, elif, else, endif, for, endfor"),
        ("{% colspan 2 %}", "is a form of tag that letters do not use"),
        ("{{r name }}", "is a form of tag that letters do not use"),
        ("{{p name }}", "is a form of tag that letters do not use"),
        ("{%- if name %}{% endif %}", "is a form of tag that letters do not use"),
        ("{% if name > 'a' %}{% endif %}", "holds one of & < >, a tab or a line break"),
        ("{%p if name %}x", "text beside a {%p or {%tr tag would be lost"),
        ("{{ name ! }}", '"{{ name ! }}" cannot be read'),
        ("{% if name %}{% elif ! %}{% endif %}", '"{% elif ! %}" cannot be read'),
        ("{% if name %}{% else %}{{ ! }}{% endif %}", '"{{ ! }}" cannot be read'),
        ("{% if %}{% endif %}", '"{% if %}" cannot be read'),
        ("{{ range(10) }}", "calls something else than cite(...)"),
        ("{{ name.format(1) }}", "calls something else than cite(...)"),
        ("{{ name * 9 }}", "uses mul, which letters do not have"),
        ("{{ name[0] }}", "uses getitem, which letters do not have"),
        ("{{ [1, 2] }}", "uses list, which letters do not have"),
        ("{{ name is defined }}", "uses test, which letters do not have"),
        ("{{ name | upper }}", 'uses the unknown filter "upper"; there are capitalized, ended'),
        ("{{ name | endde }}", 'uses the unknown filter "endde"; did you mean "ended"?'),
        ("{% for a, b in c %}{% endfor %}", "is not a plain loop over one list"),
        ("{% for a in c recursive %}{% endfor %}", "is not a plain loop over one list"),
        (
            "{% for a in c %}" * 4 + "{% endfor %}" * 4,
            '"{% for a in c %}" is more than 3 loops deep',
        ),
    ],
)
def test_tags_outside_of_the_language_are_refused(
    tmp_path: Path, paragraph: str, fault: str
) -> None:
    with pytest.raises(TemplateBrokenError, match=re.escape(fault)) as caught:
        words(tmp_path, "First.", paragraph, name="x", c=["y"])

    assert str(caught.value).startswith('letter.docx, paragraph 2 ("')
    assert "packet-builder templates check shows every fault" in str(caught.value)


def test_every_fault_of_a_template_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(TemplateBrokenError) as caught:
        words(tmp_path, "{{ a", "{{ b | upper }}", "{% set c = 1 %}", "{{ 1 * 1 }}")

    assert [fault.place.partition(" (")[0] for fault in caught.value.faults] == [
        *("paragraph 1", "paragraph 3")
    ]


def test_tags_in_the_properties_are_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.subject = "{{ name }}"
    templates = saved(document, tmp_path)

    with pytest.raises(
        TemplateBrokenError, match=r"a tag stands in docProps/core\.xml, where it is"
    ):
        render_letter(planned({"name": "x"}), templates, tmp_path / "out.docx")


def test_a_table_left_without_rows_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 1)
    for row, text in enumerate(("{%tr for name in names %}", "{{ name }}", "{%tr endfor %}")):
        table.cell(row, 0).text = text
    templates = saved(document, tmp_path)

    render_letter(planned({"names": ["A"]}), templates, tmp_path / "out.docx")
    with pytest.raises(TemplateBrokenError, match="the facts leave a table without rows"):
        render_letter(planned({"names": []}), templates, tmp_path / "out.docx")


def test_a_cell_left_without_a_paragraph_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p if name %}"
    cell.add_paragraph("{{ name }}")
    cell.add_paragraph("{%p endif %}")
    templates = saved(document, tmp_path)

    with pytest.raises(TemplateBrokenError, match="or a cell without a paragraph"):
        render_letter(planned({"name": ""}), templates, tmp_path / "out.docx")


def test_words_beside_a_row_tag_are_missed(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "{%tr if name %}"
    table.cell(0, 1).text = "These words stand in the row of the tag."
    table.cell(1, 0).text = "{%tr endif %}"
    document.add_table(1, 1).cell(0, 0).text = "After."
    templates = saved(document, tmp_path)

    with pytest.raises(
        TextVanishedError,
        match=r'letter.docx, paragraph 2 \("These words stand in the row of the …"\): '
        '"These words stand in the row of the tag." does not stand in the finished letter',
    ):
        render_letter(planned({"name": "x"}), templates, tmp_path / "out.docx")


def test_a_value_that_a_library_loses_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(xml: str) -> str:
        return xml.replace("Osei", "")

    monkeypatch.setattr(DocxTemplate, "resolve_listing", lambda _, xml: lossy(xml))

    with pytest.raises(TextVanishedError, match=r'paragraph 2 .*: "Dr. Osei" does not stand in'):
        words(tmp_path, "Written by {{ a }}.", "And by {{ b }}.", a="Dr. Quist", b="Dr. Osei")


def test_words_that_a_library_doubles_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tail = "<w:p><w:r><w:t>again</w:t></w:r></w:p>"
    monkeypatch.setattr(
        DocxTemplate,
        "resolve_listing",
        lambda _, xml: xml.replace("<w:sectPr", f"{tail}<w:sectPr"),
    )

    with pytest.raises(TextAddedError, match='the finished letter says "again" once too often'):
        words(tmp_path, "Once.")


def test_what_breaks_in_a_library_is_our_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DocxTemplate, "resolve_listing", lambda _, xml: xml[: len(xml) // 2])

    with pytest.raises((TemplateBrokenError, TextVanishedError), match=r"letter\.docx"):
        words(tmp_path, "Dear {{ a }}:", a="Ruth")


def test_what_a_library_raises_is_our_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr(DocxTemplate, "resolve_listing", broken)

    with pytest.raises(TemplateBrokenError, match="Word's structure around the tags is broken"):
        words(tmp_path, "Dear {{ a }}:", a="Ruth")


def with_note(folder: Path, kind: str, text: str) -> Path:
    document = docx.Document()
    document.add_paragraph("Dear {{ a }}:")
    add_part(document, f"{kind}s", NOTES.format(kind=kind, text=text))
    return saved(document, folder)


def test_a_footnote_is_filled_in(tmp_path: Path) -> None:
    templates = with_note(tmp_path, "footnote", "See {{ a }}.")

    render_letter(planned({"a": "Ruth"}), templates, tmp_path / "out.docx")

    assert visible_paragraphs(tmp_path / "out.docx") == ("Dear Ruth:", "See Ruth.")


def test_a_note_at_the_end_stays_as_it_is_and_holds_no_tag(tmp_path: Path) -> None:
    templates = with_note(tmp_path, "endnote", "A note.")
    render_letter(planned({"a": "Ruth"}), templates, tmp_path / "out.docx")

    assert visible_paragraphs(tmp_path / "out.docx") == ("Dear Ruth:", "A note.")
    with pytest.raises(TemplateBrokenError, match="where it is never filled in"):
        render_letter(
            planned({"a": "x"}), with_note(tmp_path, "endnote", "{{ a }}"), tmp_path / "out.docx"
        )


@pytest.mark.parametrize("value", ["{{ name }}", "a %} b", "Ng &amp; Sons", "None", "Undefined"])
def test_what_only_a_template_may_hold_never_reaches_a_letter(tmp_path: Path, value: str) -> None:
    with pytest.raises(TagLeftError, match=r"letter\.docx: the finished letter shows"):
        words(tmp_path, "Dear {{ a }}:", a=value)


def test_a_word_that_begins_with_none_is_a_word(tmp_path: Path) -> None:
    assert words(tmp_path, "None of {{ a }}.", a="Nonesuch") == ("None of Nonesuch.",)


@pytest.mark.parametrize("control", ["\x01", "\x07", "\x08"])
def test_a_character_that_xml_has_not_is_missed_and_not_lost(tmp_path: Path, control: str) -> None:
    with pytest.raises(TextVanishedError, match=r"letter\.docx, paragraph 1"):
        words(tmp_path, "Dear {{ a }}:", a=f"Ru{control}th")


def test_a_template_that_is_missing_or_is_no_word_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(WordFileMissingError, match=r"letter\.docx: cannot be read"):
        render_letter(planned({}), tmp_path, tmp_path / "out.docx")

    (tmp_path / "letters" / "letter.docx").write_bytes(b"plain text")
    with pytest.raises(NotWordError, match=r"letter\.docx: this is not a Word document"):
        render_letter(planned({}), tmp_path, tmp_path / "out.docx")


def test_words_of_headers_footers_and_tables_are_filled_in(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Head {{ a }}"
    document.sections[0].footer.paragraphs[0].text = "Foot {{ a }}"
    document.add_table(1, 1).cell(0, 0).text = "Cell {{ a }}"
    templates = saved(document, tmp_path)

    render_letter(planned({"a": "Ruth"}), templates, tmp_path / "out.docx")

    made = docx.Document(str(tmp_path / "out.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Head Ruth"
    assert made.sections[0].footer.paragraphs[0].text == "Foot Ruth"
    assert made.tables[0].cell(0, 0).text == "Cell Ruth"


def test_the_environment_has_nothing_but_the_language() -> None:
    environment = letter_environment()

    assert set(environment.globals) == {"cite"}
    assert set(environment.filters) == {"capitalized", "ended", "joined", "possessive"}
    assert environment.tests == {}
    assert environment.autoescape is True


@pytest.mark.parametrize("source", ["{{ f() }}", "{{ f.__call__() }}", "{{ '{0.x}'.format(f) }}"])
def test_the_environment_itself_calls_nothing_but_cite(source: str) -> None:
    """The tags are looked at first; this is the second wall."""
    with pytest.raises((SecurityError, UndefinedError)):
        letter_environment().from_string(source).render(f=len)


def asked(folder: Path, *paragraphs: str) -> set[str]:
    return set(names_of_template(template(folder, *paragraphs) / "letters" / "letter.docx"))


def test_a_template_asks_for_the_words_that_it_prints_tests_or_runs_through(tmp_path: Path) -> None:
    assert asked(
        tmp_path,
        "{{ request.summary | capitalized }}{% if not fee.paid and paper %}{{ date }}{% endif %}",
        "{% for one in grounds %}{{ one.text }}{{ firm.address.city }}{% endfor %}",
        "{{ cite('osei-letter', 3) }}",
    ) == {"request.summary", "fee.paid", "paper", "date", "grounds", "firm.address", "exhibits"}


def test_a_group_that_is_used_as_a_whole_is_asked_for_as_a_whole(tmp_path: Path) -> None:
    assert asked(tmp_path, "{% if request %}{{ request.summary }}{% endif %}") == {"request"}


def test_what_a_loop_names_is_asked_of_nobody(tmp_path: Path) -> None:
    assert asked(tmp_path, "{% for one in grounds %}{{ one.name }}{% endfor %}") == {"grounds"}
