"""The fields of two editions of a form become what is gone, new, renamed and changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from packet_builder.documents.forms.box import Box

_SAME_PLACE = 2.0  # points


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in a field that both editions have."""

    field: str
    page: int  # in the new edition
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field that lies where another lay."""

    before: str
    after: str
    page: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a map has to follow when it moves from one edition to another."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    changed: tuple[Change, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether a map of the one fits the other."""
        return not (self.gone or self.new or self.renamed or self.changed)


def difference(before: Mapping[str, Box], after: Mapping[str, Box]) -> Difference:
    """Compare the fields of two blanks; barcodes, which say the edition, only by their names."""
    gone = {name: box for name, box in before.items() if name not in after}
    new = {name: box for name, box in after.items() if name not in before}
    renamed = tuple(_renamed(gone, new))
    old_names = {one.before for one in renamed}
    new_names = {one.after for one in renamed}
    pairs = [(before[name], after[name]) for name in after if name in before]
    pairs += [(before[one.before], after[one.after]) for one in renamed]
    changes = ((new_box, tuple(_changes(old_box, new_box))) for old_box, new_box in pairs)
    return Difference(
        gone=tuple(name for name in gone if name not in old_names),
        new=tuple(name for name in new if name not in new_names),
        renamed=renamed,
        changed=tuple(Change(box.name, box.page, what) for box, what in changes if what),
    )


def against_names(known: Iterable[str], after: Mapping[str, Box]) -> Difference:
    """Compare a blank with the names of a map, where the blank of that map is not at hand."""
    names = dict.fromkeys(known)
    gone = tuple(name for name in names if name not in after)
    new = tuple(name for name in after if name not in names)
    return Difference(gone, new, (), ())


def _renamed(gone: Mapping[str, Box], new: Mapping[str, Box]) -> Iterator[Renamed]:
    """Pair fields of one kind that lie in one place: position is what a printed form is about."""
    free = list(new.values())
    for box in gone.values():
        found = next((one for one in free if _is_in_place_of(one, box)), None)
        if found is not None:
            free.remove(found)
            yield Renamed(box.name, found.name, found.page)


def _is_in_place_of(one: Box, other: Box) -> bool:
    return (one.page, one.kind) == (other.page, other.kind) and not _has_moved(one, other)


def _has_moved(one: Box, other: Box) -> bool:
    sides = zip(one.rect, other.rect, strict=True)
    return any(abs(side - before) > _SAME_PLACE for side, before in sides)


def _changes(before: Box, after: Box) -> Iterator[str]:
    if before.page != after.page:
        yield f"moved from page {before.page} to page {after.page}"
    elif _has_moved(before, after):
        yield f"moved on page {after.page}"
    if before.kind is not after.kind:
        yield f"{_KINDS[before.kind.name]} became {_KINDS[after.kind.name]}"
    if set(before.states) != set(after.states):
        yield f"state {_listed(before.states)} became {_listed(after.states)}"
    if before.options != after.options:
        yield f"choices: {_choices(before, after)}"
    if before.max_length != after.max_length:
        yield f"most letters: {before.max_length or 'any'} became {after.max_length or 'any'}"
    for name, what in (("is_comb", "one letter a cell"), ("is_multiline", "several lines")):
        if getattr(before, name) != getattr(after, name):
            yield f"{'now' if getattr(after, name) else 'no longer'} {what}"


_KINDS = {"TEXT": "a field for text", "TICK": "a box to tick", "CHOICE": "a list of choices"}


def _listed(states: Iterable[str]) -> str:
    return ", ".join(f'"{state}"' for state in sorted(states)) or "none"


def _choices(before: Box, after: Box) -> str:
    lost = [option for option in before.options if option not in after.options]
    added = [option for option in after.options if option not in before.options]
    parts = (("without", lost), ("with", added))
    told = [f"{word} {_listed(options)}" for word, options in parts if options]
    return " and ".join(told) or "in another order"
