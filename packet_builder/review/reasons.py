"""What was seen and what is there now become the reasons, in words, why an approval is stale."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from packet_builder.kept import is_kept, place_of
from packet_builder.review.decision import Seen
from packet_builder.review.docket import Docket
from packet_builder.review.subjects import Subject, law_said, short_title
from packet_builder.review.values import Difference, changed_words, differences

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{4,}")
#: What an approval rests on: the very bytes that were seen, and what they lead to.
_RESTS_ON = ("pages", "editable", "blank", "edition", "exhibits")
_PACKET_RESTS_ON = ("packet", "law")
#: Why these are others now. A fact or a template that changes no byte of a document is no reason:
#: every letter could read every fact, and reads few.
_EXPLAINING = ("planned", "template")
_TELLING = 4  # letters
_UNSAID = "it was made anew: no single value changed, but their order or how they are set did"
_MOST = 8  # differences that are told one by one


def is_same(then: Seen, now: Subject) -> bool:
    """Tell whether nothing that an approval rests on is another now."""
    return not _moved(then, now)


def reasons(docket: Docket, then: Seen, now: Subject) -> tuple[str, ...]:
    """Say what changed since something was seen; nothing, if nothing did."""
    moved = _moved(then, now)
    if not moved:
        return ()
    found = _packet_reasons if now.kind == "packet" else _document_reasons
    return tuple(dict.fromkeys(found(docket, then, now, moved))) or (_UNSAID,)


def _moved(then: Seen, now: Subject) -> tuple[str, ...]:
    names = _PACKET_RESTS_ON if now.kind == "packet" else _RESTS_ON
    moved = [name for name in names if getattr(then, name) != getattr(now.seen, name)]
    if moved and now.kind != "packet":
        moved += [one for one in _EXPLAINING if getattr(then, one) != getattr(now.seen, one)]
    return tuple(moved)


def _document_reasons(
    docket: Docket, then: Seen, now: Subject, moved: tuple[str, ...]
) -> Iterator[str]:
    if "planned" in moved:
        yield from _planned_reasons(docket, then, now.seen)
    if "template" in moved:
        yield "the template was changed"
    if "edition" in moved:
        yield f"the edition changed from {then.edition} to {now.seen.edition}"
    elif "blank" in moved:
        yield "the blank form is another file"
    if "exhibits" in moved:
        yield from _exhibit_reasons(docket, then, now)
    if set(moved) == {"pages", "editable"}:
        yield "the words of its Word copy or form changed"
    elif moved in {("pages",), ("editable",)}:
        yield "its pages were made anew by another version of the program, its engine or its fonts"


def _planned_reasons(docket: Docket, then: Seen, now: Seen) -> Iterator[str]:
    before, after = _kept(docket, then.planned), _kept(docket, now.planned)
    if before is None or after is None:
        yield "its facts changed; what was seen is not kept any more, so it cannot be said which"
        return
    printed = list(_printed(before, after))
    facts = list(_facts_changed(docket, then))
    told = [fact for fact in facts if any(_explains(fact, one) for one in printed)]
    rest = [one for one in printed if not any(_explains(fact, one) for fact in facts)]
    sentences = [str(one) for one in (*told, *rest)]
    yield from sentences[:_MOST]
    if len(sentences) > _MOST:
        yield f"and {len(sentences) - _MOST} more values"


def _printed(before: Any, after: Any) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """Give what a document prints otherwise; an answer of a form is named by its question."""
    context, other = dict(before["context"] or {}), dict(after["context"] or {})
    answers = _answers(context.pop("answers", [])), _answers(other.pop("answers", []))
    for key in dict.fromkeys((*answers[0], *answers[1])):
        old, new = answers[0].get(key, ""), answers[1].get(key, "")
        if old != new:
            yield Difference(key, old, new)
    for layout in ("additional", "sha256", "pages", "ink"):
        context.pop(layout, None)
        other.pop(layout, None)
    yield from differences(context, other)
    if before["document"][2] != after["document"][2]:
        yield Difference("title", before["document"][2], after["document"][2])


def _answers(rows: list[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        part = f"Part {row['part']}, " if row["part"] else ""
        key = f'{part}Item {row["item"]} ("{row["asked"]}")'
        box = row.get("says") or f"the box {row['state']}"
        said = box if row["text"] is None else row["text"]
        found[key] = f"{found[key]}; {said}" if key in found else said
    return found


def _facts_changed(docket: Docket, then: Seen) -> Iterator[Difference]:
    manifest = _kept(docket, then.manifest)
    if manifest is None:
        return
    old = _kept(docket, manifest["facts"]["sha256"])
    new = _kept(docket, docket.manifest["facts"]["sha256"])
    if old is not None and new is not None:
        yield from differences(old, new)


def _explains(fact: Difference, printed: Difference) -> bool:
    """Tell whether a fact that changed is why something is printed otherwise."""
    if changed_words(fact.old, fact.new) == changed_words(printed.old, printed.new):
        return True
    return _stands_in(fact.old, printed.old) and _stands_in(fact.new, printed.new)


def _stands_in(value: str, text: str) -> bool:
    """Tell whether a value is printed in a text; a short one proves nothing among others."""
    return not value or any(
        one == text or (len(one) >= _TELLING and one in text) for one in _spellings(value)
    )


def _spellings(value: str) -> Iterator[str]:
    """Give how a value of the facts may stand on paper."""
    yield value
    if _DAY.fullmatch(value):
        day = dt.date.fromisoformat(value)
        yield f"{day:%B} {day.day}, {day.year}"
        yield f"{day:%m/%d/%Y}"
    digits = value.replace(",", "").removeprefix("$").removesuffix(".00")
    if _NUMBER.fullmatch(digits):
        yield f"{int(digits):,}"
        yield digits


def _exhibit_reasons(docket: Docket, then: Seen, now: Subject) -> Iterator[str]:
    own = now.kind == "exhibit"
    titles = {row["id"]: row for row in docket.manifest["exhibits"]}
    for identifier in dict.fromkeys((*then.exhibits, *now.seen.exhibits)):
        before, after = then.exhibits.get(identifier), now.seen.exhibits.get(identifier)
        if before == after:
            continue
        row = titles.get(identifier)
        name = f'"{row["title"]}"' if row else f'"{identifier}"'
        if own:
            yield "its file was replaced" if len(after or ()) == 1 else "its files were changed"
        elif before is None:
            yield f"it cites another exhibit now, {name}"
        elif after is None:
            yield f"it does not cite {name} any more"
        else:
            yield f"the exhibit {name}, which it cites, was replaced"


def _packet_reasons(
    docket: Docket, then: Seen, _: Subject, moved: tuple[str, ...]
) -> Iterator[str]:
    before = _kept(docket, then.manifest)
    if before is None:
        yield "the packet is another one; what was seen is not kept any more"
        return
    if "law" in moved:
        was, now = law_said(before), law_said(docket.manifest)
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        yield f"another row of law holds now for {', '.join(names)}"
    manifest = docket.manifest
    old = {row["id"]: row for row in before["documents"]}
    new = {row["id"]: row for row in manifest["documents"]}
    gone = [row for key, row in old.items() if key not in new]
    added = [row for key, row in new.items() if key not in old]
    yield from (f"{short_title(before, row)} is gone" for row in gone)
    yield from (f"{short_title(manifest, row)} is new" for row in added)
    both = [(old[key], row) for key, row in new.items() if key in old]
    changed = [short_title(manifest, row) for was, row in both if was["sha256"] != row["sha256"]]
    if changed:
        yield f"changed in it: {', '.join(changed)}"
    for was, row in both:
        if was["exhibit"] != row["exhibit"] and row["kind"] == "exhibit":
            yield f"Exhibit {was['exhibit']} is now Exhibit {row['exhibit']}, {row['title']}"
    if moved == ("packet",) and before["packet"]["pages"] != manifest["packet"]["pages"]:
        pages = before["packet"]["pages"], manifest["packet"]["pages"]
        yield f"it has {pages[1]} pages, and had {pages[0]}"
    elif moved == ("packet",) and old == new:
        yield "it was bound by another version of the program"


def _kept(docket: Docket, digest: str | None) -> Any:  # noqa: ANN401 - JSON
    """Give what was kept, as plain values; None where it is not there, or not whole."""
    if digest is None or not is_kept(docket.filing, digest):
        return None
    return json.loads(place_of(docket.filing, digest).read_text(encoding="utf-8"))
