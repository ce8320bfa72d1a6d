"""`new`: a few questions, and a case folder with what their answers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from packet_builder.commands import complete, speech
from packet_builder.commands.command import command
from packet_builder.workspace import Folders

if TYPE_CHECKING:
    from packet_builder.assembly.questions import Choices, Question

_NOBODY_NAMED = ("beneficiary",)


@command(
    examples={
        "new rahimi-2026": "Answer ten questions; Enter takes what stands in brackets.",
        "new rahimi-2026 --beneficiary amina --ground medical_treatment --no-input": (
            "Ask nothing: options answer, and what they leave out is as usual, or blank."
        ),
    },
    then="add exhibit {case} FILE",
    gives="folder, beneficiaries, and the answer to each question",
)
@speech.case
@click.option(
    "--files",
    shell_complete=complete.among("petitioner", "beneficiary"),
    help="Who files: petitioner, or beneficiary (who then files alone).",
)
@click.option(
    "--beneficiary",
    "people",
    multiple=True,
    metavar="ID",
    help="A short name of each person who comes, such as amina; once for each.",
)
@click.option(
    "--place",
    shell_complete=complete.among("abroad", "inside"),
    help="Where they are: abroad (a first request), inside (a new period).",
)
@click.option(
    "--ground",
    shell_complete=complete.grounds,
    help="Why parole is asked: medical_treatment, family_illness, ...",
)
@click.option(
    "--supporter",
    shell_complete=complete.among("petitioner", "other", "beneficiary"),
    help="Form I-134 by: petitioner, other, beneficiary.",
)
@click.option(
    "--delivery",
    shell_complete=complete.among("courier", "usps", "online"),
    help="How it is filed: courier, usps or online.",
)
@click.option(
    "--fee",
    shell_complete=complete.among("credit_card", "bank_account", "waiver", "exemption", "later"),
    help="The filing fee: credit_card, bank_account, waiver, exemption.",
)
@click.option("--exception", help="From the parole fee: none, medical_emergency, funeral, ...")
@click.option(
    "--key-date",
    shell_complete=complete.among("yes", "no"),
    help="yes, if there is a day that everything turns on.",
)
@click.option(
    "--history",
    shell_complete=complete.among("yes", "no"),
    help="yes, after a refused visa, an overstay, an order, an arrest.",
)
@speech.no_input
@speech.as_json
@click.pass_obj
def new(
    folders: Folders,
    /,
    case: str,
    *,
    people: tuple[str, ...],
    no_input: bool,
    as_json: bool,
    **given: str | None,
) -> None:
    """Start a case: ten questions, then a case.yaml to fill in.

    Nothing that exists is ever written over.
    """
    from packet_builder.assembly.questions import answered  # noqa: PLC0415 - start-up time
    from packet_builder.assembly.starter import check_names, start_case  # noqa: PLC0415
    from packet_builder.law.office import FILE, read_office_law  # noqa: PLC0415 - start-up time

    law = read_office_law(folders.cases / FILE)
    check_names(folders, case, people)
    may_ask = speech.may_ask(no_input=no_input)
    options = {name.replace("_", "-"): said for name, said in given.items()}
    if may_ask:
        speech.ask(
            "Ten questions. Enter takes what stands in brackets; case.yaml can be changed later."
        )
    who = people or (_people() if may_ask else _NOBODY_NAMED)
    answers = answered(options, law, _asked if may_ask else None)
    folder = start_case(folders, case, who, answers, law)
    if as_json:
        speech.print_json({"folder": str(folder), "beneficiaries": who, "answers": answers})
        return
    click.echo(folder)
    speech.talk(
        f"Fill in the blanks of {folder / 'case.yaml'}, and of {folders.cases / 'firm.yaml'} if "
        f"this is the first case. Whenever you like, packet-builder check {speech.typed(case)} "
        "names each blank that is left. Then put in the evidence."
    )


def _people() -> tuple[str, ...]:
    said: str = click.prompt(
        "Who comes? A short name for each, with commas between, as in: amina, nika",
        default=_NOBODY_NAMED[0],
        err=True,
    )
    return tuple(one.strip() for one in said.split(",") if one.strip())


def _asked(question: Question, choices: Choices) -> str:
    """Ask a question by numbers, which are quicker to type than words."""
    speech.ask(f"\n{question.words}?")
    for place, meaning in enumerate(choices.values(), 1):
        speech.ask(f"  {place}  {meaning}")
    chosen: int = click.prompt("Number", type=click.IntRange(1, len(choices)), default=1, err=True)
    return list(choices)[chosen - 1]
