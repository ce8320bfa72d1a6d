"""What can be wrong with the pages that nobody edits."""

from __future__ import annotations

from packet_builder.errors import UnusableError

STAMP_STRIP_PT = 28


class PageTemplateError(UnusableError):
    """A template of generated pages cannot be used as it stands."""

    def __init__(self, file: str, line: int | None, fault: str) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(
            f"{place}: this page template cannot be used: {fault}. "
            "Correct it, or put back the file that came with the program."
        )
        self.file = file
        self.line = line
        self.fault = fault


class TextOutsidePageError(UnusableError):
    """Something was set beyond the page, or where the packet's stamps go."""

    def __init__(self, title: str, page: int, template: str) -> None:
        super().__init__(
            f"{title}, page {page}: something is printed beyond the edge of the page, or in its "
            f"lowest {STAMP_STRIP_PT} pt, where the packet's stamps stand. "
            f"Shorten the text in the facts, or correct {template}."
        )
