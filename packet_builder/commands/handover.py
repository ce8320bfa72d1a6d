"""`export` and `import`: a case is handed over to another machine, encrypted."""

from __future__ import annotations

from pathlib import Path

import click

from packet_builder import system
from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.commands.progress import measured
from packet_builder.workspace import Folders, case_folder

_LEAST = 12  # characters of a passphrase
_passphrase = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the passphrase from a file that only you can read (default: ask for it).",
)


@command(
    examples={
        "export rahimi-2026 --to rahimi.age": "Write the case into one encrypted file.",
    },
    gives="the file, and how many files and bytes it holds",
)
@speech.case
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file (default: CASE.age where you stand).",
)
@_passphrase
@speech.as_json
@click.pass_obj
def export(
    folders: Folders, case: str, to: Path | None, passphrase_file: Path | None, *, as_json: bool
) -> None:
    """Write a case into one encrypted file, to hand it over.

    With its packets and decisions.
    """
    from packet_builder.handover.errors import PassphraseShortError  # noqa: PLC0415 - start-up time
    from packet_builder.handover.export import export_case  # noqa: PLC0415 - start-up time
    from packet_builder.handover.listing import wrong_elsewhere  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    target = (to or Path(f"{place.name}.age")).absolute()
    passphrase = _asked(passphrase_file, confirm=True)
    if len(passphrase) < _LEAST:
        raise PassphraseShortError(_LEAST)
    with measured(f"sealing {place.name}") as count:
        output = folders.output / place.name
        listing = export_case(place, output, target, passphrase, count=count)
    size = target.stat().st_size
    row = {"file": str(target), "files": len(listing.files), "bytes": size}
    speech.answer(row, str(target), as_json=as_json)
    speech.then(f"import {speech.typed(target.name)}")
    speech.talk(
        f"{len(listing.files)} files, {size / 1e6:.1f} MB, encrypted. Give the "
        "passphrase to the other side by another way than the file, by telephone "
        "for example. On the other machine:"
    )
    for wrong in wrong_elsewhere(listing):
        speech.talk(f"note: {wrong}. Rename it before you hand the case over to such a machine.")


@command(
    "import",
    examples={
        "import rahimi.age": "Bring the case back on another machine.",
    },
    gives="the folder, how many files, and what of this office differs",
)
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_passphrase
@speech.as_json
@click.pass_obj
def import_(
    folders: Folders, archive: Path, passphrase_file: Path | None, *, as_json: bool
) -> None:
    """Bring a case back from an encrypted file.

    A case that is there is never touched.
    """
    from packet_builder.handover.imports import import_case  # noqa: PLC0415 - start-up time

    passphrase = _asked(passphrase_file, confirm=False)
    with measured(f"opening {archive.name}") as count:
        done = import_case(archive, folders, passphrase, count)
    row = {"folder": str(done.case), "files": done.files, "differing": done.differing}
    speech.answer(row, str(done.case), as_json=as_json)
    speech.then(f"status {speech.typed(done.case.name)}")
    speech.talk(f"{done.files} files, each as it was exported.")
    for name in done.differing:
        speech.talk(
            f"note: {name} of this office differs from that of the other machine, and was kept; "
            "build again before you decide on the packet."
        )


def _asked(file: Path | None, *, confirm: bool) -> str:
    """Give the passphrase, from a file that only its owner can read, or from the keyboard."""
    from packet_builder.handover.errors import PassphraseFileOpenError  # noqa: PLC0415 - as above

    if file is None:
        asked: str = click.prompt(
            "Passphrase", hide_input=True, confirmation_prompt=confirm, err=True
        )
        return asked
    if not system.is_private(file.stat()):
        raise PassphraseFileOpenError(file)
    return file.read_text(encoding="utf-8").rstrip("\r\n")
