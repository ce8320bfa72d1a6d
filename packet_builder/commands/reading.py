"""`ocr`: words for the evidence that is only pictures, where ocrmypdf is installed."""

from __future__ import annotations

from dataclasses import asdict

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.workspace import Folders


@command(
    examples={
        "ocr rahimi-2026": "Read all pages of the evidence that are only pictures.",
        "ocr rahimi-2026 --language eng+fas": "Read them in English and Persian.",
    },
    then="build {case}",
    gives="a list: file, pages, languages, by (the reader, with its versions), copy",
)
@speech.case
@speech.filing
@click.option("--language", help="Read in these, as tesseract calls them: eng+fas.")
@speech.as_json
@click.pass_obj
def ocr(
    folders: Folders, case: str, filing: str | None, language: str | None, *, as_json: bool
) -> None:
    """Make scanned evidence searchable, by OCR.

    Needs ocrmypdf. Copies with the words lie in the folder machine-read of the case; a build binds
    one in place of its file only where every page looks as it looked. Delete them, and all is as
    it was. No check of the program rests on what a machine read.
    """
    from packet_builder.assembly.machine_reading import read_by_machine  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    order = Order(case, folders, None, "auto", filing, speech.passwords())
    found = read_by_machine(order, language, speech.talk)
    if as_json:
        speech.print_json([{**asdict(one), "copy": str(one.copy)} for one in found])
        return
    for one in found:
        click.echo(f"{one.file}: {one.pages} page(s) read by {one.by} ({one.languages})")
    if found:
        speech.talk(f"Their copies lie in {found[0].copy.parent}.")
    else:
        speech.talk("Every page of the evidence has words.")
