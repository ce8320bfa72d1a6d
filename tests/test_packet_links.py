"""Visible citations become links; a dead one, or a link that says something else, is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from packet_builder.documents.document import Document
from packet_builder.packet.citations import citations_in
from packet_builder.packet.cited import Citation
from packet_builder.packet.links import CitationDeadError, PlacedLink, StaleLinkError
from packet_builder.pages import Span
from packet_builder.plan.planned import DocumentKind
from packet_builder.workspace import shipped
from tests.packets import Packet, bound, exhibit, one_page, own, pages_of_text

NB = "\u00a0"


@pytest.fixture(scope="module", autouse=True)
def _face() -> None:
    pdfmetrics.registerFont(TTFont("Serif", shipped("fonts") / "LiberationSerif-Regular.ttf"))


def letter(path: Path, *lines: str, links: dict[int, str] | None = None) -> Path:
    """Write a letter, one line each 20 points; `links` lie over whole lines."""
    paper = canvas.Canvas(str(path), pagesize=(612, 792), invariant=1)
    paper.setFont("Serif", 12)
    for number, line in enumerate(lines):
        y = 700 - 20 * number
        paper.drawString(72, y, line)
        if number in (links or {}):
            paper.linkURL((links or {})[number], (72, y - 3, 400, y + 12))
    paper.showPage()
    paper.save()
    return path


#: Three pages of an exhibit that was filed before, and where they stand there.
EARLIER = (("Y", Span("exhibit-y", 57, 59)),)


def packet_of(folder: Path, *letters: Path, kind: DocumentKind = DocumentKind.LETTER) -> Packet:
    """Bind letters (3 pages of exhibit A behind a separator, 12 of exhibit B) to a packet."""
    tab = pages_of_text(folder / "tab.pdf", ["Exhibit A"])
    first = pages_of_text(folder / "a.pdf", ["one", "two", "three"])
    second = pages_of_text(folder / "b.pdf", [f"page {page}" for page in range(1, 13)])
    return bound(
        folder,
        *(own(kind, path, f"Letter {path.stem}") for path in letters),
        own(DocumentKind.SEPARATOR, tab, "Exhibit A", "A"),
        exhibit("A", first),
        exhibit("B", second),
        earlier=EARLIER,
    )


def cited(folder: Path, *lines: str) -> list[tuple[str, int | None, int | None]]:
    found = citations_in(letter(folder / "letter.pdf", *lines))
    return [(each.letter, each.first, each.last) for each in found]


PRINTED = {
    "Ex. C": [("C", None, None)],
    f"(Ex.{NB}C{NB}at{NB}3)": [("C", 3, 3)],
    "see Exhibit C at 3.": [("C", 3, 3)],
    "Ex. C at 3–5": [("C", 3, 5)],
    "Ex. C at 3-5, 9.": [("C", 3, 5), ("C", 9, 9)],
    f"Ex.{NB}C{NB}at{NB}3,{NB}7 shows": [("C", 3, 3), ("C", 7, 7)],
    "Ex. C at 3, 7 and Ex. D": [("C", 3, 3), ("C", 7, 7), ("D", None, None)],
    "Ex. C at 3,7": [("C", 3, 3), ("C", 7, 7)],
    "Exs. A, B and C": [("A", None, None), ("B", None, None), ("C", None, None)],
    "Exs. A at 2, B at 4; Ex. AB at 10": [("A", 2, 2), ("B", 4, 4), ("AB", 10, 10)],
    "Exhibits A & B": [("A", None, None), ("B", None, None)],
    "Ex. A, B. Smith wrote": [("A", None, None)],
    "Ex. A's first page": [("A", None, None)],
    "(Ex. A; Ex. B at 1)": [("A", None, None), ("B", 1, 1)],
}


@pytest.mark.parametrize(("text", "found"), PRINTED.items(), ids=PRINTED.keys())
def test_citations_are_read_as_they_are_printed(
    tmp_path: Path, text: str, found: list[tuple[str, int | None, int | None]]
) -> None:
    assert cited(tmp_path, text) == found


def test_a_number_after_a_comma_is_a_page_for_certain_where_the_citation_ends(
    tmp_path: Path,
) -> None:
    path = letter(tmp_path / "a.pdf", "Ex. C at 3, 7. Ex. C at 3, 14 days later, Ex. D at 2")

    found = [(each.first, each.certain) for each in citations_in(path)]

    assert found == [(3, True), (7, True), (3, True), (14, False), (2, True)]


def test_an_uncertain_page_that_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    path = letter(tmp_path / "brief.pdf", "Ex. B at 3, 14 days later", "Ex. B at 3, 7 shows")

    packet = packet_of(tmp_path, path)

    assert [page for page, _ in links(packet, 1)] == [8, 8, 12]


@pytest.mark.parametrize(
    "text",
    ["Ex. Officio", "an ex parte hearing", "Ex-A", "Ex. a", "Exhibit", "Ex. USCIS", "Index. A",
     "Exhibit A-1 of the lease", "EX. C", "Ex. 3"],
)  # fmt: skip
def test_other_words_are_no_citations(tmp_path: Path, text: str) -> None:
    assert cited(tmp_path, text) == []


def test_a_citation_may_break_over_lines(tmp_path: Path) -> None:
    (found,) = citations_in(letter(tmp_path / "a.pdf", "as shown in Ex. A at", "3 of the record"))

    assert (found.text, found.first) == ("Ex. A at 3", 3)
    first, second = found.boxes
    assert first.bottom > second.top
    assert second.left == pytest.approx(72, abs=1)


def test_the_box_lies_on_the_words_whatever_stands_before_them(tmp_path: Path) -> None:
    """Letters that mean nothing, of a logo's font, are left out by pdfium's get_text_range()."""
    path = one_page(
        tmp_path / "a.pdf",
        b"BT /F1 14 Tf 72 700 Td (\1\2\3 Ex. A at 2) Tj ET",
        more={
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding"
            b"<</BaseEncoding/WinAnsiEncoding/Differences[1/g123/g124/g125]>>>>"
        },
    )

    (found,) = citations_in(path)

    (box,) = found.boxes
    width = pdfmetrics.stringWidth("Ex. A at 2", "Helvetica", 14)
    assert box.right - box.left == pytest.approx(width, abs=2)
    assert 699 < box.bottom < box.top < 712


def links(packet: Packet, page: int) -> list[tuple[int, tuple[float, ...]]]:
    """Give each link's packet page and box."""
    reader = PdfReader(packet.path)
    numbers = {
        each.indirect_reference.idnum: index
        for index, each in enumerate(reader.pages, start=1)
        if each.indirect_reference is not None
    }
    found: list[tuple[int, tuple[float, ...]]] = []
    for each in reader.pages[page - 1].get("/Annots", ArrayObject()):
        link = each.get_object()
        assert isinstance(link, DictionaryObject)
        box = tuple(round(float(side)) for side in link["/Rect"])  # type: ignore[attr-defined]
        found.append((numbers[link["/Dest"][0].idnum], box))  # type: ignore[index]
    return found


