from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import ExifTags, Image, ImageOps, features
from pypdf import PdfReader

from packet_builder.facts import read_facts, read_file
from packet_builder.model.case import Case
from packet_builder.model.claims import claims_of
from packet_builder.model.evidence import Evidence
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.model.narrative import Citation, citations_of
from packet_builder.model.references import reference_faults
from tests.samples.make_minimal import CASES, make_logo
from tests.samples.sheets import SPECIMEN

NAMES = ("minimal", "full")
FULL = CASES / "full" / "exhibits"
PHOTOGRAPHS = sorted(FULL.glob("*.jpg"))
SCANS = (
    *(CASES / "minimal" / "exhibits" / f"{name}-passport.pdf" for name in ("adwoa", "kwabena")),
    *(FULL / f"birth-{name}.pdf" for name in ("arash", "nika", "roya")),
    *(
        FULL / f"{name}.pdf"
        for name in (
            "houshang-naturalization",
            "houshang-record",
            "kamran-passport",
            "laleh-resident-card",
            "passports",
            "residence-cards",
        )
    ),
)
TYPED = tuple(path for path in sorted(CASES.glob("*/exhibits/*.pdf")) if path not in SCANS)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_HOST = re.compile(r"(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)")
_RESERVED = re.compile(r"(?:.+\.)?example(?:\.(?:com|net|org))?", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d-])\(?\d{3}\)?[-. ](\d{3}[-. ]\d{4})(?![\d-])")
_INVENTED_PHONE = re.compile(r"555[-. ]01\d\d")


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_case_fits_the_model_and_names_only_people_that_it_has(name: str) -> None:
    facts = read_facts(CASES / name)

    interpret(Case, facts)

    assert reference_faults(facts) == ()


def test_the_sample_firm_fits_the_model_and_has_the_counsel_of_both_cases() -> None:
    firm = interpret(Firm, read_file(CASES / "firm.yaml"))

    assert {attorney.id for attorney in firm.attorneys} == {
        _case(name).filing.counsel for name in NAMES
    }
    assert firm.logo is not None
    assert (CASES / firm.logo).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_every_evidence_file_is_there_and_every_file_there_is_evidence(name: str) -> None:
    named = [file for evidence in _case(name).evidence for file, _ in evidence.ordered_files]

    there = [path.relative_to(CASES / name).as_posix() for path in _exhibit_files(name)]

    assert sorted(named) == sorted(there)


@pytest.mark.parametrize("name", NAMES)
def test_every_citation_leads_to_a_page_that_is_there(name: str) -> None:
    pages = {evidence.id: len(_texts(name, evidence.id)) for evidence in _case(name).evidence}

    beyond = [
        (citation.evidence, span.last)
        for _, citation in _citations(name)
        for span in citation.pages
        if span.last > pages.get(citation.evidence, 0)
    ]

    assert beyond == []


@pytest.mark.parametrize("name", NAMES)
def test_every_citation_names_its_page(name: str) -> None:
    assert [text for text, citation in _citations(name) if not citation.pages] == []


@pytest.mark.parametrize(("name", "count"), [("minimal", 15), ("full", 50)])
def test_every_quote_stands_on_the_page_that_is_cited(name: str, count: int) -> None:
    quotes = {claim.quote: claim for _, claim in claims_of(_case(name)) if claim.quote}

    missing = [
        quote for quote, claim in quotes.items() if _squeezed(quote) not in _cited(name, claim.text)
    ]

    assert missing == []
    assert len(quotes) >= count


@pytest.mark.parametrize("name", NAMES)
def test_every_exhibit_is_cited(name: str) -> None:
    cited = {citation.evidence for _, citation in _citations(name)}

    assert {evidence.id for evidence in _case(name).evidence} == cited


@pytest.mark.parametrize("name", NAMES)
def test_the_summary_of_a_sample_cites_nothing(name: str) -> None:
    assert citations_of(_case(name).request.summary) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_address_and_telephone_number_is_reserved_for_examples(name: str) -> None:
    text = "\n".join(_written(name))

    hosts = {match[1] for pattern in (_EMAIL, _HOST) for match in pattern.finditer(text)}
    phones = {match[1] for match in _PHONE.finditer(text)}

    assert len(hosts) > 3
    assert len(phones) > 2
    assert [host for host in hosts if not _RESERVED.fullmatch(host)] == []
    assert [phone for phone in phones if not _INVENTED_PHONE.fullmatch(phone)] == []


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_every_typed_page_says_that_it_is_a_specimen(path: Path) -> None:
    assert [page for page, text in enumerate(_file_texts(path), 1) if SPECIMEN not in text] == []


@pytest.mark.parametrize("path", SCANS, ids=lambda path: path.stem)
def test_a_scan_is_pictures_and_no_text(path: Path) -> None:
    assert set(_file_texts(path)) == {""}
    assert {len(page.images) for page in PdfReader(path).pages} == {1}


@pytest.mark.parametrize("path", PHOTOGRAPHS, ids=lambda path: path.stem)
def test_a_photograph_lies_on_its_side_and_knows_its_place(path: Path) -> None:
    with Image.open(path) as picture:
        exif = picture.getexif()
        upright = ImageOps.exif_transpose(picture)

    assert exif[ExifTags.Base.Orientation] != 1
    assert upright.tobytes() != picture.tobytes()
    assert exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude][0] in {40.0, 42.0}
    assert path.stat().st_size <= 400_000


