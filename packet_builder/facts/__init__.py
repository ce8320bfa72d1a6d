"""The YAML files of a case, or one such file, become facts: texts that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from packet_builder.facts.fault import FactsError, Fault, Source, quoted
from packet_builder.facts.filings import FOLDER, chosen_exhibits, kind_of_filing, of_filing
from packet_builder.facts.nodes import Reading, read_nodes
from packet_builder.facts.text import Text, read_text, text_of
from packet_builder.facts.tree import FactPath, Facts, Mark

__all__ = [
    "YAML",
    "FactPath",
    "Facts",
    "FactsError",
    "Fault",
    "Mark",
    "Source",
    "filing_files",
    "read_facts",
    "read_file",
    "read_filing",
]

_FIRST_FILE = "case.yaml"
_NOTHING: Mapping[Path, bytes] = {}
#: How the names of files of facts end, in small letters.
YAML = {".yaml", ".yml"}


def read_facts(folder: Path, changed: Mapping[Path, bytes] = _NOTHING) -> Facts:
    """Read every YAML file of a case folder as one; raises FactsError with every fault.

    Of a file that is `changed`, those bytes are read, and not what lies on the disk.
    """
    paths = yaml_files(folder)
    if not paths:
        raise FactsError([_nothing_to_read(folder)])
    return _merged([_read(path, Path(path.name), changed) for path in paths])


def read_filing(
    folder: Path, filing: str | None, changed: Mapping[Path, bytes] = _NOTHING
) -> tuple[str, Facts]:
    """Read a case as one of its filings sees it, and give the filing's id beside it.

    The filing that the case's own files describe is called by its kind, and is meant where none
    is named; every other has a file of its own, `filings/<id>.yaml`.
    Raises FactsError with every fault, or because there is no such filing.
    """
    case = read_facts(folder, changed)
    first, own = kind_of_filing(case), filing_files(folder)
    if first in own:
        message = f'"{first}" is the filing of the case itself; give this file another name'
        raise FactsError([Fault(Source(_named(folder, own[first]), 1, 1), message)])
    if filing is None or filing == first:
        if faults := tuple(chosen_exhibits(case)):
            raise FactsError(faults)
        return first, case
    if filing not in own:
        raise FactsError([_no_such_filing(filing, (first, *own))])
    further = _read(own[filing], _named(folder, own[filing]), changed)
    return filing, of_filing(case, _merged([further]))


def read_file(path: Path) -> Facts:
    """Read one YAML file, such as `firm.yaml`; raises FactsError with every fault."""
    return _merged([_read(path, Path(path.name), _NOTHING)])


def _read(path: Path, name: Path, changed: Mapping[Path, bytes]) -> Reading:
    text = text_of(name, changed[path]) if path in changed else read_text(path, name)
    if isinstance(text, Fault):
        return Reading(Text(text.source.path, ("",)), faults=[text])
    return read_nodes(text)


def _named(folder: Path, path: Path) -> Path:
    return path.relative_to(folder)


def _merged(readings: Sequence[Reading]) -> Facts:
    faults = [fault for reading in readings for fault in reading.faults]
    faults.extend(_given_twice(readings))
    if faults:
        raise FactsError(faults)
    tree: dict[str, object] = {}
    values: dict[FactPath, Mark] = {}
    keys: dict[FactPath, Mark] = {}
    for reading in readings:
        tree |= reading.tree
        values = reading.values | values  # the whole stands where the first file begins
        keys |= reading.keys
    return Facts(tree, values, keys, {reading.text.path: reading.text for reading in readings})


def _given_twice(readings: Sequence[Reading]) -> Iterator[Fault]:
    first: dict[FactPath, Mark] = {}
    for reading in readings:
        for path, mark in reading.keys.items():
            if path in first:
                place = f"{first[path].file.as_posix()}, line {first[path].line + 1}"
                message = f'"{path[0]}" is already given in {place}; keep it in one file'
                yield reading.text.fault((mark.line, mark.column), message, mark.width)
            elif len(path) == 1:
                first[path] = mark


def yaml_files(folder: Path) -> list[Path]:
    """Give the files in a fixed order, `case.yaml` first; hidden ones are no facts."""
    if not folder.is_dir():
        return []
    return sorted(_yaml_in(folder), key=lambda path: (path.name != _FIRST_FILE, path.name))


def filing_files(folder: Path) -> dict[str, Path]:
    """Give the file of each further filing of a case, by the filing's id: the file's name."""
    paths = _yaml_in(folder / FOLDER) if (folder / FOLDER).is_dir() else ()
    return {path.stem: path for path in sorted(paths)}


def _yaml_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        is_yaml = path.suffix.lower() in YAML and not path.name.startswith(".")
        if is_yaml and not path.is_dir():
            yield path


def _nothing_to_read(folder: Path) -> Fault:
    what = "is no YAML file in the folder" if folder.is_dir() else "is no folder"
    message = f'there {what} "{folder.name}"; start a case with: packet-builder new {folder.name}'
    return Fault(Source(Path(_FIRST_FILE), 1, 1), message)


def _no_such_filing(filing: str, known: Sequence[str]) -> Fault:
    message = (
        f"the case has no filing {quoted(filing)}; it has: {', '.join(known)}. "
        f"A new one begins with a file {FOLDER}/{filing}.yaml"
    )
    return Fault(Source(Path(_FIRST_FILE), 1, 1), message)
