"""`export` and `import`: a case is handed over to another machine, encrypted."""

from __future__ import annotations

from pathlib import Path

import click

from packet_builder import system
from packet_builder.commands import speech
from packet_builder.workspace import Folders, case_folder

_LEAST = 12  # characters of a passphrase
_passphrase = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the passphrase from a file that only you can read (default: ask for it).",
)


@click.command()
@speech.case
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file (default: CASE.age where you stand).",
)
@_passphrase
@click.pass_obj
def export(folders: Folders, case: str, to: Path | None, passphrase_file: Path | None) -> None:
    """Write a case, its packets and decisions into one encrypted file, to hand it over."""
    from packet_builder.handover.errors import PassphraseShortError  # noqa: PLC0415 - start-up time
    from packet_builder.handover.export import export_case  # noqa: PLC0415 - start-up time
    from packet_builder.handover.listing import wrong_elsewhere  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    target = (to or Path(f"{place.name}.age")).absolute()
    passphrase = _asked(passphrase_file, confirm=True)
    if len(passphrase) < _LEAST:
        raise PassphraseShortError(_LEAST)
    listing = export_case(place, folders.output / place.name, target, passphrase)
    click.echo(target)
    speech.talk(
        f"{len(listing.files)} files, {target.stat().st_size / 1e6:.1f} MB, encrypted. Give the "
        "passphrase to the other side by another way than the file, by telephone for example."
    )
    for wrong in wrong_elsewhere(listing):
        speech.talk(f"note: {wrong}. Rename it before you hand the case over to such a machine.")


@click.command("import")
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_passphrase
@click.pass_obj
def import_(folders: Folders, archive: Path, passphrase_file: Path | None) -> None:
    """Bring a case back from an encrypted file; a case that is there is never touched."""
    from packet_builder.handover.imports import import_case  # noqa: PLC0415 - start-up time

    done = import_case(archive, folders, _asked(passphrase_file, confirm=False))
    click.echo(done.case)
    speech.talk(f"{done.files} files, each as it was exported.")
    for name in done.differing:
        speech.talk(
            f"note: {name} of this office differs from that of the other machine, and was kept; "
            "build again before you decide on the packet."
        )
    speech.talk(f"Next: packet-builder status {done.case.name}")


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