def test_three_photographs_are_stored_sideways_and_one_upside_down() -> None:
    orientations = [_orientation(path) for path in PHOTOGRAPHS]

    assert sorted(orientations) == [3, 6, 6, 6]


def test_the_intake_form_holds_filled_fields_ticked_boxes_and_a_sticky_note() -> None:
    form = PdfReader(FULL / "intake-form.pdf")

    fields = form.get_fields() or {}
    notes = [
        note for page in form.pages for note in _annotations(page) if note["/Subtype"] == "/Text"
    ]

    assert fields["guardian"]["/V"] == "Roya Daneshpour (mother)"
    assert [fields[name]["/V"] for name in ("central_line", "pets")] == ["/Yes", "/Off"]
    assert [note["/Contents"][:13] for note in notes] == ["Called mother"]


def test_the_bank_statement_is_on_a4() -> None:
    boxes = {tuple(round(side) for side in page.mediabox[2:]) for page in _pages("roya-account")}

    assert boxes == {(595, 842)}


def test_the_fax_has_four_pages_in_black_and_white() -> None:
    with Image.open(FULL / "hla-fax.tiff") as fax:
        assert (getattr(fax, "n_frames", 1), fax.mode) == (4, "1")


def test_the_scanned_hospital_record_has_forty_pages() -> None:
    assert len(_pages("houshang-record")) == 40


def test_the_full_case_has_about_two_hundred_pages_in_more_exhibits_than_letters() -> None:
    pages = [len(_texts("full", evidence.id)) for evidence in _case("full").evidence]

    assert (sum(pages), len(pages)) == (200, 33)


def test_the_evidence_of_both_cases_stays_small() -> None:
    minimal, full = (sum(path.stat().st_size for path in _exhibit_files(name)) for name in NAMES)

    assert minimal < 300_000
    assert minimal + full < 8_000_000


@pytest.mark.parametrize("name", NAMES)
def test_the_scripts_make_the_committed_evidence_byte_for_byte(name: str, tmp_path: Path) -> None:
    assert features.check("raqm"), "without raqm Pillow cannot shape Persian"
    # In a process of its own: reportlab keeps what other tests have set in its module.
    script = f"from tests.samples.make_{name} import make_{name} as make"
    subprocess.run(
        [
            sys.executable,
            "-c",
            f"{script}\nfrom pathlib import Path\nmake(Path({str(tmp_path)!r}))",
        ],
        cwd=CASES.parent,
        check=True,
    )

    assert _digests(tmp_path) == _digests(CASES / name / "exhibits")


def test_the_script_makes_the_committed_logo_byte_for_byte(tmp_path: Path) -> None:
    make_logo(tmp_path / "logo.png")

    assert _digests(tmp_path)["logo.png"] == _digest(CASES / "logo.png")


@cache
def _case(name: str) -> Case:
    return interpret(Case, read_facts(CASES / name))


def _evidence(name: str, identifier: str) -> Evidence:
    return next(one for one in _case(name).evidence if one.id == identifier)


def _exhibit_files(name: str) -> list[Path]:
    return sorted(path for path in (CASES / name / "exhibits").iterdir() if path.is_file())


def _citations(name: str) -> Iterator[tuple[str, Citation]]:
    for _, claim in claims_of(_case(name)):
        for citation in citations_of(claim.text):
            yield claim.text, citation


def _cited(name: str, text: str) -> str:
    pages = [
        _texts(name, citation.evidence)[page - 1]
        for citation in citations_of(text)
        for span in citation.pages
        for page in range(span.first, span.last + 1)
    ]
    return _squeezed(" ".join(pages))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def _texts(name: str, identifier: str) -> tuple[str, ...]:
    """Give the text of each page of an exhibit, its translation and certificate first."""
    files = [CASES / name / file for file, _ in _evidence(name, identifier).ordered_files]
    return tuple(text for file in files for text in _file_texts(file))


def _file_texts(path: Path) -> tuple[str, ...]:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return tuple(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".docx":
        return tuple(_word_pages(path))
    with Image.open(path) as picture:
        return ("",) * getattr(picture, "n_frames", 1)


def _word_pages(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml"))  # noqa: S314 - our own file
    words: list[str] = []
    for element in body.iter():
        if element.tag == f"{_WORD}t":
            words.append(element.text or "")
        elif element.tag == f"{_WORD}br" and element.get(f"{_WORD}type") == "page":
            yield "".join(words)
            words = []
        elif element.tag == f"{_WORD}p":
            words.append("\n")
    yield "".join(words)


def _written(name: str) -> Iterator[str]:
    yield (CASES / name / "case.yaml").read_text(encoding="utf-8")
    yield (CASES / "firm.yaml").read_text(encoding="utf-8")
    for folder in (Path(__file__).parent / "samples",):
        yield from (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
        for text in sorted((folder / "texts" / name).iterdir()):
            yield text.read_text(encoding="utf-8")
    for path in _exhibit_files(name):
        yield from _file_texts(path)


def _orientation(path: Path) -> int:
    with Image.open(path) as picture:
        return int(picture.getexif()[ExifTags.Base.Orientation])


def _pages(name: str) -> list[Any]:
    return list(PdfReader(FULL / f"{name}.pdf").pages)


def _annotations(page: Any) -> list[Any]:  # noqa: ANN401 - pypdf types annotations loosely
    return [note.get_object() for note in page.get("/Annots", [])]


def _digests(folder: Path) -> Mapping[str, str]:
    return {path.name: _digest(path) for path in folder.iterdir()}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
