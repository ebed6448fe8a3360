"""`akimat-desk sync`: exchange with the other PCs of the room, from the command line.

A subcommand is one function and one line in `SUBCOMMANDS`.
"""

from __future__ import annotations

import argparse
import shlex
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.clock import local
from akimat_desk.base.words import N_
from akimat_desk.office.commands_journal import tell
from akimat_desk.service import Call

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.journal import Journal
    from akimat_desk.sync.simulation.history import Failed
    from akimat_desk.sync.stick import CarriedFrom

DONE: Final = 0
NOT_ALL_HELD: Final = 1
SOME_REFUSED: Final = 3


@dataclass(frozen=True)
class Subcommand:
    """What `akimat-desk sync NAME` does; `arguments` puts on the parser what it takes."""

    help: str
    run: Callable[[Call], int]
    arguments: Callable[[argparse.ArgumentParser], object] = lambda parser: None
    description: str = ""
    needs_village: bool = True


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `sync` on `parser`."""
    subcommands = parser.add_subparsers(dest="sync_command", required=True, metavar="COMMAND")
    for name, subcommand in SUBCOMMANDS.items():
        one = subcommands.add_parser(name, help=subcommand.help, description=subcommand.description)
        subcommand.arguments(one)
        one.set_defaults(needs_village=subcommand.needs_village)


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    return SUBCOMMANDS[call.arguments.sync_command].run(call)


# ---- by stick


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help=N_("The stick, or any folder."))


def _carry_out(call: Call) -> int:
    from akimat_desk.sync.stick import carry_out

    journal = _journal(call)
    done = carry_out(journal, call.arguments.folder)
    lines = [call.words("On the stick now: entries {n}, {size} KB.", n=done.entries, size=-(-done.size // 1000))]
    if done.parts:
        lines.append(call.words("Names go with them, readable on this room's staff PCs only."))
    if done.parts_left:
        lines.append(call.words("Names stay on this PC: it knows no other staff PC that could read them."))
    call.out({"entries": done.entries, "bytes": done.size, "parts": done.parts, "parts_left": done.parts_left}, lines)
    return DONE


def _carry_in(call: Call) -> int:
    from akimat_desk.sync.stick import carry_in

    found = carry_in(_journal(call), call.arguments.folder)
    lines = [line for one in found for line in _said(one, call.words)]
    call.out(
        [_value(one, call.words) for one in found],
        lines or [call.words("There is nothing from other PCs on the stick.")],
    )
    return DONE if all(_is_well(one) for one in found) else SOME_REFUSED


def _said(one: CarriedFrom, words: Translator) -> Iterator[str]:
    device = one.sender[:8]
    yield words("PC {device}: new entries {n}.", device=device, n=one.new)
    if one.receipted:
        yield words("PC {device} holds everything this PC has written.", device=device)
    if one.lacking:
        yield words(
            "Entries before those of PC {device} have not come yet. Carry out here, take the stick there and back.",
            device=device,
        )
    for chain in one.unknown:
        yield words("PC {device} is not of this room. Nothing of it was taken in.", device=chain.at.device[:8])
    for chain in one.refused:
        yield words("Entries of PC {device} are forged or damaged. They were not taken in.", device=chain.at.device[:8])
    for chain in one.forks:
        yield words("PC {device} was set back or copied: it wrote the same numbers twice.", device=chain.at.device[:8])
    if one.trouble is not None:
        yield f"{words.say(one.trouble.for_staff)} {words.say(one.trouble.next_step)}"


def _value(one: CarriedFrom, words: Translator) -> dict[str, Any]:
    return {
        "device": one.sender,
        "new": one.new,
        "parts": one.parts,
        "receipted": one.receipted,
        "lacking": [chain.at.device for chain in one.lacking],
        "unknown": [chain.at.device for chain in one.unknown],
        "refused": [{"device": chain.at.device, "why": chain.why} for chain in one.refused],
        "forks": [chain.at.device for chain in one.forks],
        "trouble": None if one.trouble is None else one.trouble.code,
    }


def _is_well(one: CarriedFrom) -> bool:
    return not (one.trouble or one.unknown or one.refused or one.lacking)


def _journal(call: Call) -> Journal:
    assert call.desk is not None
    return call.desk.journal


# ---- with the host


def _once(call: Call) -> int:
    from akimat_desk.office.room import exchange_once

    assert call.desk is not None
    report = exchange_once(call.desk)
    call.out(
        {
            "pulled": report.pulled,
            "pushed": report.pushed,
            "receipted": report.receipted,
            "refused": [{"device": one.at.device, "why": one.why} for one in report.refused],
            "forks": [one.at.device for one in report.forks],
        },
        [
            call.words("Brought: {pulled}. Taken along: {pushed}.", pulled=report.pulled, pushed=report.pushed),
            *([call.words("The main PC holds everything this PC has written.")] if report.receipted else []),
        ],
    )
    return SOME_REFUSED if report.refused else DONE


def _status(call: Call) -> int:
    from akimat_desk.office.room import presence_now, room_view
    from akimat_desk.office.waits import REASONS

    assert call.desk is not None
    view, how = room_view(call.desk), presence_now(call.desk)
    host = next((pc.device for pc in view.pcs if pc.host), "")
    value = {
        "host": host,
        "is_host": host == call.desk.journal.device,
        "served_at": list(view.served_at),
        "tried_ms": view.state.tried_ms,
        "done_ms": view.state.done_ms,
        "code": view.state.code,
        "waiting": how.waiting,
        "waiting_bytes": how.waiting_bytes,
        "parked": sum(one.count for one in view.waits if one.reason),
        "waits": [
            {"what": one.what, "count": one.count, "oldest_ms": one.oldest_ms, "reason": one.reason}
            for one in view.waits
        ],
        "forks": len(view.forks),
    }
    lines = [
        call.words("Entries only this PC holds: {n}, {size} KB.", n=how.waiting, size=-(-how.waiting_bytes // 1000))
    ]
    for one in view.waits:
        lines.append(f"  {call.words(one.what)}: {one.count}")
        lines += [f"    {call.words(REASONS[one.reason])}"] if one.reason else []
    if view.state.done_ms:
        lines.append(call.words("Last exchange: {moment}.", moment=f"{local(view.state.done_ms):%d.%m.%Y %H:%M}"))
    if view.state.code:
        lines.append(call.words("The last attempt ended with: {code}.", code=view.state.code))
    call.out(value, lines)
    return DONE


# ---- simulated


def _histories(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", default="1", metavar="WORD", help=N_("Any word; the same word draws the same histories.")
    )
    parser.add_argument("--histories", type=int, default=200, metavar="N", help=N_("How many; otherwise 200."))
    parser.add_argument("--first", type=int, default=0, metavar="N", help=N_("The number of the first; otherwise 0."))


def _simulate(call: Call) -> int:
    from akimat_desk.sync.simulation.history import simulate

    seed, histories, first = call.arguments.seed, call.arguments.histories, call.arguments.first

    def told(number: int, failed: Failed | None) -> None:
        tell(number - first + 1, histories)

    started = time.monotonic()
    failures = simulate(seed, histories, first=first, told=told)
    rate = histories / max(time.monotonic() - started, 0.001)
    call.out(
        {
            "seed": seed,
            "histories": histories,
            "first": first,
            "a_second": round(rate, 1),
            "failed": [
                {
                    "number": one.number,
                    "law": one.failure.law,
                    "detail": one.failure.detail,
                    "steps_drawn": one.drawn,
                    "story": one.failure.story,
                }
                for one in failures
            ],
        },
        [
            *(line for one in failures for line in _story(one, seed, call.words)),
            call.words(
                "Histories: {n}, {rate} a second. Failed: {failed}.",
                n=histories,
                rate=f"{rate:.1f}",
                failed=len(failures),
            ),
        ],
    )
    return NOT_ALL_HELD if failures else DONE


def _story(one: Failed, seed: str, words: Translator) -> Iterator[str]:
    """What happened is told in the simulation's own English: it is for those who mend the program."""
    again = f"akimat-desk sync simulate --seed {shlex.quote(seed)} --first {one.number} --histories 1"
    yield words("History {number} of seed {seed} does not hold:", number=one.number, seed=seed)
    yield f"  {one.failure.law}: {one.failure.detail}"
    for number, line in enumerate(one.failure.story, 1):
        yield f"  {number:>3}. {line}"
    yield words("Once more: {command}", command=again)


SUBCOMMANDS: Final[Mapping[str, Subcommand]] = {
    "once": Subcommand(N_("Exchange with the main PC now."), _once),
    "status": Subcommand(N_("Say how exchanging goes."), _status),
    "carry-out": Subcommand(
        N_("Write on a stick what the other PCs lack."),
        _carry_out,
        _folder,
        N_("What they have signed for is left out. Names go encrypted, to the room's staff PCs only."),
    ),
    "carry-in": Subcommand(
        N_("Take in what other PCs left on a stick, and leave them a receipt."),
        _carry_in,
        _folder,
        N_("Exit code 0 if all was taken in, 3 if something was not."),
    ),
    "simulate": Subcommand(
        N_("Let rooms of PCs live through faults drawn from a seed, and see that they agree in the end."),
        _simulate,
        _histories,
        N_("Exit code 0 if every law held, 1 if one did not. Nothing of this PC's desk is read or written."),
        needs_village=False,
    ),
}
