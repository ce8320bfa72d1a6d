"""Word documents from raw XML bodies, with somebody's tracked changes in them."""

from __future__ import annotations

from pathlib import Path

from packet_builder.documents.word.word import DOCUMENT, Word, packed, word_of
from tests.draft_cases import HER
from tests.word_samples import run, with_text

WHO = f'w:id="9" w:author="{HER}" w:date="2026-11-20T10:00:00Z"'
INS, DEL = f"<w:ins {WHO}/>", f"<w:del {WHO}/>"


def document(folder: Path, body: str) -> Word:
    """Give a document with this body."""
    path = with_text(folder / "made.docx", run("x"))
    return with_body(word_of(path.read_bytes(), "made.docx"), body)


def with_body(word: Word, body: str) -> Word:
    """Give a document with another body, its section as it was."""
    text = word.parts[DOCUMENT].decode()
    start, end = text.index("<w:p>"), text.index("<w:sectPr")
    content = f"{text[:start]}{body}{text[end:]}".encode()
    return word_of(packed({**word.parts, DOCUMENT: content}), word.name)


def deleted(text: str) -> str:
    """Give words that somebody struck out."""
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """Give words that somebody inserted."""
    return f"<w:ins {WHO}>{run(text)}</w:ins>"


def paragraph(inner: str, mark: str = "", layout: str = "") -> str:
    """Give a paragraph; `mark` is the revision of its end."""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{layout}{end}</w:pPr>{inner}</w:p>"


def table(*rows: str) -> str:
    """Give a table, and the paragraph that must follow it."""
    grid = "<w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
    return f"<w:tbl>{grid}{''.join(rows)}</w:tbl>{paragraph('')}"


def row(*texts: str, mark: str = "", cell: str = "") -> str:
    """Give a table row; `cell` stands in the properties of its first cell."""
    cells = "".join(
        f"<w:tc><w:tcPr>{'' if number else cell}</w:tcPr>{paragraph(run(text))}</w:tc>"
        for number, text in enumerate(texts)
    )
    return f"<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>"
