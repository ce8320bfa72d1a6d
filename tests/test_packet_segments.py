"""A file's pages are written once; copied into another packet they are the same, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from packet_builder.assembly.cache import Cache
from packet_builder.documents.document import Document
from packet_builder.packet import comparison, segment
from packet_builder.packet.accounting import PageAlteredError, PageLostError, account
from packet_builder.packet.bind import Binding, Bound, bind
from packet_builder.packet.body import Body
from packet_builder.packet.proofs import Proofs
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from packet_builder.workspace import digest_of
from tests.packets import exhibit, one_page, own, pages_of_text, stream, words


@dataclass
class Shelf:
    """A shelf that remembers what was made for it."""

    cache: Cache
    made: list[tuple[str, ...]] = field(default_factory=list)

    def has(self, made_from: Sequence[str]) -> bool:
        return self.cache.has(made_from)

    def kept(self, made_from: Sequence[str], make: Callable[[Path], None]) -> Path:
        def remembered(folder: Path) -> None:
            self.made.append(tuple(made_from))
            make(folder)

        return self.cache.kept(made_from, remembered)

    @property
    def segments(self) -> list[str]:
        """Give the names of the files whose segments were made."""
        return [one[3] for one in self.made if one[0] == "segment"]

    @property
    def proofs(self) -> int:
        return sum(one[0] == "proven" for one in self.made)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Cache(tmp_path / "cache"))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the pages that are compared by what a viewer shows of them."""
    compared: list[int] = []
    difference = comparison._difference

    def counting(*pages: object) -> object:
        compared.append(1)
        return difference(*pages)  # type: ignore[arg-type]

    monkeypatch.setattr(comparison, "_difference", counting)
    return compared


def layered(path: Path) -> Path:
    return one_page(
        path,
        words("Evidence") + b"/OC /L BDC 1 0 0 rg 200 200 200 400 re f EMC",
        resources=b"/Properties<</L 10 0 R>>",
        catalog=b"/OCProperties<</OCGs[10 0 R]"
        b"/D<</OFF[10 0 R]/AS[<</Event/View/OCGs[10 0 R]>>]>>>>",
        more={10: b"<</Type/OCG/Name(Not for reproduction)>>"},
    )


def linked(path: Path) -> Path:
    """Write a page with a link to the web, one to itself, and a field that is drawn."""
    return one_page(
        path,
        words("Form"),
        page=b"/Annots[10 0 R 11 0 R 12 0 R 14 0 R]",
        more={
            10: b"<</Type/Annot/Subtype/Link/Rect[10 10 50 50]/A<</S/URI/URI(https://a.example)>>>>",
            11: b"<</Type/Annot/Subtype/Link/Rect[60 10 90 50]/Dest[3 0 R /XYZ 10 20 null]>>",
            12: b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[72 500 172 550]/AP<</N 13 0 R>>>>",
            13: stream(b"0 g 0 20 90 12 re f", b"/Subtype/Form/BBox[0 0 100 50]"),
            14: b"<</Type/Annot/Subtype/Text/Rect[10 10 50 50]/Contents(Call her)>>",
        },
    )


def documents_in(folder: Path) -> list[Document]:
    """Give a letter that cites, its exhibits with all that pages may have, and a separator."""
    letter = pages_of_text(folder / "letter.pdf", ["see Ex. A at 2 and Ex. B", "and Ex. C at 1"])
    tab = pages_of_text(folder / "tab.pdf", ["Exhibit A", "cited as Ex. A at 1"])
    many = pages_of_text(folder / "many.pdf", [f"page {each}" for each in range(1, 5)])
    return [
        own(DocumentKind.LETTER, letter, "Cover letter"),
        own(DocumentKind.SEPARATOR, tab, "Exhibit A", "A"),
        exhibit("A", many, linked(folder / "linked.pdf"), title="Records"),
        exhibit("B", layered(folder / "layered.pdf")),
        exhibit("C", pages_of_text(folder / "last.pdf", ["last"])),
    ]


@pytest.fixture
def documents(tmp_path: Path) -> list[Document]:
    (tmp_path / "sources").mkdir()
    return documents_in(tmp_path / "sources")


def packet(
    documents: Sequence[Document], target: Path, shelf: Shelf | None = None, *, draft: bool = True
) -> Bound:
    return bind(documents, number(documents), target, Binding("P", draft=draft), shelf)


