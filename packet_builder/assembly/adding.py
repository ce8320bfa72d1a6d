"""What a person adds to a case becomes entries of its facts: evidence, people, events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.errors import UsageError
from packet_builder.facts import filing_files, read_facts, read_filing, yaml_files
from packet_builder.facts.adding import EntryRefusedError, with_entry
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import Facts
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.references import reference_faults
from packet_builder.workspace import write_whole


class EntryFaultyError(UsageError):
    """What is to be added says something that the facts cannot say."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        said = "\n".join(
            f"  {fault.message}{f' ({fault.note})' if fault.note else ''}" for fault in faults
        )
        super().__init__(f"nothing was added:\n{said}")


class ChangedMeanwhileError(UsageError):
    """Somebody saved the file while an entry was being added to it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was saved while this was added to it. Run the command again.")


@dataclass(frozen=True, slots=True)
class Added:
    """An entry that stands in the facts now."""

    file: str  # as the user knows it: relative to the case folder
    line: int  # from 1
    id: str
    blanks: tuple[str, ...]  # what is still to be filled in, in words


def _nothing() -> None:
    """Do nothing."""


def put_in(
    folder: Path,
    filing: str | None,
    key: str,
    entry: str,
    first: Callable[[], None] = _nothing,
) -> Added:
    """Put an entry at the end of a list of the facts of a case, or of one of its filings.

    `first` is done once the entry was found to be good, before it is written.
    The file that has the list is written; where none has, `case.yaml`, or that of the filing. All
    facts are read again before anything is written, and say what they said and the entry.
    Raises FactsError, EntryFaultyError, EntryRefusedError, ChangedMeanwhileError.
    """
    _, before = read_filing(folder, filing)
    path = _file_with(folder, filing, key)
    name = path.relative_to(folder).as_posix()
    content = path.read_bytes()
    new = with_entry(content, key, entry, name)
    _, after = read_filing(folder, filing, {path: new})
    *former, item = _list(after, key)
    if former != [*_list(before, key)]:
        raise EntryRefusedError(name, key, entry)
    line = after.values[key, len(former)].line
    faults = [one for one in _faults(after) if _is_of(one, name, line, entry)]
    if wrong := [one for one in faults if not one.is_blank]:
        raise EntryFaultyError(wrong)
    first()
    if path.read_bytes() != content:
        raise ChangedMeanwhileError(name)
    write_whole(path.resolve(), new)
    identifier = item.get("id") if isinstance(item, Mapping) else None
    return Added(name, line + 1, str(identifier or ""), tuple(one.message for one in faults))


def ids_in(folder: Path, filing: str | None, key: str) -> tuple[str, ...]:
    """Give the ids of a list in the case's own files, and in that of a filing."""
    both = (*_list(read_facts(folder), key), *_list(read_filing(folder, filing)[1], key))
    ids = [one.get("id") for one in both if isinstance(one, Mapping)]
    return tuple(dict.fromkeys(one for one in ids if isinstance(one, str)))


def _file_with(folder: Path, filing: str | None, key: str) -> Path:
    """Give the file that holds a list of the facts, or that it is to be put into."""
    further = filing_files(folder).get(filing or "")
    if further is not None:
        return further
    facts = read_facts(folder)
    mark = facts.keys.get((key,))
    return folder / mark.file if mark else yaml_files(folder)[0]


def _list(facts: Facts, key: str) -> Sequence[object]:
    value = facts.tree.get(key)
    return value if isinstance(value, list) else ()


def _faults(facts: Facts) -> Iterator[Fault]:
    try:
        interpret(Case, facts)
    except FactsError as error:
        yield from error.faults
    yield from reference_faults(facts)


def _is_of(fault: Fault, name: str, line: int, entry: str) -> bool:
    """Tell whether a fault stands on one of the lines of an entry."""
    lines = range(line + 1, line + 2 + entry.count("\n"))
    return fault.source.path.as_posix() == name and fault.source.line in lines
