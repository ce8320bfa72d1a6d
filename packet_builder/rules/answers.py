"""A notice is answered item by item, in its own words, in time, and by what stood when it asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from packet_builder.facts.tree import FactPath
from packet_builder.model.narrative import citations_of
from packet_builder.model.notice import NoticeItem
from packet_builder.outline import Subject
from packet_builder.rules.citations import squeezed
from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.finding import Dossier, Finding, Weight

_ANSWERS = (Subject.RFE, Subject.NOID)


def filings_answer_their_notice(dossier: Dossier) -> Iterator[Finding]:
    """Find a notice beside a filing that answers none, or another kind; and a missing one."""
    kinds = [subject.value for subject in _ANSWERS if subject in dossier.outline.about]
    notice = dossier.case.answered
    if notice is None and kinds:
        yield Finding(
            "notice-missing",
            Weight.ERROR,
            "the filing answers a notice, and does not say which",
            'Add "notice:" with its event, its file and its items.',
            ("filing", "kind"),
        )
    elif notice is not None and notice.event not in kinds:
        yield Finding(
            "notice-of-other-kind",
            Weight.ERROR,
            f"a filing of the kind {dossier.case.filing.kind} does not answer "
            f"{'an RFE' if notice.event == Subject.RFE else 'a NOID'}",
            f"Write kind: {notice.event}_response below filing:, or correct the event.",
            ("notice", "event"),
        )


def items_are_answered(dossier: Dossier) -> Iterator[Finding]:
    """Find items that are neither answered nor said not to be. 8 CFR 103.2(b)(11)."""
    for path, item in _items(dossier):
        if not item.answer and item.not_answered is None:
            yield Finding(
                "notice-item-unanswered",
                Weight.ERROR,
                f'the notice asks for "{item.id}", and nothing answers it',
                'Add "answer:", or "not_answered:" with the reason.',
                path,
                "8 CFR 103.2(b)(11), as reported",
            )


def answers_are_complete(dossier: Dossier) -> Iterator[Finding]:
    """Say what a partial answer comes to. 8 CFR 103.2(b)(11)."""
    open_items = [item.id for _, item in _items(dossier) if item.not_answered is not None]
    if open_items:
        yield Finding(
            "answer-partial",
            Weight.WARNING,
            "a partial answer is a request for a decision on the record: it leaves out "
            f"{', '.join(open_items)}",
            "All answers go together, once. Complete it, or have counsel accept this by name.",
            ("notice",),
            "8 CFR 103.2(b)(11), as reported",
        )


def answers_rest_on_exhibits(dossier: Dossier) -> Iterator[Finding]:
    """Find answers that no exhibit carries. Instructions for Form I-131, p. 22."""
    for path, item in _items(dossier):
        cited = any(citations_of(claim.text) for claim in item.answer)
        if item.answer and not cited and not item.exhibits:
            yield Finding(
                "answer-unsupported",
                Weight.WARNING,
                f'no exhibit carries the answer to "{item.id}"',
                "Cite what proves it: [@osei-letter p. 3]; or name it below exhibits:.",
                (*path, "answer"),
                "Instructions for Form I-131, p. 22",
            )


def items_stand_in_the_notice(dossier: Dossier) -> Iterator[Finding]:
    """Find items in words that the notice does not have: the answer repeats its own."""
    seen = dossier.notice
    if seen is None:
        return
    text = squeezed("\n".join(seen.texts))
    for path, item in _items(dossier):
        if squeezed(item.asks) in text:
            continue
        if any(not page.strip() for page in seen.texts):
            yield Finding(
                "notice-words-unconfirmed",
                Weight.WARNING,
                "the words could not be checked: a page of the notice is a picture",
                "Compare them with the page by eye.",
                (*path, "asks"),
            )
        else:
            yield Finding(
                "notice-words-not-found",
                Weight.ERROR,
                "these words do not stand in the notice",
                "Copy them from the notice.",
                (*path, "asks"),
            )


def notice_shows_its_number_and_day(dossier: Dossier) -> Iterator[Finding]:
    """Find a receipt number or a due date that the pages of the notice do not show."""
    notice, event, seen = dossier.case.notice, dossier.case.answered, dossier.notice
    if notice is None or event is None or seen is None or any(not one for one in seen.texts):
        return
    text = "\n".join(seen.texts)
    if notice.receipt_number not in squeezed(text):
        yield _not_shown("the receipt number", ("notice", "receipt_number"))
    if event.due_printed not in set(dates_in(text)):
        yield _not_shown(f"the due date, {event.due_printed:%Y-%m-%d},", ("notice", "event"))


def answers_go_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Find an answer that is dated after the day that the notice prints: receipt counts."""
    notice, on = dossier.case.answered, dossier.case.filing.date
    if notice is None:
        return
    if on > notice.due_printed:
        yield Finding(
            "answer-late",
            Weight.ERROR,
            f"the answer is dated {on:%Y-%m-%d}, after {notice.due_printed:%Y-%m-%d}, the day that "
            "the notice prints",
            "Correct the date; if it is so, counsel decides what to do.",
            ("filing", "date"),
            "8 CFR 103.2(b)(13), as reported",
        )
    if on < notice.date:
        yield Finding(
            "answer-before-notice",
            Weight.ERROR,
            f"the answer is dated {on:%Y-%m-%d}, before the notice of {notice.date:%Y-%m-%d}",
            "Correct one of the two.",
            ("filing", "date"),
        )


