"""The reports beside a packet: what stands in them, and that they are made only with a packet."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

from packet_builder.assembly.build import built
from packet_builder.assembly.matrix_report import _EXPLAINED, matrix_report
from packet_builder.assembly.order import Built, Order
from packet_builder.law.law import Law, OwnRow
from packet_builder.law.table import Row, RowType, Table
from packet_builder.rules.internal_mark import INTERNAL_MARK, is_internal
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case, write_pdf

NAMES = ("evidence-matrix", "preflight")
WAIVED = "{id: school, title: School report, kind: other, waived: the school burned down}"
HOSTILE = '<script>alert("x")</script> & <b>Sons'
CASE = changed(
    ("title: Letter,", f"title: 'Letter of {HOSTILE}',"),
    ("He bled twice [@doctor p. 1].", "He bled twice. He said <i>so</i> & left."),
    ("kind: tax_return,", "kind: tax_return, of: adwoa,"),
    (
        "{id: passport, title: Passport,",
        f"{WAIVED}\n  - {{id: passport, of: [kwabena, petitioner], title: Passport,",
    ),
) + (
    "accepted_findings:\n"
    "  - {rule: claim-uncited, reason: the record is on its way, by: Jordan Lee}\n"
)
LAW = """\
checked:
  - {table: filing_addresses, id: i131_item7_usps, checked_on: 2026-11-30,
     source: "uscis.gov/i-131", status: primary, by: Jordan Lee}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("reports")
    case = write_case(folder / "cases", CASE)
    write_pdf(case / "exhibits" / "passport.pdf", ("PASSPORT Kwabena Boateng G0418276",))
    (folder / "cases" / "law.yaml").write_text(LAW, encoding="utf-8")
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


def build(folders: Folders) -> Built:
    return built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


@pytest.fixture(scope="module")
def internal(folders: Folders) -> Path:
    packet = build(folders).packet
    assert packet is not None
    return packet.parent / "internal"


