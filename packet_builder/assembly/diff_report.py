"""A comparison of two builds becomes a page to read, redlines for Word, and pictures of pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from pathlib import Path

from packet_builder.assembly.comparison import (
    Comparison,
    Section,
    exhibit_letters,
    letter_of,
)
from packet_builder.drafts.merge import Version, merge
from packet_builder.drafts.redline import Change, Line
from packet_builder.kept import is_kept, kept_file
from packet_builder.packet.side_by_side import side_by_side
from packet_builder.workspace import whole_file, write_whole

_REPORT = "changes.html"
_TAGS = {Change.GONE: "del", Change.COME: "ins"}
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1b1b; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #ccc }
h3 { font-size: 1rem; margin: 1.6rem 0 .4rem }
ins { color: #1f4fbf; text-decoration: underline } del { color: #b00020 }
.line { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid #e0e0e0 }
.line.changed { border-color: #1f4fbf }
img { width: 100%; border: 1px solid #ccc; margin-top: .4rem }
.none { color: #666 }
"""


def write_report(folder: Path, comparison: Comparison) -> Path:
    """Write the report of a comparison below a filing's folder; give the page to open."""
    target = folder / "diff" / f"{comparison.old.name}-{comparison.new.name}"
    redlines = dict(_redlines(folder, comparison, target))
    pictures = dict(_pictures(folder, comparison, target))
    page = "\n".join(_page(comparison, redlines, pictures))
    write_whole(target / _REPORT, page.encode())
    return target / _REPORT


def _redlines(folder: Path, comparison: Comparison, target: Path) -> Iterator[tuple[str, str]]:
    """Write each changed letter as a Word file that shows the changes as tracked ones."""
    old, new = comparison.old, comparison.new
    date = dt.date.fromisoformat(new.manifest["date"])
    for section in comparison.sections:
        before, after = letter_of(folder, old, section.id), letter_of(folder, new, section.id)
        if before is None or after is None:
            continue
        versions = (Version(before, exhibit_letters(old)), Version(after, exhibit_letters(new)))
        content = merge(versions[0], before, versions[1], date).content
        if content is not None:
            name = f"{section.id.removeprefix('letter-')}-redline.docx"
            write_whole(target / name, content)
            yield section.id, name


def _pictures(
    folder: Path, comparison: Comparison, target: Path
) -> Iterator[tuple[tuple[str, int], str]]:
    digests = [one.manifest["packet"]["sha256"] for one in (comparison.old, comparison.new)]
    if not all(is_kept(folder, digest) for digest in digests):
        return
    packets = [kept_file(folder, digest) for digest in digests]
    for page in comparison.pages:
        name = f"{page.document}-{page.page}.png"
        sheet = side_by_side(packets[0], packets[1], (page.old, page.new))
        with whole_file(target / name) as part:
            sheet.save(part, "PNG", optimize=True)
        yield (page.document, page.page), name


def _page(
    comparison: Comparison, redlines: dict[str, str], pictures: dict[tuple[str, int], str]
) -> Iterator[str]:
    manifest = comparison.new.manifest
    title = f"{manifest['case']}: {manifest['title']}"
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    yield f"<body><h1>{escape(title)}</h1>"
    yield f"<p>From {escape(comparison.old.title)} to {escape(comparison.new.title)}.</p>"
    yield from _listed("Facts", [str(fact) for fact in comparison.facts])
    yield "<h2>Sections</h2>"
    for section in comparison.sections:
        yield from _section(section, redlines.get(section.id))
    if not comparison.sections:
        yield '<p class="none">None changed.</p>'
    yield from _listed("Exhibits", comparison.exhibits)
    yield "<h2>Pages</h2>"
    for page in comparison.pages:
        yield f"<h3>{escape(str(page))}</h3>"
        if name := pictures.get((page.document, page.page)):
            yield f'<img src="{escape(name)}" alt="before, and after" loading="lazy">'
    if not comparison.pages:
        yield '<p class="none">None changed.</p>'
    yield "</body></html>"


def _listed(title: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    yield f"<h2>{title}</h2>"
    if not lines:
        yield '<p class="none">None changed.</p>'
        return
    yield "<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in lines)
    yield "</ul>"


def _section(section: Section, docx: str | None) -> Iterator[str]:
    yield f"<h3>{escape(section.title)}: {escape(section.said)}</h3>"
    if docx:
        yield f'<p><a href="{escape(docx)}">Redline for Word</a></p>'
    for number, line in enumerate(section.lines):
        near = section.lines[max(number - 1, 0) : number + 2]
        if any(one.is_changed for one in near):
            yield redline_html(line)


def redline_html(line: Line) -> str:
    """Give a paragraph with what went and what came; every sign of the text is escaped."""
    pieces = (_piece(piece.change, escape(piece.text)) for piece in line.pieces)
    mark = " changed" if line.is_changed else ""
    return f'<p class="line{mark}">{"".join(pieces)}</p>'


def _piece(change: Change, text: str) -> str:
    tag = _TAGS.get(change)
    return f"<{tag}>{text}</{tag}>" if tag else text
