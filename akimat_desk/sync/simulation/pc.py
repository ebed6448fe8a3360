"""One PC of the room: its folders, its clock, the program it runs, and whether it is on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final, Literal, NamedTuple

from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.journal.entry import read_header
from akimat_desk.journal.mark import NAME as MARK
from akimat_desk.journal.receive import members_only
from akimat_desk.store import Store
from akimat_desk.sync import local
from akimat_desk.sync.exchange import Exchange

Role = Literal["staff", "kiosk"]
PIECE: Final = 1500
"""Bytes a message; small, so that an exchange takes several."""


class Held(NamedTuple):
    """What lies on a PC: ids of entries (second histories included), and of those whose personal part is here."""

    entries: frozenset[str]
    parts: frozenset[str]


_MIGRATIONS: Final = (*MIGRATIONS, *local.MIGRATIONS)

NOTHING: Final = Held(frozenset(), frozenset())


class PcClock:
    """The time of the world, as this PC's clock shows it."""

    def __init__(self, world_ms: Callable[[], int]) -> None:
        self._world_ms = world_ms
        self.off_ms = 0

    def now_ms(self) -> int:
        """See `base.clock.Clock`."""
        return max(0, self._world_ms() + self.off_ms)

    def monotonic(self) -> float:
        """See `base.clock.Clock`."""
        return self._world_ms() / 1000


class Image(NamedTuple):
    """A copy of a PC's folders."""

    folder: Path
    right_clock: bool


class Pc:
    """Made switched off. `right_clock` stays true while neither this PC's clock nor its data's was ever wrong."""

    def __init__(self, folder: Path, name: str, role: Role, program: Registry, clock: PcClock) -> None:
        self.name = name
        self.role = role
        self.program = program
        self.clock = clock
        self.machine = name
        self.right_clock = True
        self.folder = folder / name
        self.home = Home(self.folder / "desk", self.folder / "keys")
        self._journal: Journal | None = None
        self._exchange: Exchange | None = None
        self._held = NOTHING
        self.device = ""
        """Who it was when it was last on."""

    @property
    def on(self) -> bool:
        """Whether the desk runs."""
        return self._journal is not None

    @property
    def journal(self) -> Journal:
        """The open journal."""
        assert self._journal is not None
        return self._journal

    @property
    def exchange(self) -> Exchange:
        """This PC's side of an exchange."""
        assert self._exchange is not None
        return self._exchange

    @property
    def keeps_personal(self) -> bool:
        """Whether this PC may hold personal parts."""
        return self.role == "staff"

    def start(self) -> None:
        """Switch on: open what lies there, or make a new desk."""
        store = Store.open(self.home, migrations=_MIGRATIONS, create=True, clock=self.clock)
        try:
            self._journal = Journal.open(store, self.program, self.clock, machine=self.machine)
        except BaseException:
            self._go_dark(store)
            raise
        self.device = self._journal.device
        self._exchange = Exchange(self._journal, admit=members_only, keeps_personal=self.keeps_personal, piece=PIECE)

    def stop(self) -> None:
        """Close the program in order."""
        if self._journal is not None:
            self._held = self.held()
            store, self._journal = self._journal.store, None
            store.close()

    def lose_power(self) -> None:
        """Go off at once: what SQLite had not brought into its file stays in the log, with a torn page behind it."""
        if self._journal is not None:
            self._held = self.held()
            store, self._journal = self._journal.store, None
            self._go_dark(store)

    def _go_dark(self, store: Store) -> None:
        kept = {file: file.read_bytes() for file in self.home.data.glob("desk.db*") if not file.name.endswith("-shm")}
        store.close()
        for file, data in kept.items():
            torn = data + b"torn" * 300 if file.name.endswith("-wal") and data else data
            file.write_bytes(torn)

    def held(self) -> Held:
        """What lies here; of a PC that is off, what lay there when it went off."""
        if self._journal is None:
            return self._held
        with self._journal.store.read() as db:
            connection: Any = db.connection()
            entries = {id for (id,) in connection.execute("SELECT id FROM journal_entry")}
            entries |= {read_header(data).id.hex() for (data,) in connection.execute("SELECT bytes FROM journal_fork")}
            parts = connection.execute("SELECT e.id FROM journal_entry e JOIN journal_personal p USING (arrival)")
            return Held(frozenset(entries), frozenset(id for (id,) in parts))

    # ---- folders; the PC is off

    def copy_to(self, folder: Path) -> Image:
        """Copy data and keys."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
        return Image(folder, self.right_clock)

    def set_back(self, image: Image, *, keys_too: bool) -> None:
        """Put an older copy of the data in place of what lies here; with the keys and the mark, or without."""
        self._replace(image, ("desk", "keys") if keys_too else ("desk",))

    def become(self, image: Image, *, same_machine: str | None, lots: Random) -> None:
        """Be a copy of another PC: with its mark, without, or with the very id of its machine."""
        self._replace(image, ("desk", "keys"))
        if same_machine is not None:
            self.machine = same_machine
        elif lots.random() < 0.5:
            self.forget_mark()
        self.right_clock = image.right_clock

    def forget_mark(self) -> None:
        """The key folder lost its mark."""
        (self.home.keys / MARK).unlink(missing_ok=True)

    def forget_key(self) -> None:
        """The key folder lost the signing key."""
        (self.home.keys / "device.key").unlink(missing_ok=True)

    def forget_data(self) -> None:
        """The data folder is gone; the key folder is not."""
        shutil.rmtree(self.home.data)

    def _replace(self, image: Image, parts: tuple[str, ...]) -> None:
        for part in parts:
            shutil.rmtree(self.folder / part, ignore_errors=True)
            shutil.copytree(image.folder / part, self.folder / part)
        self.right_clock = self.right_clock and image.right_clock
