"""Evidence that is only pictures gets words by machine, and never looks otherwise for that."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen import canvas

from packet_builder import system
from packet_builder.assembly.build import built, examined
from packet_builder.assembly.machine_reading import ReadFile, read_by_machine
from packet_builder.assembly.order import Built, Order
from packet_builder.documents.intake import machine_reader
from packet_builder.documents.intake.errors import ExhibitNotReadError
from packet_builder.documents.intake.machine_reader import (
    LanguageMissingError,
    MachineReaderMissingError,
)
from packet_builder.errors import ExitCode
from packet_builder.facts.fault import FactsError
from packet_builder.system import System
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case
from tests.needed import needs
from tests.packets import pages_of_text

WORDS = "PASSPORT G0418276 BOATENG"

#: Behaves as ocrmypdf does: pages without words get some, which nobody sees.
OCRMYPDF = """\
import io, sys, pathlib
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

if "--version" in sys.argv:
    print("14.0.1+dfsg1")
    raise SystemExit
log = pathlib.Path(__file__).with_name("log.txt")
with log.open("a") as lines:
    print(*sys.argv[1:-2], file=lines)
MODE
writer = PdfWriter(clone_from=PdfReader(sys.argv[-2]))
for page in writer.pages:
    if not page.extract_text().strip():
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=tuple(map(float, page.mediabox[2:])))
        words = canvas.beginText(72, 700)
        words.setTextRenderMode(3)
        words.setFont("Helvetica", 12)
        words.textOut("PASSPORT G0418276 BOATENG")
        canvas.drawText(words)
        canvas.save()
        page.merge_page(PdfReader(stream).pages[0])
writer.write(sys.argv[-1])
"""
TESSERACT = """\
import sys
print("tesseract 5.3.0" if "--version" in sys.argv else "List of languages (2):\\neng\\nosd")
"""


@dataclass(frozen=True)
class Office:
    """A case whose passport is a scan, and a program that reads pictures."""

    folder: Path
    folders: Folders
    programs: Path

    def install(self, mode: str = "") -> None:
        self.programs.mkdir(exist_ok=True)
        sources = {"ocrmypdf": OCRMYPDF.replace("MODE", mode), "tesseract": TESSERACT}
        for name, source in sources.items():
            path = self.programs / name
            path.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

    @property
    def order(self) -> Order:
        return Order("boateng", self.folders, None, "dxpdf")

    def read(self, languages: str | None = None) -> tuple[ReadFile, ...]:
        return read_by_machine(self.order, languages, lambda _: None)

    def build(self) -> Built:
        result = built(self.order, lambda _: None)
        assert result.packet is not None, result.findings
        return result

    def passport_page(self, result: Built) -> tuple[str, bytes]:
        """Give the words and the picture of the scan's page in the packet."""
        row = next(one for one in result.manifest["documents"] if one["id"] == "exhibit-passport")
        assert result.packet is not None
        document = pypdfium2.PdfDocument(result.packet)
        try:
            page = document[row["first_page"] - 1]
            words = page.get_textpage().get_text_bounded()
            return words, page.render(scale=2).to_pil().tobytes()
        finally:
            document.close()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    folder = write_case(tmp_path / "cases", WHOLE)
    scan = Image.new("L", (1275, 1650), 235)
    ImageDraw.Draw(scan).text((150, 160), WORDS, fill=10, font_size=48)
    scan.save(folder / "exhibits" / "passport.pdf", "PDF", resolution=150)
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path / "f", tmp_path / "output")
    programs = tmp_path / "programs"
    monkeypatch.setenv("PATH", str(programs))
    return Office(folder, folders, programs)


def copy_of(office: Office) -> Path:
    (copy,) = (office.folder / "machine-read").glob("*.pdf")
    return copy


def test_pages_get_words_and_look_as_they_looked(office: Office) -> None:
    office.install()
    before = office.passport_page(office.build())
    (found,) = office.read()
    after = office.build()
    exhibit = next(row for row in after.manifest["exhibits"] if row["id"] == "passport")

    assert (found.file, found.pages, found.languages) == ("exhibits/passport.pdf", 1, "eng")
    assert found.by == "ocrmypdf 14.0.1, tesseract 5.3.0"
    assert json.loads(copy_of(office).with_suffix(".json").read_text("utf-8"))["by"] == found.by
    assert WORDS not in before[0]
    assert WORDS in office.passport_page(after)[0]
    assert office.passport_page(after)[1] == before[1]
    assert (exhibit["picture_pages"], exhibit["machine_read_pages"]) == ([], [1])


