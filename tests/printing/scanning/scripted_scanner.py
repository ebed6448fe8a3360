"""A scanner of our own that speaks eSCL, and misbehaves on demand: what copying does then is tried against it.

Left alone it is an obedient scanner with a glass and a feeder for both sides: it scans the papers that lie there, in
the area, sharpness and colour it is asked for. `next` says what it does instead, once, at the next question of a kind:

    with ScriptedScanner(glass=paper()) as scanner:
        scanner.next("document", breaks_off())

`sane-airscan` of Debian scans from it too (`tests/system/test_real_scanner.py`), which says that it is a scanner.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import io
import re
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Literal

from PIL import Image, ImageDraw

Step = Literal["capabilities", "status", "jobs", "document", "delete"]
Behaviour = Callable[["Handler"], bool]
"""Answers in the place of the scanner; False lets the scanner answer as well."""

GLASS = (2550, 3508)
"""Three hundredths of an inch, which is also the pixels of a paper here."""
DPIS = (75, 100, 300)


@functools.cache
def paper(word: str = "", *, ink: str = "black", card: tuple[int, int] | None = None) -> Image.Image:
    """A sheet as it lies on the glass: a frame, a word, or a card of 85.6 x 54 mm with its corner at `card` (mm)."""
    sheet = Image.new("RGB", GLASS, "white")
    draw = ImageDraw.Draw(sheet)
    if card is None:
        draw.rectangle((150, 150, 2330, 3350), outline=ink, width=12)
    else:
        left, top = (round(mm * 300 / 25.4) for mm in card)
        draw.rectangle((left, top, left + 1011, top + 638), fill="#C9D8E8", outline=ink, width=6)
        draw.rectangle((left + 60, top + 120, left + 330, top + 480), fill=ink)
    for number, letter in enumerate(word.encode()):  # no font: bars that differ from word to word
        draw.rectangle((400 + 40 * number, 700, 420 + 40 * number, 700 + 6 * letter), fill=ink)
    return sheet


class ScriptedScanner:
    """Listens on a free port of loopback from `with` to its end."""

    def __init__(
        self,
        glass: Image.Image | None = None,
        feeder: Sequence[Image.Image] = (),
        *,
        has_feeder: bool = True,
        tls: Any = None,
    ) -> None:
        self.glass = glass if glass is not None else paper()
        self.feeder = deque(feeder)
        self.has_feeder = has_feeder
        self.state, self.adf = "Idle", ""
        self.reasons: tuple[str, ...] = ()
        self.jobs: dict[str, deque[bytes]] = {}
        self.orders: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.deleted: list[str] = []
        self.location = "http://localhost{path}"
        """How the place of a job is told; scanners name hosts nobody reaches."""
        self.knows_jobs = True
        self.sent: list[bytes] = []
        self.released = threading.Event()
        self._script: defaultdict[Step, deque[Behaviour]] = defaultdict(deque)
        self._connections: set[socket.socket] = set()
        self._number = 0
        scanner = self

        class Bound(Handler):
            owner = scanner

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A connection that breaks is what we are here for."""

        self._server = Server(("127.0.0.1", 0), Bound)
        self._tls = tls
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> ScriptedScanner:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for connection in tuple(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @property
    def uri(self) -> str:
        """Its address."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._server.server_address[1]}/eSCL"

    def next(self, step: Step, *behaviours: Behaviour) -> None:
        """Do so the next times this is asked, one a time."""
        self._script[step] += behaviours

    def take(self, step: Step) -> Behaviour | None:
        """What is to be done instead now."""
        return self._script[step].popleft() if self._script[step] else None

    # ---- what it says

    def capabilities(self) -> str:
        """All it can do."""
        caps = (
            f"<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{GLASS[0]}</scan:MaxWidth>"
            f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{GLASS[1]}</scan:MaxHeight>"
            "<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
            "<scan:ColorMode>BlackAndWhite1</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode>"
            "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>"
            "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><pwg:DocumentFormat>application/pdf</pwg:DocumentFormat>"
            "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
            "<scan:SupportedResolutions><scan:DiscreteResolutions>"
            + "".join(
                f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
                f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
                for dpi in DPIS
            )
            + "</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
        )
        feeder = (
            f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>"
            f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps><scan:FeederCapacity>35</scan:FeederCapacity>"
            "</scan:Adf>"
        )
        return document(
            "ScannerCapabilities",
            "<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Скан 100</pwg:MakeAndModel>"
            "<scan:UUID>0c64a8f8-5a3a-4f6b-9c7e-000000000001</scan:UUID>"
            f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
            + (feeder if self.has_feeder else ""),
        )

    def status(self) -> str:
        """How it stands."""
        adf = self.adf or ("ScannerAdfLoaded" if self.feeder else "ScannerAdfEmpty")
        words = "".join(f"<pwg:JobStateReason>{reason}</pwg:JobStateReason>" for reason in self.reasons)
        jobs = "".join(
            f"<scan:JobInfo><pwg:JobUri>http://[fe80::1]:80{path}</pwg:JobUri><pwg:JobState>"
            f"{'Processing' if left else 'Completed'}</pwg:JobState>"
            f"<pwg:JobStateReasons>{words}</pwg:JobStateReasons></scan:JobInfo>"
            for path, left in self.jobs.items()
            if self.knows_jobs
        )
        return document(
            "ScannerStatus",
            f"<pwg:Version>2.63</pwg:Version><pwg:State>{self.state}</pwg:State><scan:AdfState>{adf}</scan:AdfState>"
            f"<scan:Jobs>{jobs}</scan:Jobs>",
        )

    def begin(self, settings: str) -> str | None:
        """Take a job in; its path, None where the feeder is empty."""
        told = dict(re.findall(r"<(?:\w+:)?(\w+)>([^<]*)</", settings))
        self.orders.append(told)
        if told["InputSource"] == "Feeder" and not self.feeder:
            return None
        papers = [self.glass] if told["InputSource"] == "Platen" else list(self.feeder)
        if told["InputSource"] == "Feeder":
            self.feeder.clear()
        self._number += 1
        path = f"/eSCL/ScanJobs/{self._number}"
        self.jobs[path] = deque(scanned(each, told) for each in papers)
        return path


def scanned(sheet: Image.Image, told: dict[str, str]) -> bytes:
    """The JPEG that the lamp and the lens make of `sheet`."""
    left, top, width, height = (int(told[name]) for name in ("XOffset", "YOffset", "Width", "Height"))
    part = sheet.crop((left, top, left + width, top + height))
    dpi = int(told["XResolution"])
    part = part.resize((max(1, round(width * dpi / 300)), max(1, round(height * dpi / 300))), Image.Resampling.BOX)
    out = io.BytesIO()
    part.convert("RGB" if told["ColorMode"] == "RGB24" else "L").save(out, "JPEG", quality=90, dpi=(dpi, dpi))
    return out.getvalue()


def document(name: str, inside: str) -> str:
    """An answer in XML, with the comment some makers put on top."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- THIS DATA SUBJECT TO DISCLAIMER(S) -->\n'
        f'<scan:{name} xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
        f' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">{inside}</scan:{name}>'
    )


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    owner: ScriptedScanner
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.owner._connections.add(self.connection)

    def finish(self) -> None:
        self.owner._connections.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""

    def answer(self, status: int, body: bytes = b"", kind: str = "text/xml", **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _instead(self, step: Step) -> bool:
        self.owner.asked.append(step)
        behaviour = self.owner.take(step)
        return behaviour is not None and behaviour(self)

    def do_GET(self) -> None:
        scanner = self.owner
        if self.path == "/eSCL/ScannerCapabilities":
            if not self._instead("capabilities"):
                self.answer(200, scanner.capabilities().encode())
        elif self.path == "/eSCL/ScannerStatus":
            if not self._instead("status"):
                self.answer(200, scanner.status().encode())
        elif self.path.endswith("/NextDocument"):
            if not self._instead("document"):
                self.picture()
        else:
            self.answer(404)

    def picture(self) -> None:
        """The next picture, or that there is none."""
        pictures = self.owner.jobs.get(self.path.removesuffix("/NextDocument"))
        if not pictures:
            self.answer(404)
            return
        data = pictures.popleft()
        self.owner.sent.append(data)
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(data), 50_000):
            piece = data[start : start + 50_000]
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def do_POST(self) -> None:
        settings = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self._instead("jobs"):
            return
        path = self.owner.begin(settings)
        if path is None:
            self.answer(409)
        else:
            self.answer(201, Location=self.owner.location.format(path=path))

    def do_DELETE(self) -> None:
        if not self._instead("delete"):
            self.owner.deleted.append(self.path)
            self.owner.jobs.pop(self.path, None)
            self.answer(200)


