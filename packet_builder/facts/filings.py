"""The facts of a case and a filing's own file become the facts of that filing.

What the filing's own file gives stands in place of what the case says, field by field: a field
below `request:` or `petitioner:`, or below the id of a beneficiary or supporter, is replaced whole.
The case's evidence goes with a filing only where `exhibits:` below its `filing:` names it; evidence
that the file gives itself is added.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import FactPath, Facts, Mark

FOLDER = "filings"
_PEOPLE = ("beneficiaries", "supporters")
_EVIDENCE = "evidence"
_EXHIBITS: FactPath = ("filing", "exhibits")
#: What is said of one filing alone, and does not hold for the next.
_OF_ONE_FILING = ("filing", "notice", "accepted_findings", _EVIDENCE)


@dataclass(frozen=True, slots=True)
class _Part:
    """Facts that are taken whole from one of the two, and their place in both."""

    source: Facts
    old: FactPath
    new: FactPath


def kind_of_filing(facts: Facts) -> str:
    """Give the kind of filing that facts describe; "" where they do not say."""
    filing = facts.tree.get("filing")
    kind = filing.get("kind") if isinstance(filing, Mapping) else None
    return kind if isinstance(kind, str) else ""


def is_further(facts: Facts) -> bool:
    """Tell whether facts are those of a further filing: it has only the evidence that it names."""
    return any(path.parts[0] == FOLDER for path in facts.texts)


def chosen_exhibits(case: Facts) -> Iterator[Fault]:
    """Give a fault where the case itself chooses exhibits: all of its evidence is filed."""
    if "exhibits" in _mapping(case.tree.get("filing")):
        message = "the filing of the case itself has all evidence of the case"
        note = "remove it; to leave evidence out, give it `waived:` with a reason"
        yield case.fault_at(_EXHIBITS, message, note, at_key=True)


def of_filing(case: Facts, own: Facts) -> Facts:
    """Give the facts of a filing; raises FactsError where it names evidence that is not there."""
    if faults := (*_lacking(own), *_of_the_case(own), *_unknown_exhibits(case, own)):
        raise FactsError(faults)
    parts = (*_parts(case, own), *_evidence(case, own))
    tree: dict[str, Any] = {}
    for part in parts:
        _put(tree, part.new, part.source.value_at(part.old))
    return Facts(
        tree,
        {(): case.values[()], **_marks((case, own), parts, "values")},
        _marks((case, own), parts, "keys"),
        {**case.texts, **own.texts},
    )


def _parts(case: Facts, own: Facts) -> Iterator[_Part]:
    for key, before in case.tree.items():
        given = own.tree.get(key)
        if key in _OF_ONE_FILING or (key == "petitioner" and _is_filed_alone(own)):
            continue
        if key not in own.tree:
            yield _Part(case, (key,), (key,))
        elif key in _PEOPLE and isinstance(before, list) and isinstance(given, list):
            yield from _people(case, own, key)
        elif isinstance(before, dict) and isinstance(given, dict):
            yield from _fields((case, (key,)), (own, (key,)), (key,))
    for key, given in own.tree.items():
        is_merged = isinstance(given, (dict, list)) and type(case.tree.get(key)) is type(given)
        is_people = key in _PEOPLE or isinstance(given, dict)
        if key != _EVIDENCE and (key in _OF_ONE_FILING or not (is_merged and is_people)):
            yield _Part(own, (key,), (key,))


def _is_filed_alone(own: Facts) -> bool:
    """Tell whether a beneficiary files this one alone: then the petitioner of the case does not."""
    alone = _mapping(own.tree.get("filing")).get("self_petitioner")
    return alone is not None and "petitioner" not in own.tree


def _fields(
    before: tuple[Facts, FactPath], given: tuple[Facts, FactPath], new: FactPath
) -> Iterator[_Part]:
    """Give the fields of one thing; where both have a field, the filing's own."""
    fields: dict[str, _Part] = {}
    for source, old in (before, given):
        for name in _mapping(source.value_at(old)):
            fields[name] = _Part(source, (*old, name), (*new, name))
    yield from fields.values()


