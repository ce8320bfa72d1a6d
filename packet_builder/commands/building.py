"""`build`: the packet of one case, once or at every change."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.commands.guard import guarded
from packet_builder.commands.progress import steps
from packet_builder.errors import ExitCode
from packet_builder.workspace import Folders

if TYPE_CHECKING:
    from packet_builder.assembly.order import Order

_UNTOUCHED = "The former packet, if any, is untouched."


@command(
    examples={
        "build rahimi-2026": "Build the packet, or build it again after a change.",
        "build rahimi-2026 --why": "Say, too, why each document was made again.",
        "build rahimi-2026 --watch": "Build at every change of a file, until Ctrl-C.",
        "build rahimi-2026 --date 2026-12-15": "See it as if it were filed on another day.",
    },
    then="review {case}",
    gives="the manifest, as packet.json holds it; where findings stop the build, their list",
)
@speech.case
@speech.filing
@speech.date
@speech.engine
@click.option("--why", is_flag=True, help="Say for each document why it was made again.")
@click.option("--watch", is_flag=True, help="Build again at every change, until Ctrl-C.")
@speech.as_json
@click.pass_obj
def build(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    filing: str | None,
    date: dt.datetime | None,
    engine: str,
    *,
    why: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Build the packet.

    What did not change since the last build is not made again.
    """
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time

    order = Order(case, folders, speech.day(date), engine, filing, speech.passwords())
    build_once = partial(_build, order, set(), why=why, as_json=as_json)
    return _build_at_every_change(order, build_once) if watch else build_once()


def _build_at_every_change(order: Order, build_once: Callable[[], int]) -> int:
    """Build until Ctrl-C; what is wrong with the case is said, and the next change has its turn.

    What was said at one build, and is no error, is not said again at the next.
    """
    from packet_builder.assembly.again import input_files  # noqa: PLC0415 - only when watching
    from packet_builder.assembly.watch import stamp_of, watched  # noqa: PLC0415 - only when watching
    from packet_builder.workspace import case_folder  # noqa: PLC0415 - only when watching

    folder = case_folder(order.case, order.folders.cases)
    since = stamp_of(input_files(order, folder))

    def build_guarded() -> None:
        code = guarded(build_once, lambda: order.folders.output)
        if code not in {ExitCode.DONE, ExitCode.FINDINGS}:
            speech.talk(_UNTOUCHED)

    build_guarded()
    speech.talk("Watching for changes; Ctrl-C ends it.")
    with contextlib.suppress(KeyboardInterrupt):
        watched(
            lambda: input_files(order, folder),
            since,
            build_guarded,
            threading.Event(),
        )
    return ExitCode.DONE


def _build(order: Order, said: set[str], *, why: bool, as_json: bool) -> int:
    """Build, and say what was not said before; errors always."""
    from packet_builder.assembly.again import built_again  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import STEPS  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.remarks import form_remarks  # noqa: PLC0415 - start-up time
    from packet_builder.hands import Hands  # noqa: PLC0415 - start-up time
    from packet_builder.rules.lines import told  # noqa: PLC0415 - start-up time

    tools = "packet_builder.assembly.at_hand"
    with Hands(tools=tools) as hands, steps(STEPS, f"building {order.case}") as tell:
        result = built_again(order, tell, hands, _tidy)
    findings = tuple(_new(result.findings, said))
    if result.packet is None:
        speech.print_findings(findings, as_json=as_json)
        speech.talk(f"Nothing was built. {_UNTOUCHED} Mend what is marked as an error.")
        speech.then(f"check {speech.typed(order.case)}")
        return ExitCode.FINDINGS
    for weight, said_of_it in told(findings):
        say = speech.talk if weight == "note" else speech.warn
        say(said_of_it)
    for remark in form_remarks(result.manifest["forms"]):
        if remark not in said:
            speech.talk(remark)
        said.add(remark)
    for reason in result.reasons if why else ():
        speech.talk(reason)
    if as_json:
        speech.print_json(result.manifest)
    else:
        click.echo(result.packet)
        speech.talk(result.said)
    return ExitCode.DONE


def _new(findings: Iterable[Mapping[str, Any]], said: set[str]) -> Iterator[Mapping[str, Any]]:
    """Give errors, and what was not said before, wherever it stands now; note it as said."""
    for finding in findings:
        what = f"{finding['rule']} {finding['file']} {finding['message']}"
        if finding["weight"] == "error" or what not in said:
            said.add(what)
            yield finding


def _tidy(case: Path, case_output: Path) -> None:
    from packet_builder.tidying import tidy  # noqa: PLC0415 - only when bound anew

    tidy(case, case_output)
