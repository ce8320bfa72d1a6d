"""Other machines that build cases: a Dask cluster, by the address of its scheduler."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from packet_builder.errors import ProgramError, UsageError

if TYPE_CHECKING:
    from distributed import Security


class SchedulerInTheOpenError(UsageError):
    """A scheduler would be spoken to without encryption, and not on this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"what goes to {address} would not be encrypted. Give tls://HOST:PORT (certificates "
            "stand in Dask's configuration), or a scheduler on this machine, tcp://127.0.0.1:PORT."
        )


class DistributedMissingError(ProgramError):
    """The library that speaks to a cluster is not installed."""

    def __init__(self) -> None:
        super().__init__(
            'Dask is not installed. Run: pip install "packet-builder[distributed]" '
            "on this machine and on every worker."
        )


class CertificatesMissingError(UsageError):
    """Dask's configuration does not fit the address: no certificates, or they are demanded."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} does not fit Dask's configuration: for tls:// that has to name the "
            "certificate, the key and the authority of this machine, and where it demands "
            "encryption the address has to begin with tls://. A configuration that works stands "
            "in docs/many.md."
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

    Raises SchedulerInTheOpenError, DistributedMissingError, CertificatesMissingError,
    SchedulerSilentError.
    """
    if not _is_closed(address):
        raise SchedulerInTheOpenError(address)
    try:
        from distributed import Client, Security  # noqa: PLC0415 - an extra
    except ImportError:
        raise DistributedMissingError from None
    security = Security(require_encryption=True) if _is_tls(address) else Security()
    if security.require_encryption and not (_is_tls(address) and _has_certificates(security)):
        raise CertificatesMissingError(address)
    try:
        client = Client(address, security=security, timeout="10s", set_as_default=False)
    except (OSError, ValueError):
        raise SchedulerSilentError(address) from None
    with client:
        # pure: the same order given twice is built twice; Dask would give the former result.
        yield cast("Executor", client.get_executor(pure=False))


def _is_tls(address: str) -> bool:
    return urlsplit(address).scheme == "tls"


def _has_certificates(security: Security) -> bool:
    named = security.get_tls_config_for_role("client")
    return all(named.get(what) for what in ("ca_file", "cert", "key"))


def _is_closed(address: str) -> bool:
    parts = urlsplit(address)
    if _is_tls(address):
        return True
    try:
        return parts.scheme == "tcp" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
