"""An edit is seen by content: every kind of edit is one, and a mere re-save is none."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree

from packet_builder.documents.word.word import DOCUMENT, W, Word, open_word, packed, word_of
from packet_builder.drafts.content import content_differences, same_content
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.merge import Version, merge
from packet_builder.drafts.resolve import accepted, rejected
from tests.draft_cases import rich, sample_documents, versions
from tests.needed import needs
from tests.word_samples import xml


def saved_by_libreoffice(files: Sequence[Path], folder: Path) -> list[Path]:
    """Let LibreOffice open documents and save them."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "docx", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [folder / file.name for file in files]


def test_a_save_by_libreoffice_is_no_edit(tmp_path: Path) -> None:
    needs("soffice")
    documents = sample_documents(tmp_path)
    (tmp_path / "saved").mkdir()

    saved = saved_by_libreoffice(list(documents.values()), tmp_path / "saved")

    pairs = zip(documents.values(), saved, strict=True)
    found = {
        one.name: list(content_differences(open_word(one), open_word(two))) for one, two in pairs
    }
    assert found == {path.name: [] for path in documents.values()}
    assert all(
        one.read_bytes() != two.read_bytes()
        for one, two in zip(documents.values(), saved, strict=True)
    )


def test_a_save_by_libreoffice_changes_no_decision(tmp_path: Path) -> None:
    needs("soffice")
    made = {
        tmp_path / f"{name}-{seed}.docx": versions(path, f"saved {name}{seed}")
        for name, path in sample_documents(tmp_path).items()
        for seed in range(3)
    }
    for path, (_, edited, _, _) in made.items():
        path.write_bytes(packed(edited.parts))
    (tmp_path / "saved").mkdir()

    saved = saved_by_libreoffice(list(made), tmp_path / "saved")

    decided = [
        [decisions(base, copy, new) for copy in (edited, open_word(path))]
        for path, (base, edited, new, _) in zip(saved, made.values(), strict=True)
    ]
    assert [one for one, _ in decided] == [other for _, other in decided]
    assert sum(bool(one) for one, _ in decided) > 10


def test_a_merged_draft_opens_in_libreoffice_with_every_change_in_it(tmp_path: Path) -> None:
    needs("soffice")
    drafts: dict[Path, Word] = {}
    for name, path in sample_documents(tmp_path).items():
        for seed in range(3):
            base, edited, new, _ = versions(path, f"opened {name}{seed}")
            found = merge(Version(base, {}), edited, Version(new, {}), dt.date(2026, 12, 1))
            if found.content is not None:
                target = tmp_path / f"{name}-{seed}.docx"
                target.write_bytes(found.content)
                drafts[target] = word_of(found.content, name)
    (tmp_path / "saved").mkdir()

    saved = saved_by_libreoffice(list(drafts), tmp_path / "saved")

    assert len(drafts) > 12
    for path, word in zip(saved, drafts.values(), strict=True):
        opened = open_word(path)
        assert lines(accepted(opened)) == lines(accepted(word))
        assert lines(rejected(opened, lambda _: True)) == lines(rejected(word, lambda _: True))


def lines(parts: Mapping[str, bytes]) -> list[str]:
    word = word_of(packed(parts), "settled")
    reader = Reader(word)
    texts = (" ".join(reader.text(each).split()) for each in word.body.iter(f"{W}p"))
    return [text for text in texts if text]


def decisions(base: Word, edited: Word, new: Word) -> object:
    return merge(Version(base, {}), edited, Version(new, {}), dt.date(2026, 12, 1)).entries


def as_word_saves_it(tree: etree._Element) -> None:
    """Write what Word writes anew at each save, and cut every run in two."""
    for number, paragraph in enumerate(tree.iter(f"{W}p")):
        paragraph.set(f"{W}rsidR", f"{number:08X}")
    for run in list(tree.iter(f"{W}r")):
        texts = run.findall(f"{W}t")
        more = [each for each in run if each.tag not in {f"{W}t", f"{W}rPr"}]
        if len(texts) != 1 or more or len(texts[0].text or "") < 2:
            continue
        second = etree.fromstring(etree.tostring(run))
        full = texts[0].text or ""
        texts[0].text, cut = full[:1], second.find(f"{W}t")
        assert cut is not None
        cut.text = full[1:]
        for text in (texts[0], cut):
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(second)
        run.addnext(xml('<w:proofErr w:type="spellStart"/>'))
        second.insert(
            1 if second.find(f"{W}rPr") is not None else 0, xml("<w:lastRenderedPageBreak/>")
        )


def test_a_save_by_word_is_no_edit(tmp_path: Path) -> None:
    for path in sample_documents(tmp_path).values():
        word = open_word(path)

        saved = changed(word, as_word_saves_it)

        assert list(content_differences(word, saved)) == []
        assert saved.parts[DOCUMENT] != word.parts[DOCUMENT]


