"""What is given to the program when somebody means harm, or a disk is failing; and what may happen.

A target takes bytes, and raises nothing but errors that are written for a person. Whatever once
raised something else stays in `fuzz_corpus`, and is given to it again in every run of the tests.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from lxml import etree
from pypdf.generic import TextStringObject

from packet_builder.assembly.drafting import write_drafts
from packet_builder.assembly.order import Order
from packet_builder.cli import commands
from packet_builder.documents.intake.intake import intake
from packet_builder.documents.word.word import open_word, word_of
from packet_builder.drafts.content import same_content
from packet_builder.drafts.merge import Version, merge
from packet_builder.errors import ExitCode, PacketError
from packet_builder.facts import read_facts
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.narrative import pieces_of
from packet_builder.outline import read_outline
from packet_builder.review.door import TOKEN_HEADER, Door, Key
from packet_builder.review.routes import application
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier
from packet_builder.unforeseen import LOG
from packet_builder.workspace import shipped
from tests import makers
from tests.cases import SEEN, WHOLE
from tests.review_cases import Office
from tests.reviewed import table_of
from tests.word_samples import blank, saved

CORPUS = Path(__file__).parent / "fuzz_corpus"
_CASE_DATA = Path(__file__).parents[1] / "case_data"


@dataclass(frozen=True)
class Target:
    """A part of the program that reads what others wrote."""

    name: str
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]  # that mean something there
    give: Callable[[bytes], None]


def facts(folder: Path) -> Target:
    """Files of facts: read, interpreted, examined."""
    whole = [(_CASE_DATA / name / "case.yaml").read_bytes() for name in ("minimal", "full")]

    def give(content: bytes) -> None:
        (folder / "case.yaml").write_bytes(content)
        with contextlib.suppress(PacketError):
            read = read_facts(folder)
            case = interpret(Case, read)
            outline = read_outline(shipped("templates"), case.filing.kind)
            examine(Dossier(case, SEEN, outline, SHIPPED), read)

    return Target("facts", (WHOLE.encode(), *whole), _YAML, give)


_YAML = (
    *(
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"{",
        b"[",
        b"]",
        b"}",
        b"|",
        b">",
        b"- ",
        b"? ",
    ),
    *(b": ", b"\t", b"\0", b"\xe2\x80\xa8", b"\xff\xfe", b"\xef\xbb\xbf", b"%YAML 9\n", b"---\n"),
    *(b"...\n", b"'", b'"', b"#", b"null", b"2026-02-30", b"1e999", b"9" * 5000, b"0x1F", b"NaN"),
    *(b"<<: ", b"\xed\xa0\x80", b"~", b"-1", b"yes", b"[@doctor p. 1-]", b"[@", b"[[[[[[[[", b"\r"),
)


def citations() -> Target:
    """Narrative text with citations."""

    def give(content: bytes) -> None:
        with contextlib.suppress(ValueError):
            list(pieces_of(content.decode("utf-8", "replace")))

    seeds = (
        b"He bled twice [@doctor p. 1], and [@a-b pp. 2-3, 5; @c].",
        "He said [@x, pp. 1–2].".encode(),
    )
    words = (b"[@", b"]", b"@", b"p. ", b"pp.", b"-", b";", b",", "–".encode(), b"0", b"9" * 400)
    return Target("citations", seeds, (*words, b"[[@a]]", b" ", b"\n", b"\\"), give)


def drafts(folder: Path) -> Target:
    """An attorney's Word copy, whose document part is changed: opened, compared, merged."""
    base = open_word(_letter(folder / "base.docx", "He needs an operation within weeks."))
    new = open_word(_letter(folder / "new.docx", "He needs an operation within days."))
    with zipfile.ZipFile(folder / "base.docx") as parts:
        members = {name: parts.read(name) for name in parts.namelist()}

    def give(content: bytes) -> None:
        compare(content)
        with contextlib.suppress(etree.XMLSyntaxError):
            lenient = etree.XMLParser(recover=True, resolve_entities=False)
            read = etree.fromstring(content, lenient)
            compare(b"" if read is None else etree.tostring(read))

    def compare(document: bytes) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for name, part in {**members, "word/document.xml": document}.items():
                target.writestr(name, part)
        with contextlib.suppress(PacketError):
            hers = word_of(made.getvalue(), "drafts/hers.docx")
            same_content(base, hers)
            merge(Version(base, {}), hers, Version(new, {}), dt.date(2026, 12, 1))

    return Target("drafts", (members["word/document.xml"], _tracked()), _WORD, give)


