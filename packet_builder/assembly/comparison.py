"""Two builds of a filing become what changed between them: facts, words, exhibits, pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.assembly.builds import Build
from packet_builder.assembly.fact_changes import FactChange, fact_changes, shortened
from packet_builder.documents.word.word import Word, open_word
from packet_builder.drafts.redline import Line, redline
from packet_builder.kept import is_kept, kept_file

_NOT_COMPARED = frozenset({"separator"})  # they follow their exhibits


@dataclass(frozen=True, slots=True)
class Section:
    """A document of our own whose pages changed."""

    id: str
    title: str
    said: str  # "new", "gone", "3 paragraphs changed", "changed"
    lines: tuple[Line, ...] = ()  # of a letter, word by word


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page that does not look as before."""

    title: str
    document: str
    page: int  # within its document
    old: int | None  # packet pages
    new: int | None

    def __str__(self) -> str:
        """Say it on one line."""
        what = "new" if self.old is None else "gone" if self.new is None else "changed"
        return f"{self.title}, page {self.page}: {what}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed from one build to another."""

    old: Build
    new: Build
    facts: tuple[FactChange, ...]
    sections: tuple[Section, ...]
    exhibits: tuple[str, ...]
    pages: tuple[ChangedPage, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.facts or self.sections or self.exhibits or self.pages)


def compare(folder: Path, old: Build, new: Build) -> Comparison:
    """Compare two builds of the filing in a folder; raises KeptContentLostError."""
    return Comparison(
        old,
        new,
        tuple(_facts(folder, old, new)),
        tuple(_sections(folder, old, new)),
        tuple(_exhibits(old, new)),
        tuple(_pages(folder, old, new)),
    )


def letter_of(folder: Path, build: Build, document: str) -> Word | None:
    """Give the Word copy of a letter of a build."""
    row = next((one for one in build.manifest["documents"] if one["id"] == document), None)
    if row is None or row["kind"] != "letter" or row["editable"] is None:
        return None
    return open_word(kept_file(folder, row["editable"]), f"{document}.docx")


def exhibit_letters(build: Build) -> dict[str, str]:
    """Give the exhibit letters of a build, by evidence id."""
    return {one["id"]: one["letter"] for one in build.manifest["exhibits"] if one["letter"]}


def _facts(folder: Path, old: Build, new: Build) -> Iterator[FactChange]:
    was, now = (_tree(folder, build) for build in (old, new))
    yield from fact_changes(was, now)


def _tree(folder: Path, build: Build) -> object:
    digest = build.manifest["facts"]["sha256"]
    return json.loads(kept_file(folder, digest).read_text(encoding="utf-8"))


def _sections(folder: Path, old: Build, new: Build) -> Iterator[Section]:
    was, now = (_documents(build) for build in (old, new))
    for row in was.values():
        if row["id"] not in now:
            yield Section(row["id"], row["title"], "gone")
    for row in now.values():
        before = was.get(row["id"])
        if before is None:
            yield Section(row["id"], row["title"], "new")
        elif before["sha256"] != row["sha256"]:
            yield _section(folder, old, new, row)


def _documents(build: Build) -> dict[str, Mapping[str, Any]]:
    return {
        one["id"]: one
        for one in build.manifest["documents"]
        if one["kind"] not in {"exhibit", *_NOT_COMPARED}
    }


def _section(folder: Path, old: Build, new: Build, row: Mapping[str, Any]) -> Section:
    before, after = (letter_of(folder, build, row["id"]) for build in (old, new))
    if before is None or after is None:
        return Section(row["id"], row["title"], "changed")
    lines = redline(before, after)
    number = sum(line.is_changed for line in lines)
    said = "1 paragraph changed" if number == 1 else f"{number} paragraphs changed"
    return Section(row["id"], row["title"], said if number else "only its look changed", lines)


def _exhibits(old: Build, new: Build) -> Iterator[str]:
    was, now = ({one["id"]: one for one in build.manifest["exhibits"]} for build in (old, new))
    for identifier, row in was.items():
        if identifier not in now:
            yield f"{_exhibit(row)}: gone"
    for identifier, row in now.items():
        before = was.get(identifier)
        if before is None:
            yield f"{_exhibit(row)}: new, {row['pages']} page(s)"
        else:
            yield from (f"{_exhibit(row)}: {what}" for what in _exhibit_changes(before, row))


def _exhibit(row: Mapping[str, Any]) -> str:
    letter = f"Exhibit {row['letter']}" if row["letter"] else "waived"
    return f"{letter} ({row['id']}, {shortened(row['title'])})"


def _exhibit_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if before["letter"] != after["letter"]:
        yield f"was Exhibit {before['letter']}" if before["letter"] else "was waived"
    if before["title"] != after["title"]:
        yield f"was titled {shortened(before['title'])}"
    files = [[one["sha256"] for one in row["files"]] for row in (before, after)]
    if files[0] != files[1]:
        yield f"its files changed; {before['pages']} page(s) before, {after['pages']} now"


def _pages(folder: Path, old: Build, new: Build) -> Iterator[ChangedPage]:
    """Give the pages that look otherwise, by document and page, never by likeness."""
    from packet_builder.packet.side_by_side import same_looks  # noqa: PLC0415 - start-up time

    was, now = (_rows(build) for build in (old, new))
    titles = {row["id"]: row["title"] for row in (*was.values(), *now.values())}
    candidates: list[ChangedPage] = []
    for identifier in dict.fromkeys((*was, *now)):
        before, after = was.get(identifier), now.get(identifier)
        if before is not None and after is not None and before["sha256"] == after["sha256"]:
            continue
        first, last = _packet_pages(before), _packet_pages(after)
        candidates += [
            ChangedPage(titles[identifier], identifier, page, first.get(page), last.get(page))
            for page in sorted({*first, *last})
        ]
    packets = [build.manifest["packet"]["sha256"] for build in (old, new)]
    if not all(is_kept(folder, packet) for packet in packets):
        yield from (page for page in candidates if page.old is None or page.new is None)
        return
    pairs = [(page.old or 0, page.new or 0) for page in candidates]
    same = same_looks(kept_file(folder, packets[0]), kept_file(folder, packets[1]), pairs)
    yield from (page for page, alike in zip(candidates, same, strict=True) if not alike)


def _rows(build: Build) -> dict[str, Mapping[str, Any]]:
    rows = build.manifest["documents"]
    return {one["id"]: one for one in rows if one["kind"] not in _NOT_COMPARED}


def _packet_pages(row: Mapping[str, Any] | None) -> dict[int, int]:
    if row is None:
        return {}
    pages = range(row["first_page"], row["last_page"] + 1)
    return dict(enumerate(pages, 1))
