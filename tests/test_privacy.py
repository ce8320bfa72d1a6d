"""Nothing of a client leaks: into arguments, names, logs, metadata, or unseen into what is filed.

A case is made in which everything private is a word that stands nowhere else in the world.
"""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pikepdf
import pytest
from pypdf import PdfReader
from reportlab.pdfgen import canvas

from packet_builder import cli
from packet_builder.errors import ExitCode
from tests import makers
from tests.cases import FIRM, WHOLE, write_pdf
from tests.crashes import can_follow
from tests.needed import missing, needs
from tests.review_cases import without_forms
from tests.tried import noted

CASE = "c-2026-07"
#: What the facts say, and what a hostile or careless sender left in the exhibits.
FACTS = {
    "family: Boateng, given: Adwoa": "family: Qwxadwoafam, given: Qwxadwoagiv",
    "family: Boateng, given: Kwabena": "family: Qwxkwabfam, given: Qwxkwabgiv",
    "G0418276": "Q7X041827Z",
    "city: Kumasi": "city: Qwxcity",
    "Her income is enough": "Qwxincome is enough",
    "The treatment takes five months": "The Qwxtreatment takes five months",
    "He needs an operation": "He needs a Qwxoperation",
    "He bled twice": "He bled Qwxtwice",
    "He may bleed again": "He may bleed Qwxagain",
    "He stays untreated": "He stays Qwxuntreated",
    "No appointment before 2027": "No Qwxappointment before 2027",
    "He will return": "He will Qwxreturn",
    "His sister lives here": "His sister Qwxsister lives here",
}
CANARIES = tuple(sorted({*re.findall(r"Qwx\w+", " ".join(FACTS.values())), "Q7X041827Z"}))
HIDDEN = ("Qwxauthor", "Qwxxmp", "Qwxformer", "Qwxorphan", "Qwxattached", "Qwxexif", "Qwxthumb")
_FOLDERS = {"PACKET_BUILDER_CASES": "cases", "PACKET_BUILDER_TEMPLATES": "templates"}


def facts() -> str:
    text = WHOLE
    for old, new in FACTS.items():
        assert old in text, old
        text = text.replace(old, new)
    return text.replace("[@passport].", "[@photo].").replace("evidence:\n", f"evidence:\n{_PHOTO}")


_PHOTO = "  - {id: photo, title: Photograph, kind: photographs, file: exhibits/photo.jpg}\n"


def careless_pdf() -> bytes:
    """Give a PDF with what no reader sees: author, XMP, deleted words, an attachment, an orphan."""
    stream = io.BytesIO()
    page = canvas.Canvas(stream, pagesize=(612, 792), invariant=True, pageCompression=0)
    page.setAuthor("Qwxauthor")
    for line in ("Qwxformer wording.", "An operation is needed."):
        page.drawString(72, 700, line)
        page.showPage()
    page.save()
    former = stream.getvalue()
    read = PdfReader(io.BytesIO(former))
    page_one = read.pages[0].indirect_reference
    contents = read.pages[0].raw_get("/Contents")
    root = read.trailer.raw_get("/Root")
    assert page_one is not None
    words = b"BT /F1 12 Tf 72 700 Td (He bled Qwxtwice.) Tj ET"
    names = b"<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 93 0 R>>>>]>>>>"
    catalog = f"<</Type/Catalog/Pages {read.root_object.raw_get('/Pages').idnum} 0 R"
    added = {
        contents.idnum: _stream(words),
        91: b"(Qwxorphan)",
        92: _stream(
            b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Qwxxmp</x:xmpmeta>", b"/Type/Metadata/Subtype/XML"
        ),
        93: _stream(b"Qwxattached", b"/Type/EmbeddedFile"),
        root.idnum: catalog.encode() + b"/Metadata 92 0 R/Names " + names + b">>",
    }
    return _updated(former, added, root.idnum)


def _stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (head, len(content), content)


def _updated(former: bytes, added: Mapping[int, bytes], root: int) -> bytes:
    """Write changed objects behind a PDF, as programs do that save quickly."""
    content, table = former, b""
    for number, body in added.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    before = int(former.rsplit(b"startxref", 1)[1].split()[0])
    tail = b"trailer\n<</Size 94/Root %d 0 R/Prev %d>>\n" % (root, before)
    return content + b"xref\n" + table + tail + b"startxref\n%d\n%%%%EOF\n" % len(content)


def careless_photo() -> bytes:
    data = makers.exif()
    data[0x010E] = "Qwxexif"  # what the picture shows, in words
    return makers.saved(makers.upright_picture(), "JPEG", exif=data, comment=b"Qwxthumb")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    exhibits = folder / "cases" / CASE / "exhibits"
    exhibits.mkdir(parents=True)
    (folder / "cases" / "firm.yaml").write_text(FIRM, encoding="utf-8")
    (exhibits.parent / "case.yaml").write_text(facts(), encoding="utf-8")
    write_pdf(exhibits / "passport.pdf", ("PASSPORT Qwxkwabgiv Qwxkwabfam",))
    (exhibits / "doctor.pdf").write_bytes(careless_pdf())
    (exhibits / "photo.jpg").write_bytes(careless_photo())
    write_pdf(exhibits / "tax.pdf", ("Total income 131,460",))
    without_forms(folder / "templates")
    return folder


