"""Builds the wheel, looks into it, installs it out of the sources' reach, and builds the samples.

With a folder as argument, wheel and source archive stay there, with a list of all parts (SBOM) of
exactly what was installed and tried: the release.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tests.audit import locked

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command in a folder, with nothing about that could lead to the sources."""
    kept = {name: os.environ[name] for name in os.environ if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "PYTHONSAFEPATH": "1"},
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def main(release: Path | None) -> None:
    """Fail, with the command that failed, when the wheel alone cannot do the main job."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = (sys.executable, "-m", "build", "--no-isolation", "-o", folder / "dist", ROOT)
        run(*build, cwd=folder)
        (wheel,) = (folder / "dist").glob("*.whl")
        look_into(zipfile.ZipFile(wheel).namelist())
        venv.create(folder / "clean", with_pip=True)
        binaries = folder / "clean" / ("Scripts" if os.name == "nt" else "bin")
        pip = (binaries / "python", "-m", "pip", "install", "--quiet")
        run(*pip, "--require-hashes", "--no-deps", "-r", ROOT / "requirements.lock", cwd=folder)
        run(*pip, "--no-deps", wheel, cwd=folder)
        use(binaries / "packet-builder", folder / "office")
        write_sbom(binaries / "python", wheel.with_suffix(".cdx.json"))
        if release is not None:
            shutil.copytree(folder / "dist", release, dirs_exist_ok=True)


def look_into(names: Iterable[str]) -> None:
    """Fail when a wheel holds anything that is not tracked, or lacks what is."""
    tracked = run("git", "ls-files", "-z", "packet_builder", "templates", cwd=ROOT).split("\0")[:-1]
    strangers, missing = difference(names, tracked)
    if strangers or missing:
        sys.exit(f"the wheel holds what it should not: {strangers}; it lacks: {missing}")


def difference(names: Iterable[str], tracked: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give what a wheel holds and should not, and what it should hold and does not."""
    about = ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    inside = {name for name in names if ".dist-info/" not in name}
    described = {name.split(".dist-info/")[1] for name in names if ".dist-info/" in name}
    wanted = {
        name if name.startswith("packet_builder/") else f"packet_builder/{name}" for name in tracked
    }
    strangers = (inside - wanted) | (described - set(about))
    return sorted(strangers), sorted((wanted - inside) | (set(about) - described))


def write_sbom(python: Path, target: Path) -> None:
    """List all that is installed, by CycloneDX; fail when that is not what is locked."""
    what = (sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible")
    run(*what, "--pyproject", ROOT / "pyproject.toml", "-o", target, python, cwd=target.parent)
    parts = json.loads(target.read_text("utf-8"))["components"]
    wanted = locked((ROOT / "requirements.lock").read_text("utf-8"))
    own = {"pip", "setuptools", "packet-builder"}
    found = {one["name"].lower().replace("_", "-"): one["version"] for one in parts}
    found = {name: version for name, version in found.items() if name not in own}
    if not found or found.items() - wanted.items():
        sys.exit(f"what is installed is not what is locked: {found.items() - wanted.items()}")


def use(program: Path, office: Path) -> None:
    """Do with the installed program what an office does."""
    shutil.copytree(ROOT / "case_data", office / "case_data")
    run(program, "new", "another", "--no-input", cwd=office)
    for case in ("minimal", "full"):
        run(program, "check", case, cwd=office)
        packet = run(program, "build", case, "--engine", "dxpdf", cwd=office).strip()
        if not (office / packet).read_bytes().startswith(b"%PDF-"):
            sys.exit(f"{packet} is no PDF")
    place = run(
        program.parent / "python",
        "-c",
        "import packet_builder; print(packet_builder.__file__)",
        cwd=office,
    )
    if str(ROOT) in place:
        sys.exit(f"the sources were within reach: {place}")
    sys.stdout.write("the wheel alone builds both samples\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
