"""The same over HTTP on the loopback, and what a proxy or a sign-in page does to it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.sync.errors import NotADesk, Unreachable
from akimat_desk.sync.http import CONTENT_TYPE, MAX_BODY, PATH, HttpLink, serving
from tests.sync.conftest import OpenPc, Pc
from tests.sync.test_exchange import same, visits, write
from tests.sync.web import Page, answering


def test_two_desks_and_a_host_end_with_the_same_tables(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    other = open_pc("other")
    write(desk, 20)
    write(other, 20)
    with serving(host.exchange, audience="room") as url:
        link = HttpLink(url, audience="room")
        for pc in (desk, other, desk):
            assert pc.exchange.sync(link).receipted
    assert same(desk, other, host)
    assert visits(host) == [(40,)]


def test_desks_that_come_at_once_are_all_served(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    pcs = [desk, open_pc("second"), open_pc("third")]
    for pc in pcs:
        write(pc, 20)
    with serving(host.exchange, audience="room") as url:
        threads = [threading.Thread(target=pc.exchange.sync, args=(HttpLink(url, audience="room"),)) for pc in pcs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for pc in pcs:
            pc.exchange.sync(HttpLink(url, audience="room"))
    assert same(host, *pcs)
    assert host.journal.verify() == []


def test_personal_parts_go_to_nobody_unless_it_is_said(desk: Pc, host: Pc) -> None:
    write(host)
    with serving(host.exchange) as url:
        desk.exchange.sync(HttpLink(url))
    assert desk.journal.table_hashes() != host.journal.table_hashes()
    with desk.journal.store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM journal_personal").fetchone() == (0,)


def test_nobody_there_is_said_so(desk: Pc, host: Pc) -> None:
    with serving(host.exchange) as url:
        pass
    with pytest.raises(Unreachable):
        desk.exchange.sync(HttpLink(url))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [(200, b"<html>Sign in</html>", "text/html"), (502, b"", CONTENT_TYPE), (200, b"not packed", CONTENT_TYPE)],
    ids=["sign-in page", "proxy without a desk behind it", "other bytes"],
)
def test_what_is_no_desk_is_told_from_a_desk(desk: Pc, status: int, body: bytes, kind: str) -> None:
    with answering(lambda *_: Page(status, body, kind)) as url, pytest.raises(NotADesk):
        desk.exchange.sync(HttpLink(url))


def test_an_answer_cut_in_the_middle_is_no_answer(desk: Pc) -> None:
    cut = Page(200, b"half", promised=100)
    with answering(lambda *_: cut) as url, pytest.raises((Unreachable, NotADesk)):
        desk.exchange.sync(HttpLink(url, seconds=5))


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"Content-Length": "0"}, 404),
        (PATH, {"Transfer-Encoding": "chunked"}, 411),
        (PATH, {"Content-Length": str(MAX_BODY + 1)}, 413),
        (PATH, {"Content-Length": "-1"}, 411),
    ],
)
def test_the_server_reads_only_what_a_desk_sends(host: Pc, path: str, headers: dict[str, str], status: int) -> None:
    with serving(host.exchange) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.putrequest("POST", path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == status
        connection.close()


def test_a_sender_who_drips_does_not_keep_the_desk_from_closing(host: Pc) -> None:
    length = 200
    with socket.socket() as slow:

        def drip() -> None:
            with suppress(OSError):
                for _ in range(length):
                    slow.sendall(b"x")
                    time.sleep(0.02)

        dripping = threading.Thread(target=drip)
        with serving(host.exchange) as url:
            slow.connect(("127.0.0.1", urlsplit(url).port))
            head = f"POST {PATH} HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
            slow.sendall(head.encode())
            assert slow.recv(100).startswith(b"HTTP/1.1 100")  # it is being read
            dripping.start()
        answer = b""
        with suppress(ConnectionError):
            answer = slow.recv(100)
        dripping.join()
    assert answer == b""  # the end of the body was not waited for


def test_a_link_is_never_used_on_the_screens_thread() -> None:
    with screen_thread(), pytest.raises(BlocksScreen):
        HttpLink("http://127.0.0.1:1").call(b"")
