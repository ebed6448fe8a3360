"""The wire to a printer: bounded in time, stoppable, and never fooled by an HTTP answer that is no IPP."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.threads import BlocksScreen, screen_thread
from printing.devices.errors import (
    AccessRefused,
    AddressRefused,
    DeviceError,
    EncryptionWanted,
    NotAPrinter,
    NotReached,
    OtherPrinter,
    PrinterBusy,
    ReplyLost,
    Stopped,
    Unreadable,
)
from printing.devices.ipp import transport
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.codec import Tag, attribute
from printing.devices.ipp.transport import Address, Body, Patience
from printing.devices.ipp.words import Operation
from tests.printing.certificates import certificate, fingerprint_of
from tests.printing.misbehaviours import (
    answers_http,
    answers_raw,
    drips,
    hangs,
    loses_request,
    refuses_early,
    stops_reading,
)
from tests.printing.scripted_printer import (
    ScriptedPrinter,
)

ASK = Operation.GET_PRINTER_ATTRIBUTES


@pytest.mark.parametrize(
    ("uri", "port", "path", "encrypted", "printer_uri"),
    [
        ("ipp://printer.local/ipp/print", 631, "/ipp/print", False, "ipp://printer.local:631/ipp/print"),
        ("ipps://printer.local/ipp/print", 631, "/ipp/print", True, "ipps://printer.local:631/ipp/print"),
        ("http://10.0.0.5:8080", 8080, "/", False, "ipp://10.0.0.5:8080/"),
        ("https://10.0.0.5/x", 443, "/x", True, "ipps://10.0.0.5:443/x"),
        ("ipp://[fe80::1]/ipp", 631, "/ipp", False, "ipp://[fe80::1]:631/ipp"),
    ],
)
def test_addresses(uri: str, port: int, path: str, encrypted: bool, printer_uri: str) -> None:
    address = Address.of(uri)
    assert (address.port, address.path, address.encrypted, address.printer_uri) == (port, path, encrypted, printer_uri)


@pytest.mark.parametrize(
    "uri",
    [
        "printer",
        "ftp://printer/",
        "ipp://",
        "ipp://a:99999/",
        "ipp://user:secret@printer/",
        "ipp://[::1/",
        "ipp://a/?q",
    ],
)
def test_what_is_no_address_is_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        Address.of(uri)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (answers_http(200), NotAPrinter),
        (answers_http(200, "application/ipp", b"<html>Sign in</html>"), Unreadable),
        (answers_http(302, Location="http://login.example/"), NotAPrinter),
        (answers_http(308, Location="https://printer.local/ipp/print"), EncryptionWanted),
        (answers_http(426), EncryptionWanted),
        (answers_http(401), AccessRefused),
        (answers_http(403), AccessRefused),
        (answers_http(404), NotAPrinter),
        (answers_http(500), Unreadable),
        (answers_http(503), PrinterBusy),
        (answers_raw(b"SSH-2.0-OpenSSH_9.2\r\n"), NotAPrinter),
        (answers_raw(b""), ReplyLost),
        (
            answers_raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: 500\r\n\r\n\x02\x00"),
            ReplyLost,
        ),
        (answers_raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n\x02\x00"), Unreadable),
        (loses_request(), ReplyLost),
    ],
)
def test_only_ipp_is_an_answer(
    printer: ScriptedPrinter, backend: IppBackend, behaviour: object, error: type[DeviceError]
) -> None:
    printer.next(ASK, behaviour)  # type: ignore[arg-type]
    with pytest.raises(error) as raised:
        backend.probe()
    assert type(raised.value) is error
    assert raised.value.said_by_printer is False


def test_nobody_at_the_address(printer: ScriptedPrinter, backend: IppBackend) -> None:
    printer.vanish()
    with pytest.raises(NotReached):
        backend.probe()


@pytest.mark.parametrize("host", ["no-such-printer.invalid", "a" * 70 + ".local"])
def test_a_name_that_nobody_has(host: str, hurried: Patience) -> None:
    with pytest.raises(NotReached):
        IppBackend(f"ipp://{host}/ipp/print", patience=hurried).probe()


@pytest.mark.parametrize("behaviour", [hangs, drips])
def test_silence_and_drips_end_with_our_patience(
    printer: ScriptedPrinter, hurried: Patience, behaviour: object
) -> None:
    printer.next(ASK, behaviour())  # type: ignore[operator]
    with pytest.raises(ReplyLost):
        IppBackend(printer.uri.replace("ipps:", "ipp:"), patience=hurried).probe()


@pytest.mark.parametrize("behaviour", [hangs, drips])
def test_a_waiting_call_can_be_stopped(printer: ScriptedPrinter, behaviour: object) -> None:
    patience = Patience(silence=60, total=60)
    printer.next(ASK, behaviour())  # type: ignore[operator]
    threading.Timer(0.1, patience.stop.set).start()
    with pytest.raises(Stopped) as stopped:
        IppBackend(printer.uri, patience=patience).probe()
    assert stopped.value.sent is True


def test_a_call_stopped_beforehand_sends_nothing(printer: ScriptedPrinter) -> None:
    patience = Patience()
    patience.stop.set()
    with pytest.raises(Stopped) as stopped:
        IppBackend(printer.uri, patience=patience).probe()
    assert stopped.value.sent is False
    assert printer.requests == []


def test_a_printer_that_refuses_without_reading_is_heard(printer: ScriptedPrinter, patience: Patience) -> None:
    """It answers "busy" after the first bytes and never takes the rest of the document."""
    printer.next(Operation.PRINT_JOB, refuses_early(0x0507))
    document = Body((b"x" * 50_000_000,), 50_000_000, document=True)
    with pytest.raises(PrinterBusy):
        IppClient(Address.of(printer.uri), patience).print_job([], [], document)


def test_a_printer_that_takes_nothing_is_given_up(printer: ScriptedPrinter, hurried: Patience) -> None:
    printer.next(Operation.PRINT_JOB, stops_reading())
    document = Body((b"x" * 50_000_000,), 50_000_000, document=True)
    with pytest.raises(ReplyLost):
        IppClient(Address.of(printer.uri), hurried).print_job([], [], document)


def test_a_document_of_unknown_length_goes_in_pieces(printer: ScriptedPrinter, patience: Patience) -> None:
    pieces = (bytes((number % 256,)) * number for number in range(300))
    IppClient(Address.of(printer.uri), patience).print_job([], [], Body(pieces, None, document=True))
    assert printer.jobs[1].document == b"".join(bytes((number % 256,)) * number for number in range(300))


def test_a_document_that_breaks_on_our_side_is_an_unknown_end(printer: ScriptedPrinter, patience: Patience) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"%PDF"
        raise BrokenPipeError("the worker that draws pages died")

    with pytest.raises(ReplyLost) as lost:
        IppClient(Address.of(printer.uri), patience).print_job([], [], Body(breaks(), None, document=True))
    assert isinstance(lost.value.__cause__, BrokenPipeError)


def test_an_endless_answer_is_cut(
    printer: ScriptedPrinter, backend: IppBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER", 1000)
    printer.next(ASK, answers_http(200, "application/ipp", b"\x02" * 5000))
    with pytest.raises(Unreadable):
        backend.probe()


def test_a_long_answer_is_read_whole(printer: ScriptedPrinter, backend: IppBackend) -> None:
    """Some printers list thousands of media; the answer comes in many pieces."""
    media = tuple(f"custom_{number}_100x{number}mm" for number in range(1, 20_001))
    printer.attributes["media-supported"] = attribute("media-supported", Tag.KEYWORD, *media)
    assert backend.probe().media == media


def test_no_call_runs_on_the_screens_thread(backend: IppBackend) -> None:
    with screen_thread(), pytest.raises(BlocksScreen):
        backend.probe()


@pytest.fixture
def talker() -> Iterator[tuple[str, list[bytes]]]:
    """A socket that reads a request and says the given bytes."""
    says: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                while b"\r\n\r\n" not in connection.recv(65536):
                    pass
                connection.sendall(says[0])

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"ipp://127.0.0.1:{listener.getsockname()[1]}/ipp/print", says
    finally:
        done.set()
        thread.join()
        listener.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda rest: b"HTTP/1.1 200 OK\r\n" + rest),
        st.binary(max_size=200).map(lambda rest: b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n" + rest),
        st.binary(max_size=200).map(
            lambda rest: (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nTransfer-Encoding: chunked\r\n\r\n" + rest
            )
        ),
    )
)
def test_whatever_answers_ends_in_one_of_our_errors(talker: tuple[str, list[bytes]], says: bytes) -> None:
    uri, spoken = talker
    spoken[:] = [says]
    with pytest.raises(DeviceError):
        IppClient(Address.of(uri), Patience(silence=2, total=2)).printer_attributes()


# -- encrypted ----------------------------------------------------------------------------------------------------


@pytest.fixture
def encrypted(printer: ScriptedPrinter, tmp_path: Path) -> tuple[ScriptedPrinter, str, str]:
    """The printer behind a certificate of its own making; with its ipps address and the certificate's fingerprint."""
    file = certificate(tmp_path, "printer")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    printer.encrypt(context)
    return printer, printer.uri, fingerprint_of(file)


