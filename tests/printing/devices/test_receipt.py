"""Receipts: the picture that was given comes out dot for dot, is cut, and a broken connection is told apart."""

from __future__ import annotations

import errno
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from akimat_desk.base.threads import BlocksScreen, screen_thread
from printing.devices.backend import Submitted, Unknown
from printing.devices.errors import AddressRefused, DeviceMisuse, NotReached
from printing.devices.lines import FileLine, NetworkLine, open_line
from printing.devices.receipt import WIDTHS, receipt_bytes
from tests.printing.decoders import decode_receipt

RESET, FEED, CUT = b"\x1b@", b"\x1bd\x06", b"\x1dV\x00"


def picture(width: int, height: int) -> Image.Image:
    drawn = Image.new("1", (width, height), 1)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, width - 1, height - 1), outline=0)
    pen.line((0, 0, width, height), fill=0, width=7)
    return drawn


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("height", [1, 255, 256, 257, 926])
def test_every_dot_comes_out(width: int, height: int) -> None:
    printed, others = decode_receipt(receipt_bytes(picture(width, height)))
    assert (np.asarray(printed) == np.asarray(picture(width, height))).all()
    assert others == RESET + FEED + CUT


def test_a_receipt_need_not_be_cut() -> None:
    assert decode_receipt(receipt_bytes(picture(384, 40), cut=False))[1] == RESET


@pytest.mark.parametrize("wrong", [Image.new("1", (500, 10)), Image.new("L", (384, 10)), Image.new("1", (384, 0))])
def test_other_pictures_are_our_own_mistake(wrong: Image.Image) -> None:
    with pytest.raises(DeviceMisuse):
        receipt_bytes(wrong)


def test_the_library_leaves_no_trace(tmp_path: Path) -> None:
    """By itself python-escpos leaves a folder in the temporary files at each start and a handler on the root logger."""
    code = (
        "import logging; from PIL import Image; from printing.devices.receipt import receipt_bytes;"
        "receipt_bytes(Image.new('1', (576, 8))); assert logging.root.handlers == []"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_no_warning_is_logged_for_a_picture(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        receipt_bytes(picture(576, 100))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


# -- network ------------------------------------------------------------------------------------------------------


class Receiver:
    """A printer's socket. It keeps what it reads: all of it, or `reads` bytes, after which it breaks off."""

    def __init__(self, reads: int | None = None, says: bytes = b"", *, waits: bool = False) -> None:
        self.kept = b""
        self.released = threading.Event()
        self._reads, self._says, self._waits = reads, says, waits
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.sendall(self._says)
            if self._waits:
                self.released.wait(30)
                return
            while self._reads is None or len(self.kept) < self._reads:
                piece = connection.recv(1024)
                if not piece:
                    return
                self.kept += piece


@pytest.fixture
def receipt() -> bytes:
    return receipt_bytes(picture(576, 900))


def test_a_receipt_reaches_a_printer_on_the_network(receipt: bytes) -> None:
    with Receiver() as receiver:
        printer = open_line(f"socket://127.0.0.1:{receiver.port}")
        assert printer.send(receipt) == Submitted(f"127.0.0.1:{receiver.port}")
    assert receiver.kept == receipt


def test_what_a_printer_says_back_does_not_spoil_the_receipt(receipt: bytes) -> None:
    """Automatic status: closing over unread bytes would reset the connection and lose what is not printed yet."""
    with Receiver(says=b"\x10\x00\x00\x00" * 1000) as receiver:
        assert isinstance(NetworkLine("127.0.0.1", receiver.port).send(receipt), Submitted)
    assert receiver.kept == receipt


def test_a_printer_that_is_off_took_nothing(receipt: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotReached):
        NetworkLine("127.0.0.1", port).send(receipt)


def test_a_connection_lost_midway_is_unknown() -> None:
    with Receiver(reads=4096) as receiver:
        end = NetworkLine("127.0.0.1", receiver.port).send(bytes(30_000_000))
    assert end == Unknown(may_have_printed=True)


def test_a_printer_that_takes_nothing_does_not_hold_us() -> None:
    """Out of paper: it stops reading. The ticket is stored; a person looks."""
    with Receiver(waits=True) as receiver:
        end = NetworkLine("127.0.0.1", receiver.port, stall_s=0.2).send(bytes(30_000_000))
    assert end == Unknown(may_have_printed=True)


# -- files --------------------------------------------------------------------------------------------------------


def test_receipts_go_one_behind_another_into_a_file(tmp_path: Path, receipt: bytes) -> None:
    file = tmp_path / "receipts.bin"
    printer = open_line(file.as_uri())
    assert printer.send(receipt) == Submitted(str(file))
    printer.send(receipt)
    assert file.read_bytes() == receipt * 2


def test_a_missing_device_took_nothing(tmp_path: Path, receipt: bytes) -> None:
    with pytest.raises(NotReached):
        FileLine(tmp_path / "no" / "lp0").send(receipt)
    with pytest.raises(NotReached):
        FileLine(Path("/dev/usb/lp77")).send(receipt)


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A device that takes 64 KiB and then waits for its paper."""
    if os.name != "posix":
        pytest.skip("named pipes of this kind are Linux's")
    file = tmp_path / "lp0"
    os.mkfifo(file)
    reader = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    yield file, reader
    os.close(reader)


def test_a_device_that_stands_still_midway_is_unknown(pipe: tuple[Path, int]) -> None:
    file, _ = pipe
    assert FileLine(file, stall_s=0.2).send(bytes(1_000_000)) == Unknown(may_have_printed=True)


def test_a_device_that_takes_in_turns_gets_all(pipe: tuple[Path, int]) -> None:
    file, reader = pipe
    kept = bytearray()

    def read() -> None:
        os.set_blocking(reader, True)
        while len(kept) < 300_000:
            kept.extend(os.read(reader, 1000))

    thread = threading.Thread(target=read)
    thread.start()
    assert FileLine(file).send(b"r" * 300_000) == Submitted(str(file))
    thread.join()
    assert bytes(kept) == b"r" * 300_000


def test_a_device_that_fails_at_once_took_nothing(
    tmp_path: Path, receipt: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int, data: bytes) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(NotReached):
        FileLine(tmp_path / "lp0").send(receipt)


def test_no_receipt_is_sent_on_the_screens_thread(receipt: bytes, tmp_path: Path) -> None:
    for printer in (NetworkLine("127.0.0.1", 9), FileLine(tmp_path / "lp0")):
        with screen_thread(), pytest.raises(BlocksScreen):
            printer.send(receipt)


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("socket://192.168.1.60", NetworkLine),
        ("socket://192.168.1.60:9101/", NetworkLine),
        ("file:///dev/usb/lp0", FileLine),
    ],
)
def test_addresses_of_receipt_printers(uri: str, kind: type) -> None:
    assert isinstance(open_line(uri), kind)


@pytest.mark.parametrize("uri", ["", "192.168.1.60", "socket://", "socket://a:b", "file://server/x", "ipp://printer/"])
def test_other_addresses_are_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        open_line(uri)
