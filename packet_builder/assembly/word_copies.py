"""The Word copies of a filing's letters: as they were rendered, and as the attorney edited them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from packet_builder.plan.planned import PlannedDocument

if TYPE_CHECKING:  # start-up time
    from packet_builder.drafts.looked import Outdated
    from packet_builder.rules.finding import DraftSeen


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as the facts and its template give it."""

    planned: PlannedDocument
    docx: Path
    made_from: tuple[str, str]  # digests of its facts and of its template
    exhibits: Mapping[str, str]  # the letters that stand for evidence in this filing

    @property
    def text(self) -> str:
        """Give all that its words come from, as plain values."""
        content = {**json.loads(self.planned.text), "exhibits": dict(self.exhibits)}
        return json.dumps(content, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is printed in place of a letter's render."""

    docx: Path  # her copy, or her copy with our changes tracked in it
    made_from: str  # digest of `docx`
    of: str  # digest of her file
    merged: bool  # the facts changed: `docx` is not what lies in the folder
    rebased: bool  # the facts give another render, yet nothing is to be changed in her copy
    is_open: bool  # it has changes or comments that are to be shown
    outdated: tuple[Outdated, ...]
    seen: DraftSeen


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a filing that were edited, by document."""

    of: Mapping[str, Draft] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    pdfs: Mapping[str, Path] = field(default_factory=dict)  # saved from Word, proven, taken in
    refused: tuple[DraftSeen, ...] = ()  # PDFs that do not stand for the engine's

    @property
    def seen(self) -> tuple[DraftSeen, ...]:
        """Give what rules may look at."""
        return (*(draft.seen for draft in self.of.values()), *self.refused)
