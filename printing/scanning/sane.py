"""Scanners on a cable, by SANE: its program `scanimage` is asked, where it is installed.

A program of its own, so a driver that crashes or hangs takes nothing with it. A sheet of the glass comes through a
pipe. Sheets of the feeder come as files, because one call of the program draws them all: each is read and destroyed as
soon as it is whole, in a folder that is thrown away.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from akimat_desk.base.threads import must_not_block
from akimat_desk.people.erasing import erase_folder
from printing.scanning.device import MOST_BYTES, Abilities, Area, Order, Scanned, Source, SourceAbilities, whole_picture
from printing.scanning.discovery import FoundScanner
from printing.scanning.errors import (
    FeederEmpty,
    FeederJam,
    NoSane,
    ScanError,
    ScanImpossible,
    ScanLost,
    ScannerAccess,
    ScannerBusy,
    ScannerFault,
    ScannerOffline,
    ScannerOpen,
    ScanStopped,
    ScanTooLarge,
)

SCHEME: Final = "sane"
_LIST_S: Final = 60.0
"""Backends that ask the network take their time."""
_OPTIONS_S: Final = 45.0
_PICTURE_S: Final = 240.0
_TICK_S: Final = 0.05
_DPIS: Final = (75, 100, 150, 200, 300, 600)
_FEEDER: Final = re.compile(r"feeder|adf", re.IGNORECASE)
_DUPLEX: Final = re.compile(r"duplex|both", re.IGNORECASE)
_GLASS: Final = re.compile(r"flatbed|glass|platen|normal", re.IGNORECASE)
_WORDS: Final[Sequence[tuple[str, type[ScanError]]]] = (
    ("out of documents", FeederEmpty),
    ("jammed", FeederJam),
    ("cover is open", ScannerOpen),
    ("device busy", ScannerBusy),
    ("access to resource has been denied", ScannerAccess),
    ("invalid argument", ScanImpossible),
    ("error during device i/o", ScanLost),
)
"""What sane_strstatus says (SANE standard 1.06, section 4.2.7), in English because LC_ALL is C."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `scanimage --help` tells of one device: choices by option, ranges in mm or dpi."""

    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)

    def source(self, wanted: Source, *, both_sides: bool = False) -> str | None:
        """The device's word for a source; None where it has none. "" where it has no choice and that is its glass."""
        words = self.choices.get("source", ())
        if not words:
            return "" if wanted == "glass" else None
        if wanted == "glass":
            return next((word for word in words if _GLASS.search(word)), None)
        feeders = [word for word in words if _FEEDER.search(word) or _DUPLEX.search(word)]
        double = [word for word in feeders if _DUPLEX.search(word)]
        single = [word for word in feeders if not _DUPLEX.search(word)]
        return next(iter(double if both_sides else single or double), None)

    def mode(self, *, colour: bool) -> str | None:
        """The device's word for colour or grey; None where it has no such mode."""
        wanted = ("Color", "24bit Color", "Colour") if colour else ("Gray", "Grayscale", "True Gray", "8-bit gray")
        words = self.choices.get("mode", ())
        found = next((word for word in words if word in wanted), None)
        return found or next((word for word in words if ("olo" in word if colour else "ray" in word)), None)

    @property
    def dpis(self) -> tuple[int, ...]:
        """Sharpnesses that are worth choosing."""
        if "resolution" in self.ranges:
            least, most = self.ranges["resolution"]
            return tuple(dpi for dpi in _DPIS if least <= dpi <= most) or (round(most),)
        told = sorted({int(word) for word in self.choices.get("resolution", ()) if word.isdigit()})
        return tuple(told) or (300,)


def installed() -> str:
    """Where `scanimage` is; "" where it is not installed."""
    return shutil.which("scanimage") or ""


def devices() -> list[FoundScanner]:
    """What SANE sees now (blocks for some seconds). Empty where it is not installed.

    Devices that only pass on a scanner of the network are left out: that is reached without SANE.
    """
    must_not_block("scanimage")
    if not installed():
        return []
    try:
        ended = _call(["--formatted-device-list=%d%t%v %m%n".replace("%t", "\t")], _LIST_S)
    except ScanError:
        return []
    found = []
    for line in ended.decode("utf-8", "replace").splitlines():
        device, _, name = line.partition("\t")
        if device and not device.startswith(("airscan:", "escl:", "v4l:")):
            name = "".join(letter for letter in name if letter.isprintable()).strip()
            found.append(FoundScanner(name or device, uri_of(device), name))
    return found


