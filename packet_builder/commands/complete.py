"""What a shell offers while one types: names in folders, and no more is read than they need."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from packet_builder.workspace import USUAL_FOLDERS

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_YAML = (".yaml", ".yml")


def _offering(names: Callable[[click.Context], Iterable[tuple[str, str]]]) -> Completer:
    """Make what click asks: of names with their meaning, those that begin as typed, once each."""

    def offered(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
        try:
            found = dict(names(ctx))
        except (OSError, ValueError, LookupError, TypeError):  # half-made, or damaged
            return []
        items = sorted(found.items())
        return [CompletionItem(name, help=said) for name, said in items if name.startswith(typed)]

    return offered


def among(*names: str) -> Completer:
    """Offer these names."""
    return _offering(lambda _: [(name, "") for name in names])


def of_schema(*path: str) -> Completer:
    """Offer the values that the schema beside the cases lists at a place."""

    def names(ctx: click.Context) -> Iterator[tuple[str, str]]:
        value: Any = json.loads((_folder(ctx, "cases") / "case.schema.json").read_bytes())
        for step in path:
            value = value[step]
        yield from ((name, "") for name in value)

    return _offering(names)


def _cases(ctx: click.Context) -> Iterator[tuple[str, str]]:
    for folder in _folder(ctx, "cases").iterdir():
        is_shown = folder.is_dir() and not folder.name.startswith(".")
        if is_shown and any(one.name.endswith(_YAML) for one in folder.iterdir()):
            yield folder.name, ""


def _filings(ctx: click.Context) -> Iterator[tuple[str, str]]:
    folder = _folder(ctx, "cases") / _case(ctx) / "filings"
    if folder.is_dir():
        yield from ((one.stem, "") for one in folder.iterdir() if one.name.endswith(_YAML))
    yield from ((one.parent.name, "a packet is there") for one in _manifests(ctx))


def _documents(ctx: click.Context) -> Iterator[tuple[str, str]]:
    for manifest in _manifests(ctx):
        for row in json.loads(manifest.read_bytes())["documents"]:
            yield row["id"], row["title"]


def _forms(ctx: click.Context) -> Iterator[tuple[str, str]]:
    from packet_builder.template_files import templates_of  # noqa: PLC0415 - for these names only

    yield from (
        (Path(one).parts[1], "") for one in templates_of(_folder(ctx, "templates"), "forms")
    )


def _manifests(ctx: click.Context) -> Iterator[Path]:
    filing = ctx.params.get("filing") or "*"
    yield from (_folder(ctx, "output") / _case(ctx)).glob(f"{filing}/packet.json")


def _case(ctx: click.Context) -> str:
    """Give the case that was typed; click leaves it among the rest behind an option half typed."""
    return Path(ctx.params["case"] or ctx.args[0]).name


def _folder(ctx: click.Context, name: str) -> Path:
    """Give a folder as the command line, or the environment, names it."""
    return Path(ctx.find_root().params.get(name) or getattr(USUAL_FOLDERS, name))


cases = _offering(_cases)
filings = _offering(_filings)
documents = _offering(_documents)
forms = _offering(_forms)
evidence_kinds = of_schema("$defs", "EvidenceKind", "enum")
grounds = of_schema("$defs", "GroundKind", "enum")
event_kinds = of_schema("properties", "events", "items", "discriminator", "mapping")
