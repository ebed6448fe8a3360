"""eSCL as it is spoken, and everything that can go wrong between a lamp and a picture."""

from __future__ import annotations

import hashlib
import io
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from printing.scanning import errors
from printing.scanning.device import Area, Order, Scanned
from printing.scanning.escl.client import EsclScanner, Waits

from .scripted_scanner import (  # type: ignore[import-not-found]
    ScriptedScanner,
    breaks_off,
    busy,
    hangs,
    lies_about_length,
    never_ends,
    paper,
    says,
    stands,
    starts_anew,
)

QUICK = Waits(busy=0.3, picture=0.6, pause=0.01)
FEEDER = Order("feeder", dpi=75)
GLASS = Order(dpi=75)


@pytest.fixture
def scanner() -> Iterator[ScriptedScanner]:
    with ScriptedScanner(glass=paper("glass"), feeder=[paper("one"), paper("two")]) as scanner:
        yield scanner


def client(scanner: ScriptedScanner, **more: object) -> EsclScanner:
    return EsclScanner(scanner.uri, waits=QUICK, **more)  # type: ignore[arg-type]


def scanned(scanner: ScriptedScanner, order: Order = GLASS) -> list[Scanned]:
    return list(client(scanner).scan(order))


def gather(client: EsclScanner, pages: list[Scanned]) -> None:
    """Everything out of the feeder, kept as it comes."""
    for page in client.scan(FEEDER):
        pages.append(page)


def size(picture: Scanned) -> tuple[int, int, str]:
    with Image.open(io.BytesIO(picture.data)) as image:
        return *image.size, image.mode


def test_it_says_what_it_can(scanner: ScriptedScanner) -> None:
    able = client(scanner).probe()
    assert (able.model, able.both_sides, able.fingerprint) == ("Скан 100", True, "")
    assert able.glass == able.feeder
    assert able.glass is not None
    assert (able.glass.dpis, able.glass.colour, able.glass.grey) == ((75, 100, 300), True, True)
    assert (round(able.glass.width, 1), round(able.glass.height, 1)) == (215.9, 297.0)


def test_the_area_of_the_glass_in_the_sharpness_and_colour_that_was_asked_for(scanner: ScriptedScanner) -> None:
    (grey,) = scanned(scanner, Order(dpi=75, area=Area(10, 20, 85.6, 54)))
    (colour,) = scanned(scanner, Order(dpi=90, colour=True))
    assert (size(grey), grey.dpi) == ((253, 160, "L"), 75)
    assert (size(colour), colour.dpi) == ((827, 1169, "RGB"), 100)
    assert scanner.orders[0] | {"XOffset": "118", "YOffset": "236", "InputSource": "Platen"} == scanner.orders[0]
    assert scanner.deleted == ["/eSCL/ScanJobs/1", "/eSCL/ScanJobs/2"]
    assert scanner.asked.count("document") == 2  # the glass has one paper: it is not asked for another


def test_all_sheets_of_the_feeder_one_after_another(scanner: ScriptedScanner) -> None:
    pages = scanned(scanner, Order("feeder", dpi=75, both_sides=True))
    assert [page.data for page in pages] == scanner.sent
    assert len(pages) == 2
    assert scanner.orders[0]["Duplex"] == "true"
    assert scanner.deleted == ["/eSCL/ScanJobs/1"]


def test_leaving_early_frees_the_scanner(scanner: ScriptedScanner) -> None:
    pages = client(scanner).scan(FEEDER)
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert (scanner.deleted, scanner.jobs) == (["/eSCL/ScanJobs/1"], {})


def test_a_busy_scanner_is_waited_for_and_then_told_about(scanner: ScriptedScanner) -> None:
    scanner.next("jobs", busy(), busy(0))
    scanner.next("document", busy(), busy())
    assert len(scanned(scanner)) == 1
    scanner.state = "Processing"
    scanner.next("jobs", *[busy()] * 100)
    with pytest.raises(errors.ScannerBusy):
        scanned(scanner)


