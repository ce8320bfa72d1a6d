"""`approve`, `request-changes`, `comment` and `status`: deciding on a packet, and how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import command
from packet_builder.errors import UsageError
from packet_builder.model.role import Role
from packet_builder.workspace import Folders, case_folder

if TYPE_CHECKING:
    from packet_builder.review.decide import Wish


_ONE_LINE = "write one line that is not empty."
_SOME_TEXT = "write a text that is not empty."


def _one_line(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not value.strip() or len(value.splitlines()) > 1):
        raise click.BadParameter(_ONE_LINE)
    return value


def _some_text(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter(_SOME_TEXT)
    return value


_documents = click.argument("documents", nargs=-1, shell_complete=complete.documents)
_document = click.argument("document", shell_complete=complete.documents)
_by = click.option(
    "--by", required=True, callback=_one_line, help="The name of the person who decides."
)
_role = click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    callback=lambda _, __, value: value and Role(value),
    help="In which role. An approval counts in those that firm.yaml names.",
)
_date = click.option(
    "--date",
    type=speech.DAY,
    help="The day of the decision (default: now, by this machine's clock).",
)
_needed_note = click.option(
    "--note", required=True, callback=_some_text, help="What is to be done, or is remarked."
)

_NO_SIGNATURE = "This is a record of the office's review; it is not a signature on any form."


class NothingNamedError(UsageError):
    """No document was named, and not all of them were meant."""

    def __init__(self) -> None:
        super().__init__(
            "name the documents, or write --all for every one that still needs approval. "
            "packet-builder status CASE lists them."
        )


@command(
    examples={
        "approve rahimi-2026 cover_letter --by Lee --role attorney": "Approve one document.",
        'approve rahimi-2026 --all --by "Jordan Lee"': "Approve all that still need it.",
    },
    then="status {case}",
    gives="decided (the documents), by, head of the log",
)
@speech.case
@_documents
@click.option("--all", "everything", is_flag=True, help="All that still need approval.")
@_by
@_role
@click.option("--note", callback=_some_text, help="A remark that is kept with the approval.")
@_date
@speech.filing
@speech.as_json
@click.pass_obj
def approve(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    documents: Sequence[str],
    *,
    everything: bool,
    by: str,
    role: Role | None,
    note: str | None,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Approve documents, exactly as they lie there now.

    Name DOCUMENTS as status does, or give --all.
    """
    from packet_builder.review.decide import Wish  # noqa: PLC0415 - start-up time
    from packet_builder.review.decision import Kind  # noqa: PLC0415 - start-up time

    if bool(documents) == everything:
        raise NothingNamedError
    wish = Wish(Kind.APPROVE, by, _when(date), role, note)
    _decide(folders, case, filing, documents, wish, as_json=as_json)


