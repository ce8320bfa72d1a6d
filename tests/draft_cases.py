"""Word documents and random edits of them, for the properties of merging."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.shared import Inches
from lxml import etree

from packet_builder.documents.letters.letter import render_letter
from packet_builder.documents.word.word import DOCUMENT, W, Word, open_word, packed, word_of
from packet_builder.drafts.inline import Reader
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.workspace import shipped
from tests.letter_facts import EXEMPTION, KINDS, WAIVER, context
from tests.word_samples import (
    add,
    add_footnotes,
    add_part,
    blank,
    define_list,
    field,
    letter,
    note,
    numbered,
    picture,
    run,
    saved,
)

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HER = "Marisol Vale"
_WORDS = ("urgent", "physician", "Ohio", "March", "parole", "$5,000", "Exhibit", "clinic", "2027")
_FACTS = {"fee_waiver": (WAIVER,), "fee_exemption": (EXEMPTION,)}
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


#: Of these LibreOffice does not write back all: it drops "keep with next" before a table, and puts
#: a joiner into a cell whose paragraph was struck.
_REWRITTEN = frozenset({"client_letter", "strategy_memo", "officer_questions"})
LETTERS = tuple(kind for kind in KINDS if kind not in _REWRITTEN)


def sample_documents(folder: Path) -> Mapping[str, Path]:
    """Give the documents that every property is tried on: ours, and some with everything."""
    found = {"letter": letter(folder / "letter.docx"), "rich": rich(folder / "rich.docx")}
    for name in LETTERS:
        (folder / name).mkdir()
        values = context(name, folder / name, *_FACTS.get(name, ()))
        planned = PlannedDocument("x", DocumentKind.LETTER, "Title", name, values)
        found[name] = folder / f"{name}.docx"
        render_letter(planned, shipped("templates"), found[name])
    return found


def rich(path: Path) -> Path:
    """Save a document with tables in tables, controls, fields, notes, boxes and revisions."""
    document = blank()
    document.sections[0].header.paragraphs[0].text = "Request for Amina Rahimi, A200-111-222"
    add_footnotes(document, ["8 U.S.C. 1182(d)(5)(A).", "See the letter of Dr. Osei, page 3."])
    define_list(document, [("decimal", "%1.", ""), ("lowerLetter", "(%2)", "")])
    document.add_heading("Why it is urgent", 1)
    for text in ("She has a rare tumor.", "She lives with her son in Manila."):
        numbered(document.add_paragraph(text), 0)
    first = document.add_paragraph("Dr. Kwame Osei saw her on August 14, 2026, ")
    add(first, run("and found a tumor", "<w:b/>") + run(" of 4 cm. See Ex. B at 3."))
    add(first, note(1) + run(" It grows.", "<w:i/>") + note(2))
    add(document.add_paragraph("As shown on page "), field("PAGEREF mark", "2") + run(" below."))
    add(document.add_paragraph(), _control("Amina Rahimi") + run(" asks for parole for 12 months."))
    add(document.add_paragraph("A link to "), _linked("the country report") + run(" of 2026."))
    document.add_paragraph().add_run().add_picture(picture(), width=Inches(1))
    add(document.add_paragraph("Her income is "), _revised())
    _tables(document)
    add(document.add_paragraph("Beside it "), _box("A box of 3 words"))
    add(document.add_paragraph("The last words. "), run("Ex. A, Ex. B at 3, and Exhibit C."))
    add_part(document, "comments", _comments())
    return saved(document, path)


def _control(text: str) -> str:
    return (
        '<w:sdt><w:sdtPr><w:tag w:val="name"/></w:sdtPr>'
        f"<w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"
    )


def _linked(text: str) -> str:
    return (
        '<w:bookmarkStart w:id="5" w:name="mark"/>'
        f'<w:hyperlink w:anchor="mark">{run(text)}</w:hyperlink><w:bookmarkEnd w:id="5"/>'
    )


def _revised() -> str:
    who = f'w:author="{HER}" w:date="2026-11-20T10:00:00Z"'
    return (
        f'<w:del w:id="31" {who}><w:r><w:delText xml:space="preserve">about </w:delText></w:r>'
        f'</w:del><w:ins w:id="32" {who}>{run("exactly ")}{run("and")}</w:ins>'
        '<w:commentRangeStart w:id="0"/>' + run(" $61,200") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>' + run(" a year, which is enough.")
    )


def _comments() -> str:
    return (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="{HER}" '
        'w:date="2026-11-20T10:00:00Z"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    )


def _box(text: str) -> str:
    inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return (
        '<w:r><w:pict><v:shape style="width:100pt;height:40pt"><v:textbox>'
        f"{inner}</v:textbox></v:shape></w:pict></w:r>"
    )


def _tables(document: object) -> None:
    table = document.add_table(rows=4, cols=3)  # type: ignore[attr-defined]
    rows = [("Tab", "Document", "Pages"), ("A", "Passport", "1-4"), ("B", "Letter", "5-9")]
    for row, texts in enumerate([*rows, ("C", "Record", "10-49")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    inner = table.cell(3, 1).add_table(rows=2, cols=2)
    inner.cell(0, 0).text = "Inner one"
    inner.cell(1, 1).text = "Inner two"
    table.cell(3, 1).add_paragraph("after the inner table")


def versions(path: Path, seed: str) -> tuple[Word, Word, Word, list[str]]:
    """Give a document, an attorney's edit of it, new facts in it, and the words she wrote."""
    rng = random.Random(seed)  # noqa: S311 - examples, not secrets
    base = open_word(path)
    edited, words = mutated(base, rng, attorney=True)
    new, _ = mutated(base, rng, attorney=False)
    return base, edited, new, words


