"""What runs in the worker process: `python -m akimat_desk.documents.inside`, started by `worker.Worker` only.

One thread listens, so that the end of the desk is noticed while a page is being drawn; the main thread does the work,
one order at a time, and keeps the last document open.
"""

from __future__ import annotations

import errno
import gc
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from akimat_desk.documents import protocol, raster
from akimat_desk.documents.confine import confine_this_process, end_with_children
from akimat_desk.documents.errors import (
    DamagedFile,
    DiskFull,
    DocumentError,
    FileGone,
    PrintingForbidden,
    TooHeavy,
    place_of,
)
from akimat_desk.documents.opened import Opened, open_document
from akimat_desk.documents.protocol import Answer, Hello, Packet
from akimat_desk.documents.source import Stamp, read_source, stamp_of
from akimat_desk.people.erasing import erase_folder


def main() -> None:
    """Serve until the desk hangs up."""
    orders_in, answers_out = _take_pipes()
    first = protocol.decode_order(protocol.read_frame(orders_in)[0])
    if not isinstance(first, Hello):
        return
    confine_this_process(first.limits)
    server = _Server(first, lambda answer, raw=b"": protocol.write_frame(answers_out, protocol.encode(answer), raw))
    server.say(protocol.Ready())
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # from here on libraries have nothing to say
    orders: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders_in, orders.put), daemon=True).start()
    while True:
        message, data = orders.get()
        server.serve(protocol.decode_order(message), data)
        message = data = b""  # a picture is not kept while nothing is done with it


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our ends of the pipes; what libraries print goes nowhere, so it cannot be taken for an answer."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return pipes


def _listen(orders_in: BinaryIO, put: Callable[[tuple[bytes, bytes]], None]) -> None:
    try:
        while True:
            put(protocol.read_frame(orders_in))
    except protocol.Broken:
        end_with_children()


class _Server:
    """Carries out orders."""

    def __init__(self, hello: Hello, say: Callable[..., None]) -> None:
        self.say = say
        self._limits = hello.limits
        self._folder = Path(os.fsdecode(hello.folder))
        self._converter = hello.converter
        self._last: tuple[Stamp, str | None, Opened] | None = None

    def serve(self, order: protocol.Order, data: bytes = b"") -> None:
        """Carry out one order and answer it, come what may. `data` came with it."""
        raw: Packet = b""
        answer: Answer
        try:
            answer, raw = self._do(order, data)
        except DocumentError as why:
            answer = _refusal(why)
        except MemoryError as why:
            self._forget()
            answer = _refusal(TooHeavy(detail=place_of(why)))
        except OSError as why:
            full = why.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            answer = _refusal((DiskFull if full else DamagedFile)(detail=place_of(why)))
        except Exception as why:
            # Libraries raise what they like on hostile bytes; the place lets a mistake of ours be told from theirs.
            self._forget()
            answer = _refusal(DamagedFile(detail=place_of(why)))
        self.say(answer, raw)

    def _do(self, order: protocol.Order, data: bytes) -> tuple[Answer, Packet]:
        match order:
            case protocol.Inspect():
                return protocol.Inspected(self._document(order).findings()), b""
            case protocol.Preview():
                document = self._document(order)
                document.need_page(order.page)
                return protocol.Previewed(), raster.preview(
                    document.pdf, order.page, order.width, order.height, grey=order.grey
                )
            case protocol.ToPdf():
                return self._write_pdf(order), b""
            case protocol.Render():
                return self._render(order)
            case protocol.Develop():
                from akimat_desk.documents.developing import develop

                return develop(data, order, self._limits)
            case protocol.Warm():
                import akimat_desk.documents.pictures
                import akimat_desk.documents.typeset  # noqa: F401 - imported so that the first picture and text are quick

                return protocol.Warmed(), b""
            case Hello():
                raise protocol.Broken

    def _document(self, order: protocol.Request) -> Opened:
        path = Path(os.fsdecode(order.path))
        try:
            stamp = stamp_of(path)
        except FileGone:
            if self._last and self._last[0].path == order.path and self._last[1] == order.password:
                return self._last[2]  # the stick was pulled out, but everything has been read
            raise
        if self._last and self._last[:2] == (stamp, order.password):
            return self._last[2]
        self._forget()
        data = read_source(path, self._limits)
        tell = lambda kind: self.say(protocol.Seen(kind))  # noqa: E731
        document = open_document(data, order.password, self._limits, self._folder, self._converter, tell)
        self._last = stamp, order.password, document
        return document

    def _forget(self) -> None:
        if self._last:
            self._last[2].close()
        self._last = None
        gc.collect()

    def _write_pdf(self, order: protocol.ToPdf) -> Answer:
        document = self._document(order)
        if not document.pdf.printing_allowed and not order.override:
            raise PrintingForbidden
        pages, sides = order.pages, order.sides
        for page in pages or [page for side in sides or () for page in side if page]:
            document.need_page(page)
        target = Path(os.fsdecode(order.target))
        part = target.with_name(target.name + ".part")
        try:
            pdf = document.pdf
            part.write_bytes(pdf.write(pages) if sides is None else pdf.imposed(sides, order.sheet_mm))
            part.replace(target)
        finally:
            erase_folder(part)
        made = sides if sides is not None else pages if pages is not None else document.pdf.sizes
        return protocol.Made(len(made))

    def _render(self, order: protocol.Render) -> tuple[Answer, Packet]:
        document = self._document(order)
        document.need_page(order.page)
        strip, pixels = raster.render(
            document.pdf,
            order.page,
            dpi=order.dpi,
            colour=order.colour,
            blue_first=order.blue_first,
            media_mm=order.media_mm,
            y=order.y,
        )
        return strip, pixels


def _refusal(why: DocumentError) -> protocol.Refusal:
    values = {
        name: value for name, value in why.values.items() if isinstance(value, int | float | str) and name != "code"
    }
    return protocol.Refusal(why.code, values, why.detail)


if __name__ == "__main__":
    main()
