from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx.enum.style import WD_STYLE_TYPE
from pypdf import PdfReader

from packet_builder.documents import fonts
from packet_builder.documents.engines import libreoffice
from packet_builder.documents.engines.engine import (
    EngineMissingError,
    EngineTimeoutError,
    Job,
    NotConvertedError,
    SeveralFaultsError,
)
from packet_builder.documents.word.word import open_word
from packet_builder.sandbox import closed
from tests.needed import needs
from tests.word_samples import add, blank, letter, rewritten, run, saved, with_text


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o700)
    return closed.environment(scratch, fonts.fontconfig_file(scratch))


def _job(docx: Path, name: str = "Cover letter") -> Job:
    return Job(docx, docx.with_suffix(".pdf"), name)


def test_documents_of_one_name_do_not_overwrite_one_another(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    needs("soffice")
    paths = [tmp_path / folder / "same.docx" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        with_text(path, run(f"in folder {path.parent.name}"))
    jobs = [_job(path) for path in paths]

    libreoffice.convert(jobs, environ)

    texts = [PdfReader(job.pdf).pages[0].extract_text().strip() for job in jobs]
    assert texts == ["in folder a", "in folder b"]


def test_links_survive_where_their_style_is_defined(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    needs("soffice")
    document = blank()
    document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = document.part.relate_to("https://exhibit.invalid/C/3", kind, is_external=True)
    inner = f'<w:hyperlink r:id="{link}">{run("Ex. C at 3", _LINK)}</w:hyperlink>'
    add(document.add_paragraph(), inner)
    job = _job(saved(document, tmp_path / "x.docx"))

    libreoffice.convert([job], environ)

    (annotation,) = PdfReader(job.pdf).pages[0].annotations or []
    assert annotation.get_object()["/A"]["/URI"] == "https://exhibit.invalid/C/3"


_LINK = '<w:rStyle w:val="Hyperlink"/>'


def test_comments_do_not_reach_the_pdf(tmp_path: Path, environ: dict[str, str]) -> None:
    needs("soffice")
    document = blank()
    document.add_comment(document.add_paragraph("Text.").runs, "Is this true?", "M. Vale")
    job = _job(saved(document, tmp_path / "x.docx"))

    libreoffice.convert([job], environ)

    assert not PdfReader(job.pdf).pages[0].annotations


def test_a_failure_is_seen_although_the_exit_status_is_nought(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    needs("soffice")
    broken = rewritten(
        with_text(tmp_path / "x.docx", run("x")),
        lambda parts: parts.update({"word/document.xml": b"<w:document>"}),
    )

    with pytest.raises(
        NotConvertedError, match=r"^Cover letter: LibreOffice cannot convert this document\. "
    ):
        libreoffice.convert([_job(broken)], environ)


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a LibreOffice of our own before any other."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.defpath}")
    libreoffice._version.cache_clear()


_ANSWERS = "import sys, time\nif '--version' in sys.argv: sys.exit(print('LibreOffice {} x'))\n"


def test_a_conversion_that_does_not_end_is_stopped(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "bin", _ANSWERS.format("25.2.1.1") + "time.sleep(60)", monkeypatch)
    monkeypatch.setattr(libreoffice, "_START_SECONDS", 1)
    monkeypatch.setattr(libreoffice, "_DOCUMENT_SECONDS", 0)
    path = with_text(tmp_path / "x.docx", run("x"))

    with pytest.raises(
        EngineTimeoutError, match=r"^LibreOffice had not converted Cover letter after 1 s"
    ):
        libreoffice.convert([_job(path)], environ)


def test_the_call_is_closed_and_says_all_options(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    script = _ANSWERS.format("7.4.7.2") + f"open({str(log)!r}, 'w').write('\\n'.join(sys.argv[1:]))"
    _program(tmp_path / "bin", script, monkeypatch)
    path = with_text(tmp_path / "x.docx", run("x"))

    with pytest.raises(SeveralFaultsError, match=r"(?s)First: .*Second: "):
        libreoffice.convert([_job(path, "First"), _job(path, "Second")], environ)

    profile, *switches, options, outdir_switch, outdir, first, second = log.read_text().split("\n")
    assert profile.startswith(f"-env:UserInstallation=file://{environ['TMPDIR']}/")
    assert " ".join(switches) == "--headless --norestore --nodefault --nolockcheck --convert-to"
    assert options == (
        'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
        '"ExportNotes":{"type":"boolean","value":"false"},'
        '"ExportBookmarks":{"type":"boolean","value":"true"},'
        '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
    )
    assert outdir_switch == "--outdir"
    assert Path(outdir).parent == Path(first).parent.parent
    assert (Path(first).name, Path(second).name) == ("0.docx", "1.docx")


@pytest.mark.parametrize("answer", ["7.3.7.2", "nonsense"])
def test_an_old_libreoffice_is_as_good_as_none(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "bin", _ANSWERS.format(answer), monkeypatch)

    assert not libreoffice.is_there()
    with pytest.raises(EngineMissingError, match=r"^LibreOffice 7\.4 or newer is not on this"):
        libreoffice.version()


def test_a_newer_libreoffice_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path / "bin", _ANSWERS.format("25.8.1.1"), monkeypatch)

    assert libreoffice.is_there()
    assert libreoffice.version() == "25.8.1.1"


def test_a_libreoffice_that_does_not_answer_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "bin", "import time; time.sleep(60)", monkeypatch)
    monkeypatch.setattr(libreoffice, "_PROBE_SECONDS", 1)

    assert not libreoffice.is_there()


def test_a_missing_libreoffice_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        EngineMissingError,
        match=r"To install it: sudo apt-get install libreoffice-writer-nogui\.",
    ):
        libreoffice.version()


def test_it_refuses_nothing_and_changes_nothing(tmp_path: Path) -> None:
    word = open_word(letter(tmp_path / "letter.docx"))

    assert libreoffice.refusals(word) == ()
    assert libreoffice.prepared(word) is word


def test_two_runs_at_the_same_time_do_not_disturb_one_another(tmp_path: Path) -> None:
    needs("soffice")
    script = (
        "import sys; from pathlib import Path\n"
        "from packet_builder.documents import fonts\n"
        "from packet_builder.documents.engines import libreoffice\n"
        "from packet_builder.documents.engines.engine import Job\n"
        "from packet_builder.sandbox import closed\n"
        "docx, scratch = map(Path, sys.argv[1:])\n"
        "scratch.mkdir(); environ = closed.environment(scratch, fonts.fontconfig_file(scratch))\n"
        "libreoffice.convert([Job(docx, docx.with_suffix('.pdf'), 'x')], environ)\n"
    )
    paths = [with_text(tmp_path / f"{number}.docx", run("x")) for number in range(2)]

    running = [
        subprocess.Popen([sys.executable, "-c", script, path, path.with_suffix(".tmp")])
        for path in paths
    ]

    assert [each.wait() for each in running] == [0, 0]
    assert all(path.with_suffix(".pdf").is_file() for path in paths)
