"""The layers of a source PDF, carried into the packet so that hidden ones stay hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, TextStringObject

from packet_builder.packet import syntax
from packet_builder.packet.copier import Copier
from packet_builder.packet.layers import Layers
from packet_builder.packet.written import entry, items, resolved


def name_apart(reader: PdfReader, prefix: str) -> None:
    """Put the source's name before those of its layers, before they are copied."""
    for layer in _layers_of(reader):
        group = layer.get_object()
        if isinstance(group, DictionaryObject):
            named = f"{prefix}: {resolved(group.get('/Name')) or 'layer'}"
            group[NameObject("/Name")] = TextStringObject(named)


def layers_in(reader: PdfReader, copier: Copier) -> Layers:
    """Give the layers that the copied pages use, each shown or hidden as it was."""
    settings = entry(reader.root_object.get("/OCProperties"), "/D")
    hidden = set(_hidden_of(reader, settings))
    used = [layer for layer in _layers_of(reader) if copier.copied(layer)]
    written = {_key(layer): copier.number_of(layer) for layer in used}
    rules = map(resolved, items(entry(settings, "/AS")))
    return Layers(
        tuple(written.values()),
        tuple(number for key, number in written.items() if key in hidden),
        tuple(number for rule in rules for number in _rule(rule, written, copier)),
    )


def _rule(rule: object, written: Mapping[tuple[int, int], int], copier: Copier) -> Iterator[int]:
    if not isinstance(rule, DictionaryObject):
        return
    groups = [layer for layer in items(rule.get("/OCGs")) if isinstance(layer, IndirectObject)]
    concerned = [written[_key(layer)] for layer in groups if _key(layer) in written]
    if concerned:
        rest = copier.entries(rule, without={"/OCGs"})
        yield copier.body.add(b"<<%s/OCGs %s>>" % (rest, syntax.references(concerned)))


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
