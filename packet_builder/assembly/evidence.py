"""Takes in the evidence of a case: every file looked at, made bindable, and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.assembly.word import WordPress
from packet_builder.documents.document import PdfFile, Source
from packet_builder.errors import UnusableError
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import FactPath
from packet_builder.model.evidence import Evidence, SeenEvidence
from packet_builder.workspace import PathRefusedError, contained_file, digest_of

_ZIP = b"PK"  # how a Word file begins


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One evidence file, ready to bind."""

    pdf: PdfFile
    texts: tuple[str, ...]
    removals: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenEvidence:
    """One piece of evidence, its files in exhibit order."""

    files: tuple[TakenFile, ...]

    @property
    def seen(self) -> SeenEvidence:
        """Give what rules may look at."""
        texts = tuple(text for file in self.files for text in file.texts)
        return SeenEvidence(texts, tuple(file.pdf.path.stat().st_size for file in self.files))


def take_in(case_file: CaseFile, cache: Cache, press: WordPress) -> Mapping[str, TakenEvidence]:
    """Take in every piece of evidence that is filed, by id.

    Raises FactsError with a fault at the place in the facts for each file that cannot be used.
    """
    taken: dict[str, TakenEvidence] = {}
    faults: list[Fault] = []
    for position, evidence in enumerate(case_file.case.evidence):
        if evidence.waived is not None:
            continue
        files = []
        for (name, title), path in zip(
            evidence.ordered_files, _paths_in_facts(evidence, position), strict=True
        ):
            try:
                files.append(_taken(case_file.folder, name, title, cache=cache, press=press))
            except UnusableError as error:
                faults.append(_fault(case_file, path, error))
        taken[evidence.id] = TakenEvidence(tuple(files))
    if faults:
        raise FactsError(faults)
    return taken


def _taken(
    folder: Path, name: str, title: str | None, *, cache: Cache, press: WordPress
) -> TakenFile:
    path = contained_file(folder, name)
    source = Source(name, path, digest_of(path))
    engine = press.name if _begins_like_word(path) else ""
    kept = cache.kept(
        ("intake", name, source.sha256, engine), lambda place: _take(source, place, press)
    )
    facts = json.loads((kept / "intake.json").read_text(encoding="utf-8"))
    return _read(source, title, kept, facts)


def _take(source: Source, place: Path, press: WordPress) -> None:
    from packet_builder.documents.intake.intake import intake  # noqa: PLC0415 - only when not kept

    taken = intake(
        source.name, source.path, place / "intake.pdf", _word_printer(press, source.name)
    )
    facts = {
        "pages": taken.pages,
        "made": taken.path != source.path,
        "sha256": digest_of(taken.path),
        "texts": taken.texts,
        "removals": taken.removals,
        "notes": taken.notes,
    }
    (place / "intake.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _word_printer(press: WordPress, name: str) -> Callable[[Path, Path], None]:
    return lambda docx, pdf: press.print([(docx, pdf, name)])


def _begins_like_word(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def _read(source: Source, title: str | None, kept: Path, facts: Mapping[str, Any]) -> TakenFile:
    path = kept / "intake.pdf" if facts["made"] else source.path
    return TakenFile(
        pdf=PdfFile(path, facts["pages"], facts["sha256"], title, source),
        texts=tuple(facts["texts"]),
        removals=tuple(facts["removals"]),
        notes=tuple(facts["notes"]),
    )


def _paths_in_facts(evidence: Evidence, position: int) -> Iterator[FactPath]:
    """Give the place in the facts of each of `ordered_files`."""
    place: FactPath = ("evidence", position)
    if evidence.translation is not None:
        yield (*place, "translation", "file")
        if evidence.translation.certificate is not None:
            yield (*place, "translation", "certificate")
    for number in range(len(evidence.files)):
        yield (*place, "file", number)


def _fault(case_file: CaseFile, path: FactPath, error: UnusableError) -> Fault:
    if isinstance(error, PathRefusedError):
        return case_file.facts.fault_at(path, f'"{error.named}" {error.reason}', error.cure)
    return case_file.facts.fault_at(path, str(error))
