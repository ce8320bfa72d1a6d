"""The manifest becomes the preflight report: all that is to be looked at before filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packet_builder.assembly.matrix_report import caption_of
from packet_builder.documents.sheets.report import Part, Piece, Report, Row, Table
from packet_builder.rules.internal import INTERNAL_MARK

Rows = Sequence[Mapping[str, Any]]
_NOTHING = (("", 1.0),)


def preflight_report(manifest: Mapping[str, Any], packet: str) -> Report:
    """Give the preflight report of a packet."""
    return Report(
        title="Preflight Report",
        mark=INTERNAL_MARK,
        packet=packet,
        caption=caption_of(manifest),
        summary=tuple(_summary(manifest)),
        parts=(
            Part("Findings", (_findings(manifest), _accepted(manifest))),
            Part("Fees and delivery", (_fees(manifest), _delivery(manifest))),
            Part("Official forms", (_editions(manifest), _open(manifest))),
            Part("Evidence", (_left_out(manifest), _waived(manifest))),
            Part("Pages", (_pages(manifest), _spans(manifest))),
            Part("Law that this packet rests on", tuple(_law(manifest["law"]))),
        ),
    )


def _summary(manifest: Mapping[str, Any]) -> Iterator[str]:
    weights = Counter(
        "accepted" if row["accepted"] else row["weight"] for row in manifest["findings"]
    )
    gaps = sum(line["state"] == "gap" for row in manifest["matrix"] for line in row["lines"])
    yield (
        f"Findings: {weights['warning']} to weigh, {weights['note']} to note, "
        f"{weights['accepted']} accepted. Gaps in the evidence matrix: {gaps}."
    )
    slips = sum(not row["blank"] for row in manifest["forms"])
    asked = sum(len(row["open_questions"]) for row in manifest["forms"])
    filled = len(manifest["forms"]) - slips
    yield f"Forms: {filled} filled, {slips} on slips; open questions: {asked}."
    total = sum(row["usd"] for row in manifest["fees"] if row["enclosed"])
    yield f"Enclosed in fees: ${total:,}. The parole fee is never enclosed."
    unsure = sum(row["status"] != "primary" or bool(row["confirm"]) for row in _firm(manifest))
    yield f"Rows of law to confirm before filing: {unsure}."


def _findings(manifest: Mapping[str, Any]) -> Table:
    rows = [row for row in manifest["findings"] if not row["accepted"]]
    columns = (("Weight", 0.12), ("What was found", 0.46), ("What to do", 0.42))
    return _table("To look at", columns, [_finding(row) for row in rows], "Nothing was found.")


def _finding(row: Mapping[str, Any]) -> Row:
    where = f"{row['file']}:{row['line']}" if row["file"] else ""
    law = (Piece(f"({row['law']})"),) if row["law"] else ()
    found = (Piece(row["message"]), Piece(f"[{row['rule']}, {where}]"))
    return Row(((Piece(row["weight"].upper()),), found, (Piece(row["cure"]), *law)), row["weight"])


def _accepted(manifest: Mapping[str, Any]) -> Table:
    columns = (("Finding", 0.5), ("Reason", 0.32), ("By", 0.18))
    rows = [
        Row(
            (
                (Piece(_before_acceptance(row["message"])), Piece(f"[{row['rule']}]")),
                (Piece(row["accepted"]["reason"]),),
                (Piece(row["accepted"]["by"]), Piece(f"accepted {row['accepted']['weight']}")),
            ),
            "weak",
        )
        for row in manifest["findings"]
        if row["accepted"]
    ]
    return _table("Accepted", columns, rows, "Nobody accepted a finding.")


def _before_acceptance(message: str) -> str:
    return message.partition(" (accepted ")[0]


def _fees(manifest: Mapping[str, Any]) -> Table:
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
    note = (
        "The parole fee (Pub. L. 119-21) is not enclosed and is not paid with Form I-131: it is "
        "due only on approval, and CBP collects it at the port of entry (Form G-1055, App. B, "
        "pp. 42, 46). Its amount is for planning."
    )
    return Table("Fees", columns, tuple(rows), (note,))


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


def _delivery(manifest: Mapping[str, Any]) -> Table:
    delivery = manifest["delivery"]
    rows = [row for row in manifest["law"] if row["table"] == "filing_addresses"]
    if not delivery["address"]:
        return Table("Delivery", _NOTHING, (), (f"Delivery: {delivery['mode']}; no address.",))
    columns = ((f"By {delivery['carrier']}", 0.5), ("Source", 0.5))
    lines = tuple(Piece(line) for line in delivery["address"])
    return Table("Delivery", columns, tuple(Row((lines, _proof(row))) for row in rows))


def _proof(row: Mapping[str, Any]) -> tuple[Piece, ...]:
    own = (Piece(f"the office's own row, {row['own']}"),) if row["own"] else ()
    sure = (Piece(f"{row['status']}; checked on {row['checked_on']}"),)
    confirm = (Piece(f"confirm: {row['confirm']}"),) if row["confirm"] else ()
    return (Piece(row["source"]), *sure, *confirm, *own)


def _editions(manifest: Mapping[str, Any]) -> Table:
    known = {row["id"]: row for row in manifest["law"] if row["table"] == "form_editions"}
    forms = dict.fromkeys(row["form"] for row in manifest["forms"])
    rows = [_edition(form, manifest["forms"], known.get(form.lower())) for form in forms]
    columns = (("Form", 0.1), ("Edition and its source", 0.5), ("In the packet", 0.4))
    return _table("Editions", columns, rows, "The packet has no official form.")


def _edition(form: str, rows: Rows, law: Mapping[str, Any] | None) -> Row:
    own = [row for row in rows if row["form"] == form]
    source = (Piece(law["value"]), *_proof(law)) if law else ()
    state = "" if all(row["blank"] for row in own) else "weak"
    return Row(((Piece(form),), source, tuple(map(_filled, own))), state)


def _filled(row: Mapping[str, Any]) -> Piece:
    whose = row["person"] or "the filing"
    if not row["blank"]:
        return Piece(f"{whose}: a slip, its blank is missing")
    count = len(row["open_questions"])
    return Piece(f"{whose}: filled, {count} open question{'' if count == 1 else 's'}")


def _open(manifest: Mapping[str, Any]) -> Table:
    columns = (("Form", 0.34), ("What to do by hand", 0.66))
    rows = [
        Row(((Piece(_form(row)),), tuple(map(Piece, said))), _weight(row))
        for row in manifest["forms"]
        if (said := tuple(_by_hand(row)))
    ]
    return _table("Open on the forms", columns, rows, "Nothing is open on the forms.")


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


def _left_out(manifest: Mapping[str, Any]) -> Table:
    rows = [
        Row(((Piece(row["file"]),), tuple(map(Piece, (*row["removals"], *row["notes"])))))
        for row in manifest["intake"]
    ]
    rows += [
        Row(((Piece(_place(row)),), (Piece(f"not carried into the packet: {row['what']}"),)))
        for row in manifest["removals"]
    ]
    columns = (("File", 0.4), ("What was left out or mended", 0.6))
    return _table("What was stripped", columns, rows, "Nothing was left out of any file.")


def _place(row: Mapping[str, Any]) -> str:
    file = row["file"] or row["document"]
    return f"{file}, page {row['page']}" if row["page"] else str(file)


def _waived(manifest: Mapping[str, Any]) -> Table:
    rows = [
        Row(((Piece(row["title"]),), (Piece(row["waived"]),)))
        for row in manifest["exhibits"]
        if row["waived"]
    ]
    columns = (("Evidence that is not filed", 0.5), ("Reason", 0.5))
    return _table("Waived evidence", columns, rows, "No evidence is waived.")


def _pages(manifest: Mapping[str, Any]) -> Table:
    pages = manifest["pages"]
    bound = manifest["packet"]
    sources = Counter(row["source"]["sha256"] for row in pages if row["source"])
    kinds = Counter(_kinds(manifest))
    rows = [
        _count("Pages of the packet, each accounted for exactly once", len(pages)),
        _count("of these, pages of the office's own files", sum(sources.values())),
        _count("of these, pages that the program made", len(pages) - sum(sources.values())),
        _count("Files of evidence", len(sources)),
        *(_count(f"Pages of kind {kind}", count) for kind, count in sorted(kinds.items())),
    ]
    notes = (f"{bound['file']}, {bound['bytes']:,} bytes, sha256 {bound['sha256']}",)
    return Table("Accounting", (("What", 0.8), ("Count", 0.2)), tuple(rows), notes)


def _kinds(manifest: Mapping[str, Any]) -> Iterator[str]:
    kinds = {row["id"]: row["kind"] for row in manifest["documents"]}
    yield from (kinds[row["document"]] for row in manifest["pages"])


def _count(what: str, count: int) -> Row:
    return Row(((Piece(what),), (Piece(f"{count:,}"),)))


def _spans(manifest: Mapping[str, Any]) -> Table:
    rows = tuple(
        Row(
            (
                (Piece(_named(row), row["first_page"]),),
                (Piece(_span(row["first_page"], row["last_page"])),),
            )
        )
        for row in manifest["documents"]
        if row["kind"] != "separator"
    )
    return Table("Documents, in order", (("Document", 0.8), ("Packet pages", 0.2)), rows)


def _named(row: Mapping[str, Any]) -> str:
    return f"Exhibit {row['exhibit']}: {row['title']}" if row["exhibit"] else str(row["title"])


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\u2013{last}"


def _firm(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the rows that the packet prints, pays or is sent by."""
    return [row for row in manifest["law"] if row["table"] not in _WEIGHED]