def uri_of(device: str) -> str:
    """The address of a SANE device in this PC's list."""
    return f"{SCHEME}:///{quote(device, safe='')}"


class SaneScanner:
    """See the module. `folder` is thrown away with the session; sheets of the feeder lie there for a moment."""

    def __init__(self, uri: str, *, folder: Path, stop: threading.Event | None = None) -> None:
        self._uri = uri
        self._device = unquote(urlsplit(uri).path.lstrip("/"))
        self._folder = folder
        self._stop = stop or threading.Event()

    def probe(self) -> Abilities:
        """See `Scanner`."""
        options = self._options()
        source = SourceAbilities(
            width=options.ranges.get("x", (0, 215.9))[1],
            height=options.ranges.get("y", (0, 297.0))[1],
            dpis=options.dpis,
            colour=options.mode(colour=True) is not None,
            grey=options.mode(colour=False) is not None,
            formats=("image/x-portable-anymap",),
        )
        return Abilities(
            model=self._device,
            glass=None if options.source("glass") is None else source,
            feeder=None if options.source("feeder") is None else source,
            both_sides=options.source("feeder", both_sides=True) is not None,
        )

    def scan(self, order: Order) -> Iterator[Scanned]:
        """See `Scanner`."""
        must_not_block("scanimage")
        options = self._options()
        source = options.source(order.source, both_sides=order.both_sides) or options.source(order.source)
        if source is None:
            raise ScanImpossible(detail=f"no {order.source}")
        able = SourceAbilities(
            options.ranges.get("x", (0, 215.9))[1], options.ranges.get("y", (0, 297.0))[1], options.dpis
        )
        order = replace(order, dpi=able.nearest(order.dpi), area=able.within(order.area))
        call = ["--format=pnm", f"--resolution={order.dpi}", *_area(order.area, options)]
        mode = options.mode(colour=order.colour) or options.mode(colour=not order.colour)
        call += [f"--mode={mode}"] if mode else []
        call += [f"--source={source}"] if source else []
        if order.source == "glass":
            yield Scanned(_whole(self._run(call)), order.dpi, order.area)
        else:
            yield from self._sheets(call, order)

    def _options(self) -> Options:
        text = self._run(["--help"], _OPTIONS_S).decode("utf-8", "replace")
        if _OF_DEVICE not in text:  # it tells its own options all the same, and calls that a success
            raise ScannerOffline(address=self._uri)
        return options_of(text)

    def _run(self, arguments: list[str], seconds: float = _PICTURE_S) -> bytes:
        return _call(["-d", self._device, *arguments], seconds, stop=self._stop)

    def _sheets(self, call: list[str], order: Order) -> Iterator[Scanned]:
        folder = Path(tempfile.mkdtemp(prefix="feeder-", dir=self._folder))
        number = 0
        try:
            batch = [f"--batch={folder / '%d.pnm'}", "--batch-print"]
            with _program(["-d", self._device, *call, *batch]) as program:
                assert program.stdout is not None
                watch = _Watch(program, _PICTURE_S, self._stop)
                for line in program.stdout:
                    watch.again()
                    number += 1
                    yield Scanned(_whole(_taken(Path(os.fsdecode(line.rstrip(b"\r\n"))))), order.dpi, order.area)
                watch.end()
                self._end_of_sheets(program, number, watch)
        finally:
            erase_folder(folder)

    def _end_of_sheets(self, program: subprocess.Popen[bytes], number: int, watch: _Watch) -> None:
        said = _said(program)
        if watch.stopped:
            raise ScanStopped
        error = _error_of(said) if program.wait() or not number else None
        if watch.too_long:
            raise ScannerOffline(address=self._uri)
        # "Out of documents" is how a feeder ends; before the first sheet it is how it was.
        if error is not None and not (number and isinstance(error, FeederEmpty)):
            raise error


