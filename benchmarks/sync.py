"""How fast, and in how many bytes, entries get from a desk to its host; Morango and PouchDB run beside.

    python benchmarks/sync.py [--entries 10000] [--year 125000] [--peers DIR] [--json]

Each side is a process of its own; between them everything goes over loopback HTTP and through a counter. An entry is a
print job, as JSON about 300 bytes. Ours is signed and proved, stored encrypted, and applied to a table; the peers carry
the same values without signature or hash, into plain SQLite (Morango, as Kolibri uses it) or LevelDB (PouchDB to
express-pouchdb). "with names" sends the personal parts too.

bytes    through the socket both ways, heads of HTTP included, TCP's own not
CPU      seconds of both sides together; on a busy PC they tell more than the clock
nothing  an exchange with nothing new, the median of five

The peers are fetched with pip and npm into DIR, or into a folder that is thrown away; what cannot be had is told so.
Linux only: CPU seconds are read from /proc.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from journal import desk, write  # the entries of benchmarks/journal.py

from akimat_desk.base.ids import uuid7
from akimat_desk.sync import Exchange
from akimat_desk.sync.http import HttpLink, serving

PEERS: Final = Path(__file__).parent / "peers"
MORANGO: Final = ("morango==0.8.15", "setuptools<81")
POUCHDB: Final = ("pouchdb@9", "express-pouchdb@4", "express@4")
COMMIT: Final = 10
"""Entries a commit: what a person does at a PC makes a few."""
AGAIN: Final = 5
WAIT: Final = 900


class NotAvailable(Exception):
    """A peer could not be had here; says why."""


# ---- our sides


def our_host(folder: Path, names: bool) -> None:
    """Serve; on each line say how many records are here."""
    with desk(folder, "host") as journal:
        exchange = Exchange(journal, admit=lambda _: True, keeps_personal=names)
        with serving(exchange, audience="room" if names else "nobody") as url:
            say({"port": int(url.rpartition(":")[2])})
            for _ in sys.stdin:
                with journal.store.read() as db:
                    say({"records": db.execute_sql("SELECT count(*) FROM benchmark_printed").fetchone()[0]})


def our_desk(folder: Path, names: bool, entries: int) -> None:
    """Exchange, as often as asked."""
    with desk(folder, "desk") as journal:
        write(journal, entries, COMMIT)
        exchange = Exchange(journal, admit=lambda _: True, keeps_personal=True)
        say({"ready": True})
        for line in sys.stdin:
            started, cpu = time.perf_counter(), time.process_time()
            exchange.sync(HttpLink(f"http://127.0.0.1:{int(line)}", audience="room" if names else "nobody"))
            say({"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu})


def say(value: object) -> None:
    """One line to the benchmark."""
    print(json.dumps(value), flush=True)


# ---- one exchange, measured


class Side:
    """A process that is asked a line and answers one."""

    def __init__(self, command: Sequence[str], errors: Path) -> None:
        with errors.open("wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        self._errors = errors

    def hear(self) -> Any:
        """The next answer."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NotAvailable((self._errors.read_text(errors="replace").strip() or "it ended").splitlines()[-1])
        return json.loads(line)

    def ask(self, line: object) -> Any:
        """The answer to a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        return self.hear()

    @property
    def cpu(self) -> float:
        """Seconds it has used the processor."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Counter:
    """Passes on whatever comes at its port to another, and counts it."""

    def __init__(self, to: int) -> None:
        self.bytes = 0
        self._to = to
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                with self._lock:
                    self.bytes += len(data)
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


def measure(host_command: Sequence[str], desk_command: Sequence[str], folder: Path, entries: int) -> dict[str, float]:
    """One exchange of everything, then some with nothing new."""
    host = Side(host_command, folder / "host.log")
    try:
        counter = Counter(host.hear()["port"])
        other = Side(desk_command, folder / "desk.log")
        try:
            other.hear()
            cpu = host.cpu
            all_at_once = other.ask(counter.port)
            cpu, size = host.cpu - cpu, counter.bytes
            if (found := host.ask("?")["records"]) != entries:
                raise NotAvailable(f"{found} records came instead of {entries}")
            nothing = []
            for _ in range(AGAIN):
                before = counter.bytes
                nothing.append((other.ask(counter.port)["seconds"], counter.bytes - before))
        finally:
            other.end()
            counter.close()
    finally:
        host.end()
    return {
        "seconds": round(all_at_once["seconds"], 2),
        "entries/s": round(entries / all_at_once["seconds"]),
        "bytes/entry": round(size / entries, 1),
        "CPU": round(all_at_once["cpu"] + cpu, 2),
        "CPU host": round(cpu, 2),
        "nothing ms": round(statistics.median(seconds for seconds, _ in nothing) * 1000, 1),
        "nothing bytes": round(statistics.median(size for _, size in nothing)),
    }


