"""A printer of our own that misbehaves on demand: the error paths of everything that prints are tried against it.

Left alone it is an obedient IPP printer: it takes jobs, keeps their documents, and answers how they stand. `next` says
what it does instead, once, the next time it is asked an operation:

    with ScriptedPrinter() as printer:
        printer.next(Operation.SEND_DOCUMENT, loses_reply())
        ...

The misbehaviours are in `tests/printing/misbehaviours.py`. What real printers do is tried against ippeveprinter
(`tests/system/printers.py`); this one only does what they did.
"""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeAlias

from printing.devices.ipp.codec import (
    Attribute,
    Collection,
    Data,
    Group,
    Message,
    Range,
    Resolution,
    Tag,
    attribute,
    decode,
    encode,
)
from printing.devices.ipp.words import JobStateNumber, Operation, Status

IDLE, PROCESSING = 3, 4


@dataclass(frozen=True)
class Moment:
    """How a job and its printer stand when they are next asked about the job."""

    state: JobStateNumber
    printer_reasons: tuple[str, ...] = ("none",)
    job_reasons: tuple[str, ...] = ("none",)
    impressions: int | None = None
    sheets: int | None = None


@dataclass
class FakeJob:
    """A job as the printer has it. `template` are its job attributes; `story` is told one moment a question."""

    number: int
    name: str
    user: str
    template: Group
    document_format: str = ""
    document: bytes | None = None
    cancelled: bool = False
    documents: int | None = None
    """number-of-documents as it is told; None tells nothing."""
    now: Moment = Moment(JobStateNumber.PENDING_HELD, job_reasons=("job-data-insufficient",))
    story: deque[Moment] = field(default_factory=deque)


