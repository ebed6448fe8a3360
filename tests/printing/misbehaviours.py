"""What a `ScriptedPrinter` can be told to do instead of obeying, each seen at a real printer or network."""

from __future__ import annotations

import struct
import threading

from printing.devices.ipp.codec import Attribute, Group, Message, Tag
from printing.devices.ipp.words import JobStateNumber, Status
from tests.printing.scripted_printer import Behaviour, Moment, Visit, reply


def answers(status: int, *unsupported: Attribute) -> Behaviour:
    """Refuses (or half refuses) with an IPP status, naming attributes it does not support."""
    groups = (Group(Tag.UNSUPPORTED_GROUP, unsupported),) if unsupported else ()
    return lambda visit: visit.answer(reply(visit.request(), status, *groups))


def obeys_but_for(*ignored: Attribute) -> Behaviour:
    """Does what was asked without some of the attributes, and says so (status 0x0001, RFC 8011, 4.1.7)."""

    def behave(visit: Visit) -> None:
        done = visit.printer.obey(request := visit.request())
        unsupported = Group(Tag.UNSUPPORTED_GROUP, ignored)
        visit.answer(reply(request, Status.OK_IGNORED_OR_SUBSTITUTED, *done.groups[1:], unsupported))

    return behave


def refuses_with_pages_out(status: int, pages: int | None) -> Behaviour:
    """Draws while it reads, puts `pages` into the tray, and then says no to the document."""

    def behave(visit: Visit) -> None:
        printer, request = visit.printer, visit.request()
        with printer._lock:
            job = printer._job(request)
            assert job is not None
            job.document = request.document
            job.now = Moment(JobStateNumber.ABORTED, job_reasons=("aborted-by-system",), impressions=pages)
        visit.answer(reply(request, status))

    return behave


def forgets_the_job(status: int) -> Behaviour:
    """Says no to the document and knows nothing of its job any more."""

    def behave(visit: Visit) -> None:
        printer, request = visit.printer, visit.request()
        with printer._lock:
            printer.jobs.clear()
        visit.answer(reply(request, status))

    return behave


def loses_request() -> Behaviour:
    """Reads everything, does nothing, and breaks off."""

    def behave(visit: Visit) -> None:
        visit.request()
        visit.hang_up()

    return behave


def loses_reply() -> Behaviour:
    """Does what was asked and breaks off before it says so."""

    def behave(visit: Visit) -> None:
        visit.printer.obey(visit.request())
        visit.hang_up()

    return behave


def reads_slowly() -> tuple[Behaviour, Behaviour]:
    """What to do with a document and with a cancelling: the document has come in whole, but the printer gets to it only
    once its job was cancelled meanwhile.
    """
    cancelled, seen = threading.Event(), threading.Event()

    def send(visit: Visit) -> None:
        request = visit.request()
        cancelled.wait(60)
        visit.printer.obey(request)
        seen.set()
        visit.hang_up()

    def cancel(visit: Visit) -> None:
        done = visit.printer.obey(visit.request())
        cancelled.set()
        seen.wait(60)
        visit.answer(done)

    return send, cancel


def answers_http(
    status: int, kind: str = "text/html", content: bytes = b"<html>Sign in</html>", **headers: str
) -> Behaviour:
    """Something that is no printer answers: a web page, a sign-in page, a proxy."""

    def behave(visit: Visit) -> None:
        visit.request()
        visit.send(status, kind, content, **headers)

    return behave


def answers_raw(content: bytes) -> Behaviour:
    """These bytes and no more, instead of an HTTP answer."""

    def behave(visit: Visit) -> None:
        visit.request()
        visit.raw(content)

    return behave


def drips(seconds_between: float = 0.02) -> Behaviour:
    """Answers one byte at a time and never ends, so that no wait for a single byte is long."""

    def behave(visit: Visit) -> None:
        visit.request()
        visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: 1000000\r\n\r\n")
        while not visit.printer.released.wait(seconds_between):
            visit.raw(b"\x02")

    return behave


def hangs() -> Behaviour:
    """Takes the request and says nothing until the printer is released."""

    def behave(visit: Visit) -> None:
        visit.request()
        visit.printer.released.wait(60)
        visit.hang_up()

    return behave


def stops_reading() -> Behaviour:
    """Reads the head and then nothing, as a printer without paper does, until it is released."""

    def behave(visit: Visit) -> None:
        visit.printer.released.wait(60)
        visit.hang_up()

    return behave


def breaks_off_in_document(after: int = 4096) -> Behaviour:
    """Reads some of the document and breaks off."""

    def behave(visit: Visit) -> None:
        visit.handler.body.read(after)
        visit.hang_up()

    return behave


def refuses_early(status: int) -> Behaviour:
    """Answers at once and never reads the document."""

    def behave(visit: Visit) -> None:
        _major, _minor, _code, request_id = struct.unpack(">BBHi", visit.head)
        visit.answer(Message(status, request_id, ()))
        visit.printer.released.wait(60)

    return behave


def vanishes(*, after_reading: bool = True, after_doing: bool = False) -> Behaviour:
    """The plug is pulled: before it read the request, after, or after it did what was asked."""

    def behave(visit: Visit) -> None:
        if after_reading or after_doing:
            request = visit.request()
            if after_doing:
                visit.printer.obey(request)
        visit.printer.vanish()

    return behave
