"""The hostile files that the tests try become a table: what was tried, how many, what happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.reference.table import table
from tests.hostile import CASES, ELSEWHERE
from tests.hostile_case import Hostile, Refused

_SHOWN = 6  # of one kind, by name


def files_block() -> str:
    """Give a row for each kind of file."""
    kinds = dict.fromkeys(one.kind for one in CASES)
    rows = [_row(kind, [one for one in CASES if one.kind == kind]) for kind in kinds]
    total = f"{len(CASES)} files of {len(kinds)} kinds."
    return "\n".join((total, "", *table(("What", "Files", "Among them", "What happens"), rows)))


def elsewhere_block() -> str:
    """Give a row for each attack that other tests try."""
    rows = [(what, happens, f"`{test}`") for what, happens, test in ELSEWHERE]
    return "\n".join(table(("What", "What happens", "Shown by"), rows))


def _row(kind: str, cases: Sequence[Hostile]) -> Sequence[str]:
    named = "; ".join(one.what for one in cases[:_SHOWN])
    more = f"; and {len(cases) - _SHOWN} more" if len(cases) > _SHOWN else ""
    return kind, str(len(cases)), f"{named}{more}", "\n".join(_outcomes(cases))


def _outcomes(cases: Sequence[Hostile]) -> Iterator[str]:
    refused: dict[str, int] = {}
    taken: dict[str, int] = {}
    for one in cases:
        if isinstance(one.comes_to, Refused):
            name = one.comes_to.error.__name__
            refused[name] = refused.get(name, 0) + 1
        else:
            taken[one.comes_to.says] = taken.get(one.comes_to.says, 0) + 1
    for name, count in refused.items():
        yield f"{count} refused: [`{name}`](errors.md)"
    for says, count in taken.items():
        yield f"{count} taken" + (f', saying "{says}"' if says else "")
