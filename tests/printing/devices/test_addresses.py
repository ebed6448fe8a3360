"""What staff type as a printer's address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.devices.addresses import probe_typed, uri_from_typed
from printing.devices.errors import AddressRefused, NotAPrinter, NotReached, PrinterRefused
from printing.devices.ipp.transport import Address, Patience
from printing.devices.ipp.words import Operation, Status
from tests.printing.misbehaviours import (
    answers,
    answers_http,
)
from tests.printing.scripted_printer import (
    ScriptedPrinter,
)


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("192.168.1.50", "ipp://192.168.1.50"),
        ("  192.168.1.50\n", "ipp://192.168.1.50"),
        ("«printer.local»", "ipp://printer.local"),
        ("HP-LaserJet", "ipp://hp-laserjet"),
        ("192.168.1.50:8631", "ipp://192.168.1.50:8631"),
        ("printer.local/ipp/print", "ipp://printer.local/ipp/print"),
        ("ipp://printer.local:631/ipp/print", "ipp://printer.local:631/ipp/print"),
        ("ipps://printer.local", "ipps://printer.local"),
        ("http://192.168.1.50:631/", "http://192.168.1.50:631"),
        ("HTTPS://192.168.1.50/ipp", "https://192.168.1.50/ipp"),
        ("fe80::1", "ipp://[fe80::1]"),
        ("[fe80::1]:631", "ipp://[fe80::1]:631"),
        ("IP_192.168.1.50", "ipp://192.168.1.50"),
        ("ip_192.168.1.50_1", "ipp://192.168.1.50"),
        (r"\\office\HP LaserJet", "ipp://office:80/printers/HP%20LaserJet/.printer"),
        (
            "\\\\192.168.1.5\\Принтер\\",
            "ipp://192.168.1.5:80/printers/%D0%9F%D1%80%D0%B8%D0%BD%D1%82%D0%B5%D1%80/.printer",
        ),
    ],
)
def test_what_was_meant(typed: str, uri: str) -> None:
    assert uri_from_typed(typed) == uri


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "192.168.1",
        "192.168.1.500",
        "1234",
        "кеңсе",
        "the printer in the hall",
        "printer_local!",
        "-printer",
        "printer:abc",
        "printer:0",
        "printer:99999",
        "ftp://printer/",
        "file:///etc/passwd",
        "http://user:secret@printer/",
        "ipp://printer/ipp?x=1",
        "ipp://",
        "[fe80::1",
        "LPT1:",
        "USB001",
        "printer:",
        "C:\\Users\\printer",
        "\\\\server",
        "\\\\ser ver\\HP",
        "printer..local",
        "a" * 300,
    ],
)
def test_nonsense_is_refused_in_the_persons_own_words(typed: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        uri_from_typed(typed)
    assert refused.value.for_staff.values["typed"] == typed


@given(st.one_of(st.text(), st.text("0123456789.:/[]\\ipahtps_-@?#", max_size=40)))
def test_whatever_is_typed_is_refused_or_an_address(typed: str) -> None:
    try:
        uri = uri_from_typed(typed)
    except AddressRefused:
        return
    assert Address.of(uri).host
    assert uri_from_typed(uri) == uri


def test_the_usual_paths_are_tried_in_order(printer: ScriptedPrinter, patience: Patience) -> None:
    printer.next(Operation.GET_PRINTER_ATTRIBUTES, answers_http(404), answers(Status.NOT_FOUND))
    uri, found = probe_typed(f"127.0.0.1:{printer.port}", patience=patience)
    assert uri == f"ipp://127.0.0.1:{printer.port}/"
    assert found.name == "Кеңсе принтері"
    asked = [request.group(1).text("printer-uri") for request in printer.requests]
    assert [uri.partition(str(printer.port))[2] for uri in asked] == ["/ipp/print", "/ipp", "/"]


def test_a_path_that_was_typed_is_the_only_one_tried(printer: ScriptedPrinter, patience: Patience) -> None:
    printer.next(Operation.GET_PRINTER_ATTRIBUTES, answers(Status.NOT_FOUND))
    with pytest.raises(PrinterRefused):
        probe_typed(f"127.0.0.1:{printer.port}/printers/hp", patience=patience)
    assert len(printer.requests) == 1


def test_a_web_page_is_said_to_be_no_printer(printer: ScriptedPrinter, patience: Patience) -> None:
    printer.next(Operation.GET_PRINTER_ATTRIBUTES, *[answers_http(200)] * 3)
    with pytest.raises(NotAPrinter):
        probe_typed(f"127.0.0.1:{printer.port}", patience=patience)


def test_nobody_there_is_tried_once(printer: ScriptedPrinter, patience: Patience) -> None:
    printer.vanish()
    with pytest.raises(NotReached):
        probe_typed(f"127.0.0.1:{printer.port}", patience=patience)
