"""Makes the evidence of the sample case `full`: python -m tests.samples.make_full."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from tests.samples.bank import bank_statement
from tests.samples.civil import (
    booklet_from,
    booklet_pages,
    certificate_markup,
    translation_markup,
)
from tests.samples.country_report import country_report
from tests.samples.drawing import write_paper
from tests.samples.fillable import write_intake_form
from tests.samples.full_people import (
    NATURALIZATION,
    PASSPORTS,
    RESIDENCE_CARDS,
    RESIDENT_CARD,
    US_PASSPORT,
)
from tests.samples.houshang_record import houshang_marks, houshang_record
from tests.samples.identity import identity_card, on_sheet, passport_page
from tests.samples.make_minimal import CASES
from tests.samples.markup import paper_from, paper_of
from tests.samples.nika_record import nika_record
from tests.samples.photographs import (
    Shot,
    chess_board,
    hospice_room,
    prepared_room,
    ward_lesson,
    write_photograph,
)
from tests.samples.scanning import page_images, scanned, write_fax, write_scan
from tests.samples.screens import AppointmentPage, screenshot
from tests.samples.word import write_word

TEXTS = Path(__file__).parent / "texts" / "full"
LATER = Path(__file__).parent / "texts" / "later"

_NOT_TYPED = {"nika-record", "houshang-record", "country-report", "hla-fax"}
_SHOTS = {
    "photo-ward-lesson": Shot(
        ward_lesson, 6, (40.0, 10.0, 58.2), (44.0, 30.0, 41.0), "2026:11:12 15:04:10"
    ),
    "photo-hospice": Shot(
        hospice_room, 6, (42.0, 2.0, 1.4), (-87.0, 44.0, 30.5), "2026:11:15 18:20:44"
    ),
    "photo-chess": Shot(
        chess_board, 3, (40.0, 11.0, 9.9), (44.0, 30.0, 2.7), "2026:10:24 11:32:05", is_wide=True
    ),
    "photo-prepared-room": Shot(
        prepared_room, 6, (42.0, 3.0, 20.8), (-87.0, 41.0, 12.3), "2026:11:21 09:15:31"
    ),
}
_APPOINTMENTS = AppointmentPage(
    post="U.S. Embassy Yerevan",
    seen="Displayed on October 27, 2026, at 08:02",
    applicants="3 (DANESHPOUR, Roya; SOHRABI, Arash; SOHRABI, Nika)",
    earliest="Tuesday, August 17, 2027",
    months=(
        *((f"{month} 2026", "no appointments") for month in ("November", "December")),
        *(
            (f"{month} 2027", "no appointments")
            for month in ("January", "February", "March", "April", "May", "June", "July")
        ),
        ("August 2027", "from August 17"),
    ),
    expedited="Expedited appointments: send your request by e-mail to the consular section.",
)


def make_full(folder: Path) -> None:
    """Write all evidence of the case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_typed(folder)
    _write_identity(folder)
    _write_births(folder)
    _write_scans(folder)
    write_intake_form(folder / "intake-form.pdf")
    write_word(paper_from(TEXTS / "roya-declaration.docx.txt"), folder / "roya-declaration.docx")
    screenshot(_APPOINTMENTS).quantize(64).save(folder / "appointments.png", optimize=True)
    for name, shot in _SHOTS.items():
        write_photograph(shot, folder / f"{name}.jpg")


def make_later(folder: Path) -> None:
    """Write the papers that came after the request, for the filings that follow it."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in sorted(LATER.glob("*.txt")):
        write_paper(paper_from(text), folder / f"{text.stem}.pdf")


def _write_typed(folder: Path) -> None:
    for text in sorted(TEXTS.glob("*.txt")):
        if text.stem not in _NOT_TYPED and not text.stem.endswith(".docx"):
            write_paper(paper_from(text), folder / f"{text.stem}.pdf")
    write_paper(paper_of(nika_record(TEXTS)), folder / "nika-record.pdf")
    write_paper(paper_of(country_report(TEXTS)), folder / "country-report.pdf")
    write_paper(paper_of(bank_statement()), folder / "roya-account.pdf")


def _write_identity(folder: Path) -> None:
    write_scan([passport_page(passport) for passport in PASSPORTS], folder / "passports.pdf", 30)
    write_scan([passport_page(US_PASSPORT)], folder / "kamran-passport.pdf", 30)
    paper = identity_card("CERTIFICATE OF NATURALIZATION (copy)", NATURALIZATION, "houshang")
    write_scan([on_sheet((paper,))], folder / "houshang-naturalization.pdf", 30)
    card = identity_card("PERMANENT RESIDENT", RESIDENT_CARD, "laleh")
    write_scan([on_sheet((card,))], folder / "laleh-resident-card.pdf", 30)
    cards = [identity_card("ԿԱՑՈՒԹՅԱՆ ՔԱՐՏ", card, card[1][1]) for card in RESIDENCE_CARDS]
    write_scan([on_sheet([_smaller(card) for card in cards])], folder / "residence-cards.pdf", 30)


def _write_births(folder: Path) -> None:
    for file in sorted(TEXTS.glob("*.booklet")):
        booklet = booklet_from(file)
        write_scan(booklet_pages(booklet), folder / f"{file.stem}.pdf")
        is_whole = file.stem != "birth-roya"  # one certificate is a file of its own
        translation = paper_of(translation_markup(booklet, with_certificate=is_whole))
        write_paper(translation, folder / f"{file.stem}-translation.pdf")
        if not is_whole:
            certificate = paper_of(certificate_markup(booklet))
            write_paper(certificate, folder / f"{file.stem}-certificate.pdf")


def _write_scans(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        typed = Path(scratch) / "typed.pdf"
        write_paper(paper_of(houshang_record(TEXTS)), typed)
        sheets = [
            scanned(sheet, f"record {number}", houshang_marks(number))
            for number, sheet in enumerate(page_images(typed, 110), 1)
        ]
        write_scan(sheets, folder / "houshang-record.pdf", 34)
        write_paper(paper_from(TEXTS / "hla-fax.txt"), typed)
        write_fax(list(page_images(typed, 150)), folder / "hla-fax.tiff")


def _smaller(card: Image.Image) -> Image.Image:
    return card.resize((card.width * 6 // 10, card.height * 6 // 10))


if __name__ == "__main__":
    make_full(CASES / "full" / "exhibits")
    make_later(CASES / "full" / "later")
