"""Word documents for tests: made with python-docx, changed in their XML where it has no words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_SMALL = '<w:sz w:val="20"/>'

SENTENCE = (
    "The petitioner respectfully submits this request for humanitarian parole on behalf of her "
    "mother, whose treating physician states that her illness has entered its final stage. "
)


def blank() -> Docx:
    """Give a document with US Letter pages and a 12 point serif."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    return document


def xml(text: str) -> etree._Element:
    """Give the element of an XML text, whose outermost tag gets the namespaces."""
    head, _, rest = text.partition(">")
    closed = head.endswith("/")
    head = head.removesuffix("/")
    return parse_xml(f"{head} {_SPACES}{'/' if closed else ''}>{rest}")


def add(paragraph: Paragraph, inner: str) -> None:
    """Append raw XML to a paragraph."""
    for element in list(xml(f"<w:p>{inner}</w:p>")):
        paragraph._p.append(element)


def run(text: str, properties: str = "") -> str:
    """Give the XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """Give the XML of a field as Word writes it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def page_x_of_y(paragraph: Paragraph) -> None:
    """Write "Page 1 of 2" with fields."""
    add(paragraph, run("Page ") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "1"))


def add_footnotes(document: Docx, texts: list[str]) -> None:
    """Add the footnotes of a document; refer to them with `note`."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"{run(f' {text}', _SMALL)}</w:p></w:footnote>"
        for number, text in enumerate(texts, 1)
    )
    add_part(document, "footnotes", f"<w:footnotes {_SPACES}>{lines}{notes}</w:footnotes>")


def add_part(document: Docx, kind: str, content: str) -> None:
    """Add a part such as footnotes or comments."""
    package = document.part.package
    part = Part(PackURI(f"/word/{kind}.xml"), f"{_TYPES}.{kind}+xml", content.encode(), package)
    document.part.relate_to(part, f"{_RELATIONSHIPS}/{kind}")


def note(number: int) -> str:
    """Give the XML of the mark of a footnote."""
    mark = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'


def define_list(document: Docx, levels: list[tuple[str, str, str]]) -> None:
    """Define list 77: format, text and further XML of each level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{720 * (number + 1)}" w:hanging="720"/></w:pPr>{more}</w:lvl>'
        for number, (form, text, more) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="77">{inner}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def numbered(paragraph: Paragraph, level: int) -> Paragraph:
    """Make a paragraph an item of list 77."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))
    return paragraph


def picture() -> io.BytesIO:
    """Give a small PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (300, 60), "navy").save(stream, "PNG", dpi=(300, 300))
    stream.seek(0)
    return stream


def saved(document: Docx, path: Path) -> Path:
    """Save a document and give its path."""
    document.save(str(path))
    return path


def with_text(path: Path, *inner: str) -> Path:
    """Save a document of one paragraph for each piece of raw XML."""
    document = blank()
    for each in inner:
        add(document.add_paragraph(), each)
    return saved(document, path)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the parts of a saved document."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(path, parts)


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Save parts as a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def letter(path: Path) -> Path:
    """Save a two-page letter with all that our letters use."""
    document = blank()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head = section.first_page_header.paragraphs[0]
    head.add_run().add_picture(picture(), width=Inches(2))
    section.first_page_header.add_paragraph("Harbor & Vale Immigration Law, P.C.")
    section.header.paragraphs[0].text = "USCIS, Request for Humanitarian Parole, Amina Rahimi"
    for footer in (section.footer, section.first_page_footer):
        page_x_of_y(footer.paragraphs[0])
    document.add_paragraph("December 1, 2026")
    _address_and_subject(document)
    define_list(
        document,
        [("upperRoman", "%1.", ""), ("decimal", "%2.", ""), ("lowerLetter", "(%3)", "")],
    )
    add_footnotes(document, ["8 U.S.C. 1182(d)(5)(A); see Exhibit C at 3.", "8 U.S.C. 1804(b)."])
    _sections(document)
    _enclosures(document)
    return saved(document, path)


def _address_and_subject(document: Docx) -> None:
    document.add_paragraph("U.S. Citizenship and Immigration Services\nP.O. Box 660865\nDallas, TX")
    table = document.add_table(rows=2, cols=2)
    for row, texts in enumerate([("RE:", "Form I-131"), ("Petitioner:", "Layla Rahimi")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("Dear Officer:")


def _sections(document: Docx) -> None:
    for number, title in enumerate(["Introduction", "Statement of Facts", "Why It Is Urgent"], 1):
        heading = numbered(document.add_heading(title, 1), 0)
        heading.runs[0].font.name = "Times New Roman"
        for _ in range(2):
            paragraph = numbered(document.add_paragraph(SENTENCE * 3 + "See Ex. C at 3."), 1)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if number < 3:
            add(paragraph, note(number))
        numbered(document.add_paragraph("A lettered point of the self-petitioner."), 2)


def _enclosures(document: Docx) -> None:
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    rows = [("Tab", "Document", "Pages"), ("A", "Passport of the beneficiary", "1–4")]
    rows += [("B", "Letter of Dr. Kwame Osei", "5–9"), ("C", "Hospital record", "10–49")]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
    paragraph = document.add_paragraph("Enclosures")
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Inches(6.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    paragraph.add_run("\tTab A")
    document.add_paragraph("Respectfully submitted,")
    document.add_paragraph("\n____________________________\nMarisol Vale, Esq.")
