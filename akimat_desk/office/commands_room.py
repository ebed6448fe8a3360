"""`akimat-desk room`: the PCs of the room, for a technician; and `akimat-desk host`.

What changes the room asks for an administrator's PIN, on the terminal or as a line of standard input, and is written in
that person's name, as on the page.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from akimat_desk.base.clock import SystemClock, local
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal.devices import MOST_SEATS, Use
from akimat_desk.office import room, uses
from akimat_desk.office.room import RoomPc, RoomView
from akimat_desk.service import Call, Desk, find_services, migrations_of, registry_of

DONE: Final = 0
ANSWER_SECONDS: Final = 5.0

USES: Final[Mapping[Use, str]] = {"desk": N_("staff PC"), "kiosk": N_("residents' PC"), "board": N_("board")}


class NoSuchPc(Refused):
    """No PC, or several, of the room begin so."""

    code = "room-no-such-pc"
    staff_text = N_("No PC of the room, or more than one, has an id that begins so.")
    next_text = N_("Look at “akimat-desk room devices”.")


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `room` on `parser`."""
    subcommands = parser.add_subparsers(dest="room_command", required=True, metavar="COMMAND")
    subcommands.add_parser("devices", help=N_("List the PCs of the room."))
    enrol = subcommands.add_parser(
        "enrol",
        help=N_("Make a one-time code by which another PC joins."),
        description=N_("The main PC must be running: the window, the keeper or “akimat-desk host”."),
    )
    enrol.add_argument("--use", choices=get_args(Use), default="kiosk", help=N_("What the PC is for."))
    enrol.add_argument("--seat", type=_seat, default=0, metavar="N", help=N_("The number on its table."))
    _signed(enrol)
    join = subcommands.add_parser("join", help=N_("Make this new PC join a room by a code."))
    join.add_argument("address", metavar="ADDRESS", help=N_("Where the main PC answers, as host or host:port."))
    join.add_argument("code", metavar="CODE", help=N_("The code shown at the main PC."))
    join.set_defaults(needs_village=False)
    use = subcommands.add_parser("use", help=N_("Change what a PC of the room is for, and its number."))
    use.add_argument("device", metavar="DEVICE", help=N_("The beginning of its id."))
    use.add_argument("use", choices=get_args(Use), help=N_("What the PC is for."))
    use.add_argument("--seat", type=_seat, default=None, metavar="N", help=N_("The number on its table."))
    _signed(use)
    revoke = subcommands.add_parser("revoke", help=N_("Shut a PC out: what it wrote until now stands."))
    revoke.add_argument("device", metavar="DEVICE", help=N_("The beginning of its id."))
    _signed(revoke)
    promote = subcommands.add_parser("promote", help=N_("Make this staff PC the room's main PC."))
    _signed(promote)


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    return _RUN[call.arguments.room_command](call)


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="name", default="", metavar="NAME", help=N_("Which administrator signs."))


def _seat(typed: str) -> int:
    number = int(typed)
    if not 0 <= number <= MOST_SEATS:
        raise ValueError
    return number


# ---- looking


def _devices(call: Call) -> int:
    view = room.room_view(_desk(call))
    call.out([_value(pc) for pc in view.pcs], _lines(view, call))
    return DONE


def _value(pc: RoomPc) -> dict[str, Any]:
    how = pc.presence
    return {
        "device": pc.device,
        "use": pc.use,
        "seat": pc.seat,
        "this": pc.this,
        "host": pc.host,
        "revoked": pc.revoked,
        "here": pc.here,
        "seen_ms": pc.seen_ms,
        "clock_off_ms": pc.clock_off_ms,
        "version": how.version if how else "",
        "free_mb": how.free_mb if how else None,
        "waiting": how.waiting if how else None,
        "waiting_bytes": how.waiting_bytes if how else None,
        "printer": how.printer if how else "",
        "trouble": how.trouble if how else "",
    }


def _lines(view: RoomView, call: Call) -> Iterator[str]:
    words = call.words
    for pc in view.pcs:
        said = [pc.device[:8], words(USES[pc.use]), str(pc.seat or "")]
        said += [words(mark) for mark, so in _marks(pc) if so]
        if not pc.here and pc.seen_ms:
            said.append(words("last heard of {moment}", moment=f"{local(pc.seen_ms):%d.%m.%Y %H:%M}"))
        yield "  ".join(filter(None, said))
    for address in view.served_at:
        yield words("This PC answers at {address}.", address=address)


def _marks(pc: RoomPc) -> tuple[tuple[str, bool], ...]:
    return (
        (N_("main PC"), pc.host),
        (N_("this PC"), pc.this),
        (N_("shut out"), pc.revoked),
        (N_("is here"), pc.here and not pc.this),
    )


# ---- changing


def _enrol(call: Call) -> int:
    desk = _signed_desk(call)
    given = room.give_code(desk, call.arguments.use, call.arguments.seat)
    until = desk.clock.monotonic() + ANSWER_SECONDS
    while not (where := room.room_view(desk).served_at) and desk.clock.monotonic() < until:
        time.sleep(0.1)  # the keeper opens the door when it sees the code
    lines = [given.code, call.words("Good for {n} minutes, for one PC.", n=given.minutes)]
    lines += [call.words("This PC answers at {address}.", address=address) for address in where]
    if not where:
        lines.append(call.words("Nobody answers for this PC yet: open the desk, or start “akimat-desk host”."))
    call.out({"code": given.code, "minutes": given.minutes, "addresses": where}, lines)
    return DONE


def _join(call: Call) -> int:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Store

    services, clock = find_services(), SystemClock()
    store = Store.open(call.home.ensure(), migrations=migrations_of(services), create=True, clock=clock)
    try:
        pc = room.join(Journal.open(store, registry_of(services), clock), call.arguments.address, call.arguments.code)
    finally:
        store.close()
    said = call.words("This PC has joined the room.")
    call.out({"zone": pc.zone, "use": pc.role, "seat": pc.seat}, [said])
    return DONE


def _use(call: Call) -> int:
    desk = _signed_desk(call)
    pc = _named(desk, call.arguments.device)
    seat = pc.seat if call.arguments.seat is None else call.arguments.seat
    uses.change(desk, pc.device, call.arguments.use, seat)
    said = call.words("It follows with its next exchange.")
    call.out({"device": pc.device, "use": call.arguments.use, "seat": seat}, [said])
    return DONE


def _revoke(call: Call) -> int:
    desk = _signed_desk(call)
    pc = _named(desk, call.arguments.device)
    room.shut_out(desk, pc.device)
    call.out({"device": pc.device}, [call.words("It is shut out.")])
    return DONE


def _named(desk: Desk, beginning: str) -> RoomPc:
    found = [pc for pc in room.room_view(desk).pcs if pc.device.startswith(beginning.lower())]
    if len(found) != 1:
        raise NoSuchPc
    return found[0]


def _promote(call: Call) -> int:
    room.make_host(_signed_desk(call))
    call.out({}, [call.words("This PC is the main PC now.")])
    return DONE


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _signed_desk(call: Call) -> Desk:
    """The desk, with an administrator who has proved who they are."""
    from akimat_desk.office.terminal import staff_at_terminal

    desk, person = _desk(call), staff_at_terminal(call, roles=("administrator",))
    return replace(desk, signed_in=lambda: person)


_RUN: Final[Mapping[str, Callable[[Call], int]]] = {
    "devices": _devices,
    "enrol": _enrol,
    "join": _join,
    "use": _use,
    "revoke": _revoke,
    "promote": _promote,
}