_WEIGHED = ("initial_evidence", "recommended_evidence")


def _law(laws: Rows) -> Iterator[Table]:
    columns = (("Used for", 0.26), ("What it says", 0.4), ("Source, status, last checked", 0.34))
    printed = [row for row in laws if row["table"] not in _WEIGHED]
    weighed = [row for row in laws if row["table"] in _WEIGHED]
    yield Table("Printed, paid, sent or argued by", columns, tuple(map(_law_row, printed)))
    columns = (("Row", 0.26), *columns[1:])
    rows = tuple(_law_row(row, used=False) for row in weighed)
    yield Table("Weighed by the findings and the matrix", columns, rows)


def _law_row(row: Mapping[str, Any], *, used: bool = True) -> Row:
    name = Piece(f"{row['table']}: {row['id']}")
    first = (Piece(row["used_for"]), name) if used else (name,)
    dates = (Piece(_dates(row)),) if row["effective_from"] or row["effective_to"] else ()
    is_sure = row["status"] in {"primary", "design"} and not row["confirm"]
    return Row((first, (Piece(row["value"]), *dates), _proof(row)), "" if is_sure else "weak")


def _dates(row: Mapping[str, Any]) -> str:
    first = f"from {row['effective_from']}" if row["effective_from"] else "start not established"
    return f"{first} to {row['effective_to']}" if row["effective_to"] else first


def _table(
    heading: str, columns: tuple[tuple[str, float], ...], rows: Sequence[Row], otherwise: str
) -> Table:
    """Give a table, or its heading with a sentence where it would be empty."""
    return Table(heading, columns, tuple(rows), () if rows else (otherwise,))
