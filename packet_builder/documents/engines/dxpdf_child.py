"""The child process that runs dxpdf: pairs of paths come in, one line a document goes out.

It is started by its path and imports nothing of ours: starting takes 10 ms instead of 300.
"""

from __future__ import annotations

import sys


def main(folder: str, memory_bytes: int) -> None:
    """Convert the documents named on standard input with the dxpdf that lies in `folder`."""
    _limit_memory(memory_bytes)
    sys.path.append(folder)
    import dxpdf  # noqa: PLC0415 - its folder is known only now

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


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    except (ImportError, OSError, ValueError):  # macOS refuses
        return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
