"""A form's map and the blank it is for become a list of where they do not fit each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from packet_builder.documents.forms.box import Box, BoxKind
from packet_builder.plan.form_map import FormMap


def map_faults(form: FormMap, edition: str, boxes: Mapping[str, Box] | None) -> tuple[str, ...]:
    """Give each fault in a sentence; without a blank only those that the map shows by itself."""
    faults = list(_of_map(form, edition))
    if boxes is not None:
        faults += [*_of_names(form, boxes), *_of_states(form, boxes)]
    return tuple(faults)


def _of_map(form: FormMap, edition: str) -> Iterator[str]:
    if form.edition != edition:
        yield f"the map says that it is for edition {form.edition}, not {edition}"
    for name, count in Counter(form.fields).items():
        if count > 1:
            yield f"the map names the box {name} {count} times"


def _of_names(form: FormMap, boxes: Mapping[str, Box]) -> Iterator[str]:
    known = set(form.fields)
    for name, box in boxes.items():
        if name not in known:
            yield f"the map does not name the box {name} on page {box.page}"
    for name in sorted(known - set(boxes)):
        yield f"the blank has no box {name}, which the map names"


def _of_states(form: FormMap, boxes: Mapping[str, Box]) -> Iterator[str]:
    for item in form.items:
        for answer, tick in item.ticks.items():
            box = boxes.get(tick.field)
            if box is not None and box.kind is not BoxKind.TICK:
                yield f'the map ticks {tick.field} for "{answer}", which is not a box to tick'
            elif box is not None and tick.state not in {state.strip() for state in box.states}:
                states = ", ".join(f'"{state.strip()}"' for state in box.states)
                yield f'the box {tick.field} has no state "{tick.state}"; it has {states}'
