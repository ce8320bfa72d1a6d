"""An office in the middle of its work: its commands, and what must never be lost of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pypdfium2

from packet_builder.kept import is_kept
from packet_builder.packet.manifest import read_manifest
from packet_builder.review.record import read_record
from packet_builder.unfinished import is_unfinished
from tests.cases import write_case
from tests.crashes import Change, Runner
from tests.review_cases import without_forms

BUILD = ("build", "boateng", "--engine", "dxpdf")
DRAFT = ("draft", "boateng")
ACCEPT = ("draft", "boateng", "--accept")
APPROVE = (
    "approve",
    "boateng",
    "--all",
    "--by",
    "Jordan Lee",
    "--role",
    "attorney",
    "--date",
    "2026-12-01",
)
FINALIZE = ("finalize", "boateng", "--date", "2026-12-01")
RECEIPT = ("receipt", "boateng", "IOE0123456789", "--date", "2026-12-02")

#: Each command, in the order in which an office types them after the facts were changed.
WORK: Mapping[str, tuple[str, ...]] = {
    "build": BUILD,
    "draft": DRAFT,
    "accept": ACCEPT,
    "approve": APPROVE,
    "finalize": FINALIZE,
    "receipt": RECEIPT,
}
#: What puts entries into the facts, which are an attorney's own.
ADDING: Mapping[str, tuple[str, ...]] = {
    "add exhibit": ("add", "exhibit", "boateng", "scan.pdf", "--id", "scan", "--kind", "other"),
    "add beneficiary": ("add", "beneficiary", "boateng", "nika", "--no-input"),
    "add event": ("add", "event", "boateng", "approval", "--date", "2026-12-04", "--no-input"),
}
HERS = "She wrote this by hand, after two calls with the family."


def prepare(office: Path) -> None:
    """Write a case and the office around it."""
    write_case(office / "cases")
    without_forms(office / "templates")


def work_done(runner: Runner) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Bring a case to a final packet, change a fact, and go on, with each change of each command.

    The office is kept as it is before each command.
    """
    _done(runner, BUILD)
    _done(runner, DRAFT)
    _edit(runner.office / "cases/boateng/drafts/initial_parole/humanitarian_justification.docx")
    for name in ("build", "approve", "finalize"):
        _done(runner, WORK[name])
    facts = runner.office / "cases" / "boateng" / "case.yaml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("annual_income: 131460", "annual_income: 141900"), "utf-8")
    for name, command in WORK.items():
        runner.keep(name)
        runner.restore(name)  # as before each trial: files have other numbers then
        yield name, runner.changes(*command)
        if name == "accept":
            _done(runner, BUILD)


def _done(runner: Runner, command: tuple[str, ...]) -> None:
    ended = runner.run(*command)
    assert ended.code == 0, ended.err


def _edit(path: Path) -> None:
    document = docx.Document(str(path))
    document.paragraphs[-1].insert_paragraph_before(HERS)
    document.save(str(path))


@dataclass(frozen=True)
class Held:
    """What an office has, by digest, before something befalls it."""

    hers: frozenset[str]  # facts, exhibits, drafts, the program's record of them apart
    log: bytes
    decisions: int
    finals: frozenset[tuple[str, str]]
    manifest: Any

    @staticmethod
    def of(office: Path) -> Held:
        """Look at an office."""
        case = office / "cases" / "boateng"
        return Held(
            frozenset(digest for path, digest in _digests(case) if _is_hers(path, case)),
            (case / "review" / "log.jsonl").read_bytes(),
            len(read_record(case / "review").decisions),
            frozenset((str(path), digest) for path, digest in _digests(_filing(office) / "final")),
            read_manifest(_filing(office)),
        )


def lost(before: Held, office: Path, new: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Name what is not there any more, or not whole."""
    return list(_lost(before, office, new))


def _lost(before: Held, office: Path, new: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    case, filing = office / "cases" / "boateng", _filing(office)
    there = {digest for _, digest in _digests(case)}
    yield from (f"hers: {digest}" for digest in before.hers - there)
    if not (case / "review" / "log.jsonl").read_bytes().startswith(before.log):
        yield "the log"
    if len(read_record(case / "review").decisions) < before.decisions:
        yield "decisions"
    finals = {(str(path), digest) for path, digest in _digests(filing / "final")}
    yield from (f"final: {path}" for path, _ in before.finals - finals)
    manifest = read_manifest(filing)
    if manifest is None or manifest not in (before.manifest, new):
        yield "a manifest that is neither the former nor the new one"
        return
    yield from (f"kept: {digest}" for digest in _named(manifest) if not is_kept(filing, digest))
    packet = pypdfium2.PdfDocument(filing / "packet-DRAFT.pdf")
    if len(packet) != manifest["packet"]["pages"]:
        yield "pages of the packet"
    packet.close()


def facts_and_exhibits(office: Path) -> Mapping[str, str]:
    """Give the digest of each file of the case that a person writes or adds, by its place."""
    case = office / "cases" / "boateng"
    files = [*case.glob("*.yaml"), *(case / "exhibits").rglob("*")]
    return {path.relative_to(case).as_posix(): _digest(path) for path in files if path.is_file()}


def unfinished(office: Path) -> list[str]:
    """Name what was left half-made anywhere, also in the folder for temporary files."""
    half = filter(is_unfinished, office.rglob("*"))
    return [str(path) for path in (*half, *(office / "temporary").iterdir())]


def achieved(office: Path) -> Counter[tuple[str, str]]:
    """Give what a command comes to: manifests, packet, letters, drafts, decisions, by digest."""
    filing, case = _filing(office), office / "cases" / "boateng"
    made = [filing / "packet.json", filing / "packet-DRAFT.pdf", case / "review/decisions.yaml"]
    for folder in (filing / "letters", filing / "internal", filing / "final"):
        made += [path for path in folder.rglob("*") if path.is_file()]
    return Counter(
        [(path.name, _digest(path)) for path in made if path.is_file()]
        + [("draft", _digest(path)) for path in (case / "drafts").glob("*/*.docx")]
    )


def _filing(office: Path) -> Path:
    return office / "output" / "boateng" / "initial_parole"


def _named(manifest: Any) -> list[str]:  # noqa: ANN401 - JSON
    rows = manifest["documents"]
    names = [manifest["packet"]["sha256"], manifest["facts"]["sha256"]]
    names += [row["planned"] for row in rows] + [row["editable"] for row in rows]
    names += [row["sha256"] for row in manifest["internal"]]
    return [name for name in names if name is not None]


def _is_hers(path: Path, case: Path) -> bool:
    """Tell whether a person made a file, or changed it; a draft as it was written is not hers."""
    place = path.relative_to(case)
    if place.parts[0] == "review" or ".base" in place.parts:
        return False
    return place.parts[0] != "drafts" or not _as_written(path, case)


def _as_written(path: Path, case: Path) -> bool:
    record = next((case / "drafts").glob("*/.base/drafts.json"))
    versions = json.loads(record.read_text("utf-8"))["drafts"].values()
    return _digest(path) in {one["written"] for each in versions for one in each}


def _digests(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, _digest(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