def _people(case: Facts, own: Facts, key: str) -> Iterator[_Part]:
    before, given = _items(case.tree[key]), _items(own.tree[key])
    known = [_id_of(person) for person in before]
    place = {_id_of(person): position for position, person in enumerate(given)}
    for position, identifier in enumerate(known):
        path = (key, position)
        if identifier in place and identifier:
            yield from _fields((case, path), (own, (key, place[identifier])), path)
        else:
            yield _Part(case, path, path)
    new = [position for position, one in enumerate(given) if _id_of(one) not in known]
    for count, position in enumerate(new, start=len(before)):
        yield _Part(own, (key, position), (key, count))


def _evidence(case: Facts, own: Facts) -> Iterator[_Part]:
    named = {identifier for _, identifier in _exhibits(own)}
    chosen = [
        (case, position)
        for position, one in enumerate(_items(case.tree.get(_EVIDENCE)))
        if _id_of(one) in named
    ]
    added = [(own, position) for position, _ in enumerate(_items(own.tree.get(_EVIDENCE)))]
    for count, (source, position) in enumerate((*chosen, *added)):
        yield _Part(source, (_EVIDENCE, position), (_EVIDENCE, count))


def _lacking(own: Facts) -> Iterator[Fault]:
    if "filing" not in own.tree:
        note = "say what is filed, how and when, as in case.yaml"
        yield own.fault_at((), 'missing field "filing"', note)


def _of_the_case(own: Facts) -> Iterator[Fault]:
    if "events" in own.tree:
        message = "events happen to the case, and every filing has to know of them"
        note = "move them to the case's own files, such as events.yaml beside case.yaml"
        yield own.fault_at(("events",), message, note, at_key=True)


def _unknown_exhibits(case: Facts, own: Facts) -> Iterator[Fault]:
    known = [_id_of(one) for one in _items(case.tree.get(_EVIDENCE))]
    for path, identifier in _exhibits(own):
        if identifier not in known:
            near = difflib.get_close_matches(identifier, known, 1, 0.5)
            note = f'did you mean "{near[0]}"?' if near else "it names evidence of the case"
            message = f'there is no evidence "{identifier}" in the case\'s own files'
            yield own.fault_at(path, message, note)


def _exhibits(own: Facts) -> Iterator[tuple[FactPath, str]]:
    given = _mapping(own.tree.get("filing")).get("exhibits")
    if isinstance(given, str):
        yield _EXHIBITS, given
    for position, identifier in enumerate(_items(given)):
        if isinstance(identifier, str):
            yield (*_EXHIBITS, position), identifier


def _put(tree: dict[str, Any], path: FactPath, value: object) -> None:
    """Put a value at its place; parts come in the order of the lists that they are put into."""
    here: Any = tree
    for step, following in pairwise(path):
        if isinstance(here, dict):
            here = here.setdefault(step, [] if isinstance(following, int) else {})
        elif step == len(here):
            here.append({})
            here = here[-1]
        else:
            here = here[int(step)]
    if isinstance(here, dict):
        here[path[-1]] = value
    else:
        here.append(value)


def _marks(sources: Sequence[Facts], parts: Sequence[_Part], kind: str) -> dict[FactPath, Mark]:
    """Give where everything stands; what holds parts of both stands in the filing's own file."""
    found: dict[FactPath, Mark] = {}
    for source in sources:
        marks: Mapping[FactPath, Mark] = getattr(source, kind)
        taken = [part for part in parts if part.source is source]
        found |= {
            part.new[:length]: marks[part.old[:length]]
            for part in taken
            for length in range(1, len(part.old))
            if part.old[:length] in marks
        }
        found |= _moved(marks.items(), {part.old: part.new for part in taken})
    return found


def _moved(
    marks: Iterable[tuple[FactPath, Mark]], moved: Mapping[FactPath, FactPath]
) -> Iterator[tuple[FactPath, Mark]]:
    longest = max(map(len, moved), default=0)
    for path, mark in marks:
        for length in range(1, min(len(path), longest) + 1):
            if (new := moved.get(path[:length])) is not None:
                yield (*new, *path[length:]), mark
                break


def _id_of(item: object) -> str:
    identifier = _mapping(item).get("id")
    return identifier if isinstance(identifier, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
