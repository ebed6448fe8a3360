"""A scanner that speaks eSCL, asked as the specification says and understood as scanners really answer.

    POST ScanJobs           201 with the job's place; 503 busy; 409 cannot (an empty feeder, a wrong option)
    GET …/NextDocument      200 a picture; 503 not yet; 404 no more; 409 stuck; 410 the scanner dropped the job
    DELETE …                always asked at the end, so that the next person does not find the scanner busy

The job's place is believed for its path alone: scanners name hosts (localhost, another interface) that nobody reaches.
A picture is whole only when its own last bytes are there. After a page is lost nothing is asked for again by itself:
the scanner may have fed the next sheet meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from printing.devices.errors import AddressRefused, DeviceError
from printing.devices.ipp.transport import Address, Patience, fingerprint
from printing.scanning.device import MOST_BYTES, Abilities, Order, Scanned, whole_picture
from printing.scanning.errors import (
    FeederEmpty,
    NotAScanner,
    ScanError,
    ScanImpossible,
    ScanLost,
    ScannerAccess,
    ScannerAddress,
    ScannerBusy,
    ScannerFault,
    ScannerOffline,
    ScanStopped,
    ScanUnreadable,
)
from printing.scanning.escl import messages
from printing.scanning.escl.elements import MOST_BYTES as MOST_XML
from printing.scanning.escl.elements import Element, NotXml, read
from printing.scanning.escl.http import Reply, ask

MOST_PICTURES: Final = 200
"""Of one order; no feeder holds more."""
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long, in seconds, a scanner may keep us waiting before it is told about."""

    busy: float = 20.0
    """From the first "busy" on a new job."""
    picture: float = 120.0
    """For one picture: warming the lamp, and a sheet at 600 dpi."""
    pause: float = 1.0
    """Between two questions where the scanner names no pause."""