def test_citations_lead_to_their_very_page(tmp_path: Path) -> None:
    path = letter(tmp_path / "cover.pdf", "Ex. A at 3", "Ex. B at 12", "Ex. A", "Ex. B at 2–4")

    packet = packet_of(tmp_path, path)

    assert [page for page, _ in links(packet, 1)] == [5, 17, 2, 7]
    assert [(each.text, each.target) for each in packet.bound.links[:4]] == [
        ("Ex. A at 3", 5),
        ("Ex. B at 12", 17),
        ("Ex. A", 2),
        ("Ex. B at 2–4", 7),
    ]


def test_a_placed_link_tells_where_it_stands_and_leads(tmp_path: Path) -> None:
    first = letter(tmp_path / "one.pdf", "nothing here")
    second = letter(tmp_path / "two.pdf", "Ex. B at 2")

    link = packet_of(tmp_path, first, second).bound.links[0]

    assert isinstance(link, PlacedLink)
    assert (link.text, link.document, link.page) == ("Ex. B at 2", "letter-Letter two", 2)
    assert (link.exhibit, link.exhibit_page, link.target) == ("B", 2, 8)


def test_a_citation_over_two_lines_has_two_boxes_that_lead_to_one_page(tmp_path: Path) -> None:
    packet = packet_of(tmp_path, letter(tmp_path / "brief.pdf", "see Ex. B at", "2 for more"))

    assert [page for page, _ in links(packet, 1)] == [7, 7]


