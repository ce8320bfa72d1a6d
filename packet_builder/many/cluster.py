"""Other machines that build cases: a Dask cluster, by the address of its scheduler."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import cast
from urllib.parse import urlsplit

from packet_builder.errors import ProgramError, UsageError


class SchedulerInTheOpenError(UsageError):
    """A scheduler would be spoken to without encryption, and not on this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} would be spoken to in the open. Give tls://HOST:PORT (its certificates "
            "stand in Dask's configuration), or a scheduler on this machine, tcp://127.0.0.1:PORT."
        )


class DistributedMissingError(ProgramError):
    """The library that speaks to a cluster is not installed."""

    def __init__(self) -> None:
        super().__init__(
            'Dask is not installed. Run: pip install "packet-builder[distributed]" '
            "on this machine and on every worker."
        )


class SchedulerSilentError(ProgramError):
    """No scheduler answers."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"No scheduler answers at {address}. Start it with: dask scheduler "
            "(and its workers with: dask worker ADDRESS), then run this again."
        )


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Hand out the cluster as an executor.

    Raises SchedulerInTheOpenError, DistributedMissingError, SchedulerSilentError.
    """
    if not _is_closed(address):
        raise SchedulerInTheOpenError(address)
    try:
        from distributed import Client, Security  # noqa: PLC0415 - an extra
    except ImportError:
        raise DistributedMissingError from None
    security = Security(require_encryption=True) if address.startswith("tls://") else None
    try:
        client = Client(address, security=security, timeout="10s", set_as_default=False)
    except (OSError, ValueError):
        raise SchedulerSilentError(address) from None
    with client:
        # pure: the same order given twice is built twice; Dask would give the former result.
        yield cast("Executor", client.get_executor(pure=False))


def _is_closed(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "tls":
        return True
    try:
        return parts.scheme == "tcp" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
