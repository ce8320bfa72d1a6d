"""`add exhibit`, `add beneficiary`, `add event`: more facts of a case; nothing else moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import Sections, Told
from packet_builder.commands.progress import counted
from packet_builder.errors import ExitCode, PacketError
from packet_builder.workspace import Folders, case_folder

if TYPE_CHECKING:
    from packet_builder.assembly.adding import Added
    from packet_builder.assembly.exhibits import AddedExhibit


@click.group(cls=Sections)
def add() -> None:
    """Add evidence, a person or an event to a case.

    Comments, order and every other line of its files stay as they are.
    """


def _fields(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, Any]:
    """Give what --set says: FIELD=VALUE, with dots for fields in fields; twice becomes a list."""
    fields: dict[str, Any] = {}
    for one in given:
        path, sign, value = one.partition("=")
        if not sign or not all(path.split(".")):
            message = f'"{one}" says no field; write FIELD=VALUE, as in name.family=Rahimi'
            raise click.BadParameter(message)
        *outer, name = path.split(".")
        inside = fields
        for step in outer:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                message = f'"{path}": {step} is a text already'
                raise click.BadParameter(message)
        before = inside.get(name)
        inside[name] = value if before is None else [*_many(before), value]
    return fields


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


_set = click.option(
    "--set",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=_fields,
    help="Another field of it, as docs/facts.md names it; as often as you like.",
)


@add.command(
    cls=Told,
    examples={
        "add exhibit rahimi-2026 letter.pdf passport.jpg": "Two pieces of evidence.",
        "add exhibit rahimi-2026 front.jpg back.jpg --together --kind birth_certificate": (
            "One piece of evidence, of two files."
        ),
        'add exhibit rahimi-2026 osei.pdf --title "Letter of Dr. Osei" --set date=2026-11-02': (
            "Say more of it at once."
        ),
    },
    then="check {case}",
    gives="added (id, title, kind, pages, files, file and line of the facts), refused (messages)",
)
@speech.case
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--kind",
    shell_complete=complete.evidence_kinds,
    help="What it is: passport, physician_letter, tax_return, ...",
)
@click.option("--id", "identifier", metavar="ID", help="Its short name, for citations.")
@click.option("--title", help="Its title in the index.")
@click.option("--together", is_flag=True, help="All files are one piece of evidence, in order.")
@_set
@speech.filing
@speech.engine
@speech.as_json
@click.pass_obj
def exhibit(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    case: str,
    files: tuple[Path, ...],
    kind: str | None,
    identifier: str | None,
    title: str | None,
    fields: Mapping[str, object],
    filing: str | None,
    engine: str,
    *,
    together: bool,
    as_json: bool,
) -> int:
    """Copy evidence into the case, and list it in its facts.

    Id, title and kind are taken from each file, its pages are counted, and a copy goes into the
    folder exhibits. Look at what was found: a title is only the name of a file.
    """
    from packet_builder.assembly.exhibits import AddedExhibit, ExhibitWish, add_exhibits  # noqa: PLC0415
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    if len(files) > 1 and not together and (identifier or title):
        message = (
            "--id and --title are of one piece of evidence: add --together, or one file a time"
        )
        raise click.UsageError(message)
    wish = ExhibitWish(_kind(kind), identifier, title, fields)
    order = Order(case, folders, None, engine, filing, speech.passwords())
    added: list[AddedExhibit] = []
    refused: list[PacketError] = []
    work = add_exhibits(order, files, wish, together=together)
    with counted(work, 1 if together else len(files), f"looking at {len(files)} files") as looked:
        for one in looked:
            if isinstance(one, AddedExhibit):
                added.append(one)
            else:
                refused.append(one)
    if as_json:
        rows = [_exhibit_row(one) for one in added]
        speech.print_json({"added": rows, "refused": list(map(str, refused))})
    else:
        for one in added:
            click.echo("\n".join(_exhibit_lines(one)))
    for error in refused:
        speech.warn(f"packet-builder: {error}")
    if added and not refused:
        speech.talk(f"Cite a page of it in the facts as [@{added[-1].added.id} p. 1].")
    return refused[0].exit_code if refused else ExitCode.DONE


@add.command(
    cls=Told,
    examples={
        "add beneficiary rahimi-2026 nika": "Answer a few questions; Enter leaves a blank.",
        "add beneficiary rahimi-2026 nika --set name.given=Nika --set date_of_birth=2015-06-30": (
            "Fill in what is known; the rest are blanks that check names."
        ),
    },
    then="check {case}",
    gives="id, file and line of the facts, and blanks: what is still to be filled in",
)
@speech.case
@click.argument("identifier", metavar="ID")
@_set
@speech.filing
@speech.no_input
@speech.as_json
@click.pass_obj
def beneficiary(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    identifier: str,
    fields: dict[str, Any],
    filing: str | None,
    *,
    no_input: bool,
    as_json: bool,
) -> None:
    """Add one more person who comes.

    ID is a short name for other parts of the facts, such as amina.
    """
    from packet_builder.assembly.persons import ASKED, add_beneficiary  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    if speech.may_ask(no_input=no_input):
        _ask_for(ASKED, fields)
    _tell(add_beneficiary(place, folders, filing, identifier, fields), as_json=as_json)


@add.command(
    cls=Told,
    examples={
        "add event rahimi-2026 receipt --date 2026-12-09 --set receipt_number=IOE0123456789": (
            "The receipt notice came."
        ),
        "add event rahimi-2026 rfe": "Answer a question for each day that the notice prints.",
    },
    then="calendar {case}",
    gives="id, file and line of the facts, and blanks: what is still to be filled in",
)
@speech.case
@click.argument("kind", shell_complete=complete.event_kinds)
@click.option("--date", help="The day on which it happened; of a notice, the one it prints.")
@click.option("--id", "identifier", metavar="ID", help="Its short name (default: from the kind).")
@_set
@speech.no_input
@speech.as_json
@click.pass_obj
def event(  # noqa: PLR0913, PLR0917 - one parameter an option
    folders: Folders,
    case: str,
    kind: str,
    date: str | None,
    identifier: str | None,
    fields: dict[str, Any],
    *,
    no_input: bool,
    as_json: bool,
) -> None:
    """Write down what happened: a receipt, an RFE, an entry, ...

    Deadlines follow from it. Each KIND, and what it says: docs/deadlines.md.
    """
    from packet_builder.assembly.happenings import add_event, asked_of  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    given = fields | ({"date": date} if date else {}) | ({"id": identifier} if identifier else {})
    wanted = asked_of(kind)
    if speech.may_ask(no_input=no_input):
        _ask_for(wanted, given)
    _tell(add_event(place, folders, kind, given), as_json=as_json)


def _kind(given: str | None) -> Any:  # noqa: ANN401 - the model is imported late
    from packet_builder.model.evidence import EvidenceKind  # noqa: PLC0415 - start-up time

    if given is None:
        return None
    try:
        return EvidenceKind(given)
    except ValueError:
        message = f'there is no kind "{given}"; one of: {", ".join(EvidenceKind)}'
        raise click.BadParameter(message, param_hint="--kind") from None


def _ask_for(wanted: Iterable[tuple[str, str]], fields: dict[str, Any]) -> None:
    """Ask for each field that nothing says yet; an answer that is empty leaves it blank."""
    for path, words in wanted:
        *outer, name = path.split(".")
        inside = fields
        for step in outer:
            inside = inside.setdefault(step, {})
        if name not in inside and (said := speech.asked_line(words)):
            inside[name] = said


def _tell(added: Added, *, as_json: bool) -> None:
    if as_json:
        speech.print_json(asdict(added))
        return
    click.echo(f"{added.file}:{added.line}: {added.id}")
    count = len(added.blanks)
    if count:
        blanks = "1 blank is" if count == 1 else f"{count} blanks are"
        speech.talk(f"{blanks} still to be filled in there.")


def _exhibit_lines(one: AddedExhibit) -> Iterator[str]:
    pages = f"{one.pages} page{'' if one.pages == 1 else 's'}"
    yield f"{one.added.file}:{one.added.line}: {one.added.id}: {one.title} ({one.kind}, {pages})"
    for note in one.notes:
        yield f"    note: {note}"
    if one.seen:
        yield f"    kind: taken from {one.seen}; correct it there if that is wrong"
    elif not one.is_told:
        yield "    kind: nothing said what it is; correct it to one that docs/facts.md lists"
    if one.is_picture:
        yield "    note: no text on any page, so quotes cannot be looked up and are compared by eye"


def _exhibit_row(one: AddedExhibit) -> dict[str, Any]:
    row = asdict(one)
    return {**row.pop("added"), **row}
