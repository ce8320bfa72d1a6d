from __future__ import annotations

import io
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from PIL import Image
from pypdf import PdfReader

from packet_builder import system
from packet_builder.documents import fonts
from packet_builder.documents.engines import dxpdf, dxpdf_child
from packet_builder.documents.engines.engine import (
    EngineCrashedError,
    EngineMissingError,
    EngineTimeoutError,
    FeatureError,
    Job,
    NotConvertedError,
    SeveralFaultsError,
)
from packet_builder.documents.word.repair import repaired
from packet_builder.documents.word.text import read
from packet_builder.documents.word.word import W, Word, open_word
from packet_builder.sandbox import closed
from packet_builder.workspace import PACKAGE
from tests.word_samples import (
    SENTENCE,
    add,
    add_footnotes,
    blank,
    field,
    letter,
    note,
    picture,
    run,
    saved,
    with_text,
    xml,
)


def _refused(path: Path) -> list[str]:
    return [fault.feature for fault in _faults(path)]


def _faults(path: Path) -> tuple[FeatureError, ...]:
    found = dxpdf.refusals(repaired(open_word(path)))
    assert all(isinstance(fault, FeatureError) for fault in found)
    return tuple(fault for fault in found if isinstance(fault, FeatureError))


def test_a_letter_of_ours_needs_nothing_else(tmp_path: Path) -> None:
    assert _refused(letter(tmp_path / "letter.docx")) == []


def test_a_feature_is_refused_with_its_place_and_the_two_ways_out(tmp_path: Path) -> None:
    path = with_text(tmp_path / "brief.docx", run("Fine."), run("She left in time", "<w:strike/>"))

    (fault,) = _faults(path)

    assert str(fault) == (
        'brief.docx: struck-through text in paragraph 2 ("She left in time") needs LibreOffice. '
        "To install that: sudo apt-get install libreoffice-writer-nogui. "
        "Or remove it from the document."
    )


