"""Two desks and a host, each a process, killed again and again over a network that cuts, doubles and changes."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.journal.devices import admit, found, trust
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.store import Store
from akimat_desk.sync import local
from tests.journal.village import REGISTRY
from tests.system.fault_proxy import FAULTS, FaultProxy

ROOT = Path(__file__).parents[2]
NAMES = ("host", "one", "two")
SEED = "two desks and a host"


class Process:
    """One PC. `written` are the ids it said it has written."""

    def __init__(self, home: Home, name: str, port: int, address: str) -> None:
        self.written: list[str] = []
        self._words = [str(home.data), str(home.keys), name, str(port), address]
        self._running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "tests.system.room_child", *self._words]
        self._running = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._hear() == "on"

    def tell(self, line: str) -> None:
        assert self._running is not None
        assert self._running.stdin is not None
        self._running.stdin.write(line + "\n")
        self._running.stdin.flush()

    def ask(self, line: str) -> Any:
        self.tell(line)
        return self._hear()

    def write(self, count: int, *, killed_after: int | None = None) -> None:
        """Let it write; with `killed_after` it is killed once it has said so many."""
        self.tell(f"write {count}")
        said = 0
        while (id := self._hear()) not in ("done", None):
            self.written.append(id)
            said += 1
            if said == killed_after:
                self.kill()

    def kill(self) -> None:
        assert self._running is not None
        self._running.send_signal(signal.SIGKILL)

    def end(self) -> None:
        """In order; a killed one is only put away."""
        if self._running is not None:
            running, self._running = self._running, None
            running.communicate(timeout=60)

    def restart(self) -> None:
        self.end()
        self.start()

    def _hear(self) -> Any:
        """None once it has ended."""
        assert self._running is not None
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found_one:
        port: int = found_one.getsockname()[1]
        return port


def make_room(root: Path) -> dict[str, Home]:
    """The host founds the room and lets the desks in, as enrolment does."""
    homes = {name: Home(root / name / "desk", root / name / "keys").ensure() for name in NAMES}
    with ExitStack() as stack:
        journals: dict[str, Journal] = {}
        for name, home in homes.items():
            store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
            stack.callback(store.close)
            journals[name] = Journal.open(store, REGISTRY, SystemClock(), machine=name)
        host = journals["host"]
        with host.commit() as commit:
            found(commit, "desk")
            for name in NAMES[1:]:
                admit(commit, journals[name].device, journals[name].public_key, "desk")
            commit.append(HOST_RAISED, HostRaised(device=host.device, term=1))
        for name in NAMES[1:]:
            with journals[name].store.write() as db:
                trust(db, host.device, host.public_key)
    return homes


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[dict[str, Process], FaultProxy]]:
    homes, port = make_room(tmp_path), free_port()
    with FaultProxy(port, SEED) as proxy:
        address = f"127.0.0.1:{proxy.port}"
        pcs = {name: Process(homes[name], name, port, "" if name == "host" else address) for name in NAMES}
        try:
            for pc in pcs.values():
                pc.start()
            yield pcs, proxy
        finally:
            for pc in pcs.values():
                pc.end()


def test_whatever_is_killed_and_whatever_the_network_does_all_end_with_every_acknowledged_entry(
    room: tuple[dict[str, Process], FaultProxy],
) -> None:
    pcs, proxy = room
    lots = Random(SEED)
    for victim in NAMES * 3:
        for name, pc in pcs.items():
            pc.write(12, killed_after=lots.randrange(1, 12) if name == victim else None)
        pcs[victim].restart()
    proxy.calm()
    written = {id for pc in pcs.values() for id in pc.written}
    total = sum(pc.ask("own") for pc in pcs.values())
    assert len(written) <= total <= len(written) + 9  # a killed one may have written one more than it could say
    assert [pc.ask(f"wait {total}") for pc in pcs.values()] == [total] * 3
    seen = [pc.ask("look") for pc in pcs.values()]
    for one in seen:
        assert written <= set(one["ids"])
        assert one["findings"] == []
        assert one["hashes"] == seen[0]["hashes"]
    assert set(proxy.met) == set(FAULTS)
