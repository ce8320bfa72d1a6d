"""Makes what a downloaded form may be, from the real blank: a new edition, a re-saved copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from packet_builder.documents.forms.box import plain, widgets_of

Widgets = dict[str, DictionaryObject]


def resaved(blank: Path, target: Path) -> Path:
    """Save a blank again, as a viewer does: all that it says stays, its bytes do not."""
    PdfWriter(clone_from=opened(blank)).write(target)
    return target


def new_edition(
    blank: Path,
    target: Path,
    edition: str,
    change: Callable[[PdfWriter, Widgets], None],
    form: str | None = None,
) -> Path:
    """Give a blank another edition in its barcodes and footers, and other fields."""
    writer = PdfWriter(clone_from=opened(blank))
    widgets = {name: widget for page in writer.pages for widget, name in widgets_of(page)}
    former = ""
    for name, widget in widgets.items():
        if "PDF417" in name:
            known, former, number = str(widget["/V"]).split("|")
            widget[NameObject("/V")] = TextStringObject(f"{form or known}|{edition}|{number}")
    for page in writer.pages:
        _print_foot(page, former, edition, writer)
    change(writer, widgets)
    writer.write(target)
    return target


def opened(blank: Path) -> PdfReader:
    """Open a blank; most are encrypted without a password."""
    reader = PdfReader(blank)
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def rename(widget: DictionaryObject, name: str) -> None:
    """Give a field another last name."""
    widget[NameObject("/T")] = TextStringObject(name)


def move(widget: DictionaryObject, *, across: float) -> None:
    """Move a field on its page."""
    left, bottom, right, top = (float(side) for side in plain(widget["/Rect"]))
    sides = (left + across, bottom, right + across, top)
    widget[NameObject("/Rect")] = ArrayObject(map(FloatObject, sides))


def move_to_page(writer: PdfWriter, widget: DictionaryObject, page: int) -> None:
    """Take a field from its page and put it onto another."""
    for one in writer.pages:
        kept = [each for each in plain(one["/Annots"]) if plain(each) is not widget]
        one[NameObject("/Annots")] = ArrayObject(kept)
    plain(writer.pages[page - 1]["/Annots"]).append(widget.indirect_reference)


def remove(writer: PdfWriter, widget: DictionaryObject) -> None:
    """Take a field away."""
    for page in writer.pages:
        kept = [each for each in plain(page["/Annots"]) if plain(each) is not widget]
        page[NameObject("/Annots")] = ArrayObject(kept)


def add_text_field(writer: PdfWriter, page: int, name: str) -> None:
    """Add a field for text."""
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (300, 300, 400, 318))),
        }
    )
    plain(writer.pages[page - 1]["/Annots"]).append(writer._add_object(widget))


def limit(widget: DictionaryObject, letters: int) -> None:
    """Set how many letters a field takes."""
    widget[NameObject("/MaxLen")] = NumberObject(letters)


def _print_foot(page: PageObject, before: str, after: str, writer: PdfWriter) -> None:
    """Print another date in the footer; it stands in the content of every page as plain text."""
    content = page.get_contents()
    assert content is not None
    printed = content.get_data()
    assert before.encode() in printed
    stream = DecodedStreamObject()
    stream.set_data(printed.replace(before.encode(), after.encode()))
    page[NameObject("/Contents")] = writer._add_object(stream)