_BOX = (
    '<w:r><w:pict><v:shape style="width:200pt;height:20pt"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>In the box</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
_WATERMARK = '<w:r><w:pict><v:shape type="#wm" style="width:400pt"/></w:pict></w:r>'
_DROP_CAPITAL = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
_ROMAN_NOTES = '<w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr>'
_CHECK_BOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="C1"/></w:ffData></w:fldChar>'
    "</w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_RUBY = "<w:r><w:ruby><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>"


@pytest.mark.parametrize(
    ("inner", "feature"),
    [
        (run("x", "<w:strike/>"), "struck-through text"),
        (run("x", "<w:dstrike/>"), "double struck-through text"),
        (run("x", "<w:smallCaps/>"), "small capitals"),
        (run("x", "<w:outline/>"), "outlined text"),
        (run("x", "<w:shadow/>"), "shadowed text"),
        (run("x", "<w:emboss/>"), "embossed text"),
        (run("x", "<w:imprint/>"), "engraved text"),
        (run("x", "<w:rtl/>"), "right-to-left text"),
        (run("x", '<w:u w:val="double"/>'), "an underline other than a single line"),
        (run("x", '<w:u w:val="words"/>'), "an underline other than a single line"),
        (run("x", '<w:em w:val="dot"/>'), "emphasis marks"),
        (run("x", '<w:bdr w:val="single" w:sz="4"/>'), "a border around words"),
        (run("x", '<w:position w:val="6"/>'), "raised or lowered text"),
        (run("x", '<w:fitText w:val="3000"/>'), "text fitted to a width"),
        (_BOX, "a drawing or watermark of an older Word"),
        (_BOX, "a text box"),
        (run("x") + _WATERMARK, "a drawing or watermark of an older Word"),
        ("<w:r><w:object/><w:t>x</w:t></w:r>", "an embedded object"),
        (run("x") + _CHECK_BOX, "a form field"),
        (_DROP_CAPITAL + run("x"), "a frame or drop capital"),
        ("<w:pPr><w:bidi/></w:pPr>" + run("x"), "a right-to-left paragraph"),
        (_RUBY, "text above text"),
        (f'<w:bdo w:val="ltr">{run("x")}</w:bdo>', "text of forced direction"),
        (f'<w:dir w:val="ltr">{run("x")}</w:dir>', "text of forced direction"),
        (run("x") + "<w:r><w:pgNum/></w:r>", "a page number of an older Word"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "an equation"),
        (run("x") + field("SEQ Figure", "1"), "a SEQ field"),
        (run("x") + field("PAGE", "1"), "a PAGE field"),
        (run("x") + field("NUMPAGES", "1"), "a NUMPAGES field"),
        (run("x") + field("PAGEREF a", "1"), "a PAGEREF field"),
        (run("محمد رضا"), "Arabic script"),
        (run("राजेन्द्र"), "Devanagari script"),
        (run("สมชาย"), "Thai script"),
        (run("ភ្នំពេញ"), "Khmer script"),
        (run("x\u0331"), "Combining script"),
    ],
)  # fmt: skip
def test_what_dxpdf_prints_wrongly_is_refused(inner: str, feature: str, tmp_path: Path) -> None:
    assert feature in _refused(with_text(tmp_path / "x.docx", inner))


@pytest.mark.parametrize(
    "inner",
    [
        run("x", '<w:strike w:val="0"/><w:smallCaps w:val="false"/>'),
        run("x", '<w:u w:val="single"/>'),
        run("x", '<w:u w:val="none"/><w:bdr w:val="nil"/><w:position w:val="0"/>'),
        run(" ", "<w:strike/>"),
        run("x", "<w:vanish/><w:strike/>") + run("y"),
        run("x", "<w:caps/>"),
        run("Nguyê\u0303n, Тимошенко, Παπαδόπουλος, שלום כהן, Հով, გიო, ኃይለ, ☐ ☒"),
        f"<w:sdt><w:sdtContent>{run('x')}</w:sdtContent></w:sdt>",
        '<w:pPr><w:bidi w:val="0"/></w:pPr>' + run("x"),
        run("x") + field("REF a", "x"),
    ],
)
def test_what_dxpdf_prints_rightly_is_not_refused(inner: str, tmp_path: Path) -> None:
    assert _refused(with_text(tmp_path / "x.docx", inner)) == []


def test_a_feature_that_a_style_sets_is_refused(tmp_path: Path) -> None:
    document = blank()
    document.styles["Quote"].font.small_caps = True
    document.add_paragraph("In the style", style="Quote")

    assert _refused(saved(document, tmp_path / "x.docx")) == ["small capitals"]


def test_a_feature_in_a_footnote_is_refused(tmp_path: Path) -> None:
    document = blank()
    add_footnotes(document, ["plain</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>gone"])
    add(document.add_paragraph(), run("x") + note(1))

    assert _refused(saved(document, tmp_path / "x.docx")) == ["struck-through text"]


@pytest.mark.parametrize(
    ("section", "feature"),
    [
        ('<w:pgBorders><w:top w:val="single"/></w:pgBorders>', "page borders"),
        ('<w:lnNumType w:countBy="1"/>', "line numbers"),
        ("<w:bidi/>", "a right-to-left paragraph"),
        ('<w:pgNumType w:fmt="lowerRoman"/>', "page numbers that are not 1, 2, 3"),
        ('<w:vAlign w:val="center"/>', "text centred between top and bottom"),
        (_ROMAN_NOTES, "footnotes that are not numbered 1, 2, 3"),
    ],
)  # fmt: skip
def test_a_page_set_up_that_dxpdf_ignores_is_refused(
    section: str, feature: str, tmp_path: Path
) -> None:
    document = blank()
    document.add_paragraph("x")
    document.sections[0]._sectPr.append(xml(section))

    assert feature in _refused(saved(document, tmp_path / "x.docx"))


def test_page_numbers_in_a_footer_must_be_plain(tmp_path: Path) -> None:
    document = blank()
    add(document.sections[0].footer.paragraphs[0], run("p. ") + field("PAGE \\* roman", "i"))

    assert _refused(saved(document, tmp_path / "x.docx")) == ["a page number that is not 1, 2, 3"]


def test_a_picture_that_is_no_photograph_is_refused(tmp_path: Path) -> None:
    document = blank()
    stream = io.BytesIO()
    Image.new("RGB", (10, 10)).save(stream, "TIFF")
    stream.seek(0)
    document.add_paragraph().add_run().add_picture(stream, width=Inches(1))

    assert _refused(saved(document, tmp_path / "x.docx")) == [
        "a picture that is neither PNG nor JPEG"
    ]


def test_a_chart_is_refused(tmp_path: Path) -> None:
    document = blank()
    paragraph = document.add_paragraph("Chart: ")
    paragraph.add_run().add_picture(picture(), width=Inches(1))
    (drawn,) = paragraph._p.xpath(".//pic:pic")
    drawn.getparent().remove(drawn)

    assert _refused(saved(document, tmp_path / "x.docx")) == ["a drawing, chart or diagram"]


def _normalised(path: Path) -> Word:
    return dxpdf.prepared(repaired(open_word(path)))


def test_the_pass_keeps_the_words_of_a_letter(tmp_path: Path) -> None:
    path = letter(tmp_path / "letter.docx")

    before, after = read(open_word(path)).paragraphs, read(_normalised(path)).paragraphs

    assert [each.text for each in after] == [each.text for each in before]


def test_content_controls_are_unwrapped_wherever_they_stand(tmp_path: Path) -> None:
    document = blank()
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = control.format(control.format(run("twice")) + run(" once"))
    add(document.add_paragraph(), inner + control.format("") + "<w:sdt><w:sdtPr/></w:sdt>")
    body = document.element.body
    body.insert(0, xml(control.format(f"<w:p>{run('block')}</w:p>")))
    tagged = f"<w:smartTag><w:smartTagPr/>{run('tagged')}</w:smartTag>"
    add(document.add_paragraph(), tagged)

    word = _normalised(saved(document, tmp_path / "x.docx"))

    assert [each.plain for each in read(word).paragraphs] == ["block", "twice once", "tagged"]
    assert not list(word.body.iter(f"{W}sdt", f"{W}smartTag", f"{W}smartTagPr"))


def test_capitals_are_written_out(tmp_path: Path) -> None:
    document = blank()
    document.styles["Quote"].font.all_caps = True
    document.add_paragraph("a straße", style="Quote")
    add(document.add_paragraph(), run("re:", "<w:caps/>") + run(" not"))

    word = _normalised(saved(document, tmp_path / "x.docx"))

    assert [each.plain for each in read(word).paragraphs] == ["A STRASSE", "RE: not"]


def test_sizes_are_written_out_in_tables_only(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("outside")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "inside"
    table.cell(0, 1).paragraphs[0].add_run("own").font.size = Pt(9)

    word = _normalised(saved(document, tmp_path / "x.docx"))

    sizes = [
        [size.get(f"{W}val") for size in each.iter(f"{W}sz")] for each in word.body.iter(f"{W}r")
    ]
    assert sizes == [[], ["24"], ["18"]]


def test_letters_are_composed_and_soft_hyphens_dropped(tmp_path: Path) -> None:
    path = with_text(
        tmp_path / "x.docx", run("Nguye\u0302\u0303n co\u00adop") + "<w:r><w:softHyphen/></w:r>"
    )

    word = _normalised(path)

    assert read(word).paragraphs[0].text == "Nguyễn coop"
    assert not list(word.body.iter(f"{W}softHyphen"))


def _environ(tmp_path: Path) -> dict[str, str]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return closed.environment(scratch, fonts.fontconfig_file(scratch))


def _job(docx: Path, name: str = "Cover letter") -> Job:
    return Job(docx, docx.with_suffix(".pdf"), name)


def test_all_documents_are_converted(tmp_path: Path) -> None:
    jobs = [_job(letter(tmp_path / f"{number} ß.docx")) for number in range(3)]

    dxpdf.convert(jobs, _environ(tmp_path))

    assert [len(PdfReader(job.pdf).pages) for job in jobs] == [2, 2, 2]


def _font_names(pdf: Path) -> set[str]:
    with pdfium.PdfDocument(pdf) as document:
        texts = document[0].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])
        return {text.get_font().get_base_name().partition("+")[2] for text in texts}


