"""Fees, delivery and official forms of a manifest become tables of the preflight report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from packet_builder.assembly.preflight.tables import proof_of, table_of
from packet_builder.documents.sheets.report import Piece, Row, Table

Rows = Sequence[Mapping[str, Any]]
_NOTHING = (("", 1.0),)
_NOT_ENCLOSED = (
    "The parole fee (Pub. L. 119-21) is not enclosed and is not paid with Form I-131: it is due "
    "only on approval, and"
)
_COLLECTED: Mapping[str, str] = MappingProxyType(
    {
        "cbp": "CBP collects it at the port of entry (Form G-1055, App. B, pp. 42, 46).",
        "uscis": (
            "USCIS collects it online, on its notice of conditional approval (Form G-1055, App. B, "
            "pp. 45-47)."
        ),
    }
)
_PLANNING = "Its amount is for planning."


def fees(manifest: Mapping[str, Any]) -> Table:
    """Give the fees of each person, what is enclosed, and that the parole fee is not."""
    rows: list[Row] = []
    fees = manifest["fees"]
    for person in dict.fromkeys(row["person"] for row in fees):
        own = [row for row in fees if row["person"] == person]
        rows.extend(map(_fee, own))
        due = sum(row["usd"] for row in own if row["enclosed"])
        rows.append(_total(f"Enclosed for {person}", due))
    total = sum(row["usd"] for row in fees if row["enclosed"])
    rows.append(_total("Enclosed in all", total))
    columns = (("For", 0.26), ("Amount", 0.12), ("How it is met", 0.34), ("Source", 0.28))
    collectors = dict.fromkeys(row["collector"] for row in fees if row["collector"])
    notes = tuple(f"{_NOT_ENCLOSED} {_COLLECTED[one]} {_PLANNING}" for one in collectors)
    return Table("Fees", columns, tuple(rows), notes)


def _fee(row: Mapping[str, Any]) -> Row:
    is_sure = row["status"] == "primary"
    sure = row["status"] if is_sure else f"{row['status']}: confirm before filing"
    return Row(
        (
            (Piece(row["person"]), Piece(row["what"])),
            (Piece(f"${row['usd']:,}"),),
            (Piece(row["how"]),),
            (Piece(row["source"]), Piece(f"{sure}; checked on {row['checked_on']}")),
        ),
        "" if is_sure else "weak",
    )


def _total(what: str, usd: int) -> Row:
    return Row(((Piece(what),), (Piece(f"${usd:,}"),), (), ()), "sum")


def delivery(manifest: Mapping[str, Any]) -> Table:
    """Give where the filing goes."""
    delivery = manifest["delivery"]
    rows = [row for row in manifest["law"] if row["table"] == "filing_addresses"]
    if not delivery["address"]:
        way = delivery["mode"] or "handed over"
        return Table("Delivery", _NOTHING, (), (f"Delivery: {way}; no address.",))
    columns = ((f"By {delivery['carrier']}", 0.5), ("Source", 0.5))
    lines = tuple(Piece(line) for line in delivery["address"])
    proofs = [proof_of(row) for row in rows] or [(Piece("the notice that is answered"),)]
    return Table("Delivery", columns, tuple(Row((lines, proof)) for proof in proofs))


def editions(manifest: Mapping[str, Any]) -> Table:
    """Give the edition of each form, and whether it was filled."""
    known = {row["id"]: row for row in manifest["law"] if row["table"] == "form_editions"}
    forms = dict.fromkeys(row["form"] for row in manifest["forms"])
    rows = [_edition(form, manifest["forms"], known.get(form.lower())) for form in forms]
    columns = (("Form", 0.1), ("Edition and its source", 0.5), ("In the packet", 0.4))
    return table_of("Editions", columns, rows, "The packet has no official form.")


def _edition(form: str, rows: Rows, law: Mapping[str, Any] | None) -> Row:
    own = [row for row in rows if row["form"] == form]
    source = (Piece(law["value"]), *proof_of(law)) if law else ()
    state = "" if all(row["blank"] for row in own) else "weak"
    return Row(((Piece(form),), source, tuple(map(_filled, own))), state)


def _filled(row: Mapping[str, Any]) -> Piece:
    whose = row["person"] or "the filing"
    if not row["blank"]:
        return Piece(f"{whose}: a slip, its blank is missing")
    count = len(row["open_questions"])
    return Piece(f"{whose}: filled, {count} open question{'' if count == 1 else 's'}")


def open_items(manifest: Mapping[str, Any]) -> Table:
    """Give what is open on the forms, or has to be done by hand."""
    columns = (("Form", 0.34), ("What to do by hand", 0.66))
    rows = [
        Row(((Piece(_form(row)),), tuple(map(Piece, said))), _weight(row))
        for row in manifest["forms"]
        if (said := tuple(_by_hand(row)))
    ]
    return table_of("Open on the forms", columns, rows, "Nothing is open on the forms.")


def _weight(row: Mapping[str, Any]) -> str:
    return "weak" if row["open_questions"] or row["unplaced"] else ""


def _form(row: Mapping[str, Any]) -> str:
    return f"{row['form']}, {row['person']}" if row["person"] else str(row["form"])


def _by_hand(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"open: {sentence}" for sentence in row["open_questions"])
    for kind in ("unplaced", "carried"):
        yield from (f"{kind}: {sentence}" for sentence in row[kind])
    for one in row["addendum"]:
        part = f"Part {one['part']}, " if one["part"] else ""
        yield f"on the addendum, to be signed: {part}Item {one['item']}"
