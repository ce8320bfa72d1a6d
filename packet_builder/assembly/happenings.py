"""What happened in a case becomes an entry of its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from packet_builder.assembly.adding import Added, ids_in, put_in
from packet_builder.assembly.evidence_kinds import free_id
from packet_builder.case_lock import case_lock
from packet_builder.errors import UsageError
from packet_builder.facts.adding import entry_of
from packet_builder.model.events import EVENT_KINDS
from packet_builder.model.fields import choices_at
from packet_builder.model.help import field_help
from packet_builder.workspace import Folders

_OURS = frozenset({"id", "event"})  # which the command itself gives


class EventKindError(UsageError):
    """There is no such kind of event."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f'there is no kind of event "{kind}"; one of: {", ".join(EVENT_KINDS)}. '
            "What each says: docs/deadlines.md."
        )


class EventIncompleteError(UsageError):
    """An event says too little for a deadline to follow from it."""

    def __init__(self, kind: str, missing: Mapping[str, str]) -> None:
        shown = "\n".join(
            f"  --set {name}=...  {words}".rstrip() for name, words in missing.items()
        )
        super().__init__(f'nothing was added: an event "{kind}" says more. Add:\n{shown}')


def asked_of(kind: str) -> tuple[tuple[str, str], ...]:
    """Give what an event of a kind must say, each with its meaning; raises EventKindError."""
    if kind not in EVENT_KINDS:
        raise EventKindError(kind)
    return tuple(_needed(EVENT_KINDS[kind]))


def add_event(folder: Path, folders: Folders, kind: str, fields: Mapping[str, object]) -> Added:
    """Add an event to a case.

    Raises EventKindError, EventIncompleteError, and as `put_in` does.
    """
    missing = {name: words for name, words in asked_of(kind) if not _says(fields, name)}
    if missing:
        raise EventIncompleteError(kind, missing)
    with case_lock(folder, folders.output / folder.name):
        identifier = free_id(kind.replace("_", "-"), ids_in(folder, None, "events"))
        said = {"id": identifier, "event": kind, **fields}
        usual = [name for name in EVENT_KINDS[kind].model_fields if name in said]
        item = {name: said[name] for name in (*usual, *said)}
        return put_in(folder, None, "events", entry_of(item))


def _needed(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, str]]:
    """Give each field that must be given, fields of fields with a dot between."""
    helped = field_help(model)
    for name, field in model.model_fields.items():
        if not field.is_required() or name in _OURS:
            continue
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _needed(field.annotation, f"{before}{name}.")
            continue
        choices = ", ".join(choices_at(model, (name,)))
        words = helped[name]
        yield f"{before}{name}", f"{words} ({choices})" if choices else words


def _says(fields: Mapping[str, object], path: str) -> bool:
    value: object = fields
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value is not None