class EsclScanner:
    """See the module. `uri` is http:// or https:// with the path of its eSCL (mostly /eSCL)."""

    def __init__(
        self, uri: str, *, pin: str = "", stop: threading.Event | None = None, waits: Waits | None = None
    ) -> None:
        try:
            self._address = Address.of(uri)
        except AddressRefused as why:
            raise ScannerAddress(typed=uri) from why
        if not uri.startswith(("http://", "https://")):
            raise ScannerAddress(typed=uri)
        self._pin = pin
        self._stop = stop or threading.Event()
        self._waits = waits or Waits()
        self._root = self._address.path.rstrip("/")

    def probe(self) -> Abilities:
        """See `Scanner`."""
        mark = self._fingerprint()
        reply = self._ask("GET", f"{self._root}/ScannerCapabilities")
        self._need(reply, 200)
        found = messages.abilities_of(self._xml(reply, "ScannerCapabilities"), mark)
        if found is None:
            raise NotAScanner(address=self._address.text, detail="neither glass nor feeder")
        return found

    def scan(self, order: Order) -> Iterator[Scanned]:
        """See `Scanner`. What the scanner cannot do is brought to the nearest it can."""
        order = self._fitted(order)
        job = self._begin(order)
        try:
            for number in range(1, MOST_PICTURES + 1):
                data = self._next(job, order, number)
                if data is None:
                    return
                yield Scanned(data, order.dpi, order.area)
                if order.source == "glass":
                    return
        finally:
            with suppress(ScanError):  # the job is over, or the scanner is away: nothing is left to free
                self._ask("DELETE", job, stoppable=False)

    # ---- the steps

    def _fitted(self, order: Order) -> Order:
        abilities = self.probe()
        source = abilities.of(order.source)
        if source is None:
            raise ScanImpossible(detail=f"no {order.source}")
        return replace(
            order,
            dpi=source.nearest(order.dpi),
            colour=(order.colour and source.colour) or not source.grey,
            both_sides=order.both_sides and abilities.both_sides and order.source == "feeder",
            area=source.within(order.area),
        )

    def _begin(self, order: Order) -> str:
        until = time.monotonic() + self._waits.busy
        while True:
            reply = self._ask("POST", f"{self._root}/ScanJobs", messages.settings(order))
            if reply.status == 201:
                path = urlsplit(reply.location).path.rstrip("/")
                if not path.startswith("/") or path == self._root:
                    raise ScanUnreadable(detail="a job without a place")
                return path
            trouble = self._trouble(order)
            if reply.status == 503 and (trouble is None or isinstance(trouble, ScannerBusy)):
                if time.monotonic() >= until:
                    raise ScannerBusy
                self._pause(reply.retry_s)
                continue
            if reply.status == 409 and order.source == "feeder" and trouble is None:
                raise FeederEmpty
            if reply.status in (409, 503) and trouble is not None:
                raise trouble
            self._need(reply, 201)

    def _next(self, job: str, order: Order, number: int) -> bytes | None:
        """The next picture; None when there is none."""
        until = time.monotonic() + self._waits.picture
        while True:
            reply = self._ask("GET", f"{job}/NextDocument", most=MOST_BYTES)
            if reply.status == 200:
                return self._picture(reply)
            if reply.status == 503:
                if time.monotonic() >= until:
                    raise self._trouble(order, job) or ScannerOffline(address=self._address.text)
                self._pause(reply.retry_s)
                continue
            if reply.status == 404:
                self._end(job, order, number)
                return None
            if reply.status in (409, 410):
                lost = ScannerFault(detail="HTTP 409") if reply.status == 409 else ScanLost()
                raise _in_a_job(self._trouble(order, job)) or lost
            self._need(reply, 200)

    def _end(self, job: str, order: Order, number: int) -> None:
        """404: no more pictures. A scanner says the same that has something stuck, or started anew and knows no job."""
        status = self._status()
        trouble = _in_a_job(status.trouble(order, job) if status else None)
        if trouble is not None:
            raise trouble
        if number == 1:
            raise FeederEmpty if order.source == "feeder" else ScanLost
        if status is not None and status.sheets_left(job):
            raise ScanLost

    def _picture(self, reply: Reply) -> bytes:
        data = reply.body
        if data.startswith(_JPEG):
            if not whole_picture(data):
                raise ScanLost
            return data
        if data.startswith(b"%PDF-"):
            raise ScanUnreadable(detail="PDF instead of a picture")
        raise ScanUnreadable(detail=f"{reply.kind} instead of a picture")

    def _trouble(self, order: Order, job: str = "") -> ScanError | None:
        status = self._status()
        return status.trouble(order, job) if status else None

    def _status(self) -> messages.Status | None:
        """What the scanner itself says; None where it says nothing to be read."""
        try:
            reply = self._ask("GET", f"{self._root}/ScannerStatus")
            return messages.status_of(self._xml(reply, "ScannerStatus"))
        except (ScanLost, ScanUnreadable, NotAScanner):
            return None

    # ---- one question

    def _ask(
        self, method: str, path: str, body: bytes | None = None, *, most: int = MOST_XML, stoppable: bool = True
    ) -> Reply:
        assert method in ("GET", "POST", "DELETE")
        stop = self._stop if stoppable else threading.Event()
        long = most == MOST_BYTES
        waits = self._waits
        patience = Patience(
            connect=5.0 if stoppable else 2.0,
            silence=waits.picture if long else (15.0 if stoppable else 2.0),
            total=4 * waits.picture if long else (30.0 if stoppable else 4.0),
            stop=stop,
        )
        return ask(method, self._address, path, patience, body=body, pin=self._pin, most=most)  # type: ignore[arg-type]

    def _need(self, reply: Reply, status: int) -> None:
        if reply.status == status:
            return
        where = self._address.text
        if reply.status in (401, 403, 407):
            raise ScannerAccess(address=where)
        if reply.status == 503:
            raise ScannerBusy
        if reply.status >= 500:
            raise ScannerFault(detail=f"HTTP {reply.status}")
        if reply.status in (400, 409, 415):
            raise ScanImpossible(detail=f"HTTP {reply.status}")
        raise NotAScanner(address=where, detail=f"HTTP {reply.status}")

    def _xml(self, reply: Reply, name: str) -> Element:
        try:
            root = read(reply.body)
        except NotXml as why:
            if reply.status == 200 and "xml" in reply.kind:
                raise ScanUnreadable(detail=str(why)) from why
            raise NotAScanner(address=self._address.text, detail=reply.kind) from why
        if root.name != name:
            raise NotAScanner(address=self._address.text, detail=f"HTTP {reply.status}, {reply.kind}")
        return root

    def _fingerprint(self) -> str:
        try:
            return fingerprint(self._address, Patience(stop=self._stop))
        except DeviceError as why:
            raise ScannerOffline(address=self._address.text) from why

    def _pause(self, told: float | None) -> None:
        pause = self._waits.pause if told is None else min(told, 10 * self._waits.pause)
        if self._stop.wait(pause):
            raise ScanStopped


def _in_a_job(trouble: ScanError | None) -> ScanError | None:
    """What is no trouble for a job that runs: the feeder is empty because the job has drawn its sheets, and the scanner
    is busy with them.
    """
    return None if isinstance(trouble, FeederEmpty | ScannerBusy) else trouble