def run(
    office: Path, *command: str, around: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody who lets everybody read what he writes."""
    return subprocess.run(
        [*around, sys.executable, "-m", "packet_builder", *command],
        cwd=office,
        env={**os.environ, **_FOLDERS, "TMPDIR": str(office / "temporary")},
        capture_output=True,
        text=True,
        check=False,
        umask=0o022,
    )


@pytest.fixture(scope="module")
def worked(office: Path) -> Path:
    """Bring the case to a final packet; every process is followed where that is allowed."""
    if not can_follow():
        missing("strace is not on this machine, or may not follow a process")
    (office / "temporary").mkdir()
    calls = "trace=execve,openat,open,mkdir,mkdirat,rename,renameat,renameat2,link,symlink"
    for name, command in {
        "draft": ("draft", CASE),
        "build": ("build", CASE, "--engine", "dxpdf"),
        "approve": ("approve", CASE, "--all", "--by", "Jordan Lee", "--role", "attorney"),
        "finalize": ("finalize", CASE, "--date", "2026-12-01"),
    }.items():
        follower = ("strace", "-f", "-v", "-qq", "-s", "100000", "-o", str(office / f"log-{name}"))
        ended = run(office, *command, around=(*follower, "-e", calls))
        assert ended.returncode == 0, ended.stderr
    return office


def found(content: bytes | str, canaries: Sequence[str] = CANARIES) -> list[str]:
    """Name the words that stand in something, however they are written there."""
    raw = content.encode() if isinstance(content, str) else content
    ways = ("utf-8", "utf-16-le", "utf-16-be")
    return [one for one in canaries if any(one.encode(way) in raw for way in ways)]


def test_the_words_are_in_the_packet_where_they_should_be(worked: Path) -> None:
    """Else nothing that follows would prove anything."""
    text = "".join(page.extract_text() for page in PdfReader(packet(worked)).pages)
    letters = "".join(words_in(path) for path in documents(worked))

    assert [one for one in CANARIES if one not in text + letters] == ["Q7X041827Z", "Qwxcity"]
    assert found((packet(worked).parent / "packet.json").read_bytes())


def packet(office: Path) -> Path:
    return office / "output" / CASE / "initial_parole" / "packet-DRAFT.pdf"


def documents(office: Path) -> list[Path]:
    return sorted(path for path in office.glob("output/**/letters/*.docx"))


def words_in(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())


def test_no_argument_environment_or_file_name_holds_a_word_of_the_case(worked: Path) -> None:
    logs = [path.read_bytes() for path in worked.glob("log-*")]
    calls = [line for log in logs for line in log.splitlines() if b"strace" not in line]

    assert sum(b"execve(" in line for line in calls) > 4
    assert sum(b"O_CREAT" in line for line in calls) > 100
    assert [found(line) for line in calls if found(line, (*CANARIES, *HIDDEN))] == []
    what = "calls of `draft`, `build`, `approve`, `finalize` that start a program or name a file"
    noted("Privacy", what, len(CANARIES), "no word of the case in arguments, environment or names")


def test_libreoffice_is_given_no_word_of_the_case(office: Path) -> None:
    needs("soffice")
    if not can_follow():
        missing("strace is not on this machine, or may not follow a process")
    log = office / "log-libreoffice"
    follower = ("strace", "-f", "-v", "-qq", "-s", "100000", "-o", str(log), "-e", "trace=execve")
    output = ("--output", "elsewhere")
    ended = run(office, *output, "build", CASE, "--engine", "libreoffice", around=follower)

    assert ended.returncode == 0, ended.stderr
    assert "soffice.bin" in log.read_text("utf-8", "replace")
    assert found(log.read_bytes()) == []


def test_what_was_made_can_be_read_by_its_owner_only(worked: Path) -> None:
    made = [worked / "output", *(worked / "output").rglob("*")]
    for name in ("drafts", "review"):
        folder = worked / "cases" / CASE / name
        made += [folder, *folder.rglob("*")]
    open_to_others = [path for path in made if stat.S_IMODE(path.lstat().st_mode) & 0o077]

    assert len(made) > 60
    assert open_to_others == []
    noted("Privacy", "files and folders of a case looked at for their rights", 60, "0600 and 0700")


def test_nothing_is_left_in_the_folder_for_temporary_files(worked: Path) -> None:
    assert list((worked / "temporary").iterdir()) == []


def filed(office: Path) -> Iterator[Path]:
    """Give every PDF that is filed, or stands for what is."""
    yield packet(office)
    yield from sorted((packet(office).parent / "final").rglob("*.pdf"))


def hidden_text(path: Path) -> Iterator[bytes]:
    """Give every object of a PDF, reached or not, with its streams unpacked."""
    yield path.read_bytes()
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            yield thing.unparse()
            if isinstance(thing, pikepdf.Stream):
                yield _unpacked(thing)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a picture stays as it is coded
        return bytes(stream.read_raw_bytes())


def test_a_careless_exhibit_holds_what_is_looked_for(office: Path) -> None:
    """Else nothing that follows would prove anything."""
    exhibits = office / "cases" / CASE / "exhibits"
    doctor = b"".join(hidden_text(exhibits / "doctor.pdf"))
    photo = (exhibits / "photo.jpg").read_bytes()

    assert found(doctor + photo, HIDDEN) == list(HIDDEN)
    assert (exhibits / "doctor.pdf").read_bytes().count(b"%%EOF") > 1


def test_what_a_sender_left_unseen_is_not_filed(worked: Path) -> None:
    files = list(filed(worked))

    assert len(files) > 1
    for path in files:
        assert [found(piece, HIDDEN) for piece in hidden_text(path) if found(piece, HIDDEN)] == []
    what = "words left unseen in exhibits: author, XMP, deleted text, attachment, EXIF, comment"
    noted("Privacy", what, len(HIDDEN), "in no object of what is filed, unpacked")


def traces(path: Path) -> list[str]:
    """Name what a PDF says beside its pages, and what nobody reaches in it."""
    content = path.read_bytes()
    with pikepdf.open(path) as pdf:
        said = [str(key) for key in pdf.docinfo if key != "/Title"]
        said += [key for key in ("/Metadata", "/PieceInfo", "/AF") if key in pdf.Root]
        of_pages = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified")
        said += [key for page in pdf.pages for key in of_pages if key in page.obj]
        objects = sum(not _is_of_the_file(thing) for thing in pdf.objects)
        reached = _reached(pdf)
    if content.count(b"%%EOF") != 1:
        said.append("more than one end")
    said += [mark for mark in ("Exif", "CreationDate", "xmpmeta") if mark.encode() in content]
    return said + (
        [f"{objects - reached} objects that nobody reaches"] if objects != reached else []
    )


def _is_of_the_file(thing: pikepdf.Object) -> bool:
    """Tell whether an object only says where others lie; nothing refers to these."""
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") in {"/ObjStm", "/XRef"}


def _reached(pdf: pikepdf.Pdf) -> int:
    seen: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            waiting += [value for _, value in thing.items() if isinstance(value, pikepdf.Object)]
        elif isinstance(thing, pikepdf.Array):
            waiting += [value for value in thing if isinstance(value, pikepdf.Object)]
    return len(seen)


def test_what_is_filed_says_nothing_beside_its_pages(worked: Path) -> None:
    said = {path.name: traces(path) for path in filed(worked)}

    assert [name for name, what in said.items() if what] == [], said


def test_word_files_say_nothing_beside_their_words(worked: Path) -> None:
    drafts = sorted((worked / "cases" / CASE / "drafts").rglob("*.docx"))
    for path in (*documents(worked), *drafts):
        with zipfile.ZipFile(path) as parts:
            about = b"".join(parts.read(name) for name in parts.namelist() if "docProps" in name)
            odd = "thumbnail|custom|comments"
            names = [name for name in parts.namelist() if re.search(odd, name)]
            dates = {info.date_time for info in parts.infolist()}
        assert (found(about), names, dates) == ([], [], {(1980, 1, 1, 0, 0, 0)}), path
        assert not re.search(rb"<dc:creator>[^<]|lastModifiedBy>[^<]|<dcterms:", about), path


_STAGES = (
    "packet_builder.assembly.build.examine",
    "packet_builder.assembly.build.arrange",
    "packet_builder.assembly.build.render_letters",
    "packet_builder.assembly.build.put_on_paper",
    "packet_builder.assembly.build.publish",
    "packet_builder.assembly.build.read_case_file",
)


@pytest.mark.parametrize("stage", _STAGES)
def test_no_log_of_a_fault_holds_a_word_of_the_case(
    office: Path,
    stage: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each stage fails with all that it was given in its message, and in that of its cause."""

    def fail(*given: object, **named: object) -> NoReturn:
        raise ValueError(facts() + repr((given, named))) from KeyError(repr(given))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    monkeypatch.setattr(stage, fail)
    folders = ("--cases", str(office / "cases"), "--templates", str(office / "templates"))
    command = ("packet-builder", *folders, "build", CASE, "--engine", "dxpdf")
    monkeypatch.setattr("sys.argv", list(command))
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    log = (tmp_path / "output" / "packet-builder-fault.log").read_text("utf-8")

    assert leaving.value.code == ExitCode.FAULT
    assert "KeyError" in log
    assert "ValueError" in log
    assert found(log) == []
    assert found("".join(capsys.readouterr())) == []


def test_the_journal_of_many_cases_holds_no_word_of_them(office: Path) -> None:
    broken = office / "cases" / "c-2026-08"
    broken.mkdir()
    (broken / "case.yaml").write_text(
        facts().replace("status: us_citizen", "status: Qwxincome"), encoding="utf-8"
    )
    ended = run(office, "--output", "many", "build-all", "--engine", "dxpdf", "c-2026-08")
    journal = (office / "many" / "build-all.jsonl").read_text("utf-8")

    assert ended.returncode == ExitCode.FINDINGS
    assert '"refused"' in journal
    assert found(journal + ended.stdout + ended.stderr) == []
