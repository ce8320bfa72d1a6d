"""What can be wrong with a letter template, or with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from packet_builder.errors import UnusableError


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing that is wrong with a letter template."""

    template: str  # the file's name
    place: str  # 'paragraph 12 ("We ask that the officer …")', or "" for the file as a whole
    fault: str
    cure: str = ""

    def __str__(self) -> str:
        """Give it as one line."""
        place = f", {self.place}" if self.place else ""
        cure = f" {self.cure}" if self.cure else ""
        return f"{self.template}{place}: {self.fault}.{cure}"


class TemplateBrokenError(UnusableError):
    """A letter template cannot be used as it stands."""

    def __init__(self, faults: Sequence[TemplateFault]) -> None:
        lines = "\n".join(map(str, faults))
        super().__init__(
            f"{lines}\nCorrect the template in Word; packet-builder templates check shows "
            "every fault of every template."
        )
        self.faults = tuple(faults)


class TextVanishedError(UnusableError):
    """A finished letter does not say what its template and the facts say."""

    def __init__(self, template: str, place: str, lost: str) -> None:
        super().__init__(
            f'{template}, {place}: "{lost}" does not stand in the finished letter. Retype this '
            "paragraph of the template in Word without special formatting."
        )
        self.place = place
        self.lost = lost


class TagLeftError(UnusableError):
    """A finished letter shows what only a template may hold."""

    def __init__(self, template: str, left: str, around: str) -> None:
        super().__init__(
            f'{template}: the finished letter shows "{left}" in "{around}". Remove it from the '
            "facts, or correct the tag in the template."
        )
        self.left = left


class TextAddedError(UnusableError):
    """A finished letter says more than its template and the facts say."""

    def __init__(self, template: str, part: str, added: str) -> None:
        super().__init__(
            f'{template}: the finished letter says "{added}" once too often in {part}. Remove '
            "special formatting around the tags of the template."
        )


class LogoUnusableError(UnusableError):
    """The letterhead's picture cannot be put on a letter."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: the letterhead's picture cannot be read. Save it again as PNG or JPEG "
            'beside firm.yaml, or remove "logo:" there.'
        )
