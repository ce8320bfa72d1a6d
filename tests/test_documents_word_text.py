from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.documents.word.fields import field_of
from packet_builder.documents.word.labels import labels_of
from packet_builder.documents.word.text import NOTE, NUMBER, Story, read, visible_paragraphs
from packet_builder.documents.word.word import open_word
from tests.word_samples import (
    SENTENCE,
    add,
    add_footnotes,
    blank,
    define_list,
    field,
    letter,
    note,
    numbered,
    run,
    saved,
    with_text,
    xml,
)

_TWINS = (
    "<w:r><mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice>"
    "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)
_BOX = (
    '<w:r><w:pict><v:shape style="width:200pt;height:20pt"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>In the box</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_a_letter_is_read_in_order_with_tables_notes_headers_and_footers(tmp_path: Path) -> None:
    paragraphs = visible_paragraphs(letter(tmp_path / "letter.docx"))

    assert paragraphs[:4] == (
        "December 1, 2026",
        "U.S. Citizenship and Immigration Services P.O. Box 660865 Dallas, TX",
        "RE:",
        "Form I-131",
    )
    assert paragraphs[-6:] == (
        "8 U.S.C. 1182(d)(5)(A); see Exhibit C at 3.",
        "8 U.S.C. 1804(b).",
        "Harbor & Vale Immigration Law, P.C.",
        "USCIS, Request for Humanitarian Parole, Amina Rahimi",
        "Page of",
        "Page of",
    )


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run("one ") + run("two"), "one two"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well\u2011known"),
        ("<w:r><w:t>well</w:t><w:softHyphen/><w:t>known</w:t></w:r>", "wellknown"),
        (f"<w:sdt><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f'<w:hyperlink w:anchor="x">{run("a link")}</w:hyperlink>', "a link"),
        (f'<w:ins w:author="M">{run("kept")}</w:ins>', "kept"),
        (f'x<w:del w:author="M"><w:r><w:delText>gone</w:delText></w:r></w:del>{run("y")}', "y"),
        (f'<w:moveFrom w:author="M">{run("gone")}</w:moveFrom>{run("y")}', "y"),
        (run("hidden", "<w:vanish/>") + run("shown", '<w:vanish w:val="0"/>'), "shown"),
        (f"<w:smartTag>{run('tagged')}</w:smartTag>", "tagged"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (_TWINS, "new"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "\uf0fe"),
        (field("REF exhibit", "Exhibit C"), "Exhibit C"),
        (f'<w:fldSimple w:instr=" REF x ">{run("Exhibit D")}</w:fldSimple>', "Exhibit D"),
        (field("IF 1 = 1 yes no", "yes"), "yes"),
        ("<!-- a remark -->" + run("y"), "y"),
    ],
)
def test_what_a_paragraph_shows(inner: str, shown: str, tmp_path: Path) -> None:
    assert visible_paragraphs(with_text(tmp_path / "x.docx", inner)) == (shown,)


def test_hidden_text_of_a_style_is_not_shown(tmp_path: Path) -> None:
    document = blank()
    document.styles["Quote"].font.hidden = True
    document.add_paragraph("never seen", style="Quote")
    document.add_paragraph("seen")

    assert visible_paragraphs(saved(document, tmp_path / "x.docx")) == ("seen",)


def test_a_text_box_is_a_paragraph_of_its_own(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("before ") + _BOX + run("after"))

    assert visible_paragraphs(path) == ("before after", "In the box")


def test_numbers_that_engines_count_and_marks_of_notes_have_a_place(tmp_path: Path) -> None:
    document = blank()
    add_footnotes(document, ["The note."])
    add(document.add_paragraph(), run("page ") + field("PAGE", "9") + run(" end") + note(1))

    first, second = read(open_word(saved(document, tmp_path / "x.docx"))).paragraphs

    assert first.text == f"page {NUMBER} end{NOTE}"
    assert (second.text, second.story) == (f"{NOTE} The note.", Story.FOOTNOTE)
    assert second.place == 'footnote 1 ("The note.")'


def test_a_field_that_reaches_over_paragraphs_is_read_once(tmp_path: Path) -> None:
    document = blank()
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entry = run("Facts") + "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", "3")
    add(document.add_paragraph(), begin + separate + entry)
    add(document.add_paragraph(), entry + end)

    reading = read(open_word(saved(document, tmp_path / "x.docx")))

    assert [each.text for each in reading.paragraphs] == [f"Facts\t{NUMBER}"] * 2
    assert [each.field.command for each in reading.fields] == ["TOC", "PAGEREF", "PAGEREF"]


def test_fields_of_hidden_text_keep_their_order(tmp_path: Path) -> None:
    mark = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = mark.format("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>"
    inner += mark.format("separate") + run("C") + mark.format("end") + run(" at 3")

    assert visible_paragraphs(with_text(tmp_path / "x.docx", inner)) == ("C at 3",)


def test_a_note_with_a_mark_of_its_own_shows_that_mark(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'

    assert visible_paragraphs(with_text(tmp_path / "x.docx", run("x") + mark)) == ("x*",)


def test_stray_ends_of_fields_do_no_harm(tmp_path: Path) -> None:
    stray = '<w:r><w:fldChar w:fldCharType="end"/><w:instrText>X</w:instrText></w:r>'

    assert visible_paragraphs(with_text(tmp_path / "x.docx", stray + run("y"))) == ("y",)


def test_a_place_names_the_first_words_and_the_number(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("First"), run(" "), run(SENTENCE))

    assert read(open_word(path)).paragraphs[1].place == (
        'paragraph 2 ("The petitioner respectfully submits this request for humanitarian …")'
    )


@pytest.mark.parametrize(
    ("instruction", "command", "argument"),
    [
        (' PAGEREF "Exhibit C" \\h ', "PAGEREF", "Exhibit C"),
        ("ref x \\* MERGEFORMAT", "REF", "x"),
        ("PAGE \\* MERGEFORMAT", "PAGE", "MERGEFORMAT"),
        ("  ", "", None),
    ],
)
def test_an_instruction_has_a_command_and_an_argument(
    instruction: str, command: str, argument: str | None
) -> None:
    found = field_of(instruction)

    assert (found.command, found.argument) == (command, argument)


def test_roman_page_numbers_are_told_from_plain_ones() -> None:
    assert field_of("PAGE \\* MERGEFORMAT").is_plain_number
    assert not field_of("PAGE  \\* roman").is_plain_number


def test_labels_have_the_shape_of_their_level(tmp_path: Path) -> None:
    document = blank()
    levels = [
        "upperRoman %1.",
        "upperLetter %2)",
        "decimal %1.%3",
        "bullet •",
        "none ",
        "ordinal %6",
    ]
    parts = [level.split(" ") for level in levels]
    define_list(document, [(form, text, "") for form, text in parts])
    for level in range(len(levels)):
        numbered(document.add_paragraph("item"), level)
    document.add_paragraph("plain")
    numbered(document.add_paragraph("no such level"), 8)
    word = open_word(saved(document, tmp_path / "x.docx"))
    labels = labels_of(word)

    shapes = [labels.shape_of(each.element) for each in read(word).paragraphs]

    assert shapes == [
        r"[ivxlcdm]+\.",
        r"[a-z]+\)",
        r"[ivxlcdm]+\.\d+",
        "•",
        None,
        r"\w+",
        None,
        None,
    ]


def test_a_label_comes_from_the_style_and_the_level_that_names_the_style(tmp_path: Path) -> None:
    document = blank()
    link = '<w:pStyle w:val="Quote"/>'
    define_list(document, [("decimal", "%1.", ""), ("lowerLetter", "(%2)", link)])
    style = document.styles["Quote"].element
    style.append(xml('<w:pPr><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr>'))
    document.add_paragraph("item", style="Quote")
    word = open_word(saved(document, tmp_path / "x.docx"))

    shape = labels_of(word).shape_of(read(word).paragraphs[0].element)

    assert shape == r"\([a-z]+\)"