def test_a_self_signed_and_long_expired_certificate_is_remembered_not_judged(
    encrypted: tuple[ScriptedPrinter, str, str], patience: Patience
) -> None:
    printer, uri, fingerprint = encrypted
    assert IppBackend(uri, patience=patience).probe().fingerprint == fingerprint
    assert IppBackend(uri, patience=patience, pin=fingerprint).probe().name == "Кеңсе принтері"
    assert printer.requests[0].groups[0].text("printer-uri") == uri


def test_another_certificate_than_the_remembered_one_is_told(
    encrypted: tuple[ScriptedPrinter, str, str], patience: Patience
) -> None:
    printer, uri, _ = encrypted
    with pytest.raises(OtherPrinter):
        IppBackend(uri, patience=patience, pin="0" * 64).probe()
    assert printer.requests == []


def test_an_encrypted_printer_takes_large_documents(
    encrypted: tuple[ScriptedPrinter, str, str], patience: Patience
) -> None:
    printer, uri, _ = encrypted
    content = bytes(range(256)) * 20_000
    IppClient(Address.of(uri), patience).print_job([], [], Body((content,), len(content), document=True))
    assert printer.jobs[1].document == content


def test_speaking_plainly_to_an_encrypted_door_is_no_printer(
    encrypted: tuple[ScriptedPrinter, str, str], hurried: Patience
) -> None:
    printer, _, _ = encrypted
    with pytest.raises((NotAPrinter, ReplyLost)):
        IppBackend(printer.uri.replace("ipps:", "ipp:"), patience=hurried).probe()


def test_the_patience_is_counted_on_a_clock_that_only_grows(
    printer: ScriptedPrinter, backend: IppBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody sets the PC's clock back by a year while we wait."""
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert backend.probe().name == "Кеңсе принтері"
