"""Asks whether a locked package has a known hole; what could not be asked is a failure, no comfort.

pip-audit alone ends well when no advisory could be had for any package, so its report is looked at.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
AUDITED, HOLES, NOT_AUDITED = 0, 1, 2


def locked(lock: str) -> dict[str, str]:
    """Give the version of each package that a lock file names."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", lock, re.MULTILINE)
    return {name.lower().replace("_", "-"): version for name, version in found}


def verdict(lock: str, report: str) -> tuple[int, str]:
    """Judge what pip-audit wrote of a lock file."""
    wanted = locked(lock)
    try:
        rows = {row["name"].lower(): row for row in json.loads(report)["dependencies"]}
    except (ValueError, KeyError, TypeError):
        return NOT_AUDITED, "could not audit: pip-audit gave no report"
    asked = {name: row for name, row in rows.items() if row.get("version") == wanted.get(name)}
    missing = sorted(wanted.keys() - {name for name in asked if "vulns" in asked[name]})
    holes = [
        f"{name} {row['version']}: {hole['id']}"
        for name, row in asked.items()
        for hole in _holes(row)
    ]
    if holes:
        return HOLES, "known holes: " + "; ".join(holes)
    if missing or not wanted:
        first = ", ".join(missing[:5])
        return NOT_AUDITED, f"could not audit {len(missing)} of {len(wanted)} packages: {first}"
    return AUDITED, f"audited {len(wanted)} packages; no hole is known"


def _holes(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = row.get("vulns") or []
    return found


def main() -> int:
    """Audit both lock files."""
    worst = AUDITED
    for name in LOCKS:
        lock = ROOT / name
        command = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes")
        ended = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off", "-r", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
        code, said = verdict(lock.read_text("utf-8"), ended.stdout)
        last = ended.stderr.strip().splitlines()[-1:]
        sys.stdout.write("\n".join((f"{name}: {said}", *(last if code else ()))) + "\n")
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main())
