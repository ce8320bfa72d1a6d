"""One planned form and its blank become a filled form in the cache: a job for any process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.places import Place, on_packet_pages
from packet_builder.plan.planned import PlannedDocument
from packet_builder.workspace import digest_of

if TYPE_CHECKING:  # start-up time
    from packet_builder.documents.forms.fill import FilledForm


@dataclass(frozen=True, slots=True)
class FormJob:
    """A form that is to be filled."""

    planned: PlannedDocument
    blank: Path
    cache: Cache
    blanks: Cache  # of blanks made ready, for all cases

    @property
    def made_from(self) -> tuple[str, ...]:
        """Give what the filled form depends on."""
        return ("form", self.planned.digest, str((self.planned.context or {})["sha256"]))


def fill_kept(job: FormJob) -> Path:
    """Give the folder of the filled form; it is made where it is not kept."""
    return job.cache.kept(job.made_from, lambda folder: _make(job, folder))


def _make(job: FormJob, folder: Path) -> None:
    from packet_builder.documents.forms.blank import blank_in, prepare_blank  # noqa: PLC0415 - only when not kept
    from packet_builder.documents.forms.fill import fill_form  # noqa: PLC0415 - only when not kept

    form = job.planned.context or {}
    ready = job.blanks.kept(
        ("blank", str(form["sha256"])), lambda place: prepare_blank(job.blank, form["form"], place)
    )
    made = fill_form(blank_in(ready), form, folder)
    said = {
        "filled": len(made.placed.written),
        "carried": made.placed.carried,
        "unplaced": made.placed.unplaced,
        "moved": made.placed.moved,
        "addendum": [one.row for one in made.placed.addendum],
    }
    row = {
        "pages": made.pages,
        "sha256": digest_of(made.pages_file),
        "said": said,
        "places": _ink_places(job.planned, made),
        "boxes": {name: made.boxes[name].page for name in _printed_boxes(made)},
    }
    (folder / "form.json").write_text(json.dumps(row), encoding="utf-8", newline="\n")


def _printed_boxes(made: FilledForm) -> Iterator[str]:
    """Give the boxes as a reader comes upon them, without barcodes."""
    from packet_builder.documents.forms.rows import in_reading_order  # noqa: PLC0415 - only when not kept

    return in_reading_order(box for box in made.boxes.values() if not box.is_barcode)


def _ink_places(planned: PlannedDocument, made: FilledForm) -> dict[str, Place]:
    names = [name for line in (planned.context or {})["ink"] for name in line["fields"]]
    boxes = [(made.boxes[name].page, made.boxes[name].rect) for name in names]
    return dict(zip(names, on_packet_pages(made.pages_file, boxes), strict=True))
