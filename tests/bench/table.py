"""Writes the table of all that was measured, and its picture: python -m tests.bench.table.

Reads docs/figures/*.json, as the parts of the benchmark left them; writes docs/figures.md and
docs/pictures/binding-cost.svg.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.bench import picture
from tests.bench.results import ROOT, Part, Row, kept, median

TARGET = ROOT / "docs" / "figures.md"
_ORDER = ("builds-full", "builds-long", "binding", "page", "many")
GROWS = ("bound anew", "largest exhibit changed", "only numbers changed")
_HEAD = """\
# Figures

Written by `python -m tests.bench.table` from what `make bench` measured; each part can be measured
again alone (`python -m tests.bench.builds`, `.binding`, `.page`, `.many`). What follows from them
stands in [what was measured, and what was decided](measured.md).

What is compared was measured in turn, in the same rounds, so that both have the same noise; a
ratio is the median of those of the rounds. In brackets stand the least and the most. "Load" is how
many processors others kept busy when a part began: 0 is quiet. MiB are
the most of the largest process.

| What | Median (least–most) | CPU s | MiB | Ratio (least–most) | Aim |
| --- | --- | --- | --- | --- | --- |
"""
_FOOT = """
![Seconds of CPU by pages, for this program and its peers](pictures/binding-cost.svg)
"""


def main() -> None:
    parts = tuple(kept())
    TARGET.write_text(text(parts), encoding="utf-8")
    picture.TARGET.write_text(picture.svg(parts), encoding="utf-8")


def text(parts: Sequence[Part]) -> str:
    """Give the page."""
    lines = [line for part in sorted(parts, key=_place) for line in _lines(part)]
    return _HEAD + "".join(f"{line}\n" for line in (*lines, *_growth(parts))) + _FOOT


def _place(part: Part) -> tuple[int, int, str]:
    """Give where a part stands: small corpora before large ones."""
    order = next(place for place, start in enumerate(_ORDER) if part.name.startswith(start))
    digits = "".join(filter(str.isdigit, part.name))
    return order, int(digits or 0), part.name


def _lines(part: Part) -> Iterator[str]:
    yield f"| **{part.title}** · {part.day}, {part.machine}, load {part.load:g} | | | | | |"
    for row in part.rows:
        cpu = "" if row.cpu is None else _said(row.cpu)
        mib = "" if row.mib is None else f"{row.mib:.0f}"
        measured = f"{_spread(row.samples)} {row.unit}"
        yield f"| {row.what} | {measured} | {cpu} | {mib} | {_ratio(row)} | {row.aim} |"


def _ratio(row: Row) -> str:
    return f"{_spread(row.ratios)} {row.of}" if row.ratios else ""


def _growth(parts: Sequence[Part]) -> Iterator[str]:
    """Say how many times the work of 2,000 pages 10,000 take."""
    of = {part.name: {row.what: median(row.samples) for row in part.rows} for part in parts}
    for kind, pages in (("text", "pages of text"), ("mix", "mixed pages")):
        small, large = (of.get(f"binding-{kind}-{count}", {}) for count in (2000, 10_000))
        for what in (what for what in GROWS if what in small and what in large):
            said = f"{_said(large[what] / small[what])} times the work of 2,000"
            yield f"| 10,000 {pages}, {what} | {said} | | | | 6 |"


def _spread(samples: Sequence[float]) -> str:
    middle = _said(median(samples))
    if len(samples) == 1:
        return middle
    return f"{middle} ({_said(min(samples))}–{_said(max(samples))})"


def _said(number: float) -> str:
    """Give a number with three digits that count, and no more than three behind the point."""
    if number >= 100:
        return f"{number:,.0f}"
    return (
        f"{number:.1f}" if number >= 10 else f"{number:.2f}" if number >= 0.1 else f"{number:.3f}"
    )


if __name__ == "__main__":
    main()
