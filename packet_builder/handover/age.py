"""Bytes become an age file that a passphrase opens, and back, 64 KiB at a time.

The format is that of age-encryption.org/v1 with one scrypt recipient, so any program for age files
opens what is written here. The ciphers are those of the library `cryptography`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

CHUNK = 64 * 1024
WORK = 18  # 256 MiB and about a second for each guess
_MOST_WORK = 20
_TAG = 16
_LABEL = b"age-encryption.org/v1/scrypt"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<work>[1-9][0-9]?)\n"
    rb"(?P<body>[A-Za-z0-9+/]{43})\n--- (?P<mac>[A-Za-z0-9+/]{43})\n"
)
_MOST_HEADER = 200


class NotOpenedError(Exception):
    """The passphrase, or what it should open, is not right."""


class NotWholeError(Exception):
    """What was opened was changed or cut off, or is no age file."""


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""


class Target(Protocol):
    """What bytes are written to."""

    def write(self, content: bytes, /) -> int:
        """Take all of the bytes."""


class Sealing:
    """Encrypts what is written to it; `finish` writes the end, without which nothing opens."""

    def __init__(self, target: Target, passphrase: str, work: int = WORK) -> None:
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        file_key, nonce = os.urandom(16), os.urandom(16)
        target.write(_header(file_key, passphrase, os.urandom(16), work) + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def write(self, content: bytes) -> None:
        """Take bytes; the last chunk stays here, for only `finish` knows that it is the last."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class Opening:
    """Decrypts what is read through it; each byte that it gives is proven to be as it was."""

    def __init__(self, source: Source, passphrase: str) -> None:
        """Read the head; raises NotOpenedError, NotWholeError."""
        self._source = source
        self._ready = b""
        self._number = 0
        self._ended = False
        file_key = _file_key(_read_header(source), passphrase)
        self._cipher = ChaCha20Poly1305(_derived(file_key, _exactly(source, 16), b"payload"))
        self._next = _up_to(source, CHUNK + _TAG)

    def read(self, size: int) -> bytes:
        """Give at most so many bytes, none at the end; raises NotWholeError."""
        while not self._ready and not self._ended:
            self._open()
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _open(self) -> None:
        chunk, self._next = self._next, _up_to(self._source, CHUNK + _TAG)
        self._ended = not self._next
        try:
            nonce = _nonce(self._number, last=self._ended)
            self._ready = self._cipher.decrypt(nonce, chunk, None)
        except (InvalidTag, ValueError):
            raise NotWholeError from None
        if not self._ready and self._number:
            raise NotWholeError  # only an empty file has an empty chunk
        self._number += 1


def _header(file_key: bytes, passphrase: str, salt: bytes, work: int) -> bytes:
    wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
    lines = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {work}\n{_text(wrapped)}\n---".encode()
    return lines + f" {_text(_mac(file_key, lines))}\n".encode()


def _read_header(source: Source) -> re.Match[bytes]:
    lines = b""
    while not lines.endswith(b"\n") or lines.count(b"\n") < 4:  # noqa: PLR2004 - of this header
        sign = source.read(1)
        if not sign or len(lines) > _MOST_HEADER:
            raise NotWholeError
        lines += sign
    header = _HEADER.fullmatch(lines)
    if header is None or int(header["work"]) > _MOST_WORK:
        raise NotWholeError
    return header


def _file_key(header: re.Match[bytes], passphrase: str) -> bytes:
    try:
        salt, body = _bytes(header["salt"]), _bytes(header["body"])
        wrap = ChaCha20Poly1305(_wrap_key(passphrase, salt, int(header["work"])))
        file_key = wrap.decrypt(bytes(12), body, None)
    except InvalidTag:
        raise NotOpenedError from None
    lines = header[0].rpartition(b" ")[0]
    if not hmac.compare_digest(_mac(file_key, lines), _bytes(header["mac"])):
        raise NotWholeError
    return file_key


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _mac(file_key: bytes, lines: bytes) -> bytes:
    return hmac.new(_derived(file_key, b"", b"header"), lines, hashlib.sha256).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _up_to(source: Source, size: int) -> bytes:
    pieces = b""
    while len(pieces) < size and (piece := source.read(size - len(pieces))):
        pieces += piece
    return pieces


def _exactly(source: Source, size: int) -> bytes:
    content = _up_to(source, size)
    if len(content) < size:
        raise NotWholeError
    return content


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def _bytes(text: bytes) -> bytes:
    content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _text(content).encode() != text:  # the same bytes in another writing
        raise NotWholeError
    return content
