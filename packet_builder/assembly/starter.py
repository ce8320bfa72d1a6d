"""Starts a case folder: a commented case.yaml, a place for exhibits, and the office's firm.yaml."""

from __future__ import annotations

import json
import re
from pathlib import Path

from packet_builder.errors import UsageError
from packet_builder.file_names import wrong_on_windows
from packet_builder.model.schema import case_schema
from packet_builder.workspace import Folders, make_folder, write_whole

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class CaseExistsError(UsageError):
    """The case folder is there already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is there already; it was left as it is. Choose another name.")


class CaseNameError(UsageError):
    """The name cannot be a folder name everywhere."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'"{name}" cannot name a case folder. Use letters, digits, dots, hyphens and '
            "underscores, for example rahimi-2026; avoid a client's full name."
        )


def start_case(folders: Folders, name: str) -> Path:
    """Make the folder of a new case and give its path; nothing that exists is written over."""
    if not _NAME.fullmatch(name) or wrong_on_windows(name):
        raise CaseNameError(name)
    folder = folders.cases / name
    if folder.exists():
        raise CaseExistsError(folder)
    starters = folders.templates / "new"
    make_folder(folder / "exhibits")
    text = (starters / "case.yaml").read_text(encoding="utf-8").format(case=name)
    write_whole(folder / "case.yaml", text.encode())
    write_whole(folders.cases / "case.schema.json", _schema())
    if not (folders.cases / "firm.yaml").exists():
        write_whole(folders.cases / "firm.yaml", (starters / "firm.yaml").read_bytes())
    return folder


def _schema() -> bytes:
    return (json.dumps(case_schema(), ensure_ascii=False, indent=1) + "\n").encode()
