"""The room: its PCs, the time, and who is let in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.journal import Commit, Registry
from akimat_desk.journal.devices import Use, admit, found, is_admitted, limits, only_by_staff, trust
from akimat_desk.journal.parked import NotYet
from akimat_desk.journal.rulings import HostRow, current_host
from akimat_desk.journal.tables import here
from akimat_desk.store.errors import DiskFull
from akimat_desk.sync.errors import NotADesk, TheirTrouble, TooMuch
from akimat_desk.sync.exchange import Report
from akimat_desk.sync.simulation.faults import PowerCut
from akimat_desk.sync.simulation.ledger import Broken, Ledger
from akimat_desk.sync.simulation.line import Late, Line
from akimat_desk.sync.simulation.pc import PIECE, Image, Pc, PcClock, Role
from akimat_desk.sync.stick import CarriedFrom, carry_in, carry_out

MOST_PCS: Final = 6
_TROUBLES: Final = {error.code for error in (DiskFull, NotADesk, TooMuch)}
_START_MS: Final = int(datetime(2026, 11, 20, 10, tzinfo=KAZAKHSTAN).timestamp() * 1000)
_STAFF: Final = ("Asan", "Bota", "Daulet", "Erke", "Gani", "Inkar")


class Room:
    """What is true of the room, and what people there were told (`ledger`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ms = _START_MS
        self.pcs: list[Pc] = []
        self.ledger = Ledger()
        self.late: list[Late] = []
        self.sticks = [folder / "stick A", folder / "stick B"]
        self.new_stick = folder / "a new stick"
        for stick in (*self.sticks, self.new_stick):
            stick.mkdir()
        self.by_stick = False
        """No line reaches from PC to PC."""
        self._founded = False
        self.images: dict[str, list[Image]] = {}

    def add(self, role: Role, program: Registry) -> Pc:
        """A new PC, switched off."""
        number = sum(pc.role == role for pc in self.pcs)
        name = _STAFF[number] if role == "staff" else f"Kiosk {number + 1}"
        pc = Pc(self.folder, name, role, program, PcClock(lambda: self.ms))
        self.pcs.append(pc)
        return pc

    def running(self, role: Role | None = None) -> list[Pc]:
        """The PCs that are on."""
        return [pc for pc in self.pcs if pc.on and role in (None, pc.role)]

    def start(self, pc: Pc) -> None:
        """Switch `pc` on, and welcome it."""
        pc.start()
        self.welcome(pc)

    def welcome(self, pc: Pc) -> None:
        """The first PC founds the room; of any other, staff let the keys in as soon as they can."""
        if not self._founded:
            self._founded = True
            with pc.journal.commit() as commit:
                entry = found(commit, "desk")
            self.ledger.told(entry)
        self.let_in(pc)

    def let_in(self, pc: Pc, *, by_hand: bool = False) -> bool:
        """Another staff PC admits every key of `pc`. `by_hand`: people who know who is shut out see to it, also where
        no staff PC can. Whether there was a key that could be let in.
        """
        new = _keys_nobody_let_in(pc)
        if self.by_stick:  # on sticks nobody writes for a PC that is shut out: it never hears that it was let in
            new = [key for key in new if not any(_is_out(other, pc.device, key) for other in self.running())]
        if not new:
            return False
        for staff in self.running("staff"):
            if staff is not pc and belongs(staff, *(self.running() if by_hand else ())):
                self._admit_at(staff, pc, new)
                _trust(pc, _roots(staff) | {(staff.journal.device, staff.journal.public_key)})
                return True
        return self._trust_by_hand(pc, new) if by_hand else True

    def _admit_at(self, staff: Pc, pc: Pc, keys: list[bytes]) -> None:
        use: Use = "desk" if pc.keeps_personal else "kiosk"
        with staff.journal.commit() as commit:
            entries = [admit(commit, pc.journal.device, key, use) for key in keys]
        self.ledger.told(*entries)

    def _trust_by_hand(self, pc: Pc, keys: list[bytes]) -> bool:
        """Somebody goes from PC to PC and tells each whom the others trust; a staff PC founds the room anew. Whether
        that changed anything for `pc`.
        """
        new = {(pc.journal.device, key) for key in keys} - _roots(pc)
        known = new.union(*(_roots(other) for other in self.running()))
        for other in self.running():
            _trust(other, known)
        if pc.keeps_personal and belongs(pc):
            self._admit_at(pc, pc, keys)
            return True
        return bool(new)

    # ---- what a step stands on

    @contextmanager
    def may_lose_power(self, pc: Pc) -> Iterator[None]:
        """Inside, `pc` works; when its power goes, it is off afterwards, and whatever it was doing is not done."""
        try:
            yield
        except PowerCut:
            pc.lose_power()

    def host(self, pc: Pc) -> HostRow | None:
        """Whom `pc` takes for the host."""
        with pc.journal.store.read() as db:
            return current_host(db)

    def line(self, asker: Pc, answerer: Pc) -> Line:
        """A line that is good so far."""
        return Line(asker, answerer, late=self.late, lost_power=Pc.lose_power)

    def sync(self, asker: Pc, answerer: Pc, line: Line | None = None) -> Report | None:
        """One exchange, and what a courier does after it; None when it came to nothing."""
        try:
            report = asker.exchange.sync(line or self.line(asker, answerer))
        except TheirTrouble as error:
            if error.values["their_code"] not in _TROUBLES:
                raise Broken("an exchange ends in a trouble of the line or the disk", str(error)) from error
            return None
        except Unavailable:
            return None
        if report.receipted:
            self._believe_receipt(asker, answerer)
        self._let_go(asker)
        return report

    def carry(self, pc: Pc, stick: Path, way: str) -> list[CarriedFrom]:
        """Carry "out" or "in"; what came in. What is wrong with a stick is told to a person, and nothing else comes of
        it.
        """
        came: list[CarriedFrom] = []
        try:
            if way == "out":
                carry_out(pc.journal, stick, piece=PIECE)
            else:
                came = carry_in(pc.journal, stick)
        except (Unavailable, Refused):
            return []
        self._let_go(pc)
        return came

    def _let_go(self, pc: Pc) -> None:
        if not pc.keeps_personal and pc.held().parts:
            with self.ledger.letting_go(self.pcs):
                pc.journal.let_go()

    def _believe_receipt(self, asker: Pc, answerer: Pc) -> None:
        """A receipt is no more than the truth: whoever signed for it has it."""
        if not answerer.on or self.ledger.set_back:
            return
        missing = asker.held().entries - answerer.held().entries
        if missing:
            raise Broken("what is receipted is held", f"{answerer.name} has not {sorted(missing)}")

    def random_pair(self, lots: Random) -> tuple[Pc, Pc] | None:
        """Who asks and who answers: mostly the host of whom the asker knows."""
        running = self.running()
        if len(running) < 2:
            return None
        asker = lots.choice(running)
        others = [pc for pc in running if pc is not asker]
        host = self.host(asker)
        hosts = [pc for pc in others if host is not None and pc.journal.device == host.device]
        return asker, lots.choice(hosts if hosts and lots.random() < 0.7 else others)


def _keys_nobody_let_in(pc: Pc) -> list[bytes]:
    """Keys of `pc` that no staff PC has let in, as far as it knows itself."""
    with pc.journal.store.read() as db:
        rows = db.execute_sql(
            "SELECT DISTINCT public_key FROM journal_chain WHERE device = ?1 AND public_key NOT IN"
            " (SELECT public_key FROM journal_admission WHERE admitted = ?1) ORDER BY 1",
            (pc.journal.device,),
        )
        return [key for (key,) in rows]


def _trust(pc: Pc, roots: set[tuple[str, bytes]]) -> None:
    with pc.journal.store.write() as db:
        for root in sorted(roots):
            trust(db, *root)


def _roots(pc: Pc) -> set[tuple[str, bytes]]:
    with pc.journal.store.read() as db:
        return set(db.execute_sql("SELECT device, public_key FROM journal_root").fetchall())


def knows_itself(commit: Commit) -> bool:
    """Whether this PC's own journal says that it is a staff PC; after its disk was lost it does not yet."""
    try:
        only_by_staff(commit.db, [commit.head.device])
    except NotYet:
        return False
    return True


def belongs(pc: Pc, *others: Pc) -> bool:
    """Whether `pc` speaks for the room by the key it holds now, as far as it knows itself, and none of `others` has
    heard otherwise.
    """
    with pc.journal.store.read() as db:
        key = here(db.connection()).public_key
        admitted = is_admitted(db.connection(), pc.journal.device, key)
    return admitted and not any(key in _limits(each) for each in (pc, *others))


def _is_out(pc: Pc, device: str, key: bytes) -> bool:
    """Whether `pc` knows that this key was let in and withdrawn."""
    with pc.journal.store.read() as db:
        return is_admitted(db.connection(), device, key) and key in limits(db.connection())


def _limits(pc: Pc) -> dict[bytes, tuple[int, int]]:
    with pc.journal.store.read() as db:
        return limits(db.connection())
