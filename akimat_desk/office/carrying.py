"""Entries are carried by a USB stick between PCs that have no line: what lies on it is taken in, then what the others
lack is written. Ends in an `Outcome`: first what came of it in all, then a sentence for each PC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.base.sticks import Stick, sticks
from akimat_desk.base.words import N_, Sentence
from akimat_desk.journal.devices import members
from akimat_desk.office.long_work import Outcome
from akimat_desk.office.names import pc_name
from akimat_desk.people.zone import this_pc
from akimat_desk.sync.stick import FOLDER, carry_in, carry_out

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store.copies import Progress
    from akimat_desk.sync.stick import CarriedFrom, CarriedOut


def carry(desk: Desk, folder: Path, progress: Progress) -> Outcome:
    """Take in what other PCs left in `folder`, then write what they lack (blocks). Stopped in between, what was taken
    in stays, and the file of before lies on the stick.

    Raises `NoSuchFile`, `StickFull`, `StickLocked`, `StickGone`, `Busy`.
    """
    came = carry_in(desk.journal, folder, told=progress)
    gone = carry_out(desk.journal, folder, told=progress)
    names = _names(desk)
    from_others = [line for one in came for line in _brought(one, names)]
    well = all(not (one.trouble or one.unknown or one.refused or one.lacking or one.forks) for one in came)
    return Outcome("done" if well else "warning", (_in_all(came, gone), *from_others, *_left(gone)))


def _names(desk: Desk) -> dict[str, Sentence]:
    with desk.store.read() as db:
        return {each.device: pc_name(each.use, each.seat) for each in members(db)}


def _in_all(came: list[CarriedFrom], gone: CarriedOut) -> Sentence:
    values = {"new": sum(one.new for one in came), "out": gone.entries}
    return Sentence(N_("Entries taken in: {new}. Entries on the stick for others: {out}."), values)


def _brought(one: CarriedFrom, names: dict[str, Sentence]) -> Iterator[Sentence]:
    def of(device: str) -> Sentence:
        return names.get(device) or Sentence(N_("PC {device}"), {"device": device[:8]})

    pc = of(one.sender)
    if one.new:
        yield Sentence(N_("{pc}: new entries {n}."), {"pc": pc, "n": one.new})
    elif not (one.trouble or one.unknown or one.refused or one.lacking):
        yield Sentence(N_("{pc}: nothing new."), {"pc": pc})
    if one.receipted:
        yield Sentence(N_("{pc} holds everything this PC has written."), {"pc": pc})
    if one.lacking:
        yield Sentence(N_("{pc}: earlier entries have not come yet. Take the stick there and back."), {"pc": pc})
    for chain in one.unknown:
        yield Sentence(N_("{pc} is not of this room. Nothing of it was taken in."), {"pc": of(chain.at.device)})
    for chain in one.refused:
        yield Sentence(N_("{pc}: entries are forged or damaged. They were not taken in."), {"pc": of(chain.at.device)})
    for chain in one.forks:
        yield Sentence(N_("{pc} was set back or copied. Both histories are kept."), {"pc": of(chain.at.device)})
    if one.trouble is not None:
        yield one.trouble.for_staff
        yield one.trouble.next_step


def _left(gone: CarriedOut) -> Iterator[Sentence]:
    if gone.parts_left:
        yield Sentence(N_("Names stay on this PC: it knows no other staff PC that could read them."))
    elif gone.parts:
        yield Sentence(N_("Names go with them, readable on this room's staff PCs only."))
    yield Sentence(N_("Bring the stick to the other PCs. At those that are not for staff it goes by itself."))


class ByItself:
    """At a PC where no staff sign in: a stick on which a PC of this room has left something is carried as soon as it is
    put in, once. Any other stick is left alone.
    """

    def __init__(self, find: Callable[[], Sequence[Stick]] = sticks) -> None:
        self._find = find
        self._done: dict[Path, frozenset[tuple[str, int, int]]] = {}

    def look(self, desk: Desk) -> None:
        """Carry what is new (blocks)."""
        if this_pc(desk.store).role == "desk":
            return
        with desk.store.read() as db:
            others = {each.device for each in members(db) if not each.revoked} - {desk.journal.device}
        there = {stick.path: _left_by(stick.path / FOLDER, others) for stick in self._find()}
        for path, files in there.items():
            if files and files != self._done.get(path):
                carry(desk, path, lambda done, total: None)
        self._done = there


def _left_by(folder: Path, devices: set[str]) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of their files; none where there is no such folder."""
    try:
        found = [(file.name, file.stat()) for file in folder.iterdir() if file.name.partition(".")[0] in devices]
    except OSError:
        return frozenset()
    return frozenset((name, status.st_size, status.st_mtime_ns) for name, status in found)
