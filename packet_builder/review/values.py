"""Two versions of plain values become the list of what differs, each place in words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from packet_builder.facts.fault import printable

_SHORT = 60  # letters: a longer text is shown by what changed in it
_AROUND = 3  # words on either side of it
_LONGEST = 160
_WORD = re.compile(r"\S+")
_PLURALS = (("ies", "y"), ("s", ""))


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what it was. What was not there, or is not any more, is empty."""

    what: str  # the place, in words
    old: str
    new: str

    def __str__(self) -> str:
        old, new = excerpts(self.old, self.new)
        if not self.old:
            return f"{self.what} is new: {new}"
        if not self.new:
            return f"{self.what} is gone: {old}"
        return f"{self.what} changed from {old} to {new}"


def differences(old: object, new: object, place: Sequence[str] = ()) -> Iterator[Difference]:
    """Give what differs between two trees of mappings, lists and texts, in order."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from differences(old.get(key), new.get(key), (*place, str(key)))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _in_lists(old or [], new or [], place)
    elif isinstance(old, Mapping) or isinstance(new, Mapping):
        yield from differences(_as_mapping(old), _as_mapping(new), place)
    elif _text(old) != _text(new):
        yield Difference(_words(place), _text(old), _text(new))


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Give two texts as they are shown beside each other: where they differ, if they are long."""
    if len(old) <= _SHORT and len(new) <= _SHORT:
        return _shown(old), _shown(new)
    before, after = _WORD.findall(old), _WORD.findall(new)
    first, last = _common(before, after)
    return _part(before, first, last), _part(after, first, last)


def changed_words(old: str, new: str) -> tuple[str, str]:
    """Give the words that one text has and the other has not, from the first to the last."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    first, last = _common(before, after)
    return " ".join(before[first : len(before) - last]), " ".join(after[first : len(after) - last])


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Count the words that are the same at the beginning, and at the end."""
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    last = next(
        (at for at in range(shorter - first) if before[-1 - at] != after[-1 - at]), shorter - first
    )
    return first, last


def _part(words: Sequence[str], first: int, last: int) -> str:
    start, end = max(0, first - _AROUND), min(len(words), len(words) - last + _AROUND)
    text = " ".join(words[start:end])
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return _shown(("… " if start else "") + text + (" …" if end < len(words) else ""))


def _shown(text: str) -> str:
    text = printable(text)
    return f'"{text}"' if " " in text else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _as_mapping(value: object) -> Mapping[str, object]:
    """Give a text as the group of fields that it is short for: a claim without a quote."""
    if isinstance(value, Mapping):
        return value
    return {} if value is None else {"text": value}


def _in_lists(old: object, new: object, place: Sequence[str]) -> Iterator[Difference]:
    before = dict(_items(old))
    after = dict(_items(new))
    if not any(name for name, _ in (*before, *after)):
        yield from _by_position(list(before.values()), list(after.values()), place)
        return
    for key in dict.fromkeys((*before, *after)):
        name = f'{_one(place)} "{key[0]}"' if key[0] else _one(place)
        yield from differences(before.get(key), after.get(key), (*place[:-1], name))


def _items(value: object) -> Iterator[tuple[tuple[str, int], object]]:
    """Give the items of a list by what they are called; `id` before `field` before nothing."""
    seen: dict[str, int] = {}
    for item in value if isinstance(value, list) else [value]:
        name = _name_of(item)
        seen[name] = seen.get(name, 0) + 1
        yield (name, seen[name]), item


def _name_of(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]) for key in ("id", "asked", "ground", "factor") if key in item), "")


def _by_position(
    old: Sequence[object], new: Sequence[object], place: Sequence[str]
) -> Iterator[Difference]:
    """Give what differs between items without a name: the same ones are matched first."""
    before, after = [_key(item) for item in old], [_key(item) for item in new]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    many = len(old) > 1 or len(new) > 1
    for _, start, end, other, other_end in matcher.get_opcodes():
        for step in range(max(end - start, other_end - other)):
            was = old[start + step] if start + step < end else None
            now = new[other + step] if other + step < other_end else None
            if was != now:
                number = f" {(start if now is None else other) + step + 1}" if many else ""
                yield from differences(was, now, (*place[:-1], f"{_one(place)}{number}"))


def _key(item: object) -> str:
    return json.dumps(item, sort_keys=True)


def _one(place: Sequence[str]) -> str:
    """Give the name of one item of a list."""
    name = place[-1] if place else "item"
    for ending, instead in _PLURALS:
        if name.endswith(ending) and not name.endswith("ss"):
            return name.removesuffix(ending) + instead
    return name


def _words(place: Sequence[str]) -> str:
    """Give a place from its end to its beginning: `annual income of supporter "adwoa"`."""
    parts = [part.replace("_", " ") if '"' not in part else part for part in place]
    if len(parts) > 1 and parts[-1] == "text":
        parts = parts[:-1]
    return " of ".join(reversed(parts))