def test_only_our_fonts_are_used(tmp_path: Path) -> None:
    document = blank()
    document.styles["Normal"].font.name = "Calibri"
    document.add_paragraph("Calibri becomes Liberation Sans")
    add(
        document.add_paragraph(),
        run("Nobody's face", '<w:rFonts w:ascii="Ghost" w:hAnsi="Ghost"/>'),
    )
    job = _job(saved(document, tmp_path / "x.docx"))

    dxpdf.convert([job], _environ(tmp_path))

    assert _font_names(job.pdf) == {"LiberationSans", "LiberationSerif"}


def test_documents_that_dxpdf_cannot_read_are_named_together(tmp_path: Path) -> None:
    fine = letter(tmp_path / "fine.docx")
    bad = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in bad:
        path.write_bytes(b"PK no document")
    jobs = [_job(bad[0], "First"), _job(fine, "Fine"), _job(bad[1], "Second")]

    with pytest.raises(SeveralFaultsError) as raised:
        dxpdf.convert(jobs, _environ(tmp_path))

    assert [str(fault).partition(".")[0] for fault in raised.value.faults] == [
        "First: dxpdf cannot convert this document",
        "Second: dxpdf cannot convert this document",
    ]
    assert all(isinstance(fault, NotConvertedError) for fault in raised.value.faults)


