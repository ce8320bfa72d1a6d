"""Checks that the parts of a case which name each other by id mean something that is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from packet_builder.facts.fault import Fault
from packet_builder.facts.filings import is_further
from packet_builder.facts.tree import FactPath, Facts

_LISTS = ("beneficiaries", "supporters", "evidence", "events")
_WAIVERS = (("fees", "i131", "waiver"), ("fees", "i765", "waiver"))
_ANSWERED = ("rfe", "noid")  # events that another one may answer


def reference_faults(facts: Facts) -> tuple[Fault, ...]:
    """Give a fault for each id that is given twice, or that names nothing.

    Works on the facts as written, so that these faults come in one pass with all others.
    """
    return (
        *(
            fault
            for name in _LISTS
            for fault in _doubled(facts, _ids(facts.tree.get(name), (name,)))
        ),
        *_doubled(facts, _events(facts)),
        *(fault for waiver in _WAIVERS for fault in _doubled(facts, _members(facts, waiver))),
        *_doubled(facts, _asked(facts)),
        *_dangling(facts),
        *_filer_faults(facts),
    )


def _doubled(facts: Facts, named: Iterable[tuple[FactPath, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, identifier in named:
        if identifier in seen:
            yield facts.fault_at(path, f'"{identifier}" is given twice as an id', "use another id")
        seen.add(identifier)


def _dangling(facts: Facts) -> Iterator[Fault]:
    people = [identifier for _, identifier in _ids(facts.tree.get("beneficiaries"), ())]
    events = [identifier for _, identifier in _events(facts)]
    for path, identifier in _named_people(facts):
        if identifier not in people:
            yield _unknown(facts, path, identifier, ("beneficiary", people))
    for path, identifier in _named_events(facts):
        if identifier not in events:
            yield _unknown(facts, path, identifier, ("event of the immigration history", events))
    for waiver in _WAIVERS:
        members = [identifier for _, identifier in _members(facts, waiver)]
        for path, identifier in _names(facts.tree, (*waiver, "benefits", "*", "recipient")):
            if identifier not in members:
                yield _unknown(facts, path, identifier, ("member of the household", members))
    yield from _dangling_in_events(facts)


def _dangling_in_events(facts: Facts) -> Iterator[Fault]:
    evidence = [identifier for _, identifier in _ids(facts.tree.get("evidence"), ())]
    notices = [
        item["id"]
        for item in _items(facts.tree.get("events"))
        if isinstance(item, Mapping) and item.get("event") in _ANSWERED and "id" in item
    ]
    for path, identifier in _names(facts.tree, ("events", "*", "evidence")):
        if identifier not in evidence and not is_further(facts):
            yield _unknown(facts, path, identifier, ("evidence", evidence))
    for path, identifier in (
        *_names(facts.tree, ("events", "*", "answers")),
        *_names(facts.tree, ("notice", "event")),
    ):
        if identifier not in notices:
            yield _unknown(facts, path, identifier, ("rfe or noid among the events", notices))


def _filer_faults(facts: Facts) -> Iterator[Fault]:
    filing = facts.tree.get("filing")
    alone = filing.get("self_petitioner") if isinstance(filing, Mapping) else None
    petitioner = facts.tree.get("petitioner")
    if alone is not None and petitioner is not None:
        message = "both a petitioner and a self_petitioner are given"
        yield facts.fault_at(("filing", "self_petitioner"), message, "keep one of the two")
    if alone is None and petitioner is None:
        message = "nobody files: there is no petitioner"
        note = 'add "petitioner:", or "self_petitioner:" under "filing:"'
        yield facts.fault_at(("filing",), message, note, at_key=True)


def _unknown(
    facts: Facts, path: FactPath, identifier: str, known: tuple[str, Sequence[str]]
) -> Fault:
    what, names = known
    near = difflib.get_close_matches(identifier, names, 1, 0.5)
    note = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(names) or 'none'}"
    return facts.fault_at(path, f'there is no {what} "{identifier}"', note)


def _ids(value: object, path: FactPath) -> Iterator[tuple[FactPath, str]]:
    for position, item in enumerate(_items(value)):
        identifier = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(identifier, str):
            yield (*path, position, "id"), identifier


def _events(facts: Facts) -> Iterator[tuple[FactPath, str]]:
    for position, person in enumerate(_items(facts.tree.get("beneficiaries"))):
        if isinstance(person, Mapping):
            path = ("beneficiaries", position, "immigration_history")
            yield from _ids(person.get("immigration_history"), path)


def _members(facts: Facts, waiver: FactPath) -> Iterator[tuple[FactPath, str]]:
    """Give the household of the person who asks for a fee waiver."""
    value: object = facts.tree
    for step in waiver:
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        yield from _ids(value.get("household"), (*waiver, "household"))


def _asked(facts: Facts) -> Iterator[tuple[FactPath, str]]:
    """Give the items of the notice that is answered."""
    notice = facts.tree.get("notice")
    if isinstance(notice, Mapping):
        yield from _ids(notice.get("items"), ("notice", "items"))


def _named_people(facts: Facts) -> Iterator[tuple[FactPath, str]]:
    tree = facts.tree
    yield from _names(tree, ("supporters", "*", "beneficiaries"))
    yield from _names(tree, ("request", "grounds", "*", "beneficiaries"))
    yield from _names(tree, ("fees", "parole_fee", "*", "beneficiary"))
    for waiver in _WAIVERS:
        yield from _names(tree, (*waiver, "family"))
    yield from _names(tree, ("filing", "self_petitioner"))
    yield from _names(tree, ("filing", "beneficiaries"))
    yield from _names(tree, ("strategy", "routes", "*", "beneficiaries"))
    yield from _names(tree, ("events", "*", "beneficiaries"))


def _named_events(facts: Facts) -> Iterator[tuple[FactPath, str]]:
    yield from _names(facts.tree, ("discretion", "negative", "*", "events"))


def _names(
    value: object, steps: Sequence[str], path: FactPath = ()
) -> Iterator[tuple[FactPath, str]]:
    if not steps:
        yield from _texts(value, path)
    elif steps[0] == "*" and isinstance(value, Mapping):
        yield from _names(value, steps[1:], path)
    elif steps[0] == "*":
        for position, item in enumerate(_items(value)):
            yield from _names(item, steps[1:], (*path, position))
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _names(value[steps[0]], steps[1:], (*path, steps[0]))


def _texts(value: object, path: FactPath) -> Iterator[tuple[FactPath, str]]:
    if isinstance(value, str):
        yield path, value
    for position, item in enumerate(_items(value)):
        if isinstance(item, str):
            yield (*path, position), item


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
