"""Rows of who signs where become the signing sheet, which lies beside the packet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from packet_builder.assembly.forms import addendum_of_document
from packet_builder.documents.sheets.content import Signatory, SigningLine, SigningSheet

Row = Mapping[str, Any]

_WIDTH = 612.0
_AROUND = 110.0  # points above and below a line that a viewer shows when its link is followed

#: In the order in which people usually sign.
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "petitioner": "petitioner",
        "beneficiary": "beneficiary",
        "guardian": "parent or legal guardian",
        "supporter": "supporter",
        "card_holder": "holder of the card or account that pays",
        "interpreter": "interpreter",
        "preparer": "preparer",
        "attorney": "attorney or accredited representative",
        "client": "client",
        "filer": "filer",
        "other": "",
    }
)
_MARKS = MappingProxyType(
    {
        "signature": "Signature",
        "date": "Date",
        "number": "Written",
        "tick": "Written",
        "text": "Written",
    }
)
_BY_HAND = frozenset({"number", "tick", "text"})
#: What a row may follow to be done in one go with it.
_BEFORE: Mapping[str, frozenset[str]] = MappingProxyType(
    {"signature": frozenset(), "date": frozenset({"signature"})}
)
_INSTRUCTIONS = (
    (
        "Sign by hand in black ink, on the printed line, and write the date of that day. A stamped "
        "or typewritten name is not accepted in place of a signature, and a form that is not "
        "signed is rejected (Instructions for Form I-131, pp. 16-17)."
    ),
    (
        "A photocopy, fax or scan of the page with the handwritten signature is valid (p. 16). "
        "Card and account numbers are written by hand and never kept in a file."
    ),
)
#: What a form's title says beside its number and printed title.
_WHOSE = re.compile(r"(, before [A-Z]+)?(, for .+)?$")
_OF_DRAFTS = "This packet is a draft. Sign the final packet, whose pages carry no DRAFT mark."


def signing_sheet(manifest: Mapping[str, Any], packet: str) -> SigningSheet:
    """Give the sheet of a bound packet; `packet` is its file as seen from the sheet."""
    titles = _titles(manifest)
    bound = manifest["packet"]
    caption = (
        manifest["title"],
        f"Case {manifest['case']}, filing date {manifest['date']}",
        f"Pages are those of {bound['file']}, {bound['pages']} pages",
    )
    is_draft = manifest["state"] == "draft"
    return SigningSheet(
        packet=packet,
        caption=caption,
        instructions=(*_INSTRUCTIONS, _OF_DRAFTS) if is_draft else _INSTRUCTIONS,
        signatories=tuple(_signatories(manifest["signatures"], titles)),
        open=tuple(_open(manifest, titles)),
    )


def _titles(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Give each document's title; that of a form without the words printed on its face."""
    titles = {row["id"]: row["title"] for row in manifest["documents"]}
    for row in manifest["forms"]:
        found = _WHOSE.search(row["title"])
        title = f"Form {row['form']}{found[0] if found else ''}"
        titles |= {
            row["document"]: title,
            addendum_of_document(row["document"]): f"Addendum to {title}",
        }
    return titles


def _signatories(rows: Sequence[Row], titles: Mapping[str, str]) -> Iterator[Signatory]:
    order = list(_ROLES)
    people = dict.fromkeys(_person(row) for row in rows)
    sections = [[row for row in rows if _person(row) == person] for person in people]
    sections.sort(key=lambda section: min(order.index(row["role"]) for row in section))
    for section in sections:
        roles = sorted({row["role"] for row in section}, key=order.index)
        named = [_role(role, section) for role in roles if _ROLES[role] and section[0]["person"]]
        yield Signatory(_person(section[0]), tuple(named), tuple(_lines(section, titles)))


def _person(row: Row) -> str:
    """Give a person's name; whom the facts do not name is called by what he or she does."""
    if row["person"]:
        return str(row["person"])
    role = _ROLES[row["role"]] or "a person"
    whose = f" of {row['signs_for']}" if row["signs_for"] else ""
    return f"{role[0].upper()}{role[1:]}{whose}, whom the facts do not name"


def _role(role: str, section: Sequence[Row]) -> str:
    children = dict.fromkeys(
        row["signs_for"] for row in section if row["role"] == role and row["signs_for"]
    )
    return f"{_ROLES[role]} of {' and '.join(children)}" if children else _ROLES[role]


def _lines(section: Sequence[Row], titles: Mapping[str, str]) -> Iterator[SigningLine]:
    for _, group in groupby(_put_together(section), key=lambda pair: pair[0]):
        rows = [row for _, row in group]
        first = rows[0]
        marks = dict.fromkeys(_MARKS[row["what"]] for row in rows)
        yield SigningLine(
            page=first["page"],
            area=_area(first["box"]),
            document=titles[first["document"]],
            line=_line(rows),
            marks=tuple(marks),
        )


def _put_together(section: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """Give rows with a number that rows have in common which are done in one go.

    That is a signature and its date, or all numbers and ticks of one page.
    """
    number, before = 0, None
    for row in section:
        where = (row["document"], row["page"], row["part"], row["role"])
        goes_with = _BEFORE.get(row["what"], _BY_HAND)
        number += before is None or before[0] != where or before[1] not in goes_with
        before = (where, row["what"])
        yield number, row


def _line(rows: Sequence[Row]) -> str:
    first = rows[0]
    if first["what"] in _BY_HAND:
        return "By hand: " + ", ".join(row["line"] for row in rows)
    part = f"Part {first['part']}, " if first["part"] else ""
    item = f"Item {first['item']}: " if first["item"] else ""
    return f"{part}{item}{first['line']}"


def _area(box: Sequence[float]) -> tuple[float, float, float, float]:
    _, bottom, _, top = box
    return (0.0, max(0.0, bottom - _AROUND), _WIDTH, top + _AROUND)


def _open(manifest: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    slips = [titles[row["document"]] for row in manifest["forms"] if not row["blank"]]
    if slips:
        yield (
            "In place of these forms stand slips. Where they are signed, and by whom, is known "
            f"when they are filled: {'; '.join(slips)}."
        )
    signed = {row["document"] for row in manifest["signatures"]}
    for document in manifest["documents"]:
        if document["kind"] == "letter" and document["id"] not in signed:
            yield (
                f"{document['title']}: it has no line to sign on. If it is to be signed, put a "
                "line of underscores above the name in its template."
            )
