"""Starts the command line: `packet-builder`, or `python -m packet_builder`."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the program and run it; Ctrl-C before it is loaded ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from packet_builder.cli import main as run  # noqa: PLC0415 - what takes its time

    run()


if __name__ == "__main__":
    main()
