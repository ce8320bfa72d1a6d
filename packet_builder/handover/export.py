"""A case, its packets and all that they name become one encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packet_builder import __version__, system
from packet_builder.case_lock import case_lock
from packet_builder.facts import FactsError, read_file
from packet_builder.handover.age import WORK, Sealing
from packet_builder.handover.archive import write_archive
from packet_builder.handover.errors import ExportedAlreadyError, ExportLinkError
from packet_builder.handover.listing import (
    FORMAT,
    Counting,
    Listed,
    Listing,
    Place,
    uncounted,
)
from packet_builder.kept import kept_in
from packet_builder.review.docket import filings_of, open_docket
from packet_builder.review.prune import named_files
from packet_builder.unfinished import PART, SCRATCH
from packet_builder.workspace import digest_of, whole_file

_FIRM = "firm.yaml"
_OFFICE = (_FIRM, "law.yaml")
_TRACES = (PART, SCRATCH, "~$", ".~lock.", ".DS_Store", ".lock")  # of programs at work


def export_case(  # noqa: PLR0913, PLR0917 - what is sealed, how, and who is told
    case: Path,
    case_output: Path,
    target: Path,
    passphrase: str,
    work: int = WORK,
    count: Counting = uncounted,
) -> Listing:
    """Write a case into one encrypted file, and give what is in it.

    Raises ExportedAlreadyError, ExportLinkError, ExportedFileChangedError, and what the record of
    a filing raises.
    """
    if target.exists():
        raise ExportedAlreadyError(target)
    with case_lock(case, case_output):
        files = dict(_files(case, case_output))
        listing = Listing(
            format=FORMAT,
            program=__version__,
            case=case.name,
            files=tuple(_listed(place, name, path) for (place, name), path in files.items()),
        )
        with whole_file(target) as part, part.open("wb") as stream:
            sealing = Sealing(stream, passphrase, work)
            write_archive(listing, lambda one: files[one.place, one.name], sealing, count)
            sealing.finish()
    return listing


def _files(case: Path, case_output: Path) -> Iterator[tuple[tuple[Place, str], Path]]:
    for path in _below(case):
        yield (Place.CASE, path.relative_to(case).as_posix()), path
    for filing in filings_of(case_output):
        docket = open_docket(case, case_output, filing)
        unnamed = {*kept_in(docket.filing)} - {*named_files(docket)}
        for path in _below(docket.filing):
            if path not in unnamed:
                yield (Place.OUTPUT, path.relative_to(case_output).as_posix()), path
    for name in _office_files(case.parent):
        yield (Place.OFFICE, name), case.parent / name


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(_TRACES) for part in path.relative_to(folder).parts):
            continue
        if path.is_symlink():
            raise ExportLinkError(path)
        if path.is_file():
            yield path


def _office_files(cases: Path) -> Iterator[str]:
    """Name what lies beside the case folders and belongs to every case."""
    try:
        logo = read_file(cases / _FIRM).tree.get("logo")
    except FactsError:
        logo = None
    for name in (*_OFFICE, logo):
        if isinstance(name, str) and Path(name).name == name and (cases / name).is_file():
            yield name


def _listed(place: Place, name: str, path: Path) -> Listed:
    status = path.stat()
    return Listed(
        place=place,
        name=name,
        sha256=digest_of(path),
        bytes=status.st_size,
        read_only=system.is_read_only(status),
    )
