"""A path in the facts becomes the words in which a person finds the place."""

from __future__ import annotations

from packet_builder.facts.fault import quoted
from packet_builder.facts.tree import FactPath, Facts


def name_of(facts: Facts, path: FactPath) -> str:
    """Give a place in words: `evidence "osei-letter", translation.certified`."""
    names: list[str] = []
    start = 0
    for end, part in enumerate(path):
        if isinstance(part, int):
            names.append(_item_name(facts, path[: end + 1], ".".join(map(str, path[start:end]))))
            start = end + 1
    if start < len(path):
        names.append(".".join(map(str, path[start:])))
    return ", ".join(names)


def _item_name(facts: Facts, path: FactPath, of: str) -> str:
    item = facts.value_at(path)
    identifier = item.get("id") if isinstance(item, dict) else None
    if isinstance(identifier, str) and identifier:
        return f"{of} {quoted(identifier)}"
    item_name = f"the {_ordinal(int(path[-1]) + 1)} item"
    return f"{item_name} of {of}" if of else item_name


def _ordinal(number: int) -> str:
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
