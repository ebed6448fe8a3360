"""A room lives: PCs write, sync with the host now and then, links break, names are erased. In the end all agree."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, merge
from akimat_desk.journal.parked import waiting
from akimat_desk.journal.rulings import HOST_RAISED, RULING, HostRaised, Ruling, current_host, unsettled
from akimat_desk.store import Store
from akimat_desk.sync import InProcessLink
from akimat_desk.sync.errors import Unreachable
from tests.journal.village import (
    BOOKED,
    COUNTED,
    EDITED,
    PRINTED,
    REGISTERED,
    REGISTRY,
    Booked,
    Counted,
    Edited,
    Named,
    Printed,
    Registered,
    ResidentRow,
    figures,
    table_rows,
)
from tests.sync.conftest import Pc
from tests.sync.test_exchange import Broken

NAMES = ("first", "second", "kiosk", "host")
PCS = st.sampled_from(NAMES)
PEOPLE = st.sampled_from([Named(name="Айгүл"), Named(name="Ербол"), None])


class Room(RuleBasedStateMachine):
    """Four PCs; "kiosk" holds no personal parts but its own, "host" is whom the others sync with."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = contextlib.ExitStack()
        folder = Path(tempfile.mkdtemp())
        self.stack.callback(shutil.rmtree, folder)
        self.pcs: dict[str, Pc] = {}
        for name in NAMES:
            home = Home(folder / name / "desk", folder / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            self.stack.callback(store.close)
            clock = FixedClock(datetime(2026, 11, 20, 10, tzinfo=KAZAKHSTAN))
            journal = Journal.open(store, REGISTRY, clock, machine=name)
            self.pcs[name] = Pc(journal, keeps_personal=name != "kiosk", piece=1500)

    def teardown(self) -> None:
        try:
            self.all_agree()
        finally:
            self.stack.close()

    # ---- life

    @rule(pc=PCS, seconds=st.sampled_from([1, 60, 3600]))
    def time_passes(self, pc: str, seconds: int) -> None:
        clock = self.pcs[pc].journal.clock
        assert isinstance(clock, FixedClock)
        clock.pass_seconds(seconds)

    @rule(pc=PCS, person=PEOPLE)
    def somebody_registers(self, pc: str, person: Named | None) -> None:
        journal = self.pcs[pc].journal
        journal.append(REGISTERED, Registered(resident=uuid7(journal.clock.now_ms())), person)

    @rule(pc=PCS, person=PEOPLE, street=st.sampled_from([None, "Abai-1", "Abai-2"]), data=st.data())
    def somebody_is_corrected(self, pc: str, person: Named | None, street: str | None, data: st.DataObject) -> None:
        journal = self.pcs[pc].journal
        with journal.store.read() as db:
            residents = [id for (id,) in table_rows(db, "village_resident", "id")]
        if residents:
            resident = residents[data.draw(st.integers(0, len(residents) - 1))]
            with journal.commit() as commit:
                seen = merge.seen(commit.db, ResidentRow, resident, ["name", "street"])
                commit.append(EDITED, Edited(resident=resident, replaces=seen, street=street), person)

    @rule(pc=PCS, pages=st.integers(1, 9), person=PEOPLE)
    def somebody_prints(self, pc: str, pages: int, person: Named | None) -> None:
        with self.pcs[pc].journal.commit() as commit:
            commit.append(PRINTED, Printed(pages=pages, tenge=20 * pages), person)
            commit.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1, tenge=20 * pages))

    @rule(pc=PCS, slot=st.sampled_from(["1", "2"]), person=PEOPLE)
    def somebody_books(self, pc: str, slot: str, person: Named | None) -> None:
        self.pcs[pc].journal.append(BOOKED, Booked(slot=slot), person)

    @rule(by=PCS, host=PCS)
    def a_host_is_raised(self, by: str, host: str) -> None:
        with self.pcs[by].journal.commit() as commit:
            now = current_host(commit.db)
            term = 1 if now is None else now.term + 1
            commit.append(HOST_RAISED, HostRaised(device=self.pcs[host].journal.device, term=term))

    @rule(pc=PCS)
    def a_host_rules(self, pc: str) -> None:
        journal = self.pcs[pc].journal
        with journal.commit() as commit:
            host = current_host(commit.db)
            if host is not None and host.device == journal.device:
                for space, thing, claims in unsettled(commit.db):
                    commit.append(RULING, Ruling(host=host.entry, space=space, thing=thing, holder=claims[0]))

    @rule(pc=PCS, data=st.data())
    def a_name_is_erased(self, pc: str, data: st.DataObject) -> None:
        journal = self.pcs[pc].journal
        with journal.store.read() as db:
            printed = [id for (id,) in table_rows(db, "village_printed", "entry")]
        if printed:
            journal.erase([printed[data.draw(st.integers(0, len(printed) - 1))]])

    @rule(pc=PCS)
    def a_pc_is_updated(self, pc: str) -> None:
        self.pcs[pc].journal.replay()

    # ---- syncing

    def link(self, pc: str) -> InProcessLink:
        return InProcessLink(self.pcs["host"].exchange, audience="room", here="nobody" if pc == "kiosk" else "room")

    @rule(pc=st.sampled_from(NAMES[:3]))
    def a_pc_syncs(self, pc: str) -> None:
        self.pcs[pc].exchange.sync(self.link(pc))

    @rule(pc=st.sampled_from(NAMES[:3]), at=st.integers(1, 5), on_the_way_back=st.booleans())
    def a_link_breaks(self, pc: str, at: int, on_the_way_back: bool) -> None:
        with contextlib.suppress(Unreachable):
            self.pcs[pc].exchange.sync(Broken(self.link(pc), at, on_the_way_back=on_the_way_back))

    def all_agree(self) -> None:
        for _ in range(2):
            for name in NAMES[:3]:
                assert self.pcs[name].exchange.sync(self.link(name)).refused == ()
        staff = [self.pcs[name].journal for name in ("first", "second", "host")]
        assert staff[0].table_hashes() == staff[1].table_hashes() == staff[2].table_hashes()
        said = []
        for pc in self.pcs.values():
            with pc.journal.store.read() as db:
                said.append(figures(db))
                assert waiting(db) == []
            assert pc.journal.verify() == []
        assert said[1:] == said[:-1]


Room.TestCase.settings = settings(max_examples=12, stateful_step_count=25)
TestRoom = Room.TestCase
