"""A small request that was made final, and a notice that is answered on it, for tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Built, Order
from packet_builder.model.role import Role
from packet_builder.review.decide import Wish, decide
from packet_builder.review.decision import Kind
from packet_builder.review.final import Finalized, finalize
from packet_builder.workspace import Folders
from tests.cases import write_pdf
from tests.review_cases import ON, Office

NOTICE = (
    "Request for Evidence. Receipt Number: IOE0912345678. Respond by March 18, 2027.",
    "Submit a letter of the physician that states when he can travel.",
    "Submit tax returns of three years.",
)
EVENT = """\
events:
  - {id: sent, event: filed, what: initial_parole, date: 2026-12-01, filing: initial_parole}
  - id: rfe-1
    event: rfe
    date: 2026-12-21
    served_on: 2026-12-21
    served_by: mail
    days: 84
    due_printed: 2027-03-18
    answer_to: [USCIS, "Attn: RFE", "9 Notice Street", "Lincoln, NE 68508"]
"""
RESPONSE = """\
filing:
  kind: rfe_response
  delivery: paper
  carrier: courier
  date: 2027-02-08
notice:
  event: rfe-1
  file: notices/rfe-1.pdf
  receipt_number: IOE0912345678
  items:
    - id: travel
      asks: Submit a letter of the physician that states when he can travel.
      summary: When he can travel
      answer:
        - "An operation is needed within weeks [@doctor p. 2; @travel p. 1]."
    - id: tax
      asks: Submit tax returns of three years.
      answer: "Her return shows the income [@tax p. 1]."
evidence:
  - id: travel
    title: Letter on travel
    kind: physician_letter
    file: exhibits/travel.pdf
    date: 2027-01-20
    signed: yes
"""


class Answering:
    """An office whose request was made final, and that answers a notice on it."""

    def __init__(self, folder: Path, response: str = RESPONSE, *, final: bool = True) -> None:
        self.office = Office(folder)
        self.case = self.office.case
        self.folders: Folders = self.office.folders
        if final:
            self.file_request()
        case = self.case / "case.yaml"
        case.write_text(f"{case.read_text('utf-8')}{EVENT}", encoding="utf-8")
        for name in ("filings", "notices"):
            (self.case / name).mkdir()
        write_pdf(self.case / "notices" / "rfe-1.pdf", NOTICE)
        write_pdf(self.case / "exhibits" / "travel.pdf", ("He can travel in March.",))
        self.write(response)

    def file_request(self) -> Finalized:
        """Build the request, approve all of it, and make it final."""
        self.office.build()
        self.decide("initial_parole")
        return finalize(self.case, self.office.output, "initial_parole", ON, lambda *_: None)

    def decide(self, filing: str) -> None:
        """Approve all that there is of a filing."""
        wish = Wish(Kind.APPROVE, "Jordan Lee", "2026-12-01", Role.ATTORNEY)
        decide(self.case, self.office.output, filing, [], wish)

    def write(self, response: str) -> None:
        (self.case / "filings" / "rfe-1.yaml").write_text(response, encoding="utf-8")

    def order(self) -> Order:
        return Order("boateng", self.folders, None, "dxpdf", "rfe-1")

    def build(self) -> Built:
        return built(self.order(), lambda _: None)

    @property
    def filing(self) -> Path:
        return self.office.output / "rfe-1"

    def finals(self) -> Mapping[str, str]:
        """Give the digest of every file of every final packet."""
        return {
            path.relative_to(self.office.output).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in sorted(self.office.output.glob("*/final/**/*"))
            if path.is_file()
        }


def changed(*changes: tuple[str, str], text: str = RESPONSE) -> str:
    """Give the response with texts replaced; each must stand in it exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


SENT = dt.date(2027, 2, 8)
