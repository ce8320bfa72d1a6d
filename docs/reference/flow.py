"""The stages of a build become a picture: what each is given, what it does, what it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple


class Stage(NamedTuple):
    """One stage, which is a module or a package of that name."""

    name: str
    does: str
    given: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


STAGES = (
    Stage("facts", "read", ("the case:", "*.yaml", "firm.yaml")),
    Stage("model", "interpret"),
    Stage("rules", "examine", ("law: dated tables,", "the office's", "law.yaml"), ("findings",)),
    Stage(
        "plan",
        "arrange",
        ("outline:", "the order", "of a filing"),
        ("exhibit letters,", "citations"),
    ),
    Stage(
        "documents",
        "render",
        ("letter templates,", "blank forms,", "evidence, drafts"),
        ("letters, forms,", "exhibits: PDF"),
    ),
    Stage("pages", "number"),
    Stage("packet", "bind", (), ("packet-DRAFT.pdf,", "packet.json")),
    Stage("review", "decide", ("a person", "who looks"), ("approvals, then", "final/packet.pdf")),
)
_IN_A_ROW = 4
_BOX, _TALL = 130, 58
_STEP, _ROW = 186, 240
_LEFT, _TOP = 26, 92
_LINE = 18
_WIDTH = _LEFT * 2 + _STEP * (_IN_A_ROW - 1) + _BOX
_HEIGHT = _ROW * (len(STAGES) // _IN_A_ROW)
_STYLE = (
    "text{font:14px Arial,Helvetica,sans-serif;fill:#1f2937;text-anchor:middle}"
    "text.name{font-weight:bold;font-size:16px}text.beside{fill:#475569}"
    ".stage{fill:#e8eefc;stroke:#3b5bb5}.last{fill:#e6f4ea;stroke:#2f7d4f}"
    ".way{stroke:#64748b;fill:none;marker-end:url(#tip)}.tip{fill:#64748b}"
)
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>'
)


def flow_picture() -> str:
    """Give the picture, as SVG."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">',
            "<title>The flow of a build, stage by stage</title>",
            f"<style>{_STYLE}</style>",
            _TIP,
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            *(line for place, stage in enumerate(STAGES) for line in _drawn(place, stage)),
            *(_way(*pair) for pair in pairwise(range(len(STAGES)))),
            "</svg>",
            "",
        )
    )


def _corner(place: int) -> tuple[int, int]:
    row, column = divmod(place, _IN_A_ROW)
    return _LEFT + column * _STEP, _TOP + row * _ROW


def _drawn(place: int, stage: Stage) -> Iterator[str]:
    left, top = _corner(place)
    middle = left + _BOX // 2
    kind = "last" if stage is STAGES[-1] else "stage"
    yield f'<rect class="{kind}" x="{left}" y="{top}" width="{_BOX}" height="{_TALL}" rx="8"/>'
    yield f'<text class="name" x="{middle}" y="{top + 25}">{stage.name}</text>'
    yield f'<text x="{middle}" y="{top + 45}">{stage.does}</text>'
    if stage.given:
        above = top - 28
        yield from _words(middle, above - _LINE * (len(stage.given) - 1), stage.given)
        yield f'<path class="way" d="M{middle} {above + 6}V{top - 2}"/>'
    if stage.leaves:
        below = top + _TALL
        yield f'<path class="way" d="M{middle} {below}V{below + 20}"/>'
        yield from _words(middle, below + 37, stage.leaves)


def _words(middle: int, top: int, lines: tuple[str, ...]) -> Iterator[str]:
    for number, line in enumerate(lines):
        y = top + number * _LINE
        yield f'<text class="beside" x="{middle}" y="{y}">{escape(line)}</text>'


def _way(one: int, other: int) -> str:
    """Lead from a stage to the next: along the row, or from its end to the row below."""
    (left, top), (to_left, to_top) = _corner(one), _corner(other)
    start, y = left + _BOX, top + _TALL // 2
    if top == to_top:
        return f'<path class="way" d="M{start} {y}H{to_left - 2}"/>'
    between = to_top - 84
    to_y = to_top + _TALL // 2
    return f'<path class="way" d="M{start} {y}h14V{between}H{to_left - 14}V{to_y}h12"/>'
