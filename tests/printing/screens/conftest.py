"""A window for printing's screens, their state as plain values, and what presses and types like a person."""

from __future__ import annotations

import io
import tkinter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from akimat_desk.base.words import Sentence, Translator
from akimat_desk.documents.inspection import Inspection
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from akimat_desk.ui.gallery import frames, open_window
from akimat_desk.ui.inspect import find, settle, texts
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.window import Window
from printing.flow import PrintFlow
from printing.held_job import HeldJob
from printing.layout import Pages, quoted
from printing.money.prices import PriceTable
from printing.rules import Options, quote
from printing.spool import SpooledJob

PRICES = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)


def inspection(pages: int = 3, coloured: tuple[int, ...] = (2,), **more: object) -> Inspection:
    values: dict[str, object] = {
        "file": "letter.pdf", "kind": "pdf", "valid": True, "reason": "", "message": Sentence(""), "pages": pages,
        "colour_pages": coloured, "blank_pages": (), "encrypted": False, "needs_password": False,
        "printing_allowed": True, "repaired": False, "sizes_mm": ((210.0, 297.0),) * pages, "encoding": "", **more,
    }  # fmt: skip
    return Inspection(**values)  # type: ignore[arg-type]


def job_of(options: Options | None = None, pages: int = 3, **more: object) -> SpooledJob:
    options = options or Options()
    values: dict[str, object] = {
        "job": "0" * 32, "code": "4821", "printer": 1, "state": "waiting", "paper": None, "options": options,
        "quote": quote(pages, (2,), options, PRICES), "reason": "", "printed": None, "handle": None,
        "may_have_printed": False, "stop_wanted": False, "created_ms": 1_795_158_000_000, "changed_ms": 0, **more,
    }  # fmt: skip
    return SpooledJob(**values)  # type: ignore[arg-type]


def held_job(options: Options | None = None, pages: int = 3, **more: object) -> HeldJob:
    options = options or Options()
    file = Pages(pages, (2,), (), ((210.0, 297.0),) * pages)
    values: dict[str, object] = {
        "held": "0" * 32, "code": "3821", "device": "d" * 32, "seat": 3, "state": "held", "pages": file,
        "options": options, "quote": quoted(file, options, PRICES), "size": 1000, "there": True,
        "created_ms": 1_795_158_000_000, "changed_ms": 0, "due_ms": 1_795_165_200_000, **more,
    }  # fmt: skip
    return HeldJob(**values)  # type: ignore[arg-type]


class PaperDocuments:
    """A document worker whose every file is `found`."""

    def __init__(self, found: Inspection) -> None:
        self.found, self.refused = found, Exception()
        self.drawn: list[tuple[int, bool]] = []

    def inspect(self, path: Path, password: str | None = None) -> Inspection:
        return self.found

    def preview(
        self, path: Path, page: int, width_px: int, grey: bool = False, *,
        height_px: int | None = None, password: str | None = None,
    ) -> bytes:  # fmt: skip
        self.drawn.append((page, grey))
        out = io.BytesIO()
        height = height_px or round(width_px * 1.414)
        Image.new("L", (round(height / 1.414), height), 255).save(out, "PNG")
        return out.getvalue()

    def to_pdf(self, path: Path, target: Path, **how: object) -> object:
        assert "sides" in how, "only what has to be laid out is written, to be looked at"
        return None


class PaperFlow(PrintFlow):
    """A flow without a desk behind it: what is printed is kept in `printed`."""

    printed: list[Options]

    def print(self) -> Any:
        from printing.flow import PrintDone

        options = self.options()
        self.__dict__.setdefault("printed", []).append(options)
        return PrintDone(job_of(options))

    def fetch_prices(self) -> None:
        self.prices = PRICES

    def _inspect(self) -> Inspection:
        assert self.file is not None
        self.fetch_prices()
        self.inspection = self.documents.inspect(self.file, self.password or None)
        return self.inspection


def flow_of(found: Inspection | None = None, *, opened: bool = True) -> PaperFlow:
    """A flow; where it is `opened`, on the file «Өтініш.pdf»."""
    documents = PaperDocuments(found or inspection())
    flow = PaperFlow(None, None, documents, Path())  # type: ignore[arg-type]  # neither journal nor spool is asked
    if opened:
        flow.open(Path("letter.pdf"), "Өтініш.pdf")
    return flow


class Next(Screen):
    """Whatever comes after."""

    name = "next"

    def build(self, body: Box, stage: Stage) -> None:
        Text(body, "next").pack()


@pytest.fixture(scope="module")
def _the_window(display: str) -> Iterator[Window]:
    window = open_window(size=None)
    window.speak(Translator(catalogues(find_services())))
    window.home()
    settle(window)
    yield window
    window.close()
    window.operations.close()


@pytest.fixture
def window(_the_window: Window) -> Window:
    """The window as a person who has just come meets it, in English: the tests read as the msgids do."""
    window = _the_window
    window.speak(Translator(catalogues(find_services())))
    window.frames = frames()
    window.start_over("en")
    window.root.focus_force()
    settle(window)
    return window


class Person:
    """Sees what is shown, presses what is there, types."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def comes_to(self, screen: Screen) -> None:
        self.window.go(screen)
        settle(self.window)

    def sees(self) -> list[str]:
        """Every text on the page, dialogs among them."""
        settle(self.window)
        return [*texts(self.window.topmost), *_said_on_buttons(self.window)]

    def presses(self, name: str) -> None:
        """A control by its name, or by what is written on it."""
        layer = self.window.topmost
        control = layer.controls.get(name) or find(layer, name)
        control.press()  # type: ignore[attr-defined]
        settle(self.window)

    def types(self, name: str, text: str, *, enter: bool = False, key_by_key: bool = False) -> None:
        self.window.topmost.controls[name].take_focus()
        settle(self.window)
        for piece in text if key_by_key else [text]:
            # A rebuild gives the keyboard to a new entry of the same name.
            self.entry(name).insert("insert", piece)
            settle(self.window)
        if enter:
            self.entry(name).event_generate("<Return>")
            settle(self.window)

    def entry(self, name: str) -> tkinter.Entry:
        field = self.window.topmost.controls[name]
        assert isinstance(field, Field)
        return field.entry

    @property
    def controls(self) -> list[str]:
        return list(self.window.topmost.controls)

    @property
    def screen(self) -> str:
        return self.window.screen.name


def _said_on_buttons(window: Window) -> list[str]:
    return [control.text for control in window.topmost.controls.values() if getattr(control, "text", "")]


@pytest.fixture
def person(window: Window) -> Person:
    return Person(window)