def test_citations_inside_evidence_are_left_alone(tmp_path: Path) -> None:
    foreign = pages_of_text(tmp_path / "motion.pdf", ["as Ex. Q at 99 of that case shows"])

    packet = bound(tmp_path, exhibit("A", foreign))

    assert packet.bound.links == ()


@pytest.mark.parametrize("kind", ["letter", "index", "notice", "slip", "separator"])
def test_all_documents_of_our_own_are_searched(tmp_path: Path, kind: str) -> None:
    path = letter(tmp_path / "own.pdf", "Ex. B at 1")

    packet = packet_of(tmp_path, path, kind=DocumentKind(kind))

    assert links(packet, 1)[0][0] == 6


def test_dead_citations_are_told_all_at_once(tmp_path: Path) -> None:
    cover = letter(tmp_path / "cover.pdf", "Ex. D at 1", "Ex. A at 4", "Ex. A at 2–9", "Ex. A at 0")

    with pytest.raises(CitationDeadError) as caught:
        packet_of(tmp_path, cover)

    faults = {
        "Ex. D at 1": "there is no Exhibit D",
        "Ex. A at 4": "Exhibit A has 3 page(s), not 4",
        "Ex. A at 2–9": "Exhibit A has 3 page(s), not 9",
        "Ex. A at 0": "Exhibit A has 3 page(s), not 0",
    }
    assert str(caught.value).splitlines() == [
        f'Letter cover, page 1: "{text}" leads nowhere: {why}. Correct the citation.'
        for text, why in faults.items()
    ]


def test_an_address_of_ours_becomes_a_link_and_never_reaches_the_packet(tmp_path: Path) -> None:
    addresses = {0: "https://exhibit.invalid/B/3", 1: "https://exhibit.invalid/A"}
    index = letter(tmp_path / "index.pdf", "Bank statement", "Letter of Dr. Osei", links=addresses)

    packet = packet_of(tmp_path, index, kind=DocumentKind.INDEX)

    assert links(packet, 1) == [(8, (72, 697, 400, 712)), (2, (72, 677, 400, 692))]
    assert b"exhibit.invalid".hex().encode() not in packet.path.read_bytes()
    assert b"exhibit.invalid" not in packet.path.read_bytes()


def test_an_address_that_agrees_with_its_words_is_no_fault(tmp_path: Path) -> None:
    addresses = {0: "https://exhibit.invalid/B/3", 1: "https://exhibit.invalid/B"}
    index = letter(tmp_path / "i.pdf", "Ex. B at 3", "Ex. B at 4", links=addresses)

    packet = packet_of(tmp_path, index, kind=DocumentKind.INDEX)

    assert {page for page, _ in links(packet, 1)} == {8, 9, 6}


@pytest.mark.parametrize("address", ["A/3", "B/4", "A"])
def test_a_link_that_leads_elsewhere_than_its_words_say_is_an_error(
    tmp_path: Path, address: str
) -> None:
    full = f"https://exhibit.invalid/{address}"
    path = letter(tmp_path / "brief.pdf", "Ex. B at 3", links={0: full})

    said = f"Ex. {address.replace('/', ' at ')}"
    with pytest.raises(
        StaleLinkError,
        match=rf'^Letter brief, page 1: the words "Ex. B at 3" carry a link to {said}\. ',
    ):
        packet_of(tmp_path, path)


def test_an_address_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    path = letter(tmp_path / "index.pdf", "Gone", links={0: "https://exhibit.invalid/Z"})

    with pytest.raises(CitationDeadError, match="there is no Exhibit Z"):
        packet_of(tmp_path, path)


