"""Who is there now, and how they are: told by each PC while it waits for news, kept in the host's memory only."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal.kinds import Digest, Id
from akimat_desk.sync.messages import Trouble
from akimat_desk.sync.packing import packed, understood, unpacked

WAIT_PATH: Final = "/v1/wait"
WAIT_SECONDS: Final = 20.0
"""How long the host lets a PC wait for news; less than an HTTP call may take."""

_Word = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._:+-]{0,64}\Z")]
_Topic = Annotated[str, Meta(pattern=r"^[a-z_]{1,32}\.[a-z_]{1,32}\Z")]
_Marks = Annotated[dict[_Topic, _Word], Meta(max_length=64)]
_Count = Annotated[int, Meta(ge=0, lt=2**62)]
_MOST_PCS: Final = 200


class Presence(msgspec.Struct, frozen=True, array_like=True):
    """How one PC is. `waiting` entries of its own are receipted by nobody yet; `clock_ms` is its wall clock; `printer`
    and `trouble` are codes, "" when there is none.
    """

    version: _Word = ""
    free_mb: _Count = 0
    waiting: _Count = 0
    waiting_bytes: _Count = 0
    clock_ms: _Count = 0
    printer: _Word = ""
    trouble: _Word = ""

    def like(self, other: Presence) -> bool:
        """Whether nothing but the clock, and what moves all the time, is different."""
        still = {"clock_ms": 0, "free_mb": 0}
        return msgspec.structs.replace(self, **still) == msgspec.structs.replace(other, **still)


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """A PC as the host sees it: when it last spoke (seconds ago), and how far its clock is from the host's (ms)."""

    device: Id
    presence: Presence
    ago_s: Annotated[int, Meta(ge=0)]
    clock_off_ms: int


class Wait(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """Tell me when you know other histories than I do (`Exchange.digest`), when who is there has changed since
    `known`, or when your marks are others than `live` (see `live`; None: I know of no such thing).
    """

    digest: Digest
    presence: Presence
    known: int = 0
    live: _Marks | None = None


class News(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """`entries`: there is something to exchange. `known` names this list of PCs, `live` are the host's marks."""

    entries: bool
    known: int
    now_ms: _Count
    pcs: Annotated[list[Seen], Meta(max_length=_MOST_PCS)]
    live: _Marks = {}


_waits: Final = msgspec.msgpack.Decoder(Wait)
_news: Final[msgspec.msgpack.Decoder[News | Trouble]] = msgspec.msgpack.Decoder(News | Trouble)


def pack(message: Wait | News | Trouble) -> bytes:
    """The bytes of a message."""
    return packed(msgspec.msgpack.encode(message))


def read_wait(data: bytes) -> Wait:
    """Raises `NotADesk` or `TooMuch`."""
    return understood(_waits, unpacked(data))


def read_news(data: bytes) -> News | Trouble:
    """Raises `NotADesk` or `TooMuch`."""
    return understood(_news, unpacked(data))
