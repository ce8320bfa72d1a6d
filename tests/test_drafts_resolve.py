"""Changes are accepted and rejected as Word does it, and shown as plain text for a draft packet."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from packet_builder.documents.word.refusals import refusals
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import DOCUMENT, W, packed, word_of
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.open_marks import open_marks
from packet_builder.drafts.resolve import accepted, rejected
from packet_builder.drafts.showing import shown, without_citations
from tests.draft_cases import HER, rich
from tests.ooxml_order import disorder
from tests.word_bodies import DEL, INS, WHO, deleted, document, inserted, paragraph, row, table
from tests.word_samples import run


def lines(parts: dict[str, bytes] | bytes) -> list[str]:
    word = word_of(parts if isinstance(parts, bytes) else packed(parts), "made.docx")
    assert list(disorder(word.body)) == []
    reader = Reader(word)
    return [reader.text(each) for each in word.body.iter(f"{W}p")]


def everybody(_: etree._Element) -> bool:
    return True


CASES = {
    "words": (paragraph(run("a ") + deleted("b") + inserted("c")), ["a c"], ["a b"]),
    "moved words": (
        paragraph(
            f"<w:moveFrom {WHO}><w:r><w:t>a</w:t></w:r></w:moveFrom>{run('b')}"
            f"<w:moveTo {WHO}>{run('a')}</w:moveTo>"
        ),
        ["ba"],
        ["ab"],
    ),
    "a new paragraph": (paragraph(inserted("a"), INS) + paragraph(run("b")), ["a", "b"], ["b"]),
    "a paragraph that goes": (
        paragraph(deleted("a"), DEL) + paragraph(run("b")),
        ["b"],
        ["a", "b"],
    ),
    "two that are joined": (paragraph(run("a "), DEL) + paragraph(run("b")), ["a b"], ["a ", "b"]),
    "one that is split": (paragraph(run("a "), INS) + paragraph(run("b")), ["a ", "b"], ["a b"]),
    "the last one goes": (paragraph(run("a")) + paragraph(deleted("b"), DEL), ["a"], ["a", "b"]),
    "before a table": (
        paragraph(deleted("a"), DEL) + table(row("b", "stays")),
        ["b", "stays", ""],
        ["a", "b", "stays", ""],
    ),
    "text before a table": (
        paragraph(run("a"), DEL) + table(row("b", "stays")),
        ["a", "b", "stays", ""],
        ["a", "b", "stays", ""],
    ),
    "a row that goes": (
        table(row("a", "stays"), row("b", "stays", mark=DEL)),
        ["a", "stays", ""],
        ["a", "stays", "b", "stays", ""],
    ),
    "a new row": (
        table(row("a", "stays"), row("b", "stays", mark=INS)),
        ["a", "stays", "b", "stays", ""],
        ["a", "stays", ""],
    ),
    "a table that goes": (table(row("a", "stays", mark=DEL)), [""], ["a", "stays", ""]),
    "a cell that goes": (
        table(row("a", "stays", cell=f"<w:cellDel {WHO}/>")),
        ["stays", ""],
        ["a", "stays", ""],
    ),
    "a new cell": (
        table(row("a", "stays", cell=f"<w:cellIns {WHO}/>")),
        ["a", "stays", ""],
        ["stays", ""],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_changes_are_settled_as_word_settles_them(what: str, tmp_path: Path) -> None:
    body, after, before = CASES[what]
    word = document(tmp_path, body)

    assert lines(accepted(word)) == after
    assert lines(rejected(word, everybody)) == before
    assert rejected(word, lambda _: False)[DOCUMENT] == word.parts[DOCUMENT]


def test_formats_are_settled_too(tmp_path: Path) -> None:
    change = f"<w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    layout = f'<w:jc w:val="center"/><w:pPrChange {WHO}><w:pPr><w:jc w:val="left"/></w:pPr>'
    words = f"<w:r><w:rPr><w:b/>{change}</w:rPr><w:t>a</w:t></w:r>"
    word = document(tmp_path, paragraph(words, layout=f"{layout}</w:pPrChange>"))

    found = [
        etree.tostring(word_of(packed(parts), "x").body)
        for parts in (accepted(word), rejected(word, everybody))
    ]

    assert [b"<w:b/>" in one for one in found] == [True, False]
    assert [b"<w:i/>" in one for one in found] == [False, True]
    assert [b'"center"' in one for one in found] == [True, False]
    assert not any(b"Change" in one for one in found)


def test_all_that_is_open_can_be_read_in_what_is_printed(tmp_path: Path) -> None:
    body = (
        paragraph(run("By ") + deleted("March 1") + inserted("April 15") + run("."))
        + paragraph(inserted("New."), INS)
        + paragraph(deleted("Old, see Ex. B at 2."), DEL)
        + table(
            row("a", "stays"),
            row("b", "stays", mark=DEL),
            row("c", "stays", cell=f"<w:cellDel {WHO}/>"),
        )
    )
    word = document(tmp_path, body)
    path = tmp_path / "shown.docx"

    for struck in (True, False):
        path.write_bytes(shown(word, struck=struck))

        said = lines(path.read_bytes())
        assert said[:3] == ["By April 15[March 1].", "New.¶", "[Old, see Ex. [B] at 2.][¶]"]
        assert said[3:] == ["a", "stays", "b", "stays", "c", "stays", ""]
        assert refusals(path) == ()
        assert (b"<w:strike/>" in word_of(path.read_bytes(), "x").parts[DOCUMENT]) is struck


def test_a_comment_is_printed_where_it_stands(tmp_path: Path) -> None:
    word = word_of(rich(tmp_path / "rich.docx").read_bytes(), "rich.docx")

    text = " ".join(lines(shown(word, struck=True)))

    assert f"exactly and[about ] $61,200 [Comment, {HER}: Is this so?]  a year" in text


def test_what_is_open_is_named_with_its_place(tmp_path: Path) -> None:
    word = word_of(rich(tmp_path / "rich.docx").read_bytes(), "rich.docx")

    marks = open_marks(word)

    (place,) = [each.place for each in read(word).paragraphs if "$61,200" in each.text]
    assert marks.changes == (f"{HER}, {place}",)
    assert marks.comments == (f"{HER}, {place}",)
    assert marks.conflicts == ()
    assert not open_marks(word_of(packed(accepted(word)), "x"))


def test_no_citation_is_left_in_a_text_that_is_struck_out() -> None:
    assert without_citations("Ex. B at 3; Exhibits C and D") == "Ex. [B] at 3; Exhibits [C] and [D]"


def test_the_threads_of_comments_go_with_them(tmp_path: Path) -> None:
    word = word_of(rich(tmp_path / "rich.docx").read_bytes(), "rich.docx")
    links = word.parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    link = f'<Relationship Id="rIdE" Type="{kind}" Target="commentsExtended.xml"/>'
    threads = b'<w15:commentsEx xmlns:w15="x"><w15:commentEx w15:paraId="1"/></w15:commentsEx>'
    parts = {
        **word.parts,
        "word/_rels/document.xml.rels": links.replace("</Rel", f"{link}</Rel").encode(),
        "word/commentsExtended.xml": threads,
    }

    clean = word_of(packed(accepted(word_of(packed(parts), "x"))), "x")

    assert b"<w15:commentEx" not in clean.parts["word/commentsExtended.xml"]
