"""A file's bytes become its kind, or a refusal that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from pypdf import PdfWriter

from packet_builder import system
from packet_builder.documents.intake.errors import (
    ExhibitEmptyError,
    ExhibitUnreadableError,
    TwoKindsError,
    UnsupportedKindError,
    WrongKindError,
)
from packet_builder.documents.intake.intake import intake
from packet_builder.documents.intake.taken import Intake
from packet_builder.errors import ExitCode, ProgramError
from tests import makers

WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


def word_engine(_source: Path, target: Path) -> None:
    target.write_bytes(makers.pdf(2, "Declaration"))


def take(tmp_path: Path, name: str, content: bytes) -> Intake:
    source = tmp_path / "source"
    source.write_bytes(content)
    return intake(name, source, tmp_path / "made.pdf", word_engine)


def test_a_word_document_is_converted_by_the_engine_handed_in(tmp_path: Path) -> None:
    taken = take(tmp_path, "declaration.docx", makers.zipped(WORD))

    assert taken.path == tmp_path / "made.pdf"
    assert taken.texts == ("Declaration, page 1", "Declaration, page 2")
    assert taken.pages == 2


def test_trouble_of_the_word_engine_stays_its_own(tmp_path: Path) -> None:
    def failing(_source: Path, _target: Path) -> None:
        message = "the engine is missing"
        raise ProgramError(message)

    source = tmp_path / "declaration.docx"
    source.write_bytes(makers.zipped(WORD))

    with pytest.raises(ProgramError, match="the engine is missing"):
        intake("declaration.docx", source, tmp_path / "made.pdf", failing)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.pdf", "PHOTO.TIFF", "photo"])
def test_the_content_decides_and_not_the_name(tmp_path: Path, name: str) -> None:
    taken = take(tmp_path, name, makers.saved(makers.upright_picture(), "PNG"))

    assert taken.pages == 1


def test_another_name_than_the_content_is_noted(tmp_path: Path) -> None:
    taken = take(tmp_path, "photo.JPG", makers.saved(makers.upright_picture(), "PNG"))

    assert taken.notes == ("named as a JPEG picture, read as a PNG picture",)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<!DOCTYPE html><html><body>Sign in to download", "a web page"),
        (b"\n  <html>", "a web page"),
        (makers.zipped({"a.txt": b"a"}), "a zip archive"),
        (makers.zipped(WORD), "a Word document"),
        (b"Dear officer, ...", "plain text"),
        (b"{\\rtf1 }", "a rich text file"),
        (b"\x01\x02\x00\x03" * 50, "a file of an unknown kind"),
    ],
)
def test_a_pdf_by_name_only_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    with pytest.raises(
        WrongKindError, match=rf'"exhibits/mail\.pdf" is named as a PDF but holds {found}'
    ):
        take(tmp_path, "exhibits/mail.pdf", content)


def test_a_picture_named_as_a_word_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongKindError, match="is named as a Word document but holds a JPEG"):
        take(tmp_path, "a.docx", makers.saved(makers.upright_picture(), "JPEG"))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.doc", OLE, "an old Microsoft Office or Outlook file"),
        ("a.msg", OLE, "an old Microsoft Office or Outlook file"),
        ("a.rtf", b"{\\rtf1 }", r"a rich text file, .+ Save it as \.docx or PDF"),
        ("a.xlsx", makers.zipped({"xl/workbook.xml": b""}), "an Excel workbook"),
        ("a.pptx", makers.zipped({"ppt/presentation.xml": b""}), "a PowerPoint file"),
        ("a.pages", makers.zipped({"Index/Document.iwa": b""}), "Export it as a PDF"),
        ("a.odt", makers.zipped({"content.xml": b""}), "an OpenDocument file"),
        ("a.docm", makers.zipped({"word/vbaProject.bin": b"", **WORD}), "with macros"),
        ("a.zip", makers.zipped({"a.pdf": makers.pdf()}), "Unpack it and list the files"),
        ("a.rar", b"Rar!\x1a\x07\x00", "a compressed archive"),
        ("a.gif", makers.saved(makers.upright_picture(), "GIF"), "a GIF picture"),
        ("a.bmp", makers.saved(makers.upright_picture(), "BMP"), "a bitmap picture"),
        ("a.webp", makers.saved(makers.upright_picture(), "WEBP"), "a WebP picture"),
        ("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0", "an AVIF picture"),
        ("a.heics", b"\0\0\0\x1cftyphevc\0\0\0\0", "a video"),
        ("a.mp4", b"\0\0\0\x1cftypisom\0\0\0\0", "a video, .+ a packet holds pages only"),
        ("a.avi", b"RIFF\0\0\0\0AVI LIST", "a recording"),
        ("a.mp3", b"ID3\x04", "a sound recording"),
        ("a.dng", makers.saved(makers.upright_picture(), "TIFF"), "a raw camera file"),
        ("a.eml", b"From: a@example.org\r\nSubject: x", "an e-mail or saved web page"),
        ("a.txt", b"Dear officer", r"plain text, .+ Paste it into Word"),
        ("a.html", b"<html>", "print it to a PDF"),
        ("a.bin", b"\x01\x00\x02", "a file of an unknown kind"),
    ],
)
def test_a_kind_that_cannot_be_bound_is_refused_with_advice(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(UnsupportedKindError, match=message) as caught:
        take(tmp_path, name, content)

    assert str(caught.value).startswith(f'"{name}" is ')
    assert caught.value.exit_code is ExitCode.UNUSABLE
    assert not (tmp_path / "made.pdf").exists()


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExhibitEmptyError, match=r'"a\.pdf" is empty \(0 bytes\)'):
        take(tmp_path, "a.pdf", b"")


def test_a_broken_word_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExhibitUnreadableError, match=r'"a\.docx" is damaged'):
        take(tmp_path, "a.docx", makers.zipped(WORD)[:60])


def test_a_full_disk_is_not_called_damage_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_part: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(system, "sync_file", full)

    with pytest.raises(OSError, match="No space left"):
        take(tmp_path, "photo.png", makers.saved(makers.upright_picture(), "PNG"))


ZIP = makers.zipped({"letter.txt": b"something else"})


def commented(archive: bytes, comment: bytes) -> bytes:
    """Give a zip archive whose comment is what follows it."""
    return archive[:-2] + len(comment).to_bytes(2, "little") + comment


@pytest.mark.parametrize(
    ("content", "other"),
    [
        (makers.pdf() + ZIP, "a zip archive"),
        (makers.pdf() + ZIP + b"\r\n", "a zip archive"),
        (makers.pdf() + commented(ZIP, b"%%EOF\n"), "a zip archive"),
        (b"<!DOCTYPE html><!-- " + makers.pdf() + b" -->", "a web page"),
        (b"\n<HTML><script>alert(1)</script>" + makers.pdf(), "a web page"),
        (b"<svg xmlns='x'/>" + makers.pdf(), "a web page"),
        (b"MZ\x90\0" + makers.pdf(), "a program"),
        (b"#!/bin/sh\nexit\n" + makers.pdf(), "a program"),
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(
    tmp_path: Path, content: bytes, other: str
) -> None:
    with pytest.raises(TwoKindsError, match=f"is a PDF and {other} at once"):
        take(tmp_path, "exhibits/letter.pdf", content)


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"\r\n" * 9])
def test_rubbish_before_a_pdf_is_none_of_that(tmp_path: Path, before: bytes) -> None:
    assert take(tmp_path, "letter.pdf", before + makers.pdf()).pages == 2


def test_a_pdf_with_an_attached_archive_is_no_archive(tmp_path: Path) -> None:
    def attach(writer: PdfWriter) -> None:
        writer.add_attachment("papers.zip", ZIP)

    taken = take(tmp_path, "letter.pdf", makers.changed_pdf(attach))

    assert taken.removals == ("1 attached file",)
