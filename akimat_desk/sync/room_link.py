"""A link to another PC of the room: encrypted, and both ends proved by their keys."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from akimat_desk.base.threads import must_not_block
from akimat_desk.journal.batch import Audience
from akimat_desk.journal.devices import is_admitted, limits, only_by_staff
from akimat_desk.journal.parked import NotYet
from akimat_desk.sync.calls import seal_call
from akimat_desk.sync.errors import Stranger, Unreachable
from akimat_desk.sync.http import PATH, SECONDS, post
from akimat_desk.sync.tls import Peer, client_context, peer_of

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

PORT: Final = 8749
"""Where a host listens, unless it was told otherwise."""


class RoomLink:
    """To the PC at `address` (host or host:port). It must be a staff PC of this room: only such a PC is host; with
    `only`, that device and no other.

    Each call raises `Unreachable`, `NotADesk`, `TooMuch` or `Stranger`.
    """

    audience: Audience = "room"

    def __init__(self, journal: Journal, address: str, *, seconds: float = SECONDS, only: str = "") -> None:
        self.address = address
        self._only = only
        self._journal = journal
        self._seconds = seconds

    def call(self, request: bytes) -> bytes:
        """See `Link`."""
        return self.ask(PATH, request)

    def ask(self, path: str, body: bytes) -> bytes:
        """The answer at `path`."""
        with connected(self.address, self._seconds) as (connection, peer):
            self._check(peer)
            return post(connection, path, seal_call(self._journal, peer.channel, path, body))

    def peer(self) -> Peer:
        """Who answers there. Raises what a call raises."""
        with connected(self.address, self._seconds) as (_, peer):
            self._check(peer)
            return peer

    def _check(self, peer: Peer) -> None:
        with self._journal.store.read() as db:
            known = is_admitted(db.connection(), peer.device, peer.public_key)
            wanted = not self._only or peer.device == self._only
            if not known or not wanted or peer.public_key in limits(db.connection()):
                raise Stranger
            try:
                only_by_staff(db, [peer.device])
            except NotYet as why:
                raise Stranger from why


@contextmanager
def connected(address: str, seconds: float = SECONDS) -> Iterator[tuple[http.client.HTTPConnection, Peer]]:
    """A connection to `address` and who is at its other end; nothing has been said yet."""
    must_not_block("sync.room_link")
    host, port = split(address)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        try:
            plain = socket.create_connection((host, port), timeout=seconds)
            try:
                secured = client_context().wrap_socket(plain)
            except BaseException:
                plain.close()
                raise
        except (OSError, UnicodeError) as why:
            raise Unreachable from why
        connection.sock = secured
        yield connection, peer_of(secured.getpeercert(binary_form=True))
    finally:
        connection.close()


def split(address: str) -> tuple[str, int]:
    """Host and port of what a person typed or the network told."""
    host, colon, port = address.strip().rpartition(":")
    if colon and port.isascii() and port.isdecimal() and not host.endswith(":"):
        return host.strip("[]"), int(port)
    return address.strip().strip("[]"), PORT
