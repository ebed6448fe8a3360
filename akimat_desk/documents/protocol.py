"""What desk and worker say to each other: MessagePack over the worker's standard input and output.

A frame is two lengths (four bytes each, little-endian), a message, and raw bytes (pixels, a PNG) that need no packing.
The worker has met untrusted bytes, so the desk believes it in nothing but shape: lengths are bounded, messages are
decoded into the types below, and sentences are never sent.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, Final, Literal

import msgspec

from akimat_desk.documents.inspection import Findings, Kind
from akimat_desk.documents.limits import Limits

_LENGTHS: Final = struct.Struct("<II")
MOST_MESSAGE: Final = 4 << 20
MOST_BYTES: Final = 64 << 20


Box = tuple[float, float, float, float]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The file (its path as the system's bytes: names need not be text) and the password, if one was typed."""

    path: bytes
    password: str | None = None


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """The first message: what the worker may take, its own folder, the LibreOffice to use."""

    limits: Limits
    folder: bytes
    converter: str


class Warm(msgspec.Struct, frozen=True, tag="warm"):
    """Import what is imported late."""


class Inspect(Request, frozen=True, tag="inspect"):
    """Answered by `Inspected`."""


class Preview(Request, frozen=True, kw_only=True, tag="preview"):
    """Answered by `Previewed` and the PNG."""

    page: int
    width: int
    height: int | None
    grey: bool


class ToPdf(Request, frozen=True, kw_only=True, tag="to-pdf"):
    """Answered by `Made`; the PDF is then at `target`."""

    target: bytes
    pages: tuple[int, ...] | None
    override: bool
    sides: tuple[tuple[int, ...], ...] | None = None
    """Several pages on a side of paper, instead of `pages`; 0 is an empty place."""
    sheet_mm: tuple[float, float] = (210.0, 297.0)
    """That paper, upright."""


class Render(Request, frozen=True, kw_only=True, tag="render"):
    """Answered by `Strip` and the pixels of the strip that begins at row `y`."""

    page: int
    dpi: int
    colour: bool
    blue_first: bool
    media_mm: tuple[float, float] | None
    y: int


class Develop(msgspec.Struct, frozen=True, kw_only=True, tag="develop"):
    """A scanned picture, sent along as raw bytes: its part `crop` (left, top, right and bottom of 1), then `turns`
    quarter turns clockwise, then no larger than `within` pixels. Answered by `Developed` and the picture.
    """

    crop: Box = (0.0, 0.0, 1.0, 1.0)
    turns: int = 0
    grey: bool = False
    within: tuple[int, int] | None = None
    form: Literal["jpeg", "png"] = "jpeg"


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The worker stands, confined."""


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """Said before the answer: the kind is known and the heavy part begins."""

    kind: Kind


class Warmed(msgspec.Struct, frozen=True, tag="warmed"):
    """Answer to `Warm`."""


class Inspected(msgspec.Struct, frozen=True, tag="inspected"):
    """Answer to `Inspect`."""

    findings: Findings


class Previewed(msgspec.Struct, frozen=True, tag="previewed"):
    """Answer to `Preview`."""


class Made(msgspec.Struct, frozen=True, tag="made"):
    """Answer to `ToPdf`: what the printable file holds."""

    pages: int


class Strip(msgspec.Struct, frozen=True, kw_only=True, tag="strip"):
    """Answer to `Render`: rows `y` to `y + rows` of a page of `width` x `height` pixels, the upper row first.

    Each row has `stride` bytes, a multiple of 4. `format` is "grey8" (0 is black), "rgb24", or "bgr24" (what Windows
    takes as a DIB of 24 bits).
    """

    page: int
    pages: int
    width: int
    height: int
    y: int
    rows: int
    stride: int
    format: Literal["grey8", "rgb24", "bgr24"]


class Developed(msgspec.Struct, frozen=True, kw_only=True, tag="developed"):
    """Answer to `Develop`. `content` is the box round all that is darker than the scanner's lid, in parts of 1.

    `across` is how many pixels the picture had before it was cut, `dpi` the sharpness that it told of itself.
    """

    width: int
    height: int
    grey: bool
    content: Box | None
    across: int
    dpi: int | None


class Refusal(msgspec.Struct, frozen=True, tag="refusal"):
    """Answer to anything: the code of one of `errors.ERRORS`."""

    code: str
    values: dict[str, int | float | str]
    detail: str


Order = Hello | Warm | Inspect | Preview | ToPdf | Render | Develop
Answer = Ready | Seen | Warmed | Inspected | Previewed | Made | Strip | Developed | Refusal
Packet = bytes | bytearray | memoryview

encode: Final = msgspec.msgpack.Encoder().encode
decode_order: Final = msgspec.msgpack.Decoder(Order).decode
decode_answer: Final = msgspec.msgpack.Decoder(Answer).decode


class Broken(Exception):
    """The other side is gone, or says what it must not."""


def write_frame(stream: BinaryIO, message: bytes, raw: Packet = b"") -> None:
    """Send one frame. Raises `Broken`."""
    try:
        stream.write(_LENGTHS.pack(len(message), len(raw)) + message)
        if raw:
            stream.write(raw)
        stream.flush()
    except (OSError, ValueError) as why:
        raise Broken from why


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Receive one frame. Raises `Broken`, also for lengths nobody of ours sends."""
    try:
        message, raw = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
        if message > MOST_MESSAGE or raw > MOST_BYTES:
            raise Broken
        return _exactly(stream, message), _exactly(stream, raw)
    except (OSError, ValueError) as why:
        raise Broken from why


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count) if count else b""
    if len(data) != count:
        raise Broken
    return data
