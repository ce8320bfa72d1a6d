"""The child's patient file in English: 40 typed pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.samples.charts import Stay, Trend, laboratory_page, progress_page

_PATIENT, _NUMBER = "SOHRABI, Nika", "NA-2026-0331"
_SIGNERS = ("A. Sarkissova, MD", "V. Melkumyan-Ford, MD", "S. Ghukasyan-Reed, MD")
_KEYS = """head: Nor Aragil Children's Clinic, Yerevan: patient file, English edition
sub: SOHRABI, Nika · NA-2026-0331
top: rule
family: Sans
points: 9.8
"""
_FIRST_NOTES = (
    "Afebrile overnight. Mouth without ulcers. Drinks 900 ml.",
    "Examination: heart and lungs normal, abdomen soft, line exit clean, no new bleeding.",
    "Chemotherapy given as ordered; no nausea after ondansetron.",
    "Temperature 38.9 at 03:00. Cultures drawn from both lumens. Meropenem begun after 40 min.",
    "Mother flushes the line under supervision. Technique correct.",
    "Platelets transfused, one unit, irradiated. No reaction.",
    "Rash of the trunk twenty minutes after vancomycin; stopped. Entered as an allergy.",
    "Blood culture grows Escherichia coli. Pressure 78/40; fluid 20 ml/kg; to intensive care.",
    "Back from intensive care. Pressure stable without drugs for 24 hours.",
    "Mucositis grade 2. Morphine by continuous infusion, 10 micrograms/kg/h.",
    "Eats soup and bread. Asked for her schoolbooks.",
    "Brother visited with mask. Mood visibly better afterwards.",
    "Red cells transfused, 15 ml/kg. Heart rate fell from 128 to 104.",
    "Neutrophils begin to recover. Lines clean and dry.",
)
_SECOND_NOTES = (
    "Re-induction according to the relapse protocol. Alert, cooperative.",
    "Cough, dry. Chest film without infiltrate.",
    "Examination: breathing quiet, rate 24, no crackles; liver not enlarged; line exit clean.",
    "Galactomannan positive twice. Computed tomography ordered.",
    "Voriconazole begun, level to be taken on day 5.",
    "Oxygen by cannula 1 l/min at night only.",
    "Oxygen no longer needed. Walks the corridor twice with the physiotherapist.",
    "Echocardiography before the second anthracycline dose: shortening fraction 31 %.",
    "Two lessons of forty minutes with the ward teacher.",
    "Mother trained on the pump; runs it alone tonight under observation.",
    "Platelets transfused. Nose bleed stopped after ten minutes of pressure.",
    "Afebrile for 72 hours. Meropenem stopped.",
)
_COUNTS = (
    Trend("Leukocytes (G/l)", 31.0, 3.4, 1.2),
    Trend("Haemoglobin (g/dl)", 6.8, 9.9, 1.0),
    Trend("Platelets (G/l)", 18, 142, 22, 0),
    Trend("Neutrophils (G/l)", 0.4, 1.6, 0.5, 2),
    Trend("Blasts in blood (%)", 48, 0, 3, 0),
    Trend("C-reactive protein (mg/l)", 84, 6, 30, 0),
    Trend("Procalcitonin (ug/l)", 2.1, 0.1, 0.4, 2),
    Trend("Sodium (mmol/l)", 136, 139, 5, 0),
    Trend("Potassium (mmol/l)", 3.6, 4.1, 0.7),
    Trend("Calcium (mmol/l)", 2.21, 2.34, 0.12, 2),
    Trend("Phosphate (mmol/l)", 1.7, 1.3, 0.3, 2),
    Trend("Uric acid (umol/l)", 412, 188, 60, 0),
    Trend("Urea (mmol/l)", 4.1, 3.6, 1.2),
    Trend("Creatinine (umol/l)", 38, 35, 8, 0),
    Trend("Bilirubin (umol/l)", 11, 14, 7, 0),
    Trend("ALT (U/l)", 44, 58, 30, 0),
    Trend("AST (U/l)", 39, 47, 24, 0),
    Trend("LDH (U/l)", 1240, 260, 90, 0),
    Trend("Albumin (g/l)", 33, 38, 4, 0),
    Trend("Fibrinogen (g/l)", 1.4, 2.9, 0.6),
    Trend("Quick (%)", 71, 92, 10, 0),
    Trend("Drug level (mg/l)", 2.2, 3.1, 1.2),
    Trend("Temperature, highest", 38.6, 36.9, 0.9),
    Trend("Weight (kg)", 25.6, 23.4, 0.4),
)
_INDUCTION = Stay(_PATIENT, _NUMBER, dt.date(2026, 3, 17), 69, _COUNTS[:5], _FIRST_NOTES, _SIGNERS)
_INDUCTION_LAB = Stay(_PATIENT, _NUMBER, dt.date(2026, 3, 17), 69, _COUNTS, (), _SIGNERS)
_RELAPSE = Stay(_PATIENT, _NUMBER, dt.date(2026, 9, 4), 64, _COUNTS[:5], _SECOND_NOTES, _SIGNERS)
_RELAPSE_LAB = Stay(_PATIENT, _NUMBER, dt.date(2026, 9, 4), 64, _COUNTS, (), _SIGNERS)


def nika_record(texts: Path) -> str:
    """Give the markup of the file: written papers between generated charts."""
    written = (texts / "nika-record.txt").read_text(encoding="utf-8").strip().split("\n=====\n")
    pages = [
        *written[:7],  # 1-7: face sheet to plan
        *(progress_page(_INDUCTION, range(6 * n, 6 * n + 6)) for n in range(10)),  # 8-17
        laboratory_page(_INDUCTION_LAB, range(0, 14, 2)),  # 18
        laboratory_page(_INDUCTION_LAB, range(20, 34, 2)),  # 19
        laboratory_page(_INDUCTION_LAB, range(50, 64, 2)),  # 20
        *written[7:11],  # 21-24: remission, consolidation, relapse
        *(progress_page(_RELAPSE, range(7 * n, 7 * n + 6)) for n in range(8)),  # 25-32
        laboratory_page(_RELAPSE_LAB, range(0, 28, 4)),  # 33
        laboratory_page(_RELAPSE_LAB, range(36, 64, 4)),  # 34
        *written[11:],  # 35-40: imaging, heart, remission, summary
    ]
    return _KEYS + "\n" + "\n=====\n".join(pages)
