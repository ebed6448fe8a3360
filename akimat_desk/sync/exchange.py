"""Two journals made the same, by pulling and pushing what one has and the other has not."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.journal import Journal
from akimat_desk.journal.batch import BATCH_BYTES, Audience, Batch, batches_beyond
from akimat_desk.journal.entry import Personal
from akimat_desk.journal.forks import digest_of, ends_aside, has_all, leaves, second_histories
from akimat_desk.journal.parts import parts_of, wanted
from akimat_desk.journal.receive import Admit, Taken, key_of
from akimat_desk.journal.tables import Head, hash_at, heads
from akimat_desk.sync import knocks
from akimat_desk.sync.errors import NotADesk, Unreachable, their_trouble
from akimat_desk.sync.link import Link
from akimat_desk.sync.messages import (
    Answer,
    Ask,
    Batches,
    Got,
    Has,
    Pull,
    Push,
    Request,
    Same,
    Slip,
    Trouble,
    pack,
    unpack_answer,
    unpack_request,
)
from akimat_desk.sync.pace import Pace

if TYPE_CHECKING:
    from akimat_desk.store import Database

LEAST: Final = 8 * 1024
FIRST: Final = 64 * 1024
"""Bytes of entries in one message; at most `BATCH_BYTES`."""

_log = logging.getLogger(__name__)
_A = TypeVar("_A")


class Report(msgspec.Struct, frozen=True):
    """What one exchange did. `receipted`: the other side has signed for all this PC holds.

    `refused` are batches that one side would not take, `forks` second histories that came to light.
    """

    pulled: int = 0
    pushed: int = 0
    receipted: bool = False
    refused: tuple[Taken, ...] = ()
    forks: tuple[Taken, ...] = ()

    def __add__(self, other: Report) -> Report:
        return Report(
            self.pulled + other.pulled,
            self.pushed + other.pushed,
            other.receipted,
            self.refused + other.refused,
            self.forks + other.forks,
        )


class Exchange:
    """One desk's side. `admit` decides on chains nobody here has heard of; one that it leaves outside has knocked
    (`sync.knocks`). `keeps_personal`: this is a staff PC.

    Every step is a transaction of its own and can be repeated: after a cut, the next `sync` goes on where this one was.
    """

    def __init__(self, journal: Journal, *, admit: Admit, keeps_personal: bool, piece: int = BATCH_BYTES) -> None:
        self._journal = journal
        self._admit = admit
        self._keeps_personal = keeps_personal
        self._piece = piece
        self._pace = Pace(least=LEAST, first=FIRST, most=piece)

    # ---- asking

    def sync(self, link: Link) -> Report:
        """Pull, then push: the other side's key is known by the time its receipt comes."""
        report, same = self._pull(link)
        return report if same else report + self.push(link)

    def pull(self, link: Link) -> Report:
        """Take in what the other side has and this one has not."""
        return self._pull(link)[0]

    def push(self, link: Link) -> Report:
        """Give the other side what this one has and it has not; keep its receipt."""
        answer = self._ask(link)
        if isinstance(answer, Same):
            return self._same(link, answer)
        parts = self._parts(answer.wants, link.audience)
        there = _Position(self._as_if_they_had_what_they_keep_aside(answer))
        known = {*answer.aside, *(head.hash for head in answer.heads)}
        report, more = Report(), True
        while more:
            batches, more = self._next_piece(there.heads, link.audience, self._pace.size, known)
            with self._timed() as moved:
                got = _expect(Got, self._call(link, Push(batches, parts)))
                moved.append(sum(batch.size for batch in batches))
            parts = []
            report += _report(got.taken, pushed=True, receipted=self._keep(got.slip, got.heads))
            more = there.moved_by(got.taken, self._heads()) and more
        return report

    def _pull(self, link: Link) -> tuple[Report, bool]:
        answer = self._ask(link)
        if isinstance(answer, Same):
            return self._same(link, answer), True
        self._take([], answer.parts)
        here = _Position(self._without_known_forks(answer))
        known = self._known() if answer.aside else []
        report, more = Report(), True
        while more:
            with self._timed() as moved:
                given = _expect(Batches, self._call(link, Pull(here.heads, self._pace.size, known)))
                moved.append(sum(batch.size for batch in given.batches))
            taken = self._take(given.batches)
            report += _report(taken, pulled=True)
            more = here.moved_by(taken, answer.heads) and given.more
        return report, False

    def _same(self, link: Link, answer: Same) -> Report:
        """Nothing new; but a personal part may be wanted here or there."""
        self._take([], answer.parts)
        if parts := self._parts(answer.wants, link.audience):
            self._call(link, Push([], parts))
        first = {(head.device, head.epoch): head for head in answer.first}
        theirs = [first.get((head.device, head.epoch), head) for head in self._heads()]
        return Report(receipted=self._keep(answer.slip, theirs))

    # ---- answering

    def answer(self, request: bytes, audience: Audience) -> bytes:
        """The answer to another desk, whose keeper may be sent personal parts as `audience` says."""
        try:
            return pack(self._answer(unpack_request(request), audience))
        except AkimatDeskError as error:
            _log.warning("A request was not answered: %s", error.code)
            return pack(Trouble(error.code))

    def _answer(self, request: Request, audience: Audience) -> Answer:
        match request:
            case Ask():
                return self._compare(request, audience)
            case Pull():
                most = min(request.most or self._piece, self._piece)
                return Batches(*self._next_piece(request.heads, audience, most, set(request.known)))
            case Push():
                taken = self._take(request.batches, request.parts)
                receipt = self._journal.receipt(keeps_personal=self._keeps_personal)
                return Got(taken, receipt.heads, Slip.of(receipt))

    def _compare(self, ask: Ask, audience: Audience) -> Same | Has:
        parts, wants = self._parts(ask.wants, audience), self._wants()
        receipt = self._journal.receipt(keeps_personal=self._keeps_personal)
        with self._journal.store.read() as db:
            aside = leaves(db)
            if digest_of(receipt.heads, aside) == ask.digest:
                divided = {(head.device, head.epoch) for head in aside}
                first = [head for head in receipt.heads if (head.device, head.epoch) in divided]
                return Same(Slip.of(receipt), parts, wants, first)
            return Has(receipt.heads, ends_aside(db), parts, wants)

    # ---- both

    def digest(self) -> bytes:
        """What two PCs compare to see whether one of them knows something new."""
        with self._journal.store.read() as db:
            return digest_of(heads(db.connection()), leaves(db))

    def _ask(self, link: Link) -> Same | Has:
        answer = self._call(link, Ask(self.digest(), self._wants()))
        return answer if isinstance(answer, Same) else _expect(Has, answer)

    def _call(self, link: Link, request: Request) -> Answer:
        return unpack_answer(link.call(pack(request)))

    def _take(self, batches: Iterable[Batch], parts: Iterable[tuple[str, Personal]] = ()) -> list[Taken]:
        batches, parts = list(batches), list(parts)
        if not batches and not parts:
            return []
        taken = self._journal.receive(batches, parts, admit=self._admit, keeps_personal=self._keeps_personal)
        outside = {(one.at.device, one.at.epoch) for one in taken if one.why == "not-admitted"}
        for batch in batches:
            if (batch.device, batch.epoch) in outside and (key := key_of(batch)) is not None:
                knocks.keep(self._journal, batch.device, key)
        return taken

    def _heads(self) -> list[Head]:
        with self._journal.store.read() as db:
            return heads(db.connection())

    def _wants(self) -> list[str]:
        if not self._keeps_personal:
            return []
        with self._journal.store.read() as db:
            return wanted(db.connection())

    def _parts(self, wants: list[str], audience: Audience) -> list[tuple[str, Personal]]:
        with self._journal.store.read() as db:
            return parts_of(db.connection(), self._journal.registry, wants, audience)

    def _keep(self, slip: Slip, of: list[Head]) -> bool:
        """Keep the receipt; whether it covers all that is here."""
        if not self._journal.keep_receipt(slip.receipt(of), fresh=True):
            return False
        with self._journal.store.read() as db:
            return has_all(db, of, heads(db.connection()))

    @contextmanager
    def _timed(self) -> Iterator[list[int]]:
        """The pace follows how long the block took for the bytes that it notes."""
        began, moved = time.monotonic(), list[int]()
        try:
            yield moved
        except Unreachable:
            self._pace.broke()
            raise
        self._pace.took(time.monotonic() - began, sum(moved))

    def _known(self) -> list[bytes]:
        """The ends of all histories that are known here."""
        with self._journal.store.read() as db:
            return [*ends_aside(db), *(head.hash for head in heads(db.connection()))]

    def _next_piece(
        self, theirs: list[Head], audience: Audience, most: int, known: set[bytes]
    ) -> tuple[list[Batch], bool]:
        """About one piece of what they lack, and whether there is more. At the end come second histories, which nobody
        else may be able to tell them.
        """
        piece: list[Batch] = []
        size = 0
        with self._journal.store.read() as db:
            for batch in batches_beyond(db.connection(), self._journal.registry, theirs, audience, most):
                if size >= most:
                    return piece, True
                piece.append(batch)
                size += batch.size
            return [*piece, *second_histories(db, known)], False

    def _without_known_forks(self, theirs: Has) -> list[Head]:
        """From where to ask, chain by chain: a fork of theirs that is not here yet is asked for from its beginning."""
        with self._journal.store.read() as db:
            aside = set(ends_aside(db))
            position = {(head.device, head.epoch): head for head in heads(db.connection())}
            for head in theirs.heads:
                standing = hash_at(db.connection(), head.device, head.epoch, head.seq)
                if head.hash in aside:
                    position[head.device, head.epoch] = head
                elif standing is not None and standing != head.hash:
                    position[head.device, head.epoch] = Head.before(head.device, head.epoch)
        return list(position.values())

    def _as_if_they_had_what_they_keep_aside(self, theirs: Has) -> list[Head]:
        """From where to tell, chain by chain. Where theirs is known here as another history, ours is told from the
        beginning: it may be the shorter one, and then their head alone would not show it.
        """
        with self._journal.store.read() as db:
            forked, mine = _forked(db), heads(db.connection())
        position = {
            (head.device, head.epoch): Head.before(head.device, head.epoch) if head.hash in forked else head
            for head in theirs.heads
        }
        aside = set(theirs.aside)
        position |= {(head.device, head.epoch): head for head in mine if head.hash in aside}
        return list(position.values())


