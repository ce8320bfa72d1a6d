"""Word files that are broken, or made to break or betray whoever opens them."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from packet_builder.documents.intake.errors import UnsupportedKindError
from packet_builder.documents.word.errors import (
    RemotePartError,
    WordDamagedError,
    WordDoctypeError,
    WordMacroError,
    WordTooLargeError,
)
from packet_builder.documents.word.refusals import (
    RemoteFieldError,
    TrackedChangesError,
)
from tests.hostile_case import Hostile, Make, Refused, Taken, hostile
from tests.word_samples import field, rewritten, run, with_text

Parts = dict[str, bytes]

_NAME = "exhibits/declaration.docx"
_LINKS = "word/_rels/document.xml.rels"
_TOO_LARGE = Refused(WordTooLargeError, "far more than a letter needs")
_DOCTYPE = Refused(WordDoctypeError, "something that Word never writes")
_OUTSIDE = Refused(RemotePartError, "lies outside the file")
_EXTERNAL = (
    '<Relationship Id="rId99" TargetMode="External" Target="https://x.invalid/a.png" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/>'
    "</Relationships>"
)


def _docx(*inner: str, change: Callable[[Parts], None] = lambda _: None) -> bytes:
    """Give a Word file of these paragraphs, its parts changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = with_text(Path(folder) / "made.docx", *(inner or (run("I declare."),)))
        return rewritten(path, change).read_bytes()


def _with(name: str, content: bytes) -> Make:
    return lambda: _docx(change=lambda parts: parts.update({name: content}))


def _linked(kind: str) -> Make:
    def change(parts: Parts) -> None:
        parts[_LINKS] = parts[_LINKS].replace(b"</Relationships>", (_EXTERNAL % kind).encode())

    return lambda: _docx(change=change)


def _many(parts: Parts) -> None:
    parts.update({f"word/media/{number}.bin": b"" for number in range(3_000)})


def _macro_type(parts: Parts) -> None:
    kind = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"vnd.ms-word.document.macroEnabled.main+xml"
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(kind, macro)


def _twice() -> bytes:
    stream = io.BytesIO(_docx())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<other/>")
    return stream.getvalue()


def _lying() -> bytes:
    """Give a Word file whose archive says that a large part is small."""
    content = bytearray(_docx(change=lambda parts: parts.update({"word/x.xml": _SPACES})))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        entry = content.rindex(b"word/x.xml", 0, len(content))
        if mark == b"PK\x03\x04":
            entry = content.index(b"word/x.xml")
        head = content.rindex(mark, 0, entry)
        content[head + at : head + at + 4] = (99).to_bytes(4, "little")
    return bytes(content)


def _deep() -> bytes:
    boxes = b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000

    def change(parts: Parts) -> None:
        name = "word/document.xml"
        parts[name] = parts[name].replace(b"<w:body>", b"<w:body>" + boxes)

    return _docx(change=change)


_SPACES = b"<x>" + b" " * (30 << 20) + b"</x>"
_LAUGHS = "".join(f'<!ENTITY z{n} "{f"&z{n - 1};" * 10 if n else "ha"}">' for n in range(10))

CASES: tuple[Hostile, ...] = (
    *hostile(
        "Zip bombs",
        _NAME,
        (
            ("a part of 150 MB in 150 KB", _with("word/media/a.bin", bytes(150 << 20)), _TOO_LARGE),
            ("XML of 30 MB in 30 KB", _with("word/x.xml", _SPACES), _TOO_LARGE),
            ("3,000 parts", lambda: _docx(change=_many), _TOO_LARGE),
            ("a part that says it is small", _lying, Refused(WordDamagedError)),
            ("a part that is there twice", _twice, Refused(WordDamagedError, "one part twice")),
        ),
    ),
    *hostile(
        "XML that betrays its reader",
        _NAME,
        (
            (
                "a document type with a file of this machine",
                _with(
                    "word/x.xml",
                    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
                ),
                _DOCTYPE,
            ),
            (
                "a document type from the network",
                _with("word/x.xml", b'<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd"><x/>'),
                _DOCTYPE,
            ),
            (
                "a billion laughs",
                _with("word/x.xml", f"<!DOCTYPE x [{_LAUGHS}]><x>&z9;</x>".encode()),
                _DOCTYPE,
            ),
            ("elements in one another, 20,000 deep", _deep, Refused(WordDamagedError)),
            ("no XML at all", _with("word/x.xml", b"<x>"), Refused(WordDamagedError)),
        ),
    ),
    *hostile(
        "Word files that reach out",
        _NAME,
        (
            *(
                (f"{kind} from the network", _linked(kind), _OUTSIDE)
                for kind in ("image", "oleObject", "frame", "subDocument")
            ),
            ("a template from the network", _linked("attachedTemplate"), Taken()),
            (
                "a field that fetches a file",
                lambda: _docx(field("INCLUDETEXT C:\\\\secret.docx", "x")),
                Refused(RemoteFieldError),
            ),
            (
                "a field that starts a program",
                lambda: _docx(field("DDEAUTO cmd /k calc", "x")),
                Refused(RemoteFieldError),
            ),
        ),
    ),
    *hostile(
        "Word files with more than words",
        _NAME,
        (
            (
                "macros",
                _with("word/vbaProject.bin", b"x"),
                Refused(UnsupportedKindError, "with macros"),
            ),
            ("macros by their type", lambda: _docx(change=_macro_type), Refused(WordMacroError)),
            (
                "tracked changes",
                lambda: _docx(f'<w:ins w:id="1" w:author="a">{run("new")}</w:ins>'),
                Refused(TrackedChangesError),
            ),
            (
                "a name that climbs out of the archive",
                _with("../../../tmp/escaped.xml", b"<x/>"),
                Taken(),
            ),
        ),
    ),
)
