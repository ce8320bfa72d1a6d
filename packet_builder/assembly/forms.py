"""Finds the blank forms, fills those that a plan asks for, and keeps what was filled."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.form_filling import FormJob, fill_kept
from packet_builder.assembly.places import Place
from packet_builder.documents.document import PdfFile
from packet_builder.facts import read_file
from packet_builder.hands import Hands
from packet_builder.law.form_editions import FormEdition, form_edition
from packet_builder.law.law import Law
from packet_builder.law.table import LawGapError, LawUnverifiedError
from packet_builder.model.faults import interpret
from packet_builder.outline import Outline
from packet_builder.plan.form_map import FormMap, map_path
from packet_builder.plan.planned import PlannedDocument
from packet_builder.workspace import digest_of


@dataclass(frozen=True, slots=True)
class FormShelf:
    """The blanks of a folder that can be filled, by form."""

    blanks: Mapping[str, Path]
    maps: Mapping[str, FormMap]


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form on paper."""

    planned: PlannedDocument
    filled: Path  # can still be edited
    pdf: PdfFile  # its pages as they are bound
    said: Mapping[str, Any]  # what was carried, what goes to an addendum, what cannot be printed
    places: Mapping[str, Place]  # of the boxes that are completed in ink, by field
    boxes: Mapping[str, int]  # the page of each box, by field, in reading order


def form_maps(
    outline: Outline, on: dt.date, law: Law, templates: Path, cache: Cache
) -> Mapping[str, FormMap]:
    """Give the map of every form that an outline names and whose edition is known and mapped.

    Raises FactsError where a map cannot be read.
    """
    return MappingProxyType(dict(_maps(_editions(outline, on, law), templates, cache)))


def form_shelf(
    outline: Outline, on: dt.date, law: Law, folder: Path, maps: Mapping[str, FormMap]
) -> FormShelf:
    """Find the blanks that can be filled, by their digests, whatever their names."""
    present = {digest_of(path): path for path in blanks_in(folder)}
    blanks = {
        one.id: present[one.sha256 or ""]
        for one in _editions(outline, on, law)
        if one.sha256 in present and one.id in maps
    }
    filled = {form: maps[form] for form in blanks}
    return FormShelf(MappingProxyType(blanks), MappingProxyType(filled))


def blanks_in(folder: Path) -> tuple[Path, ...]:
    """Give the PDFs of the folder of forms."""
    return tuple(sorted(folder.glob("*.pdf"))) if folder.is_dir() else ()


def begin_forms(
    planned: Sequence[PlannedDocument], shelf: FormShelf, caches: tuple[Cache, Cache], hands: Hands
) -> Callable[[], tuple[WrittenForm, ...]]:
    """Begin to fill forms, each anew only where its answers, its map or its blank changed."""
    jobs = [FormJob(one, shelf.blanks[one.template or ""], *caches) for one in planned]
    missing = [job for job in jobs if not job.cache.has(job.made_from)]
    filled = hands.begin(fill_kept, missing)

    def written() -> tuple[WrittenForm, ...]:
        filled()
        return tuple(_written(job) for job in jobs)

    return written


def addendum_id(planned: PlannedDocument) -> str:
    """Give the id of the sheets that continue a form."""
    return addendum_of_document(planned.id)


def addendum_of_document(identifier: str) -> str:
    """Give the same by the id of the form."""
    return f"{identifier}-addendum"


def addendum_of(form: WrittenForm) -> Mapping[str, Any] | None:
    """Give what stands on the sheets that continue a form; None where it needs none."""
    if not form.said["addendum"]:
        return None
    context = form.planned.context or {}
    heading = context["addendum"]
    return {
        **{name: context[name] for name in ("form", "title", "edition")},
        **{name: heading[name] for name in ("name", "a_number", "signed_as")},
        "person": f"For {context['person']}" if context["person"] else None,
        "answers": form.said["addendum"],
    }


def _editions(outline: Outline, on: dt.date, law: Law) -> Iterator[FormEdition]:
    """Give the editions that are known; the rules find what is not."""
    for entry in outline.documents:
        if entry.form:
            with suppress(LawGapError, LawUnverifiedError):
                yield form_edition(law, entry.form, on)


def _maps(
    editions: Iterable[FormEdition], templates: Path, cache: Cache
) -> Iterator[tuple[str, FormMap]]:
    for one in editions:
        path = map_path(templates, one.id, one.edition)
        if path.is_file():
            yield one.id, _kept_map(path, cache)


def _kept_map(path: Path, cache: Cache) -> FormMap:
    place = cache.kept(("form-map", digest_of(path)), partial(_keep_map, path))
    return FormMap.model_validate(json.loads((place / "map.json").read_bytes()))


def _keep_map(path: Path, folder: Path) -> None:
    """Keep what a map says, once it is known that it can be used."""
    facts = read_file(path)
    interpret(FormMap, facts)
    (folder / "map.json").write_text(json.dumps(facts.tree), encoding="utf-8", newline="\n")


def _written(job: FormJob) -> WrittenForm:
    place = job.cache.place(job.made_from)
    row = json.loads((place / "form.json").read_text(encoding="utf-8"))
    pdf = PdfFile(place / "pages.pdf", row["pages"], row["sha256"])
    filled = place / "filled.pdf"
    return WrittenForm(job.planned, filled, pdf, row["said"], row["places"], row["boxes"])