def mutated(word: Word, rng: random.Random, *, attorney: bool) -> tuple[Word, list[str]]:
    """Change a document at random; give what was written."""
    trees = {part: copy.deepcopy(tree) for part, tree in word.trees.items()}
    places = [DOCUMENT, *word.related("footnotes"), *word.related("header")]
    scribe = _Scribe(word, rng, attorney)
    for _ in range(rng.randrange(0, 8)):
        part = rng.choice(places) if rng.random() < 0.12 else DOCUMENT
        scribe.change(trees[part])
    parts = {**word.parts, **{part: etree.tostring(trees[part]) for part in places}}
    return word_of(packed(parts), word.name), scribe.words


class _Scribe:
    """Changes one thing after the other."""

    def __init__(self, word: Word, rng: random.Random, attorney: bool) -> None:  # noqa: FBT001
        self.reader, self.rng, self.attorney = Reader(word), rng, attorney
        self.words: list[str] = []
        self.number = 900

    def change(self, root: etree._Element) -> None:
        kinds = [self.replace, self.replace, self.insert, self.drop, self.new_paragraph]
        kinds += [self.drop_paragraph, self.new_row, self.drop_row, self.drop_words]
        if self.attorney:
            kinds += [self.track_insert, self.track_delete, self.split, self.merge, self.bold]
            kinds += [self.swap, self.track_paragraph]
        self.rng.choice(kinds)(root)

    def word(self) -> str:
        kind = "q" if self.attorney else "z"
        return f"{self.rng.choice(_WORDS)}{self.rng.randrange(100, 999)}{kind}"

    def mine(self) -> str:
        word = self.word()
        self.words.append(word)
        return word

    def text(self, root: etree._Element) -> etree._Element | None:
        gone = (f"{W}del", f"{W}moveFrom")
        texts = [
            each
            for each in root.iter(f"{W}t")
            if each.text and next(each.iterancestors(*gone), None) is None
        ]
        return self.rng.choice(texts) if texts else None

    def edit(self, root: etree._Element, how: Callable[[list[str], int], None]) -> None:
        text = self.text(root)
        if text is not None:
            words = (text.text or "").split(" ")
            how(words, self.rng.randrange(len(words)))
            text.text = " ".join(words)
            text.set(SPACE, "preserve")

    def replace(self, root: etree._Element) -> None:
        self.edit(root, lambda words, at: words.__setitem__(at, self.mine()))

    def insert(self, root: etree._Element) -> None:
        self.edit(root, lambda words, at: words.insert(at, self.mine()))

    def drop(self, root: etree._Element) -> None:
        self.edit(root, lambda words, at: words.__delitem__(at))

    def drop_words(self, root: etree._Element) -> None:
        self.edit(root, lambda words, at: words.__delitem__(slice(at, at + 4)))

    def paragraph(self, root: etree._Element) -> etree._Element | None:
        found = [each for each in root.iter(f"{W}p") if each.getparent() is not root]
        return self.rng.choice(found) if found else None

    def new_paragraph(self, root: etree._Element) -> None:
        model = self.paragraph(root)
        if model is not None:
            fresh = copy.deepcopy(model)
            for child in list(fresh):
                if child.tag != f"{W}pPr":
                    fresh.remove(child)
            for child in fresh.findall(f"{W}pPr/{W}sectPr"):
                fresh[0].remove(child)
            made = etree.SubElement(etree.SubElement(fresh, f"{W}r"), f"{W}t")
            made.text = f"New paragraph {self.mine()} number {self.rng.randrange(9999)}."
            (model.addnext if self.rng.random() < 0.8 else model.addprevious)(fresh)

    def drop_paragraph(self, root: etree._Element) -> None:
        found = self.paragraph(root)
        parent = None if found is None else found.getparent()
        if found is None or parent is None or len(parent.findall(f"{W}p")) < 2:
            return
        following = found.getnext()
        ends_cell = parent.tag == f"{W}tc" and (following is None or following.tag != f"{W}p")
        if found.find(f"{W}pPr/{W}sectPr") is None and not ends_cell:
            parent.remove(found)

    def row(self, root: etree._Element) -> etree._Element | None:
        found = list(root.iter(f"{W}tr"))
        return self.rng.choice(found) if found else None

    def new_row(self, root: etree._Element) -> None:
        row = self.row(root)
        if row is not None:
            fresh = copy.deepcopy(row)
            for text in fresh.iter(f"{W}t"):
                text.text = self.mine()
            row.addnext(fresh)

    def drop_row(self, root: etree._Element) -> None:
        row = self.row(root)
        parent = None if row is None else row.getparent()
        if row is not None and parent is not None and len(parent.findall(f"{W}tr")) > 1:
            parent.remove(row)

    def mark(self, tag: str) -> etree._Element:
        self.number += 1
        mark = etree.Element(f"{W}{tag}")
        mark.set(f"{W}id", str(self.number))
        mark.set(f"{W}author", HER)
        mark.set(f"{W}date", "2026-11-21T09:00:00Z")
        return mark

    def run(self, root: etree._Element) -> etree._Element | None:
        text = self.text(root)
        run = None if text is None else text.getparent()
        marks = (f"{W}ins", f"{W}del", f"{W}fldSimple")
        if run is None or next(run.iterancestors(*marks), None) is not None:
            return None
        return run

    def track_insert(self, root: etree._Element) -> None:
        run = self.run(root)
        if run is not None:
            mark = self.mark("ins")
            made = etree.SubElement(etree.SubElement(mark, f"{W}r"), f"{W}t")
            made.text = f" {self.mine()} "
            made.set(SPACE, "preserve")
            run.addnext(mark)

    def track_delete(self, root: etree._Element) -> None:
        run = self.run(root)
        if run is not None:
            mark = self.mark("del")
            run.addprevious(mark)
            mark.append(run)
            for text in run.findall(f"{W}t"):
                text.tag = f"{W}delText"

    def track_paragraph(self, root: etree._Element) -> None:
        """Strike out a whole paragraph."""
        found = self.paragraph(root)
        if found is None or found.find(f"{W}pPr/{W}sectPr") is not None:
            return
        for each in list(found.findall(f"{W}r")):
            mark = self.mark("del")
            each.addprevious(mark)
            mark.append(each)
            for text in each.findall(f"{W}t"):
                text.tag = f"{W}delText"
        properties = found.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            found.insert(0, properties)
        if properties.find(f"{W}rPr") is None:
            etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}del").attrib.update(
                self.mark("del").attrib
            )

    def split(self, root: etree._Element) -> None:
        found = self.paragraph(root)
        runs = [] if found is None else found.findall(f"{W}r")
        if found is None or len(runs) < 2 or found.find(f"{W}pPr/{W}sectPr") is not None:
            return
        at = self.rng.randrange(1, len(runs))
        second = etree.Element(f"{W}p")
        second.extend(runs[at:])
        found.addnext(second)

    def merge(self, root: etree._Element) -> None:
        found = self.paragraph(root)
        following = None if found is None else found.getnext()
        if found is None or following is None or following.tag != f"{W}p":
            return
        if following.find(f"{W}pPr/{W}sectPr") is None and len(found.findall(f"{W}r")):
            found.extend([each for each in following if each.tag != f"{W}pPr"])
            parent = following.getparent()
            if parent is not None:
                parent.remove(following)

    def swap(self, root: etree._Element) -> None:
        found = self.paragraph(root)
        following = None if found is None else found.getnext()
        if found is not None and following is not None and following.tag == f"{W}p":
            following.addnext(found)

    def bold(self, root: etree._Element) -> None:
        run = self.run(root)
        if run is not None:
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            if properties.find(f"{W}b") is None:
                properties.insert(0, etree.Element(f"{W}b"))