@pytest.fixture(scope="module")
def manifest(internal: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((internal.parent / "packet.json").read_text("utf-8"))
    return content


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def text_of(path: Path) -> str:
    return " ".join(" ".join(pages_of(path)).split())


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("name", NAMES)
def test_the_mark_stands_twice_on_every_page_of_a_report(internal: Path, name: str) -> None:
    pages = pages_of(internal / f"{name}.pdf")

    assert len(pages) > 1
    assert {page.count(INTERNAL_MARK) for page in pages} == {2}
    assert is_internal(Page(internal / f"{name}.html").text)


@pytest.mark.parametrize("name", NAMES)
def test_the_html_needs_nothing_else_runs_nothing_and_prints_values_as_typed(
    internal: Path, name: str
) -> None:
    page = Page(internal / f"{name}.html")
    links = [str(link["href"]) for link in page.all("a")]

    assert {"script", "img", "link", "iframe", "b", "i"} & {tag for tag, _ in page.tags} == set()
    assert links
    assert {link.partition("#")[0] for link in links} == {"../packet-DRAFT.pdf"}
    policy = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert f"Letter of {HOSTILE}" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_the_html_can_be_read_aloud(internal: Path, name: str) -> None:
    page = Page(internal / f"{name}.html")
    tables = len(page.all("table"))

    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    assert tables > 5
    assert len(page.all("caption")) == len(page.all("thead")) == tables
    assert {head["scope"] for head in page.all("th")} == {"col"}
    assert len(page.all("h3")) >= tables


def test_links_of_a_report_lead_to_the_pages_of_the_packet(
    internal: Path, manifest: Mapping[str, Any]
) -> None:
    reader = PdfReader(internal / "evidence-matrix.pdf")
    actions = [link.get_object()["/A"] for page in reader.pages for link in page.get("/Annots", ())]
    proof = [one for row in manifest["matrix"] for line in row["lines"] for one in line["proof"]]

    assert len(actions) >= len(proof) > 10
    assert {str(action["/F"]) for action in actions} == {"../packet-DRAFT.pdf"}
    pages = {int(action["/D"][0]) + 1 for action in actions}
    assert pages == {one["packet_page"] for one in proof}
    assert f"#page={proof[0]['packet_page']}" in (internal / "evidence-matrix.html").read_text()


def test_a_cited_page_of_the_matrix_is_the_page_of_the_packet(
    internal: Path, manifest: Mapping[str, Any]
) -> None:
    texts = pages_of(internal.parent / "packet-DRAFT.pdf")
    (line,) = (
        line
        for row in manifest["matrix"]
        for line in row["lines"]
        if line["what"] == "He may bleed again."
    )

    (proof,) = line["proof"]
    assert proof["text"] == "Ex.\u00a0B\u00a0at\u00a02"
    assert "An operation is needed within weeks." in texts[proof["packet_page"] - 1]


def test_a_gap_is_red_and_a_word_and_stands_in_front(internal: Path) -> None:
    first = pages_of(internal / "evidence-matrix.pdf")[0]
    page = Page(internal / "evidence-matrix.html")
    loud = [row for row in page.all("tr") if row.get("class") == "loud"]

    assert "GAP: 1" in first
    assert "He bled twice. He said <i>so</i> & left." in first
    assert len(loud) == 2
    assert "GAP" in page.words
    assert "tr.loud td { color: #a40000" in page.text


def test_the_preflight_report_says_what_is_to_be_looked_at(internal: Path) -> None:
    text = text_of(internal / "preflight.pdf")

    for words in (
        "confirm before filing: the parole fee on approval, $1,050",
        "states a fact and cites no evidence",
        "the record is on its way",
        "Jordan Lee accepted warning",
        "School report the school burned down",
        "Enclosed for Kwabena Boateng $630",
        "Enclosed in all $630",
        "not enclosed: CBP collects it at the port of entry if parole is granted; no exception is",
        "is not enclosed and is not paid with Form I-131",
        "Attn: HP P.O. Box 660865 Dallas, TX 75266-0865",
        "the office's own row, law.yaml:2:5",
        "Form I-131, edition 01/20/25, 14 pages",
        "Kwabena Boateng: a slip, its blank is missing",
        "Pages of the packet, each accounted for exactly once",
        "initial_evidence: ev_passport",
        "Nothing was left out of any file.",
        "Every page of every exhibit has text.",
    ):
        assert words in text, words


def test_the_matrix_shows_every_line_as_a_box_of_its_element(
    internal: Path, manifest: Mapping[str, Any]
) -> None:
    glance = matrix_report(manifest, "packet.pdf").parts[0]
    shown = {row.cells[0][0].text: row.cells[1][0].boxes for row in glance.tables[0].rows}
    states = {
        row["element"]: [line["state"] for line in row["lines"]] for row in manifest["matrix"]
    }
    html = Page(internal / "evidence-matrix.html")
    boxes = [one for one in html.all("span") if str(one.get("class")).startswith("box")]

    assert {name: [state for _, state in found] for name, found in shown.items()} == states
    assert all(letter == state[0].upper() for found in shown.values() for letter, state in found)
    assert len({state[0] for state in _EXPLAINED}) == len(_EXPLAINED)
    assert len(boxes) == sum(map(len, states.values()))
    assert [one["class"] for one in boxes].count("box loud") > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_html_bears_its_mark_on_every_page_that_a_browser_prints(
    internal: Path, name: str
) -> None:
    style = (internal / f"{name}.html").read_text("utf-8")

    assert f'@top-center {{ content: "{INTERNAL_MARK}"' in style


def test_an_online_filing_has_no_address_and_says_how_it_is_paid(tmp_path: Path) -> None:
    online = ("  delivery: paper\n  carrier: usps\n", "  delivery: online\n")
    write_case(tmp_path / "cases", changed(online))
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    result = build(folders)

    assert result.packet is not None
    text = text_of(result.packet.parent / "internal" / "preflight.pdf")
    assert result.manifest["delivery"] == {"mode": "online", "carrier": None, "address": []}
    assert "Delivery: online; no address." in text
    assert "Nobody accepted a finding." in text
    assert "No evidence is waived." in text
    assert "card, in the online account" in text


def test_pages_that_are_only_pictures_are_counted_by_exhibit(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "cases")
    scan = Image.new("L", (850, 1100), 200)
    scan.save(folder / "exhibits" / "passport.pdf", "PDF", save_all=True, append_images=[scan])
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    result = build(folders)

    assert result.packet is not None
    text = text_of(result.packet.parent / "internal" / "preflight.pdf")
    pictures = {row["id"]: row["picture_pages"] for row in result.manifest["exhibits"]}
    letter = next(row["letter"] for row in result.manifest["exhibits"] if row["id"] == "passport")
    assert {name: pages for name, pages in pictures.items() if pages} == {"passport": [1, 2]}
    assert "Pages that are only pictures: 2, in 1 exhibit(s)." in text
    assert f"Exhibit {letter}: Passport 2 of 2 1\u20132" in text
    assert "No word on them can be searched or read aloud" in text


def test_what_was_stripped_and_left_out_is_listed_file_by_file(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "cases")
    add_note(folder / "exhibits" / "doctor.pdf")
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    result = build(folders)

    assert result.packet is not None
    text = text_of(result.packet.parent / "internal" / "preflight.pdf")
    assert [row["file"] for row in result.manifest["intake"]] == ["exhibits/doctor.pdf"]
    assert "exhibits/doctor.pdf page 1: 1 sticky note" in text
    assert "exhibits/doctor.pdf, page 1 not carried into the packet: sticky note" in text


def add_note(path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    note = Text(text="Ask him again", rect=(100, 100, 120, 120))
    writer.add_annotation(0, note)
    writer.write(path)


def test_pages_are_counted_as_the_manifest_has_them(
    internal: Path, manifest: Mapping[str, Any]
) -> None:
    text = text_of(internal / "preflight.pdf")
    pages = manifest["pages"]
    own = sum(row["source"] is not None for row in pages)

    assert f"accounted for exactly once {len(pages)} " in text
    assert f"pages of the office's own files {own} " in text
    assert f"pages that the program made {len(pages) - own} " in text
    assert str(manifest["packet"]["sha256"]) in text.replace(" ", "")


def test_a_filing_fee_that_is_waived_is_not_counted_as_enclosed(tmp_path: Path) -> None:
    claims = "claims: ['So [@tax p. 1].']"
    write_case(
        tmp_path / "cases",
        changed(("credit_card", f"waiver, waiver: {{basis: hardship, {claims}}}")),
    )
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    result = build(folders)
    if result.packet is None:  # the proof of hardship is a tax return: said by a rule, and accepted
        accepted = "accepted_findings: [{rule: waiver-unproven, reason: seen, by: Jordan Lee}]\n"
        case = tmp_path / "cases" / "boateng" / "case.yaml"
        case.write_text(case.read_text("utf-8") + accepted, encoding="utf-8")
        result = build(folders)

    fees = result.manifest["fees"]
    assert [row["enclosed"] for row in fees] == [False, False]
    assert fees[0]["how"] == "not enclosed: a waiver is asked for, Form I-912"


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_an_unchanged_build_writes_no_report_and_a_lost_one_is_made_again(
    folders: Folders, internal: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in internal.iterdir()}
    was = digests(internal)

    assert build(folders).unchanged
    assert {path: path.stat().st_mtime_ns for path in internal.iterdir()} == before

    (internal / "preflight.html").unlink()
    assert not build(folders).unchanged
    assert digests(internal) == was


def test_another_look_of_the_reports_makes_them_again(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    templates = tmp_path / "templates"
    shutil.copytree(shipped("templates"), templates)
    folders = Folders(tmp_path / "cases", templates, tmp_path / "forms", tmp_path / "output")
    first = build(folders)
    assert build(folders).unchanged
    look = templates / "pages" / "report.typ"
    look.write_text(look.read_text("utf-8").replace("#a40000", "#a00000"), encoding="utf-8")

    second = build(folders)

    was = {row["file"]: row["sha256"] for row in first.manifest["internal"]}
    now = {row["file"]: row["sha256"] for row in second.manifest["internal"]}
    assert {name for name in was if was[name] != now[name]} == {f"{name}.pdf" for name in NAMES}
    assert first.manifest["packet"] == second.manifest["packet"]


def test_the_manifest_names_every_internal_file_by_its_digest(
    internal: Path, manifest: Mapping[str, Any]
) -> None:
    assert {row["file"]: row["sha256"] for row in manifest["internal"]} == digests(internal)
    assert set(digests(internal)) == {
        "signing-sheet.pdf",
        *(f"{name}.{ending}" for name in NAMES for ending in ("pdf", "html")),
    }


class Watched(Law):
    """A law that notes which rows it was asked for."""

    asked: set[tuple[str, str]] = set()  # noqa: RUF012 - one for the test

    def any_in_force(self, table: Table[RowType], identifier: str, on: Any) -> RowType:  # noqa: ANN401
        self.asked.add((table.name, identifier))
        return super().any_in_force(table, identifier, on)


def test_the_manifest_lists_every_row_that_the_packet_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a rule, a letter or a form looked up stands in the list, with its source."""
    write_case(tmp_path / "cases")
    folders = Folders(tmp_path / "cases", shipped("templates"), tmp_path, tmp_path / "output")
    own: Mapping[str, tuple[OwnRow, ...]] = {}
    watched = Watched(own)
    Watched.asked.clear()
    monkeypatch.setattr("packet_builder.assembly.case_file.read_office_law", lambda _: watched)
    listed = {(row["table"], row["id"]) for row in build(folders).manifest["law"]}

    found = {pair for pair in Watched.asked if is_known(*pair)}
    others = {("form_editions", form) for form in ("g-1650", "i-912")}  # not in this packet
    assert len(found) > 8
    assert found - listed == others


def is_known(table: str, identifier: str) -> bool:
    from packet_builder.law.office import TABLES  # noqa: PLC0415

    rows: list[Row] = [row for one in TABLES if one.name == table for row in one.shipped]
    return identifier in {row.id for row in rows}
