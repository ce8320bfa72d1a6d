"""A letter template becomes the names that it asks of its context."""

from __future__ import annotations

from pathlib import Path

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
    """Give the names that a template with sound tags asks for.

    `cite` asks for the letters of the exhibits.
    """
    parts = [letter_environment().parse(source.text(part)) for part in source.parts]
    names = set[str]().union(*map(find_undeclared_variables, parts))
    return frozenset(names - {"cite"} | ({"exhibits"} if "cite" in names else set()))
