"""The report on conditions in the country of residence: written chapters, and facility profiles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.samples.drawing import seeded

_KEYS = """head: Caucasus Paediatric Care Observatory
sub: Specialised Blood and Marrow Care for Children in Armenia · 2026
top: rule
family: Serif
points: 10.6
accent: #27496d
"""
_WRITTEN_PAGES = 16
_SERVICES = (
    ("General paediatric ward", 1.0),
    ("Children's intensive care", 0.5),
    ("Chemotherapy for solid tumours", 0.4),
    ("Chemotherapy for acute leukaemia", 0.17),
    ("Autologous transplantation", 0.05),
    ("Allogeneic transplantation, related donor", 0.0),
    ("Allogeneic transplantation, unrelated donor", 0.0),
    ("Room with filtered air", 0.08),
    ("Irradiated blood products", 0.3),
)
_FACILITIES = (
    "Nor Aragil Children's Clinic, Yerevan",
    "Hrazdan Slope Hospital, Yerevan",
    "Avan Terrace Polyclinic, Yerevan",
    "Kond Street Hospital, Yerevan",
    "Shirak Plain Hospital, Gyumri",
    "Akhuryan Children's House, Gyumri",
    "Pambak Hospital, Vanadzor",
    "Debed Bridge Clinic, Alaverdi",
    "Sevan Shore Hospital, Gavar",
    "Arpa Valley Hospital, Vayk",
    "Vorotan Hospital, Sisian",
    "Kapan Ridge Hospital, Kapan",
    "Ararat Plain Clinic, Artashat",
    "Khosrov Edge Hospital, Vedi",
    "Aragats Foot Hospital, Ashtarak",
    "Metsamor Field Clinic, Armavir",
    "Kasakh Hospital, Aparan",
    "Tavush Forest Hospital, Ijevan",
    "Aghstev Clinic, Dilijan",
    "Hrazdan North Hospital, Hrazdan",
    "Kotayk Children's Ward, Abovyan",
    "Lori Upland Clinic, Stepanavan",
    "Goris Stone Hospital, Goris",
    "Meghri Border Clinic, Meghri",
)
_REMARKS = (
    "Patients with suspected leukaemia are sent on to Yerevan within two days.",
    "The ward has not treated a child with leukaemia since 2022.",
    "The physician in charge is a general paediatrician; the nearest haematologist is in Yerevan.",
    "Blood products come from the national center and arrive within four to nine hours.",
    "Residents without citizenship are treated in emergencies and billed afterwards.",
    "Parents may stay overnight on a chair; there is no parents' room.",
)


def country_report(texts: Path) -> str:
    """Give the markup of the report's 40 pages."""
    written = (texts / "country-report.txt").read_text(encoding="utf-8").strip()
    chapters = written.split("\n=====\n")
    profiles = [_profile(number, name) for number, name in enumerate(_FACILITIES, 1)]
    pages = [*chapters[:_WRITTEN_PAGES], *profiles]
    return _KEYS + "\n" + "\n=====\n".join(pages)


def _profile(number: int, name: str) -> str:
    dice = seeded(name)
    beds = 12 + int(dice.random() * 60)
    children = 900 + int(dice.random() * 5200)
    rows = "\n".join(f"| {service} | {_has(name, service, share)}" for service, share in _SERVICES)
    remarks = "\n\n".join(_picked(number))
    return (
        f"# Profile {number}: {name}\n\n| Beds for children | {beds}\n"
        f"| Children treated in 2025 | {children}\n"
        f"| Visited | {1 + int(dice.random() * 27)} {_month(number)} 2026\n\n"
        f"|= Service | Offered\n{rows}\n\n## Staff\n\n{_staff(name)}\n\n## Remarks\n\n{remarks}"
    )


def _staff(name: str) -> str:
    dice = seeded(f"{name} staff")
    doctors, nurses = 2 + int(dice.random() * 9), 8 + int(dice.random() * 40)
    return (
        "|= Profession | Posts | Filled | Trained in blood diseases\n"
        f"| Physicians | {doctors + 1} | {doctors} | {int(doctors * dice.random() * 0.4)}\n"
        f"| Nurses | {nurses + 3} | {nurses} | {int(nurses * dice.random() * 0.2)}\n"
        f"| Laboratory staff | 4 | {2 + int(dice.random() * 3)} | {int(dice.random() * 2)}\n"
        f"| Social workers | 1 | {int(dice.random() * 2)} | 0"
    )


def _has(name: str, service: str, share: float) -> str:
    if name == _FACILITIES[0]:
        return "no" if share == 0 else "yes"
    return "yes" if seeded(f"{name}{service}").random() < share else "no"


def _picked(number: int) -> Sequence[str]:
    return tuple(_REMARKS[(number + step) % len(_REMARKS)] for step in (0, 2, 3))


def _month(number: int) -> str:
    return ("March", "April", "May", "June")[number % 4]
