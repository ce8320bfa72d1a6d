from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import click
import pytest

from packet_builder.cli import commands
from packet_builder.commands.command import Told
from packet_builder.errors import MEANINGS, ExitCode

#: After these nothing is to be done: they answer a question, or are for other programs.
ENDS = {
    "status",
    "calendar",
    "fields",
    "import",
    "export",
    "templates check",
    "schema",
    "completion",
    "doctor",
}
ENDS |= {"templates take", "templates list", "templates diff", "templates settle"}


def all_commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


ALL = dict(all_commands(commands))


def faults_of(typed: str) -> list[str]:
    """Say what in a typed line a command would not take; nothing is run, no file is looked for."""
    command: click.Command = commands
    words = shlex.split(typed.split(" > ", maxsplit=1)[0])
    while True:
        context = click.Context(command)
        try:
            given, words, _ = command.make_parser(context).parse_args(words)
        except click.UsageError as error:
            return [error.format_message()]
        faults = [*_wrong(command, given, context)]
        if faults or not isinstance(command, click.Group):
            return [*faults, *words]
        command = command.commands[words.pop(0)]


def _wrong(command: click.Command, given: dict[str, Any], context: click.Context) -> Iterator[str]:
    for one in command.params:
        value = given.get(one.name or "")
        is_given = isinstance(value, (str, tuple, list)) and bool(value)  # else a mark of click's
        if one.required and not is_given:
            yield f"{one.name} is missing"
        if is_given and not isinstance(one.type, click.Path):
            try:
                one.type_cast_value(context, value)
            except click.BadParameter as error:
                yield error.message


@pytest.mark.parametrize("name", ALL)
def test_every_command_is_shown_by_examples(name: str) -> None:
    command = ALL[name]

    assert isinstance(command, Told)
    assert command.examples
    assert all(f" {typed} ".find(f" {name} ") >= 0 for typed in command.examples)


@pytest.mark.parametrize(
    "typed", [typed for one in ALL.values() for typed in getattr(one, "examples", ())]
)
def test_every_example_can_be_parsed(typed: str) -> None:
    assert faults_of(typed) == []


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("build full --wy", "No such option"),
        ("build full minimal", "minimal"),
        ("build", "case is missing"),
        ("build full --engine word", "'word' is not one of"),
        ("approve full --all", "by is missing"),
    ],
)
def test_an_example_that_cannot_be_parsed_is_found(typed: str, fault: str) -> None:
    assert fault in " ".join(faults_of(typed))


@pytest.mark.parametrize("name", ALL)
def test_what_json_answers_is_said_where_there_is_json(name: str) -> None:
    command = ALL[name]
    assert isinstance(command, Told)
    has_json = any(one.name == "as_json" for one in command.params)

    assert has_json == bool(command.gives)


@pytest.mark.parametrize("name", ALL)
def test_every_command_says_what_comes_next(name: str) -> None:
    command = ALL[name]
    assert isinstance(command, Told)

    assert bool(command.then) != (name in ENDS)
    names = {one.name or "": "x" for one in command.params}
    if command.then:
        assert faults_of(command.then.format_map(names)) == []


@pytest.mark.parametrize("name", ALL)
def test_the_first_line_of_help_fits_into_the_list_of_commands(name: str) -> None:
    first = (ALL[name].help or "").split("\n\n")[0]

    assert first.endswith((".", "..."))
    assert len(" ".join(first.split())) <= 59


def test_every_exit_code_has_its_meaning_in_the_help() -> None:
    assert set(MEANINGS) == set(ExitCode)
    shown = click.Context(commands).get_help()
    for code in ExitCode:
        assert f"\n  {code.value} " in shown
