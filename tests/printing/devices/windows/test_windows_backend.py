"""A printer of Windows: what the driver is asked, what is drawn, and what is known when a call fails in the middle."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator

import pytest

from akimat_desk.base.threads import BlocksScreen, screen_thread
from printing.devices.backend import (
    Bitmap,
    Document,
    JobState,
    JobTicket,
    PageSize,
    PrinterJob,
    Submitted,
    Unknown,
)
from printing.devices.errors import (
    AddressRefused,
    DeviceMisuse,
    DeviceUnavailable,
    NotReached,
    OptionsRefused,
    Stopped,
)
from printing.devices.opening import open_backend
from printing.devices.windows.backend import WindowsBackend, address_of, name_in
from printing.devices.windows.calls import DriverCan, PrinterTold, QueuedJob, Settings
from printing.devices.windows.line import WindowsLine
from printing.sizes import sizes_of
from tests.printing.paper_windows import PaperWindows, Side

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"


@pytest.fixture
def windows() -> PaperWindows:
    return PaperWindows()


@pytest.fixture
def printer(windows: PaperWindows) -> WindowsBackend:
    return WindowsBackend("Canon G3010", windows=windows)


def page(size: PageSize, dark: int) -> Bitmap:
    depth = 3 if size.mode == "rgb24" else 1
    pixels = bytearray(b"\xff" * size.width * size.height * depth)
    pixels[0] = dark
    return Bitmap(size.width, size.height, size.width * depth, size.mode, pixels)


def document(pages: int = 1) -> Document:
    def draw(size: PageSize) -> Iterator[Bitmap]:
        for number in range(pages):
            yield page(size, number + 1)

    return Document(pdf=b"%PDF", bitmaps=draw)


def drawn(windows: PaperWindows) -> list[int | None]:
    """The first pixel of every side that came whole; None for a white one."""
    return [_first(side) for device in windows.devices for side in device.sides if side.ended]


def _first(side: Side) -> int | None:
    return side.bands[0][4][0] if side.bands else None


def test_what_it_can_and_how_it_is(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.printer = PrinterTold("Canon G3010", "USB001", "Canon G3010 series", "Кеңсе", 0x20000)
    able = printer.probe()
    assert (able.name, able.model, able.location, able.colour) == ("Canon G3010", "Canon G3010 series", "Кеңсе", True)
    assert (len(able.sides), able.resolutions, able.reasons) == (3, (300, 600), ("toner-low",))


def test_a_modest_driver_is_believed(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.driver = DriverCan((1,), both_sides=False, copies=1, colour=False)
    able = printer.probe()
    assert (able.media, able.sides, able.colour, able.copies_max) == (("windows-1",), ("one-sided",), False, 999)


def test_a_document_is_drawn_page_by_page_on_the_whole_sheet(windows: PaperWindows, printer: WindowsBackend) -> None:
    handles: list[str] = []
    assert printer.submit(JobTicket(uuid=JOB), document(2), created=handles.append) == Submitted("7")
    (device,) = windows.devices
    assert (device.name, device.ended, handles, drawn(windows)) == (JOB, True, ["7"], [1, 2])
    across, down, width, rows, _, grey = device.sides[0].bands[0]
    assert (across, down, width, rows, grey) == ((-10, 827), (-20, 256), 827, 256, True)
    assert windows.asked == [Settings(paper=9, copies=1, colour=1, duplex=1)]


def test_another_sheet_is_asked_for_by_its_number(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.driver = DriverCan((9, 8, 11, 1), both_sides=True, copies=1, colour=False)
    assert sizes_of(printer.probe()) == ("A4", "A3", "A5")
    printer.submit(JobTicket(uuid=JOB, media="iso_a3_297x420mm"), document())
    assert windows.asked[0].paper == 8
    with pytest.raises(OptionsRefused):
        printer.validate(JobTicket(uuid=JOB, media="na_letter_8.5x11in"))


def test_colour_goes_as_colour(windows: PaperWindows, printer: WindowsBackend) -> None:
    printer.submit(JobTicket(uuid=JOB, colour=True), document())
    *_, pixels, grey = windows.devices[0].sides[0].bands[0]
    assert (windows.asked[0].colour, grey, pixels[:3]) == (2, False, b"\xff\xff\x01")  # blue, green, red


def test_copies_that_the_driver_makes_are_its_own(windows: PaperWindows, printer: WindowsBackend) -> None:
    printer.submit(JobTicket(uuid=JOB, copies=3, sides="two-sided-long-edge"), document(3))
    assert (windows.asked[0].copies, windows.asked[0].duplex, drawn(windows)) == (3, 2, [1, 2, 3])


def test_copies_that_it_does_not_make_are_sent_each_on_its_own_sheets(
    windows: PaperWindows, printer: WindowsBackend
) -> None:
    windows.accepts = Settings(9, 1, 1, 2)
    printer.submit(JobTicket(uuid=JOB, copies=3, sides="two-sided-long-edge"), document(1))
    assert drawn(windows) == [1, None, 1, None, 1]


@pytest.mark.parametrize(
    ("accepted", "refused"), [(Settings(9, 1, 1, 1), ("sides",)), (Settings(1, 1, 1, 1), ("media", "sides"))]
)
def test_what_the_driver_does_not_take_is_refused_before_anything_is_printed(
    windows: PaperWindows, printer: WindowsBackend, accepted: Settings, refused: tuple[str, ...]
) -> None:
    windows.accepts = accepted
    ticket = JobTicket(uuid=JOB, sides="two-sided-long-edge")
    for ask in (lambda: printer.validate(ticket), lambda: printer.submit(ticket, document())):
        with pytest.raises(OptionsRefused) as why:
            ask()
        assert why.value.options == refused
    assert windows.devices == []


def test_only_the_chosen_pages_are_drawn(windows: PaperWindows, printer: WindowsBackend) -> None:
    printer.submit(JobTicket(uuid=JOB, page_ranges=((2, 2), (4, 5))), document(5))
    assert drawn(windows) == [2, 4, 5]


@pytest.mark.parametrize("call", ["DocumentPropertiesW", "CreateDCW"])
def test_a_printer_that_cannot_be_opened_took_nothing(
    windows: PaperWindows, printer: WindowsBackend, call: str
) -> None:
    windows.trips[call] = deque([1])
    with pytest.raises(NotReached):
        printer.submit(JobTicket(uuid=JOB), document())


@pytest.mark.parametrize(
    ("call", "time", "printed"),
    [
        ("StartPage", 1, False),
        ("StretchDIBits", 1, False),
        ("EndPage", 1, False),
        ("StartPage", 2, True),
        ("EndPage", 2, True),
        ("EndDoc", 1, True),
    ],
)
def test_a_call_that_fails_in_the_middle_leaves_it_unknown(
    windows: PaperWindows, printer: WindowsBackend, call: str, time: int, printed: bool
) -> None:
    windows.trips[call] = deque([time])
    assert printer.submit(JobTicket(uuid=JOB), document(3)) == Unknown(may_have_printed=printed, handle="7")


def test_a_page_that_cannot_be_drawn_after_others_leaves_it_unknown(
    windows: PaperWindows, printer: WindowsBackend
) -> None:
    def draw(size: PageSize) -> Iterator[Bitmap]:
        yield page(size, 1)
        raise DeviceUnavailable

    assert printer.submit(JobTicket(uuid=JOB), Document(pdf=b"", bitmaps=draw)) == Unknown(True, "7")

    def refuse(size: PageSize) -> Iterator[Bitmap]:
        raise DeviceUnavailable
        yield

    with pytest.raises(DeviceUnavailable):
        printer.submit(JobTicket(uuid=JOB), Document(pdf=b"", bitmaps=refuse))
    assert len(windows.devices[1].sides) == 0


def test_a_stop_before_the_first_side_leaves_nothing(windows: PaperWindows) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        WindowsBackend("Canon", windows=windows, stop=stop).submit(JobTicket(uuid=JOB), document())


def test_a_job_is_found_by_its_own_name(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.queue = {3: QueuedJob(3, "another's", 0, 0), 8: QueuedJob(8, JOB, 0x10, 1)}
    assert printer.find(JOB) == PrinterJob("8", "processing", None)
    windows.queue.clear()
    assert printer.find(JOB) is None


def test_a_job_in_the_queue_is_followed(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.queue = {8: QueuedJob(8, JOB, 0x10 | 0x40, 2)}
    assert printer.poll("8") == JobState("processing", ("media-empty",), 2, name=JOB)


def test_a_job_that_has_left_the_queue_is_sent_and_no_more(windows: PaperWindows, printer: WindowsBackend) -> None:
    assert printer.poll("8") == JobState("sent")
    windows.queue = {8: QueuedJob(8, JOB, 0x80, 3)}
    assert printer.poll("8") == JobState("sent", (), 3, name=JOB)
    with pytest.raises(DeviceMisuse):
        printer.poll("other")


def test_a_job_is_taken_out_of_the_queue(windows: PaperWindows, printer: WindowsBackend) -> None:
    printer.cancel("8")
    assert windows.deleted == [8]


def test_a_printer_that_is_gone_is_not_reached(windows: PaperWindows, printer: WindowsBackend) -> None:
    windows.trips["OpenPrinterW"] = deque([1])
    with pytest.raises(NotReached):
        printer.probe()


def test_addresses_keep_names_whole() -> None:
    for name in ("Canon G3010", "\\\\server\\Кеңсе / 2"):
        assert name_in(address_of(name)) == name
    assert isinstance(open_backend("windows:///Canon"), WindowsBackend)
    for wrong in ("windows://host/name", "windows:///", "ipp://x/"):
        with pytest.raises(AddressRefused):
            name_in(wrong)


def test_elsewhere_there_is_no_windows() -> None:
    with pytest.raises(NotReached):
        WindowsBackend("Canon").probe()


def test_nothing_of_it_runs_on_the_screens_thread(windows: PaperWindows, printer: WindowsBackend) -> None:
    with screen_thread(), pytest.raises(BlocksScreen):
        printer.probe()


def test_a_receipt_goes_through_windows_as_it_is(windows: PaperWindows) -> None:
    receipt = bytes(range(256))
    assert WindowsLine("Receipts", windows=windows).send([receipt, b"2"]) == Submitted("Receipts")
    assert windows.raws == [receipt + b"2"]


def test_a_receipt_that_breaks_off_is_unknown_and_one_that_never_began_is_not(windows: PaperWindows) -> None:
    windows.trips = {"WritePrinter": deque([2]), "StartDocPrinterW": deque([2])}
    line = WindowsLine("Receipts", windows=windows)
    assert line.send([b"1", b"2"]) == Unknown(may_have_printed=True)
    with pytest.raises(NotReached):
        line.send(b"1")
