"""Scanners are found by multicast DNS, and by what staff type."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from printing.scanning import errors
from printing.scanning.discovery import FoundScanner, Heard
from printing.scanning.opening import candidates, open_scanner, probe_typed
from tests.printing.devices.test_discovery import packet

from .scripted_scanner import ScriptedScanner, says  # type: ignore[import-not-found]

NAME = "Scan\\032of\\032the\\032hall"
TEXT = '"txtvers=1" "rs=eSCL" "ty=HP LaserJet MFP" "note=Hall" "is=adf,platen" "pdl=image/jpeg,application/pdf"'


def announced(service: str, port: int, text: str = TEXT) -> bytes:
    instance = f"{NAME}.{service}"
    return packet(
        (service, "PTR", instance),
        (instance, "SRV", f"0 0 {port} hp.local."),
        (instance, "TXT", text),
        ("hp.local.", "A", "192.168.1.50"),
    )


def test_the_encrypted_way_and_the_plain_one_are_one_scanner() -> None:
    heard = Heard()
    heard.take(announced("_uscan._tcp.local.", 8080), "192.168.1.50")
    heard.take(announced("_uscans._tcp.local.", 443), "192.168.1.50")
    assert heard.scanners() == [
        FoundScanner(
            "Scan of the hall",
            "https://192.168.1.50:443/eSCL",
            "HP LaserJet MFP",
            "Hall",
            "http://192.168.1.50:8080/eSCL",
        )
    ]


def test_a_path_of_its_own_and_strangers() -> None:
    heard = Heard()
    heard.take(announced("_uscan._tcp.local.", 80, '"rs=/scan/my eSCL/"'), "192.168.1.50")
    heard.take(announced("_ipp._tcp.local.", 631), "192.168.1.50")
    heard.take(b"nonsense", "192.168.1.66")
    assert [found.uri for found in heard.scanners()] == ["http://192.168.1.50:80/scan/my%20eSCL"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" 10.0.0.5 ", ("http://10.0.0.5:8080/eSCL", "http://10.0.0.5/eSCL", "https://10.0.0.5/eSCL")),
        ("10.0.0.5:9095", ("http://10.0.0.5:9095/eSCL", "https://10.0.0.5:9095/eSCL")),
        ("https://scan.local", ("https://scan.local/eSCL",)),
        ("http://scan.local:80/my/eSCL", ("http://scan.local:80/my/eSCL",)),
        ("http://[fe80::1]:80/eSCL", ("http://[fe80::1]:80/eSCL",)),
        (
            "ipp://hall.local/ipp/print",
            ("http://hall.local:8080/eSCL", "http://hall.local/eSCL", "https://hall.local/eSCL"),
        ),
        ("sane:///brother4%3Abus1", ("sane:///brother4%3Abus1",)),
        ("scan-folder:///a/b", ("scan-folder:///a/b",)),
    ],
)
def test_what_is_typed_is_understood(typed: str, meant: tuple[str, ...]) -> None:
    assert candidates(typed) == meant


@pytest.mark.parametrize("typed", ["", "192.168.1", "USB001", "ftp://a/b", "a b"])
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(errors.ScannerAddress):
        candidates(typed)


def test_a_typed_scanner_is_asked_what_it_can(tmp_path: Path) -> None:
    with ScriptedScanner() as scanner:
        uri, able = probe_typed(scanner.uri.removeprefix("http://").removesuffix("/eSCL"), room=tmp_path)
        assert (uri, able.model) == (scanner.uri, "Скан 100")
        scanner.next("capabilities", says(403))
        with pytest.raises(errors.ScannerAccess):
            probe_typed(scanner.uri, room=tmp_path)


def test_where_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(errors.ScannerOffline):
            probe_typed(f"127.0.0.1:{taken.getsockname()[1]}", room=tmp_path)


def test_every_way_is_opened(tmp_path: Path) -> None:
    kinds = [
        type(open_scanner(uri, room=tmp_path)).__name__ for uri in ("https://a/eSCL", "sane:///x", "scan-folder:///x")
    ]
    assert kinds == ["EsclScanner", "SaneScanner", "FolderScanner"]
    with pytest.raises(errors.ScannerAddress):
        open_scanner("gopher://a", room=tmp_path)
