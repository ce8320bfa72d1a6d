"""The mother's bank statement on A4, six pages whose balances add up."""

from __future__ import annotations

import datetime as dt

from tests.samples.drawing import seeded

_KEYS = """head: Haykaberd Bank CJSC
sub: Statement of account · IBAN ending 7712 · 1 June – 31 October 2026 · in Armenian drams (AMD)
top: band
accent: #7c4a03
family: Sans
points: 9.4
size: a4
foot: Haykaberd Bank is invented.
"""
_SPENDING = (
    ("Supermarket Yeraz", 9_000),
    ("Pharmacy Vardan", 14_000),
    ("Clinic parking", 1_500),
    ("Bakery", 1_200),
    ("Mobile telephone", 4_500),
    ("Bookshop", 6_500),
    ("Bus pass", 5_200),
    ("Chess federation, membership", 8_000),
)
_OPENING = 1_184_300
_MONTHS = ((6, "June"), (7, "July"), (8, "August"), (9, "September"), (10, "October"))


def bank_statement() -> str:
    """Give the markup of the statement: a summary, then a page for each month."""
    balance, pages, ends = _OPENING, [], []
    for month, name in _MONTHS:
        page, balance = _month(month, name, balance)
        pages.append(page)
        ends.append(f"| {name} 2026 | {balance:,}")
    rows = "\n".join(ends)
    summary = (
        "Ms. Roya Daneshpour\\\\\n8 Vardanants Terrace, Apt. 11\\\\\nYerevan, Armenia\n\n"
        "# Summary\n\n| Account opened | 9 November 2020\n"
        f"| Balance on 1 June 2026 | {_OPENING:,}\n"
        f"| **Balance on 31 October 2026** | **{balance:,}**\n\n"
        f"# Balance at the end of each month\n\n|= Month | Balance, AMD\n{rows}\n\n"
        "The exchange rate of the bank on 31 October 2026 was 389.20 drams for one U.S. dollar."
    )
    return _KEYS + "\n" + "\n=====\n".join((summary, *pages))


def _month(month: int, name: str, balance: int) -> tuple[str, int]:
    dice = seeded(name)
    rows = [
        f"|= Date | Text | Amount | Balance\n| 01.{month:02d}. | Carried forward | | {balance:,}"
    ]
    entries = [
        (5, "Salary, Silk Letter Translations LLC", 640_000),
        (6, "Rent, 8 Vardanants Terrace", -210_000),
    ]
    for _ in range(16):
        text, usual = _SPENDING[int(dice.random() * len(_SPENDING))]
        amount = -int(usual * (0.6 + dice.random())) // 100 * 100
        entries.append((2 + int(dice.random() * 26), text, amount))
    for day, text, amount in sorted(entries):
        balance += amount
        rows.append(f"| {dt.date(2026, month, day):%d.%m.} | {text} | {amount:,} | {balance:,}")
    table = "\n".join(rows)
    return (
        f"# {name} 2026\n\n{table}\n\n| **Balance at the end of {name}** | **{balance:,}**",
        balance,
    )
