"""What stands in a source PDF, taken with care: it may be anything."""

from __future__ import annotations

import math

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

_MOST_STEPS = 8  # from reference to reference; more is a circle


def resolved(value: object) -> object:
    """Give the object that a reference leads to, and any other value as it is."""
    for _ in range(_MOST_STEPS):
        if not isinstance(value, IndirectObject):
            return value
        value = value.get_object()
    return None


def reference_to(value: PdfObject) -> IndirectObject | None:
    """Give the reference under which an object stands in its file; None for one inside another."""
    found = getattr(value, "indirect_reference", None)  # pypdf sets it on indirect objects only
    return found if isinstance(found, IndirectObject) else None


def mapping(written: object) -> DictionaryObject | None:
    """Give what should be a dictionary; None when it is none."""
    found = resolved(written)
    return found if isinstance(found, DictionaryObject) else None


def entry(holder: object, key: str) -> object:
    """Give an entry of what should be a dictionary."""
    found = mapping(holder)
    return None if found is None else resolved(found.get(key))


def items(written: object) -> tuple[object, ...]:
    """Give the items of what should be an array, references as they are."""
    found = resolved(written)
    return tuple(found) if isinstance(found, ArrayObject) else ()


def length(written: object) -> float | None:
    """Give what should be a number; None when it is none, or infinite."""
    value = resolved(written)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


def lengths(written: object, count: int) -> tuple[float, ...] | None:
    """Give what should be so many numbers; None when they are not."""
    found = resolved(written)
    if not isinstance(found, (list, tuple)) or len(found) != count:
        return None
    known = tuple(value for value in map(length, found) if value is not None)
    return known if len(known) == count else None
