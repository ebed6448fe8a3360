"""What people were told, kept outside of all PCs: by it a history is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from akimat_desk.journal import Entry
from akimat_desk.sync.simulation.pc import NOTHING, Held, Pc


class Broken(Exception):
    """Something that must hold does not. `law` names it; of two failures with one law the shorter story is kept."""

    def __init__(self, law: str, detail: str) -> None:
        self.law = law
        super().__init__(f"{law}: {detail}")


class Said(NamedTuple):
    """An entry somebody saw as done."""

    kind: str
    facts: bytes
    personal: bool


class Ledger:
    """All that was said, less what lay nowhere any more after a disk was lost or set back."""

    def __init__(self) -> None:
        self.said: dict[str, Said] = {}
        self.gone: set[str] = set()
        self.parts_gone: set[str] = set()
        self.erasures: dict[str, tuple[str, ...]] = {}
        """Erasing entries that were acknowledged, and what they erase."""
        self.perhaps_erased: set[str] = set()
        self.forged: set[bytes] = set()
        self.set_back = False
        """Some PC once lost what it had: what it has receipted may be gone with it."""

    def told(self, *entries: Entry) -> None:
        """Somebody saw these as done."""
        for entry in entries:
            self.said[entry.id] = Said(entry.kind, msgspec.msgpack.encode(entry.facts), entry.personal is not None)

    @contextmanager
    def disaster(self, pcs: list[Pc]) -> Iterator[None]:
        """Inside, something takes data from a PC; what lies on no PC afterwards cannot be asked for."""
        before = _all(pcs)
        yield
        after = _all(pcs)
        self.gone |= before.entries - after.entries
        self.parts_gone |= before.parts - after.parts
        self.set_back = True

    @contextmanager
    def letting_go(self, pcs: list[Pc]) -> Iterator[None]:
        """Inside, a kiosk drops parts: no part may be the last one."""
        before = _all(pcs)
        yield
        lost = before.parts - _all(pcs).parts - self.perhaps_erased
        if lost and not self.set_back:
            raise Broken("a part that is let go lies on a staff PC", ", ".join(sorted(lost)))
        self.parts_gone |= lost

    def must_exist(self) -> set[str]:
        """Entries that every PC must have in the end."""
        return self.said.keys() - self.gone

    def erased(self, waiting: set[str]) -> set[str]:
        """Entries whose part no PC may have in the end; an erasure that waits (its PC was shut out) does not count."""
        return {id for entry, ids in self.erasures.items() if entry not in self.gone | waiting for id in ids}

    def parts_must_exist(self) -> set[str]:
        """Entries whose part every staff PC must have in the end."""
        with_part = {id for id in self.must_exist() if self.said[id].personal}
        return with_part - self.perhaps_erased - self.parts_gone


def _all(pcs: Iterable[Pc]) -> Held:
    held = [pc.held() for pc in pcs] or [NOTHING]
    entries = frozenset[str]().union(*(one.entries for one in held))
    return Held(entries, frozenset[str]().union(*(one.parts for one in held)))
