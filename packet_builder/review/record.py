"""Keeps the decisions on a case: sealed in a log, and as YAML that anybody can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from packet_builder.errors import UnusableError
from packet_builder.facts import Facts, read_file
from packet_builder.review.decision import Decision
from packet_builder.review.log import Log, append, read_log
from packet_builder.workspace import write_whole

DECISIONS = "decisions.yaml"
_DECIDED = "decision"
_HEAD = """\
# Who decided what on which document of the packet, and the fingerprints of what was seen.
# packet-builder writes this file, anew with each decision: a decision is taken back by another one.
# The same is sealed line by line in log.jsonl; the two are compared whenever they are read.
decisions:
"""


class DecisionsAlteredError(UnusableError):
    """The decisions that can be read are not those that were recorded."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"{fault}\nNothing is decided on this. Put the file back as it was, from a backup; "
            "or delete it, and the next decision writes it anew from log.jsonl."
        )


@dataclass(frozen=True, slots=True)
class Record:
    """All decisions on a case, and the log that seals them."""

    decisions: tuple[Decision, ...]
    log: Log

    def of_filing(self, filing: str) -> tuple[Decision, ...]:
        """Give the decisions on one filing, in order."""
        return tuple(one for one in self.decisions if one.filing == filing)


def read_record(folder: Path) -> Record:
    """Read the decisions of a case's folder `review`.

    Raises FactsError, LogAlteredError or DecisionsAlteredError. The last decisions may be in the
    log alone: then a run was cut off between the two, and the next one completes the YAML.
    """
    log = read_log(folder)
    recorded = [dict(entry.said) for entry in log.of_kind(_DECIDED)]
    _compare(folder / DECISIONS, recorded)
    return Record(tuple(map(_decision, recorded)), log)


def record(folder: Path, decisions: Sequence[Decision]) -> Log:
    """Add decisions, whole; the caller holds the case. Gives the log with them."""
    read_record(folder)
    log = append(folder, _DECIDED, [decision.plain() for decision in decisions])
    said = [_decision(entry.said).plain() for entry in log.of_kind(_DECIDED)]
    write_whole(folder / DECISIONS, _yaml(said).encode())
    _compare(folder / DECISIONS, said)
    return log


def _decision(said: Mapping[str, Any]) -> Decision:
    return Decision.model_validate(said)


def _yaml(said: Sequence[dict[str, Any]]) -> str:
    entries = (
        yaml.safe_dump([one], allow_unicode=True, sort_keys=False, width=1_000) for one in said
    )
    return _HEAD + "\n".join(entries)


def _compare(path: Path, recorded: Sequence[dict[str, Any]]) -> None:
    if not path.is_file():
        return  # whatever was recorded stands in the log
    facts = read_file(path)
    written = facts.tree.get("decisions") or []
    if not isinstance(written, list):
        raise DecisionsAlteredError(str(facts.fault_at(("decisions",), "a list is expected here")))
    for number, one in enumerate(written):
        if number >= len(recorded):
            raise _altered(facts, number, "this decision was never recorded")
        if one != recorded[number]:
            raise _altered(facts, number, "this is not the decision that was recorded")


def _altered(facts: Facts, number: int, what: str) -> DecisionsAlteredError:
    note = "decide with packet-builder approve, request-changes or comment"
    return DecisionsAlteredError(str(facts.fault_at(("decisions", number), what, note)))