class _Position:
    """How far one side has told the other, chain by chain, in the teller's history."""

    def __init__(self, start: list[Head]) -> None:
        self._at = {(head.device, head.epoch): head for head in start}

    @property
    def heads(self) -> list[Head]:
        return list(self._at.values())

    def moved_by(self, taken: list[Taken], ends: list[Head]) -> bool:
        """Go on by what was taken. A chain that was refused, or had a gap, is not told again now; others go on."""
        before = dict(self._at)
        for one in taken:
            stuck = one.verdict in ("refused", "gap")
            self._at[one.at.device, one.at.epoch] = _end_of(ends, one.at) if stuck else one.at
        return self._at != before


def _forked(db: Database) -> set[bytes]:
    """The hashes of all second histories kept here."""
    return {bytes(hash) for (hash,) in db.execute_sql("SELECT hash FROM journal_fork")}


def _report(taken: list[Taken], *, pulled: bool = False, pushed: bool = False, receipted: bool = False) -> Report:
    new = sum(one.new for one in taken if one.verdict == "taken")
    return Report(
        pulled=new if pulled else 0,
        pushed=new if pushed else 0,
        receipted=receipted,
        refused=tuple(one for one in taken if one.verdict in ("refused", "gap")),
        forks=tuple(one for one in taken if one.verdict == "fork" and one.new),
    )


def _end_of(ends: list[Head], at: Head) -> Head:
    return next((head for head in ends if (head.device, head.epoch) == (at.device, at.epoch)), at)


def _expect(kind: type[_A], answer: Answer) -> _A:
    if isinstance(answer, Trouble):
        raise their_trouble(answer.code)
    if not isinstance(answer, kind):
        raise NotADesk
    return answer
