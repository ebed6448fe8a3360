"""This PC's scanners as staff see them: how each is, what was found, what other services want scanned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import Sentence
from akimat_desk.service import load
from printing.scanning import actions, discovery, records, sane
from printing.scanning.device import Abilities
from printing.scanning.discovery import FoundScanner
from printing.scanning.errors import FeederEmpty
from printing.scanning.opening import open_scanner, probe_typed
from printing.scanning.records import KnownScanner

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store import Store
    from printing.scanning.flow import ScanFlow

MOST_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class ScannerState:
    """A scanner of the list and what it answered: what it can do, or what is wrong."""

    scanner: KnownScanner
    able: Abilities | None
    trouble: AkimatDeskError | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to; `with_sane` is whether scanners on a cable could be looked for."""

    scanners: tuple[FoundScanner, ...]
    with_sane: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that `service` would like to have scanned; `key` is its own word for it."""

    service: str
    key: str
    title: Sentence


def states(store: Store, room: Path) -> tuple[ScannerState, ...]:
    """Every scanner of this PC, asked at once how it is (blocks)."""
    must_not_block("scanner states")
    with store.read() as db:
        known = records.scanners(db)

    def ask(scanner: KnownScanner) -> ScannerState:
        try:
            return ScannerState(scanner, open_scanner(scanner.uri, room=room, pin=scanner.pin).probe(), None)
        except AkimatDeskError as why:
            return ScannerState(scanner, None, why)

    with ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="scanner-state") as pool:
        return tuple(pool.map(ask, known))


def search() -> Found:
    """Scanners of the network, and those on a cable where SANE is installed (blocks for some seconds)."""
    with ThreadPoolExecutor(1, thread_name_prefix="scanner-search") as pool:
        on_cable = pool.submit(sane.devices)
        network = discovery.discover()
        return Found((*network, *on_cable.result()), bool(sane.installed()))


def add_typed(store: Store, room: Path, name: str, typed: str) -> KnownScanner:
    """Ask what stands at the typed address, and keep it when it is a scanner; its model serves where no name is given.

    Raises `ScannerAddress`, `NotAScanner`, `ScannerOffline`, `ScannerKnown`, and more.
    """
    uri, able = probe_typed(typed, room=room)
    return actions.add_scanner(store, name=name or able.model or uri, uri=uri, able=able)


def wanted(desk: Desk) -> tuple[Wanted, ...]:
    """What the desk's services want scanned now (`Service.wanted_scans`)."""
    found = []
    for service in desk.services:
        if service.wanted_scans:
            found += [Wanted(service.name, key, title) for key, title in load(service.wanted_scans)(desk)]
    return tuple(found)


def scan_wanted(desk: Desk, flow: ScanFlow, paper: Wanted) -> int:
    """Scan what lies in the feeder, or else on the glass, into the in-tray; its number there (blocks).

    Of the scan nothing is kept here: it waits, encrypted, for the service that wants it.
    """
    from akimat_desk.papers.tray import InTray

    try:
        flow.fetch_abilities()
        _scan_all(flow)
        return InTray(desk.store, desk.clock).put(paper.service, paper.title, "application/pdf", flow.pdf())
    finally:
        flow.forget()


def _scan_all(flow: ScanFlow) -> None:
    try:
        if not flow.has_feeder:
            raise FeederEmpty
        flow.feed()
    except FeederEmpty:
        if not flow.has_glass:
            raise
        flow.take_all()
