"""Why an approval is stale, said on manifests and kept values that are written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packet_builder.kept import keep
from packet_builder.review.decision import Seen
from packet_builder.review.docket import Docket
from packet_builder.review.reasons import is_same, reasons
from packet_builder.review.subjects import Subject, manifest_text, subjects_of

ONE, TWO = "1" * 64, "2" * 64


def planned(title: str = "Form", **context: object) -> bytes:
    document = ["form-x", "form", title, "x", None]
    return json.dumps({"document": document, "context": context, "files": []}).encode()


def answer(item: str, text: str | None, state: str | None = None) -> dict[str, object]:
    return {"part": "2", "item": item, "asked": "Income?", "text": text, "state": state}


class Desk:
    """A filing folder with what was kept of two builds."""

    def __init__(self, folder: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.folder = folder
        self.old, self.new = self._manifest(**old), self._manifest(**new)
        keep(folder, manifest_text(self.old))

    def reasons(self, document: str = "form-x") -> tuple[str, ...]:
        docket = Docket("x", self.folder, self.folder, self.new)
        then = self._subject(self.old, document).seen
        assert is_same(then, self._subject(self.old, document))
        return reasons(docket, then, self._subject(self.new, document))

    def _subject(self, manifest: dict[str, Any], document: str) -> Subject:
        return next(one for one in subjects_of(manifest) if one.id == document)

    def _manifest(  # noqa: PLR0913 - each part that may change
        self,
        *,
        text: bytes = planned(),
        facts: object = None,
        pages: str = ONE,
        editable: str = ONE,
        edition: str = "01/20/25",
        blank: str = ONE,
        cited: tuple[str, ...] = (),
        file: str = ONE,
        packet: str = ONE,
        count: int = 1,
        fee: str = "$630",
        more: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        row: dict[str, Any] = {"id": "form-x", "kind": "form", "title": "Form X", "exhibit": None}
        row |= {"first_page": 1, "last_page": 1, "sha256": [pages], "editable": editable}
        row |= {"planned": keep(self.folder, text), "made_from": {"blank": blank}}
        others = [row | {"id": name, "kind": "letter", "title": name} for name in more]
        form = {"document": "form-x", "form": "X", "edition": edition, "person": None}
        law: dict[str, Any] = {"table": "fees", "id": "fee", "used_for": "the fee", "value": fee}
        law |= dict.fromkeys(("effective_from", "effective_to", "source", "status"), "x")
        return {
            "title": "Request",
            "documents": [row, *others],
            "forms": [form],
            "exhibits": [
                {"id": name, "letter": name, "title": name.upper(), "files": [{"sha256": file}]}
                for name in ("a", "b")
            ],
            "citations": [{"document": "form-x", "exhibit": name} for name in cited],
            "law": [law | {"checked_on": "2026-11-23", "own": None}],
            "packet": {"sha256": packet, "pages": count},
            "facts": {"sha256": keep(self.folder, json.dumps(facts or {}).encode())},
        }


MADE_ANEW = "its pages were made anew by another version of the program, its engine or its fonts"
INCOME = (
    {"supporters": [{"id": "a", "income": "61,200"}]},
    {"supporters": [{"id": "a", "income": "74,900"}]},
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {}, ()),
        (
            {"text": planned(answers=[answer("16", "61,200")]), "facts": INCOME[0]},
            {"text": planned(answers=[answer("16", "74,900")]), "facts": INCOME[1], "pages": TWO},
            ('income of supporter "a" changed from 61,200 to 74,900',),
        ),
        (
            {"text": planned(answers=[answer("16", "61,200")])},
            {"text": planned(answers=[answer("16", "74,900")]), "pages": TWO},
            ('Part 2, Item 16 ("Income?") changed from 61,200 to 74,900',),
        ),
        (
            {"text": planned(answers=[answer("5", None, "/Y")])},
            {"text": planned(answers=[answer("5", None, "/N"), answer("5", "x")]), "pages": TWO},
            ('Part 2, Item 5 ("Income?") changed from "the box /Y" to "the box /N; x"',),
        ),
        (
            {"text": planned(answers=[answer("5", None, "/Y") | {"says": "am not"}])},
            {"text": planned(answers=[answer("5", None, "/N") | {"says": "am"}]), "pages": TWO},
            ('Part 2, Item 5 ("Income?") changed from "am not" to am',),
        ),
        (
            {"text": planned(born="January 12, 2027"), "facts": {"day": "2027-01-12"}},
            {
                "text": planned(born="January 15, 2027"),
                "facts": {"day": "2027-01-15"},
                "pages": TWO,
            },
            ("day changed from 2027-01-12 to 2027-01-15",),
        ),
        (
            {"text": planned(size="2"), "facts": {"size": "2", "other": "12"}},
            {"text": planned(size="3"), "facts": {"size": "3", "other": "13"}, "pages": TWO},
            ("size changed from 2 to 3",),
        ),
        (
            {"text": planned("Form X, for Ann")},
            {"text": planned("Form X, for Bea"), "pages": TWO},
            ('title changed from "Form X, for Ann" to "Form X, for Bea"',),
        ),
        (
            {"text": planned(**{f"v{n}": "old" for n in range(10)})},
            {"text": planned(**{f"v{n}": "new" for n in range(10)}), "pages": TWO},
            (*(f"v{n} changed from old to new" for n in range(8)), "and 2 more values"),
        ),
        (
            {},
            {"edition": "01/20/27", "blank": TWO},
            ("the edition changed from X 01/20/25 to X 01/20/27",),
        ),
        ({}, {"blank": TWO}, ("the blank form is another file",)),
        ({}, {"editable": TWO, "pages": TWO}, ("the words of its Word copy or form changed",)),
        (
            {},
            {"pages": TWO},
            (MADE_ANEW,),
        ),
        ({}, {"cited": ("a",)}, ('it cites another exhibit now, "A"',)),
        ({"cited": ("a",)}, {"cited": ()}, ('it does not cite "A" any more',)),
        (
            {"cited": ("a",)},
            {"cited": ("a",), "file": TWO},
            ('the exhibit "A", which it cites, was replaced',),
        ),
        (
            {"text": planned(pages="1")},
            {"text": planned(pages="2"), "pages": TWO, "editable": TWO},
            ("it was made anew: no single value changed, but their order or how they are set did",),
        ),
    ],
)
def test_why_a_document_is_stale(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any], said: tuple[str, ...]
) -> None:
    assert Desk(tmp_path, old, new).reasons() == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {}, ()),
        ({}, {"packet": TWO, "pages": TWO}, ("changed in it: Form X",)),
        ({}, {"packet": TWO, "more": ("Letter",)}, ("Letter is new",)),
        ({"more": ("Letter",)}, {"packet": TWO}, ("Letter is gone",)),
        ({}, {"packet": TWO, "count": 2}, ("it has 2 pages, and had 1",)),
        ({}, {"packet": TWO}, ("it was bound by another version of the program",)),
        ({}, {"fee": "$640"}, ("another row of law holds now for the fee",)),
    ],
)
def test_why_a_packet_is_stale(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any], said: tuple[str, ...]
) -> None:
    assert Desk(tmp_path, old, new).reasons("packet") == said


def test_when_law_was_last_looked_up_is_no_reason(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {}, {})
    desk.new["law"][0] |= {"checked_on": "2026-12-01", "own": "law.yaml:3:5"}

    assert desk.reasons("packet") == ()


@pytest.mark.parametrize("field", [{"manifest": "x"}, {"manifest": ONE, "packet": 7}])
def test_what_is_no_digest_is_refused(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="the fingerprint of a file is expected here"):
        Seen.model_validate({"packet": ONE} | field)