# ---- everybody


def ours(folder: Path, entries: int, *, names: bool) -> dict[str, float]:
    """This program."""
    me = [sys.executable, __file__, "--side", "SIDE", "--folder", str(folder), "--entries", str(entries)]
    me += ["--names"] if names else []
    host, other = ([side if word == "SIDE" else word for word in me] for side in ("host", "desk"))
    return measure(host, other, folder, entries)


def morango(folder: Path, entries: int, peers: Path) -> dict[str, float]:
    """Morango, which keeps Kolibri's records the same."""
    python = peers / "morango" / "bin" / "python"
    if not python.exists():
        get([sys.executable, "-m", "venv", str(python.parent.parent)])
        get([str(python), "-m", "pip", "install", "--quiet", *MORANGO])
    side = [str(python), str(PEERS / "morango_side.py"), str(folder)]
    return measure([*side, "host"], [*side, "desk", str(records(folder, entries))], folder, entries)


def pouchdb(folder: Path, entries: int, peers: Path) -> dict[str, float]:
    """PouchDB, which speaks CouchDB's replication."""
    modules = peers / "pouchdb"
    if not (modules / "node_modules" / "express-pouchdb").exists():
        modules.mkdir(parents=True, exist_ok=True)
        get(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(modules), *POUCHDB])
    side = ["node", str(PEERS / "pouchdb_side.js"), str(modules), str(folder)]
    return measure([*side, "host"], [*side, "desk", str(records(folder, entries))], folder, entries)


def get(command: Sequence[str]) -> None:
    """Fetch what a peer needs."""
    if shutil.which(command[0]) is None:
        raise NotAvailable(f"{command[0]} is not on this PC")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT)
    except subprocess.TimeoutExpired as why:
        raise NotAvailable(f"{command[0]} took longer than {WAIT} s") from why
    if done.returncode:
        raise NotAvailable((done.stderr.strip() or f"{command[0]} failed").splitlines()[-1])


def records(folder: Path, entries: int) -> Path:
    """The values of our entries as JSON, for the peers."""
    now = round(time.time() * 1000)
    found = [
        {
            "device": "0123456789abcdef" * 2,
            "epoch": 1,
            "seq": number + 2,
            "at": (now << 16) + number,
            "id": uuid7(now),
            "kind": "benchmark.printed",
            "version": 1,
            "facts": {"job": uuid7(now), "pages": number % 9, "sheets": 2, "tenge": 40},
            "personal": base64.b64encode(os.urandom(32)).decode(),
        }
        for number in range(entries)
    ]
    file = folder / "records.json"
    file.write_text(json.dumps(found))
    return file


def replay(folder: Path, entries: int) -> dict[str, float]:
    """A zone's year of entries made into tables anew."""
    with desk(folder, "year") as journal:
        write(journal, entries, 1000)
        started, cpu = time.perf_counter(), time.process_time()
        count = journal.replay()
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return {"seconds": round(seconds, 2), "entries/s": round(count / seconds), "CPU": round(cpu, 2)}


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder of the peers, thrown away unless it was named."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
    else:
        with tempfile.TemporaryDirectory() as new:
            yield Path(new)


def run(entries: int, year: int, peers: Path) -> dict[str, dict[str, float] | str]:
    """Everybody once."""
    tasks = {
        "Akimat Desk": lambda folder: ours(folder, entries, names=False),
        "Akimat Desk with names": lambda folder: ours(folder, entries, names=True),
        "Morango": lambda folder: morango(folder, entries, peers),
        "PouchDB": lambda folder: pouchdb(folder, entries, peers),
        f"{year} entries replayed": lambda folder: replay(folder, year),
    }
    found: dict[str, dict[str, float] | str] = {}
    for name, task in tasks.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                found[name] = task(Path(folder))
            except NotAvailable as why:
                found[name] = f"not available: {why}"
    mine = found["Akimat Desk"]
    for figures in found.values():
        if isinstance(figures, dict) and isinstance(mine, dict) and "bytes/entry" in figures and figures is not mine:
            figures["CPU times ours"] = round(figures["CPU"] / mine["CPU"], 1)
    return found


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--year", type=int, default=125_000)
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    for hidden in ("--side", "--folder"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--names", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.side == "host":
        our_host(Path(given.folder), given.names)
        return
    if given.side == "desk":
        our_desk(Path(given.folder), given.names, given.entries)
        return
    with kept(given.peers) as peers:
        found = run(given.entries, given.year, peers)
    if given.json:
        json.dump(found, sys.stdout, indent=2)
        return
    for name, figures in found.items():
        told = figures if isinstance(figures, str) else "  ".join(f"{key} {value}" for key, value in figures.items())
        print(f"{name:26}{told}")


if __name__ == "__main__":
    main()