def _taken(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ScanTooLarge(most=MOST_BYTES >> 20)
        return file.read_bytes()
    except OSError as why:
        raise ScanLost from why
    finally:
        erase_folder(file)


def _whole(data: bytes) -> bytes:
    if not data.startswith(b"P") or not whole_picture(data):
        raise ScanLost
    return data


def _area(area: Area, options: Options) -> list[str]:
    """The area in the device's words; a device that knows none of them gives its whole glass."""
    values = {"l": area.left, "t": area.top, "x": area.width, "y": area.height}
    return [word for name, mm in values.items() if name in options.ranges for word in (f"-{name}", f"{mm:.2f}")]


# ---- the program


class _Watch:
    """Ends the program when it is told to stop, or has been silent for too long."""

    def __init__(self, program: subprocess.Popen[bytes], seconds: float, stop: threading.Event) -> None:
        self.too_long = self.stopped = False
        self._program, self._seconds, self._stop = program, seconds, stop
        self._over = threading.Event()
        self._until = time.monotonic() + seconds
        self._thread = threading.Thread(target=self._look, name="scanimage", daemon=True)
        self._thread.start()

    def again(self) -> None:
        """It has said something."""
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        """It is over by itself."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_TICK_S):
            self.stopped = self._stop.is_set()
            self.too_long = time.monotonic() > self._until
            if self.stopped or self.too_long:
                _finish(self._program)
                return


@contextmanager
def _program(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    path = installed()
    if not path:
        raise NoSane
    with tempfile.TemporaryFile() as errors:
        try:
            program = subprocess.Popen(  # noqa: S603 (the program the system installed, with words of its own)
                [path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "LC_ALL": "C"},
            )
        except OSError as why:
            raise NoSane from why
        program.stderr = errors
        try:
            yield program
        finally:
            _finish(program)
            assert program.stdout is not None
            program.stdout.close()


def _finish(program: subprocess.Popen[bytes]) -> None:
    """Ask it to end, so that the scanner is free again; then see that it has."""
    if program.poll() is None:
        with suppress(OSError):
            program.send_signal(signal.SIGTERM)
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _call(arguments: list[str], seconds: float, *, stop: threading.Event | None = None) -> bytes:
    """What the program writes. Raises what its words say."""
    with _program(arguments) as program:
        assert program.stdout is not None
        watch = _Watch(program, seconds, stop or threading.Event())
        data = program.stdout.read(MOST_BYTES + 1)
        watch.end()
        if watch.stopped:
            raise ScanStopped
        if watch.too_long:
            raise ScannerOffline(address=SCHEME)
        if len(data) > MOST_BYTES:
            raise ScanTooLarge(most=MOST_BYTES >> 20)
        if program.wait():
            raise _error_of(_said(program))
    return data


def _said(program: subprocess.Popen[bytes]) -> str:
    assert program.stderr is not None
    program.stderr.seek(0)
    return program.stderr.read(20_000).decode("utf-8", "replace")


def _error_of(said: str) -> ScanError:
    lower = said.lower()
    for words, error in _WORDS:
        if words in lower:
            return error(address=SCHEME) if error is ScannerAccess else error()
    if "open of device" in lower or "no scanimage" in lower or "no sane devices" in lower:
        return ScannerOffline(address=SCHEME)
    return ScannerFault(detail="scanimage")


_OF_DEVICE: Final = "Options specific to device"
_OPTION: Final = re.compile(r"^\s{4}(?:--(\S+?)|-([ltxy]))[ =\[](.*)$")


def options_of(text: str) -> Options:
    """Read `scanimage --help`; what it says in other ways is passed over."""
    options = Options()
    for line in text.splitlines():
        found = _OPTION.match(line)
        if not found or "[inactive]" in line:
            continue
        name, rest = found[1] or found[2], found[3].split(" [")[0].strip()
        ends = re.match(r"(-?[\d.]+)\.\.(-?[\d.]+)", rest)
        if ends:
            options.ranges[name] = (float(ends[1]), float(ends[2]))
        else:
            words = tuple(word.strip() for word in re.sub(r"(dpi|mm)$", "", rest).split("|"))
            options.choices[name] = words
    return options