def _child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(script, encoding="utf-8")
    monkeypatch.setattr(dxpdf_child, "__file__", str(child))


def test_a_breakdown_names_the_document_that_was_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child(monkeypatch, tmp_path, "import os; print('done', flush=True); os.abort()")
    jobs = [_job(tmp_path / "a.docx", "First"), _job(tmp_path / "b.docx", "Second")]

    with pytest.raises(EngineCrashedError, match=r"^dxpdf broke down while it converted Second\. "):
        dxpdf.convert(jobs, _environ(tmp_path))


def test_a_conversion_that_does_not_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child(monkeypatch, tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(dxpdf, "_SECONDS", 1)

    with pytest.raises(
        EngineTimeoutError, match=r"^dxpdf had not converted Cover letter after 1 s and was stopped"
    ):
        dxpdf.convert([_job(tmp_path / "a.docx")], _environ(tmp_path))


def test_a_missing_dxpdf_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    dxpdf.version.cache_clear()

    with pytest.raises(EngineMissingError, match=r"dxpdf is not on .*pip install dxpdf==0\.8\.1\."):
        dxpdf.version()
    dxpdf.version.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory in this way")
def test_the_child_limits_its_memory_and_loads_one_module_of_ours() -> None:
    script = (
        "import resource, runpy, sys\n"
        "sys.argv = ['child', str(1 << 32), *sys.argv[2:]]\n"
        f"runpy.run_path({dxpdf_child.__file__!r}, run_name='__main__')\n"
        "ours = [name for name in sys.modules if name.startswith('packet_builder')]\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], *ours)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, "", dxpdf._folder(), str(PACKAGE.parent)],
        input=b"",
        capture_output=True,
        check=True,
    )

    expected = [str(1 << 32), "packet_builder", "packet_builder.system"]
    assert ended.stdout.decode().split() == expected


def test_a_long_text_keeps_every_word(tmp_path: Path) -> None:
    job = _job(with_text(tmp_path / "x.docx", *[run(f"{n} {SENTENCE}") for n in range(40)]))

    dxpdf.convert([job], _environ(tmp_path))

    text = " ".join(page.extract_text() for page in PdfReader(job.pdf).pages)
    assert text.count("physician") == 40


def test_a_feature_of_a_character_style_is_refused(tmp_path: Path) -> None:
    document = blank()
    document.styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER).font.strike = True
    document.add_paragraph("She left ").add_run("in time", style="Gone")

    assert _refused(saved(document, tmp_path / "x.docx")) == ["struck-through text"]


def test_a_document_without_default_properties_is_read(tmp_path: Path) -> None:
    document = blank()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    document.styles.element.remove(defaults)
    add(document.add_paragraph(), run("Plain ") + run("struck", "<w:strike/>"))

    assert _refused(saved(document, tmp_path / "x.docx")) == ["struck-through text"]


class _Input:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_the_child_answers_one_line_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    limits: list[int] = []
    monkeypatch.setattr(system, "limit_memory", limits.append)
    fine, bad = letter(tmp_path / "fine.docx"), tmp_path / "bad.docx"
    bad.write_bytes(b"no document")
    named = (fine, tmp_path / "fine.pdf", bad, tmp_path / "bad.pdf")
    monkeypatch.setattr(sys, "stdin", _Input(b"".join(bytes(path) + b"\0" for path in named)))

    dxpdf_child.main(1 << 30, dxpdf._folder())

    assert capsys.readouterr().out.split() == ["done", "RuntimeError"]
    assert limits == [1 << 30]
    assert (tmp_path / "fine.pdf").is_file()