def test_dead_and_stale_are_told_together(tmp_path: Path) -> None:
    lines = {0: "https://exhibit.invalid/B/4"}
    path = letter(tmp_path / "brief.pdf", "Ex. B at 3", "Ex. D", links=lines)

    with pytest.raises(CitationDeadError) as caught:
        packet_of(tmp_path, path)

    assert [fault.stale for fault in caught.value.faults] == [True, False]


def test_a_link_says_to_which_exhibit_and_page_it_leads(tmp_path: Path) -> None:
    packet = packet_of(tmp_path, letter(tmp_path / "cover.pdf", "Ex. A at 3", "Ex. A"))

    found = packet.page(1)["/Annots"]

    assert isinstance(found, ArrayObject)
    assert [link.get_object()["/Contents"] for link in found] == [
        "Exhibit A, page 3: page 5 of the packet",
        "Exhibit A: page 2 of the packet",
    ]


def test_a_web_address_on_our_own_page_stays_one(tmp_path: Path) -> None:
    path = letter(tmp_path / "brief.pdf", "uscis.gov", links={0: "https://www.uscis.gov/i-131"})

    packet = packet_of(tmp_path, path)

    found = packet.page(1)["/Annots"]
    assert isinstance(found, ArrayObject)
    assert found[0]["/A"]["/URI"] == "https://www.uscis.gov/i-131"


def test_pages_of_a_second_file_are_counted_on(tmp_path: Path) -> None:
    paths = [letter(tmp_path / f"{name}.pdf", text) for name, text in (("x", "-"), ("y", "Ex. A"))]
    files = tuple(own(DocumentKind.LETTER, path, "L").files[0] for path in paths)
    evidence = exhibit("A", pages_of_text(tmp_path / "a.pdf", ["one"]))

    packet = bound(tmp_path, Document("brief", DocumentKind.LETTER, "Brief", files), evidence)

    assert packet.bound.links[0].page == 2
    assert links(packet, 2)[0][0] == 3


def test_a_citation_is_a_plain_value(tmp_path: Path) -> None:
    (found,) = citations_in(letter(tmp_path / "a.pdf", "Ex. A"))

    assert found == Citation(1, "Ex. A", "A", None, None, found.boxes)


BEFORE = "of the packet filed December 1, 2026]"


@pytest.mark.parametrize(
    "line",
    [
        "Ex. Y",
        "Ex. Y at 3",
        f"(Ex. Y at 1 [previously submitted; page 57 {BEFORE}; Ex. A at 2)",
        f"Ex. Y at 2–3 [previously submitted; pages 58–59 {BEFORE}",
        f"Ex. Y at 1, 3 [previously submitted; pages 57, 59 {BEFORE}",
        f"Ex. Y [previously submitted; pages 57–59 {BEFORE}",
    ],
)
def test_what_was_filed_before_is_cited_without_a_link(tmp_path: Path, line: str) -> None:
    packet = packet_of(tmp_path, letter(tmp_path / "brief.pdf", line))

    assert {link.exhibit for link in packet.bound.links} <= {"A"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"Ex. Y at 1 [previously submitted; page 58 {BEFORE}", "stands on page 57 of the packet"),
        (f"Ex. Y at 1–2 [previously submitted; pages 57–59 {BEFORE}", "stands on page 57"),
        (f"Ex. Y at 1, 3 [previously submitted; page 57 {BEFORE}", "stands on page 59"),
        (f"Ex. Y [previously submitted; page 57 {BEFORE}", "stands on page 57"),
    ],
)
def test_a_page_of_then_that_is_not_the_right_one_is_an_error(
    tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(StaleLinkError, match=said):
        packet_of(tmp_path, letter(tmp_path / "brief.pdf", line))


def test_a_page_that_an_exhibit_of_then_does_not_have_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CitationDeadError, match=r"Exhibit Y has 3 page\(s\), not 4"):
        packet_of(tmp_path, letter(tmp_path / "brief.pdf", "Ex. Y at 4"))


def test_a_link_to_an_exhibit_of_then_leads_nowhere(tmp_path: Path) -> None:
    path = letter(tmp_path / "brief.pdf", "see there", links={0: "https://exhibit.invalid/Y"})

    with pytest.raises(CitationDeadError, match="Exhibit Y was filed before"):
        packet_of(tmp_path, path)
