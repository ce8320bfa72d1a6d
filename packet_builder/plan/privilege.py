"""What is for the office alone: no letter that leaves it prints a word of that."""

from __future__ import annotations

from collections.abc import Iterable

from packet_builder.errors import UnusableError
from packet_builder.model.audience import Audience
from packet_builder.outline import Outline

#: What only a filing for the office may print: counsel's own thoughts, and what no source shows.
PRIVILEGED: frozenset[str] = frozenset({"strategy", "clocks"})


class PrivilegedWordsError(UnusableError):
    """A letter that leaves the office would print what is for the office alone."""

    def __init__(self, template: str, names: Iterable[str]) -> None:
        asked = " and ".join(f'"{name}"' for name in sorted(names))
        super().__init__(
            f"letters/{template}.docx prints {asked}, which is for the office alone, and a filing "
            "that has this letter is for others. Take the words out of the template, or write "
            '"audience: office" in the outline.'
        )


def check_privilege(outline: Outline, template: str, names: Iterable[str]) -> None:
    """Raise PrivilegedWordsError where a letter would tell others what is for the office.

    `names` are those that its template asks for: `clocks`, `strategy.risks`.
    """
    asked = {name.partition(".")[0] for name in names} & PRIVILEGED
    if outline.audience is not Audience.OFFICE and asked:
        raise PrivilegedWordsError(template, asked)
