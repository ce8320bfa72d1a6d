"""What a part of the benchmark measured, kept as JSON, so that each part can be run again alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "figures"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a thing, how often it was measured, and what it is compared with."""

    what: str
    unit: str
    samples: tuple[float, ...]
    cpu: float | None = None  # seconds of all processes, the median
    mib: float | None = None  # the most memory of the largest process
    ratios: tuple[float, ...] = ()  # each of two that were measured side by side
    of: str = ""  # what the ratio is of
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the benchmark measured, when and where."""

    name: str
    title: str
    day: str
    machine: str
    load: float  # processors that others kept busy when it began
    rows: tuple[Row, ...]


def begun() -> tuple[str, float]:
    """Give what a part notes when it begins: the machine, and how busy it is."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return f"{system}, Python {platform.python_version()}", round(_busy(), 1)


def _busy() -> float:
    """Give how many processors are busy, over a second; nothing of ours runs yet."""
    before = _ticks()
    time.sleep(1)
    spent, idle = (after - ago for after, ago in zip(_ticks(), before, strict=True))
    return (os.cpu_count() or 1) * (1 - idle / spent)


def _ticks() -> tuple[int, int]:
    """Give the time of all processors so far, and how much of it they were idle."""
    first_line = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
    ticks = [int(word) for word in first_line.split()[1:]]
    return sum(ticks), sum(ticks[3:5])


def keep(name: str, title: str, began: tuple[str, float], rows: Sequence[Row]) -> None:
    """Keep what a part measured, in place of what it measured before."""
    part = Part(name, title, dt.date.today().isoformat(), *began, tuple(rows))  # noqa: DTZ011
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(asdict(part), indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def kept() -> Iterator[Part]:
    """Give all parts that were measured, by name."""
    for path in sorted(FOLDER.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        yield Part(**{**row, "rows": tuple(map(_row, row["rows"]))})


def _row(row: dict[str, object]) -> Row:
    samples, ratios = row["samples"], row["ratios"]
    assert isinstance(samples, list)
    assert isinstance(ratios, list)
    return Row(**{**row, "samples": tuple(samples), "ratios": tuple(ratios)})  # type: ignore[arg-type]


def ratios(those: Sequence[float], of: Sequence[float]) -> tuple[float, ...]:
    """Give the ratio of each two that were measured in the same round."""
    return tuple(round(one / max(other, 0.0005), 4) for one, other in zip(those, of, strict=True))


def same_work() -> float:
    """Do a piece of work that is always the same, and give its seconds: what the noise is."""
    block = bytes(1 << 22)
    started = time.perf_counter()
    for _ in range(24):
        hashlib.sha256(block).digest()
    return time.perf_counter() - started


def noise(samples: Sequence[float]) -> Row:
    """Give the line that tells how much the machine itself varied."""
    return Row("the same piece of work each time", "s", rounded(samples))


def rounded(samples: Sequence[float]) -> tuple[float, ...]:
    """Give samples to the tenth of a millisecond."""
    return tuple(round(one, 4) for one in samples)


def median(samples: Sequence[float]) -> float:
    """Give the median."""
    return statistics.median(samples)
