"""What commands print becomes pictures of a terminal: python -m docs.make_terminal_pictures."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_PICTURES = _ROOT / "docs" / "pictures"
#: What somebody types, and how many lines of the answer are shown.
_SHOWN = {
    "terminal-check.svg": ("check minimal", 7),
    "terminal-plan.svg": ("plan minimal", 20),
}
_MISTAKES = (
    ("[@kittatinny-letter p. 1-2]", "[@kittatinny-letter p. 4]"),
    ("quote: a second haemorrhage on 17", "quote: a second bleed on 17"),
)
_COLUMNS, _WIDE, _HIGH, _EDGE = 116, 7.25, 17, 16
_STYLE = (
    "text{font:12px 'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#d7dde5;white-space:pre}"
    ".error{fill:#ff9b93;font-weight:bold}.warning{fill:#f5c664;font-weight:bold}"
    ".note{fill:#8fc7ff}.typed{fill:#fff;font-weight:bold}"
)
_PIECE = re.compile(r"\b(error|warning|note)(?=: )")


def main() -> None:
    """Run the commands on copies of the samples, and draw what they print."""
    with tempfile.TemporaryDirectory() as name:
        cases = Path(name) / "case_data"
        shutil.copytree(_ROOT / "case_data", cases)
        _err(cases / "minimal" / "case.yaml")
        for picture, (command, most) in _SHOWN.items():
            lines = (f"$ packet-builder {command}", *_printed(command, Path(name)))
            drawn = _drawn([row for line in lines for row in _folded(line)][: most + 1])
            (_PICTURES / picture).write_text(drawn, encoding="utf-8", newline="\n")


def _err(facts: Path) -> None:
    """Make mistakes that somebody could make: a page that is not there, a quote from memory."""
    text = facts.read_text(encoding="utf-8")
    for right, wrong in _MISTAKES:
        text = text.replace(right, wrong)
    facts.write_text(text, encoding="utf-8")


def _printed(command: str, office: Path) -> Sequence[str]:
    where = ["--output", str(office / "output"), "--forms", str(office / "forms")]
    words = [sys.executable, "-m", "packet_builder", "--cases", str(office / "case_data"), *where]
    run = subprocess.run(  # noqa: S603 - our own program
        [*words, *command.split()], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    return run.stdout.splitlines()


def _folded(line: str) -> Iterator[str]:
    """Break a line as a terminal does, but between words, and under its own beginning."""
    indent = line[: len(line) - len(line.lstrip())]
    yield from textwrap.wrap(line, _COLUMNS, subsequent_indent=indent, drop_whitespace=False) or [
        ""
    ]


def _drawn(rows: Sequence[str]) -> str:
    width = round(_COLUMNS * _WIDE) + 2 * _EDGE
    height = len(rows) * _HIGH + 2 * _EDGE
    lines = (
        f'<text x="{_EDGE}" y="{_EDGE + 12 + number * _HIGH}"{_typed(row)}>{_coloured(row)}</text>'
        for number, row in enumerate(rows)
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
            f"<title>{escape(rows[0].removeprefix('$ '))}</title>",
            f"<style>{_STYLE}</style>",
            f'<rect width="{width}" height="{height}" rx="8" fill="#1c2530"/>',
            *lines,
            "</svg>",
            "",
        )
    )


def _typed(row: str) -> str:
    return ' class="typed"' if row.startswith("$ ") else ""


def _coloured(row: str) -> str:
    return _PIECE.sub(r'<tspan class="\1">\1</tspan>', escape(row, quote=False))


if __name__ == "__main__":
    main()
