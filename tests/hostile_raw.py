"""Parts of PDFs that mean no good, written byte by byte."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from tests.packets import FONT, stream, words

Objects = Mapping[int, bytes]


def raw(objects: Objects, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Write a PDF of these objects, with a table that is right."""
    content, offsets = b"%PDF-1.7\n", {}
    for key, value in objects.items():
        offsets[key] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (key, value)
    last = max(objects)
    table = b"".join(
        b"%010d 00000 n \n" % offsets[key] if key in offsets else b"0000000000 65535 f \n"
        for key in range(last + 1)
    )
    end = b"xref\n0 %d\n%strailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n"
    return content + end % (last + 1, table, last + 1, trailer, len(content))


def page(
    content: bytes = words("Evidence"),
    *,
    page: bytes = b"",
    resources: bytes = b"/Font<</F1 5 0 R>>",
    catalog: bytes = b"",
    more: Objects | None = None,
) -> bytes:
    """Write a PDF of one page, which is object 3; objects from 10 on are the caller's."""
    usual = {b"/MediaBox": b"[0 0 612 792]", b"/Contents": b" 4 0 R", b"/Parent": b" 2 0 R"}
    rest = b"".join(key + value for key, value in usual.items() if key not in page)
    named = b"/Resources<<%s>>" % resources if resources else b""
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page%s%s%s>>" % (rest, page, named),
            4: stream(content),
            5: FONT,
            **(more or {}),
        }
    )


def tree(objects: Objects) -> bytes:
    """Write a PDF whose page tree is the caller's, from object 2 on; page 9 is there."""
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            9: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 10 0 R"
            b"/Resources<</Font<</F1 11 0 R>>>>>>",
            10: stream(words("Evidence")),
            11: FONT,
            **objects,
        }
    )


def flate(size: int, times: int = 1) -> bytes:
    """Give so many bytes of nothing, packed again and again."""
    packer = zlib.compressobj(9)
    piece = b" " * (1 << 20)
    packed = b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    return packed


def packed(data: bytes, entries: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    """Write a stream of packed data."""
    return stream(data, b"/Filter" + filters + entries)


def image(entries: bytes, data: bytes = b"\0", more: Objects | None = None) -> bytes:
    """Write a PDF of one page that shows one picture."""
    shown = stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return page(
        b"q 500 0 0 500 50 100 cm /X Do Q",
        resources=b"/XObject<</X 10 0 R>>",
        more={10: shown, **(more or {})},
    )