def test_a_packet_from_kept_segments_is_the_same_as_one_bound_anew(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    anew = packet(documents, tmp_path / "anew.pdf")
    first = packet(documents, tmp_path / "first.pdf", shelf)
    second = packet(documents, tmp_path / "second.pdf", shelf)

    written = (tmp_path / "anew.pdf").read_bytes()
    assert (
        written == (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()
    )
    assert len(shelf.made) == 6
    assert anew.removals == first.removals == second.removals
    assert [one.what for one in second.removals] == ["sticky note"]
    assert anew.links == second.links
    assert len(anew.links) == 5


def test_with_another_exhibit_in_between_all_others_are_copied_and_the_bytes_are_as_bound_anew(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    packet(documents, tmp_path / "before.pdf", shelf)
    shelf.made.clear()
    new = exhibit("Z", pages_of_text(tmp_path / "new.pdf", ["new", "newer"]))
    more = [*documents[:3], new, *documents[3:]]

    bound = packet(more, tmp_path / "copied.pdf", shelf)
    packet(more, tmp_path / "anew.pdf")

    assert shelf.segments == ["new.pdf"]
    assert (tmp_path / "copied.pdf").read_bytes() == (tmp_path / "anew.pdf").read_bytes()
    assert [link.target for link in bound.links if link.exhibit == "C"] == [13]
    texts = [page.extract_text() for page in PdfReader(tmp_path / "copied.pdf").pages]
    assert [f"Page {page} of 13" in text for page, text in enumerate(texts, 1)] == [True] * 13
    assert "Exhibit A, Page 5 of 5" in texts[8]


def test_a_page_of_ours_keeps_its_own_links_beside_those_to_exhibits(
    shelf: Shelf, tmp_path: Path
) -> None:
    path = one_page(
        tmp_path / "letter.pdf",
        words("as shown in Ex. A at 1"),
        page=b"/Annots[10 0 R]",
        more={
            10: b"<</Type/Annot/Subtype/Link/Rect[10 10 50 50]/A<</S/URI/URI(https://a.example)>>>>"
        },
    )
    letter = own(DocumentKind.LETTER, path, "Cover letter")
    documents = [letter, exhibit("A", pages_of_text(tmp_path / "a.pdf", ["one"]))]

    packet(documents, tmp_path / "packet.pdf", shelf)

    with pikepdf.open(tmp_path / "packet.pdf") as opened:
        leads, web = opened.pages[0].Annots
        assert "/Dest" in leads
        assert str(web.A.URI) == "https://a.example"


def test_no_source_is_opened_for_what_is_kept(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    packet(documents, tmp_path / "first.pdf", shelf)
    expected = (tmp_path / "first.pdf").read_bytes()
    shutil.rmtree(tmp_path / "sources")

    packet(documents, tmp_path / "second.pdf", shelf)

    assert (tmp_path / "second.pdf").read_bytes() == expected


def test_a_final_packet_has_segments_of_its_own(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    packet(documents, tmp_path / "draft.pdf", shelf)
    packet(documents, tmp_path / "final.pdf", shelf, draft=False)

    assert len(shelf.segments) == 12
    assert b"/PkD" not in (tmp_path / "final.pdf").read_bytes()


@pytest.mark.parametrize("window", [1, 7, 8, 50, 1 << 20])
def test_wherever_a_segment_is_cut_its_numbers_stay_whole(
    documents: list[Document], shelf: Shelf, tmp_path: Path, window: int
) -> None:
    packet(documents, tmp_path / "anew.pdf", shelf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_WINDOW", window)
        packet(documents, tmp_path / "cut.pdf", shelf)

    assert (tmp_path / "cut.pdf").read_bytes() == (tmp_path / "anew.pdf").read_bytes()


def test_another_library_finds_nothing_wrong_with_copied_segments(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    packet(documents, tmp_path / "packet.pdf", shelf)

    with pikepdf.open(tmp_path / "packet.pdf") as opened:
        assert opened.check_pdf_syntax() == []
        hidden = opened.Root.OCProperties.D.OFF
        assert [str(layer.Name) for layer in hidden] == ["layered.pdf: Not for reproduction"]
        links = [note for note in opened.pages[8].Annots if "/Dest" in note]
        assert [note.Dest[0].objgen == opened.pages[8].objgen for note in links] == [True]
        assert len(opened.pages[0].Annots) == 2


def test_the_digest_of_a_segment_is_that_of_its_bytes_and_none_is_read_again_for_it(
    documents: list[Document], shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    opened = Path.open

    def watched(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as Path.open
        if "r" in mode:
            read.append(path.name)
        return opened(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", watched)
    packet(documents, tmp_path / "packet.pdf", shelf)

    contents = tuple(tmp_path.glob(f"cache/*/{segment.CONTENT}"))
    assert read.count(segment.CONTENT) == len(contents) == 6  # to be copied into the packet
    for content in contents:
        table = json.loads((content.parent / segment.TABLE).read_text(encoding="utf-8"))
        assert table["sha256"] == digest_of(content)


def test_a_number_that_stands_in_a_text_is_our_fault() -> None:
    body = Body(BytesIO(), movable=True)

    with pytest.raises(AssertionError, match="a text may hold"):
        body.add(b"<</Title(see 12 0 R)>>")


def test_a_number_that_would_stay_as_it_is_is_our_fault() -> None:
    body = Body(BytesIO(), movable=True)

    with pytest.raises(AssertionError, match="a number is missed"):
        body.add(b"<</Name12 0 R>>")


# -- what was proven


def accounted(documents: Sequence[Document], target: Path, bound: Bound, shelf: Shelf) -> int:
    entries = account(target, documents, number(documents), proofs=Proofs(bound, shelf))
    return len(entries)


def test_every_page_is_compared_once_and_those_with_layers_each_time(
    documents: list[Document], shelf: Shelf, looks: list[int], tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    bound = packet(documents, target, shelf)

    assert accounted(documents, target, bound, shelf) == 11
    assert (len(looks), shelf.proofs) == (11, 5)
    assert accounted(documents, target, packet(documents, target, shelf), shelf) == 11
    assert (len(looks), shelf.proofs) == (12, 5)


def test_in_a_packet_with_another_exhibit_only_its_pages_are_compared(
    documents: list[Document], shelf: Shelf, looks: list[int], tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    documents = documents[1:3]
    accounted(documents, target, packet(documents, target, shelf), shelf)
    looks.clear()
    new = exhibit("B", pages_of_text(tmp_path / "new.pdf", ["new", "newer"]))
    documents.insert(0, new)

    assert accounted(documents, target, packet(documents, target, shelf), shelf) == 9
    assert len(looks) == 2


def test_without_proofs_every_page_is_compared(
    documents: list[Document], looks: list[int], tmp_path: Path
) -> None:
    packet(documents, tmp_path / "packet.pdf")

    account(tmp_path / "packet.pdf", documents, number(documents))

    assert len(looks) == 11


def test_a_page_that_was_not_as_its_source_is_not_taken_for_proven(
    documents: list[Document], shelf: Shelf, tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    bound = packet(documents, target, shelf)
    pages_of_text(tmp_path / "sources" / "last.pdf", ["something else"])

    for _ in range(2):
        with pytest.raises(PageLostError, match=r"^last\.pdf, page 1"):
            accounted(documents, target, bound, shelf)
    assert shelf.proofs == 0


def change(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new.ljust(len(old)), 1)

    return changed


def swap_pages(content: bytes) -> bytes:
    """Let two pages change places in the tree of pages."""
    before, kids, after = content.partition(b"/Kids[")
    listed, end, rest = after.partition(b"]")
    pages = [b"%s 0 R" % one for one in listed.split()[::3]]
    pages[4], pages[10] = pages[10], pages[4]
    return before + kids + b" ".join(pages) + end + rest


def move_an_object(content: bytes) -> bytes:
    """Let the table of the file say that a page's content stands where another's does."""
    one, two = (
        b"%010d 00000 n" % (1 + content.rindex(b"\n", 0, content.rindex(b" 0 obj", 0, place)))
        for place in (content.index(b"(page 1)"), content.index(b"(page 2)"))
    )
    assert one in content
    assert two in content
    return content.replace(one, two)


TAMPERED = {
    "a word of a page": change(b"(page 1)", b"(page 9)"),
    "where a page lies": change(b"q 0.9646465 0 0 0.9646465 ", b"q 0.9646465 0 0 0.5646465 "),
    "what a page draws": change(b"/PkP Do", b""),
    "which object a page draws": change(b"/PkP 1", b"/PkP 2"),
    "the order of pages": swap_pages,
    "the table of objects": move_an_object,
}


def test_what_all_pages_share_is_a_part_of_every_proof(
    documents: list[Document], shelf: Shelf, looks: list[int], tmp_path: Path
) -> None:
    target = tmp_path / "packet.pdf"
    bound = packet(documents, target, shelf)
    accounted(documents, target, bound, shelf)
    looks.clear()
    target.write_bytes(change(b"(DRAFT) Tj", b"(DRAFX) Tj")(target.read_bytes()))

    accounted(documents, target, bound, shelf)

    assert len(looks) == 11


@pytest.mark.parametrize("damage", [b"xref\n0", b"startxref\n", b"00000 n"])
def test_a_packet_that_is_not_written_as_ours_is_compared_page_by_page(
    documents: list[Document], shelf: Shelf, looks: list[int], tmp_path: Path, damage: bytes
) -> None:
    target = tmp_path / "packet.pdf"
    bound = packet(documents, target, shelf)
    accounted(documents, target, bound, shelf)
    looks.clear()
    before, found, after = target.read_bytes().rpartition(damage)
    target.write_bytes(before + found.replace(b"0", b"1").replace(b"t", b"T") + after)

    accounted(documents, target, bound, shelf)

    assert len(looks) == 11


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_whatever_changed_in_the_packet_is_looked_at_and_found(
    documents: list[Document],
    shelf: Shelf,
    looks: list[int],
    tmp_path: Path,
    tamper: Callable[[bytes], bytes],
) -> None:
    target = tmp_path / "packet.pdf"
    bound = packet(documents, target, shelf)
    accounted(documents, target, bound, shelf)
    looks.clear()
    target.write_bytes(tamper(target.read_bytes()))

    with pytest.raises((PageAlteredError, PageLostError)):
        accounted(documents, target, bound, shelf)
    assert looks
