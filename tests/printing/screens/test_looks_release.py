"""The screens of documents that wait, in every language and size: see `test_looks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from printing.devices.errors import NotReached
from printing.holding import Holding
from printing.layout import Pages, quoted
from printing.money.prices import Rate
from printing.release import Offer, PrinterChoice
from printing.rules import Layout, Options
from printing.screens.holding import HoldingPresenter, HoldingScreen
from printing.screens.own_release import CodeScreen, OwnRelease, OwnReleaseScreen
from printing.screens.queue import QueueScreen
from printing.screens.release import ReleasePresenter, ReleaseScreen
from printing.screens.waiting import WaitingPresenter, WaitingScreen
from tests.looks import is_translated, looks_right

from .conftest import PRICES, Next, PaperDocuments, held_job, inspection  # type: ignore[import-not-found]
from .test_looks import DATA  # type: ignore[import-not-found]
from .test_queue import PRINTERS, held_of, job, room_of  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


WIDE = PRICES.with_rates(
    PRICES.valid_from, [Rate("print", "A3", "grey", False, 50), Rate("print", "A3", "colour", False, 200)]
)


def nothing(*_: Any, **__: Any) -> Any:
    return None


def picture(side: int, room: tuple[int, int], options: Options | None = None) -> bytes:
    found: bytes = PaperDocuments(inspection()).preview(nothing(), side, round(room[1] / 1.414), grey=True)
    return found


def waiting(*, may_release: bool = False, **more: object) -> Screen:
    held = held_job(**more)
    return WaitingScreen(
        WaitingPresenter(
            held,
            fetch=lambda: (held, may_release),
            slip=nothing,
            drop=lambda: held,
            printing=lambda now: Next(),
            again=Next,
            own=lambda now: Next(),
            may_release=may_release,
        )
    )


def release(*, again: bool = False, typed: str = "", layout: Layout = "single", large: bool = False,
            printers: tuple[PrinterChoice, ...] = PRINTERS, out: int = 0) -> Screen:  # fmt: skip
    held = held_job(
        Options(colour="colour", copies=12, layout=layout, out=out),
        pages=30 if layout != "single" else 3,
        state="done" if again else "held",
    )
    offer = Offer(printers=printers)
    if large:
        drawings = Pages(3, (2,), (), ((420.0, 297.0),) * 3)
        held, offer = replace(held, pages=drawings), replace(offer, sizes=("A4", "A3"))
    presenter = ReleasePresenter(
        held,
        offer=lambda: offer,
        price=lambda options: quoted(held.pages, options, WIDE),
        picture=picture,
        release=nothing,
        cancel=nothing,
        again=again,
        can=offer,
        every_printer=True,
    )
    if typed:
        presenter.which, presenter.pages_text, presenter.cost = "some", typed, None
    return ReleaseScreen(presenter)


NOTHING = Offer()
MANY = tuple(PrinterChoice(n, f"Кабинет № {n}", "", True, True) for n in range(1, 10))


def own(layout: Layout = "single", *, every: bool = False, offer: Offer = NOTHING) -> Screen:
    held = held_job(Options(layout=layout), pages=9)
    return OwnReleaseScreen(
        OwnRelease(held, price=lambda: held.quote, picture=picture, release=nothing, after=lambda now: Next(),
                   offer=lambda: offer, can=offer, every_printer=every)
    )  # fmt: skip


def rules() -> Screen:
    held = Holding(minutes=45, self_release="some", pcs=("e" * 32,))
    return HoldingScreen(HoldingPresenter(lambda: held, nothing, "d" * 32))


def queue(chosen: int = 1) -> Screen:
    stuck = job(2, state="waiting", reason=NotReached.code, told={"address": "ipp://192.168.1.20/ipp/print"})
    held = (
        held_of(1),
        held_of(2, state="released", job=stuck),
        held_of(3, state="released", job=job(3, state="uncertain", printed=2)),
        held_of(4, state="done", job=job(4, state="done", printed=3)),
        replace(held_of(5), state="expired", there=False),
        held_of(6, state="handing"),
    )
    presenter = room_of(held=held).presenter()
    presenter.chosen = held[chosen - 1].held
    return QueueScreen(presenter)


SCREENS: dict[str, Callable[[], Screen]] = {
    "waiting": waiting,
    "waiting, to print oneself": lambda: waiting(may_release=True),
    "destroyed": lambda: waiting(state="expired", there=False),
    "code": lambda: CodeScreen(nothing, lambda held: Next()),
    "own release": own,
    "own release, two pages on a side": lambda: own("two"),
    "own release, many printers": lambda: own(offer=Offer(printers=MANY)),
    "own release, all of them": lambda: own(offer=Offer(printers=MANY), every=True),
    "release": release,
    "release, a booklet": lambda: release(layout="booklet"),
    "release, a large sheet": lambda: release(large=True),
    "release, every printer": lambda: release(printers=MANY),
    "release, pages unclear": lambda: release(typed="1-"),
    "release, again": lambda: release(again=True),
    "rules": rules,
    "queue, one waits": queue,
    "waiting, the main PC is silent": lambda: waiting(state="handing"),
    "queue, one is on its way": lambda: queue(6),
    "queue, one is stuck": lambda: queue(2),
    "queue, one is uncertain": lambda: queue(3),
    "queue, one came out": lambda: queue(4),
    "release, the rest of one": lambda: release(out=2),
}
OURS = {
    *DATA,
    "3821",
    "1",
    "2",
    "4",
    "A3",
    "A4",
    *(each.name for each in (*PRINTERS, *MANY)),
    *(f"{3800 + n}" for n in range(1, 7)),
}


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    looks_right(window, SCREENS[name](), languages=("kk", "ru"))


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_translated_and_holds_words_of_a_longer_language(window: Window, name: str) -> None:
    is_translated(window, SCREENS[name](), OURS)
