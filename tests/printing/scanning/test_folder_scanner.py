"""The scanner of the demo village: a folder of pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from printing.scanning import errors
from printing.scanning.device import Area, Order
from printing.scanning.folder import FolderScanner


def scanner(folder: Path, *names: str) -> FolderScanner:
    for number, name in enumerate(names):
        Image.new("RGB", (420, 594), (255, 60 * number, 0)).save(folder / name)
    return FolderScanner(folder.as_uri().replace("file:", "scan-folder:"))


def test_the_first_picture_lies_on_the_glass_and_all_in_the_feeder(tmp_path: Path) -> None:
    device = scanner(tmp_path, "a.png", "b.png", "c.png")
    assert device.probe().feeder is not None
    (page,) = device.scan(Order(colour=True, dpi=100, area=Area(10, 10, 105, 50)))
    with Image.open(io.BytesIO(page.data)) as picture:
        assert (picture.size, picture.mode) == ((413, 197), "RGB")
    assert len(list(device.scan(Order("feeder", dpi=75)))) == 3


def test_one_picture_makes_no_feeder_and_none_no_scanner(tmp_path: Path) -> None:
    with pytest.raises(errors.ScannerOffline):
        scanner(tmp_path).probe()
    device = scanner(tmp_path, "a.png")
    assert device.probe().feeder is None
    with pytest.raises(errors.FeederEmpty):
        list(device.scan(Order("feeder")))
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(errors.ScanUnreadable):
        list(device.scan(Order()))
    with pytest.raises(errors.ScannerOffline):
        FolderScanner("scan-folder:///nowhere").probe()
