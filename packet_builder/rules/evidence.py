"""Every piece of evidence can be filed as it is listed."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.file_names import same_name
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.strength import is_foreign


def evidence_has_a_file(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence with neither a file nor a reason why there is none."""
    for position, evidence in enumerate(dossier.case.evidence):
        if not evidence.files and evidence.waived is None:
            yield Finding(
                "evidence-without-file",
                Weight.ERROR,
                f'"{evidence.id}" names no file',
                'Add "file:", or "waived:" with the reason that the index prints.',
                ("evidence", position),
            )


def files_are_filed_once(dossier: Dossier) -> Iterator[Finding]:
    """Find a file that several pieces of evidence name: its pages would be filed twice."""
    owners: dict[str, dict[str, int]] = {}
    for position, evidence in enumerate(dossier.case.evidence):
        for file in evidence.files if evidence.waived is None else ():
            owners.setdefault(same_name(file), {})[evidence.id] = position
    for file, named in owners.items():
        if len(named) > 1:
            names = " and ".join(f'"{name}"' for name in sorted(named))
            yield Finding(
                "file-twice",
                Weight.WARNING,
                f"{names} are the same file, {file}",
                "Keep one, and cite it in every place.",
                ("evidence", max(named.values()), "file"),
            )


def files_differ_in_more_than_capitals(dossier: Dossier) -> Iterator[Finding]:
    """Find files that are one and the same on a Mac and in Windows, where only one is kept."""
    seen: dict[str, str] = {}
    for position, evidence in enumerate(dossier.case.evidence):
        for file in evidence.files if evidence.waived is None else ():
            name = same_name(file)
            other = seen.setdefault(name.casefold(), name)
            if other != name:
                yield Finding(
                    "file-names-collide",
                    Weight.WARNING,
                    f"{name} and {other} differ in capital letters alone: on a Mac and in Windows "
                    "one of them replaces the other",
                    "Rename one of them, here and in its folder.",
                    ("evidence", position, "file"),
                )


def evidence_has_a_group(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence that the outline has no place for."""
    for position, evidence in enumerate(dossier.case.evidence):
        if dossier.outline.group_of(evidence) is None:
            yield Finding(
                "evidence-without-group",
                Weight.ERROR,
                f'the outline has no group for "{evidence.id}" ({evidence.group or evidence.kind})',
                'Name a group of the outline with "group:".',
                ("evidence", position),
            )


def foreign_language_is_translated(dossier: Dossier) -> Iterator[Finding]:
    """Find documents in a foreign language without a full English translation.

    8 CFR 103.2(b)(3); Instructions for Form I-131, p. 17.
    """
    for position, evidence in enumerate(dossier.case.evidence):
        if is_foreign(evidence) and evidence.translation is None and evidence.waived is None:
            yield Finding(
                "translation-missing",
                Weight.ERROR,
                f'"{evidence.id}" is in {evidence.language} and has no English translation',
                'Add "translation:" with the file, the translator and the date certified.',
                ("evidence", position),
                "8 CFR 103.2(b)(3); Instructions for Form I-131, p. 17",
            )


def translation_is_certified_before_filing(dossier: Dossier) -> Iterator[Finding]:
    """Find certificates that are dated after the filing."""
    filed = dossier.case.filing.date
    for position, evidence in enumerate(dossier.case.evidence):
        if evidence.translation and evidence.translation.certified > filed:
            yield Finding(
                "translation-certified-later",
                Weight.ERROR,
                f'the translation of "{evidence.id}" is certified after the filing date',
                "Correct the date, or file later.",
                ("evidence", position, "translation", "certified"),
                "Instructions for Form I-131, p. 17",
            )


def evidence_is_dated_before_filing(dossier: Dossier) -> Iterator[Finding]:
    """Find evidence dated after the filing."""
    filed = dossier.case.filing.date
    for position, evidence in enumerate(dossier.case.evidence):
        if evidence.date and evidence.date > filed:
            yield Finding(
                "evidence-dated-later",
                Weight.ERROR,
                f'"{evidence.id}" is dated after the filing date',
                "Correct the date, or file later.",
                ("evidence", position, "date"),
            )
