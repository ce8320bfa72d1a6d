"""The evidence of a case that is only pictures gets copies with words, which lie in the case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.cache import case_cache, office_cache
from packet_builder.assembly.case_file import CaseFile, read_case_file
from packet_builder.assembly.evidence import TakenFile, machine_read_copy, taking_in
from packet_builder.assembly.order import Order
from packet_builder.assembly.word import word_press
from packet_builder.case_lock import case_lock
from packet_builder.documents.intake.machine_reader import (
    MachineReader,
    machine_reader,
    read_apart,
)
from packet_builder.workspace import scratch_folder, whole_file, write_whole


@dataclass(frozen=True, slots=True)
class ReadFile:
    """An evidence file whose pictures were read."""

    file: str
    pages: int  # that are only pictures
    languages: str  # as the reader calls them
    by: str  # the reader, with its versions; for people, who may ask later
    copy: Path


def read_by_machine(
    order: Order, languages: str | None, tell: Callable[[str], None]
) -> tuple[ReadFile, ...]:
    """Read all evidence that has pages without words, and put each copy into the case.

    A build binds it in place of the file, if each of its pages looks as it looked. Raises
    MachineReaderMissingError, LanguageMissingError, ExhibitNotReadError.
    """
    case_file = read_case_file(order.case, order.folders, order.filing)
    output = order.folders.output
    with case_lock(case_file.folder, output / case_file.name):
        cache = case_cache(output, case_file.name)
        with scratch_folder(cache.folder) as scratch:
            reader = machine_reader(scratch)
            press = word_press(order.engine, order.folders.templates, office_cache(output))
            with taking_in(case_file, cache, press, order.passwords) as finished:
                taken = finished()
            unread = [
                (file, language)
                for evidence in case_file.case.evidence
                if evidence.id in taken.evidence
                for file, language in _files(taken.evidence[evidence.id].files, evidence.language)
            ]
            wanted = [(one, _codes(reader, languages, language)) for one, language in unread]
            return tuple(
                _read(case_file, file, _How(codes, reader.name), scratch / f"{number}.pdf", tell)
                for number, (file, codes) in enumerate(wanted)
            )


def _files(
    files: tuple[TakenFile, ...], language: str | None
) -> Iterator[tuple[TakenFile, str | None]]:
    """Give the files that have pages without words, which nobody has read yet."""
    for file in files:
        if any(not text for text in file.texts) and not file.read:
            yield file, language


def _codes(reader: MachineReader, languages: str | None, language: str | None) -> str:
    return reader.checked(languages) if languages else reader.codes_for(language)


@dataclass(frozen=True, slots=True)
class _How:
    """With what, and in which languages."""

    codes: str
    by: str


def _read(
    case_file: CaseFile, file: TakenFile, how: _How, made: Path, tell: Callable[[str], None]
) -> ReadFile:
    source = file.pdf.source
    assert source is not None  # noqa: S101 - evidence is what the office put there
    pages = sum(not text for text in file.texts)
    tell(f"reading {source.name}: {pages} page(s), {how.codes}")
    read_apart(file.pdf.path, made, source.name, how.codes, file.pdf.pages)
    copy = machine_read_copy(case_file.folder, source.sha256)
    found = ReadFile(source.name, pages, how.codes, how.by, copy)
    record = json.dumps({"file": found.file, "languages": how.codes, "by": how.by}, indent=1)
    write_whole(copy.with_suffix(".json"), f"{record}\n".encode())
    with whole_file(copy) as part:
        shutil.copyfile(made, part)
    return found
