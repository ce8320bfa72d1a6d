"""An error of ours becomes a row that another process can send, and the row the same error."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from packet_builder.errors import PacketError

_OURS = "packet_builder."
_PLAIN = (str, int, float, bool, type(None))


def row_of(error: PacketError) -> dict[str, Any]:
    """Give an error as plain values: its class, its message, what it says of itself."""
    kind = type(error)
    said = {name: _plain(value) for name, value in vars(error).items()}
    return {"class": [kind.__module__, kind.__name__], "message": str(error), "said": said}


def error_of(row: Mapping[str, Any]) -> PacketError:
    """Give the error of a row. Only errors of this program are made, whatever the row says."""
    module, name = map(str, row["class"])
    kind = getattr(importlib.import_module(module), name) if module.startswith(_OURS) else None
    if not (isinstance(kind, type) and issubclass(kind, PacketError)):
        message = "a row that names no error of ours"
        raise TypeError(message)
    error = kind.__new__(kind)
    error.args = (str(row["message"]),)
    error.__dict__.update({str(name): _value(value) for name, value in row["said"].items()})
    return error


def _plain(value: object) -> object:
    if isinstance(value, PacketError):
        return {"error": row_of(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, _PLAIN) else str(value)


def _value(value: object) -> object:
    if isinstance(value, Mapping):
        return error_of(value["error"])
    return tuple(map(_value, value)) if isinstance(value, list) else value
