"""Starts the command line: `python -m packet_builder`."""

from __future__ import annotations

from packet_builder.cli import main

if __name__ == "__main__":
    main()
