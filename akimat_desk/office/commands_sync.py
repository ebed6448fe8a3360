"""`akimat-desk sync`: exchange with the other PCs of the room, from the command line.

A subcommand is one function and one line in `SUBCOMMANDS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.words import N_
from akimat_desk.service import Call

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.journal import Journal
    from akimat_desk.sync.stick import CarriedFrom

DONE: Final = 0
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


SUBCOMMANDS: Final[Mapping[str, Subcommand]] = {
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
}
