"""`finalize`, `receipt`, `prune`: the approved packet is filed; what is kept is looked after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.commands.progress import steps
from packet_builder.workspace import Folders, case_folder

if TYPE_CHECKING:
    from packet_builder.law.law import Law
    from packet_builder.packet.parts import Part

_day = click.option(
    "--date",
    type=speech.DAY,
    help="The day (default: today, by this machine's clock).",
)


@command(
    examples={
        "finalize rahimi-2026": "Make the approved packet final.",
        "finalize rahimi-2026 --date 2026-12-02": "Dated on that day.",
    },
    then="receipt {case} NUMBER",
    gives="the manifest of the final packet (docs/manifest.md)",
)
@speech.case
@_day
@speech.filing
@speech.as_json
@click.pass_obj
def finalize(
    folders: Folders,
    case: str,
    *,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Make the approved packet final, ready to file.

    The very bytes that were approved, without DRAFT; with checklist, signing sheet, and parts to
    upload.
    """
    from packet_builder.review.final import finalize as made_final  # noqa: PLC0415 - start-up time
    from packet_builder.review.log import short  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    templates = speech.page_templates(folders)

    with steps(2, f"finalizing {place.name}") as tell:

        def sheets(
            manifest: Mapping[str, Any], law: Law, parts: Sequence[Part], folder: Path
        ) -> None:
            tell("writing checklist and signing sheet")
            _write_sheets(manifest, law, parts, folder=folder, templates=templates)

        tell("looking at what was approved, page by page")
        done = made_final(
            place, folders.output / place.name, filing, speech.day_or_today(date), sheets
        )
    if as_json:
        speech.print_json(done.manifest)
    else:
        click.echo(done.folder)
    final = done.manifest["final"]
    was = "It was made final before" if done.was_there else "Made final"
    packet = done.manifest["packet"]
    speech.talk(
        f"{was}: {packet['pages']} pages, fingerprint {short(packet['sha256'])}; the bytes that "
        f"were approved, {short(final['approved_packet'])}, without the DRAFT mark."
    )
    if done.manifest["date"] < final["date"]:
        speech.talk(f"note: it is dated {done.manifest['date']}, a day that has passed.")
    speech.talk(
        f"Head of the log: {short(done.log.head)}. Work through {done.folder / 'checklist.pdf'}; "
        "once the receipt comes, note its number."
    )


@command(
    examples={
        "receipt rahimi-2026 IOE0123456789": "Note the receipt number of what was filed last.",
    },
    then="calendar {case}",
    gives="folder of the final packet, and the number",
)
@speech.case
@click.argument("number")
@_day
@speech.filing
@speech.as_json
@click.pass_obj
def receipt(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    number: str,
    *,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Note the receipt number of what was filed last."""
    from packet_builder.review.receipts import add_receipt  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    day = speech.day_or_today(date).isoformat()
    folder = add_receipt(place, folders.output / place.name, filing, number, day)
    if as_json:
        speech.print_json({"folder": str(folder), "number": number})
    speech.talk(f"noted for {folder}")


@command(
    examples={
        "prune rahimi-2026": "Count what could go.",
        "prune rahimi-2026 --remove": "Remove it.",
    },
    then="status {case}",
    gives="files and bytes, and whether they were removed",
)
@speech.case
@speech.filing
@click.option("--remove", is_flag=True, help="Remove it; without this it is only counted.")
@speech.as_json
@click.pass_obj
def prune(folders: Folders, case: str, *, filing: str | None, remove: bool, as_json: bool) -> None:
    """Count, or remove, leftovers of former builds.

    Whatever the packet, the last builds, a decision or a final packet names stays.
    """
    from packet_builder.review.prune import prune as pruned  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    found = pruned(place, folders.output / place.name, filing, remove=remove)
    if as_json:
        speech.print_json({"files": found.files, "bytes": found.bytes, "removed": remove})
    done = "were removed" if remove else "could be removed with --remove"
    speech.talk(
        f"{found.files} files, {found.bytes / 1e6:.1f} MB, {done}. Whatever the packet, the last "
        "builds, a decision or a final packet names stays."
    )


def _write_sheets(
    manifest: Mapping[str, Any], law: Law, parts: Sequence[Part], *, folder: Path, templates: Path
) -> None:
    """Write what lies beside a final packet and is never filed: signing sheet and checklist."""
    from packet_builder.assembly.signing_sheet import signing_sheet  # noqa: PLC0415 - start-up time
    from packet_builder.documents.sheets.report import render_report  # noqa: PLC0415 - start-up time
    from packet_builder.documents.sheets.sheets import render_signing_sheet  # noqa: PLC0415 - start-up time
    from packet_builder.review.checklist import checklist  # noqa: PLC0415 - start-up time

    packet = manifest["packet"]["file"]
    sheet = signing_sheet(manifest, packet)
    render_signing_sheet(sheet, folder / "signing-sheet.pdf", templates)
    on = dt.date.fromisoformat(manifest["final"]["date"])
    report = checklist(manifest, law, on, parts)
    render_report(report, folder / "checklist.pdf", templates)
