"""Scanners on a cable: what the program says is understood, and what it leaves behind is nothing.

Here the program is a small script; `tests/system/test_real_scanner.py` asks the real one.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from printing.scanning import errors, sane
from printing.scanning.device import Area, Order, Scanned
from printing.scanning.sane import SaneScanner, options_of

HELP = """Options specific to device `brother4:bus1;dev1':
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color [24bit Color]
    --resolution 100|150|200|300|600dpi [200]
    --source FlatBed|Automatic Document Feeder(left aligned)|ADF Duplex [FlatBed]
    --brightness -50..50% (in steps of 1) [inactive]
    -l 0..211.9mm (in steps of 0.0999908) [0]
    -t 0..355.6mm (in steps of 0.0999908) [0]
    -x 0..211.9mm (in steps of 0.0999908) [211.881]
    -y 0..355.6mm (in steps of 0.0999908) [355.567]
"""
PICTURE = b"P5\n# SANE data follows\n4 2\n255\n12345678"

Program = Callable[[str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Makes a `scanimage` that tells its options and then does as the script says."""

    def make(script: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "help").write_text(HELP, encoding="utf-8")
        (folder / "picture").write_bytes(PICTURE)
        file = folder / "scanimage"
        file.write_text(
            f'#!/bin/sh\nhere={folder}\necho "$@" >> $here/calls\n'
            f'for last in "$@"; do :; done\n[ "$last" = --help ] && cat $here/help && exit 0\n'
            f'for word in "$@"; do case "$word" in --batch=*) batch=${{word#--batch=}};; esac; done\n{script}\n',
            encoding="utf-8",
        )
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return folder

    return make


@pytest.fixture
def scanner(tmp_path: Path) -> SaneScanner:
    (tmp_path / "session").mkdir()
    return SaneScanner(sane.uri_of("brother4:bus1;dev1"), folder=tmp_path / "session")


def gather(scanner: SaneScanner, pages: list[Scanned]) -> None:
    for page in scanner.scan(Order("feeder")):
        pages.append(page)


def test_the_options_of_a_device_are_read() -> None:
    options = options_of(HELP)
    assert options.dpis == (100, 150, 200, 300, 600)
    assert [options.source("glass"), options.source("feeder")] == [
        "FlatBed",
        "Automatic Document Feeder(left aligned)",
    ]
    assert options.source("feeder", both_sides=True) == "ADF Duplex"
    assert (options.mode(colour=True), options.mode(colour=False)) == ("24bit Color", "True Gray")
    assert "brightness" not in options.ranges
    assert (options_of("").dpis, options_of("").source("glass"), options_of("").source("feeder")) == ((300,), "", None)


def test_a_sheet_of_the_glass_in_the_words_of_the_device(program: Program, scanner: SaneScanner) -> None:
    folder = program('[ -z "$batch" ] && cat $here/picture')
    (page,) = scanner.scan(Order(colour=True, dpi=250, area=Area(10, 20, 300, 100)))
    assert (page.data, page.dpi) == (PICTURE, 300)
    assert (folder / "calls").read_text(encoding="utf-8").splitlines()[-1] == (
        "-d brother4:bus1;dev1 --format=pnm --resolution=300 -l 10.00 -t 20.00 -x 201.90 -y 100.00"
        " --mode=24bit Color --source=FlatBed"
    )


def test_the_sheets_of_the_feeder_and_no_file_of_them(program: Program, scanner: SaneScanner, tmp_path: Path) -> None:
    program(
        'for n in 1 2; do f=$(echo "$batch" | sed "s/%d/$n/"); cp $here/picture "$f"; echo "$f"; done\n'
        "echo 'scanimage: sane_start: Document feeder out of documents' >&2; exit 7"
    )
    pages: list[Scanned] = []
    gather(scanner, pages)
    assert [page.data for page in pages] == [PICTURE, PICTURE]
    assert list((tmp_path / "session").iterdir()) == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("Document feeder out of documents", errors.FeederEmpty),
        ("Document feeder jammed", errors.FeederJam),
        ("Scanner cover is open", errors.ScannerOpen),
        ("Device busy", errors.ScannerBusy),
        ("Access to resource has been denied", errors.ScannerAccess),
        ("Invalid argument", errors.ScanImpossible),
        ("Error during device I/O", errors.ScanLost),
        ("open of device brother4 failed: Invalid", errors.ScannerOffline),
        ("segmentation fault", errors.ScannerFault),
    ],
)
@pytest.mark.parametrize("pages_before", [0, 1])
def test_every_trouble_has_its_sentence(
    program: Program, scanner: SaneScanner, tmp_path: Path, said: str, error: type[Exception], pages_before: int
) -> None:
    sheet = 'f=$(echo "$batch" | sed s/%d/1/); cp $here/picture $f; echo $f\n' if pages_before else ""
    program(f"{sheet}echo 'scanimage: {said}' >&2; exit 1")
    pages: list[Scanned] = []
    if pages_before and error is errors.FeederEmpty:
        gather(scanner, pages)
    else:
        with pytest.raises(error):
            gather(scanner, pages)
    assert len(pages) == pages_before
    assert list((tmp_path / "session").iterdir()) == []


@pytest.mark.parametrize("sent", ["head -c 30 $here/picture", "echo hello", "true"])
def test_a_picture_that_is_none_or_not_whole_is_no_page(program: Program, scanner: SaneScanner, sent: str) -> None:
    program(sent)
    with pytest.raises(errors.ScanLost):
        list(scanner.scan(Order()))


def test_more_than_a_sheet_can_have_is_cut_off(
    program: Program, scanner: SaneScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sane, "MOST_BYTES", 1 << 20)
    program("exec cat /dev/zero")
    with pytest.raises(errors.ScanTooLarge):
        list(scanner.scan(Order()))


def test_a_stop_ends_the_program(program: Program, tmp_path: Path) -> None:
    stop = threading.Event()
    folder = program("echo $$ > $here/pid; exec sleep 60")
    scanner = SaneScanner(sane.uri_of("x"), folder=tmp_path, stop=stop)

    def when_it_runs() -> None:
        while not (folder / "pid").exists():
            stop.wait(0.01)
        stop.set()

    waits = threading.Thread(target=when_it_runs)
    waits.start()
    with pytest.raises(errors.ScanStopped):
        list(scanner.scan(Order()))
    waits.join()


def test_a_silent_program_is_ended(program: Program, scanner: SaneScanner, monkeypatch: pytest.MonkeyPatch) -> None:
    program("exec sleep 60")
    monkeypatch.setattr(SaneScanner._run, "__defaults__", (0.3,))
    with pytest.raises(errors.ScannerOffline):
        list(scanner.scan(Order()))


def test_devices_are_listed_without_those_that_need_no_sane(program: Program) -> None:
    program(r"printf 'brother4:bus1;dev1\tBrother DCP-1510\nairscan:e0:HP\tHP\nno tab\n'")
    assert [(found.name, found.uri) for found in sane.devices()] == [
        ("Brother DCP-1510", "sane:///brother4%3Abus1%3Bdev1"),
        ("no tab", "sane:///no%20tab"),
    ]


def test_where_it_is_not_installed_there_are_none(scanner: SaneScanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (sane.installed(), sane.devices()) == ("", [])
    with pytest.raises(errors.NoSane):
        scanner.probe()