_WORD = (
    *(
        b"<w:p>",
        b"</w:p>",
        b"<w:r>",
        b"</w:r>",
        b"<w:t>",
        b"</w:t>",
        b"<w:tbl>",
        b"<w:tr>",
        b"<w:tc>",
    ),
    *(
        b'<w:ins w:id="1">',
        b"</w:ins>",
        b'<w:del w:id="1">',
        b"</w:del>",
        b"<w:delText>",
        b"<w:sdt>",
    ),
    *(
        b"<w:sdtContent>",
        b'<w:bookmarkStart w:id="7"/>',
        b"<w:hyperlink>",
        b"<w:sectPr/>",
        b"&amp;",
    ),
    *(b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<![CDATA[x]]>", b"<?x?>", b"\0", b'w:val="-1"'),
    *(b"<w:pPr>", b"</w:pPr>", b'<w:commentRangeStart w:id="x"/>', b"<mc:AlternateContent>"),
)
_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _tracked() -> bytes:
    change = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    text = (
        f"<w:document {_NAMES}><w:body><w:p><w:r><w:t>He needs </w:t></w:r><w:ins {change}><w:r>"
        f"<w:t>an</w:t></w:r></w:ins><w:del {change}><w:r><w:delText>one</w:delText></w:r></w:del>"
        "<w:r><w:t> operation</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        "</w:body></w:document>"
    )
    return etree.tostring(etree.fromstring(text))


def _letter(path: Path, words: str) -> Path:
    document = blank()
    document.add_paragraph(words)
    document.add_table(2, 2)
    return saved(document, path)


def exhibits(folder: Path) -> Target:
    """Evidence of strangers, changed at random: PDF and pictures."""

    def no_word(_source: Path, target: Path) -> None:
        target.write_bytes(makers.pdf(1))

    def give(content: bytes) -> None:
        source, target = folder / "source", folder / "target.pdf"
        source.write_bytes(content)
        with contextlib.suppress(PacketError):
            intake("exhibits/x", source, target, no_word)
        assert source.read_bytes() == content, "the original was touched"

    picture = makers.upright_picture()
    kinds = ("JPEG", "PNG", "TIFF")
    pictures = tuple(makers.saved(picture, kind, exif=makers.exif(6)) for kind in kinds)
    rich = makers.with_annotations(makers.annotation("Text", Contents=TextStringObject("a")))
    return Target("exhibits", (makers.pdf(3), rich, *pictures), _PDF, give)


_PDF = (
    *(b"obj", b"endobj", b"stream\n", b"endstream", b"xref", b"trailer", b"startxref\n", b"%%EOF"),
    *(b"<<", b">>", b"[", b"]", b"/Kids", b"/Parent", b"/Count -1", b"/Length 99999999", b"/Pages"),
    *(b"0 R", b"1 0 R", b"3 0 R", b"/Filter/FlateDecode", b"/Rotate 45", b"/MediaBox[0 0 0 0]"),
    *(
        b"\xff\xd8",
        b"\xff\xd9",
        b"\xff\xe1\xff\xff",
        b"IHDR",
        b"IDAT",
        b"\x89PNG\r\n\x1a\n",
        b"II*\0",
    ),
    *(b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"9" * 30, b"/Encrypt 4 0 R"),
)


def manifests(office: Office) -> Target:
    """What the program wrote down of a case, and finds again damaged: first byte, which file."""
    root = office.folders.cases.parent
    write_drafts(Order("boateng", office.folders, None, "dxpdf"))
    said(office, *_BUILD)
    names = sorted(
        path.relative_to(root)
        for path in (
            office.filing / "packet.json",
            office.case / "review" / "log.jsonl",
            office.case / "review" / "decisions.yaml",
            office.case / "drafts" / "initial_parole" / ".base" / "drafts.json",
            *(office.output / "cache").glob("last*.json"),
            *(office.filing / "builds").iterdir(),
            *(office.filing / "final").glob("*/packet.json"),
        )
        if path.exists()
    )

    def give(content: bytes) -> None:
        if not content:
            return
        name = names[content[0] % len(names)]
        target = root / name
        former = target.read_bytes()
        target.chmod(0o600)
        target.write_bytes(content[1:])
        try:
            for command in (*_READING, *_ONLY_READ_BY.get(name.name, ())):
                assert said(office, *command) != ExitCode.FAULT, (command, name)
        finally:
            target.write_bytes(former)

    seeds = tuple(bytes([place]) + (root / name).read_bytes() for place, name in enumerate(names))
    return Target("manifests", seeds, _JSON, give)


_READING = (("status",), ("status", "boateng"), ("diff", "boateng"), ("prune", "boateng"))
_BUILD = ("build", "boateng", "--engine", "dxpdf")
_ONLY_READ_BY = {"drafts.json": (("draft", "boateng"),), "last-first.json": (_BUILD,)}
_JSON = (
    *(b"{", b"}", b"[", b"]", b'"', b"null", b"true", b"-1", b"1e999", b"0", b"{}", b"[]", b'""'),
    *(b'"format": 2', b'"format": 3', b'"sha256"', b'"documents": []', b"\\ud800", b"\0", b"\n"),
    *(b"[" * 3000, b'"../../x"', b"NaN", b"Infinity", b"9" * 5000, b"decision", b"- ", b": "),
)


def said(office: Office, *command: str) -> int:
    """Run a command in the office, and give its exit code."""
    folders = office.folders
    options = ["--cases", str(folders.cases), "--output", str(folders.output)]
    options += ["--templates", str(folders.templates), "--forms", str(folders.forms)]
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        try:
            code: int = commands.main([*options, *command], standalone_mode=False)
        except click.ClickException:
            code = ExitCode.USAGE
    assert not (folders.output / LOG).exists(), (folders.output / LOG).read_text("utf-8")
    return code


def routes(office: Office) -> Target:
    """The review page, asked by somebody who has come through the door."""
    key = Key(8123)
    door = Door(
        application(table_of(office), key.page_token, read_only=False), key, read_only=False
    )
    build = json.loads((office.filing / "packet.json").read_bytes())["packet"]["sha256"]

    def give(content: bytes) -> None:
        line, _, body = content.partition(b"\n")
        method, _, place = line.partition(b" ")
        before = (office.case / "review").exists()
        status = asyncio.run(_asked(door, key, method, place, body))
        assert status < 500, (line, status)
        assert before or not (office.case / "review").exists() or status == 200

    decision = {
        "build": build,
        "kind": "comment",
        "documents": ["packet"],
        "by": "J",
        "note": "n",
        "page": 1,
    }
    seeds = [f"GET {place}".format(build).encode() for place in _PLACES]
    seeds.append(b"POST /decide\n" + json.dumps(decision).encode())
    return Target("routes", tuple(seeds), (*_URL, *_JSON, build.encode()), give)


_PLACES = (
    *("/", "/state", "/standings", "/board", "/since/packet", "/build/{}/page/1/full"),
    *("/build/{}/words/1", "/build/{}/beside/1", "/build/{}/whole", "/build/{}/find?words=he"),
    *("/build/{}/matrix", "/static/page.css", "/enter?token=x"),
)
_URL = (
    *(b"/", b"..", b"%2e%2e/", b"%00", b"%ff", b"?", b"&", b"=", b"#", b"\\", b"//", b"/build/"),
    *(b"0", b"-1", b"9" * 400, b"large", b"GET ", b"POST /decide\n", b"HEAD ", b"words=", b"%"),
)


async def _asked(door: Door, key: Key, method: bytes, place: bytes, body: bytes) -> int:
    """Give the status of an answer; raises what the page raises."""
    from urllib.parse import unquote_to_bytes  # noqa: PLC0415 - here only

    path, _, query = place.partition(b"?")
    headers = {
        "host": f"127.0.0.1:{key.port}",
        "cookie": f"{key.cookie}={key.session}",
        "origin": f"http://127.0.0.1:{key.port}",
        "content-type": "application/json",
        TOKEN_HEADER: key.page_token,
    }
    scope = {
        "type": "http",
        "method": method.decode("latin-1") or "GET",
        "path": "/" + unquote_to_bytes(path).decode("utf-8", "replace").lstrip("/"),
        "raw_path": path,
        "query_string": query,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "http_version": "1.1",
        "scheme": "http",
        "client": ("127.0.0.1", 9),
        "server": ("127.0.0.1", key.port),
        "root_path": "",
    }
    statuses: list[int] = []

    async def receive() -> Mapping[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Mapping[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    await door(scope, receive, send)  # type: ignore[arg-type]
    (status,) = statuses
    return status
