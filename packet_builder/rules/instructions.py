"""Where the instructions for Form I-131 ask for what, by the parole that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from packet_builder.outline import Outline, Parole

_REASON: Mapping[Parole, str] = MappingProxyType(
    {
        Parole.INITIAL: "Instructions for Form I-131, p. 26, item 5.C(3)",
        Parole.NEW_PERIOD: "Instructions for Form I-131, p. 26, item 6.A(2)",
    }
)
_VISA: Mapping[Parole, str] = MappingProxyType(
    {
        Parole.INITIAL: "Instructions for Form I-131, p. 26, item 5.C(5)",
        Parole.NEW_PERIOD: "Instructions for Form I-131, p. 26, item 6.A(3)",
    }
)


def asks_reason(outline: Outline) -> str:
    """Give where the reason for parole and the explanation of its length are asked for."""
    return _REASON[outline.parole or Parole.INITIAL]


def asks_visa(outline: Outline) -> str:
    """Give where the statement is asked for that no visa, and no other status, can be had."""
    return _VISA[outline.parole or Parole.INITIAL]
