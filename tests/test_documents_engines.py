from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from packet_builder.documents import fonts
from packet_builder.documents.engines import ENGINES, choose, dxpdf, libreoffice, toolchain, typeset
from packet_builder.documents.engines.engine import (
    Engine,
    EngineMissingError,
    EngineUnknownError,
    FeatureError,
    Job,
    NotConvertedError,
    SeveralFaultsError,
)
from packet_builder.documents.text_gate.gate import TextLostError
from packet_builder.documents.word.errors import NotWordError
from packet_builder.documents.word.refusals import CommentsError, TrackedChangesError
from packet_builder.documents.word.word import Word
from packet_builder.errors import UnusableError
from tests.needed import needs
from tests.word_samples import (
    SENTENCE,
    add,
    blank,
    letter,
    run,
    saved,
    with_text,
)


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "libreoffice":
        needs("soffice")
    return ENGINES[request.param]


def _job(docx: Path, name: str | None = None) -> Job:
    return Job(docx, docx.parent / "made" / f"{docx.stem}.pdf", name or docx.name)


def test_a_letter_becomes_a_pdf_that_says_where_it_comes_from(
    tmp_path: Path, engine: Engine
) -> None:
    job = _job(letter(tmp_path / "letter.docx"))

    (made,) = typeset([job], engine)

    assert (made.name, made.pdf, made.pages) == ("letter.docx", job.pdf, 2)
    assert (made.engine, made.version) == (engine.name, engine.version())
    assert made.fonts == toolchain(engine).fonts == fonts.fonts_digest()
    assert len(PdfReader(job.pdf).pages) == 2


def test_nothing_is_left_beside_the_pdf(tmp_path: Path, engine: Engine) -> None:
    job = _job(letter(tmp_path / "letter.docx"))
    before = sorted(fonts.FONTS.iterdir())

    typeset([job], engine)

    assert [path.name for path in job.pdf.parent.iterdir()] == ["letter.pdf"]
    assert sorted(fonts.FONTS.iterdir()) == before


def test_two_runs_give_the_same_bytes(tmp_path: Path, engine: Engine) -> None:
    here, there = tmp_path / "here", tmp_path / "a" / "longer path" / "there"
    made = []
    for folder in (here, there):
        folder.mkdir(parents=True)
        shutil.copy(letter(tmp_path / "letter.docx"), folder)
        job = _job(folder / "letter.docx")
        typeset([job], engine)
        made.append(job.pdf.read_bytes())

    assert made[0] == made[1]


def test_the_pdf_holds_no_metadata(tmp_path: Path, engine: Engine) -> None:
    document = blank()
    document.core_properties.author = "M. Vale, attorney"
    document.add_paragraph("Text.")
    job = _job(saved(document, tmp_path / "x.docx"))

    typeset([job], engine)

    reader = PdfReader(job.pdf)
    assert not reader.metadata
    assert "/Metadata" not in reader.root_object
    assert "/ID" not in reader.trailer
    assert b"Vale" not in job.pdf.read_bytes()


def test_headings_become_an_outline(tmp_path: Path, engine: Engine) -> None:
    job = _job(letter(tmp_path / "letter.docx"))

    typeset([job], engine)

    titles = [
        str(entry.title) for entry in PdfReader(job.pdf).outline if not isinstance(entry, list)
    ]
    wanted = ["Introduction", "Statement of Facts", "Why It Is Urgent"]
    assert [title[-len(want) :] for title, want in zip(titles, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:sdt><w:sdtContent>{run('in a content control')}</w:sdtContent></w:sdt>",
        run("RE: in capitals", "<w:caps/>"),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" a checked box"),
        run("Nguyê\u0303n, Тимошенко, Παπαδόπουλος, שלום כהן, Հով, გიო, ኃይለ, § ☐ ✓"),
        "<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:tab/><w:t>b</w:t></w:r>",
        run("x", "<w:webHidden/>") + run(" hidden in web pages only"),
        f"<w:smartTag>{run('tagged')}</w:smartTag>",
        run("first ") + run("a deleted remark", "<w:vanish/>") + run("last"),
    ],
)
def test_every_word_comes_through(inner: str, tmp_path: Path, engine: Engine) -> None:
    job = _job(with_text(tmp_path / "x.docx", run(SENTENCE), inner, run(SENTENCE)))

    (made,) = typeset([job], engine)

    assert made.pages == 1


def test_bullets_of_the_symbol_font_come_through(tmp_path: Path, engine: Engine) -> None:
    document = blank()
    for text in ("First point", "Second point"):
        document.add_paragraph(text, style="List Bullet")
    job = _job(saved(document, tmp_path / "x.docx"))

    typeset([job], engine)

    assert PdfReader(job.pdf).pages[0].extract_text().count("•") == 2


