"""What the manifest and the decisions say of one page: claims, proof, findings, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packet_builder.review.decision import Decision
from packet_builder.review.form_page import FormPage, form_page
from packet_builder.review.shown import Shown, ShownCitation, ShownPage
from packet_builder.review.standing import Standing

_CITATIONS = re.compile(r"\(ex\.[^)]*\)|[\u00ad\u200b]")
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:])")
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019\u2010\u2011\u00a0", "\"\"''-- ")
_ENOUGH = 60  # letters of a claim that goes on over the end of a page


@dataclass(frozen=True, slots=True)
class Proof:
    """An exhibit that carries a claim."""

    text: str
    page: int | None  # of the packet, the first; None where it was filed before


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim, where it stands in the facts, and what carries it."""

    what: str
    place: str  # case.yaml:212
    state: str
    remark: str
    proof: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact that a page prints, and where it is written."""

    said: str
    places: str  # case.yaml:24, case.yaml:112


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside one page."""

    page: ShownPage
    standing: Standing
    claims: tuple[ShownClaim, ...]  # that the page makes
    carried: tuple[ShownClaim, ...]  # that the page is proof of
    cites: Sequence[ShownCitation]
    cited_in: Sequence[ShownCitation]
    findings: tuple[Mapping[str, Any], ...]
    form: FormPage | None
    facts: tuple[ShownFact, ...]  # that a page of a letter prints
    is_picture: bool  # and nothing else: no word on it can be searched or read aloud
    decisions: tuple[Decision, ...]  # on the document, the newest first


def beside(
    shown: Shown,
    page: ShownPage,
    text: str,
    standings: Sequence[Standing],
    decisions: Sequence[Decision],
) -> Beside:
    """Give what stands beside a page; `text` is the page's own, in small letters."""
    standing = standing_of(page.document.id, standings)
    rows = tuple(_claim_rows(shown.manifest))
    made = tuple(_claims(row for row in rows if _is_made_on(row, _plain(text))))
    carried = tuple(_claims(row for row in rows if page.page in _proof_pages(row)))
    form = form_page(shown.manifest, page)
    places = frozenset(claim.place for claim in (*made, *carried))
    on_form = {f"{file}:{line}" for file, line in form.places} if form else set()
    return Beside(
        page=page,
        standing=standing,
        claims=made if page.document.kind == "letter" else (),
        carried=carried,
        cites=shown.citations_on(page.page),
        cited_in=shown.citations_of(page.page),
        findings=tuple(_findings(shown.manifest, places | on_form)),
        form=form,
        facts=tuple(facts_of(shown.manifest, page)),
        is_picture=is_picture(shown.manifest, page),
        decisions=decisions_on(standing, decisions),
    )


def facts_of(manifest: Mapping[str, Any], page: ShownPage) -> Iterator[ShownFact]:
    """Give the facts that a page of a letter prints."""
    for row in manifest["letters"]:
        if row["document"] == page.document.id and row["page"] == page.document_page:
            for one in row["facts"]:
                places = (f"{place['file']}:{place['line']}" for place in one["places"])
                yield ShownFact(one["said"], ", ".join(places))


def is_picture(manifest: Mapping[str, Any], page: ShownPage) -> bool:
    """Tell whether a page of an exhibit is only a picture."""
    return any(
        row["letter"] == page.document.exhibit and page.exhibit_page in row.get("picture_pages", ())
        for row in manifest["exhibits"]
    )


def standing_of(document: str, standings: Sequence[Standing]) -> Standing:
    """Give where a document stands; sheets of the program stand with the packet as a whole."""
    return next((one for one in standings if one.subject.id == document), standings[-1])


def decisions_on(standing: Standing, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give what was decided and remarked on a document, the newest first."""
    return tuple(one for one in reversed(decisions) if one.document == standing.subject.id)


def _claim_rows(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for element in manifest["matrix"]:
        yield from (line for line in element["lines"] if line["file"] is not None)


def _claims(rows: Iterable[Mapping[str, Any]]) -> Iterator[ShownClaim]:
    claims = (
        ShownClaim(
            what=row["what"],
            place=f"{row['file']}:{row['line']}",
            state=row["state"],
            remark=row["remark"],
            proof=tuple(Proof(one["text"], one["packet_page"]) for one in row["proof"]),
        )
        for row in rows
    )
    yield from dict.fromkeys(claims)


def _is_made_on(row: Mapping[str, Any], text: str) -> bool:
    what = _plain(row["what"].casefold())
    return what[:_ENOUGH] in text or what[-_ENOUGH:] in text


def _plain(text: str) -> str:
    """Give text without citations, and as engines and keyboards write it alike."""
    bare = _CITATIONS.sub(" ", text.translate(_QUOTES))
    return _SPACE_BEFORE.sub("", " ".join(bare.split()))


def _proof_pages(row: Mapping[str, Any]) -> frozenset[int]:
    return frozenset(page for one in row["proof"] for page in _pages_of(one))


def _pages_of(proof: Mapping[str, Any]) -> Iterator[int]:
    if not proof["packet_pages"] and proof["packet_page"] is not None:
        yield proof["packet_page"]
    for span in proof["packet_pages"].split(", ") if proof["packet_pages"] else ():
        first, _, last = span.partition("\u2013")
        yield from range(int(first), int(last or first) + 1)


def _findings(manifest: Mapping[str, Any], places: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    for row in manifest["findings"]:
        if f"{row['file']}:{row['line']}" in places:
            yield row