def changed(word: Word, change: Callable[[etree._Element], object]) -> Word:
    tree = etree.fromstring(word.parts[DOCUMENT])
    change(tree)
    return word_of(packed({**word.parts, DOCUMENT: etree.tostring(tree)}), word.name)


def swapped(old: str, new: str) -> Callable[[Word], Word]:
    def change(word: Word) -> Word:
        text = word.parts[DOCUMENT].decode()
        assert re.search(old, text), old
        content = re.sub(old, new, text, count=1).encode()
        return word_of(packed({**word.parts, DOCUMENT: content}), word.name)

    return change


def in_part(part: str, old: str, new: str) -> Callable[[Word], Word]:
    def change(word: Word) -> Word:
        assert old in word.parts[part].decode()
        content = word.parts[part].decode().replace(old, new, 1).encode()
        return word_of(packed({**word.parts, part: content}), word.name)

    return change


def _laid_out(inner: str) -> str:
    return f"<w:p><w:pPr>{inner}</w:pPr>"


_MARK = '<w:ins w:id="77" w:author="x" w:date="2026-11-20T10:00:00Z"/>'
EDITS: Mapping[str, Callable[[Word], Word]] = {
    "a word": swapped("rare tumor", "common tumor"),
    "a point": swapped("a rare tumor\\.", "a rare tumor!"),
    "bold": swapped("<w:b/>", ""),
    "italic": swapped("<w:i/>", ""),
    "a size": swapped("<w:b/>", '<w:b/><w:sz w:val="30"/>'),
    "a font": swapped("<w:b/>", '<w:rFonts w:ascii="Arial"/><w:b/>'),
    "a colour": swapped("<w:b/>", '<w:b/><w:color w:val="FF0000"/>'),
    "a highlight": swapped("<w:b/>", '<w:b/><w:highlight w:val="yellow"/>'),
    "a list": swapped("<w:numPr>.*?</w:numPr>", ""),
    "a level of a list": swapped('<w:ilvl w:val="0"/>', '<w:ilvl w:val="1"/>'),
    "a tracked deletion": swapped("about ", "nearly "),
    "whose change it is": swapped('w:author="Marisol Vale"', 'w:author="Jon Lee"'),
    "a note": in_part("word/footnotes.xml", "page 3", "page 4"),
    "a header": in_part("word/header1.xml", "A200-111-222", "A200-111-223"),
    "a comment": in_part("word/comments.xml", "Is this so?", "Is it?"),
    "a field": swapped("PAGEREF mark", "REF mark"),
    "a row": swapped("<w:tr>(?:(?!</w:tr>).)*Passport.*?</w:tr>", ""),
    "margins": swapped('w:left="1440"', 'w:left="1000"'),
    "an alignment": swapped("<w:p>(?=<w:r><w:t[^>]*>Dr)", _laid_out('<w:jc w:val="center"/>')),
    "an indent": swapped("<w:p>(?=<w:r><w:t[^>]*>Dr)", _laid_out('<w:ind w:left="720"/>')),
    "a style": in_part("word/styles.xml", 'w:ascii="Times New Roman"', 'w:ascii="Arial"'),
    "a shade": swapped("<w:b/>", '<w:b/><w:shd w:val="clear" w:fill="FFFF00"/>'),
    "spaced letters": swapped("<w:b/>", '<w:b/><w:spacing w:val="40"/>'),
    "a border": swapped(
        "<w:p>(?=<w:r><w:t[^>]*>Dr)", _laid_out('<w:pBdr><w:top w:val="single"/></w:pBdr>')
    ),
    "a tab stop": swapped(
        "<w:p>(?=<w:r><w:t[^>]*>Dr)",
        _laid_out('<w:tabs><w:tab w:val="left" w:pos="900"/></w:tabs>'),
    ),
    "lines kept together": swapped("<w:p>(?=<w:r><w:t[^>]*>Dr)", _laid_out("<w:keepLines/>")),
    "where a link leads": swapped('w:anchor="mark"', 'w:anchor="other"'),
    "the size of a picture": swapped('extent cx="914400"', 'extent cx="1828800"'),
    "the height of a row": swapped("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="900"/></w:trPr>'),
    "a shaded cell": swapped("<w:tcPr>", '<w:tcPr><w:shd w:val="clear" w:fill="EEEEEE"/>'),
    "an inserted row": swapped("<w:tr>", f"<w:tr><w:trPr>{_MARK}</w:trPr>"),
}


@pytest.mark.parametrize("what", EDITS)
def test_every_kind_of_edit_is_seen(what: str, tmp_path: Path) -> None:
    word = open_word(rich(tmp_path / "rich.docx"))

    assert not same_content(word, EDITS[what](word))
    assert same_content(word, word)


def test_another_picture_is_an_edit(tmp_path: Path) -> None:
    word = open_word(rich(tmp_path / "rich.docx"))
    (part,) = [name for name in word.parts if name.startswith("word/media")]

    assert not same_content(word, word_of(packed({**word.parts, part: b"another"}), word.name))
