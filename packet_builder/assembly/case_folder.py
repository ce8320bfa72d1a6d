"""Finds the folder of a case by its name or its path."""

from __future__ import annotations

from pathlib import Path

from packet_builder.errors import UsageError


class CaseNotFoundError(UsageError):
    """There is no such case folder."""

    def __init__(self, named: str, cases: Path) -> None:
        import difflib  # noqa: PLC0415 - only needed for the message

        names = sorted(path.name for path in cases.glob("*/") if path.is_dir())
        near = difflib.get_close_matches(named, names, 1, 0.5)
        hint = (
            f'Did you mean "{near[0]}"?' if near else f"Cases there: {', '.join(names) or 'none'}."
        )
        super().__init__(f'there is no case "{named}" in {cases}. {hint}')


def case_folder(named: str, cases: Path) -> Path:
    """Give the folder of a case; raises CaseNotFoundError."""
    for folder in (cases / named, Path(named)):
        if folder.is_dir():
            return folder.resolve()
    raise CaseNotFoundError(named, cases)
