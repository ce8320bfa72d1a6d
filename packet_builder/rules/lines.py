"""Findings, as the manifest holds them, become the lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_SAID_IN_FULL = 5


def finding_lines(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Give place, weight and message of a finding; then what to do."""
    law = f" ({row['law']})" if row["law"] else ""
    return (f"{_place(row)}: {row['weight']}: {row['message']}", f"    {row['cure']}{law}")


def told(rows: Iterable[Mapping[str, Any]], *, in_full: bool = False) -> Iterator[tuple[str, str]]:
    """Give weight and words of findings, in their order.

    What forms ask and the facts leave open stands together at the end, a paragraph for each place
    in the facts, where it is more than a few and nobody wants it in full.
    """
    rows = tuple(rows)
    at_the_end = not in_full and sum(map(is_question, rows)) > _SAID_IN_FULL
    together: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for row in rows:
        if at_the_end and is_question(row):
            together.setdefault((row["file"], row["line"]), []).append(row)
        else:
            yield row["weight"], "\n".join(finding_lines(row))
    for asked in together.values():
        yield asked[0]["weight"], "\n".join(_question_lines(asked))


def is_question(row: Mapping[str, Any]) -> bool:
    """Tell whether a finding says that a form asks for something, and stops nothing."""
    return bool(row["fact"]) and row["weight"] == "warning"


def _question_lines(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    facts = ", ".join(dict.fromkeys(row["fact"] for row in rows))
    if len(rows) == 1:
        said = "a question of the forms is not answered here, and stays blank on them"
    else:
        said = f"{len(rows)} questions of the forms are not answered here, and stay blank on them"
    return (f"{_place(rows[0])}: {rows[0]['weight']}: {said}", f"    Add: {facts}")


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['file']}:{row['line']}:{row['column']}" if row["line"] else str(row["file"])
