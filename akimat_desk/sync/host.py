"""What the room's host answers to the other PCs, and what it decides for all of them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.files import FileStore, Ref
from akimat_desk.journal.batch import Audience
from akimat_desk.journal.rulings import RULING, Ruling, current_host, unsettled
from akimat_desk.sync import asking, enrol, live, presence, transfer
from akimat_desk.sync.asking import ServiceAnswers
from akimat_desk.sync.calls import open_call
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.http import PATH, Answers
from akimat_desk.sync.messages import Trouble, pack
from akimat_desk.sync.presence import WAIT_PATH, WAIT_SECONDS, News, Presence, Seen

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Member

FORGET_SECONDS: Final = 24 * 3600.0
"""A PC that has not spoken for so long is no longer told of as one that was here."""

_log = logging.getLogger(__name__)


class Host:
    """Answers for `exchange`. `describe` says how this PC itself is, `named` which files entries name, `services` what
    the services of the other PCs are answered, `marks` what of this PC alone has changed for them.
    """

    def __init__(
        self,
        journal: Journal,
        exchange: Exchange,
        describe: Callable[[], Presence],
        named: transfer.InEntries = transfer.none,
        services: ServiceAnswers | None = None,
        marks: live.Marks = live.none,
    ) -> None:
        self._marks = marks
        self._journal = journal
        self._named = named
        self._services = services or {}
        self._exchange = exchange
        self._describe = describe
        self._changed = threading.Condition()
        self._releases = 0
        self._known = 1
        self._told = 0
        self._turn = 0
        self._seen: dict[str, tuple[Presence, float, int]] = {}

    def answers(self, channel: bytes) -> Answers:
        """By path, for a server that shows the certificate named `channel`."""
        return {
            PATH: lambda call: _answered(lambda: self._exchange_with(*self._opened(channel, PATH, call))),
            WAIT_PATH: lambda call: _answered(lambda: self._wait(*self._opened(channel, WAIT_PATH, call))),
            transfer.PATH: lambda call: _answered(lambda: self._file_for(*self._opened(channel, transfer.PATH, call))),
            enrol.PATH: lambda call: _answered(lambda: enrol.answer(self._journal, channel, call), enrol.pack),
            **{asking.PATH + name: self._service(channel, name) for name in self._services},
        }

    def tell(self) -> None:
        """The journal, or a mark, has changed: whoever waits looks again."""
        with self._changed:
            self._turn += 1
            self._changed.notify_all()

    def release(self) -> None:
        """Let nobody wait any longer: whoever waits is told now."""
        with self._changed:
            self._releases += 1
            self._changed.notify_all()

    def fresh(self) -> bool:
        """Whether who is there has changed since this was last asked."""
        with self._changed:
            told, self._told = self._told, self._known
            return told != self._known

    def marks(self) -> Mapping[str, str]:
        """The live marks of this PC."""
        with self._journal.store.read() as db:
            return self._marks(db)

    def pcs(self) -> list[Seen]:
        """Every PC that has spoken in the last day, this one first."""
        now, wall = time.monotonic(), self._journal.clock.now_ms()
        with self._changed:
            others = [
                Seen(device, how, int(now - at), off)
                for device, (how, at, off) in sorted(self._seen.items())
                if now - at < FORGET_SECONDS
            ]
        own = self._describe()
        return [Seen(self._journal.device, own, 0, own.clock_ms - wall if own.clock_ms else 0), *others]

    def _service(self, channel: bytes, name: str) -> Callable[[bytes], bytes]:
        path, answer = asking.PATH + name, self._services[name]

        def of(call: bytes) -> bytes:
            who, body = self._opened(channel, path, call)
            return asking.pack(asking.Answer(answer(who, body)))

        return lambda call: _answered(lambda: of(call), asking.pack)

    def _opened(self, channel: bytes, path: str, call: bytes) -> tuple[Member, bytes]:
        return open_call(self._journal, channel, path, call)

    def _exchange_with(self, who: Member, request: bytes) -> bytes:
        answer = self._exchange.answer(request, _audience(who))
        self.tell()
        return answer

    def _file_for(self, who: Member, request: bytes) -> bytes:
        files = FileStore(self._journal.store, self._journal.clock)
        return transfer.answer(files, request, _audience(who), self._names)

    def _names(self) -> list[Ref]:
        with self._journal.store.read() as db:
            return list(self._named(db))

    def _wait(self, who: Member, request: bytes) -> bytes:
        asked = presence.read_wait(request)
        self._keep(who.device, asked.presence)
        until = time.monotonic() + WAIT_SECONDS
        with self._changed:
            releases = self._releases
        while True:
            with self._changed:
                turn = self._turn
            entries = self._exchange.digest() != asked.digest
            marks = self.marks()
            moved = asked.live is not None and live.moved(asked.live, marks)
            with self._changed:
                known, left = self._known, until - time.monotonic()
                if entries or moved or known != asked.known or self._releases != releases or left <= 0:
                    break
                while (self._turn, self._known, self._releases) == (turn, known, releases) and left > 0:
                    self._changed.wait(left)
                    left = until - time.monotonic()
        return presence.pack(News(entries, known, self._journal.clock.now_ms(), self.pcs(), dict(marks)))

    def _keep(self, device: str, how: Presence) -> None:
        off = how.clock_ms - self._journal.clock.now_ms()
        with self._changed:
            before = self._seen.get(device)
            self._seen[device] = (how, time.monotonic(), off)
            if before is None or not before[0].like(how):
                self._known += 1
                self._changed.notify_all()


def _audience(who: Member) -> Audience:
    return "room" if who.use == "desk" else "nobody"


def _answered(answer: Callable[[], bytes], told: Callable[[Trouble], bytes] = pack) -> bytes:
    try:
        return answer()
    except AkimatDeskError as why:
        _log.warning("A call was not answered: %s", why.code)
        return told(Trouble(why.code))


def rule(journal: Journal) -> int:
    """As host, decide every claim that waits: whoever asked first (by hybrid time) has it. How many were decided.

    A PC that is not the host decides nothing.
    """
    with journal.store.read() as db:
        host, open_claims = current_host(db), unsettled(db)
    if host is None or host.device != journal.device or not open_claims:
        return 0
    decided = 0
    with journal.commit() as commit:
        # Anew, inside the transaction: another PC may have been raised, or a claim decided, meanwhile.
        host = current_host(commit.db)
        if host is None or host.device != journal.device:
            return 0
        for space, thing, claims in unsettled(commit.db):
            commit.append(RULING, Ruling(host=host.entry, space=space, thing=thing, holder=claims[0]))
            decided += 1
    return decided