# ---- what goes wrong


def busy(times_left: float | None = None) -> Behaviour:
    """503, with the pause it asks for."""

    def act(handler: Handler) -> bool:
        if times_left is None:
            handler.answer(503)
        else:
            handler.answer(503, Retry_After=str(times_left))
        return True

    return act


def says(status: int, body: bytes = b"", kind: str = "text/xml") -> Behaviour:
    """Any answer."""

    def act(handler: Handler) -> bool:
        handler.answer(status, body, kind)
        return True

    return act


def stands(adf: str = "", *, state: str = "Idle", reasons: Sequence[str] = (), status: int = 409) -> Behaviour:
    """From now on it stands so, and answers `status`: a jam, an open cover, a fault."""

    def act(handler: Handler) -> bool:
        scanner = handler.owner
        scanner.adf, scanner.state, scanner.reasons = adf, state, tuple(reasons)
        handler.answer(status)
        return True

    return act


def breaks_off(after: int = 2_000) -> Behaviour:
    """The line goes down in the middle of the picture."""

    def act(handler: Handler) -> bool:
        data = handler.owner.jobs[handler.path.removesuffix("/NextDocument")].popleft()
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[:after])
        handler.close_connection = True
        return True

    return act


def lies_about_length(factor: float) -> Behaviour:
    """It says a length that is not the picture's: a part of it (the rest is not to be seen), or more than comes."""

    def act(handler: Handler) -> bool:
        data = handler.owner.jobs[handler.path.removesuffix("/NextDocument")].popleft()
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.send_header("Content-Length", str(int(len(data) * factor)))
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True
        return True

    return act


def never_ends(*, says_how_long: bool = False) -> Behaviour:
    """A picture without an end."""

    def act(handler: Handler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        if says_how_long:
            handler.send_header("Content-Length", "999999999999")
        handler.end_headers()
        block = b"\xff\xd8\xff" + bytes(1 << 20)
        with contextlib.suppress(OSError):
            while not handler.owner.released.is_set():
                handler.wfile.write(block)
        handler.close_connection = True
        return True

    return act


def starts_anew(status: int = 404) -> Behaviour:
    """The scanner was switched off and on: it knows no job any more; what lay in the feeder lies there still."""

    def act(handler: Handler) -> bool:
        scanner = handler.owner
        if scanner.jobs:
            left = sum(map(len, scanner.jobs.values()))
            scanner.jobs.clear()
            scanner.feeder.extend([paper()] * left)
        handler.answer(status)
        return True

    return act


def hangs() -> Behaviour:
    """No answer until the test is over."""

    def act(handler: Handler) -> bool:
        handler.owner.released.wait(30)
        handler.close_connection = True
        return True

    return act
