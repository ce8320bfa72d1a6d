"""Content becomes a file under its own digest, never changed, and is found again by it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from packet_builder.errors import UnusableError
from packet_builder.workspace import digest_of, whole_file

_FOLDER = "kept"


class KeptContentLostError(UnusableError):
    """What a manifest or a decision names is not kept any more, or was damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is missing or damaged. Restore the folder from a backup; "
            "or build again, and approve again what was approved."
        )


def keep(folder: Path, content: bytes) -> str:
    """Keep content, and give its digest; what is kept already is not written again."""
    digest = hashlib.sha256(content).hexdigest()
    path = place_of(folder, digest)
    if not path.is_file():
        with whole_file(path, for_ever=True) as part:
            part.write_bytes(content)
    return digest


def keep_file(folder: Path, source: Path, digest: str | None = None) -> str:
    """Keep a copy of a file, and give its digest, which is counted where it is not known yet."""
    digest = digest or digest_of(source)
    if not is_kept(folder, digest):
        with whole_file(place_of(folder, digest), for_ever=True) as part:
            shutil.copyfile(source, part)
    return digest


def is_kept(folder: Path, digest: str) -> bool:
    """Tell whether something is kept, whole: its content is looked at."""
    path = place_of(folder, digest)
    return path.is_file() and digest_of(path) == digest


def kept_file(folder: Path, digest: str) -> Path:
    """Give the file that is kept under a digest; raises KeptContentLostError."""
    if not is_kept(folder, digest):
        raise KeptContentLostError(place_of(folder, digest))
    return place_of(folder, digest)


def place_of(folder: Path, digest: str) -> Path:
    """Give where something is kept, or would be."""
    return folder / _FOLDER / digest


def kept_in(folder: Path) -> tuple[Path, ...]:
    """Give all that is kept, in order; each is named by its digest, and not looked at."""
    return tuple(sorted((folder / _FOLDER).glob("*")))
