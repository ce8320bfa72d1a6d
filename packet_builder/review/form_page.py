"""What the manifest says of one page of an official form: what fills it, and what stays blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.review.shown import ShownPage

_REMARKS: Mapping[str, str] = {
    "written": "",
    "ticked": "",
    "additional": "carried to Additional Information",
    "addendum": "carried to the addendum",
    "unplaced": "not printed: it has letters that no form can print",
    "open": "",
}
_SAME = "the same in every filing"


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A printed item, its answer, and where that stands in the facts."""

    place: str  # Part 2, Item 16; empty where nothing is numbered
    asked: str
    answer: str
    is_ticked: bool
    remark: str
    facts: str  # case.yaml:55


@dataclass(frozen=True, slots=True)
class ShownBlank:
    """Boxes that stay blank on purpose."""

    reason: str
    items: str
    boxes: int
    facts: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands beside a page of a form, or of the sheets that continue it."""

    items: tuple[ShownItem, ...]
    open: tuple[ShownItem, ...]
    blanks: tuple[ShownBlank, ...]
    ink: tuple[str, ...]
    open_on: tuple[int, ...]  # other pages of the packet on which questions are open
    places: frozenset[tuple[str, int]]  # of the answers, in the facts


def form_page(manifest: Mapping[str, Any], page: ShownPage) -> FormPage | None:
    """Give what a page of a form shows; None for a page of anything else."""
    kind, form = page.document.kind, _form_of(manifest, page)
    if form is None:
        return None
    here = [one for one in form["items"] if _stands_on(one, page, kind)]
    answered = [one for one in here if one["state"] != "open"]
    is_form, number = kind == "form", page.document_page
    left = [one for one in form["left_blank"] if is_form and one["page"] == number]
    return FormPage(
        tuple(map(_item, answered)),
        tuple(_item(one) for one in here if one["state"] == "open"),
        tuple(map(_blank, left)),
        tuple(_ink(row) for row in manifest["signatures"] if row["page"] == page.page),
        tuple(_open_elsewhere(form, page)) if is_form else (),
        frozenset((one["file"], one["line"]) for row in answered for one in row["places"]),
    )


def _form_of(manifest: Mapping[str, Any], page: ShownPage) -> Mapping[str, Any] | None:
    """Give the form of a page; sheets that continue a form stand right behind it."""
    names = {page.document.id}
    if page.document.kind == "addendum":
        names = {
            row["id"]
            for row in manifest["documents"]
            if row["last_page"] == page.document.first_page - 1
        }
    return next((row for row in manifest["forms"] if row["document"] in names), None)


def _stands_on(item: Mapping[str, Any], page: ShownPage, kind: str) -> bool:
    if kind == "addendum":
        return bool(item["state"] == "addendum")
    return page.document_page in item["pages"]


def _open_elsewhere(form: Mapping[str, Any], page: ShownPage) -> Iterator[int]:
    pages = {one["pages"][0] for one in form["items"] if one["state"] == "open"}
    yield from (
        page.document.first_page + one - 1 for one in sorted(pages) if one != page.document_page
    )


def _item(row: Mapping[str, Any]) -> ShownItem:
    return ShownItem(
        place=_place(row["part"], row["item"]),
        asked=row["asked"],
        answer=row["answer"] or "",
        is_ticked=row["state"] == "ticked",
        remark=_REMARKS[row["state"]],
        facts=_facts(row["places"]) or _SAME,
    )


def _place(part: str | None, item: str) -> str:
    """Give the printed place; what has no number on the form is named by its question alone."""
    words = (f"Part {part}" if part else "", f"Item {item}" if item[:1].isdigit() else "")
    return ", ".join(filter(None, words))


def _blank(row: Mapping[str, Any]) -> ShownBlank:
    return ShownBlank(row["reason"], _items(row["items"]), row["boxes"], _facts(row["places"]))


def _facts(places: Iterable[Mapping[str, Any]]) -> str:
    """Give places as a reader looks them up: `case.yaml:20, 24; firm.yaml:28`."""
    lines: dict[str, list[str]] = {}
    for one in sorted(places, key=lambda one: (one["file"], one["line"])):
        lines.setdefault(one["file"], []).append(str(one["line"]))
    return "; ".join(f"{file}:{', '.join(told)}" for file, told in lines.items())


def _items(items: Sequence[str]) -> str:
    """Give items together that are of one part: `Part 11, Items 1, 2`."""
    parts: dict[str, list[str]] = {}
    for one in items:
        part, _, item = one.rpartition("Item ")
        parts.setdefault(part, []).append(item)
    return "; ".join(_named(part, told) for part, told in parts.items())


def _named(part: str, items: Sequence[str]) -> str:
    if not items[0][:1].isdigit():
        return ", ".join(items)
    return f"{part}Item{'s' if len(items) > 1 else ''} {', '.join(items)}"


def _ink(row: Mapping[str, Any]) -> str:
    who = row["person"] or "a person whom the facts do not name"
    return f"{row['line']}: by {who}"
