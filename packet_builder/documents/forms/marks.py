"""Looks at what a form must show: one box ticked in each group, and every page's barcode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from pypdf import PdfReader

from packet_builder.documents.forms.box import Box, widgets_of
from packet_builder.documents.forms.errors import FormProofError
from packet_builder.documents.forms.placing import Written

_SCALE = 2.0  # 144 dots an inch: a barcode's bar is two dots
_NOISE = 40  # of 255: anti-aliasing of what is drawn alike stays below


def prove_groups(filled: PdfReader, form: Mapping[str, Any], written: Sequence[Written]) -> None:
    """Count the ticks of the written file: one where a group was answered, none elsewhere.

    Raises FormProofError.
    """
    ticked = {
        name
        for page in filled.pages
        for widget, name in widgets_of(page)
        if str(widget.get("/AS", "/Off")) != "/Off"
    }
    answered = {one.box.name for one in written if not one.runs}
    for group in form["groups"]:
        count = len(ticked.intersection(group))
        if count != int(not answered.isdisjoint(group)):
            wrong = f"is one of a group of which {count} are ticked"
            raise FormProofError(form["form"], group[0], wrong)


def prove_edition(boxes: Iterable[Box], form: Mapping[str, Any]) -> None:
    """Read what each page's barcode says of form, edition and page; raises FormProofError."""
    said = {box.page: box.value for box in boxes if box.is_barcode}
    for page in range(1, form["pages"] + 1):
        meant = f"{form['form']}|{form['edition']}|{page}"
        if said.get(page) != meant:
            raise FormProofError(form["form"], f"page {page}", f'has no barcode "{meant}"')


def prove_barcodes_printed(source: Path, pages: Path, form: str, boxes: Iterable[Box]) -> None:
    """See that flattened pages print every barcode as the untouched blank shows it.

    What is filled from these pages is compared with them as pictures. Raises FormProofError.
    """
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(pages)
    before.init_forms()
    try:
        for box in boxes:
            if box.is_barcode:
                pictures = [_picture(pdf[box.page - 1], box) for pdf in (before, after)]
                if not _are_alike(*pictures):
                    raise FormProofError(form, box.name, "is not printed as in the blank")
    finally:
        before.close()
        after.close()


def _picture(page: pypdfium2.PdfPage, box: Box) -> Image.Image:
    left, bottom, right, top = box.rect
    width, height = page.get_size()
    around = (left, bottom, width - right, height - top)
    picture: Image.Image = page.render(scale=_SCALE, crop=around, grayscale=True).to_pil()
    return picture


def _are_alike(before: Image.Image, after: Image.Image) -> bool:
    """Tell whether both show the same bars, and show bars at all."""
    differing = ImageChops.difference(before, after).histogram()[_NOISE + 1 :]
    dark = before.histogram()[:_NOISE]
    return not any(differing) and any(dark)
