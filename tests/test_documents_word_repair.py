from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from packet_builder.documents.word.repair import repaired
from packet_builder.documents.word.symbols import unicode_of
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import W, Word, open_word, word_of
from packet_builder.documents.word.word import packed as packed_parts
from tests.word_samples import blank, define_list, letter, rewritten, run, saved, with_text

_TEMPLATE = (
    b'<?xml version="1.0"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="https://templates.invalid/a.dotx" TargetMode="External"/></Relationships>'
)


def _repaired(path: Path) -> Word:
    """Give the repaired document as it would be read from its bytes."""
    word = repaired(open_word(path))
    assert [etree.tostring(tree) for tree in word.trees.values()]
    return word_of(packed_parts(word.parts), word.name)


def _texts(word: Word) -> list[str]:
    return [paragraph.plain for paragraph in read(word).paragraphs]


def test_a_clean_letter_keeps_its_words(tmp_path: Path) -> None:
    path = letter(tmp_path / "letter.docx")

    assert _texts(_repaired(path)) == _texts(open_word(path))


def test_the_document_that_was_opened_stays_as_it_was(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("ü", '<w:rFonts w:ascii="Wingdings"/>'))
    word = open_word(path)

    repaired(word)

    assert _texts(word) == ["ü"]


def test_the_attached_template_is_taken_out(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("x"))

    def attach(parts: dict[str, bytes]) -> None:
        settings = parts["word/settings.xml"]
        first = settings.index(b">", settings.index(b"<w:settings")) + 1
        parts["word/settings.xml"] = (
            settings[:first] + b'<w:attachedTemplate w:val="rId1"/>' + settings[first:]
        )
        parts["word/_rels/settings.xml.rels"] = _TEMPLATE

    rewritten(path, attach)

    parts = _repaired(path).parts

    assert b"templates.invalid" in open_word(path).parts["word/_rels/settings.xml.rels"]
    assert b"templates.invalid" not in b"".join(parts.values())
    assert b"attachedTemplate" not in parts["word/settings.xml"]


def test_text_hidden_in_web_pages_only_is_printed(tmp_path: Path) -> None:
    word = _repaired(with_text(tmp_path / "x.docx", run("12", "<w:webHidden/>")))

    assert list(word.body.iter(f"{W}webHidden")) == []


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', "•"),
        (run("\uf0a8", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "☐"),
        (run("P", '<w:rFonts w:ascii="Wingdings 2"/>'), "✓"),
        (run("☑", '<w:rFonts w:ascii="Wingdings 2"/>'), "☑"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', "\uf021"),
    ],
)
def test_picture_fonts_are_spelled_out(inner: str, shown: str, tmp_path: Path) -> None:
    word = _repaired(with_text(tmp_path / "x.docx", inner))

    assert _texts(word) == [shown]
    assert b"Wingdings" not in word.parts["word/document.xml"]


def test_a_picture_font_of_a_style_is_spelled_out(tmp_path: Path) -> None:
    document = blank()
    document.styles["Quote"].font.name = "Wingdings"
    document.add_paragraph("ü", style="Quote")

    word = _repaired(saved(document, tmp_path / "x.docx"))

    assert _texts(word) == ["✓"]
    assert b"Times New Roman" in word.parts["word/document.xml"]


def test_bullets_of_a_picture_font_are_spelled_out(tmp_path: Path) -> None:
    document = blank()
    symbol = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
    define_list(document, [("bullet", "\uf0b7", symbol), ("decimal", "%2.", symbol)])
    document.add_paragraph("x")

    word = _repaired(saved(document, tmp_path / "x.docx"))

    levels = word.trees["word/numbering.xml"][0].iter(f"{W}lvlText")
    assert [level.get(f"{W}val") for level in levels] == ["•", "%2."]


def _mode(word: Word) -> list[str | None]:
    settings = word.trees["word/settings.xml"].iter(f"{W}compatSetting")
    return [each.get(f"{W}val") for each in settings if each.get(f"{W}name") == "compatibilityMode"]


def test_the_layout_is_that_of_todays_word(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("x"))  # python-docx writes 14
    without = rewritten(with_text(tmp_path / "y.docx", run("x")), _without_compat)

    assert [_mode(_repaired(each)) for each in (path, without)] == [["15"], ["15"]]


def _without_compat(parts: dict[str, bytes]) -> None:
    settings = parts["word/settings.xml"]
    start, end = settings.index(b"<w:compat>"), settings.index(b"</w:compat>")
    parts["word/settings.xml"] = settings[:start] + settings[end + len(b"</w:compat>") :]


def test_a_document_without_settings_is_left_alone(tmp_path: Path) -> None:
    path = with_text(tmp_path / "x.docx", run("x"))
    rewritten(path, lambda parts: parts.__delitem__("word/settings.xml"))

    assert _texts(_repaired(path)) == ["x"]


def test_an_unknown_character_of_a_picture_font_stays_private() -> None:
    assert unicode_of("Wingdings", "\uf0fe!") == "☑\uf021"
    assert unicode_of("Unheard Of", "a") == "\uf061"
