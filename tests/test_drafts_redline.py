"""Two versions of a letter, word by word, and escaped where it becomes HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.assembly.diff_report import redline_html
from packet_builder.documents.word.word import Word, open_word
from packet_builder.drafts.redline import Change, Line, Piece, redline
from tests.word_samples import blank, saved


def paper(folder: Path, *paragraphs: str) -> Word:
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    return open_word(saved(document, folder / f"{len(list(folder.iterdir()))}.docx"))


def shown(line: Line) -> str:
    forms = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.COME: "{{+{}+}}"}
    return "".join(forms[piece.change].format(piece.text) for piece in line.pieces)


def test_a_redline_shows_words_and_paragraphs_in_their_order(tmp_path: Path) -> None:
    old = paper(tmp_path, "It is due on March 1, 2027.", "She will go home.", "The end.")
    new = paper(tmp_path, "It is due on April 15, 2027.", "Her son pays.", "The end.", "More.")

    assert [shown(line) for line in redline(old, new)] == [
        "It is due on [-March 1-]{+April 15+}, 2027.",
        "[-She will go home.-]",
        "{+Her son pays.+}",
        "The end.",
        "{+More.+}",
    ]


texts = st.lists(st.text(alphabet="ab .<&", min_size=1, max_size=12), max_size=5)


@given(old=texts, new=texts)
def test_a_redline_has_all_words_of_both(
    old: list[str], new: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("redline")

    lines = redline(paper(folder, *old), paper(folder, *new))

    for kept, texts_of_one in ((Change.GONE, old), (Change.COME, new)):
        said = [
            "".join(p.text for p in line.pieces if p.change in {Change.SAME, kept})
            for line in lines
        ]
        assert "".join("".join(said).split()) == "".join("".join(texts_of_one).split())


def test_nothing_of_a_text_becomes_markup() -> None:
    line = Line((Piece(Change.SAME, "<b>&"), Piece(Change.COME, "<script>alert('x')</script>")))

    assert redline_html(line) == (
        '<p class="line changed">&lt;b&gt;&amp;'
        "<ins>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</ins></p>"
    )
