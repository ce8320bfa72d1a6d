"""A file's first bytes become its kind; the name is only believed where bytes cannot tell."""

from __future__ import annotations

import os
import zipfile
from enum import StrEnum
from pathlib import Path, PurePosixPath

from packet_builder.documents.intake.errors import (
    ExhibitEmptyError,
    ExhibitUnreadableError,
    TwoKindsError,
    UnsupportedKindError,
    WrongKindError,
)

_PDF = b"%PDF-"
_WEB_PAGE = (b"<html", b"<!doctype", b"<script", b"<svg")
_PROGRAM = (b"#!", b"mz", b"\x7felf")
_ZIP_DIRECTORY, _ZIP_DIRECTORY_BYTES = b"PK\x05\x06", 22
_ZIP_TAIL = _ZIP_DIRECTORY_BYTES + 0xFFFF
_HEAD_BYTES = 2048  # a PDF may begin with up to 1,024 bytes of something else
_PRINT = "Open it in its own program and print or save it as a PDF."
_PICTURE = "Save it as a PDF, JPEG or PNG."


class FileKind(StrEnum):
    """What intake can turn into pages."""

    PDF = "a PDF"
    JPEG = "a JPEG picture"
    PNG = "a PNG picture"
    TIFF = "a TIFF picture"
    HEIC = "a HEIC picture"
    WORD = "a Word document"


_PROMISES = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".heic": FileKind.HEIC,
    ".heif": FileKind.HEIC,
    ".docx": FileKind.WORD,
}
_RAW_CAMERA = frozenset({".dng", ".cr2", ".nef", ".arw", ".orf", ".rw2", ".pef", ".srw"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
# First bytes, what the file is, what to do.
_UNSUPPORTED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office or Outlook file", _PRINT),
    (b"{\\rtf", "a rich text file", "Save it as .docx or PDF."),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"BM", "a bitmap picture", _PICTURE),
    (b"\xff\x0a", "a JPEG XL picture", _PICTURE),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture", _PICTURE),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", _PICTURE),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", _PICTURE),
    (b"8BPS", "a Photoshop file", _PICTURE),
    (b"%!PS", "a PostScript file", _PRINT),
    (b"ID3", "a sound recording", "Have it transcribed; a packet holds pages only."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it and list the files in it."),
    (b"Rar!", "a compressed archive", "Unpack it and list the files in it."),
    (b"7z\xbc\xaf", "a compressed archive", "Unpack it and list the files in it."),
)
_ZIP_MEMBERS = (
    ("xl/", "an Excel workbook", _PRINT),
    ("ppt/", "a PowerPoint file", _PRINT),
    ("Index/", "a file of Apple Pages, Numbers or Keynote", "Export it as a PDF."),
    ("content.xml", "an OpenDocument file", "Save it as .docx or PDF."),
)
_VIDEO = "Print the pictures that matter from it; a packet holds pages only."


def kind_of(name: str, path: Path) -> FileKind:
    """Tell a file's kind; raises for a kind that intake does not take, with what to do instead."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise ExhibitEmptyError(name)
    suffix = PurePosixPath(name).suffix.lower()
    _refuse_unsupported(name, head, suffix)
    found = _supported(head) or (FileKind.WORD if _is_word(name, path, head) else None)
    if found is None:
        raise _unknown(name, head, suffix)
    if found is FileKind.PDF and (other := _other_kind(path, head)):
        raise TwoKindsError(name, found, other)
    if (found is FileKind.WORD) != (suffix == ".docx") and suffix in _PROMISES:
        raise WrongKindError(name, _PROMISES[suffix], found)
    return found


def misnaming(name: str, kind: FileKind) -> tuple[str, ...]:
    """Say, as a note, that the name promises something else than the file holds."""
    promised = _PROMISES.get(PurePosixPath(name).suffix.lower(), kind)
    return () if promised is kind else (f"named as {promised}, read as {kind}",)


def _supported(head: bytes) -> FileKind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return FileKind.TIFF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS and b"avif" not in head[:64]:
        return FileKind.HEIC
    is_pdf = _PDF in head[:1024] and not head.startswith(b"PK")  # a zip may store a PDF plain
    return FileKind.PDF if is_pdf else None


def _other_kind(path: Path, head: bytes) -> str:
    """Tell what else a PDF is: a browser takes its beginning, and a zip program its end."""
    before = head[: head.index(_PDF)].lower()
    if any(mark in before for mark in _WEB_PAGE):
        return "a web page"
    if before.startswith(_PROGRAM):
        return "a program"
    return "a zip archive" if _ends_like_zip(path) else ""


def _ends_like_zip(path: Path) -> bool:
    """Tell whether the directory of a zip archive reaches to the end of the file."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _ZIP_TAIL))
        tail = stream.read()
    at = tail.rfind(_ZIP_DIRECTORY)
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        end = at + _ZIP_DIRECTORY_BYTES + comment
        if end <= len(tail) and not tail[end:].strip(b"\r\n"):
            return True
        at = tail.rfind(_ZIP_DIRECTORY, 0, at)
    return False


def _refuse_unsupported(name: str, head: bytes, suffix: str) -> None:
    if suffix in _RAW_CAMERA:  # a TIFF whose first picture is only a thumbnail
        raise UnsupportedKindError(name, "a raw camera file", _PICTURE)
    for magic, kind, cure in _UNSUPPORTED:
        if head.startswith(magic):
            raise _refusal(name, suffix, kind, cure)
    if head[:4] == b"RIFF":
        webp = head[8:12] == b"WEBP"
        raise _refusal(
            name, suffix, "a WebP picture" if webp else "a recording", _PICTURE if webp else _VIDEO
        )
    if head[4:8] == b"ftyp" and _supported(head) is None:
        avif = b"avif" in head[:64] or b"avis" in head[:64]
        raise _refusal(
            name, suffix, "an AVIF picture" if avif else "a video", _PICTURE if avif else _VIDEO
        )


def _is_word(name: str, path: Path, head: bytes) -> bool:
    if not head.startswith(b"PK\x03\x04"):
        return False
    members = _members(name, path)
    suffix = PurePosixPath(name).suffix.lower()
    if "word/vbaProject.bin" in members:
        cure = "Open it in Word without enabling them, and save it as .docx or PDF."
        raise UnsupportedKindError(name, "a Word document with macros", cure)
    for start, kind, cure in _ZIP_MEMBERS:
        if any(member.startswith(start) for member in members):
            raise _refusal(name, suffix, kind, cure)
    if "word/document.xml" in members:
        return True
    raise _refusal(name, suffix, "a zip archive", "Unpack it and list the files in it.")


def _members(name: str, path: Path) -> frozenset[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except zipfile.BadZipFile as error:
        raise ExhibitUnreadableError(name) from error


def _unknown(name: str, head: bytes, suffix: str) -> WrongKindError | UnsupportedKindError:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _refusal(name, suffix, "a web page", "Open it in a browser and print it to a PDF.")
    if suffix in {".eml", ".mht", ".mhtml"}:
        return _refusal(name, suffix, "an e-mail or saved web page", _PRINT)
    if b"\0" not in head:
        return _refusal(name, suffix, "plain text", "Paste it into Word and save it as .docx.")
    return _refusal(name, suffix, "a file of an unknown kind", _PRINT)


def _refusal(name: str, suffix: str, kind: str, cure: str) -> WrongKindError | UnsupportedKindError:
    """Refuse as misnamed where the name promises a kind that would have been taken."""
    if suffix in _PROMISES:
        return WrongKindError(name, _PROMISES[suffix], kind)
    return UnsupportedKindError(name, kind, cure)
