"""A worker that was taken over by a file: started in place of the real one, it says what it must not."""

from __future__ import annotations

import os
import struct
import sys
import time

from akimat_desk.documents import protocol
from akimat_desk.documents.inspection import Findings


def frame(message: bytes, raw: bytes = b"") -> bytes:
    return struct.pack("<II", len(message), len(raw)) + message + raw


INSPECTED = frame(protocol.encode(protocol.Inspected(Findings(kind="pdf", valid=True, pages=1))))
SAYINGS = {
    "dies": b"",
    "endless": struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF),
    "junk": frame(b"\xc1\xff"),
    "other answer": frame(protocol.encode(protocol.Made(1))),
    "wrong type": frame(protocol.encode({"type": "inspected", "findings": {"pages": "many"}})),
    "unknown code": frame(protocol.encode(protocol.Refusal("own words", {"text": "pay here"}, ""))),
    "wrong strip": frame(
        protocol.encode(protocol.Strip(page=1, pages=1, width=10, height=10, y=0, rows=10, stride=12, format="grey8")),
        b"short",
    ),
}


def main() -> None:
    way = os.environ["HOSTILE"]
    if way == "no start":
        sys.exit("ImportError: no module named numpy")
    if way == "silent start":
        time.sleep(60)
    sys.stdout.buffer.write(frame(protocol.encode(protocol.Ready())))
    sys.stdout.buffer.flush()
    protocol.read_frame(sys.stdin.buffer)  # hello
    protocol.read_frame(sys.stdin.buffer)
    if way == "silent":
        time.sleep(60)
    sys.stdout.buffer.write(SAYINGS[way])
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
