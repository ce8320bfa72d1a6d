"""A PDF that the attorney saved from Word stands for the engine's, if its words prove it hers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.word_copies import Draft, Drafts, RenderedLetter
from packet_builder.drafts.shelf import Shelf
from packet_builder.errors import UnusableError
from packet_builder.rules.finding import DraftSeen
from packet_builder.sandbox.pool import Pool
from packet_builder.workspace import digest_of

_OPEN = (
    "its draft has open changes or comments, or the facts changed since, and a draft packet prints "
    "those"
)


def with_pdfs(
    drafts: Drafts, rendered: Sequence[RenderedLetter], shelf: Shelf, cache: Cache
) -> Drafts:
    """Look at each PDF that lies beside a draft under its name: it is used, or a finding says why.

    The text gate compares it, word by word, with the Word file that would be printed.
    """
    used: dict[str, Path] = {}
    refused: list[DraftSeen] = []
    for letter in rendered:
        written = shelf.current(letter.planned.id)
        pdf = None if written is None else shelf.path(written).with_suffix(".pdf")
        if pdf is None or not pdf.is_file():
            continue
        name = f"{shelf.named}/{pdf.name}"
        place, fault = _looked_at(letter, drafts.of.get(letter.planned.id), pdf, name, cache)
        if fault:
            refused.append(DraftSeen(name, pdf=fault))
        else:
            used[letter.planned.id] = place
    return replace(drafts, pdfs=used, refused=tuple(refused))


def _looked_at(
    letter: RenderedLetter, draft: Draft | None, pdf: Path, name: str, cache: Cache
) -> tuple[Path, str]:
    if draft is not None and (draft.merged or draft.is_open):
        return pdf, _OPEN
    docx = letter.docx if draft is None else draft.docx
    made_from = ("draft-pdf", digest_of(docx), digest_of(pdf), name)
    kept = cache.kept(made_from, lambda folder: _look(docx, pdf, name, folder))
    row: Mapping[str, str] = json.loads((kept / "draft-pdf.json").read_text(encoding="utf-8"))
    return kept / "letter.pdf", row["fault"]


def _look(docx: Path, pdf: Path, name: str, folder: Path) -> None:
    """Take the PDF in as any other, and compare its words with those of the draft."""
    target = folder / "letter.pdf"
    try:
        fault = _taken_in(docx, pdf, name, target)
    except UnusableError as error:
        fault = str(error)
    row = json.dumps({"fault": fault}, ensure_ascii=False)
    (folder / "draft-pdf.json").write_text(row, encoding="utf-8", newline="\n")


def _taken_in(docx: Path, pdf: Path, name: str, target: Path) -> str:
    from packet_builder.documents.intake.apart import (  # noqa: PLC0415 - only when not kept
        TASK,
        Errand,
        intake_apart,
    )
    from packet_builder.drafts.apart import fault_apart  # noqa: PLC0415 - only when not kept

    # A Word file under the name of a PDF is refused there, so no engine has to print one.
    with Pool(TASK, target.parent) as pool:
        taken = intake_apart(Errand(name, pdf, target, engine=""), pool)
    if taken.path != target:
        shutil.copyfile(taken.path, target)
    return fault_apart(docx, target, name)
