"""Reads the final packets that a filing continues: letters, pages and words of what was filed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.case_file import CaseFile
from packet_builder.due import citations_about
from packet_builder.facts import read_facts
from packet_builder.facts.filings import kind_of_filing
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.filed import Filed, FiledExhibit, FiledPacket
from packet_builder.model.notice import AnsweredNotice
from packet_builder.outline import Outline
from packet_builder.packet.finals import Final, finals_of


@dataclass(frozen=True, slots=True)
class Continued:
    """What a filing continues, and the final packets themselves."""

    filed: Filed
    finals: tuple[Final, ...]  # one for each packet


_NOTHING = Continued(Filed(), ())


def read_filed(case_file: CaseFile, case_output: Path) -> Continued:
    """Give the request that a filing answers a notice on, and answers that went before it.

    Of each filing the newest final packet counts. They are read where they lie, and never changed.
    """
    if case_file.case.notice is None:
        return _NOTHING
    asked = answered_filing(case_file)
    of_request = tuple(finals_of(case_output / asked))
    if not of_request:
        return Continued(_elsewhere(case_file.case.notice), ())
    answers = sorted(_answers(case_file, case_output, asked), key=_date)
    finals = (of_request[-1], *answers)
    return Continued(Filed(tuple(map(_packet, finals)), len(of_request)), finals)


def _elsewhere(notice: AnsweredNotice) -> Filed:
    before = notice.filed_elsewhere
    return Filed(elsewhere=before.date, last_letter=before.last_exhibit) if before else Filed()


def answered_filing(case_file: CaseFile) -> str:
    """Give the id of the filing that the notice is about: as its event says, or the first."""
    notice = case_file.case.answered
    if notice is not None and notice.filing is not None:
        return notice.filing
    return kind_of_filing(read_facts(case_file.folder))


def seen_before(
    continued: Continued, case_file: CaseFile, outline: Outline, cache: Cache
) -> Mapping[str, SeenEvidence]:
    """Give the words of what is cited of earlier packets, as they were filed."""
    again = {one.id for one in case_file.case.evidence}
    cited = {citation.evidence for _, citation in citations_about(outline, case_file.case)}
    return {
        one.id: SeenEvidence(_texts(final, one, cache))
        for packet, final in zip(continued.filed.packets, continued.finals, strict=True)
        for one in packet.exhibits
        if one.id in cited - again
    }


def _answers(case_file: CaseFile, case_output: Path, asked: str) -> Iterator[Final]:
    for folder in sorted(case_output.glob("*/")):
        finals = tuple(finals_of(folder))
        if folder.name not in {case_file.filing, asked} and finals:
            answers = finals[-1].manifest.get("answers")
            if answers is not None and answers["filing"] == asked:
                yield finals[-1]


def _date(final: Final) -> tuple[str, str]:
    return final.manifest["date"], final.folder.name


def _packet(final: Final) -> FiledPacket:
    manifest = final.manifest
    answers = manifest.get("answers")
    return FiledPacket(
        manifest["filing"],
        final.folder.name,
        manifest["packet"]["sha256"],
        dt.date.fromisoformat(manifest["date"]),
        manifest["packet"]["pages"],
        tuple(_exhibits(manifest)),
        answers["notice"] if answers else None,
    )


def _exhibits(manifest: Mapping[str, Any]) -> Iterable[FiledExhibit]:
    first = {row["id"]: row["first_page"] for row in manifest["documents"]}
    for row in manifest["exhibits"]:
        if row["letter"] is not None:
            yield FiledExhibit(
                row["id"],
                row["letter"],
                row["title"],
                row["pages"],
                first[f"exhibit-{row['id']}"],
                tuple(file["sha256"] for file in row["files"]),
            )


def _texts(final: Final, exhibit: FiledExhibit, cache: Cache) -> tuple[str, ...]:
    packet = final.manifest["packet"]["sha256"]
    made_from = ("filed-texts", packet, str(exhibit.first_page), str(exhibit.pages))
    kept = cache.kept(made_from, lambda folder: _keep_texts(final, exhibit, folder))
    texts: list[str] = json.loads((kept / "texts.json").read_text(encoding="utf-8"))
    return tuple(texts)


def _keep_texts(final: Final, exhibit: FiledExhibit, folder: Path) -> None:
    from packet_builder.packet.filed_pages import texts_of  # noqa: PLC0415 - only when not kept

    texts = texts_of(final.packet, exhibit.first_page, exhibit.pages)
    (folder / "texts.json").write_text(
        json.dumps(texts, ensure_ascii=False), encoding="utf-8", newline="\n"
    )
