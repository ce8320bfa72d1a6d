"""A manifest becomes what can be decided on, and the digests of all that each rests on."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.errors import UsageError
from packet_builder.review.decision import PACKET, Seen

#: Set by the program from the others, and approved with the packet as a whole.
_WITH_THE_PACKET = frozenset({"index", "separator", "slip"})
_LAW_SAYS = ("table", "id", "value", "effective_from", "effective_to", "source", "status")
_GROUPS = {
    "letters": frozenset({"letter"}),
    "forms": frozenset({"form", "addendum"}),
    "exhibits": frozenset({"exhibit"}),
    "enclosures": frozenset({"enclosure"}),
}


class DocumentUnknownError(UsageError):
    """No document of the packet has that name."""

    def __init__(self, named: str, known: Sequence[str]) -> None:
        near = difflib.get_close_matches(named, known, 1, 0.4)
        hint = f'Did you mean "{near[0]}"? ' if near else ""
        super().__init__(
            f'the packet has no document "{named}". {hint}Documents: {", ".join(known)}; '
            f"or {', '.join(_GROUPS)}."
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is decided on."""

    id: str
    kind: str  # as the manifest names kinds, or `packet`
    title: str
    short: str  # the title as sentences name it
    first_page: int
    last_page: int
    seen: Seen

    @property
    def pages(self) -> str:
        """Give its pages of the packet as a person reads them."""
        if self.first_page == self.last_page:
            return f"page {self.first_page}"
        return f"pages {self.first_page}-{self.last_page}"


def subjects_of(manifest: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Give every document that is decided on by itself, in packet order, then the packet."""
    whole = _whole(manifest)
    return (*_documents(manifest, whole), _packet(manifest, whole))


def named(subjects: Sequence[Subject], names: Sequence[str]) -> tuple[Subject, ...]:
    """Give the subjects that names mean: ids, or groups; raises DocumentUnknownError."""
    known = [subject.id for subject in subjects]
    chosen: list[Subject] = []
    for name in names:
        found = [one for one in subjects if name == one.id or one.kind in _GROUPS.get(name, ())]
        if not found:
            raise DocumentUnknownError(name, known)
        chosen += [one for one in found if one not in chosen]
    return tuple(chosen)


def manifest_text(manifest: Mapping[str, Any]) -> bytes:
    """Give a manifest as it is kept with a decision on it."""
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False).encode()


def short_title(manifest: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Give the title of a document as sentences name it."""
    form = next((one for one in manifest["forms"] if one["document"] == row["id"]), None)
    if form is not None:
        return f"Form {form['form']}" + (f" for {form['person']}" if form["person"] else "")
    if row["kind"] == "exhibit":
        return f"Exhibit {row['exhibit']}"
    title: str = row["title"]
    return title


def _documents(manifest: Mapping[str, Any], whole: Mapping[str, str]) -> Iterator[Subject]:
    for row in manifest["documents"]:
        if row["kind"] not in _WITH_THE_PACKET:
            title, short = row["title"], short_title(manifest, row)
            if row["kind"] == "exhibit":
                title = f"{short}, {title}"
            pages, seen = (row["first_page"], row["last_page"]), _seen(manifest, row, whole)
            yield Subject(row["id"], row["kind"], title, short, *pages, seen)


def _packet(manifest: Mapping[str, Any], whole: Mapping[str, str]) -> Subject:
    pages = manifest["packet"]["pages"]
    seen = Seen(law=_law(manifest), **whole)
    title = f"The packet as a whole, {manifest['title']}"
    return Subject(PACKET, PACKET, title, "the packet as a whole", 1, pages, seen)


def _whole(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Give the digests that every decision on a packet names."""
    return {
        "manifest": hashlib.sha256(manifest_text(manifest)).hexdigest(),
        "packet": manifest["packet"]["sha256"],
    }


def _seen(manifest: Mapping[str, Any], row: Mapping[str, Any], whole: Mapping[str, str]) -> Seen:
    """Give what an approval of a document rests on.

    An exhibit rests on its files and not on its letter, which follows from the order: that is
    approved with the packet.
    """
    made_from = row["made_from"]
    form = next((one for one in manifest["forms"] if one["document"] == row["id"]), None)
    return Seen(
        **whole,
        pages=tuple(row["sha256"]),
        editable=row["editable"],
        planned=None if row["kind"] == "exhibit" else row["planned"],
        template=made_from.get("template"),
        blank=made_from.get("blank"),
        edition=f"{form['form']} {form['edition']}" if form else None,
        exhibits=dict(sorted(_exhibits(manifest, row))),
    )


def _exhibits(
    manifest: Mapping[str, Any], row: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    cited = {one["exhibit"] for one in manifest["citations"] if one["document"] == row["id"]}
    letters = {row["exhibit"]} if row["kind"] == "exhibit" else cited
    for exhibit in manifest["exhibits"]:
        if exhibit["letter"] is not None and exhibit["letter"] in letters:
            yield exhibit["id"], tuple(file["sha256"] for file in exhibit["files"])


def law_said(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Give what each row of law says, by what it is used for; who looked it up is no part of it."""
    return {row["used_for"]: json.dumps([row[key] for key in _LAW_SAYS]) for row in manifest["law"]}


def _law(manifest: Mapping[str, Any]) -> str:
    """Give one digest of what the rows of law say."""
    said = json.dumps(law_said(manifest), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