def test_faults_of_several_documents_are_raised_together(tmp_path: Path, engine: Engine) -> None:
    text = tmp_path / "text.docx"
    text.write_bytes(b"Dear Officer")
    document = blank()
    document.add_comment(document.add_paragraph("Text.").runs, "True?", "M. Vale")
    commented = saved(document, tmp_path / "commented.docx")
    tracked = with_text(tmp_path / "tracked.docx", f'<w:ins w:author="M">{run("new")}</w:ins>')
    jobs = [_job(path) for path in (text, letter(tmp_path / "fine.docx"), commented, tracked)]

    with pytest.raises(
        SeveralFaultsError, match=r"(?s)text\.docx.*commented\.docx.*tracked"
    ) as raised:
        typeset(jobs, engine)

    kinds = [type(fault) for fault in raised.value.faults]
    assert kinds == [NotWordError, CommentsError, TrackedChangesError]
    assert not jobs[1].pdf.exists()


def test_the_embedded_engine_refuses_what_libreoffice_prints(tmp_path: Path) -> None:
    needs("soffice")
    job = _job(with_text(tmp_path / "x.docx", run("She left", "<w:strike/>") + run(" in time")))

    with pytest.raises(FeatureError, match="struck-through text"):
        typeset([job], dxpdf)
    (made,) = typeset([job], libreoffice)

    assert made.engine == "libreoffice"


def test_arabic_and_devanagari_names_are_shaped_by_libreoffice(tmp_path: Path) -> None:
    needs("soffice")
    inner = run("Known as محمد رضا احمدی and राजेन्द्र श्रेष्ठ")

    (made,) = typeset([_job(with_text(tmp_path / "x.docx", inner))], libreoffice)

    assert made.pages == 1


def test_nothing_to_do_is_done_at_once() -> None:
    assert typeset([], dxpdf) == ()


def test_an_engine_is_chosen_by_name() -> None:
    assert choose("dxpdf") is dxpdf


def test_auto_is_libreoffice_where_it_is_there_and_else_dxpdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "is_there", lambda: True)
    monkeypatch.setattr(libreoffice, "version", lambda: "7.4.7.2")
    assert choose("auto") is libreoffice

    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose("auto") is dxpdf


def test_a_forced_engine_that_is_missing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        EngineMissingError, match=r"LibreOffice 7\.4 or newer is not on this machine"
    ):
        choose("libreoffice")


def test_an_engine_that_no_one_knows_is_an_error() -> None:
    with pytest.raises(
        EngineUnknownError,
        match=r'^There is no engine "word"\. Choose one of: auto, dxpdf, libreoffice\.$',
    ):
        choose("word")


@dataclass(frozen=True)
class _Fake:
    """An engine that makes the PDF it was given."""

    content: bytes
    name: str = "fake"
    options: str = ""

    def version(self) -> str:
        return "1"

    def refusals(self, _: Word) -> tuple[UnusableError, ...]:
        return ()

    def prepared(self, word: Word) -> Word:
        return word

    def convert(self, jobs: Sequence[Job], environ: Mapping[str, str]) -> None:
        assert environ["FONTCONFIG_FILE"]
        for job in jobs:
            job.pdf.write_bytes(self.content)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", b"Dear Officer"])
def test_a_result_that_is_no_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    job = _job(letter(tmp_path / "letter.docx"))

    with pytest.raises(NotConvertedError, match=r"^letter\.docx: fake cannot convert"):
        typeset([job], _Fake(content))

    assert not job.pdf.exists()


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    PdfWriter().write(tmp_path / "empty.pdf")

    with pytest.raises(NotConvertedError):
        typeset(
            [_job(letter(tmp_path / "letter.docx"))],
            _Fake((tmp_path / "empty.pdf").read_bytes()),
        )


def test_a_pdf_that_lacks_words_is_refused_and_not_kept(tmp_path: Path) -> None:
    job = _job(with_text(tmp_path / "x.docx", run("Only this.")))
    typeset([job], dxpdf)
    other = _job(with_text(tmp_path / "y.docx", run("Only this."), run("And that.")))

    with pytest.raises(TextLostError, match=r'y\.docx: the PDF made of it lacks "And that\."'):
        typeset([other], _Fake(job.pdf.read_bytes()))

    assert not other.pdf.exists()


def test_a_document_with_chinese_is_given_the_fonts_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tmp_path / "NotoSansCJK.ttf"
    more.write_bytes((fonts.FONTS / "LiberationSerif-Regular.ttf").read_bytes())
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: (more,))
    monkeypatch.setattr(fonts, "_beyond", lambda *_: "")  # as if the font had the characters
    document = blank()
    add(document.add_paragraph(), run("王"))

    with pytest.raises(TextLostError, match=r'lacks "王"'):
        typeset([_job(saved(document, tmp_path / "x.docx"))], dxpdf)
