"""What is installed with the program becomes a table in licences.md: each package with its licence.

Started with `python -m docs.make_licences`, by `make lock`: every locked package must be installed.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path

from docs.reference.table import table

PAGE = Path(__file__).resolve().parent / "licences.md"
_BLOCK = re.compile(r"(<!-- packages -->\n).*?(\n<!-- end -->)", re.DOTALL)
_ROOT = Path(__file__).resolve().parents[1]
_LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", re.MULTILINE)
#: With the source, not with the wheel: they build it.
_TO_BUILD = ("editables", "hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers")
_REFUSED = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public|SSPL|Commons Clause", re.IGNORECASE)


class LicenceRefusedError(Exception):
    """A package may not be shipped with the program, or nobody knows whether it may."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name}: {said or 'no licence is known'}")


def page() -> str:
    """Give licences.md with one row a package; raises LicenceRefusedError."""
    lock = (_ROOT / "requirements.lock").read_text(encoding="utf-8")
    rows = [
        (f"`{name}`", version, licence_of(name, importlib.metadata.metadata(name)))
        for name, version in _LOCKED.findall(lock)
        if name not in _TO_BUILD
    ]
    lines = "\n".join(table(("Package", "Version", "Licence"), rows))
    return _BLOCK.sub(
        lambda block: f"{block[1]}{lines}{block[2]}", PAGE.read_text(encoding="utf-8")
    )


def licence_of(name: str, metadata: importlib.metadata.PackageMetadata) -> str:
    """Give all that a package says of its licence, which must be one that leaves ours alone."""
    said = "; ".join(dict.fromkeys(_said(metadata)))
    if not said or _REFUSED.search(said):
        raise LicenceRefusedError(name, said)
    return said


def _said(metadata: importlib.metadata.PackageMetadata) -> Iterator[str]:
    expression = metadata.get("License-Expression")
    if expression:
        yield expression
        return
    if licence := (metadata.get("License") or "").strip():
        yield licence.splitlines()[0]
    for classifier in metadata.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            yield classifier.rsplit(" :: ", 1)[-1]


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
