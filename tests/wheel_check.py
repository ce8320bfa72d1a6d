"""Builds the wheel, installs it out of the sources' reach, and builds the samples with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

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


def main() -> None:
    """Fail, with the command that failed, when the wheel alone cannot do the main job."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            "--wheel",
            "-o",
            folder,
            ROOT,
            cwd=folder,
        )
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "clean", with_pip=True)
        binaries = folder / "clean" / ("Scripts" if os.name == "nt" else "bin")
        pip = (binaries / "python", "-m", "pip", "install", "--quiet")
        run(*pip, "--require-hashes", "--no-deps", "-r", ROOT / "requirements.lock", cwd=folder)
        run(*pip, "--no-deps", wheel, cwd=folder)
        use(binaries / "packet-builder", folder / "office")


def use(program: Path, office: Path) -> None:
    """Do with the installed program what an office does."""
    shutil.copytree(ROOT / "case_data", office / "case_data")
    run(program, "new", "another", cwd=office)
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
    main()
