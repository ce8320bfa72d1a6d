"""The review page of a small packet, served as an attorney meets it, for tests."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from packet_builder.review.server import service
from packet_builder.review.table import Table
from tests.review_cases import Office


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """A page that is being served."""

    link: str

    @property
    def port(self) -> int:
        return urlsplit(self.link).port or 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        """Send one request as it is; underscores in header names become hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": self.host, **sent})
        answer = connection.getresponse()
        got = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, got, text)

    def enter(self) -> str:
        """Open the link; gives the cookie."""
        link = urlsplit(self.link)
        answer = self.ask(f"{link.path}?{link.query}")
        assert answer.status == 303, answer
        return answer.headers["set-cookie"].split(";")[0]


def table_of(office: Office) -> Table:
    """Lay an office's packet on the table."""
    return Table(office.case, office.output, office.filing.name)


@contextmanager
def served(table: Table, *, read_only: bool = False) -> Iterator[Served]:
    """Serve the packet on a table in a thread of this process."""
    page = service(table, 0, read_only=read_only)
    running = threading.Thread(target=page.run, daemon=True)
    running.start()
    try:
        yield Served(page.link)
    finally:
        page.server.should_exit = True
        running.join(timeout=20)
        page.listening.close()