def later_facts_are_marked(dossier: Dossier) -> Iterator[Finding]:
    """Find answers by facts that arose after filing, or that seem to. 8 CFR 103.2(b)(1), (12)."""
    filed, on = dossier.filed.date, dossier.case.filing.date
    if filed is None:
        return
    for path, item in _items(dossier):
        for number, claim in enumerate(item.answer):
            place = (*path, "answer", number)
            if claim.arose is None:
                yield from _unmarked(place, claim.text, filed, on)
            elif not filed < claim.arose <= on:
                yield _wrongly_marked((*place, "arose"), filed, on)
        if item.answer and all(claim.arose for claim in item.answer):
            yield Finding(
                "answer-by-later-facts",
                Weight.WARNING,
                f'all that answers "{item.id}" arose after the request was filed',
                "Eligibility must exist when the request is filed: say first what held on "
                f"{filed:%Y-%m-%d}.",
                (*path, "answer"),
                "8 CFR 103.2(b)(1), (12), as reported",
            )


def _unmarked(path: FactPath, text: str, filed: dt.date, on: dt.date) -> Iterator[Finding]:
    later = [day for day in dates_in(text) if filed < day <= on]
    if later:
        yield Finding(
            "later-fact-unmarked",
            Weight.NOTE,
            f"names {min(later):%Y-%m-%d}, a day after the request was filed",
            'If the fact arose then, say so with "arose:"; the letter marks it.',
            path,
            "8 CFR 103.2(b)(1), (12), as reported",
        )


def _wrongly_marked(path: FactPath, filed: dt.date, on: dt.date) -> Finding:
    return Finding(
        "later-fact-misdated",
        Weight.ERROR,
        f'the day under "arose:" lies after the request was filed, {filed:%Y-%m-%d}, and at the '
        f"latest on the day of the answer, {on:%Y-%m-%d}; this one does not",
        "Correct the day, or remove the line.",
        path,
    )


def _items(dossier: Dossier) -> Iterator[tuple[FactPath, NoticeItem]]:
    notice = dossier.case.notice
    for number, item in enumerate(notice.items if notice else ()):
        yield ("notice", "items", number), item


def _not_shown(what: str, path: FactPath) -> Finding:
    return Finding(
        "notice-differs",
        Weight.WARNING,
        f"{what} is not found among the words of the notice",
        "Compare it with the page.",
        path,
    )