@command(
    "request-changes",
    examples={
        'request-changes rahimi-2026 cover_letter --note "Shorten it." --by Lee': "Ask for it.",
    },
    then="status {case}",
    gives="decided (the documents), by, head of the log",
)
@speech.case
@_document
@_needed_note
@_by
@_role
@_date
@speech.filing
@speech.as_json
@click.pass_obj
def request_changes(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    document: str,
    *,
    note: str,
    by: str,
    role: Role | None,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Ask for changes of a document.

    It cannot be filed until somebody approves it.
    """
    from packet_builder.review.decide import Wish  # noqa: PLC0415 - start-up time
    from packet_builder.review.decision import Kind  # noqa: PLC0415 - start-up time

    wish = Wish(Kind.REQUEST_CHANGES, by, _when(date), role, note)
    _decide(folders, case, filing, [document], wish, as_json=as_json)


@command(
    examples={
        'comment rahimi-2026 cover_letter --note "A typo" --page 3 --by Lee': "Remark something.",
    },
    then="status {case}",
    gives="decided (the documents), by, head of the log",
)
@speech.case
@_document
@_needed_note
@click.option("--page", type=click.IntRange(1), help="Page of the packet, as stamped in its foot.")
@click.option(
    "--place",
    callback=_one_line,
    help="Where on the page: a heading, its first words.",
)
@_by
@_role
@_date
@speech.filing
@speech.as_json
@click.pass_obj
def comment(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    document: str,
    *,
    note: str,
    page: int | None,
    place: str | None,
    by: str,
    role: Role | None,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Remark something on a document, or on a place of a page.

    Nothing else follows from it.
    """
    from packet_builder.review.decide import Wish  # noqa: PLC0415 - start-up time
    from packet_builder.review.decision import Kind  # noqa: PLC0415 - start-up time

    wish = Wish(Kind.COMMENT, by, _when(date), role, note, page, place)
    _decide(folders, case, filing, [document], wish, as_json=as_json)


@command(
    examples={
        "status": "Where every case stands.",
        "status rahimi-2026": "The story of one case, its documents, and what is next.",
    },
    gives="of all cases a list, each with its state; of one case its documents, decisions, story",
)
@click.argument("case", required=False, shell_complete=complete.cases)
@click.option(
    "--date",
    type=speech.DAY,
    help="Count days from this day on (default: today, by this machine's clock).",
)
@speech.filing
@speech.as_json
@click.pass_obj
def status(
    folders: Folders,
    case: str | None,
    *,
    date: dt.datetime | None,
    filing: str | None,
    as_json: bool,
) -> None:
    """Show where all cases stand, or the story of one.

    Of one case: what happened, its documents with their approvals, and what is next.
    """
    from packet_builder.review import overview  # noqa: PLC0415 - start-up time

    on = speech.day_or_today(date)
    if case is None:
        rows = overview.cases(folders.cases, folders.output, on)
        if not rows:
            speech.no_case(folders.cases)
        _print(rows, overview.case_lines(rows), as_json=as_json)
        return
    place = case_folder(case, folders.cases)
    _print_story(place, folders.output / place.name, filing, on, as_json=as_json)


def _print_story(
    place: Path, output: Path, filing: str | None, on: dt.date, *, as_json: bool
) -> None:
    """Print the story of a case, and the documents of the filing that is meant."""
    from packet_builder.facts.fault import FactsError  # noqa: PLC0415 - start-up time
    from packet_builder.review import overview, story  # noqa: PLC0415 - start-up time
    from packet_builder.review.docket import filings_of  # noqa: PLC0415 - start-up time

    told: dict[str, Any] | None = None
    try:
        told = story.story_of(place, output, on)
    except FactsError as error:
        speech.talk(
            f"The facts cannot be read ({len(error.faults)} at fault), so neither story nor "
            f"deadlines are known. Run: packet-builder check {place.name}"
        )
    built = list(filings_of(output))
    is_meant = filing is not None or len(built) == 1
    row = overview.one_case(place, output, filing, on) if is_meant else {"case": place.name}
    if as_json:
        speech.print_json({**row, "story": told})
        return
    lines = [*(story.story_lines(told) if told else ()), ""]
    lines += overview.document_lines(row) if is_meant else ()
    click.echo("\n".join((f"{place.name}, as of {on:%Y-%m-%d}", *lines)).rstrip())
    if not is_meant:
        name = speech.typed(place.name)
        speech.talk("Of each document:" if built else "There is no packet yet.")
        speech.then(f"status {name} --filing {built[0]}" if built else f"build {name}")


def _decide(  # noqa: PLR0913 - what three commands share
    folders: Folders,
    case: str,
    filing: str | None,
    documents: Sequence[str],
    wish: Wish,
    *,
    as_json: bool,
) -> None:
    from packet_builder.review.decide import binding_lines, decide  # noqa: PLC0415 - start-up time
    from packet_builder.review.log import short  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    decided = decide(place, folders.output / place.name, filing, documents, wish)
    lines = [line for subject in decided.subjects for line in binding_lines(subject)]
    row = {
        "decided": [subject.id for subject in decided.subjects],
        "by": wish.by,
        "head": decided.log.head,
    }
    speech.answer(row, "\n".join(lines), as_json=as_json)
    for name in decided.docket.edited_since():
        speech.talk(f"note: {name} was changed since this packet was built, and is not in it yet.")
    count = len(decided.subjects)
    what = "nothing was left to decide" if not count else f"{count} decided by {wish.by}"
    speech.talk(f"{what}; head of the log: {short(decided.log.head)}. {_NO_SIGNATURE}")


def _print(value: object, lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        speech.print_json(value)
        return
    for line in lines:
        click.echo(line)


def _when(date: dt.datetime | None) -> str:
    """Give the moment of a decision: an event, by the clock of the person who decides."""
    if date is not None:
        return date.date().isoformat()
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
