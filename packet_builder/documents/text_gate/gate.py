"""A Word document and its PDF become the words that one has and the other has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packet_builder.documents.text_gate.match import Added, Differences, Loss, compared
from packet_builder.documents.text_gate.page import PrintedPage, printed_pages
from packet_builder.documents.word.repair import repaired
from packet_builder.documents.word.word import Word, open_word
from packet_builder.errors import UnusableError

_BROKEN_REFERENCE = "Error: Reference source"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_WORDS_SHOWN = 12
_PLACES_SHOWN = 5


class TextLostError(UnusableError):
    """The PDF lacks words of the document."""

    def __init__(self, name: str, losses: Sequence[Loss]) -> None:
        listed = "; ".join(
            f'"{_cut(loss.words)}" of {loss.place}' for loss in losses[:_PLACES_SHOWN]
        )
        beyond = len(losses) - _PLACES_SHOWN
        more = f"; and of {beyond} more paragraphs" if beyond > 0 else ""
        super().__init__(
            f"{name}: the PDF made of it lacks {listed}{more}. Type these words anew as plain "
            "text in Word, or build with the other engine (--engine)."
        )
        self.losses = tuple(losses)


class TextAddedError(UnusableError):
    """The PDF shows words that the document does not."""

    def __init__(self, name: str, added: Sequence[Added]) -> None:
        words = _cut(" ".join(each.word for each in added))
        super().__init__(
            f'{name}: the PDF made of it shows "{words}" on page {added[0].page}, which the '
            "document does not. Look for hidden or deleted text there in Word, and remove it."
        )
        self.added = tuple(added)


class BrokenReferencePrintedError(UnusableError):
    """The PDF shows the engine's complaint in place of a cross-reference."""

    def __init__(self, name: str, page: int) -> None:
        super().__init__(
            f'{name}: page {page} of the PDF made of it says "{_BROKEN_REFERENCE}". In Word, '
            "delete the cross-reference there or insert it again."
        )


class OverprintedError(UnusableError):
    """Two lines of the PDF lie over one another."""

    def __init__(self, name: str, page: int, texts: tuple[str, str]) -> None:
        super().__init__(
            f'{name}: on page {page} of the PDF made of it, "{_cut(texts[0])}" and '
            f'"{_cut(texts[1])}" are printed over one another. Shorten the footnotes of that page '
            "(or the text box), or build with the other engine (--engine)."
        )


class CutOffError(UnusableError):
    """Text of the PDF lies beyond the paper."""

    def __init__(self, name: str, page: int, text: str) -> None:
        super().__init__(
            f'{name}: on page {page} of the PDF made of it, "{_cut(text)}" runs over the edge of '
            "the paper. Make the table or the line narrower in Word."
        )


class PictureLostError(UnusableError):
    """The PDF has fewer pictures than the document."""

    def __init__(self, name: str, wanted: int, found: int) -> None:
        super().__init__(
            f"{name}: the document shows {wanted} pictures, the PDF made of it {found}. Insert "
            "the pictures anew in Word as PNG or JPEG, or build with the other engine (--engine)."
        )


def lost_words(docx: Path, pdf: Path) -> Differences:
    """Compare a document with a PDF that was made of it."""
    return compared(repaired(open_word(docx)), _texts(printed_pages(pdf.read_bytes())))


def faults(word: Word, pdf: bytes) -> tuple[UnusableError, ...]:
    """Give all that is wrong with a PDF that was made of `word`, which was repaired."""
    pages = printed_pages(pdf)
    return (*_misprints(word, pages), *_differences(word, pages))


def _differences(word: Word, pages: Sequence[PrintedPage]) -> Iterator[UnusableError]:
    differences = compared(word, _texts(pages))
    if differences.losses:
        yield TextLostError(word.name, differences.losses)
    if differences.added:
        yield TextAddedError(word.name, differences.added)


def _misprints(word: Word, pages: Sequence[PrintedPage]) -> Iterator[UnusableError]:
    for number, page in enumerate(pages, 1):
        if _BROKEN_REFERENCE in page.text:
            yield BrokenReferencePrintedError(word.name, number)
        if page.overprinted:
            yield OverprintedError(word.name, number, page.overprinted[0])
        if page.cut_off:
            yield CutOffError(word.name, number, page.cut_off[0])
    wanted = sum(1 for _ in word.body.iter(_PICTURE))
    found = sum(page.pictures for page in pages)
    if found < wanted:
        yield PictureLostError(word.name, wanted, found)


def _texts(pages: Sequence[PrintedPage]) -> list[str]:
    return [page.text for page in pages]


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS_SHOWN]) + (" …" if len(words) > _WORDS_SHOWN else "")
