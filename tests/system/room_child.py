"""One PC of a room as a process of its own: it exchanges by itself, and does what it is told on standard input.

    python -m tests.system.room_child DATA KEYS MACHINE PORT ADDRESS

It serves at PORT when it is the host, and looks for the host at ADDRESS ("" for nowhere). It says one line of JSON for
each line it is told:

    write N     N visits, one commit each; a line with the id of each as soon as it is written, then "done"
    own         how many visits it has written itself
    wait N      waits until N visits are in its table
    look        its table hashes, its ids, and what `verify` finds
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.store import Store
from akimat_desk.sync import local, state
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room import Room
from akimat_desk.sync.watch import Watch
from tests.journal.village import COUNTED, REGISTRY, Counted, rows

DAY = date(2026, 11, 20)
WAIT_SECONDS = 60.0


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def visits(journal: Journal) -> int:
    found = rows(journal, "village_day", "visits")
    return int(found[0][0]) if found else 0


class Child:
    def __init__(self, data: str, keys: str, machine: str, port: str, address: str) -> None:
        store = Store.open(Home(Path(data), Path(keys)), migrations=(*MIGRATIONS, *local.MIGRATIONS))
        self.journal = Journal.open(store, REGISTRY, SystemClock(), machine=machine)
        self._changed = threading.Condition()
        if address:
            with store.write() as db:
                state.type_address(db, address, self.journal.clock.now_ms())
        self.watch = Watch(store, self._tell)
        self.watch.start()
        self.room = Room(self.journal, "desk", describe=Presence, listen="127.0.0.1", port=int(port))
        self.room.start()

    def do(self, word: str, *rest: str) -> Any:
        match word:
            case "write":
                for _ in range(int(rest[0])):
                    say(self.journal.append(COUNTED, Counted(day=DAY, visits=1)).id)
                return "done"
            case "own":
                with self.journal.store.read() as db:
                    sql = (
                        "SELECT count(*) FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
                        " WHERE c.device = ? AND e.stands AND instr(e.bytes, 'village.counted')"
                    )
                    return db.execute_sql(sql, (self.journal.device,)).fetchone()[0]
            case "wait":
                with self._changed:
                    self._changed.wait_for(lambda: visits(self.journal) >= int(rest[0]), WAIT_SECONDS)
                return visits(self.journal)
            case "look":
                ids = [id for (id,) in rows(self.journal, "journal_entry", "id")]
                return {
                    "hashes": self.journal.table_hashes(),
                    "ids": ids,
                    "findings": [str(one) for one in self.journal.verify()],
                }
        raise ValueError(word)

    def _tell(self, areas: frozenset[str]) -> None:
        with self._changed:
            self._changed.notify_all()


def main() -> None:
    child = Child(*sys.argv[1:])
    say("on")
    for line in sys.stdin:
        say(child.do(*line.split()))
    child.room.stop()
    child.watch.stop()
    child.journal.store.close()


if __name__ == "__main__":
    main()
