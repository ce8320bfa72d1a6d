"""A final answer to a notice becomes the steps by which it is sent, and noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from packet_builder.review.handover import OFFICE, Step

NOTICE = "the notice that is answered"


def on_top(manifest: Mapping[str, Any]) -> Iterator[Step]:
    """Give the steps that put the notice on top; none where nothing is answered."""
    for row in manifest.get("enclosures", ()):
        pages = f"all {row['pages']} pages" if row["pages"] > 1 else "its page"
        words = f"Put the original of the {row['title']} on top, {pages}, in place of the copy."
        yield Step(words, "practice, as reported", "secondary")


def in_time(manifest: Mapping[str, Any]) -> Iterator[Step]:
    """Give the step that keeps the due date; none where nothing is answered."""
    answers = manifest.get("answers")
    if answers:
        row = next((one for one in manifest["law"] if one["id"] == "received"), None)
        words = f"It must be there by {answers['due']}: what counts is receipt, not posting."
        if row is None:
            yield Step(words, NOTICE)
        else:
            yield Step(words, row["source"], row["status"], row["checked_on"])


def noted(manifest: Mapping[str, Any]) -> Iterator[Step]:
    """Give what is noted of it in the facts, so that the deadline is settled."""
    answers = manifest["answers"]
    event = f"{{id: …, event: filed, what: {answers['kind']}_response, answers: {answers['notice']}"
    yield Step(
        f"Note in case.yaml below events: when it was sent: {event}, filing: {manifest['filing']}, "
        "date: …}; and with received: when it arrived.",
        OFFICE,
    )
