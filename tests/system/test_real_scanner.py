"""Scanning for real: SANE's own test device, and SANE's driverless backend as a second reader of our scripted scanner.

`sane-airscan` knows eSCL from somebody else's hand: that it scans from the scripted scanner says that this is one.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from printing.scanning import sane
from printing.scanning.device import Area, Order
from printing.scanning.errors import (
    FeederEmpty,
    FeederJam,
    ScanLost,
    ScannerAccess,
    ScannerBusy,
    ScannerOffline,
    ScannerOpen,
)
from printing.scanning.sane import SaneScanner
from tests.printing.scanning.scripted_scanner import ScriptedScanner, paper  # type: ignore[import-not-found]

pytestmark = pytest.mark.real


def configured(folder: Path, monkeypatch: pytest.MonkeyPatch, backend: str, **files: str) -> None:
    """Let SANE know one backend alone, so that no test looks for scanners on this machine's network."""
    (folder / "dll.conf").write_text(f"{backend}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SaneScanner:
    configured(tmp_path, monkeypatch, "test")
    (tmp_path / "session").mkdir()
    return SaneScanner(sane.uri_of("test:0"), folder=tmp_path / "session")


def size(data: bytes) -> tuple[int, int, str]:
    with Image.open(io.BytesIO(data)) as picture:
        return *picture.size, picture.mode


def test_the_test_device_is_found_and_says_what_it_can(device: SaneScanner) -> None:
    assert sane.uri_of("test:0") in [found.uri for found in sane.devices()]
    able = device.probe()
    assert able.glass is not None
    assert able.feeder is not None
    assert (able.glass.width, able.glass.dpis, able.glass.colour, able.both_sides) == (
        200.0, (75, 100, 150, 200, 300, 600), True, False,
    )  # fmt: skip


def test_a_part_of_its_glass_in_grey_and_in_colour(device: SaneScanner) -> None:
    (grey,) = device.scan(Order(dpi=100, area=Area(10, 10, 85.6, 54)))
    (colour,) = device.scan(Order(dpi=100, colour=True, area=Area(0, 0, 50, 50)))
    # The device takes whole millimetres.
    assert size(grey.data) == (pytest.approx(86 / 25.4 * 100, abs=2), pytest.approx(54 / 25.4 * 100, abs=2), "L")
    assert size(colour.data)[2] == "RGB"


def test_all_ten_sheets_of_its_feeder_and_then_none(device: SaneScanner, tmp_path: Path) -> None:
    assert len(list(device.scan(Order("feeder", dpi=75)))) == 10
    assert list((tmp_path / "session").iterdir()) == []


def test_leaving_in_the_middle_of_the_feeder(device: SaneScanner, tmp_path: Path) -> None:
    pages = device.scan(Order("feeder", dpi=75))
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert list((tmp_path / "session").iterdir()) == []


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("SANE_STATUS_NO_DOCS", FeederEmpty),
        ("SANE_STATUS_JAMMED", FeederJam),
        ("SANE_STATUS_COVER_OPEN", ScannerOpen),
        ("SANE_STATUS_DEVICE_BUSY", ScannerBusy),
        ("SANE_STATUS_IO_ERROR", ScanLost),
        ("SANE_STATUS_ACCESS_DENIED", ScannerAccess),
    ],
)
def test_what_it_reports_is_understood(device: SaneScanner, status: str, error: type[Exception]) -> None:
    call = device._run

    def failing(arguments: list[str], seconds: float = 10.0) -> bytes:
        more = [] if "--help" in arguments else [f"--read-return-value={status}"]
        try:
            return call([*more, *arguments], seconds)
        except ScannerOffline:  # SANE's own test device has been seen to hang, once in some hundred failing reads
            return call([*more, *arguments], seconds)

    device._run = failing  # type: ignore[method-assign]
    with pytest.raises(error):
        list(device.scan(Order(dpi=75, area=Area(0, 0, 20, 20))))


def test_a_device_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configured(tmp_path, monkeypatch, "test")
    with pytest.raises(ScannerOffline):
        SaneScanner(sane.uri_of("epson2:libusb:001:002"), folder=tmp_path).probe()


def test_the_driverless_backend_of_sane_scans_from_the_scripted_scanner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedScanner(glass=paper("glass"), feeder=[paper("one"), paper("two")]) as scanner:
        scanner.location = "{path}"
        configured(
            tmp_path, monkeypatch, "airscan",
            airscan=f'[devices]\nScripted = {scanner.uri}, eSCL\n[options]\ndiscovery = disable\nws-discovery = off\n',
        )  # fmt: skip
        (tmp_path / "session").mkdir()
        device = SaneScanner(sane.uri_of("airscan:e0:Scripted"), folder=tmp_path / "session")
        able = device.probe()
        assert (able.glass is not None, able.feeder is not None, able.both_sides) == (True, True, True)
        (page,) = device.scan(Order(dpi=100))
        assert size(page.data) == (pytest.approx(827, abs=2), pytest.approx(1169, abs=2), "L")
        assert len(list(device.scan(Order("feeder", dpi=75, colour=True)))) == 2
        assert scanner.orders[-1]["InputSource"] == "Feeder"


def test_the_command_scans_into_a_pdf(tmp_path: Path) -> None:
    with ScriptedScanner(feeder=[paper("one"), paper("two")]) as scanner:
        file = tmp_path / "scan.pdf"
        call = ["print", "scan", "--scanner", scanner.uri, "--to", str(file), "--source", "feeder", "--json"]
        ended = subprocess.run(
            [sys.executable, "-m", "akimat_desk.shell.command_line", *call],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["pages"], told["bytes"]) == (2, file.stat().st_size)
    with pikepdf.open(file) as pdf:
        assert [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in pdf.pages] == [
            [210, 297]
        ] * 2
