"""Receipt numbers, which come when a packet was filed, beside what never changes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packet_builder.case_lock import case_lock
from packet_builder.errors import UsageError
from packet_builder.model.scalars import plain_receipt_number
from packet_builder.packet.finals import finals_of
from packet_builder.review.docket import open_docket
from packet_builder.review.finals import record_of
from packet_builder.review.log import Log, append

_RECEIPT = "receipt"


class NothingFiledError(UsageError):
    """A receipt number is given for a case that has no final packet."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f'"{case}" has no final packet that a receipt could be for. Make it final first:\n'
            f"  packet-builder finalize {case}"
        )


class ReceiptNumberError(UsageError):
    """What is given is no receipt number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f'"{number}" is not a receipt number: three letters and ten digits, IOE0123456789.'
        )


def add_receipt(case: Path, case_output: Path, filing: str | None, number: str, when: str) -> str:
    """Note the receipt number of the newest final packet, and give the name of its folder."""
    plain = plain_receipt_number(number)
    if plain is None:
        raise ReceiptNumberError(number)
    with case_lock(case, case_output):
        docket = open_docket(case, case_output, filing)
        finals = list(finals_of(docket.filing))
        if not finals:
            raise NothingFiledError(docket.case)
        folder = finals[-1].folder.name
        record_of(docket)
        of = {"filing": docket.filing.name, "folder": folder}
        append(docket.review, _RECEIPT, [{**of, "number": plain, "when": when}])
        return folder


def receipts_of(log: Log, filing: str, folder: str) -> Iterator[str]:
    """Give the receipt numbers of a final packet, in the order in which they came."""
    yield from (number for _, number in noted_of(log, filing, folder))


def noted_of(log: Log, filing: str, folder: str) -> Iterator[tuple[str, str]]:
    """Give the day on which each receipt number of a final packet was noted, and the number.

    Those that were noted before a case had several filings do not say of which they are.
    """
    for entry in log.of_kind(_RECEIPT):
        if entry.said["folder"] == folder and entry.said.get("filing", filing) == filing:
            yield entry.said["when"], entry.said["number"]