@pytest.mark.parametrize(
    ("step", "trouble", "error"),
    [
        ("jobs", stands("ScannerAdfEmpty"), errors.FeederEmpty),
        ("jobs", stands("ScannerAdfJam"), errors.FeederJam),
        ("jobs", stands("ScannerAdfHatchOpen", status=503), errors.ScannerOpen),
        ("jobs", stands(state="Stopped", status=503), errors.ScannerFault),
        ("jobs", says(409), errors.FeederEmpty),
        ("jobs", says(400), errors.ScanImpossible),
        ("jobs", says(401), errors.ScannerAccess),
        ("jobs", says(500), errors.ScannerFault),
        ("jobs", says(201), errors.ScanUnreadable),
        ("document", stands("ScannerAdfJam"), errors.FeederJam),
        ("document", stands("ScannerAdfMispick", status=404), errors.FeederJam),
        ("document", stands("ScannerAdfHatchOpen", status=410), errors.ScannerOpen),
        ("document", stands(reasons=("AdfJam",)), errors.FeederJam),
        ("document", stands(reasons=("CoverOpen",), status=404), errors.ScannerOpen),
        ("document", stands(state="Down"), errors.ScannerFault),
        ("document", says(409), errors.ScannerFault),
        ("document", says(410), errors.ScanLost),
        ("document", breaks_off(), errors.ScanLost),
        ("document", breaks_off(0), errors.ScanLost),
        ("document", lies_about_length(0.5), errors.ScanLost),
        ("document", lies_about_length(2.0), errors.ScanLost),
        ("document", starts_anew(404), errors.ScanLost),
        ("document", starts_anew(410), errors.ScanLost),
        ("document", says(200, b"<html>Sign in</html>", "text/html"), errors.ScanUnreadable),
        ("document", says(200, b"%PDF-1.7 ...", "application/pdf"), errors.ScanUnreadable),
        ("document", says(200, b"", "image/jpeg"), errors.ScanUnreadable),
        ("document", says(200, bytes(5000), "image/jpeg"), errors.ScanUnreadable),
        ("document", never_ends(says_how_long=True), errors.ScanTooLarge),
        ("document", hangs(), errors.ScannerOffline),
    ],
)
def test_every_trouble_has_its_sentence_and_the_pages_before_it_are_kept(
    scanner: ScriptedScanner, step: str, trouble: object, error: type[errors.ScanError]
) -> None:
    if step == "document":
        scanner.next("document", lambda _: False)  # the first sheet comes as it should
    scanner.next(step, trouble)
    pages: list[Scanned] = []
    with pytest.raises(error):
        gather(client(scanner), pages)
    assert [page.data for page in pages] == scanner.sent
    assert len(pages) == (step == "document")
    assert len(scanner.deleted) == len(pages)


def test_a_picture_without_an_end_is_cut_off(scanner: ScriptedScanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.scanning.escl.client.MOST_BYTES", 3 << 20)
    scanner.next("document", never_ends())
    with pytest.raises(errors.ScanTooLarge):
        scanned(scanner)


def test_sheets_that_stay_in_the_feeder_of_a_restarted_scanner_are_told_about(scanner: ScriptedScanner) -> None:
    scanner.feeder.append(paper("three"))
    pages: list[Scanned] = []
    scanner.next("document", lambda _: False, lambda _: False, starts_anew(404))
    with pytest.raises(errors.ScanLost):
        gather(client(scanner), pages)
    assert len(pages) == 2


def test_an_empty_feeder_is_no_job(scanner: ScriptedScanner) -> None:
    scanner.feeder.clear()
    with pytest.raises(errors.FeederEmpty):
        scanned(scanner, FEEDER)
    assert scanner.deleted == []


def test_a_stop_ends_every_wait_and_frees_the_scanner(scanner: ScriptedScanner) -> None:
    stop = threading.Event()
    scanner.next("document", lambda _: stop.set() or hangs()(_))  # type: ignore[func-returns-value]
    with pytest.raises(errors.ScanStopped):
        list(client(scanner, stop=stop).scan(GLASS))
    assert scanner.deleted == ["/eSCL/ScanJobs/1"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(404), errors.NotAScanner),
        (says(200, b"<html></html>", "text/html"), errors.NotAScanner),
        (says(200, b"<a><b></a>"), errors.ScanUnreadable),
        (says(200, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), errors.ScanUnreadable),
        (says(200, b"<a>" * 60 + b"</a>" * 60), errors.ScanUnreadable),
        (says(200, b"<a>" + b"<b/>" * 30_000 + b"</a>"), errors.ScanUnreadable),
        (says(200, b"<ScannerCapabilities/>"), errors.NotAScanner),
        (says(200, bytes(600 * 1024)), errors.ScanTooLarge),
        (says(503), errors.ScannerBusy),
        (says(403), errors.ScannerAccess),
    ],
)
def test_whatever_answers_in_its_place(scanner: ScriptedScanner, answer: object, error: type[Exception]) -> None:
    scanner.next("capabilities", answer)
    with pytest.raises(error):
        client(scanner).probe()


def test_nobody_there() -> None:
    with ScriptedScanner() as scanner:
        gone = client(scanner)
    with pytest.raises(errors.ScannerOffline):
        gone.probe()


@pytest.mark.parametrize(
    "uri", ["ipp://10.0.0.5/eSCL", "http://", "http://a:99999/eSCL", "http://a@b/eSCL", "10.0.0.5"]
)
def test_addresses_that_are_none(uri: str) -> None:
    with pytest.raises(errors.ScannerAddress):
        EsclScanner(uri)


def test_the_certificate_that_was_remembered_keeps_an_impostor_out(certificate: tuple[ssl.SSLContext, str]) -> None:
    context, mark = certificate
    with ScriptedScanner(tls=context) as scanner:
        assert client(scanner).probe().fingerprint == mark
        assert len(list(client(scanner, pin=mark).scan(GLASS))) == 1
        with pytest.raises(errors.NotAScanner):
            client(scanner, pin="0" * 64).probe()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """A certificate of the scanner's own making, and its fingerprint."""
    return self_signed(tmp_path_factory.mktemp("certificate") / "scanner.pem")


def self_signed(file: Path) -> tuple[ssl.SSLContext, str]:
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "scanner")])
    unsigned = x509.CertificateBuilder(
        name, name, key.public_key(), 1, datetime(2014, 1, 1, tzinfo=UTC), datetime(2015, 1, 1, tzinfo=UTC)
    )
    signed = unsigned.sign(key, hashes.SHA256())
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, hashlib.sha256(signed.public_bytes(serialization.Encoding.DER)).hexdigest()
