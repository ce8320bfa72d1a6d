"""A Word document becomes all that it says, also where no page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from packet_builder.documents.word.word import W, Word

_PARAGRAPH = f"{W}p"
#: What a paragraph says, what was deleted from it, and what its fields are told.
_SAYS = ((f"{W}t",), (f"{W}delText",), (f"{W}instrText", f"{W}delInstrText"))
_SPACED = etree.XPath("//@*[contains(., ' ')]")  # what is one word names nobody in full


def hidden_texts(word: Word) -> Iterator[str]:
    """Give every text of every part, also what was deleted, and what stands in attributes.

    Attributes hold authors of changes, descriptions of pictures, answers that a dialog asked for.
    """
    for tree in word.trees.values():
        paragraphs = tuple(tree.iter(_PARAGRAPH))
        for paragraph in paragraphs:
            yield from (_text(paragraph, tags) for tags in _SAYS)
        if not paragraphs:
            yield from ("".join(map(str, element.itertext())) for element in tree)
        attributes = _SPACED(tree)
        assert isinstance(attributes, list)  # noqa: S101 - the expression gives a set of nodes
        yield from map(str, attributes)


def _text(paragraph: etree._Element, tags: tuple[str, ...]) -> str:
    """Give words of a paragraph; a name may lie in several runs."""
    return "".join(piece.text or "" for piece in paragraph.iter(*tags))
