"""The grandfather's hospital record: 40 pages, typed here and scanned afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.samples.charts import Stay, Trend, laboratory_page, observation_page
from tests.samples.scanning import Scribble, Stamp

_KEYS = """head: Wexcombe Memorial Hospital
sub: DANESHPOUR, Houshang · MRN 00771452 · DOB 01/30/1952
top: rule
family: Sans
points: 10.6
"""
_NOTES = (
    "Pt awake and oriented x3. Pain 4/10, relieved by oral oxycodone.",
    "Ate one third of breakfast. Nausea after; ondansetron 4 mg.",
    "Son at bedside 17:30 to 21:00. Pt in good spirits while he is here.",
    "Up in chair for 40 min. Walks to bathroom with frame and one assist.",
    "Abdomen tense. Paracentesis done at bedside, 3.2 l clear yellow fluid, no complication.",
    "Sclerae yellow. Itching of arms; cool cloths, cholestyramine ordered.",
    "Slept 22:00 to 04:30. Refused sleeping pill.",
    "Video call with daughter in Yerevan, 30 min, tablet held by nurse. Pt wept afterwards.",
    "Interpreter offered, declined. Pt speaks English well.",
    "Weight taken in bed scale. Skin intact, heels off mattress.",
    "IV site left forearm changed, day 4.",
    "Pt asked again when his daughter would come. Told him that we do not know.",
    "Physical therapy: 20 min, tolerates standing 3 min.",
)
_VITALS = (
    Trend("Temp (F)", 98.4, 99.3, 0.8),
    Trend("Pulse", 84, 98, 10, 0),
    Trend("Syst.", 128, 108, 14, 0),
    Trend("Diast.", 74, 62, 8, 0),
    Trend("SpO2", 97, 94, 2, 0),
    Trend("Pain", 5, 3, 2, 0),
)
_BLOOD = (
    Trend("Hemoglobin g/dl", 10.8, 9.1, 0.6),
    Trend("WBC K/ul", 11.2, 13.9, 1.6),
    Trend("Platelets K/ul", 212, 148, 20, 0),
    Trend("Bilirubin mg/dl", 1.4, 2.1, 0.2),
    Trend("Alk. phos. U/l", 388, 512, 30, 0),
    Trend("Albumin g/dl", 2.9, 2.2, 0.2),
    Trend("Creatinine mg/dl", 0.9, 1.2, 0.1),
    Trend("INR", 1.2, 1.5, 0.1),
    Trend("Hematocrit %", 33.1, 28.0, 1.4),
    Trend("Neutrophils K/ul", 8.4, 10.9, 1.2),
    Trend("Sodium mmol/l", 134, 129, 3, 0),
    Trend("Potassium mmol/l", 4.1, 4.6, 0.5),
    Trend("Chloride mmol/l", 99, 95, 3, 0),
    Trend("Bicarbonate mmol/l", 24, 21, 2, 0),
    Trend("Urea nitrogen mg/dl", 18, 29, 4, 0),
    Trend("Calcium mg/dl", 8.6, 8.1, 0.4),
    Trend("AST U/l", 71, 104, 14, 0),
    Trend("ALT U/l", 58, 77, 12, 0),
    Trend("GGT U/l", 610, 742, 40, 0),
    Trend("Lactate mmol/l", 1.4, 1.9, 0.6),
    Trend("Glucose mg/dl", 214, 148, 40, 0),
)
_SIGNERS = ("D. Kowalczyk-Ames, RN", "P. Whitcombe-Ruiz, RN", "T. Abernathy-Osei, RN")
_STAY = Stay(
    "DANESHPOUR, Houshang", "MRN 00771452", dt.date(2026, 10, 2), 18, _VITALS, _NOTES, _SIGNERS
)
_LABORATORY = Stay(
    "DANESHPOUR, Houshang", "MRN 00771452", dt.date(2026, 10, 2), 18, _BLOOD, (), _SIGNERS
)


def houshang_record(texts: Path) -> str:
    """Give the markup of the record: written papers around generated charts."""
    written = (texts / "houshang-record.txt").read_text(encoding="utf-8").strip()
    papers = written.split("\n=====\n")
    pages = [
        *papers[:11],  # 1-11: face sheet to consultations
        *(observation_page(_STAY, position) for position in range(18)),  # 12-29
        laboratory_page(_LABORATORY, range(6)),  # 30
        laboratory_page(_LABORATORY, range(6, 12)),  # 31
        laboratory_page(_LABORATORY, range(12, 18)),  # 32
        *papers[11:],  # 33-40: medicines to discharge
    ]
    return _KEYS + "\n" + "\n=====\n".join(pages)


def houshang_marks(number: int) -> Sequence[Stamp | Scribble]:
    """Give what was stamped and written on a page before it was scanned."""
    usual = Scribble(f"{number}/40", (0.84, 0.015), 19)
    return (usual, *_MARKS.get(number, ()))


_MARKS: Mapping[int, Sequence[Stamp | Scribble]] = {
    1: (
        Stamp(("COPY", "NOV 16 2026", "HEALTH INFORMATION MGMT"), (0.55, 0.74), 7),
        Scribble("released to son, ID checked", (0.10, 0.82), 26),
    ),
    4: (Scribble("see addendum p. 5", (0.55, 0.66), 25), Stamp(("PRELIMINARY",), (0.6, 0.5), -9)),
    6: (Stamp(("FINAL REPORT",), (0.58, 0.7), 6),),
    9: (Scribble("d/w pt and son, 4:15 pm", (0.12, 0.80), 28),),
    14: (Scribble("tap 3.2 L", (0.6, 0.72), 30),),
    19: (Scribble("daughter? - call SW", (0.5, 0.70), 28),),
    23: (Stamp(("CHARTED LATE",), (0.55, 0.75), -6),),
    27: (Scribble("pt tearful after call", (0.45, 0.74), 27),),
    36: (
        Stamp(("DNR / POLST ON FILE",), (0.48, 0.72), 5),
        Scribble("H. Daneshpour", (0.12, 0.78), 34),
    ),
    38: (Scribble("family meeting 10/16", (0.5, 0.70), 27),),
    40: (
        Stamp(("DISCHARGED", "OCT 19 2026"), (0.56, 0.68), 8),
        Scribble("to Larkmoor 10/21, bed 7", (0.10, 0.80), 28),
    ),
}
