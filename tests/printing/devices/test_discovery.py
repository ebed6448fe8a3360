"""Printers found by multicast DNS: their answers read, completed by further questions, and never trusted.

The packets here are made by hand; `tests/system/test_real_printer.py` asks a real responder.
"""

from __future__ import annotations

import socket
import threading
import time

import dns.flags
import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.renderer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base import multicast
from akimat_desk.base.dns_sd import Question
from akimat_desk.base.multicast import Interface
from akimat_desk.base.threads import BlocksScreen, screen_thread
from printing.devices.discovery import FoundPrinter, Heard, discover

IPP, IPPS = "_ipp._tcp.local.", "_ipps._tcp.local."
HALL = "Hall\\032printer"
TEXT = (
    '"txtvers=1" "rp=ipp/print" "ty=HP LaserJet" "note=Hall" "UUID=AB-1" "Color=F" "Duplex=T" '
    '"pdl=application/pdf,image/urf"'
)


def packet(*records: tuple[str, str, str], flush: bool = False) -> bytes:
    """An answer as responders send it, names compressed; `flush` sets the bit that multicast DNS adds to the class."""
    renderer = dns.renderer.Renderer(id=0, flags=dns.flags.QR | dns.flags.AA)
    for owner, kind, value in records:
        rdata = dns.rdata.from_text("IN", kind, value)
        message = dns.message.Message()
        rrset = message.find_rrset(message.answer, dns.name.from_text(owner), rdata.rdclass, rdata.rdtype, create=True)
        rrset.add(rdata, 120)
        renderer.add_rrset(dns.renderer.ANSWER, rrset)
    renderer.write_header()
    wire = renderer.get_wire()
    return wire.replace(b"\x00\x01\x00\x00\x00\x78", b"\x80\x01\x00\x00\x00\x78") if flush else wire


def whole(service: str = IPP, *, port: int = 631, name: str = HALL, text: str = TEXT) -> list[tuple[str, str, str]]:
    instance = f"{name}.{service}"
    return [
        (service, "PTR", instance),
        (instance, "SRV", f"0 0 {port} hp.local."),
        (instance, "TXT", text),
        ("hp.local.", "A", "192.168.1.50"),
    ]


HALL_PRINTER = FoundPrinter(
    name="Hall printer",
    uri="ipp://192.168.1.50:631/ipp/print",
    model="HP LaserJet",
    location="Hall",
    uuid="ab-1",
    colour=False,
    duplex=True,
    formats=("application/pdf", "image/urf"),
)


@pytest.mark.parametrize("flush", [False, True])
def test_one_answer_tells_all(flush: bool) -> None:
    heard = Heard()
    assert heard.take(packet(*whole(), flush=flush), "192.168.1.50") is False
    assert heard.printers() == [HALL_PRINTER]
    assert heard.missing() == []


def test_what_is_missing_is_asked_for() -> None:
    heard = Heard()
    pointer, service, text, address = whole()
    assert heard.take(packet(pointer), "192.168.1.50") is True
    assert heard.printers() == []
    assert heard.missing() == [
        Question(dns.name.from_text(f"{HALL}.{IPP}"), dns.rdatatype.SRV),
        Question(dns.name.from_text(f"{HALL}.{IPP}"), dns.rdatatype.TXT),
    ]
    assert heard.take(packet(pointer), "192.168.1.50") is False
    assert heard.take(packet(service), "192.168.1.50") is False
    heard.take(packet(text), "192.168.1.50")
    assert heard.printers() == [HALL_PRINTER]
    heard.take(packet(address), "192.168.1.50")
    assert heard.printers() == [HALL_PRINTER]


def test_the_encrypted_service_and_the_plain_one_are_one_printer() -> None:
    heard = Heard()
    heard.take(packet(*whole(IPP), *whole(IPPS, port=443)), "192.168.1.50")
    (found,) = heard.printers()
    assert found.uri == "ipps://192.168.1.50:443/ipp/print"
    assert found.plain_uri == "ipp://192.168.1.50:631/ipp/print"


def test_a_printer_that_only_speaks_encrypted_has_no_plain_address() -> None:
    heard = Heard()
    heard.take(packet(*whole(IPPS)), "192.168.1.50")
    assert [(found.uri, found.plain_uri) for found in heard.printers()] == [("ipps://192.168.1.50:631/ipp/print", "")]


