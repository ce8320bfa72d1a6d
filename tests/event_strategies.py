"""Random events of every kind, as an office might type them, for properties."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)).map(str)
PEOPLE = ("kwabena", "esi", "ama")
#: What each kind has beside id, date and people; `{day}` stands for a day.
FIELDS = {
    "filed": ("what: {what}", "what: {what}, received: {day}, filing: initial_parole"),
    "receipt": ("receipt_number: IOE0123456789, filing: initial_parole, received: {day}",),
    "biometrics": ("attended: yes", "place: Accra", "attended: no"),
    "appointment": ("what: interview",),
    "rfe": (
        "served_on: {day}, served_by: mail, days: 84, due_printed: {day}",
        "served_on: {day}, served_by: in_person, due_printed: {day}, answer_goes_by: online",
    ),
    "noid": ("served_on: {day}, served_by: electronic, days: 30, due_printed: {day}",),
    "fee_notice": ("pay_by: {day}", "pay_by: {day}, paid: {day}"),
    "approval": ("filing: initial_parole", "valid_until: {day}"),
    "denial": ("filing: initial_parole",),
    "entry": ("paroled_until: {day}", "paroled_until: {day}, port: Newark"),
    "i94": ("paroled_until: {day}, i94_number: A1",),
    "ead": ("valid_from: {day}, valid_until: {day}",),
    "re_parole": ("until: {day}",),
    "move": ("address: {street: 1 Row, city: Troy, country: Ghana}",),
    "departure": ("place",),
    "termination": ("last_day: {day}",),
    "settled": ("deadlines: [asylum, parole_ends], reason: So., by: Lee",),
    "other": ("what: Something happened.",),
}
WHAT = ("initial_parole", "re_parole", "employment_authorization", "asylum", "address_change")


@st.composite
def event(draw: st.DrawFn, number: int) -> str:
    """Give one event as a line of YAML."""
    kind = draw(st.sampled_from(sorted(FIELDS)))
    text = draw(st.sampled_from(FIELDS[kind]))
    text = "" if text == "place" else f", {text}"
    while "{day}" in text:
        text = text.replace("{day}", draw(DAYS), 1)
    text = text.replace("{what}", draw(st.sampled_from(WHAT)))
    who = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3))
    people = f", beneficiaries: [{', '.join(who)}]" if who else ""
    return f"{{id: e{number}, event: {kind}, date: {draw(DAYS)}{people}{text}}}"


@st.composite
def events(draw: st.DrawFn, most: int = 12) -> str:
    """Give several events, a line each."""
    count = draw(st.integers(0, most))
    return "\n".join(draw(event(number)) for number in range(count))
