"""Copies what pages need from one source PDF into the packet: bytes as they are, numbers anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.packet.written import reference_to

# What a page's looks never need, and what would carry a whole file, or something private, along.
_LEFT_BEHIND = frozenset(
    {"/Page", "/Pages", "/Catalog", "/Metadata", "/EmbeddedFile", "/Filespec", "/F"}
    | {"/StructElem", "/StructTreeRoot", "/Annot", "/Action"}
)
# Entries of a stream: /F fetches its bytes from another file; the others describe, never draw.
_NOT_DRAWN = frozenset(
    {"/Length", "/F", "/FFilter", "/FDecodeParms", "/Metadata", "/PieceInfo", "/LastModified"}
    | {"/StructParent", "/StructParents", "/OPI", "/AF", "/Ref", "/Thumb"}
)

_Write = Callable[[Any, list[bytes]], None]


class Copier:
    """Copies the objects of one source, each once, whatever refers to it."""

    def __init__(self, reader: PdfReader, body: Body) -> None:
        self.body = body
        self._reader = reader
        self._numbers: dict[tuple[int, int], int] = {}
        self._shared: dict[int, int] = {}
        self._waiting: list[tuple[int, IndirectObject]] = []
        self._writers: dict[type, _Write] = {
            NameObject: lambda value, out: out.append(syntax.name(value)),
            NumberObject: lambda value, out: out.append(b"%d" % value),
            FloatObject: lambda value, out: out.append(syntax.number(value)),
            IndirectObject: lambda value, out: out.append(syntax.reference(self.number_of(value))),
            DictionaryObject: self._write_dictionary,
            ArrayObject: self._write_array,
            TextStringObject: lambda value, out: out.append(syntax.string(value.original_bytes)),
            ByteStringObject: lambda value, out: out.append(syntax.string(bytes(value))),
            BooleanObject: lambda value, out: out.append(b"true" if value.value else b"false"),
            NullObject: lambda _, out: out.append(b"null"),
        }

    def number_of(self, reference: IndirectObject) -> int:
        """Give the packet's number of a source's object, which is copied by the next `drain`."""
        key = (reference.idnum, reference.generation)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self.body.reserve()
            self._waiting.append((number, reference))
        return number

    def copied(self, reference: IndirectObject) -> bool:
        """Tell whether anything copied so far refers to an object."""
        return (reference.idnum, reference.generation) in self._numbers

    def value(self, value: PdfObject) -> bytes:
        """Give a value as it is written into the packet."""
        out: list[bytes] = []
        self._write(value, out)
        return b"".join(out)

    def shared(self, value: PdfObject) -> bytes:
        """Give a reference to a value that several pages use, written once."""
        reference = reference_to(value)
        if reference is not None:
            return syntax.reference(self.number_of(reference))
        if id(value) not in self._shared:  # the reader holds `value`: its id stays its own
            self._shared[id(value)] = self.body.add(self.value(value))
        return syntax.reference(self._shared[id(value)])

    def entries(self, value: DictionaryObject, without: Iterable[str] = ()) -> bytes:
        """Give the entries of a dictionary, without its brackets."""
        left = frozenset(without)
        out: list[bytes] = []
        for key, entry in value.items():
            if key not in left:
                out.append(syntax.name(key))
                out.append(b" ")
                self._write(entry, out)
        return b"".join(out)

    def stream_entries(self, stream: StreamObject, without: Iterable[str] = ()) -> bytes:
        """Give the entries of a stream's dictionary that its new copy keeps."""
        return self.entries(stream, _NOT_DRAWN.union(without))

    def forget(self, stream: StreamObject) -> None:
        """Free a stream that was written."""
        reference = reference_to(stream)
        if reference is not None:
            self._reader.resolved_objects.pop((reference.generation, reference.idnum), None)

    def drain(self) -> None:
        """Write all that was referred to, and all that this refers to, and let go of it."""
        while self._waiting:
            number, reference = self._waiting.pop()
            value = reference.get_object()
            if isinstance(value, StreamObject):
                self._put_stream(number, value)
                self.forget(value)
            elif value is None:  # an object that the file does not have
                self.body.put(number, b"null")
            else:
                self.body.put(number, self.value(value))

    def _put_stream(self, number: int, stream: StreamObject) -> None:
        if _is_left_behind(stream):
            self.body.put(number, b"null")
        else:
            self.body.put_stream(number, self.stream_entries(stream), stream._data)  # noqa: SLF001 - the encoded bytes; get_data() would decode them

    def _write(self, value: PdfObject, out: list[bytes]) -> None:
        self._writers[type(value)](value, out)  # streams only stand behind references

    def _write_array(self, value: ArrayObject, out: list[bytes]) -> None:
        out.append(b"[")
        for item in value:
            self._write(item, out)
            out.append(b" ")
        out.append(b"]")

    def _write_dictionary(self, value: DictionaryObject, out: list[bytes]) -> None:
        if _is_left_behind(value):
            out.append(b"null")
            return
        out.append(b"<<")
        for key, entry in value.items():
            out.append(syntax.name(key))
            out.append(b" ")
            self._write(entry, out)
        out.append(b">>")


def _is_left_behind(value: PdfObject) -> bool:
    if not isinstance(value, DictionaryObject):
        return False
    kind = value.get("/Type")
    return isinstance(kind, str) and kind in _LEFT_BEHIND
