"""A PDF file becomes an open reader; what is damaged is repaired as far as nothing is lost."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from packet_builder.documents.intake.errors import (
    ExhibitCutOffError,
    ExhibitEncryptedError,
    ExhibitLockedError,
    ExhibitNestedError,
    ExhibitTooLargeError,
    ExhibitUnreadableError,
    IntakeError,
    PasswordWrongError,
)

_STREAM_LIMIT = 1_000_000_000
_DEEPEST_BRANCH = 100
_TAIL_BYTES = 2048
_END_MARK = b"%%EOF"
_UNLOCKED = "unlocked: it was protected against changes"
_OPENED = "unlocked: it opens with a password, and its copy in the packet without"
_REPAIRED = "repaired: the table of contents of the file was damaged"
_END = b"\nstartxref\n0\n%%EOF\n"
_ROOT = re.compile(rb"/Root\s+(\d+\s+\d+)\s+R")
_CATALOG = re.compile(rb"(?<!\d)(\d+\s+\d+)\s+obj\s*<<[^<>]{0,2000}?/Type\s*/Catalog")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+\d+\s+obj\b")


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF whose pages can be reached."""

    reader: PdfReader
    is_encrypted: bool
    is_damaged: bool
    has_password: bool = False  # without which it does not open

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what had to be done to open it."""
        unlocked = _OPENED if self.has_password else _UNLOCKED
        return (*(unlocked,) * self.is_encrypted, *(_REPAIRED,) * self.is_damaged)


class _Listener(logging.Handler):
    """Counts what pypdf says, and lets none of it out: it quotes values of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.reader_warnings = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.reader_warnings += record.name == "pypdf._reader"


@contextlib.contextmanager
def open_pdf(name: str, source: Path, password: str | None = None) -> Iterator[OpenPdf]:
    """Open a PDF for as long as the block lasts; raises IntakeError for one beyond use."""
    # A scan of one page may lawfully be larger than pypdf's 75 MB for a stream.
    limits = apply_configuration(maximum_declared_stream_length=_STREAM_LIMIT)
    with limits, _listening() as listener, source.open("rb") as stream:
        yield _opened(_Lock(name, password), source, stream, listener)


def check_whole(name: str, reader: PdfReader) -> None:
    """Refuse a repaired file when a page, or something that a page draws, is not in it."""
    tree = reader.root_object["/Pages"]
    listed = tree.get("/Count") if isinstance(tree, DictionaryObject) else None
    if isinstance(listed, int) and listed > len(reader.pages):  # pypdf 7.1 skips missing pages
        found = f"only {len(reader.pages)} of its {listed} pages are there"
        raise ExhibitCutOffError(name, f"is cut off: {found}")
    for page, dictionary in enumerate(reader.pages, 1):
        drawn = (dictionary.get(key) for key in ("/Contents", "/Resources"))
        if any(_has_gap(reader, part, set()) for part in drawn):
            raise ExhibitCutOffError(name, f"is cut off: parts of page {page} are missing")


@dataclass(frozen=True, slots=True)
class _Lock:
    """A file by the name that messages use, and what it may open with."""

    name: str
    password: str | None

    def opened(self, reader: PdfReader) -> bool:
        """Open what is protected, and tell whether that took the password.

        pypdf 7.1 has tried the empty one itself: it opens what is protected against changes only.
        """
        if not reader.is_encrypted or reader.decrypt("") is not PasswordType.NOT_DECRYPTED:
            return False
        if self.password is None:
            raise ExhibitLockedError(self.name)
        if reader.decrypt(self.password) is PasswordType.NOT_DECRYPTED:
            raise PasswordWrongError(self.name)
        return True


def _opened(lock: _Lock, source: Path, stream: BinaryIO, listener: _Listener) -> OpenPdf:
    name = lock.name
    _check_last_revision(name, source)
    for content in _readings(source, stream):
        with contextlib.suppress(_NotThisWayError):
            reader, has_password = _attempt(lock, content)
            is_damaged = content is not stream or listener.reader_warnings > 0
            if is_damaged and _ends_inside_object(source):
                raise ExhibitCutOffError(name)
            return OpenPdf(reader, reader.is_encrypted, is_damaged, has_password)
    raise ExhibitUnreadableError(name) if _has_end(source) else ExhibitCutOffError(name)


