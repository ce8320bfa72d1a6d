"""One encrypted file becomes a case again: looked at as a whole, then put in its place at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from packet_builder import system
from packet_builder.handover.age import NotOpenedError, NotWholeError, Opening
from packet_builder.handover.archive import NotAsListedError, read_files, read_listing
from packet_builder.handover.errors import (
    ArchiveDamagedError,
    ArchiveVersionError,
    ImportedAlreadyError,
    PassphraseWrongError,
)
from packet_builder.handover.listing import (
    FORMAT,
    Counting,
    Listed,
    Listing,
    Place,
    uncounted,
    unsafe_names,
)
from packet_builder.packet.manifest import MANIFEST
from packet_builder.workspace import (
    Folders,
    digest_of,
    make_folder,
    scratch_folder,
    sync_below,
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an archive brought."""

    case: Path
    files: int
    differing: tuple[str, ...]  # files of this office that are others than those of the archive


def import_case(
    archive: Path, folders: Folders, passphrase: str, count: Counting = uncounted
) -> Imported:
    """Bring a case back; nothing appears before all of it was found whole.

    Raises PassphraseWrongError, ArchiveDamagedError, ArchiveVersionError, ImportedAlreadyError.
    """
    with archive.open("rb") as stream, ExitStack() as stack:
        try:
            opening = Opening(stream, passphrase)
            listing = _listing(opening, archive)
            _check_free(folders, listing)
            cases = stack.enter_context(scratch_folder(folders.cases))
            output = stack.enter_context(scratch_folder(folders.output))
            made = {Place.CASE: cases / "case", Place.OFFICE: cases / "office"}
            made[Place.OUTPUT] = output / "output"
            size = listing.size

            def write(one: Listed, pieces: Iterator[bytes]) -> None:
                _write(made[one.place], one, pieces)
                count(one.bytes, size)

            read_files(opening, listing, write)
        except NotOpenedError:
            raise PassphraseWrongError(archive) from None
        except NotWholeError:
            what = "it was changed or cut off on its way, or is not an archive of packet-builder"
            raise ArchiveDamagedError(archive, what) from None
        except NotAsListedError as error:
            raise ArchiveDamagedError(archive, str(error)) from None
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            what = "two of its files would lie in one place"
            raise ArchiveDamagedError(archive, what) from None
        return _placed(listing, folders, made)


def _listing(opening: Opening, archive: Path) -> Listing:
    listing = read_listing(opening)
    if listing.format != FORMAT:
        raise ArchiveVersionError(archive, listing.program)
    if (unsafe := next(unsafe_names(listing), None)) is not None:
        raise ArchiveDamagedError(archive, f"{unsafe} would lie elsewhere here than it says")
    return listing


def _check_free(folders: Folders, listing: Listing) -> None:
    """See that nothing is there yet, but for what an import that was killed has put there."""
    case, output = folders.cases / listing.case, folders.output / listing.case
    if case.exists():
        raise ImportedAlreadyError(case)
    brought = [one for one in listing.files if one.place is Place.OUTPUT]
    filings = {one.name.partition("/")[0] for one in brought}
    for filing in {path.parent.name for path in output.glob(f"*/{MANIFEST}")} | filings:
        files = [one for one in brought if one.name.startswith(f"{filing}/")]
        is_free = filing in filings and not (output / filing).exists()
        if not is_free and not (files and all(_is(output / one.name, one.sha256) for one in files)):
            raise ImportedAlreadyError(output / filing)


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path) == digest


def _write(folder: Path, one: Listed, pieces: Iterator[bytes]) -> None:
    path = folder.joinpath(*one.name.split("/"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as stream:
        for piece in pieces:
            stream.write(piece)


def _placed(listing: Listing, folders: Folders, made: dict[Place, Path]) -> Imported:
    """Move what was made under its names: packets first, for only a case folder makes a case."""
    for folder in made.values():
        sync_below(make_folder(folder))
    for one in listing.files:
        if one.read_only:
            system.protect(made[one.place] / one.name)
    output = make_folder(folders.output / listing.case)
    for filing in sorted(made[Place.OUTPUT].iterdir()):
        if not (output / filing.name).exists():
            filing.rename(output / filing.name)
    system.sync_folder(output)
    differing = tuple(_office(made[Place.OFFICE], folders.cases))
    case = folders.cases / listing.case
    made[Place.CASE].rename(case)
    system.sync_folder(folders.cases)
    return Imported(case, len(listing.files), differing)


def _office(brought: Path, cases: Path) -> Iterator[str]:
    """Put the files of the office where it has none; name those where it has others."""
    for path in sorted(brought.iterdir()):
        own = cases / path.name
        if not own.exists():
            path.rename(own)
        elif not _is(own, digest_of(path)):
            yield path.name
