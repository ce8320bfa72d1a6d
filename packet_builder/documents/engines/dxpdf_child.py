"""The child process that runs dxpdf: pairs of paths come in, one line a document goes out.

It is started by its path and imports little of ours: starting takes 20 ms instead of 300.
"""

from __future__ import annotations

import sys


def main(memory_bytes: int, *folders: str) -> None:
    """Convert the documents named on standard input with what lies in `folders`: dxpdf, and us."""
    sys.path += folders
    from packet_builder import system  # noqa: PLC0415 - its folder is known only now

    system.limit_memory(memory_bytes)
    import dxpdf  # noqa: PLC0415 - as above

    paths = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\0")[:-1]
    for docx, pdf in zip(paths[::2], paths[1::2], strict=True):
        sys.stdout.write(_converted(dxpdf.convert_file, docx, pdf) + "\n")
        sys.stdout.flush()


def _converted(convert_file: object, docx: str, pdf: str) -> str:
    try:
        convert_file(docx, pdf)  # type: ignore[operator] # dxpdf 0.8.1 has no types
    except BaseException as error:  # noqa: BLE001 - a panic of Rust is no Exception
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
