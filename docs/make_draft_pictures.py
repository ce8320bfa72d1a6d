"""The minimal sample, edited in Word and built again, becomes the pictures of docs/drafts.md.

python -m docs.make_draft_pictures; LibreOffice must be installed.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from docs.make_pictures import save_picture
from packet_builder.assembly.build import built
from packet_builder.assembly.builds import two_builds
from packet_builder.assembly.comparison import compare
from packet_builder.assembly.drafting import write_drafts
from packet_builder.assembly.order import Order
from packet_builder.kept import kept_file
from packet_builder.packet.side_by_side import side_by_side
from packet_builder.workspace import Folders
from tests.word_edits import add_paragraph, remark, track, type_over

_ROOT = Path(__file__).resolve().parents[1]
_LETTER = "humanitarian_justification"
_PAGE = 2  # of that letter
_SCALE = 1.3
_FACTS = (
    ("reserved January 12, 2027, for", "reserved January 19, 2027, for"),
    ("    date: 2027-01-12\n", "    date: 2027-01-19\n"),
    ("        date: 2027-01-12\n", "        date: 2027-01-19\n"),
    ("for January 12 and 15, 2027", "for January 19 and 22, 2027"),
    ("follow on January 15", "follow on January 22"),
    ("about one in three, and", "about one in two, and"),
)


def main() -> None:
    """Build, edit, change facts and build again in a folder that is thrown away; then draw."""
    with tempfile.TemporaryDirectory() as name:
        cases = Path(name) / "case_data"
        shutil.copytree(_ROOT / "case_data", cases)
        folders = Folders(cases, _ROOT / "templates", _ROOT / "forms", Path(name) / "output")
        order = Order("minimal", folders, None, "libreoffice")
        _build(order)
        write_drafts(order)
        _edit(cases / "minimal" / "drafts" / "initial_parole" / f"{_LETTER}.docx")
        _change_facts(cases / "minimal" / "case.yaml")
        _build(order)
        _draw(folders.output / "minimal" / "initial_parole")


def _build(order: Order) -> None:
    result = built(order, lambda _: None)
    if result.packet is None:
        raise SystemExit("\n".join(str(finding) for finding in result.findings))


def _edit(letter: Path) -> None:
    type_over(letter, "one in three, and", "one in three (a coin he cannot afford to toss), and")
    track(letter, "no treatment of", "no treatment at all of")
    remark(letter, "He would lose the January dates", "Ask Dr. Quist for a second sentence here?")
    add_paragraph(
        letter,
        "The hospital asks that",
        "As Exhibit C at 1 shows, any delay beyond January 12 may be fatal.",
    )


def _change_facts(facts: Path) -> None:
    text = facts.read_text(encoding="utf-8")
    for old, new in _FACTS:
        text = text.replace(old, new)
    facts.write_text(text, encoding="utf-8")


def _draw(filing: Path) -> None:
    comparison = compare(filing, *two_builds(filing, "minimal", ()))
    page = next(
        one for one in comparison.pages if one.document == f"letter-{_LETTER}" and one.page == _PAGE
    )
    packets = [
        kept_file(filing, build.manifest["packet"]["sha256"])
        for build in (comparison.old, comparison.new)
    ]
    save_picture(_upper_part(_page(packets[1], page.new or 1)), "draft.png")
    save_picture(side_by_side(packets[0], packets[1], (page.old, page.new)), "diff.png")


def _page(packet: Path, number: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(packet)
    try:
        picture: Image.Image = pdf[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        pdf.close()
    return picture


def _upper_part(page: Image.Image) -> Image.Image:
    width, height = page.size
    return page.crop((0, 0, width, height * 17 // 20))


if __name__ == "__main__":
    main()
