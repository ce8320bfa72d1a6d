"""Checks letter templates: their tags, their names, and every branch that they may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packet_builder.documents.letters.asked import names_asked
from packet_builder.documents.letters.errors import TemplateBrokenError, TemplateFault
from packet_builder.documents.letters.filling import Filling
from packet_builder.documents.letters.letter import render_source
from packet_builder.documents.letters.names import Names, names_in
from packet_builder.documents.letters.shape import Fill, Group, context_like, fills_for, group_of
from packet_builder.documents.letters.source import TemplateSource, read_template
from packet_builder.documents.letters.tags import tag_faults
from packet_builder.errors import UnusableError
from packet_builder.template_files import template_file

_PAPER = (Fill(everything=True), Fill(everything=True, items=1), Fill(everything=False))


def check_templates(
    templates: Path, letters: Iterable[str], examples: Sequence[Mapping[str, Any]]
) -> tuple[TemplateFault, ...]:
    """Check the templates of letters against example contexts that have all they may print."""
    return tuple(
        fault
        for letter in sorted(letters)
        for fault in _faults(template_file(templates, "letters", f"{letter}.docx"), examples)
    )


def _faults(path: Path, examples: Sequence[Mapping[str, Any]]) -> Iterator[TemplateFault]:
    try:
        source = read_template(path)
    except UnusableError as error:
        yield TemplateFault(path.name, "", str(error))
        return
    yield from tag_faults(source) or _content_faults(source, examples)


def _content_faults(
    source: TemplateSource, examples: Sequence[Mapping[str, Any]]
) -> Sequence[TemplateFault]:
    """Look for names first, then for branches, then at paper: each step needs the one before."""
    shape = group_of(examples)
    names = names_in(source, shape)
    if names.faults:
        return names.faults
    asked = {name.partition(".")[0] for name in names_asked(source)}
    whole = [example for example in examples if asked <= example.keys()]
    contexts = [*_contexts(shape, _PAPER, names.cited), *whole]
    return tuple(_branch_faults(source, shape, names)) or tuple(_paper_faults(source, contexts))


def _branch_faults(source: TemplateSource, shape: Group, names: Names) -> Iterator[TemplateFault]:
    """Fill in the bare text for every branch: quick, so all combinations that matter are tried."""
    filling = Filling(source)
    seen: set[TemplateFault] = set()
    for context in _contexts(shape, fills_for(names.tested), names.cited):
        try:
            filling.expected(context)
        except TemplateBrokenError as error:
            yield from (fault for fault in error.faults if fault not in seen)
            seen.update(error.faults)


def _paper_faults(
    source: TemplateSource, contexts: Sequence[Mapping[str, Any]]
) -> Iterator[TemplateFault]:
    """Make real documents, without a logo: what Word's structure does to the text shows here."""
    for context in contexts:
        firm = {**context.get("firm", {}), "logo": ""}
        try:
            render_source(source, {**context, "firm": firm}, source.name)
        except TemplateBrokenError as error:
            yield from error.faults
        except UnusableError as error:
            yield TemplateFault(source.name, "", str(error))


def _contexts(
    shape: Group, fills: Iterable[Fill], cited: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    for fill in fills:
        context = context_like(shape, fill)
        yield {**context, "exhibits": dict.fromkeys(cited, "A")}
