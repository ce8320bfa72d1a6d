"""The packet's outline: one item a document, and all exhibits below one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packet_builder.documents.document import Document
from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the outline."""

    title: str
    page: int  # of the packet
    children: tuple[Item, ...] = ()


def outline_of(documents: Sequence[Document], numbering: Numbering) -> tuple[Item, ...]:
    """Arrange the items: documents in order, exhibits and their separators below "Exhibits"."""
    exhibits = tuple(_exhibits(documents, numbering))
    items: list[Item] = []
    placed = False
    for document in documents:
        if document.exhibit is None:
            items.append(_item(document, document.title, numbering))
        elif not placed:
            items.append(Item("Exhibits", exhibits[0].page, exhibits))
            placed = True
    return tuple(items)


def write_outline(body: Body, items: Sequence[Item], pages: Sequence[int]) -> int:
    """Write the outline; `pages` are the numbers of the page objects. Gives the root's number."""
    root = body.reserve()
    first, last = _write_items(body, items, root, pages)
    entries = {
        "Type": b"/Outlines",
        "First": syntax.reference(first),
        "Last": syntax.reference(last),
        "Count": b"%d" % len(items),
    }
    body.put(root, syntax.dictionary(entries))
    return root


def _exhibits(documents: Sequence[Document], numbering: Numbering) -> Iterator[Item]:
    """Give one item a letter; it leads to the separator, or to the first page without one."""
    first: dict[str, Document] = {}
    pages: dict[str, Document] = {}
    for document in documents:
        if document.exhibit is not None:
            first.setdefault(document.exhibit, document)
            if document.kind is DocumentKind.EXHIBIT:
                pages[document.exhibit] = document
    for letter, document in first.items():
        own = pages.get(letter, document)
        title = f"Exhibit {letter} – {own.title}"
        children = _item(own, title, numbering).children
        yield Item(title, numbering.span_of(document.id).first, children)


def _item(document: Document, title: str, numbering: Numbering) -> Item:
    """Give a document's item, with one child a file where it has several."""
    page = numbering.span_of(document.id).first
    if len(document.files) == 1:
        return Item(title, page)
    children, at = [], page
    for file in document.files:
        name = file.title or (file.source.name if file.source else title)
        children.append(Item(name, at))
        at += file.pages
    return Item(title, page, tuple(children))


def _write_items(
    body: Body, items: Sequence[Item], parent: int, pages: Sequence[int]
) -> tuple[int, int]:
    numbers = [body.reserve() for _ in items]
    for index, item in enumerate(items):
        entries = {
            "Title": syntax.text(item.title),
            "Parent": syntax.reference(parent),
            "Dest": b"[%d 0 R /XYZ null null null]" % pages[item.page - 1],
        }
        if index > 0:
            entries["Prev"] = syntax.reference(numbers[index - 1])
        if index < len(items) - 1:
            entries["Next"] = syntax.reference(numbers[index + 1])
        if item.children:
            first, last = _write_items(body, item.children, numbers[index], pages)
            entries["First"], entries["Last"] = syntax.reference(first), syntax.reference(last)
            entries["Count"] = b"-%d" % len(item.children)  # folded
        body.put(numbers[index], syntax.dictionary(entries))
    return numbers[0], numbers[-1]
