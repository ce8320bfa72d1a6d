"""The layers of each source PDF, carried into the packet so that hidden ones stay hidden."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, TextStringObject

from packet_builder.packet import syntax
from packet_builder.packet.copier import Copier
from packet_builder.packet.written import entry, items, resolved


class Layers:
    """The packet's layers: those of all sources, and which of them are hidden."""

    def __init__(self) -> None:
        self._all: list[bytes] = []
        self._hidden: list[bytes] = []
        self._automatic: list[bytes] = []  # what is shown on the screen only, or in print only

    def name_apart(self, reader: PdfReader, prefix: str) -> None:
        """Put the source's name before those of its layers, before they are copied."""
        for layer in _layers_of(reader):
            group = layer.get_object()
            if isinstance(group, DictionaryObject):
                named = f"{prefix}: {resolved(group.get('/Name')) or 'layer'}"
                group[NameObject("/Name")] = TextStringObject(named)

    def take(self, reader: PdfReader, copier: Copier) -> None:
        """Take over the layers that the copied pages use, each shown or hidden as it was."""
        settings = entry(reader.root_object.get("/OCProperties"), "/D")
        hidden = set(_hidden_of(reader, settings))
        used = [layer for layer in _layers_of(reader) if copier.copied(layer)]
        written = {_key(layer): copier.value(layer) for layer in used}
        self._all.extend(written.values())
        self._hidden.extend(written[_key(layer)] for layer in used if _key(layer) in hidden)
        for rule in map(resolved, items(entry(settings, "/AS"))):
            self._take_rule(rule, written, copier)

    def properties(self) -> bytes | None:
        """Give the catalog's entry; None when no page has layers."""
        if not self._all:
            return None
        shown = {"OFF": syntax.array(self._hidden), "AS": syntax.array(self._automatic)}
        settings = syntax.dictionary({key: value for key, value in shown.items() if value != b"[]"})
        return syntax.dictionary({"OCGs": syntax.array(self._all), "D": settings})

    def _take_rule(
        self, rule: object, written: dict[tuple[int, int], bytes], copier: Copier
    ) -> None:
        if not isinstance(rule, DictionaryObject):
            return
        groups = [layer for layer in items(rule.get("/OCGs")) if isinstance(layer, IndirectObject)]
        concerned = [written[_key(layer)] for layer in groups if _key(layer) in written]
        if concerned:
            rest = copier.entries(rule, without={"/OCGs"})
            self._automatic.append(b"<<%s/OCGs %s>>" % (rest, syntax.array(concerned)))


def _layers_of(reader: PdfReader) -> Iterator[IndirectObject]:
    for layer in items(entry(reader.root_object.get("/OCProperties"), "/OCGs")):
        if isinstance(layer, IndirectObject):
            yield layer


def _hidden_of(reader: PdfReader, settings: object) -> Iterator[tuple[int, int]]:
    shown = {_key(layer) for layer in items(entry(settings, "/ON"))}
    if entry(settings, "/BaseState") == "/OFF":
        yield from (_key(layer) for layer in _layers_of(reader) if _key(layer) not in shown)
    yield from (_key(layer) for layer in items(entry(settings, "/OFF")))


def _key(layer: object) -> tuple[int, int]:
    return (layer.idnum, layer.generation) if isinstance(layer, IndirectObject) else (0, 0)
