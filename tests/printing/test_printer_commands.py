"""`print printers …`, called as a person calls it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from akimat_desk.base.words import Translator
from akimat_desk.service import Call, Desk, find_services
from akimat_desk.shell.opening import catalogues
from printing import printer_commands
from printing.devices import finding
from printing.devices.discovery import FoundPrinter
from printing.devices.ipp.codec import Tag, attribute
from printing.printer_commands import PrinterUnnamed, SheetUnknown
from printing.spool import Spool
from tests.printing.receipt_sink import ReceiptSink
from tests.printing.scripted_printer import ScriptedPrinter

Run = Callable[..., str]


@pytest.fixture
def device() -> Iterator[ScriptedPrinter]:
    with ScriptedPrinter() as device:
        device.attributes["marker-names"] = attribute("marker-names", Tag.NAME, "Black")
        device.attributes["marker-levels"] = attribute("marker-levels", Tag.INTEGER, 40)
        device.attributes["marker-colors"] = attribute("marker-colors", Tag.NAME, "#000000")
        device.attributes["printer-impressions-completed"] = attribute(
            "printer-impressions-completed", Tag.INTEGER, 4310
        )
        yield device


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """What a call prints."""

    def run(*arguments: object, as_json: bool = False) -> str:
        parser = argparse.ArgumentParser()
        printer_commands.add(parser.add_subparsers())
        parsed = parser.parse_args(["printers", *map(str, arguments)])
        parsed.json = as_json
        assert parsed.act(Call(parsed, Translator(catalogues(find_services()), "en"), desk.home, desk)) == 0
        return capsys.readouterr().out

    return run


def told(run: Run, *arguments: object) -> Any:
    return json.loads(run(*arguments, as_json=True))


def test_a_printer_is_added_listed_tried_out_and_removed(run: Run, desk: Desk, device: ScriptedPrinter) -> None:
    assert run("list") == "No printer is set up on this PC.\n"
    assert run("add", device.uri, "--name", "Кеңсе") == "Printer 1 is in the list: Кеңсе.\n"
    assert run("list") == "1  Кеңсе: Ready\n"
    assert run("test", "кеңсе") == "The test page is in the queue.\n"
    assert len(Spool(desk.store, desk.clock).jobs()) == 1
    assert run("remove", "1") == "Printer 1 is no longer in the list.\n"
    assert told(run, "list") == []


def test_levels_tell_what_is_left_the_counters_and_the_past(run: Run, device: ScriptedPrinter) -> None:
    run("add", device.uri)
    device.reasons = ("media-empty-error",)
    lines = run("levels", "1").splitlines()
    assert lines[:3] == [
        "1  Кеңсе принтері: The printer is out of paper. Put paper in the tray.",
        "  Black: 40 %",
        "  Its own counter: 4310",
    ]
    assert lines[3].endswith("Out of paper")
    report = told(run, "levels", "1")
    assert (report["trouble"]["code"], report["able"]["levels"][0]["percent"]) == ("printer-paper-out", 40)
    assert [line["code"] for line in report["past"]] == ["printer-paper-out"]


def test_a_receipt_printer_is_tried_out_and_learned(run: Run) -> None:
    with ReceiptSink() as sink:
        assert told(run, "add", sink.uri, "--receipts", "--width", "58")["width"] == 384
        assert run("test", "1") == "The test receipt is sent.\n"
    assert len(sink.kept) == 1
    assert told(run, "letters", "1", "text")["letters"] == "text"


def test_printers_are_put_into_a_group_and_out_of_it(run: Run, device: ScriptedPrinter) -> None:
    run("add", device.uri, "--name", "Кеңсе")
    assert told(run, "group", "1", "зал")["group"] == "зал"
    assert run("list") == "1  Кеңсе [зал]: Ready\n"
    assert told(run, "group", "1")["group"] == ""


def test_staff_say_which_sheets_lie_in_it(run: Run, device: ScriptedPrinter) -> None:
    run("add", device.uri)
    said = told(run, "list")[0]["sheets"]
    assert run("paper", "1", "a4", "A3") == "It prints on: A4, A3.\n"
    assert [told(run, "list")[0][name] for name in ("sheets", "sheets_by_staff")] == [["A4", "A3"], True]
    with pytest.raises(SheetUnknown):
        run("paper", "1", "A4", "Letter")
    assert told(run, "paper", "1")["sheets"] == said


def test_alone_it_lists(run: Run, device: ScriptedPrinter) -> None:
    run("add", device.uri, "--name", "Кеңсе")
    assert run() == run("list")
    assert json.loads(run(as_json=True)) == json.loads(run("list", as_json=True))


def test_what_can_be_found_is_told_with_its_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "find_printers", lambda: [FoundPrinter("Кеңсе", "ipp://10.0.0.5/ipp/print")])
    monkeypatch.setattr(finding, "receipt_lines", lambda: [FoundPrinter("lp0", "file:///dev/usb/lp0")])
    assert run("find") == "Кеңсе: ipp://10.0.0.5/ipp/print\nlp0: file:///dev/usb/lp0\n"
    assert [each["purpose"] for each in told(run, "find")] == ["paper", "receipt"]


def test_a_name_that_fits_none_or_two_is_refused(run: Run) -> None:
    for address in ("192.168.1.60", "192.168.1.61"):
        run("add", address, "--receipts", "--name", "Чек")
    for typed in ("чек", "nobody", "3"):
        with pytest.raises(PrinterUnnamed):
            run("test", typed)
