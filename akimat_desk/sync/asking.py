"""What a service of this PC asks the same service at the room's host, over the room's link.

The link proves both ends, and the host answers PCs of the room only; what the bytes say is the service's own matter.
Every call may come twice: a reply may be lost, and whoever asks then asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.threads import must_not_block
from akimat_desk.journal.rulings import current_host
from akimat_desk.sync import state
from akimat_desk.sync.errors import NotADesk, Stranger, Unreachable, their_trouble
from akimat_desk.sync.messages import Trouble
from akimat_desk.sync.packing import MAX_PACKED, understood
from akimat_desk.sync.room_link import RoomLink

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Member

PATH: Final = "/v1/service/"
MOST_BYTES: Final = MAX_PACKED - 4096
"""Of one question, and of one answer."""
SECONDS: Final = 15.0
"""How long an answer is waited for; a service that has more to do says so and is asked again."""

ServiceAnswers = Mapping[str, Callable[["Member", bytes], bytes]]
"""By a service's name, what answers its questions."""


class Answer(msgspec.Struct, frozen=True, array_like=True, tag=40):
    """What the service said."""

    body: bytes


_answers: Final[msgspec.msgpack.Decoder[Answer | Trouble]] = msgspec.msgpack.Decoder(Answer | Trouble)


def pack(message: Answer | Trouble) -> bytes:
    """The bytes of an answer."""
    return msgspec.msgpack.encode(message)


def is_host(journal: Journal) -> bool:
    """Whether this PC is the room's host; a PC that knows of none is its own."""
    with journal.store.read() as db:
        host = current_host(db)
    return host is None or host.device == journal.device


class HostLine:
    """The way to the host from this PC; where it answered last is asked first.

    A call raises `Unreachable`, what a `RoomLink` raises, and the trouble the host tells of.
    """

    def __init__(self, journal: Journal, service: str) -> None:
        self._journal = journal
        self._path = PATH + service
        self._good = ""

    def ask(self, body: bytes) -> bytes:
        """The host's answer to `body`."""
        must_not_block("sync.asking")
        with self._journal.store.read() as db:
            host, known = current_host(db), state.addresses(db)
        if host is None:
            raise Unreachable
        last: AkimatDeskError = Unreachable()
        for address in dict.fromkeys([*filter(None, [self._good]), *known]):
            link = RoomLink(self._journal, address, seconds=SECONDS, only=host.device)
            try:
                said = understood(_answers, link.ask(self._path, body))
            except (Unreachable, NotADesk, Stranger) as why:
                last = why
                continue
            self._good = address
            if isinstance(said, Trouble):
                raise their_trouble(said.code)
            return said.body
        raise last
