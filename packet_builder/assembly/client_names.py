"""A file of facts becomes the names of the clients that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

#: The C reader is five times as fast; some platforms are without it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
#: The blocks of a case that name its clients; reading them alone keeps hundreds of cases quick.
_CLIENTS = re.compile(r"^(?:petitioner|beneficiaries):.*\n(?:(?:[ \t#-].*)?\n)*", re.MULTILINE)


def names_in(path: Path) -> tuple[tuple[str, str], ...]:
    """Give the clients that a file names: given name, family name.

    A file that cannot be read is a fault of its own case, not of any other.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        blocks = [yaml.load(block, _LOADER) for block in _CLIENTS.findall(text)]  # noqa: S506
    except (OSError, yaml.YAMLError):
        return ()
    people = (person for block in blocks for person in _people(block))
    return tuple(name for person in people if (name := _name(person)))


def _people(block: object) -> Iterator[object]:
    for found in block.values() if isinstance(block, Mapping) else ():
        yield from found if isinstance(found, Sequence) and not isinstance(found, str) else (found,)


def _name(person: object) -> tuple[str, str] | None:
    """Give given and family name; one alone is too common to be looked for."""
    name = person.get("name") if isinstance(person, Mapping) else None
    given, family = map(name.get, ("given", "family")) if isinstance(name, Mapping) else (0, 0)
    is_whole = isinstance(given, str) and isinstance(family, str) and given and family
    return (str(given), str(family)) if is_whole else None
