"""The review page is for one browser on this machine, and a decision only comes from the page."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from packet_builder.review.looked_at import NoPacketError, Packets
from packet_builder.review.server import PortTakenError, service
from tests.review_cases import Office
from tests.reviewed import Served, served, table_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    one = Office(tmp_path_factory.mktemp("office"))
    one.build()
    return one


@pytest.fixture
def page(office: Office) -> Iterator[Served]:
    with served(table_of(office)) as one:
        yield one


def page_token(page: Served, cookie: str) -> str:
    found = re.search(r'name="page-token" content="(\w+)"', page.ask("/", cookie=cookie).text)
    assert found is not None
    return found[1]


def decide(page: Served, cookie: str, **changes: str) -> int:
    headers = {
        "cookie": cookie,
        "origin": f"http://{page.host}",
        "x_packet_builder": page_token(page, cookie),
        "content_type": "application/json",
        **changes,
    }
    sent = {name: value for name, value in headers.items() if value}
    return page.ask("/decide", "POST", "{}", **sent).status


def test_the_link_opens_once_and_then_the_cookie_holds(page: Served) -> None:
    cookie = page.enter()
    link = urlsplit(page.link)

    again = page.ask(f"{link.path}?{link.query}")

    assert page.ask("/", cookie=cookie).status == 200
    assert again.status == 403
    assert again.text.startswith("This link was used already.")
    assert "set-cookie" not in again.headers


def test_the_cookie_belongs_to_the_port_and_to_this_site_alone(page: Served) -> None:
    link = urlsplit(page.link)
    cookie = page.ask(f"{link.path}?{link.query}").headers["set-cookie"]

    assert cookie.startswith(f"packet-builder-{page.port}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("path", ["/", "/state", "/static/review.js", "/build/x/page/1/page"])
def test_nothing_is_shown_without_the_cookie(page: Served, path: str) -> None:
    answer = page.ask(path)

    assert answer.status == 403
    assert answer.text == "Open the link that packet-builder printed in the terminal.\n"


def test_a_guessed_token_does_not_open(page: Served) -> None:
    assert page.ask("/enter?token=0").status == 403
    assert page.ask("/enter").status == 403
    assert page.ask("/", cookie=f"packet-builder-{page.port}=0").status == 403


def test_the_cookie_of_another_port_does_not_open(page: Served) -> None:
    value = page.enter().partition("=")[2]

    assert page.ask("/", cookie=f"packet-builder-{page.port + 1}={value}").status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"]
)
def test_another_host_is_refused_even_with_the_cookie(page: Served, host: str) -> None:
    cookie = page.enter()

    assert page.ask("/", cookie=cookie, Host=host).status == 421


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(page: Served, method: str) -> None:
    assert page.ask("/", method, cookie=page.enter()).status == 405


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"x_packet_builder": "0" * 64},
        {"x_packet_builder": ""},
    ],
    ids=str,
)
def test_a_decision_from_elsewhere_is_refused(page: Served, changes: dict[str, str]) -> None:
    assert decide(page, page.enter(), **changes) == 403


def test_a_decision_from_another_port_of_this_machine_is_refused(page: Served) -> None:
    assert decide(page, page.enter(), origin=f"http://127.0.0.1:{page.port + 1}") == 403


def test_a_decision_is_json(page: Served) -> None:
    assert decide(page, page.enter(), content_type="text/plain") == 415


def test_nobody_decides_on_a_page_that_is_read_only(office: Office) -> None:
    with served(table_of(office), read_only=True) as page:
        cookie = page.enter()

        assert "read only" in page.ask("/", cookie=cookie).text
        assert decide(page, cookie) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2fserver.py",
        "/static//etc/passwd",
        "/build/{build}/page/../../../packet.json",
        "/build/{build}/page/0/page",
        "/build/{build}/page/99999/page",
        "/build/{build}/page/-1/page",
        "/build/{build}/page/1/huge",
        "/build/{build}/words/99999",
        "/packet.json",
    ],
)
def test_only_pages_of_the_packet_are_served(page: Served, path: str) -> None:
    cookie = page.enter()
    build = page.ask("/state", cookie=cookie).text.split('"')[3]

    assert page.ask(path.format(build=build), cookie=cookie).status == 404


def test_a_page_of_a_packet_that_is_not_open_is_gone(page: Served) -> None:
    assert page.ask(f"/build/{'0' * 64}/page/1/page", cookie=page.enter()).status == 410


@pytest.mark.parametrize("path", ["/", "/nowhere", "/enter?token=0", "/static/review.css"])
def test_every_answer_forbids_what_a_page_of_a_case_needs_not(page: Served, path: str) -> None:
    headers = page.ask(path, cookie=page.enter()).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_a_port_that_is_taken_is_said(office: Office, page: Served) -> None:
    with pytest.raises(PortTakenError, match=f"Port {page.port} is taken"):
        service(table_of(office), page.port, read_only=False)


def test_without_a_packet_there_is_nothing_to_review(tmp_path: Path) -> None:
    with pytest.raises(NoPacketError, match="Run packet-builder build first"):
        Packets(tmp_path)


def test_the_page_ends_by_itself_when_nobody_asked_for_an_hour(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packet_builder.review.server._IDLE_SECONDS", 0.3)
    monkeypatch.setattr("packet_builder.review.server._LOOK_SECONDS", 0.05)
    page = service(table_of(office), 0, read_only=False)
    running = threading.Thread(target=page.run, daemon=True)
    running.start()
    one = Served(page.link)
    cookie = one.enter()
    for _ in range(10):
        if running.is_alive():
            with contextlib.suppress(OSError):
                one.ask("/state", cookie=cookie)
        time.sleep(0.1)
    running.join(timeout=20)

    assert not running.is_alive()


def test_a_fault_behind_the_door_leaves_a_log_without_private_values(
    page: Served, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "Kwabena Boateng G0418276"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("packet_builder.review.routes.standings", fail)
    build = re.search(r"/build/(\w+)/", page.ask("/", cookie=(cookie := page.enter())).text)
    assert build is not None
    answer = page.ask(f"/build/{build[1]}/whole", cookie=cookie)
    log = office.folders.output / "packet-builder-fault.log"

    assert answer.status == 500
    assert "this is a fault of the program (ZeroDivisionError)" in answer.text
    assert "ZeroDivisionError" in log.read_text("utf-8")
    for text in (answer.text, log.read_text("utf-8")):
        assert "Kwabena" not in text
        assert "G0418276" not in text
    log.unlink()
