"""A letter template becomes the names that it asks of its context: `date`, `request.summary`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from packet_builder.documents.letters.environment import letter_environment
from packet_builder.documents.letters.source import TemplateSource, read_template
from packet_builder.documents.letters.tags import check_tags


def names_of_template(path: Path) -> frozenset[str]:
    """Give the names that a template asks for; raises an error of one that cannot be used."""
    source = read_template(path)
    check_tags(source)
    return names_asked(source)


def names_asked(source: TemplateSource) -> frozenset[str]:
    """Give the names that a template with sound tags asks for; of a group, only those in it.

    `cite` asks for the letters of the exhibits.
    """
    parts = [letter_environment().parse(source.text(part)) for part in source.parts]
    return frozenset(name for part in parts for name in _names_in(part))


def _names_in(part: nodes.Template) -> Iterator[str]:
    members = tuple(one for one in part.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name))
    owners = {id(one.node) for one in members}
    names = {one.name for one in part.find_all(nodes.Name) if id(one) not in owners}
    asked = find_undeclared_variables(part)  # but for `cite`, which every template has
    yield from names & asked
    owned = ((one.node.name, one.attr) for one in members if isinstance(one.node, nodes.Name))
    yield from (f"{name}.{member}" for name, member in owned if name in asked - names)
    if "cite" in names:
        yield "exhibits"
