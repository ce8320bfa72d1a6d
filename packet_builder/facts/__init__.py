"""The YAML files of a case, or one such file, become facts: texts that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packet_builder.facts.fault import FactsError, Fault, Source
from packet_builder.facts.nodes import Reading, read_nodes
from packet_builder.facts.text import Text, read_text
from packet_builder.facts.tree import FactPath, Facts, Mark

__all__ = ["FactPath", "Facts", "FactsError", "Fault", "Mark", "Source", "read_facts", "read_file"]

_FIRST_FILE = "case.yaml"
_SUFFIXES = {".yaml", ".yml"}


def read_facts(folder: Path) -> Facts:
    """Read every YAML file of a case folder as one; raises FactsError with every fault."""
    paths = yaml_files(folder)
    if not paths:
        raise FactsError([_nothing_to_read(folder)])
    return _merged([_read(path) for path in paths])


def read_file(path: Path) -> Facts:
    """Read one YAML file, such as `firm.yaml`; raises FactsError with every fault."""
    return _merged([_read(path)])


def _read(path: Path) -> Reading:
    text = read_text(path)
    if isinstance(text, Fault):
        return Reading(Text(Path(path.name), ("",)), faults=[text])
    return read_nodes(text)


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
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and not path.is_dir()
    ]
    return sorted(paths, key=lambda path: (path.name != _FIRST_FILE, path.name))


def _nothing_to_read(folder: Path) -> Fault:
    what = "is no YAML file in the folder" if folder.is_dir() else "is no folder"
    message = f'there {what} "{folder.name}"; start a case with: packet-builder new {folder.name}'
    return Fault(Source(Path(_FIRST_FILE), 1, 1), message)
