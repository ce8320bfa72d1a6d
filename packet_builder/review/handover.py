"""A final packet that is not filed becomes the steps by which it reaches those whom it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OFFICE = "the office's own record"
PACKET = "the packet itself"
_OURS = "a choice of this program"
_DECIDES = "Instructions for Form I-131 (01/20/25), pp. 3, 12"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and what asks for it."""

    words: str
    source: str
    status: str | None = None
    checked: str | None = None


def carried(manifest: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Give the steps for the folder that a parolee carries, under their headings."""
    people = _people(manifest)
    yield (
        "Hand it over before the journey",
        (
            Step(f"Give the printed and signed folder to {people}, with a second copy.", OFFICE),
            Step(
                "Go through the questions with each of them, in a language that they speak. The "
                "answers are theirs: what is no longer true is changed in the facts, and the "
                "folder is built again.",
                OFFICE,
            ),
            Step(
                "Say that the officer decides: approval is no right to be paroled.",
                _DECIDES,
                "primary",
            ),
            Step(f"Send a copy to the supporter whose number stands in {_file(manifest)}.", OFFICE),
        ),
    )
    yield "Beside the folder, in the cabin and not in checked luggage", tuple(_originals())
    if fees := tuple(_fees(manifest)):
        yield "Money at the port of entry", fees
    yield "Afterwards", (Step("Look at Form I-94 on the day of entry, and note its date.", OFFICE),)


def given(manifest: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Give the steps for what is handed to a client, under their headings."""
    yield (
        "Hand it over",
        (
            Step(f"Give or send it to {_people(manifest)}, and to whom they name.", OFFICE),
            Step("Say it aloud in a language that they speak, where that is not English.", OFFICE),
            Step("Note in the file on which day, how, and to whom it was given.", OFFICE),
        ),
    )
    unsure = tuple(_unsure(manifest))
    if unsure:
        yield "Confirm first: the letter says that these are to be confirmed", unsure


def _people(manifest: Mapping[str, Any]) -> str:
    return "; ".join(manifest["people"])


def _file(manifest: Mapping[str, Any]) -> str:
    file: str = manifest["packet"]["file"]
    return file


def _originals() -> Iterator[Step]:
    yield Step("The passport, and the parole document that the embassy or USCIS gave.", _OURS)
    yield Step("Originals of what the folder holds as copies, as far as there are such.", _OURS)
    yield Step("The telephone numbers of the office and of the supporter, on paper.", _OURS)


def _fees(manifest: Mapping[str, Any]) -> Iterator[Step]:
    for row in manifest["fees"]:
        if row["law"] == "parole_fee":
            words = f"${row['usd']:,}, {row['what']}, {row['person']}: {row['how']}"
            yield Step(words, row["source"], row["status"], row["checked_on"])


def _unsure(manifest: Mapping[str, Any]) -> Iterator[Step]:
    for row in manifest["law"]:
        if row["status"] != "primary":
            yield Step(row["value"], row["source"], row["status"], row["checked_on"])