def test_hints_a_printer_does_not_give_are_not_made_up() -> None:
    heard = Heard()
    heard.take(packet(*whole(text='"txtvers=1"')), "192.168.1.50")
    (found,) = heard.printers()
    assert (found.colour, found.duplex, found.formats, found.model) == (None, None, (), "")
    assert found.uri == "ipp://192.168.1.50:631/ipp/print"


def test_printers_come_in_the_order_of_their_names() -> None:
    heard = Heard()
    heard.take(packet(*whole(name="B"), *whole(name="A"), *whole(name="\\208\\154")), "192.168.1.50")
    assert [found.name for found in heard.printers()] == ["A", "B", "К"]


def test_what_neighbours_send_is_cleaned() -> None:
    """A name with control characters, a path that would point elsewhere, a service that is switched off (port 0)."""
    heard = Heard()
    heard.take(packet(*whole(name="Evil\\007\\027printer", text='"rp=a b?c#d"')), "10.0.0.9")
    heard.take(packet(*whole(name="off", port=0)), "10.0.0.9")
    heard.take(packet((IPP, "PTR", "not.a.service.local."), (IPP, "PTR", "."), (IPP, "PTR", IPP)), "10.0.0.9")
    (found,) = heard.printers()
    assert (found.name, found.uri) == ("Evilprinter", "ipp://192.168.1.50:631/a%20b%3Fc%23d")


def test_a_flood_of_names_is_not_listened_to() -> None:
    heard = Heard()
    for number in range(1000):
        heard.take(packet((IPP, "PTR", f"p{number}.{IPP}")), "10.0.0.9")
    assert len(heard.missing()) == 2 * 200


def test_questions_are_no_answers() -> None:
    heard = Heard()
    assert heard.take(dns.message.make_query(IPP, "PTR").to_wire(), "10.0.0.9") is False
    assert heard.printers() == []


def test_records_of_kinds_we_do_not_know_are_passed_over() -> None:
    nsec = ("hp.local.", "NSEC", "hp.local. A AAAA")
    heard = Heard()
    heard.take(packet(nsec, *whole()), "192.168.1.50")
    assert heard.printers() == [HALL_PRINTER]


@given(st.binary(max_size=200))
def test_any_bytes_are_harmless(noise: bytes) -> None:
    heard = Heard()
    heard.take(noise, "10.0.0.9")
    assert heard.printers() == []


@given(st.data())
def test_a_spoiled_answer_is_harmless(data: st.DataObject) -> None:
    wire = bytearray(packet(*whole()))
    for _ in range(data.draw(st.integers(1, 5))):
        wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    heard = Heard()
    heard.take(bytes(wire[: data.draw(st.integers(0, len(wire)))]), "10.0.0.9")
    assert len(heard.printers()) <= 1


@pytest.fixture
def responder(monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """A socket of ours stands where the multicast group is."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.settimeout(5)
    monkeypatch.setattr(multicast, "GROUP", sock.getsockname())
    monkeypatch.setattr(multicast, "interfaces", lambda: [Interface(1, "127.0.0.1")])
    return sock


def test_a_printer_that_answers_in_two_steps_is_found(responder: socket.socket) -> None:
    """The first answer names it; what we then ask completes it. Answers come to the port we asked from."""
    pointer, service, text, address = whole()
    stop = threading.Event()

    def answer() -> None:
        with responder:
            while True:
                question, sender = responder.recvfrom(9000)
                asked = dns.message.from_wire(question).question[0]
                if asked.rdtype == dns.rdatatype.TXT:
                    responder.sendto(packet(service, text, address), sender)
                    return
                if asked.name == dns.name.from_text(IPP):
                    responder.sendto(packet(pointer), sender)

    thread = threading.Thread(target=answer)
    thread.start()
    shown: list[list[FoundPrinter]] = []

    def show(found: list[FoundPrinter]) -> None:
        shown.append(found)
        stop.set()

    assert discover(30.0, stop=stop, progress=show) == [HALL_PRINTER]
    thread.join()
    assert shown == [[HALL_PRINTER]]


def test_a_search_can_be_stopped(responder: socket.socket) -> None:
    stop = threading.Event()
    stop.set()
    before = time.monotonic()
    with responder:
        assert discover(60.0, stop=stop) == []
    assert time.monotonic() - before < 30


def test_a_network_without_printers_is_an_empty_list(responder: socket.socket) -> None:
    with responder:
        assert discover(0.2) == []


def test_a_pc_without_a_network_is_an_empty_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multicast, "interfaces", list)
    assert discover(60.0) == []


def test_no_search_runs_on_the_screens_thread() -> None:
    with screen_thread(), pytest.raises(BlocksScreen):
        discover(0.1)