def test_a_build_needs_no_such_program_and_no_check_rests_on_what_it_read(office: Office) -> None:
    office.install()
    office.read()
    for program in office.programs.iterdir():
        program.unlink()

    seen = examined(office.order).dossier.seen["passport"]

    assert (seen.texts, seen.read, seen.picture_pages) == (("",), (1,), ())


def test_what_was_read_once_is_not_read_again(office: Office) -> None:
    office.install()
    office.read()

    again = office.read()

    assert again == ()
    assert len((office.programs / "log.txt").read_text("utf-8").splitlines()) == 1


def darkened(copy: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(copy))
    spot = copy.with_name("spot.pdf")
    pages_of_text(spot, ["."])
    writer.pages[0].merge_page(PdfReader(spot).pages[0])
    writer.write(copy)
    spot.unlink()


def doubled(copy: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(copy))
    writer.add_page(writer.pages[0])
    writer.write(copy)


def broken(copy: Path) -> None:
    copy.write_bytes(b"%PDF-1.7\nnothing\n")


@pytest.mark.parametrize("spoil", [darkened, doubled, broken])
def test_a_copy_that_shows_anything_else_is_refused_by_the_name_of_its_file(
    office: Office, spoil: Callable[[Path], None]
) -> None:
    office.install()
    office.read()
    spoil(copy_of(office))

    with pytest.raises(FactsError, match=r"exhibits/passport\.pdf"):
        office.build()


def stream_of_unseen_words() -> io.BytesIO:
    stream = io.BytesIO()
    pages = canvas.Canvas(stream, pagesize=(612, 792))
    words = pages.beginText(72, 300)
    words.setTextRenderMode(3)
    words.textOut("He bled three times.")
    pages.drawText(words)
    pages.save()
    stream.seek(0)
    return stream


def test_a_copy_that_says_something_else_of_a_page_with_words_is_refused(office: Office) -> None:
    office.install()
    passport = office.folder / "exhibits" / "passport.pdf"
    writer = PdfWriter(clone_from=PdfReader(passport))
    letter = office.folder / "letter.pdf"
    pages_of_text(letter, ["He bled twice."])
    writer.append(letter)
    writer.write(passport)
    office.read()
    copy = copy_of(office)
    unseen = PdfWriter(clone_from=PdfReader(copy))
    unseen.pages[1].merge_page(PdfReader(stream_of_unseen_words()).pages[0])
    unseen.write(copy)

    with pytest.raises(FactsError, match="differs from it on page 2"):
        office.build()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (System.LINUX, "sudo apt-get install ocrmypdf"),
        (System.MACOS, "brew install ocrmypdf"),
        (System.WINDOWS, "uv tool install ocrmypdf"),
    ],
)
def test_a_missing_program_is_named_with_the_way_to_install_it(
    office: Office, kind: System, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MachineReaderMissingError) as caught:
        office.read()
    monkeypatch.setattr(system, "SYSTEM", kind)

    assert caught.value.exit_code is ExitCode.PROGRAM
    assert f"{typed}. Then start again." in str(MachineReaderMissingError())
    assert not (office.folder / "machine-read").exists()


def test_a_missing_language_is_named_with_the_way_to_install_it(office: Office) -> None:
    office.install()
    facts = office.folder / "case.yaml"
    text = facts.read_text("utf-8")
    assert "title: Passport," in text
    facts.write_text(text.replace("title: Passport,", "title: Passport, language: Persian,"))

    with pytest.raises(LanguageMissingError, match="sudo apt-get install tesseract-ocr-fas"):
        office.read()
    with pytest.raises(LanguageMissingError, match="no language tir"):
        office.read("eng+tir")


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("raise SystemExit(3)", "it ended with status 3"),
        ("import time; time.sleep(60)", "it took longer than 3 s"),
        ("raise SystemExit(0)", "it ended with status 0"),
    ],
    ids=["fails", "hangs", "writes nothing"],
)
def test_a_program_that_fails_is_one_sentence_and_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, mode: str, said: str
) -> None:
    office.install(mode)
    if "sleep" in mode:
        monkeypatch.setattr(machine_reader, "_SECONDS", 3)
        monkeypatch.setattr(machine_reader, "_SECONDS_A_PAGE", 0)

    with pytest.raises(ExhibitNotReadError, match=f"exhibits/passport.pdf.*{said}"):
        office.read()

    assert not (office.folder / "machine-read").exists()


def test_the_real_program_reads_what_stands_on_a_scan(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.defpath + ":/usr/local/bin:/opt/homebrew/bin")
    needs("ocrmypdf")
    needs("tesseract")
    before = office.passport_page(office.build())
    (found,) = office.read("eng")
    after = office.build()

    assert found.by.startswith("ocrmypdf ")
    assert "G0418276" in office.passport_page(after)[0]
    assert office.passport_page(after)[1] == before[1]