class ScriptedPrinter:
    """Listens on a free port of loopback from `with` to its end. `attributes` replace or add printer attributes,
    `without` takes some away.
    """

    def __init__(self, attributes: Iterable[Attribute] = (), *, without: Iterable[str] = ()) -> None:
        self.attributes = {each.name: each for each in _usual_attributes()}
        self.attributes.update({each.name: each for each in attributes})
        for name in without:
            del self.attributes[name]
        self.jobs: dict[int, FakeJob] = {}
        self.requests: list[Message] = []
        self.reasons: tuple[str, ...] = ("none",)
        self.story: tuple[Moment, ...] = (Moment(JobStateNumber.PROCESSING), Moment(JobStateNumber.COMPLETED))
        self.cancel_story: tuple[Moment, ...] = (
            Moment(JobStateNumber.CANCELED, job_reasons=("job-canceled-by-user",)),
        )
        self.released = threading.Event()
        self._script: defaultdict[Operation, deque[Behaviour]] = defaultdict(deque)
        self._lock = threading.RLock()
        self._connections: set[socket.socket] = set()
        printer = self

        class Handler(_Handler):
            owner = printer

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A connection that breaks is what we are here for."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._gone = False
        self._scheme = "ipp"

    def __enter__(self) -> ScriptedPrinter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.vanish()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def uri(self) -> str:
        """Its address."""
        return f"{self._scheme}://127.0.0.1:{self.port}/ipp/print"

    def encrypt(self, context: ssl.SSLContext) -> None:
        """From now on it speaks TLS alone."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "ipps"

    def next(self, operation: Operation, *behaviours: Behaviour) -> None:
        """Behave so, one each time, when next asked `operation`."""
        with self._lock:
            self._script[operation].extend(behaviours)

    def vanish(self) -> None:
        """The plug is pulled: nobody listens, and every connection breaks."""
        self.released.set()
        with self._lock:
            first, self._gone = not self._gone, True
        if first:
            self._server.shutdown()
            self._server.socket.close()
            self._thread.join()
            with self._lock:  # the last, so that whoever sees its connection break finds nobody listening
                for connection in tuple(self._connections):
                    break_off(connection)

    def asked(self, operation: Operation) -> list[Message]:
        """Every request of that operation so far."""
        with self._lock:
            return [message for message in self.requests if message.code == operation]

    # -- as a printer would -----------------------------------------------------------------------------------------

    def obey(self, request: Message) -> Message:
        """Do what is asked and answer."""
        with self._lock:
            answer = _ANSWERS.get(request.code)
            if answer is None:
                return reply(request, Status.OPERATION_NOT_SUPPORTED)
            return answer(self, request)

    def _printer_attributes(self, request: Message) -> Message:
        state = PROCESSING if any(job.now.state == JobStateNumber.PROCESSING for job in self.jobs.values()) else IDLE
        told = dict(self.attributes)
        told["printer-state"] = attribute("printer-state", Tag.ENUM, state)
        told["printer-state-reasons"] = attribute("printer-state-reasons", Tag.KEYWORD, *self.reasons)
        return reply(request, Status.OK, Group(Tag.PRINTER, tuple(told.values())))

    def _validate(self, request: Message) -> Message:
        return reply(request, Status.OK)

    def _create(self, request: Message) -> Message:
        operation = request.group(Tag.OPERATION)
        job = FakeJob(
            number=len(self.jobs) + 1,
            name=operation.text("job-name"),
            user=operation.text("requesting-user-name"),
            template=request.group(Tag.JOB),
            document_format=operation.text("document-format"),
        )
        self.jobs[job.number] = job
        return reply(request, Status.OK, self._told(job))

    def _send(self, request: Message) -> Message:
        job = self._job(request)
        if job is None:
            return reply(request, Status.NOT_FOUND)
        if job.cancelled:  # RFC 8011, 4.3.1: a job that is over takes no document
            return reply(request, Status.NOT_POSSIBLE)
        job.document_format = request.group(Tag.OPERATION).text("document-format")
        self._take(job, request.document)
        return reply(request, Status.OK, self._told(job))

    def _print(self, request: Message) -> Message:
        answer = self._create(request)
        self._take(self.jobs[len(self.jobs)], request.document)
        return answer

    def _take(self, job: FakeJob, document: bytes) -> None:
        job.document = document
        job.story = deque(self.story)
        job.now = Moment(JobStateNumber.PENDING)

    def _get_job(self, request: Message) -> Message:
        job = self._job(request)
        if job is None:
            return reply(request, Status.NOT_FOUND)
        if job.story:
            job.now = job.story.popleft()
            self.reasons = job.now.printer_reasons
        return reply(request, Status.OK, self._told(job))

    def _get_jobs(self, request: Message) -> Message:
        completed = request.group(Tag.OPERATION).text("which-jobs") == "completed"
        wanted = [job for job in self.jobs.values() if (job.now.state >= JobStateNumber.CANCELED) == completed]
        return reply(request, Status.OK, *(self._told(job) for job in wanted))

    def _cancel(self, request: Message) -> Message:
        job = self._job(request)
        if job is None:
            return reply(request, Status.NOT_FOUND)
        if job.now.state >= JobStateNumber.CANCELED:
            return reply(request, Status.NOT_POSSIBLE)
        job.cancelled = True
        job.story = deque(self.cancel_story)
        job.now = job.story[0]
        return reply(request, Status.OK)

    def _job(self, request: Message) -> FakeJob | None:
        return self.jobs.get(request.group(Tag.OPERATION).number("job-id") or 0)

    def _told(self, job: FakeJob) -> Group:
        told = [
            attribute("job-id", Tag.INTEGER, job.number),
            attribute("job-name", Tag.NAME, job.name),
            attribute("job-state", Tag.ENUM, job.now.state),
            attribute("job-state-reasons", Tag.KEYWORD, *job.now.job_reasons),
        ]
        if job.documents is not None:
            told.append(attribute("number-of-documents", Tag.INTEGER, job.documents))
        if job.now.impressions is not None:
            told.append(attribute("job-impressions-completed", Tag.INTEGER, job.now.impressions))
        if job.now.sheets is not None:
            told.append(attribute("job-media-sheets-completed", Tag.INTEGER, job.now.sheets))
        return Group(Tag.JOB, tuple(told))


_ANSWERS: dict[int, Callable[[ScriptedPrinter, Message], Message]] = {
    Operation.GET_PRINTER_ATTRIBUTES: ScriptedPrinter._printer_attributes,
    Operation.VALIDATE_JOB: ScriptedPrinter._validate,
    Operation.CREATE_JOB: ScriptedPrinter._create,
    Operation.SEND_DOCUMENT: ScriptedPrinter._send,
    Operation.PRINT_JOB: ScriptedPrinter._print,
    Operation.GET_JOB_ATTRIBUTES: ScriptedPrinter._get_job,
    Operation.GET_JOBS: ScriptedPrinter._get_jobs,
    Operation.CANCEL_JOB: ScriptedPrinter._cancel,
}


def reply(request: Message, status: int, *groups: Group) -> Message:
    """An answer to `request`."""
    head = Group(
        Tag.OPERATION,
        (
            attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
        ),
    )
    return Message(status, request.request_id, (head, *groups))


def _usual_attributes() -> list[Attribute]:
    keyword, integer = Tag.KEYWORD, Tag.INTEGER
    size = Collection((attribute("x-dimension", integer, 21000), attribute("y-dimension", integer, 29700)))
    operations: tuple[Data, ...] = tuple(_ANSWERS)
    return [
        attribute("printer-info", Tag.TEXT, "Кеңсе принтері"),
        attribute("printer-make-and-model", Tag.TEXT, "Scripted Printer"),
        attribute("printer-uuid", Tag.URI, "urn:uuid:00000000-0000-4000-8000-000000000001"),
        attribute("printer-is-accepting-jobs", Tag.BOOLEAN, True),
        attribute("operations-supported", Tag.ENUM, *operations),
        attribute("document-format-supported", Tag.MIME_TYPE, "application/pdf", "image/pwg-raster"),
        attribute("color-supported", Tag.BOOLEAN, True),
        attribute("print-color-mode-supported", keyword, "auto", "color", "monochrome"),
        attribute("sides-supported", keyword, "one-sided", "two-sided-long-edge", "two-sided-short-edge"),
        attribute("copies-supported", Tag.RANGE, Range(1, 99)),
        attribute("media-supported", keyword, "na_letter_8.5x11in", "iso_a4_210x297mm"),
        attribute("media-ready", keyword, "iso_a4_210x297mm"),
        attribute("media-size-supported", Tag.COLLECTION, size),
        attribute("printer-resolution-supported", Tag.RESOLUTION, Resolution(600, 600)),
        attribute("page-ranges-supported", Tag.BOOLEAN, True),
        attribute("print-quality-supported", Tag.ENUM, 3, 4, 5),
        attribute("pwg-raster-document-type-supported", keyword, "sgray_8", "srgb_8"),
        attribute("pwg-raster-document-resolution-supported", Tag.RESOLUTION, Resolution(300, 300)),
        attribute("pwg-raster-document-sheet-back", keyword, "rotated"),
    ]


# -- one request ---------------------------------------------------------------------------------------------------


@dataclass
class Visit:
    """One request as it comes in. `request` reads all of it."""

    printer: ScriptedPrinter
    handler: _Handler
    head: bytes

    def request(self) -> Message:
        message = decode(self.head + self.handler.body.rest())
        with self.printer._lock:
            self.printer.requests.append(message)
        return message

    def answer(self, message: Message) -> None:
        self.send(200, "application/ipp", encode(message))

    def send(self, status: int, kind: str, content: bytes, **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.wfile.write(content)

    def raw(self, content: bytes) -> None:
        with contextlib.suppress(OSError):
            self.handler.connection.sendall(content)

    def hang_up(self) -> None:
        break_off(self.handler.connection)


Behaviour: TypeAlias = Callable[[Visit], None]


def obeys(visit: Visit) -> None:
    """What it does when nothing is scripted."""
    visit.answer(visit.printer.obey(visit.request()))


# -- HTTP ---------------------------------------------------------------------------------------------------------


class _Handler(http.server.BaseHTTPRequestHandler):
    owner: ScriptedPrinter
    protocol_version = "HTTP/1.1"
    body: _Body

    def setup(self) -> None:
        super().setup()
        with self.owner._lock:
            self.owner._connections.add(self.connection)

    def finish(self) -> None:
        with self.owner._lock:
            self.owner._connections.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        self.close_connection = True
        self.body = _Body(self)
        head = self.body.read(8)
        operation = Operation(struct.unpack(">H", head[2:4])[0])
        with self.owner._lock:
            script = self.owner._script[operation]
            behave = script.popleft() if script else obeys
        behave(Visit(self.owner, self, head))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Body:
    """The body of a request: by length or chunked."""

    def __init__(self, handler: _Handler) -> None:
        self._stream = handler.rfile
        self._chunked = handler.headers.get("Transfer-Encoding") == "chunked"
        self._left = 0 if self._chunked else int(handler.headers["Content-Length"])
        self._ended = False

    def read(self, size: int) -> bytes:
        found = b""
        while len(found) < size and not self._ended:
            if not self._left and not self._next_chunk():
                break
            piece = self._stream.read(min(size - len(found), self._left))
            if not piece:
                raise ConnectionError("the request broke off")
            self._left -= len(piece)
            found += piece
            if self._chunked and not self._left:
                self._stream.readline()
        return found

    def rest(self) -> bytes:
        found = []
        while piece := self.read(65536):
            found.append(piece)
        return b"".join(found)

    def _next_chunk(self) -> bool:
        if self._chunked:
            line = self._stream.readline()
            if not line:
                raise ConnectionError("the request broke off")
            self._left = int(line, 16)
            if not self._left:
                self._stream.readline()
        self._ended = not self._left
        return not self._ended


def break_off(connection: socket.socket) -> None:
    """End a connection as a pulled plug or a crash does: with a reset, nothing more."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        connection.close()
