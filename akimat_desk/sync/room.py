"""This PC's part in the room: it exchanges with the host, and while it is the host it answers the others.

Run by the keeper. A host opens its door to the network only when the room has another PC, or a code to join is out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.journal.devices import Use, limits, members
from akimat_desk.journal.receipts import unreceipted
from akimat_desk.journal.receive import members_only
from akimat_desk.journal.rulings import current_host
from akimat_desk.sync import enrol, live, state, transfer
from akimat_desk.sync.asking import ServiceAnswers
from akimat_desk.sync.courier import SEEN_SECONDS, Courier
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.host import Host, rule
from akimat_desk.sync.http import serve
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room_link import PORT
from akimat_desk.sync.tls import open_channel
from akimat_desk.sync.watch import Watch

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Database
    from akimat_desk.sync.network import Network

ANYWHERE: Final = "0.0.0.0"  # noqa: S104 (the other PCs of the room come by the network)
LOOK_SECONDS: Final = 1.0

_log = logging.getLogger(__name__)

Describe = Callable[[], Presence]


def exchange_of(journal: Journal, use: Use) -> Exchange:
    """How a PC of the room exchanges: members only, and personal parts for staff PCs."""
    return Exchange(journal, admit=members_only, keeps_personal=use == "desk")


class Room:
    """From `start` to `stop`. `describe` tells how this PC is, `named` which files entries name, `marks` what other PCs
    show of this one's own tables (see `live`).
    """

    def __init__(
        self,
        journal: Journal,
        use: Use,
        *,
        describe: Describe,
        network: Network | None = None,
        listen: str = ANYWHERE,
        port: int = PORT,
        named: transfer.InEntries = transfer.none,
        services: ServiceAnswers | None = None,
        marks: live.Marks = live.none,
    ) -> None:
        self._journal = journal
        self._describe = describe
        self._network = network
        self._listen = listen
        self._port = port
        exchange = exchange_of(journal, use)
        self.host = Host(journal, exchange, self._presence, named, services, marks)
        self._watch = Watch(journal.store, self._stirred)
        self._courier = Courier(
            journal,
            exchange,
            addresses=self._addresses,
            describe=self._presence,
            keeps_personal=use == "desk",
            named=named,
        )
        self._serving: ExitStack | None = None
        self._term = 0
        self.port = 0
        """Where this PC answers as host; 0 while it does not."""
        self._stopped = threading.Event()
        self._look = threading.Event()
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)
        self._couriers = False
        self._wanted = 0
        self._marks: Mapping[str, str] = {}
        self._seen_at = float("-inf")

    def start(self) -> None:
        """Begin."""
        with self._journal.store.read() as db:
            self._wanted = state.wanted(db)
        self._watch.start()
        self._thread.start()

    def stop(self) -> None:
        """End: nobody is kept waiting."""
        self._stopped.set()
        self._look.set()
        self.host.release()
        self._watch.stop()
        self._courier.stop()
        self._thread.join()
        if self._network is not None:
            self._network.stop()

    def due(self) -> None:
        """Exchange now: the line came up, or somebody wants it."""
        self._courier.due()

    def _stirred(self, areas: frozenset[str]) -> None:
        """Somebody has committed on this PC."""
        marks = self.host.marks()
        if areas or marks != self._marks:
            self._marks = marks
            self.host.tell()
        if areas:
            self._courier.due()
        with self._journal.store.read() as db:
            wanted = state.wanted(db)
        if wanted != self._wanted:
            self._wanted = wanted
            self._courier.due()
        self._look.set()

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._look.clear()
                try:
                    self._settle()
                except AkimatDeskError as why:
                    _log.warning("The room is not served: %s", why.code)
                except OSError as why:
                    _log.warning("The room is not served: %s", type(why).__name__)
                self._look.wait(LOOK_SECONDS)
        finally:
            self._close()

    def _settle(self) -> None:
        """Be what the journal says this PC is."""
        now = self._journal.clock.now_ms()
        with self._journal.store.read() as db:
            host = current_host(db)
            others, out = _others(db, self._journal.device), enrol.code_is_out(db, now)
        mine = host is not None and host.device == self._journal.device
        if mine and host is not None and (others or out):
            if self._serving is None or host.term != self._term:
                self._open(host.term)
        else:
            self._close()
        if others and not self._couriers:
            self._couriers = True
            if self._network is not None:
                self._network.start(self._courier.due)
            self._courier.start()
        if mine:
            rule(self._journal)
            self._keep_seen()

    def _open(self, term: int) -> None:
        self._close()
        with ExitStack() as stack:
            channel = open_channel(self._journal)
            answers = self.host.answers(channel.id)
            try:
                port = stack.enter_context(serve(answers, host=self._listen, port=self._port, tls=channel.context))
            except OSError:  # another desk of this PC has it
                port = stack.enter_context(serve(answers, host=self._listen, port=0, tls=channel.context))
            if self._network is not None:
                stack.enter_context(self._network.announced(term, port))
            with self._journal.store.write() as db:
                state.serve_at(db, [f"{address}:{port}" for address in _own_addresses(self._listen)])
            self.port, self._term = port, term
            self._serving = stack.pop_all()

    def _close(self) -> None:
        if self._serving is not None:
            self.host.release()
            self._serving.close()
            self._serving, self.port = None, 0
            with suppress(AkimatDeskError), self._journal.store.write() as db:
                state.serve_at(db, ())

    def _keep_seen(self) -> None:
        """As host, write down who is there, for the room page of this PC."""
        now = self._journal.clock.monotonic()
        if now - self._seen_at < SEEN_SECONDS and not self.host.fresh():
            return
        self._seen_at = now
        with self._journal.store.write() as db:
            state.keep_seen(db, self.host.pcs(), self._journal.clock.now_ms())

    def _addresses(self) -> list[str]:
        with self._journal.store.read() as db:
            known = state.addresses(db)
        return [*(self._network.addresses() if self._network is not None else ()), *known]

    def _presence(self) -> Presence:
        return with_what_waits(self._journal, self._describe())


def with_what_waits(journal: Journal, how: Presence) -> Presence:
    """`how`, with what only this PC holds, its clock, and the error of its last exchange."""
    with journal.store.read() as db:
        waiting, size = unreceipted(db)
        code = state.state(db).code
    now = max(0, journal.clock.now_ms())
    return msgspec.structs.replace(how, waiting=waiting, waiting_bytes=size, clock_ms=now, trouble=code)


def _own_addresses(listen: str) -> list[str]:
    """Where this PC can be reached when it listens there."""
    if listen != ANYWHERE:
        return [listen]
    from akimat_desk.base.multicast import interfaces

    found = [each.address for each in interfaces()]
    return [each for each in found if not each.startswith("127.")] or found


def _others(db: Database, device: str) -> bool:
    """Whether the room has another PC that is not shut out: one that was let in, or one that let this one in."""
    connection = db.connection()
    out = limits(connection)
    roots = connection.execute("SELECT device, public_key FROM journal_root").fetchall()
    known = [*((each.device, each.key) for each in members(db)), *((name, bytes(key)) for name, key in roots)]
    return any(other != device and key not in out for other, key in known)
