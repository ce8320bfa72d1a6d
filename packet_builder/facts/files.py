"""Every file that says something of a case: its own YAML, the office's, the attorney's drafts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packet_builder.facts import YAML, filing_files, yaml_files
from packet_builder.workspace import digest_of, digest_of_text

_OFFICE = ("firm.yaml", "law.yaml")  # beside the case folders, for the whole office
#: The attorney's own files, and the record of which of them count.
_DRAFTS = ("*.docx", "*.pdf", ".base/drafts.json")


def files_of(case: Path, filing: str) -> Mapping[str, Path]:
    """Give each file of a filing by its name as seen from the case folder, in a fixed order."""
    own = {path.name: path for path in sorted(yaml_files(case))}
    if (further := filing_files(case).get(filing)) is not None:
        own[further.relative_to(case).as_posix()] = further
    office = {f"../{name}": case.parent / name for name in _OFFICE}
    drafts = {
        path.relative_to(case).as_posix(): path
        for pattern in _DRAFTS
        for path in sorted((case / "drafts" / filing).glob(pattern))
    }
    found = {**own, **office, **drafts}
    return {name: path for name, path in found.items() if path.is_file()}


def digest_of_facts(path: Path) -> str:
    """Give the sha256 of such a file: of a text whichever line ends it has, else of its bytes."""
    return digest_of_text(path) if path.suffix.lower() in YAML else digest_of(path)