def _readings(source: Path, stream: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the file as it is; then with an end that makes pypdf 7.1 rebuild the table."""
    yield stream
    content = source.read_bytes().rstrip()
    yield BytesIO(content + _END)
    root = _ROOT.findall(content) or _CATALOG.findall(content)
    if root:
        size = max((int(number) for number in _OBJECT.findall(content)), default=0) + 1
        trailer = b"\ntrailer\n<< /Root %b R /Size %d >>" % (root[-1], size)
        yield BytesIO(content + trailer + _END)


class _NotThisWayError(Exception):
    """This way of reading the file failed; another may do."""


def _attempt(lock: _Lock, stream: BinaryIO) -> tuple[PdfReader, bool]:
    name = lock.name
    try:
        reader = PdfReader(stream)
        has_password = lock.opened(reader)
        _check_tree(name, reader)
        len(reader.pages)
    except (NotImplementedError, DependencyError) as error:  # certificates, unknown handlers
        raise ExhibitEncryptedError(name) from error
    except LimitReachedError as error:
        raise ExhibitTooLargeError(name, "holds more than a document of its size can") from error
    except (IntakeError, MemoryError):
        raise
    except RecursionError as error:
        raise ExhibitNestedError(name) from error
    except Exception as error:  # pypdf 7.1 raises AssertionError, ValueError, TypeError … as well
        raise _NotThisWayError from error
    return reader, has_password


def _check_tree(name: str, reader: PdfReader) -> None:
    """Refuse pages that lie in a circle of branches, or deeper than pypdf 7.1 follows."""
    path: list[tuple[int, Iterator[object]]] = []  # the branches above, and what is left of each
    above, done = set[int](), set[int]()
    node: object = reader.root_object.get("/Pages")
    while True:
        kids = _branches(node)
        if kids is not None and id(kids) not in done:
            if id(kids) in above or len(path) >= _DEEPEST_BRANCH:
                raise ExhibitNestedError(name, "pages")
            above.add(id(kids))
            path.append((id(kids), iter(kids)))
        while path and (node := next(path[-1][1], None)) is None:
            finished, _ = path.pop()
            above.discard(finished)
            done.add(finished)
        if not path:
            return


def _branches(node: object) -> ArrayObject | None:
    found = node.get_object() if isinstance(node, IndirectObject) else node
    kids = found.get("/Kids") if isinstance(found, DictionaryObject) else None
    listed = kids.get_object() if kids is not None else None
    return listed if isinstance(listed, ArrayObject) else None


@contextlib.contextmanager
def _listening() -> Iterator[_Listener]:
    logger = logging.getLogger("pypdf")
    listener, propagates = _Listener(), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagates


def _check_last_revision(name: str, source: Path) -> None:
    """Refuse a file cut off in its last revision: every reader would show the one before it."""
    size = source.stat().st_size
    with source.open("rb") as stream:
        stream.seek(max(0, size - _TAIL_BYTES))
        tail = stream.read()
    content = tail if _END_MARK in tail else source.read_bytes()
    end = content.rfind(_END_MARK)
    if end >= 0 and _OBJECT.search(content, end):
        raise ExhibitCutOffError(name)


def _has_end(source: Path) -> bool:
    return _END_MARK in source.read_bytes()


def _ends_inside_object(source: Path) -> bool:
    """Tell whether the last object was begun and never ended, as a scan cut in its middle."""
    content = source.read_bytes()
    begun = [match.start() for match in _OBJECT.finditer(content)]
    return bool(begun) and content.rfind(b"endobj") < begun[-1]


def _has_gap(reader: PdfReader, part: object, seen: set[int]) -> bool:
    """Follow all references below a part of a page, each once."""
    if isinstance(part, IndirectObject):
        if part.idnum in seen:
            return False
        seen.add(part.idnum)
        target = part.get_object()
        return target is None or isinstance(target, NullObject) or _has_gap(reader, target, seen)
    if isinstance(part, DictionaryObject):
        return any(_has_gap(reader, child, seen) for child in part.values())
    return isinstance(part, ArrayObject) and any(_has_gap(reader, item, seen) for item in part)
