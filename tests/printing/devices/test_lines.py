"""Serial ports and USB: the bytes arrive, and the three endings are told apart there too."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import usb.core
import usb.util

from printing.devices.backend import Submitted, Unknown
from printing.devices.errors import AddressRefused, NotReached
from printing.devices.lines import SerialLine, UsbLine, open_line

RECEIPT = bytes(range(256)) * 40


@pytest.fixture
def cable() -> Iterator[tuple[str, int]]:
    """A serial cable with its two ends: the name of ours, the descriptor of the printer's."""
    if sys.platform == "win32":
        pytest.skip("pairs of serial ports are a thing of Unix")
    import pty
    import tty

    far, near = pty.openpty()
    tty.setraw(near)
    yield os.ttyname(near), far
    for end in {far, near}:
        os.close(end)


def test_a_receipt_reaches_a_printer_on_a_serial_port(cable: tuple[str, int]) -> None:
    name, far = cable
    kept = bytearray()

    def read() -> None:
        while len(kept) < len(RECEIPT):
            kept.extend(os.read(far, 4096))

    reader = threading.Thread(target=read)
    reader.start()
    line = open_line(f"serial://{name}?baud=115200")
    assert line.send(RECEIPT) == Submitted(name)
    reader.join()
    assert bytes(kept) == RECEIPT


def test_a_printer_that_takes_nothing_is_unknown_once_it_took_some(cable: tuple[str, int]) -> None:
    assert SerialLine(cable[0], 115200, stall_s=0.2).send(bytes(1_000_000)) == Unknown(may_have_printed=True)


def test_no_port_took_nothing() -> None:
    with pytest.raises(NotReached):
        SerialLine("/dev/ttyUSB77").send(RECEIPT)


@pytest.mark.parametrize(
    "uri", ["serial://", "serial:///dev/ttyS0?baud=7", "serial:///dev/ttyS0?baud=x", "usb://printer", "usb://1:2:3"]
)
def test_other_addresses_are_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        open_line(uri)


def test_a_port_of_windows_has_no_folder() -> None:
    line = open_line("serial:///COM3?baud=19200")
    assert isinstance(line, SerialLine)
    assert (line._port, line._baud) == ("COM3", 19200)


# -- USB: libusb's answers are laid out, no device is here ----------------------------------------------------------


@dataclass
class FakeEndpoint:
    bEndpointAddress: int  # noqa: N815  # as pyusb names it
    takes: int = 10**9
    kept: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes, timeout: int) -> int:
        if len(self.kept) >= self.takes:
            raise usb.core.USBTimeoutError("timed out")
        self.kept += data[:64]
        return len(data[:64])


@dataclass
class FakeInterface:
    bInterfaceClass: int  # noqa: N815
    endpoints: list[FakeEndpoint]
    bInterfaceNumber: int = 0  # noqa: N815

    def __iter__(self) -> Iterator[FakeEndpoint]:
        return iter(self.endpoints)


@dataclass
class FakeDevice:
    interfaces: list[FakeInterface]
    detached: list[int] = field(default_factory=list)

    def get_active_configuration(self) -> list[FakeInterface]:
        return self.interfaces

    def is_kernel_driver_active(self, number: int) -> bool:
        return True

    def detach_kernel_driver(self, number: int) -> None:
        self.detached.append(number)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is on the USB: the device of the ids asked for, or nothing."""
    found: list[Any] = []
    monkeypatch.setattr(usb.core, "find", lambda **ids: found[0] if found else None)
    monkeypatch.setattr(usb.util, "dispose_resources", lambda device: None)
    return found


def test_a_receipt_reaches_a_printer_on_usb(plugged: list[Any]) -> None:
    way_in = FakeEndpoint(0x02)
    device = FakeDevice([FakeInterface(3, [FakeEndpoint(0x01)]), FakeInterface(7, [FakeEndpoint(0x81), way_in], 1)])
    plugged.append(device)
    assert open_line("usb://04b8:0e15").send(RECEIPT) == Submitted("usb://04b8:0e15")
    assert (bytes(way_in.kept), device.detached) == (RECEIPT, [1])


def test_usb_that_stands_still_is_unknown_only_when_something_left(plugged: list[Any]) -> None:
    for takes, ending in ((128, Unknown(may_have_printed=True)), (0, None)):
        plugged[:] = [FakeDevice([FakeInterface(7, [FakeEndpoint(0x02, takes)])])]
        line = UsbLine(0x04B8, 0x0E15, stall_s=0.0)
        if ending is None:
            with pytest.raises(NotReached):
                line.send(RECEIPT)
        else:
            assert line.send(RECEIPT) == ending


def test_a_printer_that_is_not_plugged_in_took_nothing(plugged: list[Any]) -> None:
    with pytest.raises(NotReached):
        UsbLine(0x04B8, 0x0E15).send(RECEIPT)
    plugged.append(FakeDevice([FakeInterface(8, [FakeEndpoint(0x02)])]))  # a stick is no printer
    with pytest.raises(NotReached):
        UsbLine(0x04B8, 0x0E15).send(RECEIPT)
