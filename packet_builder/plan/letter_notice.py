"""The notice that is answered becomes words: its days, its items, and the answer to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from packet_builder.model.case import Case
from packet_builder.model.events import Notice, ServedBy
from packet_builder.model.filed import Filed
from packet_builder.model.narrative import Citation, PageRange, citations_of
from packet_builder.model.notice import AnsweredNotice, AnswerText, NoticeItem
from packet_builder.plan.citations import Letters, place_of, printed_citation
from packet_builder.plan.enclosures import notice_name
from packet_builder.plan.letter_claims import dated, flowing, prose, words
from packet_builder.plan.submitted import cited_before
from packet_builder.plan.wording import counted, curled, ended, long_date

_SERVED: Mapping[ServedBy, str] = MappingProxyType(
    {
        ServedBy.MAIL: "by mail",
        ServedBy.ELECTRONIC: "electronically",
        ServedBy.IN_PERSON: "in person",
    }
)
#: A quotation within one, as print has it.
_WITHIN_QUOTES = str.maketrans({"\u201c": "\u2018", "\u201d": "\u2019"})
_NO_NOTICE: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("name", "date", "served_on", "served", "due", "receipt_number"), ""),
        **dict.fromkeys(("count", "filed"), ""),
        **dict.fromkeys(("rfe", "noid", "complete", "partial", "one_item", "later"), False),
    }
)


def notice_context(case: Case, filed: Filed, letters: Letters) -> dict[str, Any]:
    """Give `notice`, its `items` with their answers, and `previous`: what of then they cite."""
    notice, event = case.notice, case.answered
    if notice is None or event is None:
        return {"notice": dict(_NO_NOTICE), "items": [], "previous": []}
    cited = (one for item in notice.items for one in _cited(item))
    return {
        "notice": _notice(notice, event, filed),
        "items": [
            _item(number, item, letters) for number, item in enumerate(notice.items, start=1)
        ],
        "previous": [
            {"letter": one.letter, "title": one.title, "where": place_of(one)}
            for one in cited_before(cited, letters)
        ],
    }


def _notice(notice: AnsweredNotice, event: Notice, filed: Filed) -> dict[str, Any]:
    return {
        "rfe": event.event == "rfe",
        "noid": event.event == "noid",
        "name": notice_name(event),
        "date": long_date(event.date),
        "served_on": long_date(event.served_on),
        "served": _SERVED[event.served_by],
        "due": long_date(event.due_printed),
        "receipt_number": notice.receipt_number,
        "count": counted(len(notice.items), "request"),
        "one_item": len(notice.items) == 1,
        "complete": notice.is_complete,
        "partial": not notice.is_complete,
        "filed": dated(filed.date),
        "later": any(claim.arose for item in notice.items for claim in item.answer),
    }


def _item(number: int, item: NoticeItem, letters: Letters) -> dict[str, Any]:
    asks = curled(" ".join(item.asks.split()))
    quoted = asks.translate(_WITHIN_QUOTES)
    beside = [one for one in item.exhibits if one not in {cited.evidence for cited in _said(item)}]
    return {
        "number": str(number),
        "asks": quoted,
        "summary": words(item.summary) or asks,
        "answered": bool(item.answer),
        "in_part": bool(item.answer) and item.not_answered is not None,
        "answer": flowing(map(_with_its_day, item.answer), letters),
        "beside": [printed_citation(letters[one]) for one in beside if one in letters],
        "exhibits": [
            printed_citation(letters[one.evidence], one.pages)
            for one in _merged(_cited(item))
            if one.evidence in letters
        ],
        "not_answered": prose(item.not_answered),
    }


def _with_its_day(claim: AnswerText) -> AnswerText:
    """Give a claim that says of itself when it arose, where that was after filing."""
    if claim.arose is None:
        return claim
    said = f"This arose on {long_date(claim.arose)}, after the request was filed."
    return claim.model_copy(update={"text": f"{ended(claim.text)} {said}"})


def _said(item: NoticeItem) -> Iterator[Citation]:
    for claim in item.answer:
        yield from citations_of(claim.text)


def _cited(item: NoticeItem) -> Iterator[Citation]:
    yield from _said(item)
    yield from map(Citation, item.exhibits)


def _merged(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Give each piece of evidence once, with all pages that are cited of it, in their order."""
    pages: dict[str, set[PageRange]] = {}
    for one in citations:
        pages.setdefault(one.evidence, set()).update(one.pages)
    for evidence, found in pages.items():
        yield Citation(evidence, tuple(sorted(found, key=lambda one: (one.first, one.last))))
