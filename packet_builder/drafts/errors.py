"""What can be wrong with the drafts of a case, in words for the person who must mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from packet_builder.errors import UnusableError, UsageError


class DraftOpenInWordError(UnusableError):
    """Word has a draft open, so what lies on the disk may not be what she sees."""

    def __init__(self, folder: str, name: str, mark: str) -> None:
        super().__init__(
            f"{folder}/{name}: this draft is open in Word. Save and close it there, then start "
            f"again. If nobody has it open, remove the file {mark} beside it."
        )


class DraftConflictedCopyError(UnusableError):
    """A sync program found two versions of a draft and kept both."""

    def __init__(self, folder: str, name: str) -> None:
        super().__init__(
            f"{folder}/{name}: a sync program made this second copy because two people changed "
            "the draft. Compare both in Word (Review, Compare), keep one under the draft's own "
            "name, and move this file out of the folder."
        )


class DraftOfUnknownOriginError(UnusableError):
    """A file lies under the name of a draft that the program did not write."""

    def __init__(self, folder: str, name: str) -> None:
        super().__init__(
            f"{folder}/{name}: packet-builder did not write this file, so it cannot tell what was "
            "edited. Move it out of the folder, run packet-builder draft, and copy its text into "
            "the draft."
        )


class DraftSupersededError(UnusableError):
    """A draft was edited after a newer one had been made of it."""

    def __init__(self, name: str, newer: str) -> None:
        super().__init__(
            f"{name}: this draft was edited after {newer} was made of it, so {newer} lacks those "
            f"words. Copy them into {newer} and move {name.rpartition('/')[2]} out of the folder; "
            f"or, if {newer} was not edited, delete it and run packet-builder draft."
        )


class DraftSavedMeanwhileError(UnusableError):
    """Somebody saved a draft while it was to be written anew."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: somebody saved this draft just now. Nothing was overwritten; close it in "
            "Word and start again."
        )


class DraftBreaksReaderError(UnusableError):
    """The process that reads a draft was stopped at a limit, or ended."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"{name}: reading this Word file {what}, as that of no letter does. It is damaged, or "
            "made to do harm; nothing was changed. Move it out of the folder, run packet-builder "
            "draft, and copy its text into the new draft."
        )


class DraftRecordBrokenError(UnusableError):
    """The file in which the program remembers what it wrote cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: packet-builder's own record of the drafts is damaged. Restore it from a "
            "backup; or move the drafts out of the folder, run packet-builder draft, and copy the "
            "edited text into the new files."
        )


class DraftConflictOpenError(UnusableError):
    """A draft cannot be made clean while somebody has to choose between two texts."""

    def __init__(self, name: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{name}: conflicts are open at {'; '.join(places)}. In Word, keep one of the two "
            "texts, delete the comment that begins with Conflict, save, and start again."
        )


class DraftUnknownError(UsageError):
    """No letter of the filing has that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f'there is no letter "{name}". Letters: {", ".join(known)}.')
