"""A Word field's instruction becomes its command, and what its printed result may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Their result depends on when, where or by whom the document is converted.
VOLATILE = frozenset({"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME"})
VOLATILE |= {"FILENAME", "FILESIZE", "NUMCHARS", "NUMWORDS", "REVNUM", "LASTSAVEDBY"}
VOLATILE |= {"USERNAME", "USERINITIALS", "USERADDRESS", "ASK", "FILLIN"}
# Their result is fetched from another file or address.
REMOTE = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE"})
REMOTE |= {"DDEAUTO", "DATABASE", "RD"}
# Their result is a number that the engine counts itself.
COUNTED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "NOTEREF"})
COUNTED |= {"SEQ", "AUTONUM", "LISTNUM"}
# Their first argument is a bookmark.
REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_OTHER_DIGITS = re.compile(r"\\\*\s*(roman|alphabetic|ordinal|ordtext|cardtext|hex)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: {PAGEREF target} has the command PAGEREF and the argument target."""

    command: str
    argument: str | None
    instruction: str

    @property
    def is_counted(self) -> bool:
        """Tell whether the engine counts the result, so that the stored one says nothing."""
        return self.command in COUNTED

    @property
    def is_plain_number(self) -> bool:
        """Tell whether the number is asked for in the digits 0 to 9."""
        return not _OTHER_DIGITS.search(self.instruction)


def field_of(instruction: str) -> Field:
    """Read a field's instruction."""
    words = [quoted or bare for quoted, bare in _WORD.findall(instruction)]
    arguments = [word for word in words[1:] if not word.startswith("\\")]
    command = words[0].upper() if words else ""
    return Field(command, arguments[0] if arguments else None, instruction.strip())
