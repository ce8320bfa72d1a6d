"""A command becomes a finished child process that saw nothing of us and leaves nothing running."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from packet_builder import system

# A proxy that is not there: who wants to fetch something finds nobody to ask.
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "http_proxy", "https_proxy")
# Windows programs do not start without these.
_KEPT = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMFILES")


def environment(scratch: Path, fonts_conf: Path | None = None) -> dict[str, str]:
    """Give an environment without network, locale, home or temporary folder of the user."""
    folder = str(scratch)
    closed = {name: os.environ[name] for name in _KEPT if name in os.environ}
    closed |= {"HOME": folder, "TMPDIR": folder, "TMP": folder, "TEMP": folder}
    closed |= {"XDG_CACHE_HOME": folder, "XDG_CONFIG_HOME": folder, "USERPROFILE": folder}
    closed |= dict.fromkeys(_PROXIES, _NOWHERE)
    closed |= {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}
    if fonts_conf is not None:
        closed["FONTCONFIG_FILE"] = str(fonts_conf)
    return closed


def run(
    command: Sequence[str], environ: Mapping[str, str], seconds: int, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end. Raises subprocess.TimeoutExpired after `seconds`.

    Whatever happens, the whole process group is gone afterwards: subprocess.run ends only the
    launcher, and soffice.bin goes on.
    """
    with subprocess.Popen(  # noqa: S603 - our own commands, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ,
        cwd=environ["TMPDIR"],
        **system.apart(),
    ) as process:
        try:
            output, _ = process.communicate(given, seconds)
        finally:
            system.end_all(process)
    return subprocess.CompletedProcess(command, process.returncode, output)
