"""`review`: the page on which an attorney looks at a packet and decides."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from packet_builder.commands import speech
from packet_builder.commands.command import command
from packet_builder.errors import ExitCode
from packet_builder.unforeseen import as_error
from packet_builder.workspace import Folders, case_folder

if TYPE_CHECKING:
    from packet_builder.assembly.order import Order


@dataclass(slots=True)
class Rebuilder:
    """Builds the packet of a case again, and says how it goes."""

    order: Order
    sentence: str = ""

    def build(self) -> None:
        """Build once; what is wrong is said, and the page shows the former packet until then."""
        from packet_builder.assembly.again import built_again  # noqa: PLC0415 - after the page is there

        self.sentence = "Something was edited; the packet is being built again."
        try:
            result = built_again(self.order, lambda _: None)
        except Exception as fault:  # noqa: BLE001 - the page goes on with the former packet
            error = as_error(fault, self.order.folders.output)
            self.sentence = f"Something was edited, and no packet can be built of it: {error}"
            return
        errors = sum(finding["weight"] == "error" for finding in result.findings)
        self.sentence = (
            f"Something was edited, and the case has errors now ({errors}); this is the packet "
            "from before. Run packet-builder check."
            if result.packet is None
            else ""
        )


@command(
    examples={
        "review rahimi-2026": "Look at every page in the browser, and decide.",
        "review rahimi-2026 --read-only": "Look, and decide nothing.",
    },
    then="status {case}",
)
@speech.case
@speech.filing
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any free one.")
@click.option("--read-only", is_flag=True, help="Show the packet, and take no decision.")
@speech.engine
@click.pass_obj
def review(  # noqa: PLR0913 - one parameter an option
    folders: Folders,
    case: str,
    filing: str | None,
    port: int,
    engine: str,
    *,
    read_only: bool,
) -> int:
    """Look at every page in the browser, and decide.

    The page is on this machine alone. When the facts are edited, the packet is built again.
    """
    from packet_builder.assembly.again import input_files  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.order import Order  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.watch import stamp_of, watched  # noqa: PLC0415 - start-up time
    from packet_builder.review.docket import open_docket  # noqa: PLC0415 - start-up time
    from packet_builder.review.server import service  # noqa: PLC0415 - start-up time
    from packet_builder.review.table import Table  # noqa: PLC0415 - start-up time

    place = case_folder(case, folders.cases)
    output = folders.output / place.name
    named = open_docket(place, output, filing).filing.name
    order = Order(case, folders, None, engine, named, speech.passwords(may_ask=False))
    since = stamp_of(input_files(order, place))
    rebuilder = Rebuilder(order)
    table = Table(place, output, named, lambda: rebuilder.sentence)
    page = service(table, port, read_only=read_only)
    ended = threading.Event()
    following = threading.Thread(
        target=watched, args=(lambda: input_files(order, place), since, rebuilder.build, ended)
    )
    following.start()
    click.echo(page.link)
    speech.talk("Open this link; it opens once. Ctrl-C ends the review.")
    try:
        with contextlib.suppress(KeyboardInterrupt):
            page.run()
    finally:
        ended.set()
        following.join()
    return ExitCode.DONE
